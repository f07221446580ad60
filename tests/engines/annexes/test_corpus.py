"""Real and hostile files that do not ship: each ends as read or refused with its cause.

The folder is named by MEICE_CORPUS or lies beside the repository; without it these are skipped.
"""

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from meice.engines.annexes.check import check
from meice.engines.annexes.model import Code
from meice.engines.sandbox import Pool

REPOSITORY = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("MEICE_CORPUS", REPOSITORY.parent / "shared" / "corpus" / "xls"))
FILES = sorted(path for path in CORPUS.glob("*") if path.is_file()) if CORPUS.is_dir() else []
CAUSES = {Code.NOT_A_SPREADSHEET, Code.ENCRYPTED, Code.CORRUPT, Code.TOO_LARGE, Code.UNKNOWN_FORM}
MOST_REFUSED = 0.1
SLOWEST = 5.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the corpus is not here; name it with MEICE_CORPUS"),
]


@pytest.fixture(scope="module")
def pool():
    with Pool(2) as made:
        yield made


def test_every_file_ends_as_read_or_refused_with_its_cause(pool, caplog):
    found = check(FILES, today=dt.date(2026, 11, 22), pool=pool)
    assert {form.path for form in found.files} == {str(path) for path in FILES}
    refused = [form for form in found.files if form.annex is None]
    assert all(len(form.issues) == 1 and form.issues[0].code in CAUSES for form in refused)
    assert all(form.issues[0].message.startswith(Path(form.path).name) for form in refused)
    unread = [form for form in refused if form.sheets == 0]
    assert len(unread) <= MOST_REFUSED * len(FILES)
    assert not [record for record in caplog.records if "error" in record.getMessage().split()[:3]]


def test_no_file_takes_long(pool):
    taken = []
    for path in FILES:
        begun = time.monotonic()
        check([path], today=dt.date(2026, 11, 22), pool=pool)
        taken.append((time.monotonic() - begun, path.name))
    assert max(taken)[0] < SLOWEST, max(taken)
