"""A campaign as the department writes it; the package; the year."""

from __future__ import annotations

from typing import Any

from django import forms

from meice.engines.annexes.columns import MARKS, TITLES
from meice.engines.annexes.model import Annex
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.surveys.actions.campaigns import CampaignDraft
from meice.surveys.models import Campaign, Coverage
from meice.web.fields import MomentField, UnitsSelect

ANNEX_CHOICES = [(int(annex), f"{MARKS[annex]} {TITLES[annex]}") for annex in Annex]


class CampaignForm(forms.Form):
    """Who hands in what until when."""

    title = forms.CharField(label="名称", max_length=120)
    document_number = forms.CharField(
        label="通知文号", max_length=60, required=False, help_text="如：华园宣〔2026〕31号"
    )
    notice = forms.CharField(
        label="通知内容", required=False, max_length=20000, widget=forms.Textarea({"rows": 6})
    )
    opens_at = MomentField(label="开始时间", help_text="北京时间")
    deadline = MomentField(
        label="截止时间",
        help_text="北京时间，如 2026-11-20 12:00、11月20日 上午12点（就是中午 12:00）",
    )
    annexes = forms.TypedMultipleChoiceField(
        label="要求的附件",
        coerce=int,
        choices=ANNEX_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=[1, 2, 3, 4],
    )
    scope = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="范围",
        help_text="可以选多个；选学校就是学校下的各单位",
        widget=UnitsSelect,
    )
    coverage = forms.ChoiceField(
        label="由谁填报", choices=Coverage.choices, widget=forms.RadioSelect,
        initial=Coverage.CHILDREN.value,
    )  # fmt: skip
    delivery = forms.CharField(
        label="报送方式", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="原样印在表下的一段话，以「报送方式：」开头；不写就不印",
    )  # fmt: skip
    paper_wanted = forms.BooleanField(label="还要纸质盖章版", required=False, initial=True)
    paper_place = forms.CharField(label="纸质送到哪里", max_length=100, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, by: User, **given: Any) -> None:
        super().__init__(*args, **given)
        units = Unit.objects.active().below(*by.reach(Right.DECIDE_BUSINESS))
        field = self.fields["scope"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = units

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        values: dict[str, Any] = super().clean() or {}
        begins, ends = values.get("opens_at"), values.get("deadline")
        if begins and ends and ends <= begins:
            self.add_error("deadline", "截止时间须在开始时间之后。")
        return values

    def draft(self) -> CampaignDraft:
        """What was typed, for the action."""
        values = self.cleaned_data
        return CampaignDraft(
            title=values["title"],
            document_number=values["document_number"],
            notice=values["notice"],
            opens_at=values["opens_at"],
            deadline=values["deadline"],
            annexes=values["annexes"],
            scopes=[(unit, values["coverage"]) for unit in values["scope"]],
            delivery=values["delivery"],
            paper_wanted=values["paper_wanted"],
            paper_place=values["paper_place"],
        )


def campaign_initial(campaign: Campaign) -> dict[str, Any]:
    """The form of a campaign that exists."""
    scopes = list(campaign.scopes.all())
    return {
        "title": campaign.title,
        "document_number": campaign.document_number,
        "notice": campaign.notice,
        "opens_at": campaign.opens_at,
        "deadline": campaign.deadline,
        "annexes": campaign.annexes,
        "scope": [scope.unit_id for scope in scopes],
        "coverage": scopes[0].coverage if scopes else Coverage.CHILDREN.value,
        "delivery": campaign.delivery,
        "paper_wanted": campaign.paper_wanted,
        "paper_place": campaign.paper_place,
        "version": campaign.version,
    }


class YearForm(forms.Form):
    """Which year is frozen."""

    year = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput({"class": "m-w-date"}),
    )
