"""What people type about a roster, a layer, a pattern; the filter of the list."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from meice.duty.actions import PatternTerms, RosterTerms
from meice.duty.forms.people import HoursField, PeopleField
from meice.duty.models import Covers, LayerKind, Pattern, Roster, Turn, people_of
from meice.duty.models.roster import RosterQuerySet
from meice.orgs.forms import UnitField
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.web.fields import DayField, PickSelect

NUMBER = {"class": "m-w-phone"}
VIEWS = {"running": "在用", "troubles": "有缺口", "closed": "已停用"}


class RosterForm(forms.Form):
    """The terms of a roster; `unit` is chosen only for a new one."""

    unit = UnitField(
        label="单位", queryset=Unit.objects.none(), empty_label=None, widget=PickSelect
    )
    name = forms.CharField(label="名称", max_length=60, help_text="如：新媒体值班、网络安全值守")
    keepers = PeopleField(
        label="排班人", required=False,
        help_text="一行一人，写姓名或工号；主管领导和宣传部不用写也能改。缺口会提醒排班人。",
    )  # fmt: skip
    weeks_ahead = forms.IntegerField(
        label="提前排几周", min_value=1, max_value=26, initial=4, widget=forms.NumberInput(NUMBER),
        help_text="每天自动补足",
    )  # fmt: skip
    needs_handover = forms.BooleanField(
        label="换人时要写交班记录并由下一班接班", required=False, initial=True
    )
    accept_hours = forms.IntegerField(
        label="几小时没接班要提醒", min_value=1, max_value=48, initial=2,
        widget=forms.NumberInput(NUMBER), help_text="再过同样时间报排班人",
    )  # fmt: skip
    is_open = forms.BooleanField(
        label="下级单位看得到现在谁值班", required=False,
        help_text="只有当前值班人和打码的手机号，看不到排班和交班记录。",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, by: User, roster: Roster | None = None, **given: Any) -> None:
        initial = _initial(roster) if roster else {}
        super().__init__(*args, **{"initial": initial} | given)
        if roster:
            del self.fields["unit"]
            among = _may_keep(roster.unit)
        else:
            paths = {*by.reach(Right.CONFIRM_BUSINESS), *by.reach(Right.DECIDE_BUSINESS)}
            here = Unit.objects.active().below(*paths)
            self.fields["unit"].queryset = here  # type: ignore[attr-defined]
            among = User.objects.filter(is_active=True, pk__in=_below(*paths))
        self.fields["keepers"].among = among  # type: ignore[attr-defined]

    def terms(self) -> RosterTerms:
        """What was typed."""
        got = self.cleaned_data
        return RosterTerms(
            got["name"], got["keepers"], got["weeks_ahead"], got["needs_handover"],
            got["accept_hours"], got["is_open"],
        )  # fmt: skip


def _below(*paths: str) -> Any:
    units = Unit.objects.below(*paths)
    return User.objects.filter(posts__unit__in=units, posts__ended_at=None).values("pk")


def _may_keep(unit: Unit) -> Any:
    """People of the unit, and publicity staff above it."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    above = User.objects.filter(
        posts__unit__path__in=paths, posts__role="department", posts__ended_at=None
    )
    here = people_of(unit).values("pk")
    return User.objects.filter(is_active=True, pk__in=here) | User.objects.filter(
        is_active=True, pk__in=above.values("pk")
    )


def _initial(roster: Roster) -> dict[str, Any]:
    kept = ("name", "weeks_ahead", "needs_handover", "accept_hours", "is_open")
    keepers = "\n".join(one.username for one in roster.keepers.order_by("pinyin_key"))
    return {key: getattr(roster, key) for key in kept} | {"keepers": keepers}


class LayerForm(forms.Form):
    """A row of people: its name, what it is for, whether every hour must have somebody."""

    name = forms.CharField(
        label="名称", max_length=20, widget=forms.TextInput({"class": "m-w-name"})
    )
    kind = forms.ChoiceField(label="类别", choices=LayerKind.choices)
    round_the_clock = forms.BooleanField(
        label="全天不断岗", required=False,
        help_text="勾上：一小时没人也算缺口。不勾：哪天一个班次都没有才算。",
    )  # fmt: skip

    use_required_attribute = False


class PatternForm(forms.Form):
    """Which days, the hours of a day, how people take turns, and in which order."""

    covers = forms.ChoiceField(
        label="适用日子", choices=Covers.choices,
        help_text="范围小的优先：定了「法定节假日」，节假日就按它排。调休上班的周末算工作日。",
    )  # fmt: skip
    hours = HoursField(
        label="班次",
        help_text="一行一个：白班 08:00-20:00；结束不晚于开始的算到次日（全天写 08:00-08:00）。",
    )
    turn = forms.ChoiceField(
        label="轮换", choices=Turn.choices,
        help_text="除「每班换人」外，一天有几个班次时依次错开：这一轮甲早班、乙晚班，下一轮乙早班、丙晚班。",
    )  # fmt: skip
    people = PeopleField(label="轮换顺序", help_text="一行一人，写姓名或工号；从上到下轮。")
    start_on = DayField(label="从哪天起", help_text="第一个人的第一班；已开始的班不会改。")

    use_required_attribute = False

    def __init__(self, *args: Any, unit: Unit, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["people"].among = people_of(unit)  # type: ignore[attr-defined]

    def terms(self) -> PatternTerms:
        """What was typed."""
        got = self.cleaned_data
        return PatternTerms(
            Covers(got["covers"]), Turn(got["turn"]), got["start_on"], got["hours"], got["people"]
        )


def initial_pattern(pattern: Pattern) -> dict[str, Any]:
    """A pattern as the form shows it."""
    return {
        "covers": pattern.covers,
        "turn": pattern.turn,
        "start_on": pattern.start_on,
        "hours": list(pattern.watches.all()),
        "people": "\n".join(member.user.username for member in pattern.members.all()),
    }


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """The filters of the list; unknown values are no filter."""

    view: str
    term: str = ""
    unit: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "RosterFilter":
        """Read the query."""
        view = query.get("view", "")
        term = " ".join(query.get("q", "").split())[:60]
        return cls(view if view in VIEWS else "running", term, query.get("unit", "")[:255])

    def apply(self, rows: RosterQuerySet) -> RosterQuerySet:
        """The rows that the view and every filter let through."""
        rows = rows.filter(unit__path__startswith=self.unit) if self.unit else rows
        return of_view(rows, self.view).matching(self.term)

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.unit)


def of_view(rows: RosterQuerySet, view: str) -> RosterQuerySet:
    """The rows of one view."""
    if view == "closed":
        return rows.filter(active=False)
    running = rows.running()
    return running.filter(troubles__gt=0) if view == "troubles" else running
