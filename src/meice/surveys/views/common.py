"""What the views of the room share: whose request, whose check."""

from django.http import HttpRequest

from meice.kernel.http import visible_or_404
from meice.orgs.models import User
from meice.surveys.models import AnnexCheck, CheckedForm, MergedPackage


class Signed(HttpRequest):
    """A request behind `login_required`."""

    user: User


def own_check(request: Signed, pk: int) -> AnnexCheck:
    """The person's own check; another's is 404."""
    return visible_or_404(AnnexCheck.objects.visible_to(request.user), pk=pk)


def own_form(request: Signed, pk: int, form: int) -> CheckedForm:
    """A form of the person's own finished check."""
    mine = AnnexCheck.objects.visible_to(request.user).filter(pk=pk, checked_at__isnull=False)
    forms = CheckedForm.objects.select_related("check_made").filter(check_made__in=mine)
    return visible_or_404(forms, pk=form)


def own_package(request: Signed, pk: int, package: int) -> MergedPackage:
    """A finished package of the person's own check."""
    mine = AnnexCheck.objects.visible_to(request.user).filter(pk=pk)
    made = MergedPackage.objects.filter(check_made__in=mine, made_at__isnull=False)
    return visible_or_404(made.select_related("package", "report", "check_made"), pk=package)
