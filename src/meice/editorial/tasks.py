"""Work of the room in the background."""

from django_tasks import task

from meice.editorial.actions import compiling, intakes
from meice.kernel.clock import now


@task(label="编译词库")
def compile_lexicon(lexicon_id: int) -> bool:
    """Put the newest version of a lexicon in use. Twice is harmless."""
    return compiling.compile_newest(lexicon_id, now())


@task(label="读词库文件")
def read_lexicon_file(change_id: int) -> int:
    """Read an uploaded list into its preview; gives the number of entries."""
    return intakes.read_intake(change_id, now())
