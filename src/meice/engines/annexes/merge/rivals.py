"""Of two packages of one unit the later counts. Source: contracts.md, annexes merge.

The loose files of a unit (given beside its package, in none) are one package more of that unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from meice.engines.annexes.model import Form, Package

_LOOSE = "loose files of "  # no path begins so: paths of packages are as they were given


def source_of(form: Form) -> str:
    """What a form came in: its package's path, or its unit's loose files."""
    return form.package or f"{_LOOSE}{_plain(form.header.unit)}"


def superseded(packages: Sequence[Package], forms: Sequence[Form]) -> Mapping[str, str]:
    """``source_of`` what a later package of the same unit replaces → the reason (Chinese)."""
    latest: dict[str, Package] = {}
    replaced: dict[str, Package] = {}
    for package in (*packages, *_loose(forms)):
        unit = _plain(package.unit)
        if not unit:
            continue
        rival = latest.get(unit)
        if rival is None:
            latest[unit] = package
            continue
        winner, loser = (rival, package) if _is_later(rival, package) else (package, rival)
        latest[unit], replaced[loser.path] = winner, winner
    shown = {source_of(form): form.path for form in reversed(forms) if not form.package}
    return {path: _reason(latest[_plain(each.unit)], shown) for path, each in replaced.items()}


def _loose(forms: Iterable[Form]) -> Iterable[Package]:
    """A unit's loose files as a package, as late as the latest of them."""
    found: dict[str, Package] = {}
    for form in forms:
        if form.package or not form.annex:
            continue
        path = source_of(form)
        earlier = found[path].modified if path in found else ""
        modified = max(form.modified, earlier)
        found[path] = Package(path, form.header.unit, modified=modified)
    return found.values()


def _plain(unit: str) -> str:
    return "".join(unit.split())


def _reason(final: Package, shown: Mapping[str, str]) -> str:
    where = f"单独的文件 {shown[final.path]} 等" if final.path in shown else final.path
    return f"同一单位（{final.unit}）报送了不止一份，以较晚的一份为准：{where}"


def _is_later(one: Package, other: Package) -> bool:
    """Later by the date in the name; where that does not tell, by the latest member."""
    if one.date and other.date and one.date != other.date:
        return one.date > other.date
    return one.modified > other.modified
