"""What every view needs of HTTP: rows that may be seen, downloads, paging, the way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

M = TypeVar("M", bound=Model)
T = TypeVar("T")

PAGE_SIZE = 50
NUMBERED_PAGES = 200
SAFE_DOWNLOAD = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


class Unavailable(Exception):
    """The house cannot do it now (disk full, database away): `status` and a Chinese `reason`."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def visible_or_404(queryset: QuerySet[M], **lookup: Any) -> M:
    """The one row of `queryset` (already `visible_to` the user); anything else is 404."""
    return get_object_or_404(queryset, **lookup)


def is_htmx(request: HttpRequest) -> bool:
    """Does the page ask for a fragment? Without the header the whole page is due."""
    return request.headers.get("HX-Request") == "true"


def attachment(
    content: IO[bytes] | Iterable[bytes],
    name: str,
    *,
    kind: str = "application/octet-stream",
) -> FileResponse:
    """A download that no browser opens in place; `name` may be Chinese (RFC 6266, RFC 8187)."""
    response = FileResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, _safe_name(name)) or ""
    for header, value in SAFE_DOWNLOAD.items():
        response[header] = value
    return response


NO_FILE_NAME = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
"""What Windows takes in no name of a file."""


def _safe_name(name: str) -> str:
    """No path, no control characters: what is left is a file name on every system."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].translate(NO_FILE_NAME)
    return "".join(sign for sign in base if sign.isprintable()).strip() or "文件"


def redirect_back(request: HttpRequest, fallback: str, *args: Any) -> HttpResponse:
    """To the page the form names in `next`, if it is ours; else to `fallback` (name or URL)."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if target and ours else resolve_url(fallback, *args))


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number of the pager; `gap` stands for left-out numbers before it."""

    number: int
    url: str
    current: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """50 rows of a list with its exact `total`; links keep the rest of the query string."""

    rows: list[T]
    number: int
    total: int
    pages: int
    query: str

    @classmethod
    def of(
        cls, request: HttpRequest, rows: "QuerySet[Any] | list[T]", total: int | None = None
    ) -> "Page[T]":
        """The page that `?page=` names; a number out of range gives the nearest page.

        `total` saves the count where the caller has counted already.
        """
        if total is None:
            total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        pages = max(1, -(-total // PAGE_SIZE))
        number = min(max(1, _whole(request.GET.get("page", ""))), pages, NUMBERED_PAGES)
        query = request.GET.copy()
        query.pop("page", None)
        start = (number - 1) * PAGE_SIZE
        return cls(list(rows[start : start + PAGE_SIZE]), number, total, pages, query.urlencode())

    @property
    def first(self) -> int:
        """The ordinal of the first row shown; 0 when there is none."""
        return (self.number - 1) * PAGE_SIZE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The ordinal of the last row shown."""
        return (self.number - 1) * PAGE_SIZE + len(self.rows)

    @property
    def is_single(self) -> bool:
        """One page needs no pager."""
        return self.pages == 1

    @property
    def is_cut(self) -> bool:
        """More than 200 pages: the user narrows the list instead of paging on."""
        return self.pages > NUMBERED_PAGES

    @property
    def previous_url(self) -> str:
        """The link back; blank on the first page."""
        return self._url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The link on; blank on the last page."""
        return self._url(self.number + 1) if self.number < self._reachable else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last and the neighbours of the current page."""
        near = range(self.number - 2, self.number + 3)
        shown = sorted({1, self._reachable, *(n for n in near if 1 <= n <= self._reachable)})
        before = [0, *shown]
        return [
            PageLink(number, self._url(number), number == self.number, number - previous > 1)
            for previous, number in zip(before, shown, strict=False)
        ]

    @property
    def _reachable(self) -> int:
        return min(self.pages, NUMBERED_PAGES)

    def _url(self, number: int) -> str:
        return f"?{self.query}&page={number}" if self.query else f"?page={number}"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
