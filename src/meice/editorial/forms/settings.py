"""The school's settings: terms, a chain, a stand-in."""

from typing import Any

from django import forms

from meice.editorial.actions.terms import StagePlan
from meice.editorial.models import ContentClass
from meice.editorial.workflow import MOST_STAGES, TERMS, TermName
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role
from meice.web.fields import DayField, PickSelect

REVIEWING = (Role.REVIEWER, Role.LEADER, Role.OPERATOR, Role.DEPARTMENT, Role.SECURITY)
LONGEST = 720


class TermsForm(forms.Form):
    """Hours and days, and whether an author may be the first reviewer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TermName:
            self.fields[name.value] = _term_field(name)
        first = TermName.AUTHOR_FIRST.value
        self.initial[first] = bool(self.initial.get(first))  # a 0 would be shown as ticked


def _term_field(name: TermName) -> forms.Field:
    label = TERMS[name][0]
    if name is TermName.AUTHOR_FIRST:
        hint = "不勾是严格分离：作者不审自己的稿。勾了，审批单上会写明作者兼一审"
        return forms.BooleanField(label=label, required=False, help_text=hint)
    widget = forms.NumberInput({"class": "m-w-phone"})
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, widget=widget)


class StageForm(forms.Form):
    """One stage; a row without a name is none."""

    name = forms.CharField(label="环节", max_length=30, required=False)
    role = forms.ChoiceField(label="谁审", choices=[(r.value, r.label) for r in REVIEWING])
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="哪个单位的", required=False, empty_label="稿件所在单位或上级",
        widget=PickSelect,
    )  # fmt: skip
    is_extra = forms.BooleanField(label="加审", required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is not None:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @property
    def plan(self) -> StagePlan | None:
        """The stage, of valid input; None for a blank row."""
        got = self.cleaned_data
        if not got.get("name"):
            return None
        return StagePlan(got["name"], Role(got["role"]), got["unit"], got["is_extra"])


StageSet = forms.formset_factory(
    StageForm, extra=MOST_STAGES, max_num=MOST_STAGES, absolute_max=MOST_STAGES
)


class ChainForm(forms.Form):
    """For whom and for which class the stages hold."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="适用单位", required=False, empty_label="全校", widget=PickSelect
    )
    content_class = forms.ChoiceField(label="稿件类别", choices=ContentClass.choices)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PostField(forms.ModelChoiceField[Post]):
    """A person with her post."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}（{obj}）"


class StandInForm(forms.Form):
    """Who reviews for whom, from when to when, why."""

    post = PostField(Post.objects.none(), label="谁不在")
    substitute = forms.ModelChoiceField(User.objects.none(), label="由谁代审", widget=PickSelect)
    first_on = DayField(label="从")
    last_on = DayField(label="到")
    reason = forms.CharField(label="事由", max_length=200, help_text="如：出差、病假")

    use_required_attribute = False

    def __init__(self, *args: Any, posts: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["substitute"].queryset = people  # type: ignore[attr-defined]
