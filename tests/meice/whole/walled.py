"""Rooms whose every URL is tried at the wall: by people to whom the things do not belong.

A new URL of these rooms is walled by being there; what each role may do stands in the right
matrix (`table.py`), and for every state in the rooms' own tables (`test_policies.py`).
"""

from tests.meice.impersonations import scene as fakes
from tests.meice.incidents.scene import reported
from tests.meice.registry import scene
from tests.meice.surveys.scene import a_campaign
from tests.meice.whole.addresses import example, patterns

ROOMS = (
    "meice.registry.",
    "meice.surveys.",
    "meice.inspections.",
    "meice.rectification.",
    "meice.editorial.",
    "meice.duty.",
    "meice.patrols.",
    "meice.incidents.",
    "meice.impersonations.",
    "meice.regulations.",
    "meice.compliance.",
    "meice.training.",
)
WITHOUT_ROWS: tuple[str, ...] = ()
"""Rooms that are being built: their rows are not in the table yet."""
OUTSIDERS = ("su", "admin")  # of another unit; of no business
NOBODYS = 999_999


def _room_of(pattern):
    view = pattern.callback
    return f"{getattr(view, '__wrapped__', view).__module__}."


def walled():
    """(name, pattern) of every URL of these rooms."""
    return [each for each in patterns() if _room_of(each[1]).startswith(ROOMS)]


def without_rows():
    """Names of the URLs that the table need not know yet."""
    return {name for name, pattern in patterns() if _room_of(pattern).startswith(WITHOUT_ROWS)}


def things():
    """A university, an accepted outlet of 数信学院, a filing of it still in draft, and a campaign
    that asks 数信学院 alone."""
    school = scene.make_school()
    outlet = scene.accepted(school, scene.opening(school)).outlet
    filing = scene.opening(school, name="华园数信团委", platform="weibo", account_id="hyu_tw")
    campaign = a_campaign(school, scopes=[(school.maths, "self")])
    submission = campaign.submissions.get()
    return school, {
        "outlets/": outlet.pk,
        "filings/": filing.pk,
        "campaigns/": campaign.pk,
        "submissions/": submission.pk,
        "incidents/": reported(school).pk,
        "impersonations/": fakes.reported(school).pk,
    }


def arguments(pattern, known):
    """The URL's arguments, its `pk` that of the thing it is about, else nobody's."""
    given = example(pattern)
    if "pk" in given:
        route = str(pattern.pattern)
        begun = [pk for prefix, pk in known.items() if route.startswith(f"{prefix}<int:pk>/")]
        given["pk"] = begun[0] if begun else NOBODYS
    return given
