"""The rooms with business: arguments of their URLs, and the forms whose refusal must not hide
behind a fault in them."""

import json
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.meice.registry.scene import entry
from tests.meice.whole import things_registry as register
from tests.meice.whole import things_surveys as surveys
from tests.meice.whole.rows_registry import REGISTRY
from tests.meice.whole.rows_surveys import SURVEYS

from meice.registry.workflow import TERMS
from meice.surveys.models import Submission, SubmissionRow


def _one_of(kind, makers):
    return lambda world, at: world.thing(f"{kind} {at}", makers[at])


outlet = _one_of("outlet", register.OUTLETS)
filing = _one_of("filing", register.FILINGS)
exception = _one_of("exception", register.EXCEPTIONS)
intake = _one_of("intake", register.INTAKES)
campaign = _one_of("campaign", surveys.CAMPAIGNS)
submission = _one_of("submission", surveys.SUBMISSIONS)

KINDS = {
    "outlet": outlet, "filing": filing, "exception": exception, "ledger": intake,
    "campaign": campaign, "submission": submission, "sheet": submission,
}  # fmt: skip


def _pk_of(name):
    """The thing that a URL is about is the first word of its name."""
    find = KINDS[name.partition("-")[0]]
    return lambda world, person, at: {"pk": find(world, at).pk} if at else {}


def fresh(world, at):
    """The submission as the database has it."""
    found = Submission.objects.select_related("prepared", "receipt", "campaign")
    return found.get(pk=submission(world, at).pk)


def first_row(world, at):
    rows = SubmissionRow.objects.filter(submission=submission(world, at)).of_annex(1)
    return rows.order_by("position").first()


def _with(**more):
    """`pk` of the submission, and what else the URL names."""

    def find(world, person, at):
        found = fresh(world, at)
        return {"pk": found.pk, **{key: value(world, at, found) for key, value in more.items()}}

    return find


def _consolidation(**more):
    def find(world, person, at):
        found = campaign(world, at)
        return {"pk": found.pk, "number": found.consolidations.last().pk, **more}

    return find


def _annex(world, at, found):
    return 1


def _row(world, at, found):
    return first_row(world, at).key


def _receipt(world, at, found):
    return found.receipt.pk


def _drop(world, at, found):
    return found.replacements.get().pk


ARGUMENTS = {
    **{
        row.name: _pk_of(row.name)
        for row in (*REGISTRY, *SURVEYS)
        if row.at and row.name.partition("-")[0] in KINDS
    },
    "ledger-export": lambda w, p, at: {"pk": w.thing("export", register.export).pk},
    "filter-drop": lambda w, p, at: {"pk": w.thing("filter", register.saved_filter).pk},
    "day-drop": lambda w, p, at: {"pk": w.thing("day", register.day).pk},
    **dict.fromkeys(
        ("year", "year-download"), lambda w, p, at: {"pk": w.thing("year", surveys.frozen).pk}
    ),
    "campaign-consolidation": _consolidation(),
    "campaign-rows": _consolidation(),
    "campaign-consolidation-progress": _consolidation(),
    "campaign-download": _consolidation(part="package"),
    **dict.fromkeys(
        ("sheet-annex", "sheet-save", "sheet-state", "sheet-row-add", "submission-review",
         "submission-annex", "submission-print"),
        _with(annex=_annex),
    ),
    "submission-receipt-annex": _with(number=_receipt, annex=_annex),
    **dict.fromkeys(("sheet-row", "sheet-row-remove"), _with(annex=_annex, row=_row)),
    **dict.fromkeys(
        ("submission-receipt-package", "submission-receipt-print"), _with(number=_receipt)
    ),
    **dict.fromkeys(
        ("submission-replacement", "submission-replacement-progress",
         "submission-replacement-use", "submission-replacement-drop"),
        _with(number=_drop),
    ),
    "submission-remark-drop": _with(remark=lambda w, at, found: found.remarks.get().pk),
}  # fmt: skip


def _report(world, at):
    found = fresh(world, at)
    digest = found.prepared.digest if found.prepared else ""
    return {
        "key": str(uuid.uuid4()), "digest": digest, "vouched": "on", "late_reason": "迟了",
        "told": "林其然",
    }  # fmt: skip


def _set_a_cell(world, at):
    """A batch of the sheet, as JSON."""
    row = first_row(world, at)
    operation = {
        "id": str(uuid.uuid4()), "kind": "set", "row": str(row.key), "version": row.version,
        "column": "note", "value": "改",
    }  # fmt: skip
    return json.dumps({"since": "", "operations": [operation]})


def _remark(world, at):
    row = first_row(world, at).pk
    return {"annex": 1, "row": row, "column": "verified_as", "text": "写全称"}


def _merge(world, at):
    keep, other = outlet(world, "near").pk, outlet(world, "pictured").pk
    return {"keep": keep, "outlet": [keep, other], "due_on": "2035-01-01", "reason": "合并"}


def _something_to_confirm(world, at):
    outlet(world, "near")
    return {}


def _picture():
    return SimpleUploadedFile("图.png", register.PICTURE)


NOTE = {"note": "请改", "reason": "没有账号"}
FORMS = {
    "outlet-new": lambda w, at: entry(w.cast.maths) | {"name": "新号"},
    "outlet-confirm": _something_to_confirm,
    "filter-save": lambda w, at: {"of": "outlets", "name": "常用", "gap": "any"},
    "cluster-plan": _merge,
    "exception-extend": lambda w, at: {"reason": "续", "expires_on": "2036-01-01"},
    "ledger-apply": lambda w, at: {"digest": register.digest_of(intake(w, at))},
    "terms-set": lambda w, at: {name.value: 5 for name in TERMS},
    "day-set": lambda w, at: {"day": "2035-10-01", "is_workday": "no"},
    "route-set": lambda w, at: {"unit": w.cast.maths.pk, "way": "direct"},
    "filing-return": lambda w, at: {"reasons": ["other"], "note": "请改"},
    "filing-attach": lambda w, at: {"file": _picture()},
    "filing-avatar": lambda w, at: {"picture": _picture()},
    "campaign-remind": lambda w, at: {"row": campaign(w, at).submissions.first().pk},
    "campaign-paper": lambda w, at: {"row": campaign(w, at).submissions.first().pk},
    "campaign-rows": lambda w, at: {"item": 0, "column": 0},
    "year-freeze": lambda w, at: {"year": surveys.OPEN_YEAR},
    **dict.fromkeys(
        ("submission-confirm", "submission-attest", "submission-relay"), _report
    ),
    **dict.fromkeys(
        ("submission-decline", "submission-return", "submission-reopen", "submission-exempt"),
        lambda w, at: NOTE,
    ),
    "submission-paper": lambda w, at: {"received": "1"},
    "submission-remark": _remark,
    "submission-scan": lambda w, at: {"file": _picture()},
    "submission-settle": lambda w, at: {"act": "take_back", "row": first_row(w, at).pk},
    "sheet-save": _set_a_cell,
}  # fmt: skip
