"""Every component in every state on a few pages, to be looked at: only with DEBUG and in tests.

The pages ask nothing of the database; sidebar, top bar and account are samples.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from meice.kernel.access import ALLOWED, refused
from meice.kernel.http import Page
from meice.kernel.slots import NavCount
from meice.web.conflicts import Conflict
from meice.web.faces import Face, respond
from meice.web.tags.shell import Bars, NavLine
from meice.web.tones import Look, SourceKind, Tone
from meice.web.topbar import Account, MenuLink, TopLine

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGES = {
    "list": "账号网站",
    "parts": "部件",
    "record": "华园数信团委",
    "forms": "表单",
    "empty": "空的四种样子",
    "sheet": "附件1填写",
    "home": "工作台",
    "phone": "巡查",
    "public": "是不是官方账号",
    "sign": "登录",
    "print": "附件3",
}
LOOKS = (
    Look("活跃", "circle-check", Tone.GOOD),
    Look("临近，还剩 2 天", "alert-triangle", Tone.WARN),
    Look("机器：41 天没更新", "robot", Tone.CLAIM),
    Look("僵尸，已核实", "alert-octagon", Tone.BAD),
    Look("未知", "help-circle", Tone.UNKNOWN),
    Look("待宣传部受理", "clock", Tone.INFO),
    Look("草稿", "pencil", Tone.IDLE),
)
NAVIGATION = (
    ("", "工作台", "home", "home", NavCount(21)),
    ("台账", "账号网站", "address-book", "list", None),
    ("台账", "备案办理", "certificate", "record", NavCount(8)),
    ("台账", "单位人员", "building-community", "forms", None),
    ("填报", "专项填报", "table", "sheet", NavCount(29)),
    ("填报", "年审", "calendar-check", "empty", None),
    ("核实整改", "待核实", "microscope", "parts", NavCount(12)),
    ("核实整改", "整改单", "file-alert", "print", NavCount(3, hot=True)),
    ("日常监管", "巡查", "route", "phone", NavCount(2)),
    ("日常监管", "事件", "urgent", "public", NavCount(1, hot=True)),
)
ROWS = (
    ("华园大学", "网站", "党委宣传部", 0, "probe", 0.1, "陈晓岚"),
    ("华园数信", "微信公众号", "数学与信息学院、软件学院", 0, "feed", 0.1, "周启明"),
    ("岭东省中西医结合医院附属第三医院官方网站", "网站", "附属第三医院", 0, "import", 1, "方向"),
    ("数信就业", "微信公众号", "数学与信息学院、软件学院", 1, "feed", 0.1, "周启明"),
    ("华园数信团委", "微信公众号", "数学与信息学院、软件学院", 2, "attest", 7, "周启明"),
    ("华园国际", "微博", "国际教育与合作交流学院（港澳台事务办公室）", 3, "human", 24, "刘思远"),
    ("华园动画", "哔哩哔哩", "艺术学院", 4, "attest", 28, ""),
    ("华园大学ACM协会", "哔哩哔哩", "数学与信息学院、软件学院", 4, "attest", None, ""),
)


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    name = forms.CharField(label="姓名", help_text="与工资系统一致", max_length=20)
    mobile = forms.CharField(
        label="手机", required=False, widget=forms.TextInput({"class": "m-w-phone"})
    )
    unit = forms.ChoiceField(label="单位", choices=[("", "请选"), ("1", "园艺学院")])
    verdict = forms.ChoiceField(
        label="结论",
        widget=forms.RadioSelect,
        choices=[("yes", "属实"), ("no", "不属实"), ("again", "再看一次")],
    )
    note = forms.CharField(label="说明", widget=forms.Textarea({"rows": 3}), required=False)
    attachment = forms.FileField(label="附件", help_text="一次一个，20 MB 以内", required=False)
    sure = forms.BooleanField(label="我已核对以上内容，对其真实性负责。")

    def clean_mobile(self) -> str:
        """Eleven digits."""
        mobile: str = self.cleaned_data["mobile"]
        if mobile and len(mobile) != 11:
            raise forms.ValidationError(f"手机号只有 {len(mobile)} 位，应为 11 位。")
        return mobile


def _dress(request: HttpRequest, name: str) -> None:
    """Put the sample frame on the request, where the tags look first."""
    request.user = SimpleNamespace(is_authenticated=True, pk=1)  # type: ignore[assignment]
    side = [
        NavLine(group, label, icon, f"/gallery/{page}/", count, page == name)
        for group, label, icon, page, count in NAVIGATION
    ]
    duty = TopLine("今日值班：陈晓岚", "今日值班：陈晓岚，至 18:00", "#duty", "至 18:00")
    top = [("phone-call", duty), ("bell", TopLine("5", "消息，5 条未读", "#inbox"))]
    request.meice_bars = Bars(side, top)  # type: ignore[attr-defined]
    request.meice_account = Account(  # type: ignore[attr-defined]
        "梁文博",
        "宣传部 · 新媒体科",
        (MenuLink("我的资料", "#profile"), MenuLink("退出", "#sign-out", post=True)),
        is_admin=True,
    )


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "platform": platform,
            "unit": unit,
            "look": LOOKS[look],
            "kind": kind,
            "seen": None if days is None else NOW - timedelta(days=days),
            "person": person,
        }
        for name, platform, unit, look, kind, days, person in ROWS
    ]


def _form(request: HttpRequest) -> SampleForm:
    if request.method == "POST" or "wrong" in request.GET:
        return SampleForm(request.POST or {"mobile": "1360000220", "verdict": "yes"})
    return SampleForm(initial={"verdict": "yes"})


def _conflict() -> Conflict:
    return Conflict.between(
        {"phone": "137****4452", "often": "每周 2 次", "use": "学院新闻", "note": ""},
        {"phone": "137****9001", "often": "每周 3 次", "use": "学院新闻、通知公告", "note": ""},
        {"phone": "139****4452", "often": "每日 1 次", "use": "学院新闻", "note": "与网站同步"},
        labels={"phone": "审核人电话", "often": "发布频次", "use": "用途", "note": "备注"},
        other="周启明",
        opened_at=NOW.replace(hour=9, minute=2),
        saved_at=NOW.replace(hour=9, minute=11),
        version="7",
        save_url="#save",
        record_url="#record",
    )


def component(request: HttpRequest, name: str) -> HttpResponse:
    """One page of samples; `?wrong` shows the form with its errors."""
    if name not in PAGES:
        raise Http404
    _dress(request, name)
    context = {
        "now": NOW,
        "title": PAGES[name],
        "rows": _rows(),
        "page": Page([0] * 50, 1, 10412, 209, ""),
        "looks": LOOKS,
        "kinds": [(kind, NOW - timedelta(hours=3)) for kind in SourceKind],
        "tones": list(Tone),
        "noon": datetime(2026, 11, 20, 12, 0, tzinfo=NOW.tzinfo),
        "soon": NOW.replace(hour=18, minute=0),
        "may": ALLOWED,
        "may_not": refused("这份备案是你起草的，不能自己受理。请由科室另一人受理。"),
        "form": _form(request),
        "conflict": _conflict(),
        "letters": "ABCDEFGHIJKLM",
    }
    return render(request, f"web/gallery/{name}.html", context)


def conflict(request: HttpRequest) -> HttpResponse:
    """The page of two people who changed the same record."""
    _dress(request, "list")
    return render(request, "web/conflict.html", {"conflict": _conflict(), "now": NOW})


def face(request: HttpRequest, name: str) -> HttpResponse:
    """One of the error faces."""
    _dress(request, "home")
    chosen = Face.__members__.get(name.upper())
    if chosen is None:
        raise Http404
    number = "E-7Q2M-1408" if chosen is Face.BROKEN else ""
    return respond(request, chosen, number=number, alone=chosen is Face.BROKEN)


urlpatterns: list[URLPattern] = [
    path("gallery/conflict/", conflict, name="gallery-conflict"),
    path("gallery/face/<slug:name>/", face, name="gallery-face"),
    path("gallery/<slug:name>/", component, name="gallery"),
]
