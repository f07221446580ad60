"""The register at the wall: who does not even see an outlet, a filing, an import, an export.

What each role may do with what it sees, in every state, is the table of
`tests/meice/registry/test_policies.py`; here every URL of the room is asked as an outsider.
"""

from types import SimpleNamespace

from tests.meice.registry.scene import accepted, opening

OUTLET = ("outlet", "outlet-change", "outlet-cancel", "outlet-numbers", "outlet-problems",
          "outlet-avatar")  # fmt: skip
FILING = (
    "filing", "filing-edit", "filing-explain", "filing-attach", "filing-scan", "filing-print",
    "filing-annex3", "filing-accept", "filing-return", "filing-submit", "filing-present",
    "filing-attest", "filing-check", "filing-confirm", "filing-transfer", "filing-receive",
    "filing-claim", "filing-release", "filing-withdraw",
)  # fmt: skip
NOT_THERE = ("ledger-intake", "ledger-map", "ledger-apply", "ledger-drop", "ledger-undo",
             "ledger-export", "exception-extend", "day-drop")  # fmt: skip
LISTS = ("outlet-list", "outlet-new", "outlet-export", "outlet-confirm", "cluster-list",
         "cluster-plan", "exception-list", "exception-new", "ledger-list", "filing-list",
         "filing-settings", "terms-set", "day-set", "route-set")  # fmt: skip
NAMES = frozenset((*OUTLET, *FILING, *NOT_THERE, *LISTS))

OUTSIDERS = ("stranger", "admin")  # of another unit; of no business
LIST_OUTSIDERS = ("admin",)


def things(cast):
    """An accepted outlet of 数信学院 and a filing of it still in draft."""
    school = SimpleNamespace(maths=cast.maths, he=cast.he, zheng=cast.zheng, liang=cast.liang)
    outlet = accepted(school, opening(school)).outlet
    filing = opening(school, name="华园数信团委", platform="weibo", account_id="hyu_tw")
    return {"outlet": outlet.pk, "filing": filing.pk}
