"""A version becomes what processes read: its snapshot is kept, its automaton built ahead."""

from datetime import datetime
from io import BytesIO

from django.db import transaction

from meice.editorial.lexicons import snapshot
from meice.editorial.lexicons.live import knowledge_for, trim_compiled
from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.files.actions import Limits, keep_file

LARGEST = 300 * 1024 * 1024
AT_A_TIME = 2000


def compile_newest(lexicon_id: int, at: datetime) -> bool:
    """Compile the newest version and put it in use; False when that was done before."""
    lexicon = Lexicon.objects.select_related("unit").get(pk=lexicon_id)
    version = LexiconVersion.objects.filter(lexicon=lexicon).order_by("-number").first()
    if version is None or version.compiled_at:
        return False
    terms = lexicon.terms.at_version(version.number).order_by("pk").iterator(AT_A_TIME)
    content = snapshot.pack(term.entry for term in terms)
    name = f"{lexicon.pk}-{version.number}.lexicon"
    limits = Limits(single=LARGEST, archive=LARGEST)
    kept = keep_file(BytesIO(content), name=name, by=None, purpose="lexicon", limits=limits)
    with transaction.atomic():
        fresh = LexiconVersion.objects.filter(pk=version.pk, compiled_at=None)
        if not fresh.update(file=kept, compiled_at=at):
            return False
        _put_in_use(lexicon, version)
    knowledge_for(lexicon.unit.path, wait=True)
    trim_compiled()
    return True


def _put_in_use(lexicon: Lexicon, version: LexiconVersion) -> None:
    """Never back: a job that comes late leaves a newer version in use."""
    locked = Lexicon.objects.select_for_update().select_related(None).get(pk=lexicon.pk)
    newest = locked.current
    if newest is None or newest.number < version.number:
        locked.current = version
        locked.save(update_fields=["current"])
