"""A person's shifts as iCalendar (RFC 5545): times and places, never a telephone number."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from meice.duty.models import Shift

KIND = "text/calendar; charset=utf-8"
LINE = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_text(shifts: Iterable[Shift], owner: str) -> str:
    """The whole calendar, lines folded at 75 octets and ended by CR LF."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Meice//Duty//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(f'{owner}的值班')}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]  # fmt: skip
    for shift in shifts:
        lines += _event(shift, host)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(shift: Shift, host: str) -> list[str]:
    roster = shift.roster
    address = f"{settings.PUBLIC_URL.rstrip('/')}{shift.get_absolute_url()}"
    return [
        "BEGIN:VEVENT",
        f"UID:shift-{shift.pk}@{host}",
        f"SEQUENCE:{shift.version}",
        f"DTSTAMP:{_moment(shift.changed_at)}",
        f"DTSTART:{_moment(shift.begins_at)}",
        f"DTEND:{_moment(shift.ends_at)}",
        f"SUMMARY:{_text(f'值班：{roster.unit.called} {shift.layer.name} {shift.watch}')}",
        f"DESCRIPTION:{_text(f'{roster.name}，{shift.hours}')}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Separators escaped; other control signs left out."""
    escaped = words.translate(ESCAPES)
    return "".join(sign for sign in escaped if sign.isprintable())


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, no sign cut in two; the next begins with a blank."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part
