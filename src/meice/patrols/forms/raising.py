"""Telling on a problem, finishing, excusing, adding a round."""

from django import forms

from meice.incidents.classes import IncidentKind, Severity
from meice.patrols.actions import FindingText, IncidentText
from meice.rectification.catalogue import CHOICES


class FindingForm(forms.Form):
    """记为问题: the class is proposed by the list, the words by the answer."""

    problem = forms.ChoiceField(label="问题类别", choices=CHOICES)
    text = forms.CharField(
        label="看到的", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="时间、位置、内容；截图随问题一起带过去",
    )  # fmt: skip

    use_required_attribute = False

    @property
    def said(self) -> FindingText:
        """What goes into the queue."""
        return FindingText(self.cleaned_data["problem"], self.cleaned_data["text"])


class IncidentForm(forms.Form):
    """报事件: class and title are proposed; blank severity: that of the class."""

    kind = forms.ChoiceField(label="类别", choices=IncidentKind.choices)
    severity = forms.ChoiceField(
        label="等级", required=False, choices=[("", "按类别"), *Severity.choices]
    )
    title = forms.CharField(label="出了什么事", max_length=120, help_text="一句话")
    text = forms.CharField(
        label="情况", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="何时看到什么，现在还在不在。不写涉密内容",
    )  # fmt: skip

    use_required_attribute = False

    @property
    def said(self) -> IncidentText:
        """What is reported."""
        return IncidentText(**self.cleaned_data)


class FinishForm(forms.Form):
    """完成巡查: a word on the whole, and what the next one must know."""

    summary = forms.CharField(
        label="小结", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="没有特别的可以不填，数字会自动写上",
    )  # fmt: skip
    handover = forms.CharField(
        label="交班事项", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="下一班要接着看的",
    )  # fmt: skip

    use_required_attribute = False


class ExcuseForm(forms.Form):
    """说明漏巡."""

    reason = forms.CharField(
        label="漏巡原因", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="为什么没有巡查，今后怎么安排；漏巡记录保留",
    )  # fmt: skip

    use_required_attribute = False


class StartForm(forms.Form):
    """加巡一次."""

    occasion = forms.CharField(
        label="事由", max_length=100, help_text="如：校庆当天加巡；四小时内巡完"
    )

    use_required_attribute = False
