"""The faces of refusal and failure: what happened, where, how to mend it, who can help."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from meice.web.tones import Tone

logger = logging.getLogger("meice.web")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a face."""

    label: str
    url: str


HOME = Way("回工作台", "/")


class Face(Enum):
    """Status, heading, what to say when the caller says nothing, tone."""

    BAD = (
        HTTPStatus.BAD_REQUEST,
        "这个请求读不懂",
        "地址或内容不完整，没有办理。请回到上一页再试。",
        Tone.WARN,
    )
    FORBIDDEN = (
        HTTPStatus.FORBIDDEN,
        "这件事你现在不能办",
        "你的岗位没有这项权限。要办请找本单位管理员或宣传部。",
        Tone.WARN,
    )
    FORM_EXPIRED = (
        HTTPStatus.FORBIDDEN,
        "这个表单已失效",
        "页面开得太久，或者在别的窗口重新登录过，这一步没有办成。请退回上一页，刷新后再办；退回时填过的内容一般还在。",
        Tone.WARN,
    )
    MISSING = (
        HTTPStatus.NOT_FOUND,
        "没有这一页",
        "地址不对，或者它不属于你能看的范围。请从菜单进入，或用上面的查找。",
        Tone.WARN,
    )
    CONFLICT = (
        HTTPStatus.CONFLICT,
        "有人先办了",
        "在你打开之后，别人已经改动或办理了这一条，你这一步没有生效。请刷新看最新的情况，再决定要不要办。",
        Tone.WARN,
    )
    TOO_LARGE = (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "传的内容太大",
        "超过了一次能收的大小，没有收下。单个文件不超过 20 MB；请分开上传，或先压缩。",
        Tone.WARN,
    )
    BROKEN = (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "系统出错，这一步没有办成",
        "请过一会儿退回上一页再办一次。",
        Tone.BAD,
    )
    BUSY = (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "系统正忙或正在维护",
        "现在办不了，已经存下的内容不受影响。请过几分钟再试。",
        Tone.WARN,
    )

    def __init__(self, code: HTTPStatus, title: str, text: str, tone: Tone) -> None:
        self.code = code
        self.title = title
        self.text = text
        self.tone = tone


def respond(
    request: HttpRequest,
    face: Face,
    *,
    text: str = "",
    ways: Sequence[Way] = (HOME,),
    number: str = "",
    alone: bool = False,
) -> HttpResponse:
    """The page of `face`, in the reader's own frame if she is signed in.

    `alone` asks nothing of database or session: for failures that may come from there.
    """
    framed = not alone and _is_signed_in(request)
    request.meice_uncounted = True  # type: ignore[attr-defined]
    content = render_to_string(
        "web/face.html",
        {
            "base": "web/base.html" if framed else "web/public.html",
            "face": face,
            "text": text or face.text,
            "ways": ways,
            "number": number,
            "support": settings.SUPPORT,
        },
        request=request if framed else None,
    )
    response = HttpResponse(content, status=face.code)
    if face is Face.BUSY:
        response["Retry-After"] = "60"
    return response


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def error_number() -> str:
    """`E-7Q2M-1408`: four random signs and the clock; short enough for the telephone."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return f"E-{signs}-{timezone.localtime():%H%M}"


def report(request: HttpRequest, error: BaseException | None) -> str:
    """Log `error` under a new number; the log names method and path, never the query or body."""
    number = error_number()
    logger.error("%s %s %s", number, request.method, request.path, exc_info=error)
    return number
