"""举报 and 补充: everything that the 关停申请 asks for; only five fields must be filled."""

from typing import Any

from django import forms
from django.utils import timezone

from meice.engines.gate import Refused as NotAsked
from meice.engines.gate import read_target
from meice.engines.outlets import PLATFORMS
from meice.files.kinds import FileKind, kind_of
from meice.impersonations.actions import DocketText
from meice.impersonations.channels import BASIS
from meice.impersonations.models import Demand, Guise, Impersonation
from meice.inspections.models import Lead
from meice.kernel.clock import now
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet
from meice.web.fields import DayField, PickSelect
from meice.web.public_forms import PublicFiles

OTHER = "other"
PLATFORM_CHOICES = [("", "请选"), *((p.key, p.name) for p in PLATFORMS), (OTHER, "其他平台")]
PICTURES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.GIF})
MOST, MEGABYTES = 5, 10
BAD_LINK = "链接写成 https://… 的样子；没有网址的（如微信群）就留空。"
WHAT, SHAM, CASE = "涉嫌账号", "仿冒什么", "申请"
GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    WHAT: (
        ("platform", "name"), ("url",), ("account_id", "permanent_id"), ("verified_as", "owner"),
        ("place", "followers"), ("bio",),
    ),
    SHAM: (
        ("guise", "imitated"), ("imitated_outlet",), ("facts",), ("harm",),
        ("found_on", "found_how"),
    ),
    CASE: (("demands",), ("basis",), ("opinion",), ("contact_name", "contact_phone")),
}  # fmt: skip
"""The fields of the form, one or two beside each other."""


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def clean_link(text: str) -> str:
    """An address as people paste it; `https://` is added where it is missing. Nothing opens it."""
    bare = text.strip()
    if not bare:
        return ""
    whole = bare if "://" in bare else f"https://{bare}"
    target = read_target(whole)
    if isinstance(target, NotAsked) or "." not in target.host:
        raise forms.ValidationError(BAD_LINK)
    return target.url[:1000]


class DocketForm(forms.Form):
    """The account, what it passes for, what is asked."""

    platform = forms.ChoiceField(label="平台", choices=PLATFORM_CHOICES)
    name = forms.CharField(
        label="昵称或网站名", max_length=100, help_text="照原样写，包括符号和数字"
    )
    url = forms.CharField(
        label="主页链接", max_length=1000, required=False, help_text="没有网址的（如微信群）留空"
    )
    account_id = forms.CharField(label="账号ID", max_length=100, required=False)
    permanent_id = forms.CharField(
        label="UID", max_length=100, required=False, help_text="不随改名变化的号，如抖音 UID、gh_…"
    )
    verified_as = forms.CharField(label="认证主体", max_length=100, required=False)
    place = forms.CharField(label="IP属地", max_length=40, required=False)
    followers = forms.CharField(label="粉丝数", max_length=20, required=False)
    owner = forms.CharField(
        label="备案主体或域名注册人", max_length=200, required=False, help_text="网站才填"
    )
    bio = forms.CharField(label="简介", max_length=500, required=False, widget=_area(2))
    guise = forms.ChoiceField(label="仿冒类型", choices=Guise.choices, initial=Guise.ACCOUNT)
    imitated = forms.CharField(
        label="被仿冒的名称",
        max_length=100,
        required=False,
        help_text="不填即名称里用到的校名或单位名",
    )
    imitated_outlet = forms.ModelChoiceField(
        Outlet.objects.none(), label="被仿冒的官方账号", required=False, empty_label="没有或不清楚",
        widget=PickSelect,
    )  # fmt: skip
    facts = forms.CharField(
        label="事实陈述", max_length=3000, widget=_area(4),
        help_text="何时看到、它说自己是谁、发了什么、有谁受骗；不写身份证号和手机号",
    )  # fmt: skip
    harm = forms.CharField(label="危害", max_length=1000, required=False, widget=_area(2))
    found_on = DayField(label="首次发现", required=False, help_text="不填即今天")
    found_how = forms.CharField(label="发现方式", max_length=200, required=False)
    demands = forms.MultipleChoiceField(
        label="诉求", choices=Demand.choices, required=False,
        widget=forms.CheckboxSelectMultiple, initial=[Demand.CLOSE],
    )  # fmt: skip
    basis = forms.CharField(
        label="法律依据", max_length=2000, required=False, widget=_area(2), initial=BASIS
    )
    opinion = forms.CharField(label="单位意见", max_length=1000, required=False, widget=_area(2))
    contact_name = forms.CharField(label="联系人", max_length=60, required=False)
    contact_phone = forms.CharField(
        label="联系电话", max_length=40, required=False, help_text="尽量填办公电话",
        widget=forms.TextInput({"class": "m-w-name", "autocomplete": "off"}),
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, outlets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["imitated_outlet"].queryset = outlets  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """An http(s) address, or nothing."""
        return clean_link(self.cleaned_data["url"])

    def clean_found_on(self) -> Any:
        """Not in the future."""
        day, today = self.cleaned_data["found_on"], timezone.localdate(now())
        if day and day > today:
            raise forms.ValidationError("首次发现的日期不能晚于今天。")
        return day or today

    @property
    def groups(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """The fields under their headings, row by row, for the page."""
        return [
            (title, [[self[name] for name in row] for row in rows])
            for title, rows in GROUPS.items()
        ]

    @property
    def said(self) -> DocketText:
        """What is said, of valid input."""
        wanted = DocketText.__dataclass_fields__
        return DocketText(**{key: self.cleaned_data[key] for key in wanted if key in self.fields})


class ReportForm(DocketForm):
    """举报 by a signed-in person: for which unit, with the first pictures."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="申请单位", empty_label=None, widget=PickSelect
    )
    proofs = PublicFiles(
        label="截图", most=MOST, megabytes=MEGABYTES, kind_of=kind_of, kinds=PICTURES, words="图片",
        help_text=f"主页、发布的内容，最多 {MOST} 张；录屏在案卷里上传",
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def initial_of_docket(docket: Impersonation) -> dict[str, Any]:
    """The form as the docket stands."""
    found = {key: getattr(docket, key) for key in DocketText.__dataclass_fields__}
    return found | {"imitated_outlet": docket.imitated_outlet_id}


def initial_of_lead(lead: Lead | None, outlet: Outlet | None, user: User) -> dict[str, Any]:
    """What is known before anything is typed."""
    found: dict[str, Any] = {"contact_name": user.name}
    if user.post:
        found["unit"] = user.post.unit_id
    if lead:
        known = {key for key, _ in PLATFORM_CHOICES}
        found |= {
            "platform": lead.platform if lead.platform in known else OTHER,
            "name": lead.name or lead.identifier,
            "url": lead.url,
            "account_id": "" if lead.platform == "website" else lead.identifier[:100],
            "found_how": f"线索：{lead.get_seen_in_display()}",
            "guise": Guise.SITE if lead.platform == "website" else Guise.ACCOUNT,
        }
    if outlet:
        found |= {"imitated": outlet.name, "imitated_outlet": outlet.pk, "unit": outlet.unit_id}
    return found
