"""Which object a row of the table means: the arguments of its URL, and what a form would send."""

from django.urls import reverse
from tests.meice.whole import objects_business as business
from tests.meice.whole import objects_compliance as compliance
from tests.meice.whole import objects_editorial as editorial
from tests.meice.whole import objects_findings as findings
from tests.meice.whole import objects_lexicons as lexicons
from tests.meice.whole import objects_patrols as patrols
from tests.meice.whole import things_impersonations as impersonations
from tests.meice.whole import things_incidents as incidents
from tests.meice.whole import things_training as training
from tests.meice.whole.rows_incidents import INCIDENTS
from tests.meice.whole.rows_training import TRAINING

from meice.orgs.models import Post

UNIT = {"near": lambda w: w.cast.maths, "far": lambda w: w.cast.garden, "empty": lambda w: w.empty}
PERSON = {"near": lambda w: w.cast.zhou, "far": lambda w: w.cast.su}
LEAVER = {"near": lambda w: w.cast.he, "far": lambda w: w.cast.su}


def _mine(key, *parents):
    """Arguments of a thing that belongs to the person (`own`) or to a stranger (`others`)."""

    def find(world, person, at):
        holder = person if at != "others" else world.of_stranger(person)
        things = world.of(holder)
        names = dict(zip(("pk", *parents), (key, *parents), strict=True))
        return {name: things[thing].pk for name, thing in names.items()}

    return find


def _near(table):
    return lambda world, person, at: {"pk": table[at](world).pk}


def _post_of(table):
    return lambda world, person, at: {"pk": Post.objects.get(user=table[at](world)).pk}


def _fixed(**given):
    return lambda world, person, at: given


def _check(world, person, at):
    if at == "given-up":
        return {"pk": world.of(person)["waiting"].pk}
    return _mine("check")(world, person, at)


def _job(world, person, at):
    return {"pk": world.failed.pk} if at == "failed" else _mine("job")(world, person, at)


def _package(world, person, at):
    return _mine("check", "package")(world, person, at) | {"part": "package"}


ARGUMENTS = {
    "session-end": _mine("session"),
    **dict.fromkeys(
        ("unit", "unit-create", "unit-edit", "unit-move", "unit-close", "unit-reopen"), _near(UNIT)
    ),
    **dict.fromkeys(
        ("user", "user-number", "user-edit", "user-enable", "user-invite", "post-give"),
        _near(PERSON),
    ),
    "user-disable": _near(LEAVER),
    "user-leave": _near(LEAVER),
    "post-take": _post_of(LEAVER),
    "post-teacher": _post_of(PERSON),
    "intake-template": _fixed(subject="units"),
    "intake-upload": _fixed(subject="units"),
    **dict.fromkeys(
        ("intake", "intake-columns", "intake-apply", "intake-drop", "intake-faults"),
        lambda world, person, at: {"pk": world.intake.pk},
    ),
    "job": _mine("job"),
    "job-retry": _job,
    "notice-open": _mine("notice"),
    "notice-read": _mine("notice"),
    "annexes-example": _fixed(number=1),
    "annex-recheck": _check,
    **dict.fromkeys(
        ("annex-check", "annex-progress", "annex-delete", "annex-faults",
         "annex-faults-export", "annex-package", "annex-merge"),
        _check,
    ),
    "annex-package-download": _package,
    **dict.fromkeys(("annex-form", "annex-unmask", "annex-rewrite"), _mine("check", "form")),
    "annex-upload": _mine("check", "upload"),
    **business.ARGUMENTS,
    **findings.ARGUMENTS,
    **editorial.ARGUMENTS,
    **lexicons.ARGUMENTS,
    **incidents.arguments(INCIDENTS),
    **patrols.ARGUMENTS,
    **compliance.ARGUMENTS,
    **training.arguments(TRAINING),
    **impersonations.ARGUMENTS,
}  # fmt: skip


FORMS = (
    business.FORMS
    | findings.FORMS
    | editorial.FORMS
    | lexicons.FORMS
    | incidents.FORMS
    | patrols.FORMS
    | compliance.FORMS
    | training.FORMS
    | impersonations.FORMS
)


def arguments(row, world, person):
    """The URL's arguments for the object of `row`, seen by `person`."""
    find = ARGUMENTS.get(row.name)
    return find(world, person, row.at) if find else {}


def sent(row, world):
    """What a form of `row` would send (a GET: the query): fields, or JSON as text."""
    find = FORMS.get(row.name)
    return find(world, row.at) if find else {}


def ask(browser, row, world, person, *, method="", data=None):
    """The answer to a request for the row's object by `person`; `data` in place of its form."""
    address = reverse(row.name, kwargs=arguments(row, world, person))
    given = sent(row, world) if data is None else data
    verb = method or row.method
    if verb != row.method:
        return getattr(browser, verb)(address)
    kind = {"content_type": "application/json"} if isinstance(given, str) else {}
    return getattr(browser, verb)(address, given, **kind)
