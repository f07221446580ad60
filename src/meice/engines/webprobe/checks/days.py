"""Days as people in China count them."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def china_day(now: datetime) -> date:
    """The day in China at an aware moment."""
    return now.astimezone(CHINA).date()
