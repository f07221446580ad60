"""Manuscripts: arguments of their URLs, and the forms whose refusal must not hide behind a fault."""

from tests.meice.editorial import scene
from tests.meice.whole import things_editorial as things
from tests.meice.whole.rows_editorial import MANUSCRIPTS

from meice.editorial.models import PageCheck
from meice.editorial.workflow import TERMS


def manuscript(world, at):
    return world.thing(f"manuscript {at}", things.MANUSCRIPTS[at])


def _whole(world, person, at):
    return {"pk": manuscript(world, at).pk} if at else {}


def _with(name, find):
    """`pk` of the manuscript, and what else the URL names."""
    return lambda world, person, at: {
        "pk": manuscript(world, at).pk, name: find(manuscript(world, at)).pk
    }  # fmt: skip


def _check(found):
    return PageCheck.objects.get(publication__manuscript=found.pk)


def _file(world, person, at):
    found = manuscript(world, at)
    return {"pk": found.pk, "file": found.revision.attachments.get().file_id}


ARGUMENTS = {
    **{row.name: _whole for row in MANUSCRIPTS if row.at},
    **dict.fromkeys(
        ("review-claim", "review-release", "review-pass", "review-return"),
        _with("review", lambda found: scene.fresh(found).turn),
    ),
    "comment-drop": _with("comment", lambda found: found.comments.get()),
    "issue-waive": _with(
        "issue", lambda found: scene.fresh(found).newest.issues.filter(severity="block").first()
    ),
    "page-check": _with("check", _check),
    "manuscript-file": _file,
    "chain-drop": lambda w, p, at: {"pk": w.thing("chain", things.chain).pk},
    "manuscript-stand-in-end": lambda w, p, at: {"pk": w.thing("stand-in", things.stand_in).pk},
}


def _typed(world, at):
    return {
        "base": 1, "title": "新标题", "body": "新正文。", "form": "article",
        "content_class": "general", "lane": "normal", "origin": "original", "intelligence": "none",
        "minors": "none",
    }  # fmt: skip


FORMS = {
    "manuscript-new": _typed,
    "manuscript-edit": _typed,
    "manuscript-comment": lambda w, at: {"text": "写全名"},
    "issue-waive": lambda w, at: {"reason": "示例号码"},
    "editorial-terms-set": lambda w, at: {name.value: 5 for name in TERMS},
    **dict.fromkeys(
        ("manuscript-correct", "manuscript-withdraw"), lambda w, at: {"reason": "人名有误"}
    ),
}
