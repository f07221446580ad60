"""Breadcrumbs, chips, sortable heads, the pager."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from meice.kernel.http import Page
from meice.web.tags.looks import BLANK, icon
from meice.web.tones import Tone

register = Library()


@register.simple_tag
def crumbs(*parts: Any) -> SafeString:
    """Text and URL in turn; the last text is this page and has no URL."""
    *pairs, here = [(parts[i], parts[i + 1 : i + 2]) for i in range(0, len(parts), 2)]
    links = format_html_join("", '<li><a href="{}">{}</a></li>', ((u[0], t) for t, u in pairs))
    last, url = here
    end = format_html('<a href="{}">{}</a>', url[0], last) if url else format_html("{}", last)
    return format_html(
        '<nav class="m-crumb" aria-label="位置"><ol>{}<li>{}</li></ol></nav>', links, end
    )


def _query(request: HttpRequest, **changes: str | None) -> str:
    """The query string with `changes` (None drops a key); the page number always goes."""
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def chip(
    context: Any,
    text: Any,
    key: str,
    value: Any,
    count: int | None = None,
    icon: str = "",
    tone: str = "",
) -> SafeString:
    """A quick filter: sets `key=value` in the query string; pressed when it is set already."""
    request: HttpRequest = context["request"]
    wanted = str(value)
    is_on = request.GET.get(key, "") == wanted
    picture = _icon(icon) if icon else BLANK
    if icon and tone:
        picture = format_html('<span class="m-text-{}">{}</span>', Tone(tone), picture)
    return format_html(
        '<a class="m-chip{}" href="{}"{}>{}{}{}</a>',
        " m-on" if is_on else "",
        _query(request, **{key: None if is_on or not wanted else wanted}),
        SafeString(' aria-current="true"') if is_on else "",
        picture,
        text,
        "" if count is None else f" {count:,}",
    )


_icon = icon


@register.simple_tag(takes_context=True)
def dropchip(context: Any, text: Any, key: str) -> SafeString:
    """An active filter with its ×: the link leaves it out."""
    return format_html(
        '<a class="m-chip m-on" href="{}"><span class="visually-hidden">去掉条件：</span>{}{}</a>',
        _query(context["request"], **{key: None}),
        text,
        _icon("x") or "×",
    )


@register.simple_tag(takes_context=True)
def sorted(context: Any, text: Any, key: str, extra: str = "") -> SafeString:
    """A head cell that sorts by `key`: `?sort=key`, again `?sort=-key`."""
    request: HttpRequest = context["request"]
    now = request.GET.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    arrow = {"ascending": icon("arrow-up", "m-ic-s"), "descending": icon("arrow-down", "m-ic-s")}
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="{}">{} {}</a></th>',
        order,
        format_html(' class="{}"', extra) if extra else "",
        _query(request, sort=f"-{key}" if now == key else key),
        text,
        arrow.get(order, ""),
    )


@register.inclusion_tag("web/_pager.html")
def pager(page: Page[Any], target: str = "") -> dict[str, Any]:
    """The foot of a list of more than one page; with `target` the links also swap by htmx."""
    return {"page": page, "target": target, "total": f"{page.total:,}"}
