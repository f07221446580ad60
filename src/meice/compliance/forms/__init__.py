"""What people type: filters, an item, a device and its check, a custody, the days."""

from meice.compliance.forms.filters import CustodyFilter, DeviceFilter, OutletFilter
from meice.compliance.forms.things import (
    CheckForm,
    CustodyForm,
    DeviceForm,
    ItemForm,
    ReasonForm,
    RotateForm,
    TermsForm,
    UploadForm,
)

__all__ = [
    "CheckForm",
    "CustodyFilter",
    "CustodyForm",
    "DeviceFilter",
    "DeviceForm",
    "ItemForm",
    "OutletFilter",
    "ReasonForm",
    "RotateForm",
    "TermsForm",
    "UploadForm",
]
