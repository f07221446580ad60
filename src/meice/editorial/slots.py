"""What the room shows in the frame."""

from meice.audit.phrases import name_acts, name_details
from meice.editorial import phrases
from meice.editorial.lexicons import slots as lexicons
from meice.kernel import slots
from meice.kernel.slots import NavGroup, NavItem


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    lexicons.register()
    slots.navigation.register(
        NavItem(
            NavGroup.EDITORIAL, "读稿检查", icon="scan", url_name="proof", order=90,
            visible=lambda user: bool(user.is_authenticated),
        )
    )  # fmt: skip
