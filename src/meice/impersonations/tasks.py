"""Work of the room in the background. A lost or doubled job does no harm."""

from django_tasks import task

from meice.impersonations.actions import gathering, intake, looking, rounds
from meice.impersonations.models import Capture
from meice.kernel.clock import now


@task(label="采集假冒账号网页")
def capture_page(pk: int) -> str:
    """Look at the reported page of one capture, outside any transaction, and keep what was seen."""
    capture = Capture.objects.filter(pk=pk, done_at=None).first()
    if capture is None:
        return ""
    at = now()
    sight = looking.look_at(capture.url, at)
    gathering.finish_capture(capture, sight, at=at)
    return sight.words


@task(label="假冒账号到期提醒")
def remind_due() -> int:
    """Tell the department of days that are over; gives how many dockets."""
    return rounds.remind_due(now())


@task(label="假冒案卷跟随单位")
def follow_units() -> int:
    """Write the units' present paths on the rows of this room."""
    return rounds.follow_units()


@task(label="清除假冒举报的来源标记")
def forget_senders() -> int:
    """Wipe which machine sent a report, after a day."""
    return intake.forget_senders(now())
