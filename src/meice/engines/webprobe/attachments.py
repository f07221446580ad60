"""Attachments: which links are some, and their text, read in limited children beside the crawl."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from meice.engines.documents import read_text
from meice.engines.gate import Limits
from meice.engines.sandbox import Named, shared_pool
from meice.engines.webprobe.checks import Document

READ = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".et", ".csv", ".rtf")
NOT_PAGES = (
    *READ, ".ppt", ".pptx", ".zip", ".rar", ".7z", ".gz", ".tar", ".exe", ".apk", ".dmg", ".iso",
    ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".svg", ".ico", ".mp3", ".mp4", ".avi",
    ".flv", ".wmv", ".mov", ".wav", ".css", ".js", ".swf",
)  # fmt: skip
LIMITS = Limits(bytes_wire=5_000_000, bytes_body=10_000_000)
PICTURE_LIMITS = Limits(bytes_wire=2_000_000, bytes_body=2_000_000)
READ_QR: Named[bytes, list[str]] = Named("meice.engines.webprobe.pages.qr:read_qr")
AT_ONCE = 2
WAITING = 16  # attachments whose bytes are held


def is_attachment(url: str) -> bool:
    """Whether the address names a document that we read."""
    return _path(url).endswith(READ)


def is_page(url: str) -> bool:
    """Whether the address may be a page: it names no other kind of file."""
    return not _path(url).endswith(NOT_PAGES)


def _path(url: str) -> str:
    return url.partition("?")[0].lower()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that was fetched."""

    url: str
    text: str  # of the link
    found_on: str

    @property
    def name(self) -> str:
        """The file's name, or what the link calls it."""
        return unquote(urlsplit(self.url).path.rpartition("/")[2]) or self.text


class Attachments:
    """Reads documents while the crawl goes on; ``read`` waits only when too many are held."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="attachments")
        self._room = threading.Semaphore(WAITING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def read(self, attachment: Attachment, body: bytes) -> Future[Document | None]:
        """The document to come; None where its text cannot be had."""
        self._room.acquire()
        future = self._threads.submit(_read, attachment, body)
        future.add_done_callback(lambda _: self._room.release())
        return future

    def read_codes(self, body: bytes) -> Future[tuple[str, ...]]:
        """What the QR codes of a picture say; nothing where it is no picture or has none."""
        self._room.acquire()
        future = self._threads.submit(_read_codes, body)
        future.add_done_callback(lambda _: self._room.release())
        return future


def _read_codes(body: bytes) -> tuple[str, ...]:
    return tuple(shared_pool().run(READ_QR, body).value or ())


def _read(attachment: Attachment, body: bytes) -> Document | None:
    text = read_text(body, attachment.name).text
    return Document(attachment.url, attachment.name, text, attachment.found_on) if text else None
