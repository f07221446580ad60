"""The forms of single things."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from meice.orgs.forms import UnitField
from meice.orgs.models import Unit, User
from meice.rectification.forms.reply import ManyFiles, ManyFilesField
from meice.training.actions import CertificateFacts, SessionFacts
from meice.training.models import ROLE_CHOICES, Material, TrainingTopic
from meice.web.fields import DayField, MomentField, PickSelect

PROOFS = ".pdf,.jpg,.jpeg,.png,.docx,.doc"
MATERIALS = ".pdf,.pptx,.ppt,.docx,.doc,.xlsx,.xls,.jpg,.jpeg,.png,.mp4,.zip"
SHORT = {"class": "m-w-phone"}


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A person, found by pinyin."""

    widget = PickSelect

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.username}）"


class SessionForm(forms.Form):
    """A session: what, when, where, and who must come."""

    title = forms.CharField(label="培训名称", max_length=120)
    topic = forms.ModelChoiceField(
        TrainingTopic.objects.none(), label="主题", empty_label="请选",
        help_text="办完以后，到会的人就有了这个主题",
    )  # fmt: skip
    scope = UnitField(
        Unit.objects.none(), label="参加单位", widget=PickSelect, help_text="连同它的下级单位"
    )
    roles = forms.MultipleChoiceField(
        label="谁要参加", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple,
        help_text="保存后这些岗位的人进名单并收到通知；另外的人以后可以加",
    )  # fmt: skip
    starts_at = MomentField(label="时间")
    place = forms.CharField(label="地点", max_length=120, required=False)
    link = forms.CharField(
        label="线上地址", max_length=500, required=False,
        widget=forms.URLInput({"placeholder": "https://"}), help_text="地点和线上地址至少写一样",
    )  # fmt: skip
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    material = ManyFilesField(
        label="培训材料", required=False,
        widget=ManyFiles({"multiple": True, "accept": MATERIALS}),
        help_text="可多选，每个 20 MB 以内；涉密材料不得上传",
    )  # fmt: skip
    drop = forms.MultipleChoiceField(
        label="去掉的材料", required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(
        self, *args: Any, units: "QuerySet[Unit]", materials: Sequence[Material] = (),
        topics: "QuerySet[TrainingTopic] | None" = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = units  # type: ignore[attr-defined]
        known = TrainingTopic.objects.standing() if topics is None else topics
        self.fields["topic"].queryset = known  # type: ignore[attr-defined]
        if materials:
            choices = [(str(one.pk), one.file.name) for one in materials]
            self.fields["drop"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["drop"]

    def clean(self) -> dict[str, Any]:
        """Somewhere; a link that a browser opens."""
        got = super().clean() or {}
        place, link = got.get("place", ""), (got.get("link") or "").strip().lower()
        if not place and not link:
            self.add_error("place", "写地点，或在下面写线上地址。")
        if link and not link.startswith(("https://", "http://")):
            self.add_error("link", "线上地址写成 https://… 的样子。")
        return got

    def facts(self) -> SessionFacts:
        """What was typed."""
        got = self.cleaned_data
        return SessionFacts(
            got["title"], got["topic"], got["scope"], got["roles"], got["starts_at"],
            got["place"], got["link"], got["note"],
        )  # fmt: skip


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label="取消原因", max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="名单里的人都会收到",
    )  # fmt: skip


class InviteForm(forms.Form):
    """Somebody besides those meant by their role."""

    person = PersonField(User.objects.none(), label="加人", empty_label="姓名或拼音")

    use_required_attribute = False

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A list of who was there."""

    file = forms.FileField(
        label="到会名单", widget=forms.FileInput({"accept": ".xlsx,.xls,.et,.ods"}),
        help_text="要有「姓名」或「工号」列；有「到会」列的写到会、缺席或请假，没有这列的都算到会",
    )  # fmt: skip

    use_required_attribute = False


class CertificateForm(forms.Form):
    """A certificate of one person."""

    user = PersonField(User.objects.none(), label="持有人", empty_label="姓名或拼音")
    name = forms.CharField(label="证书", max_length=120, help_text="如：网络安全培训合格证")
    topic = forms.ModelChoiceField(
        TrainingTopic.objects.none(), label="算作哪个主题", required=False,
        empty_label="不算学校要求的主题",
    )  # fmt: skip
    number = forms.CharField(label="编号", max_length=80, required=False)
    issuer = forms.CharField(label="发证单位", max_length=120, required=False)
    issued_on = DayField(label="发证日期")
    valid_until = DayField(label="有效期至", required=False, help_text="证书没有写期限的留空")
    file = forms.FileField(
        label="证明文件", required=False, widget=forms.FileInput({"accept": PROOFS}),
        help_text="扫描件或照片，20 MB 以内",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        topics = TrainingTopic.objects.standing()
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        got = super().clean() or {}
        first, last = got.get("issued_on"), got.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "有效期至早于发证日期，请改正。")
        return got

    def facts(self) -> CertificateFacts:
        """What was typed."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        return CertificateFacts(**given)


class TopicForm(forms.Form):
    """What which role needs."""

    name = forms.CharField(label="主题", max_length=100, help_text="如：网络安全与保密")
    roles = forms.MultipleChoiceField(
        label="谁要参加", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    months = forms.IntegerField(
        label="多少个月内有效", min_value=0, max_value=120, initial=12,
        widget=forms.NumberInput(SHORT), help_text="0 表示参加一次长期有效",
    )  # fmt: skip

    use_required_attribute = False
