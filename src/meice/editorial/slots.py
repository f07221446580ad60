"""What the room shows in the frame."""

from meice.kernel import slots
from meice.kernel.slots import NavGroup, NavItem


def register() -> None:
    """The line of the sidebar."""
    slots.navigation.register(
        NavItem(
            NavGroup.EDITORIAL, "读稿检查", icon="scan", url_name="proof", order=90,
            visible=lambda user: bool(user.is_authenticated),
        )
    )  # fmt: skip
