"""What every role needs: set by the department."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.training import policies
from meice.training.models import ASKED, TrainingTopic

LONGEST = 120


@transaction.atomic
def set_topic(name: str, roles: Sequence[str], months: int, *, by: User) -> TrainingTopic:
    """A topic by its name: a new one, or its roles and term anew; a retired one comes back."""
    require(policies.may_set_topics(by))
    bare = " ".join(name.split())
    if not bare:
        raise Refused("主题没有填。")
    if not set(roles) <= {role.value for role in ASKED}:
        raise Refused("请选要参加的角色。")
    if not 0 <= months <= LONGEST:
        raise Refused(f"有效月数填 0 至 {LONGEST}，0 表示参加一次长期有效。")
    topic, _ = TrainingTopic.objects.update_or_create(
        name=bare[:100], defaults={"roles": list(roles), "months": months, "retired_at": None}
    )
    record("topic.set", topic, by=by, detail={"topic": topic.name})
    return topic


@transaction.atomic
def retire_topic(topic: TrainingTopic, *, by: User, at: datetime) -> TrainingTopic:
    """Demanded of nobody any more; sessions and certificates of it stay."""
    require(policies.may_set_topics(by))
    topic = TrainingTopic.objects.select_for_update().get(pk=topic.pk)
    topic.retired_at = at
    topic.save(update_fields=["retired_at"])
    record("topic.retire", topic, by=by, detail={"topic": topic.name})
    return topic
