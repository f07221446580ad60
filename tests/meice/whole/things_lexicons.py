"""Lexicons, changes and exceptions, made by real acts when first asked for."""

from datetime import date

from tests import given
from tests.meice.editorial.lexicon_scene import HEAD
from tests.meice.registry.scene import MONDAY

from meice.editorial.actions import compiling, intakes, lexicons, opinions
from meice.engines.zhcheck import Entry
from meice.orgs.models import User
from meice.orgs.roles import Role

DAY = date(2035, 3, 1)


def colleague(world):
    """Another person of the department."""
    return world.thing("second of the department", _colleague)


def _colleague(world):
    made = given.a_person("黄志远", world.cast.university, Role.DEPARTMENT, by=world.cast.lu)
    return User.objects.get(pk=made.pk)


def _entry(world, word):
    return Entry(
        f"{word}{world.mark}"[:90], f"正确{world.mark}"[:200], message=f"说明{world.mark}"[:300],
        source=f"出处{world.mark}"[:300],
    )  # fmt: skip


def _lexicon(world, unit, name):
    cast = world.cast
    made = lexicons.make_lexicon(
        unit, "wording", f"{name}{world.mark}"[:40], note=f"说明{world.mark}"[:200],
        by=cast.liang, at=MONDAY,
    )  # fmt: skip
    for word in ("旧称", "误称"):
        change = lexicons.add_term(
            made,
            _entry(world, word),
            reason=f"规范{world.mark}"[:200],
            by=colleague(world),
            at=MONDAY,
        )
        lexicons.approve_change(change, by=cast.liang, at=MONDAY)
    compiling.compile_newest(made.pk, MONDAY)
    return made


def lexicon(world):
    return world.thing("lexicon near", lambda w: _lexicon(w, w.cast.university, "词库"))


def far_lexicon(world):
    return world.thing("lexicon far", lambda w: _lexicon(w, w.cast.garden, "园艺词库"))


def term(world):
    return lexicon(world).terms.in_force().first()


def far_term(world):
    return far_lexicon(world).terms.in_force().first()


def _asked(world, of, by):
    return lexicons.add_term(
        of, _entry(world, "新词"), reason=f"要加{world.mark}"[:200], by=by, at=MONDAY
    )


def asked(world):
    return _asked(world, lexicon(world), colleague(world))


def far_asked(world):
    return _asked(world, far_lexicon(world), colleague(world))


def own_asked(world):
    return _asked(world, lexicon(world), world.cast.liang)


def _uploaded(world, by):
    sheet = given.workbook(HEAD, ("甲", f"乙{world.mark}"[:200], "提醒", f"出处{world.mark}"[:300]),
                           (f"丙{world.mark}"[:90], "", f"轻{world.mark}", ""))  # fmt: skip
    change = intakes.create_intake(
        lexicon(world), sheet, name=f"词{world.mark}.xlsx"[:200], reason=f"导入{world.mark}"[:200],
        replaces_all=False, dated=None, by=by, at=MONDAY,
    )  # fmt: skip
    intakes.read_intake(change.pk, MONDAY)
    change.refresh_from_db()
    return change


def preview(world):
    return _uploaded(world, world.cast.liang)


def others_preview(world):
    return _uploaded(world, colleague(world))


def imported(world):
    change = lexicons.propose_change(others_preview(world), by=colleague(world))
    return lexicons.approve_change(change, by=world.cast.liang, at=MONDAY)


def _exception(world, unit):
    word = term(world).word
    return opinions.grant_exception(
        unit, "wording", word, reason=f"旧称{world.mark}"[:200], until=DAY, by=world.cast.liang,
        at=MONDAY, today=date(2035, 1, 1),
    )  # fmt: skip


def exception(world):
    return _exception(world, world.cast.maths)


def far_exception(world):
    return _exception(world, world.cast.garden)


THINGS = {
    "lexicon": lexicon, "far lexicon": far_lexicon, "term": term, "far term": far_term,
    "asked": asked, "far asked": far_asked, "own asked": own_asked, "preview": preview,
    "others' preview": others_preview, "imported": imported, "exception": exception,
    "far exception": far_exception,
}  # fmt: skip
