"""Outlets that look like one and the same job done twice (notice 一（一）, 避免「一事一端」)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meice.orgs.models import Unit
from meice.registry.models.outlet import Outlet

ALIKE = 0.5
SAME_PURPOSE = 0.6
MIN_PURPOSE = 6
SCHOOL_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """Outlets of one branch of the tree on one platform, and why they stand together."""

    platform_name: str
    outlets: tuple[Outlet, ...]
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        """For the form."""
        return "-".join(str(outlet.pk) for outlet in self.outlets)


def clusters_of(outlets: Iterable[Outlet]) -> list[Cluster]:
    """Groups of two and more; the largest first. One pass, pairs only within branch and platform.

    Same unit and platform; names that share half of their pairs of signs; purposes that do.
    Sites, groups and 职务账号 are exempt, the same name on two platforms is no cluster.
    """
    branches: dict[tuple[str, str], list[Outlet]] = defaultdict(list)
    for outlet in outlets:
        if not outlet.is_exempt:
            branch = outlet.unit_path[: Unit.steplen * SCHOOL_DEPTH]
            branches[branch, outlet.platform].append(outlet)
    found = [cluster for group in branches.values() for cluster in _join(group)]
    return sorted(found, key=lambda cluster: (-len(cluster.outlets), cluster.outlets[0].pinyin_key))


def _join(group: Sequence[Outlet]) -> Iterable[Cluster]:
    parent = list(range(len(group)))
    reasons: dict[int, set[str]] = defaultdict(set)

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    names = [_pairs(_core(outlet)) for outlet in group]
    for left in range(len(group)):
        for right in range(left):
            if why := _likeness(group[left], group[right], names[left], names[right]):
                reasons[root(right)] |= reasons.pop(root(left), set()) | {why}
                parent[root(left)] = root(right)
    joined: dict[int, list[Outlet]] = defaultdict(list)
    for at, outlet in enumerate(group):
        joined[root(at)].append(outlet)
    for at, members in joined.items():
        if len(members) > 1:
            yield Cluster(members[0].platform_name, tuple(members), tuple(sorted(reasons[at])))


def _likeness(one: Outlet, other: Outlet, pairs: set[str], others: set[str]) -> str:
    if one.unit_id == other.unit_id:
        return "同一单位、同一平台"
    if _overlap(pairs, others) >= ALIKE:
        return "名称相近"
    purposes = one.purpose, other.purpose
    if min(map(len, purposes)) >= MIN_PURPOSE and _overlap(*map(_pairs, purposes)) >= SAME_PURPOSE:
        return "用途相近"
    return ""


def _core(outlet: Outlet) -> str:
    """The name without what every account of the school shares."""
    name = outlet.name
    for shared in ("官方", "公众号", "视频号", "微博", "大学"):
        name = name.replace(shared, "")
    return name


def _pairs(text: str) -> set[str]:
    signs = "".join(text.split()).lower()
    return {signs[at : at + 2] for at in range(len(signs) - 1)} or {signs}


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
