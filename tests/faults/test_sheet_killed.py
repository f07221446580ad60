"""The sheet in earnest: the web dies in the middle of autosaves, many write at the same moment."""

import http.client
import json
import re
import socket
import subprocess
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.sheet_site import PASSWORD
from tests.faults.browser import Browser
from tests.faults.conftest import BOTH, PATIENCE, installed
from tests.faults.test_serve_killed import Served, is_listening, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults served")]
SCENE = "from tests.browser.sheet_site import make\nmake()"
STEPS = 24
WRITERS = 10
COLUMNS = ("name", "verified_as", "kind", "problems", "interactive", "has_review_system",
           "outsourced", "responsible_name", "responsible_mobile", "note")  # fmt: skip


class Sheet(Served):
    """A running house with one submission begun, and its operator at it."""

    def __init__(self, installation):
        self.installation = installation
        installation.web_workers = 2
        made = installation.begin(SCENE)
        self.path = f"/submissions/{made['submission']}/sheet/1/"
        self.rows = made["rows"]
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        self.house = installation.start(
            "-m", "meice", "serve", "--port", str(self.port), stderr=subprocess.DEVNULL
        )
        until(lambda: is_listening(self.port))
        self.browser = Browser(self.port)
        self.browser.sign_in("M001", PASSWORD)
        self.csrf = self.browser.token(self.path)

    def save(self, operation):
        """The outcome, or None when the line broke before an answer."""
        body = json.dumps({"since": "", "operations": [operation]})
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.csrf}
        try:
            status, _, text = self.browser.ask("POST", f"{self.path}save/", body, headers)
        except (http.client.HTTPException, OSError):
            return None
        return json.loads(text)["outcomes"][operation["id"]]["result"] if status == 200 else None

    def operations(self):
        """The numbers of the operations that are kept."""
        kept = self.installation.rows("select operation from surveys_sheetoperation")
        return [str(uuid.UUID(str(one))) for (one,) in kept]

    def cells(self):
        """The cells of each row by its key, past the web."""
        code = (
            "from meice.surveys.models import SubmissionRow\n"
            "print(json.dumps({str(r.key): r.cells for r in SubmissionRow.objects.all()}))"
        )
        return self.installation.ask(code)


@pytest.fixture(scope="module", **BOTH)
def house(request, tmp_path_factory):
    """One for both tests: each writes rows of its own."""
    databases = request.getfixturevalue(request.param)
    with installed(databases, tmp_path_factory.mktemp("sheet")) as installation:
        made = Sheet(installation)
        yield made
        made.house.terminate()
        made.house.wait(timeout=PATIENCE)


def put(row, column, value, version=1):
    return {
        "id": str(uuid.uuid4()), "kind": "set", "row": row, "version": version,
        "column": column, "value": value,
    }  # fmt: skip


def test_kill_9_during_autosave_loses_nothing_that_was_acknowledged(house):
    acknowledged, wanted, before = [], {}, house.operations()

    def write():
        for step in range(STEPS):
            operation = put(house.rows[2 + step % 4], "note", f"第{step}步", version=10**6)
            until(lambda sent=operation: house.save(sent) == "saved")
            acknowledged.append(operation["id"])
            wanted[operation["row"]] = operation["value"]

    writer = threading.Thread(target=write)
    writer.start()
    for share in (STEPS // 4, STEPS // 2):
        until(lambda least=share: len(acknowledged) >= least)
        house.kill_web()
    writer.join(PATIENCE)
    cells = house.cells()
    assert {row: cells[row]["note"] for row in wanted} == wanted
    assert sorted(house.operations()) == sorted([*before, *acknowledged])


def test_of_many_who_write_at_once_all_are_kept_or_told(house):
    """Different cells of a row are all kept; of one cell one is, and the others are told."""
    first, second = house.rows[:2]
    different = [put(first, column, f"新{at}") for at, column in enumerate(COLUMNS)]
    same = [put(second, "note", f"人{at}") for at in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        assert set(pool.map(house.save, different)) == {"saved"}
        results = list(pool.map(house.save, same))
    assert sorted(results) == ["conflict"] * (WRITERS - 1) + ["saved"]
    cells = house.cells()
    assert all(re.match("新", cells[first][column]) for column in COLUMNS)
    assert cells[second]["note"] == same[results.index("saved")]["value"]
