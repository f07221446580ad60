"""What must not stand in the project: the notice's sender, the workplace, addresses of registries."""

import re

from tests.house.source import short, tracked

# Written as pieces so that this file does not trip over itself.
SENDER = re.compile(
    "|".join(["sc" + "au", "华南农" + "业大学", "费思" + "迎", "85283" + "812", "613" + "室"]), re.I
)
REGISTRY = re.compile(r"--(extra-)?index" + r"-url|--find" + r"-links|\"resolved\": *\"http")
BINARY = {".png", ".xls", ".xlsx", ".ods", ".et", ".zip", ".ico", ".woff2", ".gbk"}


def _texts():
    for path in tracked():
        if path.suffix not in BINARY and path.is_file():
            yield path, path.read_text("utf-8")


def test_nothing_of_the_notices_sender_is_here():
    assert [short(path) for path, text in _texts() if SENDER.search(text)] == []


def test_locks_name_no_registry():
    locks = [*tracked("requirements/*"), *tracked("package-lock.json")]
    assert len(locks) >= 5
    assert [
        short(path)
        for path in locks
        if "://"
        in path.read_text("utf-8")
        .replace("https://opencollective", "")
        .replace("https://github.com/sponsors", "")
        and path.suffix == ".lock"
    ] == []
    assert [
        short(path) for path, text in _texts() if REGISTRY.search(text) and path.name != "Makefile"
    ] == []


def test_every_requirement_is_pinned_with_a_hash():
    for lock in tracked("requirements/*.lock"):
        blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
        assert blocks
        assert [
            b.split("\n")[0] for b in blocks if "==" not in b or "--hash=sha256:" not in b
        ] == []


def test_no_path_of_one_machine_is_here():
    home = re.compile(r"/(?:work|root|home)/[a-z]")
    assert [short(path) for path, text in _texts() if home.search(text)] == []
