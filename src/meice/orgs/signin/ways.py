"""The one seam where other ways to sign in plug in: CAS, OIDC, LDAP, a second factor.

A way that has found out who somebody is (by ticket, token or bind) calls `enter`. It never makes
accounts and never gives posts: who is not known to Meice stays outside.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from meice.kernel.slots import Slot
from meice.orgs.models import User


@dataclass(frozen=True, slots=True)
class SignInWay:
    """A button above the password form, such as 用校园统一身份认证登录."""

    label: str
    icon: str
    url_name: str


@dataclass(frozen=True, slots=True)
class NextFactor:
    """Asked after the first factor: a response (its page) keeps the person out until answered."""

    name: str
    ask: Callable[[HttpRequest, User], HttpResponse | None]


ways: Slot[SignInWay] = Slot()
factors: Slot[NextFactor] = Slot()


def still_to_ask(request: HttpRequest, user: User) -> HttpResponse | None:
    """The page of the first factor that is not yet answered."""
    for factor in factors:
        if (page := factor.ask(request, user)) is not None:
            return page
    return None
