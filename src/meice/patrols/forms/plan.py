"""The form of a plan: scope by rule, days, hours, who, by which list."""

from typing import Any

from django import forms

from meice.orgs.models import Post, Unit, User
from meice.patrols.actions import PlanText
from meice.patrols.actions.opening import WALKERS
from meice.patrols.checklist import KIND_LABELS, PATTERNS
from meice.patrols.models import MOST_OUTLETS, WEEKDAYS, Checklist, Manning, Plan
from meice.patrols.rhythm import LAST_OF_MONTH, Rhythm
from meice.registry.models import Outlet
from meice.web.fields import PickSelect, UnitsSelect

SPANS = [(0, "当天"), *((days, f"第 {days + 1} 天") for days in range(1, 7))]


class PlanForm(forms.Form):
    """What a plan says."""

    name = forms.CharField(label="名称", max_length=60, help_text="如：上午巡查")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="巡查单位", empty_label="请选", widget=PickSelect
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="只巡这些单位的账号", required=False, widget=UnitsSelect,
        help_text="不选就是巡查单位和它下面的全部",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="只巡这些类型", choices=list(KIND_LABELS.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="不选就是全部类型",
    )  # fmt: skip
    numbers = forms.CharField(
        label="只巡这几个账号", required=False, max_length=4000, widget=forms.Textarea({"rows": 2}),
        help_text="台账编号，空格分开；填了就不按上面的规则选",
    )  # fmt: skip
    rhythm = forms.ChoiceField(label="频次", choices=Rhythm.choices)
    weekday = forms.TypedChoiceField(
        label="每周的", choices=[("", "—"), *WEEKDAYS], coerce=int, empty_value=None,
        required=False, help_text="频次为「每周」时选；遇放假顺延到下一个工作日",
    )  # fmt: skip
    month_day = forms.IntegerField(
        label="每月几号", min_value=1, max_value=LAST_OF_MONTH, required=False,
        widget=forms.NumberInput({"class": "m-w-phone"}),
        help_text="频次为「每月」时填，1 至 28；遇放假顺延",
    )  # fmt: skip
    days_before = forms.IntegerField(
        label="提前几天", min_value=0, max_value=30, required=False,
        widget=forms.NumberInput({"class": "m-w-phone"}),
        help_text="频次为「重要日子前」时填，按自然日；日子在巡查设置里列",
    )  # fmt: skip
    begins_at = forms.TimeField(label="几点开始", widget=forms.TimeInput({"type": "time"}))
    due_at = forms.TimeField(label="几点前巡完", widget=forms.TimeInput({"type": "time"}))
    span_days = forms.TypedChoiceField(label="哪一天前巡完", choices=SPANS, coerce=int)
    manning = forms.ChoiceField(
        label="谁巡查", choices=Manning.choices,
        help_text="选「当天值班的人」时，没有排班的日子由下面指定的人巡查",
    )  # fmt: skip
    patrollers = forms.ModelMultipleChoiceField(
        User.objects.none(), label="巡查人", required=False, widget=UnitsSelect
    )
    checklist = forms.ChoiceField(
        label="巡查清单", help_text="选样本会给巡查单位复制一份，之后可以改"
    )

    use_required_attribute = False

    def __init__(self, *args: Any, by: User, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = Checklist.objects.visible_to(by).select_related("unit")
        own = [(str(one.pk), f"{one.name}（{one.unit.called}）") for one in lists]
        patterns = [(pattern.key, pattern.name) for pattern in PATTERNS]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["patrollers"].queryset = walkers_in(units)  # type: ignore[attr-defined]
        self.fields["checklist"].choices = [  # type: ignore[attr-defined]
            ("本单位和上级的清单", own), ("样本", patterns),
        ]  # fmt: skip

    @classmethod
    def of(cls, plan: Plan | None, *, by: User, units: Any) -> "PlanForm":
        """Filled with what stands now, or with the usual."""
        if plan is None:
            usual = {
                "rhythm": Rhythm.WORKDAYS, "begins_at": "08:30", "due_at": "12:00",
                "span_days": 0, "manning": Manning.NAMED, "checklist": "daily",
                "unit": by.post.unit.pk if by.post else None, "patrollers": [by.pk],
            }  # fmt: skip
            return cls(initial=usual, by=by, units=units)
        columns = ("name", "rhythm", "weekday", "month_day", "days_before", "begins_at", "due_at",
                   "span_days", "manning", "kinds")  # fmt: skip
        kept: dict[str, Any] = {name: getattr(plan, name) for name in columns}
        kept |= {
            "unit": plan.unit_id,
            "checklist": str(plan.checklist_id),
            "patrollers": list(plan.patrollers.values_list("pk", flat=True)),
            "units": list(plan.units.values_list("pk", flat=True)),
            "numbers": " ".join(plan.outlets.order_by("pk").values_list("number", flat=True)),
        }
        return cls(initial=kept, by=by, units=units)

    def clean_numbers(self) -> list[Outlet]:
        """The outlets of the numbers typed."""
        wanted = list(dict.fromkeys(one.upper() for one in self.cleaned_data["numbers"].split()))
        if len(wanted) > MOST_OUTLETS:
            raise forms.ValidationError(f"一次最多列 {MOST_OUTLETS} 个账号。")
        rows = Outlet.objects.standing().filter(number__in=wanted)
        found = {outlet.number: outlet for outlet in rows}
        missing = [number for number in wanted if number not in found]
        if missing:
            raise forms.ValidationError(f"{'、'.join(missing[:5])} 不在台账里。")
        return [found[number] for number in wanted]

    @property
    def said(self) -> PlanText:
        """What was typed."""
        got = dict(self.cleaned_data)
        outlets = got.pop("numbers")
        rhythm, manning = Rhythm(got.pop("rhythm")), Manning(got.pop("manning"))
        people, units = list(got.pop("patrollers")), list(got.pop("units"))
        return PlanText(
            rhythm=rhythm, manning=manning, patrollers=people, units=units, outlets=outlets, **got
        )


def walkers_in(units: Any) -> Any:
    """Who could be named: operators, reviewers and department staff of these units."""
    held = Post.objects.current().filter(unit__in=units, role__in=WALKERS)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.order_by("pinyin_key")
