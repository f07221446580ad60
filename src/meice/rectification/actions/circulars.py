"""通报: drafted and counted from confirmed problems, frozen and announced when it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role
from meice.rectification import policies
from meice.rectification.actions import terms
from meice.rectification.actions.counting import counts_of, outlets_in, rows_of
from meice.rectification.actions.events import office_of
from meice.rectification.models import Circular, CircularCount, CircularRow, CircularStatus
from meice.rectification.workflow import CIRCULAR
from meice.registry.actions.numbers import take_next

CHUNK = 500


@dataclass(frozen=True, slots=True)
class CircularText:
    """What the department writes: scope, period and words. `platforms` empty: all of them."""

    title: str
    unit: Unit
    first_day: date
    last_day: date
    platforms: Sequence[str] = ()
    basis: str = ""
    overall: str = ""
    demands: str = ""
    mend_by: date | None = None


@transaction.atomic
def draft_circular(said: CircularText, *, by: User, at: datetime) -> Circular:
    """A draft with its rows and numbers as they are now."""
    require(policies.may_draft_circular(by, said.unit))
    circular = Circular(made_by=by, made_at=at, counted_at=at)
    _write(circular, said)
    circular.save()
    _count(circular, at)
    record("circular.draft", circular, by=by, unit_path=circular.unit_path)
    return circular


@transaction.atomic
def edit_circular(circular: Circular, said: CircularText, *, by: User, at: datetime) -> Circular:
    """Other words or another scope; counted anew."""
    circular = _locked_draft(circular, by)
    require(policies.may_draft_circular(by, said.unit))
    _write(circular, said)
    circular.version += 1
    circular.save()
    _count(circular, at)
    record("circular.edit", circular, by=by, unit_path=circular.unit_path)
    return circular


@transaction.atomic
def count_circular(circular: Circular, *, by: User, at: datetime) -> Circular:
    """The rows and numbers of a draft as they are now."""
    circular = _locked_draft(circular, by)
    _count(circular, at)
    detail = {"rows": circular.rows.count()}
    record("circular.count", circular, by=by, detail=detail, unit_path=circular.unit_path)
    return circular


@transaction.atomic
def publish_circular(circular: Circular, *, by: User, at: datetime) -> Circular:
    """印发: number, names, and the word to every unit that has an outlet in its scope."""
    circular = _lock(circular)
    CIRCULAR.take("publish", circular, by)
    today = timezone.localdate(at)
    if circular.last_day > today:
        raise Refused("检查还没有结束，不能印发。")
    circular.year = today.year
    circular.serial = take_next(terms.CIRCULARS, today.year)
    circular.number = terms.number_words(terms.CIRCULARS, today.year, circular.serial)
    circular.published_by, circular.published_by_name = by, by.name
    circular.published_by_unit = office_of(by)
    circular.published_at = at
    circular.version += 1
    circular.save()
    people = _readers(circular)
    for person in people:
        text = f"通报 {circular.number}：{circular.title}"
        notify(person, text=text, url=circular.get_absolute_url(), kind=NoticeKind.RESULT)
    detail: Detail = {"number": circular.number, "people": len(people)}
    record("circular.publish", circular, by=by, detail=detail, unit_path=circular.unit_path)
    return circular


@transaction.atomic
def recall_circular(circular: Circular, *, by: User, at: datetime) -> Circular:
    """收回: the units see it no longer; its number stays used."""
    circular = _lock(circular)
    CIRCULAR.take("recall", circular, by)
    circular.version += 1
    circular.save()
    detail = {"number": circular.number}
    record("circular.recall", circular, by=by, detail=detail, unit_path=circular.unit_path)
    return circular


def _lock(circular: Circular) -> Circular:
    list(Circular.objects.select_for_update().filter(pk=circular.pk).values_list("pk"))
    return Circular.objects.select_related("unit").get(pk=circular.pk)


def _locked_draft(circular: Circular, by: User) -> Circular:
    circular = _lock(circular)
    require(policies.may_draft_circular(by, circular.unit))
    if circular.status != CircularStatus.DRAFT:
        raise Refused(f"通报{circular.state.label}，不能再改。")
    return circular


def _write(circular: Circular, said: CircularText) -> None:
    if said.first_day > said.last_day:
        raise Refused("检查开始须不晚于结束。")
    circular.title = " ".join(said.title.split())[:120]
    circular.unit, circular.unit_path = said.unit, said.unit.path
    circular.unit_name = said.unit.name
    circular.first_day, circular.last_day = said.first_day, said.last_day
    circular.platforms = list(said.platforms)
    circular.basis, circular.overall = said.basis.strip(), said.overall.strip()
    circular.demands, circular.mend_by = said.demands.strip(), said.mend_by
    if not circular.title:
        raise Refused("通报须有标题。")


def _count(circular: Circular, at: datetime) -> None:
    """Rows and numbers written anew, in chunks."""
    circular.rows.all().delete()
    circular.counts.all().delete()
    outlets = outlets_in(circular)
    rows = rows_of(circular, outlets)
    CircularRow.objects.bulk_create(rows, batch_size=CHUNK)
    failed = {row.outlet_id for row in rows if row.outlet_id}
    CircularCount.objects.bulk_create(counts_of(circular, outlets, failed), batch_size=CHUNK)
    circular.counted_at = at
    circular.save(update_fields=["counted_at"])


def _readers(circular: Circular) -> list[User]:
    """Operators and leaders of the units whose outlets are in the scope."""
    units = {outlet.unit_id for outlet in outlets_in(circular)}
    posts = Post.objects.current().filter(
        unit__in=units, role__in=[Role.OPERATOR, Role.LEADER], user__is_active=True
    )
    return list({post.user_id: post.user for post in posts.select_related("user")}.values())
