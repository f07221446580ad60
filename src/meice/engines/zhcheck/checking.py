"""All rules over one text: ordered, without doubles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain, islice

from meice.engines.zhcheck.lexicon import shipped_lexicons
from meice.engines.zhcheck.matcher import Matcher, matcher_for
from meice.engines.zhcheck.model import Copy, Issue, Lexicon, Rule, Severity
from meice.engines.zhcheck.rules import RULES

MOST_PER_RULE = 1_000  # issues of one rule in one text: a person reads no more
_MOST_LOOKED_AT = 20 * MOST_PER_RULE  # of one file of rules, before doubles are taken out
_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


@lru_cache(maxsize=1)
def shipped() -> tuple[Lexicon, ...]:
    """The lexicons that come with the product, read once."""
    return shipped_lexicons()


def check(
    text: str,
    lexicons: Sequence[Lexicon] | None = None,
    *,
    today: date,
    matcher: Matcher | None = None,
) -> list[Issue]:
    """Return what is wrong with a text, in order of place; offsets are code points of `text`.

    `lexicons` None are the shipped ones; `matcher` is one built of these very lexicons, where the
    caller keeps it. Issues of one rule never overlap; a hint is given once a
    text and rule; of one rule at most `MOST_PER_RULE`. What stands in a lexicon's `exceptions` is
    no issue, but for a 密级 mark.
    """
    known = shipped() if lexicons is None else tuple(lexicons)
    copy = Copy(text, known, today, partial((matcher or matcher_for(known)).find, on=today))
    found = chain.from_iterable(islice(rule(copy), _MOST_LOOKED_AT) for rule in RULES)
    issues = (issue for issue in found if _counts(issue, copy))
    return sorted(_kept(issues), key=lambda issue: (issue.start, issue.end, issue.rule))


def _counts(issue: Issue, copy: Copy) -> bool:
    return issue.rule is Rule.SECRET_MARK or issue.text not in copy.exceptions


def _kept(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Of one rule: none that overlaps one before it, hints once, no more than a person reads."""
    by_rule: dict[Rule, list[Issue]] = {}
    for issue in issues:
        by_rule.setdefault(issue.rule, []).append(issue)
    for found in by_rule.values():
        found.sort(key=lambda issue: (issue.start, _WEIGHT[issue.severity], -issue.end))
        yield from islice(_hints_once(_apart(found)), MOST_PER_RULE)


def _apart(issues: Iterable[Issue]) -> Iterator[Issue]:
    end = 0
    for issue in issues:
        if issue.start >= end:
            end = issue.end
            yield issue


def _hints_once(issues: Iterable[Issue]) -> Iterator[Issue]:
    hinted = False
    for issue in issues:
        if issue.severity is not Severity.HINT or not hinted:
            yield issue
        hinted = hinted or issue.severity is Severity.HINT
