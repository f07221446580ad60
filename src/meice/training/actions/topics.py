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
def set_topic(
    name: str, roles: Sequence[str], months: int, *, by: User, topic: TrainingTopic | None = None
) -> TrainingTopic:
    """A new topic, or this one anew; a retired one of the name comes back."""
    require(policies.may_set_topics(by))
    bare = " ".join(name.split())[:100]
    if not bare:
        raise Refused("主题没有填。")
    if not roles or not set(roles) <= {role.value for role in ASKED}:
        raise Refused("请选要参加的角色。")
    if not 0 <= months <= LONGEST:
        raise Refused(f"有效月数填 0 至 {LONGEST}，0 表示参加一次长期有效。")
    same = TrainingTopic.objects.select_for_update().filter(name=bare).first()
    if same and same.retired_at is None and same != topic:
        raise Refused(f"已有主题「{bare}」，在列表里改它。")
    kept = topic or same or TrainingTopic()
    if topic and same and same != topic:
        raise Refused(f"「{bare}」是停用过的主题，请另起名称。")
    kept.name, kept.roles, kept.months, kept.retired_at = bare, list(roles), months, None
    kept.save()
    record("topic.set", kept, by=by, detail={"topic": kept.name})
    return kept


@transaction.atomic
def retire_topic(topic: TrainingTopic, *, by: User, at: datetime) -> TrainingTopic:
    """Demanded of nobody any more; sessions and certificates of it stay."""
    require(policies.may_set_topics(by))
    topic = TrainingTopic.objects.select_for_update().get(pk=topic.pk)
    topic.retired_at = at
    topic.save(update_fields=["retired_at"])
    record("topic.retire", topic, by=by, detail={"topic": topic.name})
    return topic
