"""What the school sets: terms, chains, stand-ins; and which stages a manuscript goes through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.editorial import policies
from meice.editorial.models import Chain, ChainStage, ContentClass, EditorialTerm, StandIn
from meice.editorial.workflow import CHAINS, MOST_STAGES, TERMS, TermName
from meice.kernel.access import Refused, require
from meice.notices.actions import notify
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role

LONGEST_STAND_IN = 190
"""Days: who is away for longer has left the post."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage of a chain; `unit` None: the manuscript's own, or the nearest above."""

    name: str
    role: Role
    unit: Unit | None = None
    is_extra: bool = False


def all_terms() -> dict[TermName, int]:
    """Every number of this deployment. One query."""
    own = dict(EditorialTerm.objects.values_list("name", "number"))
    return {name: own.get(name.value, TERMS[name][1]) for name in TermName}


def chain_of(unit: Unit, content_class: str) -> list[StagePlan]:
    """The unit's own chain for the class, else its nearest parent's, the school's, the product's."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    chains = Chain.objects.filter(content_class=content_class)
    own = chains.filter(unit__path__in=paths).order_by("-unit__depth").first()
    chain = own or chains.filter(unit=None).first()
    if chain is None:
        return [StagePlan(p.name, p.role, None, p.is_extra) for p in CHAINS[content_class]]
    return [
        StagePlan(stage.name, Role(stage.role), stage.unit, stage.is_extra)
        for stage in chain.stages.select_related("unit")
    ]


@transaction.atomic
def set_term(name: TermName, number: int, *, by: User) -> EditorialTerm:
    """From the next stage on."""
    require(policies.may_set_terms(by))
    term, _ = EditorialTerm.objects.update_or_create(name=name, defaults={"number": number})
    record("editorial.set_term", term, by=by, detail={"name": TERMS[name][0], "number": number})
    return term


@transaction.atomic
def set_chain(
    unit: Unit | None,
    content_class: ContentClass,
    stages: Sequence[StagePlan],
    *,
    by: User,
    at: datetime,
) -> Chain:
    """The stages in their order; manuscripts under review keep theirs. At least three for 三审."""
    require(policies.may_set_chain(by, unit))
    if not 3 <= len(stages) <= MOST_STAGES:
        raise Refused(f"三审三校至少三个环节，最多 {MOST_STAGES} 个。")
    if any(not stage.name.strip() for stage in stages):
        raise Refused("每个环节都要有名称。")
    if any(stage.role in (Role.ADMIN, Role.AUDITOR) for stage in stages):
        raise Refused("系统管理和审计不审稿。")
    values = {"set_by": by, "set_at": at}
    chain, _ = Chain.objects.update_or_create(
        unit=unit, content_class=content_class, defaults=values
    )
    chain.stages.all().delete()
    ChainStage.objects.bulk_create(
        ChainStage(
            chain=chain, place=place, name=stage.name.strip()[:30], role=stage.role,
            unit=stage.unit, is_extra=stage.is_extra,
        )
        for place, stage in enumerate(stages, 1)
    )  # fmt: skip
    detail: Detail = {"name": str(chain), "rows": len(stages)}
    record("editorial.set_chain", chain, by=by, detail=detail, unit_path=unit.path if unit else "")
    return chain


@transaction.atomic
def drop_chain(chain: Chain, *, by: User) -> None:
    """The next wider chain holds again."""
    require(policies.may_set_chain(by, chain.unit))
    path = chain.unit.path if chain.unit else ""
    record("editorial.drop_chain", chain, by=by, detail={"name": str(chain)}, unit_path=path)
    chain.delete()


@transaction.atomic
def add_stand_in(
    post: Post, substitute: User, first: date, last: date, *, reason: str, by: User, at: datetime
) -> StandIn:
    """代审: `substitute` reviews for the holder of `post` from `first` to `last`."""
    require(policies.may_set_stand_in(by, post.unit))
    if substitute.pk == post.user_id:
        raise Refused("代审人不能是本人。")
    if last < first or (last - first).days > LONGEST_STAND_IN:
        raise Refused(f"代审最长 {LONGEST_STAND_IN} 天，结束日期不早于开始日期。")
    if not reason.strip():
        raise Refused("代审须写事由。")
    held = substitute.current_posts().exclude(role__in=[Role.ADMIN, Role.AUDITOR])
    if not substitute.is_active or not held.exists():
        raise Refused(f"{substitute.name}现在没有可以审稿的岗位。")
    made = StandIn.objects.create(
        person=post.user, substitute=substitute, unit=post.unit, role=post.role,
        first_on=first, last_on=last, reason=reason.strip()[:200], set_by=by, set_at=at,
    )  # fmt: skip
    detail: Detail = {"from": post.user.name, "to": substitute.name, "due": str(last)}
    record("editorial.add_stand_in", made, by=by, detail=detail, unit_path=post.unit.path)
    text = f"请在{first:%m月%d日}至{last:%m月%d日}代{post.user.name}审稿"
    notify(substitute, text=text, url="/manuscripts/", kind="task")
    return made


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: User) -> None:
    """From now on nobody stands in; what was signed stays signed."""
    require(policies.may_end_stand_in(by, stand_in))
    detail: Detail = {"from": stand_in.person.name, "to": stand_in.substitute.name}
    path = stand_in.unit.path
    record("editorial.end_stand_in", stand_in, by=by, detail=detail, unit_path=path)
    stand_in.delete()
