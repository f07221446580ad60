"""Rule sets are data with a version: thresholds, sources, clauses; and what they say of a site."""

from meice.engines.webprobe.rules.evaluate import Outcome, Verdict, evaluate
from meice.engines.webprobe.rules.facts import ColumnFact, Facts
from meice.engines.webprobe.rules.load import DEFAULT, SHIPPED, RuleError, load_rules, shipped
from meice.engines.webprobe.rules.model import Clause, Condition, RuleSet, Scope, Thresholds, Trust

__all__ = [
    "DEFAULT",
    "SHIPPED",
    "Clause",
    "ColumnFact",
    "Condition",
    "Facts",
    "Outcome",
    "RuleError",
    "RuleSet",
    "Scope",
    "Thresholds",
    "Trust",
    "Verdict",
    "evaluate",
    "load_rules",
    "shipped",
]
