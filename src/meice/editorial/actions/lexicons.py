"""A school's lexicons: made, changed by one person, approved by another, rolled back."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from meice.audit.actions import record
from meice.editorial.actions.changing import (
    CHUNK,
    begin,
    copy_terms,
    lock_change,
    lock_lexicon,
    write_entries,
)
from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.editorial.models.term import ChangeKind, Term, TermChange, TermQuerySet
from meice.editorial.policies import lexicons as policies
from meice.editorial.tasks import compile_lexicon
from meice.editorial.workflow import LEXICON_CHANGE
from meice.engines.zhcheck import Entry
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.notices.actions import notify_all
from meice.notices.models import NoticeKind
from meice.orgs.models import Unit, User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over

CHANGED_MEANWHILE = "这期间词库有了别的变更（{}）。请放弃这一份，按现在的词库重新提。"


@transaction.atomic
def make_lexicon(
    unit: Unit, kind: str, name: str, *, note: str = "", by: User, at: datetime
) -> Lexicon:
    """An empty list of one kind for a unit and everything below."""
    require(policies.may_keep_lexicons(by, unit))
    bare = " ".join(name.split())[:40]
    if not bare:
        raise Refused("给词库起个名字。")
    if Lexicon.objects.filter(unit=unit, name=bare).exists():
        raise Refused(f"已有叫「{bare}」的词库，请换个名字。")
    lexicon = Lexicon.objects.create(
        unit=unit, kind=kind, name=bare, note=note[:200], made_by=by, made_at=at
    )
    record("lexicon.make", lexicon, by=by, unit_path=unit.path)
    return lexicon


@transaction.atomic
def add_term(lexicon: Lexicon, entry: Entry, *, reason: str, by: User, at: datetime) -> TermChange:
    """A new entry; it waits for another person."""
    lexicon = lock_lexicon(lexicon)
    change = begin(lexicon, ChangeKind.ADD, reason, by=by, at=at)
    write_entries(change, [entry])
    return _propose(change, by)


@transaction.atomic
def edit_term(term: Term, entry: Entry, *, reason: str, by: User, at: datetime) -> TermChange:
    """Another wording of an entry; the old one holds until another person has approved."""
    lexicon = lock_lexicon(term.lexicon)
    change = begin(lexicon, ChangeKind.EDIT, reason, by=by, at=at)
    write_entries(change, [entry])
    change.ends.add(_standing(term))
    return _propose(change, by)


@transaction.atomic
def retire_term(term: Term, *, reason: str, by: User, at: datetime) -> TermChange:
    """End an entry at once."""
    lexicon = lock_lexicon(term.lexicon)
    change = begin(lexicon, ChangeKind.RETIRE, reason, by=by, at=at)
    change.ends.add(_standing(term))
    return _apply(change, by, at)


@transaction.atomic
def roll_back(lexicon: Lexicon, number: int, *, reason: str, by: User, at: datetime) -> TermChange:
    """The entries of an earlier version, as a new version."""
    lexicon = lock_lexicon(lexicon)
    require(policies.may_roll_back(by, lexicon))
    earlier = LexiconVersion.objects.filter(lexicon=lexicon, number=number).first()
    if earlier is None or number == last_number(lexicon):
        raise Refused("选一个早先的版本。")
    change = begin(lexicon, ChangeKind.ROLLBACK, reason, by=by, at=at)
    change.dated = earlier.dated
    then = lexicon.terms.at_version(number)
    copy_terms(change, then.exclude(until=None).iterator(CHUNK))
    _end(change, lexicon.terms.in_force().filter(since__gt=number).values_list("pk", flat=True))
    return _apply(change, by, at)


@transaction.atomic
def undo_change(change: TermChange, *, reason: str, by: User, at: datetime) -> TermChange:
    """What an import brought ends, what it ended comes back; what was changed since stays."""
    change = lock_change(change)
    require(policies.may_undo_change(by, change))
    undo = begin(change.lexicon, ChangeKind.UNDO, reason, by=by, at=at)
    undo.undoes = change
    undo.dated = _dated_before(change)
    own = Term.objects.filter(change=change).in_force()
    _end(undo, own.values_list("pk", flat=True))
    keys = set(change.lexicon.terms.in_force().exclude(change=change).values_list("key", flat=True))
    back = (term for term in change.ends.iterator(CHUNK) if term.key not in keys)
    copy_terms(undo, back)
    return _apply(undo, by, at)


@transaction.atomic
def propose_change(change: TermChange, *, by: User) -> TermChange:
    """A previewed import asks for approval."""
    return _propose(lock_change(change), by)


@transaction.atomic
def approve_change(change: TermChange, *, by: User, at: datetime) -> TermChange:
    """It takes effect as a new version."""
    change = lock_change(change)
    LEXICON_CHANGE.take("approve", change, by)
    change.decided_by, change.decided_at = by, at
    _settle(change, by, at)
    record("lexicon_change.approve", change, by=by, detail=_detail(change), unit_path=_path(change))
    _tell([change.by], f"批准了：{change.lexicon.name}{change.get_kind_display()}", change)
    return change


@transaction.atomic
def refuse_change(change: TermChange, *, words: str, by: User, at: datetime) -> TermChange:
    """It does not take effect; who asked is told why."""
    change = lock_change(change)
    if not words.strip():
        raise Refused("写明不批准的理由。")
    LEXICON_CHANGE.take("refuse", change, by)
    change.decided_by, change.decided_at, change.words = by, at, words.strip()[:200]
    change.save(update_fields=["status", "decided_by", "decided_at", "words"])
    record("lexicon_change.refuse", change, by=by, unit_path=_path(change))
    _tell([change.by], f"没有批准：{change.lexicon.name}{change.get_kind_display()}", change)
    return change


@transaction.atomic
def drop_change(change: TermChange, *, by: User) -> TermChange:
    """Its maker gives it up; the rows of an import are forgotten."""
    change = lock_change(change)
    LEXICON_CHANGE.take("drop", change, by)
    change.save(update_fields=["status"])
    change.ends.clear()
    if change.kind == ChangeKind.IMPORT:
        change.terms.all().delete()
    record("lexicon_change.drop", change, by=by, unit_path=_path(change))
    return change


def last_number(lexicon: Lexicon) -> int:
    """The number of the newest version; 0 before the first."""
    found = LexiconVersion.objects.filter(lexicon=lexicon).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def _end(change: TermChange, terms: Iterable[int]) -> None:
    rest = iter(list(terms))
    while chunk := list(islice(rest, CHUNK)):
        change.ends.add(*chunk)


def _standing(term: Term) -> Term:
    """The entry as it is now; one that another change has ended is refused."""
    now = Term.objects.get(pk=term.pk)
    if now.since is None or now.until is not None:
        raise Refused("这个词条已经不在词库里了，请刷新页面。")
    return now


def _propose(change: TermChange, by: User) -> TermChange:
    LEXICON_CHANGE.take("propose", change, by)
    _refuse_conflicts(change)
    change.save(update_fields=["status"])
    record("lexicon_change.propose", change, by=by, detail=_detail(change), unit_path=_path(change))
    others = [u for u in people_over(Role.DEPARTMENT, change.lexicon.unit) if u.pk != by.pk]
    text = f"词库「{change.lexicon.name}」{change.get_kind_display()}等你批准：{change.reason}"
    _tell(others, text, change, NoticeKind.TASK)
    return change


def _apply(change: TermChange, by: User, at: datetime) -> TermChange:
    """A change that needs no second person."""
    LEXICON_CHANGE.take("apply", change, by)
    _settle(change, by, at)
    record(
        f"lexicon_change.{change.kind}", change, by=by, detail=_detail(change),
        unit_path=_path(change),
    )  # fmt: skip
    return change


def _settle(change: TermChange, by: User, at: datetime) -> None:
    """Make the version: what ends has ended with it, what comes is in force from it on."""
    _refuse_conflicts(change)
    number = last_number(change.lexicon) + 1
    _ending(change).update(until=number)
    change.terms.update(since=number)
    dated = change.dated or _dated_now(change.lexicon)
    change.version = LexiconVersion.objects.create(
        lexicon=change.lexicon,
        number=number,
        made_by=by,
        made_at=at,
        size=change.lexicon.terms.in_force().count(),
        dated=dated,
    )
    change.save()
    key = f"lexicon:{change.lexicon_id}"
    enqueue_once(compile_lexicon, change.lexicon_id, key=key, by=by)


def _ending(change: TermChange) -> TermQuerySet:
    standing = change.lexicon.terms.in_force()
    if change.replaces_all:
        kept = change.counts.get("kept", [])
        return standing.exclude(pk__in=kept)
    return standing.filter(pk__in=change.ends.values("pk"))


def _refuse_conflicts(change: TermChange) -> None:
    """Nothing it ends has ended meanwhile, nothing it brings is there already."""
    gone = change.ends.filter(until__isnull=False).first()
    if gone is not None:
        raise Refused(CHANGED_MEANWHILE.format(f"“{gone.word}”已经改过或停用"))
    staying = change.lexicon.terms.in_force()
    staying = staying.exclude(pk__in=_ending(change).values("pk"))
    double = change.terms.filter(key__in=staying.values("key")).first()
    if double is not None:
        raise Refused(f"“{double.word}”已经在词库里。要改它，请在它那一行点「修改」。")


def _dated_now(lexicon: Lexicon) -> date | None:
    found = LexiconVersion.objects.filter(lexicon=lexicon).order_by("-number")
    return found.values_list("dated", flat=True).first()


def _dated_before(change: TermChange) -> date | None:
    number = change.version.number if change.version else 0
    before = LexiconVersion.objects.filter(lexicon=change.lexicon, number__lt=number)
    return before.order_by("-number").values_list("dated", flat=True).first()


def _detail(change: TermChange) -> dict[str, str | int]:
    number = change.version.number if change.version else 0
    return {
        "terms": change.terms.count(),
        "ended_terms": change.ends.count(),
        "lexicon_version": number,
    }


def _path(change: TermChange) -> str:
    return str(change.lexicon.unit.path)


def _tell(
    people: list[User], text: str, change: TermChange, kind: NoticeKind = NoticeKind.RESULT
) -> None:
    notify_all(people, text=text, url=change.get_absolute_url(), kind=kind)
