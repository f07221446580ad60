"""What a channel asks for beside what the docket has: said before anything is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from meice.evidence.models import Evidence, EvidenceKind
from meice.impersonations.channels import Channel, Field
from meice.impersonations.models import Impersonation, PaperKind

PICTURES = (EvidenceKind.SCREENSHOT, EvidenceKind.PHOTO, EvidenceKind.RECORDING)
VALUES: Mapping[Field, Callable[[Impersonation], str]] = {
    Field.NAME: lambda docket: docket.name,
    Field.ID: lambda docket: docket.permanent_id or docket.account_id,
    Field.URL: lambda docket: docket.url,
    Field.VERIFIED: lambda docket: docket.verified_as,
    Field.PLACE: lambda docket: docket.place,
    Field.IMITATED: lambda docket: docket.imitated,
    Field.OFFICIAL: lambda docket: docket.imitated_outlet.number if docket.imitated_outlet else "",
    Field.FACTS: lambda docket: docket.facts,
    Field.HARM: lambda docket: docket.harm,
    Field.BASIS: lambda docket: docket.basis,
    Field.DEMANDS: lambda docket: docket.demand_words,
    Field.CONTACT: lambda docket: (
        f"{docket.contact_name} {docket.contact_phone}"
        if docket.contact_name and docket.contact_phone
        else ""
    ),
    Field.OWNER: lambda docket: docket.owner,
    Field.ADDRESS: lambda docket: docket.address,
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is asked for: its word, what there is of it, and whether it must be there."""

    label: str
    value: str
    is_must: bool = True
    numbers: tuple[int, ...] = ()

    @property
    def is_there(self) -> bool:
        """Is it in the docket?"""
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Pack:
    """A channel's list for one docket; `numbers` are the pieces of evidence that go along."""

    channel: Channel
    fields: tuple[Need, ...]
    attachments: tuple[Need, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be there and is not."""
        every = (*self.fields, *self.attachments)
        return tuple(need.label for need in every if need.is_must and not need.is_there)

    @property
    def numbers(self) -> frozenset[int]:
        """The pieces of evidence that the channel asks for."""
        return frozenset(number for need in self.attachments for number in need.numbers)

    @property
    def is_complete(self) -> bool:
        """Nothing that must be there is missing."""
        return not self.missing


def pack_of(
    docket: Impersonation, channel: Channel, evidence: list[Evidence] | None = None
) -> Pack:
    """The channel's list, filled from the docket. `evidence` saves a query where it was read."""
    rows = list(Evidence.objects.of(docket.case)) if evidence is None else evidence
    papers: dict[str, list[int]] = {}
    for paper in docket.papers.all():
        papers.setdefault(paper.kind, []).append(paper.number)
    fields = [Need(one.value, VALUES[one](docket)) for one in channel.needs]
    fields += [Need(one.value, VALUES[one](docket), is_must=False) for one in channel.wishes]
    pictures = tuple(row.number for row in rows if row.kind in PICTURES)
    attachments = [
        Need(
            f"截图、照片或录屏（至少 {channel.screenshots} 份）",
            f"{len(pictures)} 份" if len(pictures) >= channel.screenshots else "",
            numbers=pictures,
        ),
        *(_paper(kind, papers.get(kind, [])) for kind in channel.papers),
    ]
    return Pack(channel, tuple(fields), tuple(attachments))


def _paper(kind: PaperKind, numbers: list[int]) -> Need:
    words = "、".join(f"{number} 号证据" for number in numbers)
    return Need(str(kind.label), words, numbers=tuple(numbers))
