from dataclasses import dataclass

import pytest
from django.db.models import TextChoices

from meice.kernel.access import Refused, Verdict, when
from meice.kernel.flow import Flow, Step


class State(TextChoices):
    DRAFT = "draft", "草稿"
    WAITING = "waiting", "待受理"
    ACCEPTED = "accepted", "已受理"


@dataclass
class Paper:
    author: str
    status: str = State.DRAFT


def not_the_author(paper: Paper, by: str) -> Verdict:
    return when(paper.author != by, otherwise="这份备案是你起草的，不能自己受理。")


FLOW = Flow(
    State,
    [
        Step("submit", "上报", (State.DRAFT,), State.WAITING),
        Step("accept", "受理", (State.WAITING,), State.ACCEPTED, not_the_author),
        Step("withdraw", "撤回", (State.WAITING, State.ACCEPTED), State.DRAFT),
    ],
    initial=State.DRAFT,
)


def test_a_step_is_taken_from_its_source_to_its_target() -> None:
    paper = Paper("何嘉敏")
    FLOW.take("submit", paper, "何嘉敏")
    assert paper.status == State.WAITING


def test_the_state_refuses_before_the_rule_is_asked() -> None:
    verdict = FLOW.verdict("accept", Paper("何嘉敏"), "何嘉敏")
    assert verdict.reason == "现在是「草稿」，不能受理。"


def test_a_refused_step_leaves_the_status_and_says_why() -> None:
    paper = Paper("何嘉敏", State.WAITING)
    with pytest.raises(Refused, match="不能自己受理"):
        FLOW.take("accept", paper, "何嘉敏")
    assert paper.status == State.WAITING


def test_open_steps_are_the_buttons_with_their_verdicts() -> None:
    paper = Paper("何嘉敏", State.WAITING)
    buttons = {step.name: bool(verdict) for step, verdict in FLOW.open_steps(paper, "何嘉敏")}
    assert buttons == {"accept": False, "withdraw": True}


def test_a_step_to_an_unknown_state_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Flow(State, [Step("lose", "丢失", (State.DRAFT,), "nowhere")], initial=State.DRAFT)


def test_the_diagram_names_every_state_and_arrow() -> None:
    assert FLOW.diagram().splitlines() == [
        "stateDiagram-v2",
        "    draft: 草稿",
        "    waiting: 待受理",
        "    accepted: 已受理",
        "    [*] --> draft",
        "    draft --> waiting: 上报 (submit)",
        "    waiting --> accepted: 受理 (accept)",
        "    waiting --> draft: 撤回 (withdraw)",
        "    accepted --> draft: 撤回 (withdraw)",
    ]
