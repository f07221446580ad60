"""Evidence on its way out. A room calls this after it has asked its own policy."""

from django.http import FileResponse

from meice.evidence.documents import file_name
from meice.evidence.models import Evidence
from meice.files.reading import file_response


def evidence_response(row: Evidence) -> FileResponse:
    """A download under the name it has in the docket: attachment, nosniff, sandboxed."""
    return file_response(row.stored, file_name(row))
