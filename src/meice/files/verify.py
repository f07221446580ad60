"""Are the kept bytes still the bytes that were kept?"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from meice.files.models import StoredFile, blob_path
from meice.files.storage import digest_of


def altered() -> list[str]:
    """One Chinese line for each row whose bytes are changed or gone: row, time, what."""
    rows = StoredFile.objects.order_by("digest", "pk").iterator(chunk_size=500)
    return [
        line
        for digest, group in groupby(rows, attrgetter("digest"))
        for line in _lines(digest, group)
    ]


def _lines(digest: str, rows: Iterator[StoredFile]) -> Iterator[str]:
    fault = fault_of(digest)
    for row in rows if fault else ():
        kept_at = timezone.localtime(row.kept_at)
        yield f"存档文件 {row.pk}（{kept_at:%Y-%m-%d %H:%M:%S} 存入）{fault}"


def fault_of(digest: str) -> str:
    """What is wrong with the bytes of this SHA-256 on the disk; "" when nothing is."""
    path = blob_path(digest)
    try:
        found = digest_of(path)
    except FileNotFoundError:
        return "在磁盘上找不到了"
    except OSError as failure:
        return f"读不出来（{type(failure).__name__}）"
    return "" if found == digest else f"内容被改动，原 SHA-256 {digest[:12]}，现 {found[:12]}"
