"""Rows selected over pages and filters saved by name: a person's own, nobody else's matter."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.registry.models import MOST_SAVED, MOST_SELECTED, ListName, OutletSelection, SavedFilter


@transaction.atomic
def select_outlets(
    chosen: Collection[int], shown: Collection[int], *, by: User, at: datetime
) -> int:
    """Of the rows that a page showed, `chosen` are selected and the others are not; what other
    pages selected stays. Gives how many are selected now."""
    kept = _locked(by, at)
    others = [pk for pk in kept.outlets if pk not in set(shown)]
    return _keep(kept, [*others, *chosen], at)


@transaction.atomic
def select_all(outlets: Collection[int], *, by: User, at: datetime) -> int:
    """Exactly these: the second, explicit act 改为选中筛选出的全部 N 个."""
    return _keep(_locked(by, at), list(outlets), at)


@transaction.atomic
def clear_selection(*, by: User, at: datetime) -> None:
    """取消选择, on every page."""
    _keep(_locked(by, at), [], at)


def _locked(by: User, at: datetime) -> OutletSelection:
    """Her selection, held; one of another post begins anew."""
    OutletSelection.objects.get_or_create(owner=by, defaults={"changed_at": at})
    kept = OutletSelection.objects.select_for_update().get(owner=by)
    post = by.post.pk if by.post else None
    if kept.post_id != post:
        kept.post_id, kept.outlets = post, []
    return kept


def _keep(kept: OutletSelection, outlets: list[int], at: datetime) -> int:
    if len(outlets) > MOST_SELECTED:
        raise Refused(f"一次最多选 {MOST_SELECTED:,} 个，请把条件写得更细。")
    kept.outlets, kept.changed_at = list(dict.fromkeys(outlets)), at
    kept.save(update_fields=["post", "outlets", "changed_at"])
    return len(kept.outlets)


@transaction.atomic
def save_filter(of: ListName, *, name: str, query: str, by: User, at: datetime) -> SavedFilter:
    """存为常用; the same name again replaces."""
    name = " ".join(name.split())[:20]
    if not name:
        raise Refused("给常用条件起个名字。")
    if not query:
        raise Refused("还没有筛选条件，不用存。")
    own = SavedFilter.objects.filter(owner=by, of=of)
    if own.exclude(name=name).count() >= MOST_SAVED:
        raise Refused(f"常用条件最多 {MOST_SAVED} 个，先删掉不用的。")
    saved, _ = SavedFilter.objects.update_or_create(
        owner=by, of=of, name=name, defaults={"query": query[:400], "made_at": at}
    )
    return saved


@transaction.atomic
def drop_filter(saved: SavedFilter) -> None:
    """Take a saved filter away."""
    saved.delete()
