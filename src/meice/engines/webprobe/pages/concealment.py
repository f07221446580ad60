"""By which declarations of style something is kept from the eye (domain.md 5.8)."""

import re

from meice.engines.webprobe.pages.model import Concealment

_LENGTH = r"(?:px|pt|em|rem|%)?"
_STYLE = re.compile(
    rf"""
      (?P<DISPLAY_NONE> (?<![-\w])display\s*:\s*none )
    | (?P<VISIBILITY>   (?<![-\w])visibility\s*:\s*(?:hidden|collapse) )
    | (?P<OPACITY>      (?<![-\w])opacity\s*:\s*(?:0?\.0+|0)(?![.\d]) )
    | (?P<TINY_FONT>    (?<![-\w])font-size\s*:\s*[01]{_LENGTH}(?![.\d]) )
    | (?P<OFF_SCREEN>   (?<![-\w])(?:text-indent|left|top|right)\s*:\s*-(?:\d{{4,}}|[5-9]\d\d)
                      | (?<![-\w])margin(?:-left|-top)?\s*:\s*-\d{{4,}} )
    | (?P<CLIPPED>      (?<![-\w])clip\s*:\s*rect\(\s*[01](?:px)?\s*[, ]\s*[01](?:px)?\s*[, ] )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ZERO_BOX = re.compile(
    r"(?<![-\w])(?:max-)?(?:width|height)\s*:\s*[01](?:px|pt|em|%)?\s*(?:!important)?\s*(?:;|$)",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?<![-\w])overflow(?:-[xy])?\s*:\s*hidden", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;!]{2,40})", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"(?<![-\w])background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}\b|rgb\([^)]{5,30}\)|[a-z]{3,20})",
    re.IGNORECASE,
)
_NAMED = {
    "white": "#ffffff", "black": "#000000", "red": "#ff0000", "blue": "#0000ff",
    "green": "#008000", "yellow": "#ffff00", "gray": "#808080", "grey": "#808080",
}  # fmt: skip
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_SIMPLE = re.compile(r"[.#][A-Za-z_][\w-]{0,60}")
_MOST_RULES = 50


def concealed_by(style: str) -> Concealment | None:
    """Return how a style attribute hides its element, or None.

    A negative margin needs four digits: `margin-left:-500px` is how boxes were centred.
    """
    if found := _STYLE.search(style):
        return Concealment[found.lastgroup or "DISPLAY_NONE"]
    if _ZERO_BOX.search(style) and _CUT_OFF.search(style):
        return Concealment.ZERO_SIZE
    colour, background = foreground(style), background_of(style)
    return Concealment.SAME_COLOUR if colour and colour == background else None


def foreground(style: str) -> str:
    """The colour of the letters as #rrggbb, or nothing."""
    found = _COLOUR.search(style)
    return plain_colour(found[1]) if found else ""


def background_of(style: str) -> str:
    """The colour behind them as #rrggbb, or nothing."""
    found = _BACKGROUND.search(style)
    return plain_colour(found[1]) if found else ""


def plain_colour(text: str) -> str:
    """A colour in one form; nothing for what is none that we can compare."""
    text = text.strip().lower()
    if found := _RGB.fullmatch(text):
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in found.groups())
    if re.fullmatch(r"#?[0-9a-f]{6}", text):
        return "#" + text.removeprefix("#")
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        return "#" + "".join(digit * 2 for digit in text[1:])
    return _NAMED.get(text, "")


def concealing_selectors(style_sheet: str) -> list[tuple[str, Concealment]]:
    """The classes and ids that a `style` element of the page hides.

    Only rules that hide for good: `display:none` and `visibility` in a style sheet are how menus
    and tabs work, so they are left out here.
    """
    found: list[tuple[str, Concealment]] = []
    for rule in _RULE.finditer(style_sheet):
        how = concealed_by(rule[2])
        if how is None or how in (Concealment.DISPLAY_NONE, Concealment.VISIBILITY):
            continue
        selectors = (part.strip() for part in rule[1].split(","))
        found += [(selector, how) for selector in selectors if _SIMPLE.fullmatch(selector)]
        if len(found) >= _MOST_RULES:
            break
    return found[:_MOST_RULES]
