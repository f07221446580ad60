"""Forms that anybody may send without signing in: what keeps robots and floods out.

Four brakes, none of which asks a person to solve anything: the size of the whole request, a field
that only robots fill, a signed time before which nobody can have read the page, and how many
reports an address and everybody together may send in an hour. The address itself is not kept.
"""

import ipaddress
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from meice.kernel.access import Refused
from meice.web.faces import Face, respond

SALT = "meice.web.public_forms"
FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=12)
TRAP, OPENED = "homepage", "opened"
MEGABYTE = 1024 * 1024

TRAPPED = "「{}」这一栏是留给机器人的，请清空后再提交一次。"
TOO_FAST = "提交得太快，像是程序发的，还没有收下。内容都在，请核对后再提交一次。"
TOO_OLD = "页面打开太久，已经失效。内容都在，请再提交一次。"

View = Callable[..., HttpResponse]


class TooMany(Refused):
    """More than an address, or everybody together, may send in an hour (429)."""

    status = 429


@dataclass(frozen=True, slots=True)
class Pace:
    """How many reports within a time: from one address, and in all."""

    per_address: int = 5
    in_all: int = 100
    within: timedelta = timedelta(hours=1)


PACE = Pace()


def public_page(most_bytes: int) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A view for anybody: a larger request is answered 413 before a byte of it is read, then the
    CSRF token is asked for as everywhere, and nothing is cached."""

    def wrap(view: View) -> Callable[..., HttpResponseBase]:
        guarded = csrf_protect(view)

        @csrf_exempt  # asked one line below, after the size: reading the token reads the body
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if _length(request) > most_bytes:
                return respond(request, Face.TOO_LARGE, alone=True)
            return guarded(request, *args, **kwargs)

        return page

    return wrap


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isdecimal() else 0


def opened_token(at: datetime) -> str:
    """What the page carries: when it was opened, signed."""
    return signing.dumps(int(at.timestamp()), salt=SALT)


class PublicForm(forms.Form):
    """A form with the trap and the signed time. `at` is now; `web/_public_guard.html` puts both
    into the page (a fresh time with each answer, so that what was typed can be sent again)."""

    trap_label = "个人主页"
    use_required_attribute = False

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    @property
    def token(self) -> str:
        """The signed time for the page that is shown now."""
        return opened_token(self.at)

    def clean(self) -> dict[str, Any]:
        """Refuses robots with a sentence that tells a person how to go on."""
        found: dict[str, Any] = super().clean() or {}
        if str(self.data.get(TRAP, "")).strip():
            raise forms.ValidationError(TRAPPED.format(self.trap_label))
        waited = self._waited()
        if waited is None or waited > SLOWEST:
            raise forms.ValidationError(TOO_OLD)
        if waited < FASTEST:
            raise forms.ValidationError(TOO_FAST)
        return found

    def _waited(self) -> timedelta | None:
        """How long the page was open; None when the time was not signed by us."""
        try:
            opened = signing.loads(str(self.data.get(OPENED, ""))[:200], salt=SALT)
        except signing.BadSignature:
            return None
        return timedelta(seconds=self.at.timestamp() - opened)


def sender_of(request: HttpRequest) -> str:
    """Which machine sends, as a keyed hash: equal for equal addresses, of no use for finding them.

    An IPv6 network of 64 bits is one sender: a single machine owns all of it.
    """
    text = str(request.META.get("REMOTE_ADDR") or "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return _hashed(text)
    if address.version == 6:
        return _hashed(str(ipaddress.ip_network((address, 64), strict=False)))
    return _hashed(str(address))


def _hashed(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]


def require_pace(
    reports: "QuerySet[Any]",
    sender: str,
    at: datetime,
    pace: Pace = PACE,
    field: str = "reported_at",
) -> None:
    """Raise `TooMany` when the hour is full. `reports` are the room's rows from the public page,
    with `sender` and the time in `field`. Ask inside the transaction that keeps the next one."""
    recent = reports.filter(**{f"{field}__gt": at - pace.within})
    counts = recent.aggregate(own=Count("pk", filter=Q(sender=sender)), all=Count("pk"))
    if counts["own"] >= pace.per_address:
        raise TooMany(
            "这个网络一小时内已经提交了多次，还没有收下这一次。请过一小时再来，或打电话。"
        )
    if counts["all"] >= pace.in_all:
        raise TooMany("现在提交的人太多，还没有收下这一次。请过一小时再来，或打电话。")


class PublicFiles(forms.FileField):
    """A few small files of known kinds, told by their first bytes; a list, empty without any."""

    def __init__(
        self,
        *,
        most: int,
        megabytes: int,
        kind_of: Callable[[bytes], str],
        kinds: Collection[str],
        words: str,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", SeveralFiles({"multiple": True}))
        super().__init__(required=False, **kwargs)
        self.most, self.megabytes = most, megabytes
        self.kind_of, self.kinds, self.words = kind_of, kinds, words

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them, checked as one; says which does not fit."""
        files = [super(PublicFiles, self).clean(one, initial) for one in data or [] if one]
        if len(files) > self.most:
            raise forms.ValidationError(f"一次最多传 {self.most} 个文件。")
        for one in files:
            self._check(one)
        return files

    def _check(self, one: "UploadedFile[bytes]") -> None:
        if (one.size or 0) > self.megabytes * MEGABYTE:
            raise forms.ValidationError(f"「{one.name}」超过 {self.megabytes} MB，请压缩后再传。")
        head = one.read(4096)
        one.seek(0)
        if self.kind_of(head) not in self.kinds:
            raise forms.ValidationError(f"「{one.name}」不是{self.words}，没有收下。")


class SeveralFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


def bytes_for(most: int, megabytes: int) -> int:
    """What a request with so many files may weigh in all, its words included."""
    return most * megabytes * MEGABYTE + MEGABYTE
