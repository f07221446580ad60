"""Writing: a draft, its revisions; each save is a new row that never changes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from meice.editorial import policies, tasks
from meice.editorial.actions import events
from meice.editorial.actions.reading import read_body
from meice.editorial.lexicons.reading import holds_secret_mark
from meice.editorial.models import (
    Attachment,
    ContentClass,
    ContentForm,
    Intelligence,
    Lane,
    Manuscript,
    ManuscriptStatus,
    Minors,
    Origin,
    Revision,
)
from meice.files.models import StoredFile
from meice.jobs.actions import enqueue_once
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.actions.numbers import take_number
from meice.registry.models import Outlet

SERIES = "GJ"
MOST_FILES = 30


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A kept file with what is declared about it."""

    file: StoredFile
    licence: str = ""
    people: str = ""
    is_generated: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A whole revision as it was typed."""

    title: str
    body: str = ""
    form: str = ContentForm.ARTICLE
    content_class: str = ContentClass.GENERAL
    lane: str = Lane.NORMAL
    origin: str = Origin.ORIGINAL
    original_title: str = ""
    source_name: str = ""
    source_url: str = ""
    contributors: str = ""
    impact: str = ""
    picture_licence: str = ""
    music_licence: str = ""
    intelligence: str = Intelligence.NONE
    people: str = ""
    minors: str = Minors.NONE
    secrets: tuple[str, ...] = ()
    is_self_checked: bool = False
    outlets: tuple[Outlet, ...] = ()
    planned_at: datetime | None = None
    files: tuple[Enclosure, ...] = field(default=())

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of a revision."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "files"}
        own["body"] = own["body"].replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        own["secrets"] = sorted(self.secrets)
        own["outlets"] = [{"id": outlet.pk, "name": outlet.name} for outlet in self.outlets]
        return own


@transaction.atomic
def draft_manuscript(unit: Unit, written: Written, *, by: User, at: datetime) -> Manuscript:
    """A new manuscript with its first revision; the number is given at once and stays."""
    require(policies.may_draft_manuscript(by, unit))
    manuscript = Manuscript.objects.create(
        number=take_number(SERIES, timezone.localtime(at).year),
        status=ManuscriptStatus.DRAFT,
        unit=unit,
        unit_path=unit.path,
        unit_name=unit.name,
        author=by,
        author_name=by.name,
        created_at=at,
        changed_at=at,
        **_heads(written),
    )
    _revise(manuscript, written, by, at)
    events.finish(manuscript, "draft", by=by, at=at, detail={"title": written.title[:60]})
    return manuscript


@transaction.atomic
def save_revision(
    manuscript: Manuscript, written: Written, *, base: int, by: User, at: datetime
) -> Manuscript:
    """A new revision on top of number `base`; nothing when nothing changed. `Refused` when somebody
    else saved meanwhile: her text is neither lost nor overwritten."""
    manuscript = events.lock_manuscript(manuscript)
    require(policies.may_write(by, manuscript))
    newest = manuscript.newest
    if newest.number != base:
        raise Refused(
            f"{newest.by_name}已经存了第 {newest.number} 稿，你改的是第 {base} 稿。"
            "你写的还在这一页：另开一页对照新稿，合好后再存。"
        )
    if digest_of(written) == newest.digest:
        return manuscript
    _revise(manuscript, written, by, at)
    for name, value in _heads(written).items():
        setattr(manuscript, name, value)
    number = manuscript.newest.number
    events.finish(manuscript, "save", by=by, at=at, detail={"revision": number})
    return manuscript


def _heads(written: Written) -> dict[str, Any]:
    facts = written.facts
    return {name: facts[name] for name in ("title", "form", "content_class", "origin", "lane")}


def _revise(manuscript: Manuscript, written: Written, by: User, at: datetime) -> None:
    """The row, its files, and the machine's reading of the text."""
    if not written.title.strip():
        raise Refused("标题不能空着。")
    if mark := holds_secret_mark(f"{written.title}\n{written.body}"):
        raise Refused(f"文中有密级标志「{mark}」，本系统不得存放涉密内容。这一稿没有存，请删去。")
    if len(written.files) > MOST_FILES:
        raise Refused(f"一篇稿件最多 {MOST_FILES} 个附件。")
    number = (
        manuscript.revisions.order_by("-number").values_list("number", flat=True).first()
    ) or 0
    revision = Revision.objects.create(
        manuscript=manuscript, number=number + 1, by=by, by_name=by.name, at=at,
        digest=digest_of(written), **written.facts,
    )  # fmt: skip
    _enclose(revision, written.files)
    read_body(revision, manuscript.unit, at)
    _plan_files(revision, at)
    manuscript.revision = revision


def _enclose(revision: Revision, files: Sequence[Enclosure]) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            revision=revision, file=one.file, name=one.file.name, licence=one.licence,
            people=one.people, is_generated=one.is_generated,
        )
        for one in files
    )  # fmt: skip


def _plan_files(revision: Revision, at: datetime) -> None:
    """Files are read by a job, in the limited child; without any there is nothing to wait for."""
    if revision.attachments.exists():
        key = f"manuscript.read:{revision.pk}"
        enqueue_once(tasks.read_files, revision.pk, key=key)
        return
    revision.files_read_at = at
    revision.save(update_fields=["files_read_at"])


def digest_of(written: Written) -> str:
    """SHA-256 of everything that is approved, files by their own hash."""
    facts = written.facts | {
        "planned_at": written.planned_at.isoformat() if written.planned_at else "",
        "files": [
            [one.file.digest, one.file.name, one.licence, one.people, one.is_generated]
            for one in written.files
        ],
    }
    return hashlib.sha256(
        json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    ).hexdigest()
