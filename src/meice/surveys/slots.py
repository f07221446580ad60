"""What the room shows in the frame."""

from meice.audit.phrases import name_acts, name_details
from meice.jobs import schedules
from meice.kernel.slots import NavGroup, NavItem, navigation
from meice.surveys import phrases, tasks

SWEEP_SECONDS = 3600


def register() -> None:
    """The line of the sidebar and the hourly sweep."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    navigation.register(
        NavItem(
            group=NavGroup.REPORTING,
            label="附件检查",
            icon="file-search",
            url_name="annexes",
            order=90,
            visible=lambda user: user.is_authenticated,
        )
    )
    schedules.every(seconds=SWEEP_SECONDS, task=tasks.sweep_checks, key="annexes.sweep")
