"""What a circular lists and counts. Reads only; the action writes it down.

An outlet failed when a confirmed problem was ordered in the period or was still open at its end;
it passed when a check of the period says so and nothing was confirmed; else it is unknown.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from meice.engines.outlets import PLATFORM_BY_KEY, PLATFORMS
from meice.kernel.slots import OutletCheck, outlet_checks
from meice.rectification.models import (
    Axis,
    Circular,
    CircularCount,
    CircularRow,
    ItemStatus,
    OrderItem,
)
from meice.rectification.workflow import REPEATED
from meice.registry.models import Outlet

OWN = "（单位自身）"
PLATFORM_ORDER = {platform.key: place for place, platform in enumerate(PLATFORMS)}


def outlets_in(circular: Circular) -> list[Outlet]:
    """Standing, publishing outlets of the scope, in the order of platforms and of the tree."""
    found = Outlet.objects.standing().filter(publishes=True).below(circular.unit_path)
    if circular.platforms:
        found = found.filter(platform__in=circular.platforms)
    rows = found.select_related("unit").order_by("unit_path", "pinyin_key", "pk")
    return sorted(rows, key=lambda outlet: _rank(outlet.platform))


def _rank(platform: str) -> int:
    return PLATFORM_ORDER.get(platform, len(PLATFORM_ORDER))


def rows_of(circular: Circular, outlets: Sequence[Outlet]) -> list[CircularRow]:
    """One row an item, in the order of the outlets; problems of a unit itself come last."""
    places = {outlet.pk: place for place, outlet in enumerate(outlets)}
    items = [item for item in _items(circular) if item.outlet_id in places or not item.outlet_id]
    if circular.platforms:
        items = [item for item in items if item.outlet_id]
    items.sort(key=lambda item: (places.get(item.outlet_id or 0, len(places)), item.pk))
    return [_row(circular, place, item) for place, item in enumerate(items, 1)]


def _items(circular: Circular) -> Iterable[OrderItem]:
    """Ordered in the period, or before and not mended at its end."""
    end = _midnight_after(circular)
    begin = timezone.make_aware(datetime.combine(circular.first_day, time.min))
    below = OrderItem.objects.standing().filter(order__unit_path__startswith=circular.unit_path)
    ordered = below.filter(order__issued_at__lt=end)
    in_period = Q(order__issued_at__gte=begin)
    open_then = Q(fixed_at__isnull=True) | Q(fixed_at__gte=end)
    return ordered.filter(in_period | open_then).select_related("order", "outlet__unit")


def _midnight_after(circular: Circular) -> datetime:
    day = circular.last_day + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def _row(circular: Circular, place: int, item: OrderItem) -> CircularRow:
    order = item.order
    fixed = item.status == ItemStatus.FIXED
    return CircularRow(
        circular=circular,
        place=place,
        platform_name=item.platform_name,
        outlet_name=item.outlet_name or OWN,
        unit_name=item.outlet.unit.name if item.outlet else order.unit_name,
        problem=item.problem,
        problem_label=item.entry.label,
        updated_on=item.updated_on,
        order_number=order.number or "",
        is_fixed=fixed,
        is_repeated=not fixed and order.reminders_sent >= REPEATED,
        item=item,
        outlet=item.outlet,
    )


def counts_of(
    circular: Circular, outlets: Sequence[Outlet], failed: set[int]
) -> list[CircularCount]:
    """In all, by platform in the order of the table, by unit in the order of the tree."""
    checks = checks_of(circular, outlets)
    passed = {pk for pk, check in checks.items() if check.passed and pk not in failed}
    platforms = _grouped(outlets, lambda outlet: outlet.platform)
    names = {key: PLATFORM_BY_KEY[key].name if key in PLATFORM_BY_KEY else key for key in platforms}
    by_tree = sorted(outlets, key=lambda outlet: outlet.unit_path)
    units = _grouped(by_tree, lambda outlet: outlet.unit.name)
    groups = [(Axis.ALL, "合计", [outlet.pk for outlet in outlets])]
    groups += [(Axis.PLATFORM, names[key], pks) for key, pks in platforms.items()]
    groups += [(Axis.UNIT, name, pks) for name, pks in units.items()]
    return [
        CircularCount(
            circular=circular,
            axis=axis,
            place=place,
            name=name,
            standing=len(pks),
            passed=len(passed.intersection(pks)),
            failed=len(failed.intersection(pks)),
        )
        for place, (axis, name, pks) in enumerate(groups)
    ]


def _grouped(outlets: Iterable[Outlet], key: Callable[[Outlet], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for outlet in outlets:
        found.setdefault(key(outlet), []).append(outlet.pk)
    return found


def checks_of(circular: Circular, outlets: Sequence[Outlet]) -> dict[int, OutletCheck]:
    """What the rooms above have checked in the period; where two speak, a failure stands."""
    wanted = [outlet.pk for outlet in outlets]
    found: dict[int, OutletCheck] = {}
    for source in outlet_checks:
        for pk, check in source.find(wanted, circular.first_day, circular.last_day).items():
            before = found.get(pk)
            if before is None or before.passed is None or check.passed is False:
                found[pk] = check
    return found
