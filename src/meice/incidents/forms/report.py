"""报告事件: fit for a phone; everything else follows from class and roster."""

from typing import Any

from django import forms

from meice.incidents.classes import CLASS_OF, CLASSES, IncidentSource, Severity
from meice.incidents.forms.fields import FilesField, words
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.web.fields import PickSelect

TYPED_SOURCES = [
    (each.value, each.label)
    for each in (IncidentSource.PERSON, IncidentSource.PATROL, IncidentSource.SUPERIOR)
]
RIGHTS = (
    Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS,
    Right.VERIFY_SECURITY,
)  # fmt: skip


def units_of(user: User) -> Any:
    """The units that she may name: her reach."""
    paths = {path for right in RIGHTS for path in user.reach(right)}
    return Unit.objects.active().below(*paths)


class ReportForm(forms.Form):
    """What was seen, where, of which class. Blank severity: that of the class."""

    title = forms.CharField(
        label="出了什么事", max_length=120, help_text="一句话，如：评论区出现赌博广告"
    )
    kind = forms.ChoiceField(
        label="类别", choices=[("", "请选"), *[(one.kind.value, one.kind.label) for one in CLASSES]]
    )
    severity = forms.ChoiceField(
        label="等级", required=False, choices=[("", "按类别"), *Severity.choices]
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="涉事单位", required=False, empty_label="不清楚，请宣传部分派",
        widget=PickSelect,
    )  # fmt: skip
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(), label="账号（网站）", required=False, empty_label="没有或不在台账",
        widget=PickSelect,
    )  # fmt: skip
    link = forms.CharField(
        label="网址",
        max_length=500,
        required=False,
        help_text="出问题的页面，照抄即可，系统不会去打开",
    )
    text = words("情况", rows=4, hint="何时看到什么，现在还在不在。不写涉密内容。")
    source = forms.ChoiceField(label="从哪里知道的", choices=TYPED_SOURCES, required=False)
    proofs = FilesField(label="截图或照片")
    is_drill = forms.BooleanField(label="这是演练", required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, by: User, may_drill: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(by)  # type: ignore[attr-defined]
        outlets = Outlet.objects.visible_to(by).standing().order_by("pinyin_key", "pk")
        self.fields["outlet"].queryset = outlets.select_related("unit")  # type: ignore[attr-defined]
        if not may_drill:
            del self.fields["is_drill"]

    def clean(self) -> dict[str, Any]:
        """An outlet names its unit; the severity is that of the class unless it is chosen."""
        got: dict[str, Any] = super().clean() or {}
        outlet = got.get("outlet")
        if outlet is not None:
            got["unit"] = outlet.unit
        if got.get("kind") and not got.get("severity"):
            got["severity"] = CLASS_OF[got["kind"]].severity.value
        got["source"] = got.get("source") or IncidentSource.PERSON.value
        return got
