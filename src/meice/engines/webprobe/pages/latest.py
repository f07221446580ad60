"""When a site was last updated, as far as its pages tell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from meice.engines.webprobe.pages.days import make_day
from meice.engines.webprobe.pages.model import Dated, HowDated, Page, PageKind

# Days that say when something was published. Prose says nothing about it, and a time in a site map
# is often written for all pages at once by a machine: it counts only when nothing else is there.
_SURE = frozenset(
    {
        HowDated.LABEL,
        HowDated.META,
        HowDated.FEED,
        HowDated.LIST,
        HowDated.TIME_TAG,
        HowDated.URL,
        HowDated.LINK_URL,
        HowDated.LINE,
    }
)
_RANK = {how: rank for rank, how in enumerate(HowDated)}
_TEMPLATE_PAGES = 3  # the same day today on so many pages, and on most of them, is a clock
_MOST = 0.8
_OF_TEMPLATES = frozenset({HowDated.META, HowDated.LINE, HowDated.TIME_TAG})


def latest_update(pages: Page | Iterable[Page], now: date) -> Dated | None:
    """Return the latest day that pages give for something published, or None when none does.

    `now` is the day in China; later days do not count. A day whose year was inferred (`[06-29]`)
    gives way to what the page it leads to says, when that page is among these; where it does not
    (`year_written` False in the answer), the year is only the latest possible one: such a day is
    no proof that a site is alive. Days of a template (today on most of at least three pages) are
    ruled out.
    """
    read = [pages] if isinstance(pages, Page) else list(pages)
    clocks = _clocks(read, now)
    published = {page.url: page.published for page in read if page.published}
    days: list[Dated] = []
    for page in read:
        own = [d for d in page.dates if d.day <= now and (d.how, d.text) not in clocks]
        days += _with_years(own, published)
    sure = [dated for dated in days if dated.how in _SURE and not _contradicted(dated, days)]
    return _latest(sure) or _latest([dated for dated in days if dated.how is HowDated.SITEMAP])


def _clocks(pages: Sequence[Page], now: date) -> set[tuple[HowDated, str]]:
    """Days of today that most of the pages carry in the same words."""
    read = [page for page in pages if page.kind is PageKind.HTML]
    seen: dict[tuple[HowDated, str], int] = {}
    for page in read:
        today = {(d.how, d.text) for d in page.dates if d.day == now and d.how in _OF_TEMPLATES}
        for key in today:
            seen[key] = seen.get(key, 0) + 1
    enough = max(_TEMPLATE_PAGES, _MOST * len(read))
    return {key for key, count in seen.items() if count >= enough}


def _with_years(days: Sequence[Dated], published: Mapping[str, Dated | None]) -> list[Dated]:
    """The days of one page, inferred years corrected by the pages that its entries lead to.

    When those that can be looked up are all years older than inferred, so are the others.
    """
    known = {id(d): own for d in days if not d.year_written and (own := _own_day(d, published))}
    shifts = [own.day.year - d.day.year for d in days if (own := known.get(id(d)))]
    shift = max(shifts, default=0)
    return [known.get(id(d)) or (d if d.year_written else _shifted(d, shift)) for d in days]


def _own_day(dated: Dated, published: Mapping[str, Dated | None]) -> Dated | None:
    """What the page an entry leads to says of its day, where month and day agree."""
    own = published.get(dated.url)
    if own is None or not own.year_written:
        return None
    return own if (own.day.month, own.day.day) == (dated.day.month, dated.day.day) else None


def _shifted(dated: Dated, years: int) -> Dated:
    day = make_day(dated.day.year + years, dated.day.month, dated.day.day) or dated.day
    return dated._replace(day=day) if years else dated


def _contradicted(dated: Dated, days: Sequence[Dated]) -> bool:
    """An inferred year is wrong when the same entry's day stands elsewhere with another year."""
    if dated.year_written:
        return False
    return any(
        other.year_written and other.url == dated.url and other.how is not HowDated.PROSE
        for other in days
    )


def _latest(days: Sequence[Dated]) -> Dated | None:
    """The latest; of several on one day the surest, one with a written year first."""
    return max(
        days,
        key=lambda dated: (dated.day, dated.year_written, -_RANK[dated.how]),
        default=None,
    )
