"""The forms of single things. A field that holds what looks like a password refuses it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from meice.compliance.actions import CustodyFacts, DeviceFacts, ItemFacts
from meice.compliance.models import CHECKLIST, DeviceKind, Factor, Grade, ItemKind, ItemState
from meice.compliance.secret import WHY, secret_in
from meice.compliance.workflow import TERMS
from meice.engines.marks import mobile_digits
from meice.orgs.forms import UnitField
from meice.orgs.models import Unit, User
from meice.web.fields import DayField, PickSelect

PROOFS = ".pdf,.jpg,.jpeg,.png,.docx,.doc"
PHONE_BAD = "不是 11 位手机号。"
NAME = {"class": "m-w-name"}


class PlainText(forms.CharField):
    """Text that may be anything but a secret."""

    def clean(self, value: Any) -> str:
        """The text; raises why it is not kept."""
        text = str(super().clean(value) or "")
        found = secret_in(text)
        if found:
            raise forms.ValidationError(WHY.format(found))
        return text


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A person of the unit, found by pinyin."""

    widget = PickSelect

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.username}）"


class ItemForm(forms.Form):
    """One proof of an outlet."""

    state = forms.ChoiceField(label="状态", choices=ItemState.choices)
    grade = forms.ChoiceField(
        label="等保级别", choices=[("", "未填"), *Grade.choices], required=False
    )
    number = PlainText(
        label="编号", max_length=120, required=False, help_text="备案号、证明编号、合同号"
    )
    issuer = PlainText(label="机关或单位", max_length=120, required=False)
    valid_until = DayField(
        label="有效期至", required=False, help_text="不知道就留空，显示「没有写明」"
    )
    is_permanent = forms.BooleanField(label="长期有效", required=False)
    file = forms.FileField(
        label="证明文件", required=False, widget=forms.FileInput({"accept": PROOFS}),
        help_text="扫描件或截图，20 MB 以内；涉密材料不得上传",
    )  # fmt: skip
    drop_file = forms.BooleanField(label="去掉现有证明文件", required=False)
    note = PlainText(
        label="说明", max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="不适用的写明理由",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, kind: ItemKind, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is not ItemKind.GRADE:
            del self.fields["grade"]
        if not has_file:
            del self.fields["drop_file"]

    def clean(self) -> dict[str, Any]:
        """Not both; and a reason for what does not apply."""
        got = super().clean() or {}
        if got.get("is_permanent") and got.get("valid_until"):
            self.add_error("valid_until", "长期有效的不填有效期。")
        if got.get("state") == ItemState.EXEMPT and not (got.get("note") or "").strip():
            self.add_error("note", "不适用要写明理由。")
        return got

    def facts(self) -> ItemFacts:
        """What was typed."""
        got = self.cleaned_data
        return ItemFacts(
            got["state"], got["number"], got.get("grade", ""), got["issuer"], got["valid_until"],
            got["is_permanent"], got["note"], not got.get("drop_file", False),
        )  # fmt: skip


class DeviceForm(forms.Form):
    """A device."""

    asset_number = PlainText(label="资产编号", max_length=60, widget=forms.TextInput(NAME))
    name = PlainText(label="设备", max_length=120, help_text="品牌型号，如：联想启天 M455")
    kind = forms.ChoiceField(label="类型", choices=DeviceKind.choices)
    custodian = PersonField(
        User.objects.none(), label="保管人", required=False, empty_label="没有账号，写在下面",
    )  # fmt: skip
    custodian_name = PlainText(
        label="保管人姓名", max_length=60, required=False, help_text="没有账号时才填"
    )
    purpose = PlainText(label="用途", max_length=200, initial="新媒体审核、发布")
    place = PlainText(label="放置地点", max_length=100, required=False)
    note = PlainText(
        label="备注", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    use_required_attribute = False

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["custodian"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """专人专用: somebody keeps it."""
        got = super().clean() or {}
        if not got.get("custodian") and not (got.get("custodian_name") or "").strip():
            self.add_error("custodian", "专人专用：选一位保管人，没有账号的写姓名。")
        return got

    def facts(self) -> DeviceFacts:
        """What was typed."""
        return DeviceFacts(**self.cleaned_data)


ANSWERS = [("yes", "是"), ("no", "否"), ("unknown", "没查明")]


class CheckForm(forms.Form):
    """The checklist; nothing is ticked before somebody has looked."""

    on = DayField(label="检查日期")
    note = PlainText(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="有「否」的写明看到什么、怎么处理",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in CHECKLIST.items():
            self.fields[f"q-{key}"] = forms.ChoiceField(
                label=words, choices=ANSWERS, widget=forms.RadioSelect,
                error_messages={"required": "请选「是」「否」或「没查明」。"},
            )  # fmt: skip
        self.order_fields(["on", *(f"q-{key}" for key in CHECKLIST), "note"])

    @property
    def questions(self) -> Iterable[forms.BoundField]:
        """The bound answers, in order."""
        return [self[f"q-{key}"] for key in CHECKLIST]

    @property
    def answers(self) -> dict[str, bool | None]:
        """yes, no, or None for what could not be told."""
        said = {"yes": True, "no": False}
        return {key: said.get(self.cleaned_data[f"q-{key}"]) for key in CHECKLIST}


class CustodyForm(forms.Form):
    """Who holds a login."""

    what = PlainText(
        label="哪个登录", max_length=80, help_text="用话说明，如：公众号管理员、站群后台。不写口令"
    )
    holder = PersonField(
        User.objects.none(), label="保管人", required=False, empty_label="没有账号，写在下面",
    )  # fmt: skip
    holder_name = PlainText(
        label="保管人姓名", max_length=60, required=False, help_text="没有账号时才填"
    )
    is_student = forms.BooleanField(label="学生保管", required=False)
    teacher = PlainText(label="在编指导教师", max_length=60, required=False)
    factor = forms.ChoiceField(label="二次验证", choices=Factor.choices, initial=Factor.UNKNOWN)
    rotated_on = DayField(
        label="最近轮换口令", required=False, help_text="不知道就留空，显示为未知"
    )
    recovery_name = PlainText(label="找回联系人", max_length=60, required=False)
    recovery_phone = forms.CharField(
        label="找回手机", max_length=20, required=False,
        widget=forms.TextInput({"class": "m-w-phone", "autocomplete": "off"}),
    )  # fmt: skip
    note = PlainText(
        label="备注", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    use_required_attribute = False

    def __init__(
        self, *args: Any, people: "QuerySet[User]", kept_phone: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept_phone = kept_phone
        self.fields["holder"].queryset = people  # type: ignore[attr-defined]
        if kept_phone:
            self.fields["recovery_phone"].help_text = "已登记，不显示；不改就留空"

    def clean_recovery_phone(self) -> str:
        """Eleven digits; blank keeps what is there, for the form does not show it."""
        typed = self.cleaned_data["recovery_phone"]
        if not typed:
            return self.kept_phone
        digits = mobile_digits(typed)
        if not digits:
            raise forms.ValidationError(PHONE_BAD)
        return digits

    def clean(self) -> dict[str, Any]:
        """A holder; a student under a teacher."""
        got = super().clean() or {}
        if not got.get("holder") and not (got.get("holder_name") or "").strip():
            self.add_error("holder", "选一位保管人，没有账号的写姓名。")
        if got.get("is_student") and not (got.get("teacher") or "").strip():
            self.add_error("teacher", "学生保管的要写明在编指导教师。")
        return got

    def facts(self) -> CustodyFacts:
        """What was typed."""
        return CustodyFacts(**self.cleaned_data)


class RotateForm(forms.Form):
    """The day on which the secret was changed."""

    on = DayField(label="轮换日期")


class ReasonForm(forms.Form):
    """Why, in words."""

    reason = PlainText(
        label="去向", max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="如：退库；清空数据后调作他用",
    )  # fmt: skip


class UploadForm(forms.Form):
    """A list of devices of one unit and those below it."""

    file = forms.FileField(
        label="设备清单", widget=forms.FileInput({"accept": ".xlsx,.xls,.et,.ods"}),
        help_text="要有资产编号、设备、保管人三列；单位列没有时都算所选单位的",
    )  # fmt: skip
    unit = UnitField(Unit.objects.none(), label="单位", widget=PickSelect)

    use_required_attribute = False

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """Each number of days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _days) in TERMS.items():
            self.fields[name.value] = forms.IntegerField(
                label=label, min_value=1, max_value=730, help_text="天",
                widget=forms.NumberInput({"class": "m-w-phone"}),
            )  # fmt: skip
