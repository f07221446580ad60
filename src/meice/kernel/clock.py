"""The time: aware, UTC. Rules take `now` as an argument; only the edges of the house ask here."""

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone


def now() -> datetime:
    """This process's clock, aware, UTC."""
    return timezone.now()


def database_now() -> datetime:
    """The database's clock: the one judge of deadlines and leases when machines disagree."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
            return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)
