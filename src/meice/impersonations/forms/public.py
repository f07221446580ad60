"""The page for anybody: few fields, nothing that must not be asked."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from meice.files.kinds import kind_of
from meice.impersonations.actions import DocketText
from meice.impersonations.forms.docket import PICTURES, PLATFORM_CHOICES, clean_link
from meice.impersonations.models import Guise
from meice.web.public_forms import PublicFiles, PublicForm

MOST, MEGABYTES = 3, 5
GUISES = [choice for choice in Guise.choices if choice[0] != Guise.OTHER]


class PublicReportForm(PublicForm):
    """What somebody saw; a name and a way to reach her only if she wants to."""

    platform = forms.ChoiceField(label="在哪个平台", choices=PLATFORM_CHOICES)
    name = forms.CharField(
        label="账号昵称或网站名", max_length=100, help_text="照原样写，包括符号和数字"
    )
    url = forms.CharField(label="主页链接", max_length=1000, required=False)
    account_id = forms.CharField(label="账号ID", max_length=100, required=False)
    guise = forms.ChoiceField(
        label="它怎么冒充", choices=[*GUISES, (Guise.OTHER, "其他或说不清")], initial=Guise.ACCOUNT
    )
    facts = forms.CharField(
        label="看到了什么", max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="何时看到、它说自己是谁、发了什么。不要写身份证号、银行卡号",
    )  # fmt: skip
    proofs = PublicFiles(
        label="截图", most=MOST, megabytes=MEGABYTES, kind_of=kind_of, kinds=PICTURES, words="图片",
        help_text=f"最多 {MOST} 张，每张 {MEGABYTES} MB 以内",
    )  # fmt: skip
    reporter = forms.CharField(
        label="怎么称呼你", max_length=60, required=False, help_text="可以不填"
    )
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False,
        help_text="可以不填；只有宣传部为核实这件事才会看，每次查看都有记录",
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_url(self) -> str:
        """An http(s) address, or nothing."""
        return clean_link(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        """Something by which the account can be found."""
        found = super().clean()
        if not self.errors and not (found.get("url") or found.get("account_id") or found["proofs"]):
            raise forms.ValidationError("主页链接、账号ID、截图至少给一样，不然找不到这个账号。")
        return found

    @property
    def said(self) -> DocketText:
        """What is said, of valid input."""
        got = self.cleaned_data
        return DocketText(
            platform=got["platform"], name=got["name"], url=got["url"],
            account_id=got["account_id"], guise=got["guise"], facts=got["facts"],
            found_on=timezone.localdate(self.at), found_how="公众举报",
        )  # fmt: skip


class LookUpForm(forms.Form):
    """Number and secret of a receipt."""

    number = forms.CharField(label="回执号", max_length=20, help_text="如 JM-7K3MQ2ZP")
    secret = forms.CharField(
        label="查询码", max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )

    use_required_attribute = False
