"""What may come after what: a small state machine that can say why a step is refused.

A room's `workflow.py` holds one `Flow`; `Flow.take` is the only code that assigns the status.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from meice.kernel.access import ALLOWED, Verdict, refused, require

Rule = Callable[[Any, Any], Verdict]


def anyone(_record: Any, _by: Any) -> Verdict:
    """The rule of a step that only the state guards."""
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: `name` (English verb, as in action, URL, audit), `label` (Chinese verb of the
    button), from any of `sources` to `target`, allowed by `rule(record, by)`."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    rule: Rule = anyone


class Flow:
    """The steps between the `states` of one model, which begins in `initial`."""

    def __init__(
        self,
        states: type[TextChoices],
        steps: Iterable[Step],
        *,
        initial: str,
        model_field: str = "status",
    ) -> None:
        self.states = states
        self.initial = initial
        self.model_field = model_field
        self.steps = {step.name: step for step in steps}
        for step in self.steps.values():
            for state in (*step.sources, step.target):
                states(state)

    def __getitem__(self, name: str) -> Step:
        return self.steps[name]

    def verdict(self, step: str, record: Any, by: Any) -> Verdict:
        """May `by` take `step` on `record` now? The state is asked first, then the rule."""
        arrow = self.steps[step]
        status = getattr(record, self.model_field)
        if status not in arrow.sources:
            return refused(f"现在是「{self.states(status).label}」，不能{arrow.label}。")
        return arrow.rule(record, by)

    def take(self, step: str, record: Any, by: Any) -> None:
        """Assign the target state in memory, or raise `Refused`; the action locks and saves."""
        require(self.verdict(step, record, by))
        setattr(record, self.model_field, self.steps[step].target)

    def open_steps(self, record: Any, by: Any) -> list[tuple[Step, Verdict]]:
        """The steps that leave the record's state, each with its verdict: what buttons show."""
        status = getattr(record, self.model_field)
        return [
            (step, self.verdict(step.name, record, by))
            for step in self.steps.values()
            if status in step.sources
        ]

    def diagram(self) -> str:
        """The flow as Mermaid text (`stateDiagram-v2`), for `docs/states/`."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.value}: {state.label}" for state in self.states]
        lines.append(f"    [*] --> {self.initial}")
        lines += [
            f"    {source} --> {step.target}: {step.label} ({step.name})"
            for step in self.steps.values()
            for source in step.sources
        ]
        return "\n".join(lines) + "\n"
