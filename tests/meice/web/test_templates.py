"""What no template of any room may do, and what every page head says (design 12)."""

import json
import re
from pathlib import Path

import pytest

from meice.web import icons

PACKAGE = Path(icons.__file__).resolve().parents[1]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SCRIPTS = sorted((PACKAGE / "web" / "static" / "web").glob("*.js"))
STYLES = sorted((PACKAGE / "web" / "static" / "web").glob("*.css"))
CONFIG = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "409|422", "swap": True},
        {"code": "[23]..", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}
FORBIDDEN = {
    "inline style": r"\sstyle\s*=",
    "style element": r"<style\b",
    "inline handler": r"\son[a-z]+\s*=",
    "inline script": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>",
    "htmx handler": r"\bhx-on\b",
    "foreign address": r"(?:src|href)=[\"'](?:https?:)?//",
    "script link": r"javascript:",
    "unescaped text": r"\|\s*safe\b|autoescape off",
}
CLASS = re.compile(r'class="([^"]*)"')
LOCAL = {"btn", "btn-primary", "btn-sm", "btn-link", "btn-danger-o"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_a_template_holds_nothing_that_the_policy_would_block(rule):
    blocked = re.compile(FORBIDDEN[rule], re.IGNORECASE | re.DOTALL)
    found = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        if rule != "unescaped text":
            text = re.sub(r"\{[#%].*?[#%]\}", "", text, flags=re.DOTALL)
        found += [f"{name(path)}: {hit[0]}" for hit in blocked.finditer(text)]
    assert TEMPLATES
    assert found == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_need_no_eval_and_build_no_markup(path):
    text = path.read_text("utf-8")
    assert not re.search(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text
    )
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_our_styles_fetch_nothing_and_suit_old_browsers(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"url\(|@import|oklch\(|color-mix\(|light-dark\(|:has\(|@layer", text)
    assert len(text.splitlines()) <= 400


def test_htmx_is_configured_as_the_design_says():
    head = (PACKAGE / "web/templates/web/_document.html").read_text("utf-8")
    content = re.search(r"name=\"htmx-config\" content='([^']+)'", head)
    assert content
    assert json.loads(content[1]) == CONFIG
    assert "hx-headers=" in head


def test_every_htmx_element_works_without_htmx():
    """A part that only refreshes itself by the clock needs a link beside it, not on it."""
    helpless = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        for tag in re.findall(r"<(?!form)\w+[^>]*\bhx-(?:get|post|put|delete)=[^>]*>", text):
            by_clock = 'hx-trigger="every' in tag and "<a href" in text
            if not by_clock and not re.search(r"\b(?:href|formaction|type=\"submit\")", tag):
                helpless.append(f"{name(path)}: {tag}")
    assert helpless == []


def defined_classes() -> set[str]:
    sheets = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*/static/**/*.css"))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))


def test_every_class_is_one_of_ours():
    """A misspelt class is silent in the browser; here it is not. Words are literal ones only."""
    known = defined_classes() | LOCAL
    unknown = {
        f"{name(path)}: {one}"
        for path in TEMPLATES
        for value in CLASS.findall(re.sub(r"\{[{%].*?[}%]\}", " ", path.read_text("utf-8")))
        for one in value.split()
        if not one.endswith("-") and one not in known
    }
    assert unknown == set()


def test_tokens_are_plain_hex_and_carry_the_colours_of_the_design():
    text = (PACKAGE / "web/static/web/tokens.css").read_text("utf-8")
    values = dict(re.findall(r"--m-([a-z0-9-]+):\s*(#[0-9a-f]{6})", text))
    wanted = {
        "ink": "#1f2733",
        "ink-2": "#465161",
        "ink-3": "#5d6778",
        "line": "#d9dee5",
        "line-2": "#e9edf1",
        "field": "#8a94a3",
        "ground": "#f3f5f7",
        "head": "#f5f7f9",
        "surface": "#ffffff",
        "primary": "#1c5296",
        "primary-dark": "#143f75",
        "primary-tint": "#eaf1f9",
        "seal": "#b3261e",
        "bad": "#b42318",
        "bad-tint": "#fdeeec",
        "warn": "#8a5300",
        "warn-tint": "#fff5e0",
        "good": "#1a6b3c",
        "good-tint": "#e9f5ed",
        "idle": "#465161",
        "idle-tint": "#eef1f4",
        "unknown": "#5b4b8a",
        "unknown-line": "#a99fce",
        "claim-line": "#6b7686",
    }
    assert {key: values.get(key) for key in wanted} == wanted
    for variable in ("primary", "body-color", "body-bg", "border-color", "link-color", "danger"):
        assert re.search(rf"--tblr-{variable}: #[0-9a-f]{{6}}", text)
