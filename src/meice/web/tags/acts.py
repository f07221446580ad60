"""Act buttons: a refusal is visible before the click, with its reason beside it."""

from typing import Any
from uuid import uuid4

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meice.kernel.access import ALLOWED, Verdict
from meice.web.tags.looks import BLANK
from meice.web.tags.looks import icon as picture_of

register = Library()


@register.simple_tag(takes_context=True)
def act(
    context: Any,
    label: Any,
    url: str,
    verdict: Verdict = ALLOWED,
    *,
    icon: str = "",
    primary: bool = False,
    small: bool = False,
    post: bool = False,
    confirm: str = "",
) -> SafeString:
    """A link or one-button form for an allowed act; greyed with the reason for a refused one."""
    classes = "btn" + " btn-primary" * primary + " btn-sm" * small
    inside = format_html("{}{}", picture_of(icon) if icon else BLANK, label)
    if not verdict:
        return _refused(inside, classes, verdict.reason)
    if not post:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, inside)
    return format_html(
        '<form class="m-act-form" method="post" action="{}"{}><input type="hidden"'
        ' name="csrfmiddlewaretoken" value="{}"><button class="{}" type="submit">{}</button></form>',
        url,
        _question(confirm, label),
        context.get("csrf_token", ""),
        classes,
        inside,
    )


def _refused(inside: SafeString, classes: str, reason: str) -> SafeString:
    mark = f"why-{uuid4().hex[:8]}"
    return format_html(
        '<span class="m-refusal"><button class="{}" type="button" aria-disabled="true"'
        ' aria-describedby="{}">{}</button><span class="m-tiny" id="{}">{}</span></span>',
        classes,
        mark,
        inside,
        mark,
        reason,
    )


def _question(confirm: str, label: Any) -> SafeString:
    if not confirm:
        return BLANK
    return format_html(' data-m-confirm="{}" data-m-verb="{}"', confirm, label)
