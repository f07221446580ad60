"""Taking a check out of the database, asked for or swept."""

from meice.files.models import StoredFile
from meice.surveys.models import AnnexCheck


def drop_check(check: AnnexCheck) -> None:
    """Delete the check with all it holds, and the rows of the files that only it used."""
    kept = [upload.stored_id for upload in check.uploads.all()]
    for package in check.packages.all():
        kept += [package.package_id, package.report_id]
    check.delete()
    StoredFile.objects.filter(pk__in=[pk for pk in kept if pk is not None]).delete()
