"""What the room shows in the frame, and its rounds."""

from datetime import time

from meice.audit.phrases import name_acts, name_details
from meice.audit.policies import may_read, may_verify
from meice.audit.tasks import drop_anchor, link_entries, verify_chain
from meice.jobs import schedules
from meice.kernel.slots import NavGroup, NavItem, navigation

SEAL_SECONDS = 5


def register() -> None:
    """Two lines of the sidebar; the sealer, the anchors, the nightly check."""
    navigation.register(
        NavItem(
            group=NavGroup.AUDIT,
            label="审计日志",
            icon="history",
            url_name="audit-log",
            order=10,
            visible=lambda user: bool(may_read(user)),
        )
    )
    navigation.register(
        NavItem(
            group=NavGroup.AUDIT,
            label="校验",
            icon="shield-check",
            url_name="audit-verify",
            order=20,
            visible=lambda user: bool(may_verify(user)),
        )
    )
    name_details({"entries": "记录数", "faults": "改动数"})
    name_acts({"audit.export": "导出审计日志", "audit.verify": "校验审计链"})
    schedules.every(seconds=SEAL_SECONDS, task=link_entries, key="audit.link")
    schedules.every(seconds=60, task=drop_anchor, key="audit.anchor")
    schedules.daily(at=time(3, 30), task=verify_chain, key="audit.verify")
