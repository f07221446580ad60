"""The one-time way in: a link and a code on a slip."""

from django.db import models
from django.db.models import Q

from meice.orgs.models.user import User

MAX_TRIES = 5


class Invitation(models.Model):
    """Lets one person set her first (or next) password. The code is stored hashed only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    selector = models.CharField(max_length=16, unique=True)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=MAX_TRIES), name="invitation_has_five_tries"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.selector}"
