"""Activity: attestations, samples, sources, statistics, lines, vacations; and leads."""

from typing import Any

from django import forms

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.inspections.models import SeenIn
from meice.inspections.models.activity import EVERY_PLATFORM, SPEAKING
from meice.orgs.models import Unit
from meice.web.fields import DayField, PickSelect

DAY_HINT = "如 2026-11-20、11.20、昨天"
PLATFORM_CHOICES = [(EVERY_PLATFORM, "其他各类")] + [
    (key, PLATFORM_BY_KEY[key].name) for key in SPEAKING
]
UPLOADED = [kind for kind in SeenIn if kind not in (SeenIn.LINKS, SeenIn.QR)]


class AttestForm(forms.Form):
    """“Our last post is this.”"""

    url = forms.URLField(
        label="最近一篇的链接", max_length=500, assume_scheme="https",
        help_text="系统会打开它，核对发布时间",
    )  # fmt: skip
    day = DayField(label="发布日期", required=False, help_text="链接打不开时填，由宣传部抽查")


class SampleForm(forms.Form):
    """What a person of the department saw."""

    day = DayField(label="看到的最近发布日期", help_text=DAY_HINT)
    url = forms.URLField(label="链接", max_length=500, required=False, assume_scheme="https")


class FeedForm(forms.Form):
    """An RSS, Atom or JSON feed."""

    address = forms.URLField(
        label="订阅源地址", max_length=500, assume_scheme="https",
        help_text="RSS、Atom 或 JSON Feed；自建的 RSSHub 也可以",
    )  # fmt: skip


class WechatForm(forms.Form):
    """The official interface, with the account's own credentials."""

    app_id = forms.CharField(label="AppID", max_length=40)
    secret = forms.CharField(
        label="AppSecret", max_length=80, widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text="加密保存，不再显示；不是公众号的登录密码",
    )  # fmt: skip


class StatisticsForm(forms.Form):
    """Statistics of one account, or of several with their names in a column."""

    file = forms.FileField(
        label="平台导出的统计",
        help_text=".xls、.xlsx 或 .csv，要有发布时间或粉丝数一列",
        widget=forms.FileInput({"accept": ".xls,.xlsx,.csv,.et,.ods"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", empty_label=None, widget=PickSelect
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """After how many counted days an account is suspect."""

    platform = forms.ChoiceField(label="类型", choices=PLATFORM_CHOICES)
    days = forms.IntegerField(label="多少天没有发布列为疑似", min_value=1, max_value=400)
    remind = forms.IntegerField(label="提前几天提醒单位", min_value=0, max_value=399)
    clause = forms.CharField(label="依据", max_length=200)


class VacationForm(forms.Form):
    """A vacation of the school."""

    name = forms.CharField(label="名称", max_length=40)
    first = DayField(label="第一天", help_text=DAY_HINT)
    last = DayField(label="最后一天", help_text=DAY_HINT)


class ListForm(forms.Form):
    """A list of the IT office, or search results."""

    seen_in = forms.ChoiceField(label="种类", choices=[(k.value, k.label) for k in UPLOADED])
    file = forms.FileField(label="文件", help_text="20 MB 以内")


class AdoptForm(forms.Form):
    """Whose it is, and why."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="责任单位", empty_label="请选", widget=PickSelect
    )
    note = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
