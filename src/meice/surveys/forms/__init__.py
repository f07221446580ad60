"""What people type: files to check, campaigns, submissions."""

from meice.surveys.forms.check import (
    FaultFilter,
    FileFilter,
    ManyFilesField,
    PackageForm,
    UploadForm,
    prefilled,
)

__all__ = [
    "FaultFilter",
    "FileFilter",
    "ManyFilesField",
    "PackageForm",
    "UploadForm",
    "prefilled",
]
