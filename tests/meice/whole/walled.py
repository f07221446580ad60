"""Rooms whose every URL is tried at the wall: by people to whom the things do not belong.

What each role may do with what it sees, in every state, stands in the rooms' own tables
(`tests/meice/<room>/test_policies.py`); a new URL of these rooms is walled by being there.
"""

from tests.meice.registry import scene
from tests.meice.surveys.scene import a_campaign
from tests.meice.whole.addresses import example, patterns
from tests.meice.whole.table import TABLE

ROOMS = ("meice.registry.", "meice.surveys.")
OUTSIDERS = ("su", "admin")  # of another unit; of no business
NOBODYS = 999_999


def _room_of(pattern):
    view = pattern.callback
    return f"{getattr(view, '__wrapped__', view).__module__}."


def walled():
    """(name, pattern) of every URL of these rooms that has no row in the table."""
    rows = {row.name for row in TABLE}
    return [
        (name, pattern)
        for name, pattern in patterns()
        if name not in rows and _room_of(pattern).startswith(ROOMS)
    ]


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
    }


def arguments(pattern, known):
    """The URL's arguments, its `pk` that of the thing it is about, else nobody's."""
    given = example(pattern)
    if "pk" in given:
        route = str(pattern.pattern)
        begun = [pk for prefix, pk in known.items() if route.startswith(f"{prefix}<int:pk>/")]
        given["pk"] = begun[0] if begun else NOBODYS
    return given
