"""What the room shows elsewhere."""


def register() -> None:
    """Fill the slots."""
