"""The form of a schedule."""

from typing import Any

from django import forms

from meice.inspections import probe
from meice.inspections.actions.schedules import Plan
from meice.inspections.models import Frequency, Schedule, probed_sites
from meice.orgs.models import Unit
from meice.registry.models import Outlet

MOST_NUMBERS = 500


class ScheduleForm(forms.Form):
    """Scope, rules, rhythm, politeness."""

    name = forms.CharField(label="名称", max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="范围", empty_label="请选")
    numbers = forms.CharField(
        label="只看这些网站",
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 2}),
        help_text="台账编号，空格分开；不填就是范围内全部在册网站",
    )
    rule_set = forms.ChoiceField(label="规则集")
    frequency = forms.ChoiceField(label="多久一次", choices=Frequency.choices)
    at = forms.TimeField(label="几点开始", widget=forms.TimeInput({"type": "time"}))
    max_pages = forms.IntegerField(
        label="每个网站最多看几页", min_value=1, max_value=2000, help_text="不含附件和外链"
    )
    rate = forms.DecimalField(
        label="每秒请求数",
        min_value=0.1,
        max_value=10,
        max_digits=4,
        decimal_places=1,
        help_text="对每个网站；越小越不打扰",
    )
    watches_reach = forms.BooleanField(
        label="每天多次试开",
        required=False,
        help_text="每小时打开一次首页，满一周才判断「站点无法访问」",
    )
    is_active = forms.BooleanField(label="启用", required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["rule_set"].choices = probe.rule_sets()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, schedule: Schedule | None, *, units: Any) -> "ScheduleForm":
        """Filled with what stands now, or with the usual."""
        if schedule is None:
            usual = {
                "frequency": Frequency.WEEKLY, "at": "02:00", "max_pages": 40, "rate": "1",
                "is_active": True, "watches_reach": True,
            }  # fmt: skip
            return cls(initial=usual, units=units)
        numbers = " ".join(schedule.outlets.order_by("pk").values_list("number", flat=True))
        kept = {name: getattr(schedule, name) for name in cls.base_fields if name != "numbers"}
        return cls(initial={**kept, "numbers": numbers}, units=units)

    def clean_numbers(self) -> list[Outlet]:
        """The sites of the numbers typed; each must be a standing website with an address."""
        wanted = [number.upper() for number in self.cleaned_data["numbers"].split()]
        if len(wanted) > MOST_NUMBERS:
            raise forms.ValidationError(f"一次最多列 {MOST_NUMBERS} 个网站。")
        found = {site.number.upper(): site for site in probed_sites().filter(number__in=wanted)}
        missing = [number for number in wanted if number not in found]
        if missing:
            raise forms.ValidationError(f"{'、'.join(missing[:5])} 不是在册网站，或没有登记网址。")
        return [found[number] for number in wanted]

    @property
    def plan(self) -> Plan:
        """What was typed."""
        said = dict(self.cleaned_data)
        outlets = said.pop("numbers")
        return Plan(**{**said, "frequency": Frequency(said["frequency"]), "outlets": outlets})
