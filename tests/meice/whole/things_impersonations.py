"""Dockets of fake accounts, each in its state, made by real acts when first asked for."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.meice.impersonations import scene
from tests.meice.whole.rows_impersonations import IMPERSONATIONS

from meice.impersonations.models import Referral


def _said(world, key):
    """Everything that a person can write bears the mark."""
    mark = world.mark
    return scene.said(
        name=f"华園大学{key}{mark}"[:100],
        account_id=f"{key}{mark}"[:100],
        permanent_id=f"uid-{key}",
        url=f"https://{key}.example/",
        verified_as=f"个人{mark}"[:100],
        bio=f"简介{mark}",
        imitated=f"华园大学{mark}"[:100],
        facts=f"自称官方{mark}",
        harm=f"受骗{mark}",
        opinion=f"属实{mark}",
        found_how=f"学生报告{mark}"[:200],
        contact_name=f"何{mark}"[:60],
        contact_phone="13800000066",
    )


def _near(make, key):
    return lambda world: make(world.cast, _said(world, key))


def _far(make, key):
    """Of 园艺学院."""

    def made(world):
        garden = {"by": world.cast.su, "unit": world.cast.garden}
        return make(world.cast, _said(world, key), **garden)

    return made


NEAR = {
    "reported": _near(scene.reported, "reported"),
    "judging": _near(scene.judging, "judging"),
    "confirmed": _near(scene.confirmed, "confirmed"),
    "dismissed": _near(scene.dismissed, "dismissed"),
    "applied": _near(scene.applied, "applied"),
    "answered": _near(scene.answered, "answered"),
    "watched": _near(scene.watched, "watched"),
}
DOCKETS = NEAR | {
    "far reported": _far(scene.reported, "far-reported"),
    "far confirmed": _far(scene.confirmed, "far-confirmed"),
}


def docket(world, at):
    """The one that is so."""
    return world.thing(f"impersonation {at}", DOCKETS[at])


def _argument(name):
    """The docket's key, its referral's, a channel or the number of its first evidence."""

    def find(world, person, at):
        found = docket(world, at)
        if name.startswith("referral"):
            return {"pk": Referral.objects.get(impersonation=found).pk}
        more = {"impersonation-evidence": {"number": 1}}
        channel = {"channel": "wechat"} if name.endswith(("-refer", "-pack")) else {}
        return {"pk": found.pk} | more.get(name, {}) | channel

    return find


ARGUMENTS = {row.name: _argument(row.name) for row in IMPERSONATIONS if row.at}
REASON = {"reason": "看过截图"}
FORMS = {
    **dict.fromkeys(
        ("impersonation-confirm", "impersonation-dismiss", "impersonation-doubt",
         "impersonation-reconsider"),
        lambda w, at: REASON,
    ),
    "impersonation-upload": lambda w, at: {
        "kind": "photo", "uploads": SimpleUploadedFile("a.png", scene.PNG),
    },
    "impersonation-close": lambda w, at: {"outcome": "gone", **REASON},
    "impersonation-recheck": lambda w, at: {"found": "gone", "note": "搜过"},
    "impersonation-return": lambda w, at: {"note": "又有了"},
    "referral-reject": lambda w, at: {"answer": "证明不足"},
}  # fmt: skip
