"""What the room's templates need beyond the components of `web`."""

from django import template

from meice.surveys.grid.sheet import mask_numbers

register = template.Library()


@register.filter
def masked_text(text: str) -> str:
    """Running text with the mobile numbers in it masked."""
    return mask_numbers(text)
