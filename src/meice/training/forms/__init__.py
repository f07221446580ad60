"""What people type, and what the query strings of the lists mean."""

from meice.training.forms.filters import (
    CERTIFICATE_VIEWS,
    SESSION_VIEWS,
    CertificateFilter,
    NeedFilter,
    SessionFilter,
)
from meice.training.forms.things import (
    CancelForm,
    CertificateForm,
    InviteForm,
    SessionForm,
    TopicForm,
    UploadForm,
)

__all__ = [
    "CERTIFICATE_VIEWS",
    "SESSION_VIEWS",
    "CancelForm",
    "CertificateFilter",
    "CertificateForm",
    "InviteForm",
    "NeedFilter",
    "SessionFilter",
    "SessionForm",
    "TopicForm",
    "UploadForm",
]
