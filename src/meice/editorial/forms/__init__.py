"""What people type: a text to be read, a manuscript, a verdict, a publication, the settings."""

from meice.editorial.forms.copy import CopyForm

__all__ = ["CopyForm"]
