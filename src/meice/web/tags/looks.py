"""Icons, status words, marks, notices, empty faces, masked numbers, differences."""

from typing import Any, Protocol

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from meice.engines.marks import mask_mobile
from meice.web import static_files
from meice.web.tones import Tone

register = Library()
BLANK = SafeString("")
EMPTY_FACES = {
    "none": ("circle-check", ""),
    "start": ("inbox", ""),
    "filtered": ("filter-off", ""),
    "unknown": ("help-circle", "m-unknown"),
}


class Shown(Protocol):
    """Anything with a word, an icon and a tone: an enum member, a `Look`."""

    @property
    def label(self) -> Any: ...
    @property
    def icon(self) -> str: ...
    @property
    def tone(self) -> str: ...


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """The icon `name` of the sprite; nothing when the sprite lacks it or was not built."""
    if name not in static_files.icon_names():
        return BLANK
    return format_html(
        '<svg class="m-ic{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        static_files.address(static_files.SPRITE),
        name,
    )


@register.simple_tag
def status(shown: Shown | None, text: Any = "", box: bool = False) -> SafeString:
    """Icon and word of a state, in its tone; `text` says more than the word, `box` frames it."""
    if not shown:
        return BLANK
    return _word(Tone(shown.tone), shown.icon, text or shown.label, box)


@register.simple_tag
def mark(tone: str, text: Any, icon: str = "", box: bool = False) -> SafeString:
    """A status word without an object behind it."""
    chosen = Tone(tone)
    return _word(chosen, icon or chosen.icon, text, box)


def _word(tone: Tone, name: str, text: Any, box: bool) -> SafeString:
    return format_html(
        '<span class="m-status m-{}{}">{}{}</span>', tone, " m-box" if box else "", icon(name), text
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", id: str = "", icon: str = "") -> SafeString:
    """What happened, where, how to mend it; bad is an alert, the others are a status."""
    chosen = Tone(tone)
    return format_html(
        '<div class="m-notice m-{}" role="{}"{}>{}<div>{}</div></div>',
        chosen,
        "alert" if chosen is Tone.BAD else "status",
        format_html(' id="{}"', id) if id else "",
        _icon(icon or chosen.icon),
        mark_safe(content),  # noqa: S308  the block's own output, escaped by the template
    )


@register.simple_block_tag
def nothing(content: str, face: str, title: str, icon: str = "") -> SafeString:
    """One of the four faces of an empty list; the block holds the sentence and the way on."""
    name, extra = EMPTY_FACES[face]
    return format_html(
        '<div class="m-nothing {}"><span class="m-nothing-icon">{}</span><h3>{}</h3>{}</div>',
        extra,
        _icon(icon or name),
        title,
        mark_safe(content),  # noqa: S308  the block's own output, escaped by the template
    )


_icon = icon


@register.filter
def mask(number: Any) -> str:
    """`13800001234` → `138****1234` (domain 5.3)."""
    return mask_mobile(str(number or ""))


@register.simple_tag(takes_context=True)
def masked(context: Any, number: Any, reveal_url: str = "") -> SafeString:
    """A masked number and, with `reveal_url`, the button that shows it and leaves a record."""
    if not number:
        return missing("", required=False)
    button = BLANK
    if reveal_url:
        button = format_html(
            '<form class="m-act-form" method="post" action="{}"><input type="hidden"'
            ' name="csrfmiddlewaretoken" value="{}"><button class="m-reveal" type="submit">'
            "显示号码（会留下查看记录）</button></form>",
            reveal_url,
            context.get("csrf_token", ""),
        )
    return format_html('<span class="m-masked"><span>{}</span>{}</span>', mask(number), button)


@register.simple_tag
def difference(old: Any, new: Any) -> SafeString:
    """`old → new`: the old grey and struck, the new bold; a blank side is 空."""
    return format_html(
        '<span class="m-difference"><del>{}</del> → <ins>{}</ins></span>', old or "空", new or "空"
    )


@register.simple_tag
def missing(value: Any, required: bool = True) -> SafeString:
    """The value, or 未填 in amber where one is due, or a dash where none is."""
    if value not in (None, ""):
        return format_html("{}", value)
    if not required:
        return SafeString('<span class="m-mut">—</span>')
    return SafeString('<span class="m-text-warn">未填</span>')
