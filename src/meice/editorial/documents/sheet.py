"""发稿审批单: everything that was declared, seen and signed about one revision, as it is printed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from meice.editorial.lexicons.live import Reader
from meice.editorial.models import (
    Gate,
    Manuscript,
    ManuscriptEvent,
    Origin,
    Publication,
    Review,
    Revision,
    Secret,
)
from meice.engines.zhcheck import Rule

TITLE = "{}新媒体（网站）发稿审批单"
NOTE = "注：签名以系统内登录身份为准，批的是所列指纹的这一稿；改动一字即须重新审校。"
AUTHOR_NOTE = "本校设置允许作者承担一审：本稿“{}”由作者本人完成。"
STRICT_NOTE = "各环节由不同的人完成，作者没有审自己的稿。"
NONE = "—"
MACHINE: tuple[tuple[str, frozenset[Rule]], ...] = (
    ("表述用语", frozenset({Rule.WORDING, Rule.TITLE, Rule.TERM, Rule.TYPO})),
    (
        "个人信息",
        frozenset({Rule.ID_CARD, Rule.MOBILE, Rule.BANK_CARD, Rule.STUDENT_NUMBER, Rule.EMAIL}),
    ),
    ("密级", frozenset({Rule.SECRET_MARK, Rule.SECRET_WORD})),
    ("来源和声明", frozenset({Rule.SOURCE_MISSING, Rule.SOURCE_UNLISTED, Rule.AI_UNDECLARED})),
    ("标点数字", frozenset({Rule.PUNCTUATION, Rule.PAIRS, Rule.NUMERAL, Rule.REPEATED, Rule.DATE_WEEKDAY})),
)  # fmt: skip
ENDINGS = ("correct", "republish", "withdraw")

Row = tuple[str, ...]
"""Label and value, or two pairs of them."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of the chain as it is signed."""

    name: str
    unit: str
    signed: str
    gates: str
    opinion: str
    mistakes: str
    at: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper."""

    title: str
    number: str
    revision: Revision
    declared: tuple[Row, ...]
    stages: tuple[StageLine, ...]
    after: tuple[Row, ...]
    notes: tuple[str, ...]
    issuer: str
    paragraphs: tuple[str, ...] = field(default=())

    @property
    def code(self) -> str:
        """Eight signs that change with anything on the paper: `C1D8-02E7`."""
        text = repr((self.number, self.declared, self.stages, self.after, self.revision.digest))
        digest = hashlib.sha256(text.encode()).hexdigest().upper()
        return f"{digest[:4]}-{digest[4:8]}"


def sheet_of(manuscript: Manuscript, reader: Reader, today: date) -> Sheet:
    """The sheet of the approved revision, else of the one under review."""
    revision = manuscript.approved or manuscript.newest
    reviews = manuscript.present
    return Sheet(
        title=TITLE.format(settings.INSTITUTION),
        number=manuscript.number,
        revision=revision,
        declared=tuple(_declared(manuscript, revision, reader, today)),
        stages=tuple(_stage(review) for review in reviews),
        after=tuple(_after(manuscript)),
        notes=(_apart(reviews), NOTE),
        issuer=_issuer(reviews, manuscript),
        paragraphs=tuple(line for line in revision.body.splitlines() if line.strip()),
    )


def _declared(
    manuscript: Manuscript, revision: Revision, reader: Reader, today: date
) -> Iterator[Row]:
    yield "单位", manuscript.unit_name, "作者", manuscript.author_name
    yield "标题", revision.title
    yield "内容形式", _label(revision, "form"), "稿件类别", _label(revision, "content_class")
    yield "原创或转载", _label(revision, "origin"), "缓急", _label(revision, "lane")
    if revision.origin == Origin.REPOST:
        yield "原标题", revision.original_title or NONE
        yield "来源", source_words(revision, reader, today)
    yield "供稿供图", revision.contributors or NONE, "AI 声明", _label(revision, "intelligence")
    yield "图片授权", revision.picture_licence or NONE
    yield "音乐、字体、视频授权", revision.music_licence or NONE
    yield "涉及人员", revision.people or NONE, "未成年人", _label(revision, "minors")
    yield "社会影响预判", revision.impact or NONE
    yield (
        "拟发账号",
        "、".join(revision.outlet_names) or NONE,
        "拟发时间",
        moment_words(revision.planned_at),
    )
    yield "附件", _attachments(revision)
    yield "保密自查", _secrets(revision)
    yield "机器读稿", machine_words(revision)
    yield "正文指纹", f"第 {revision.number} 稿　SHA-256 {revision.digest}"


def _label(revision: Revision, key: str) -> str:
    return str(getattr(revision, f"get_{key}_display")())


def source_words(revision: Revision, reader: Reader, today: date) -> str:
    """Name, link, and whether the white list knows it; unknown while none is imported."""
    named = "　".join(filter(None, (revision.source_name, revision.source_url))) or NONE
    if not any(lexicon.white_list for lexicon in reader.lexicons):
        return f"{named}（没有导入稿源名单，未核对）"
    issues = reader.issues(f"来源：{revision.source_name}", today)
    listed = all(issue.rule is not Rule.SOURCE_UNLISTED for issue in issues)
    return f"{named}（{'在稿源名单或党政来源内' if listed else '不在稿源名单内'}）"


def _attachments(revision: Revision) -> str:
    lines = [
        f"{one.name}（{one.licence or '未写授权'}{'，AI 生成' if one.is_generated else ''}）"
        f"SHA-256 {one.file.digest[:16]}…"
        for one in revision.attachments.select_related("file")
    ]
    return "\n".join(lines) or "无"


def _secrets(revision: Revision) -> str:
    if not revision.is_self_checked:
        return "未做"
    return "\n".join(
        f"{secret.label}：{'涉及' if secret.value in revision.secrets else '不涉及'}"
        for secret in Secret
    )


def machine_words(revision: Revision) -> str:
    """What the machine saw, by kind; never a verdict, and unread is not clean."""
    if revision.read_at is None:
        return "还没有读"
    issues = list(revision.issues.select_related("waiver"))
    parts = []
    for name, rules in MACHINE:
        own = [issue for issue in issues if issue.rule in {rule.value for rule in rules}]
        waived = sum(issue.waived is not None for issue in own)
        parts.append(f"{name} {len(own)}" + (f"（放行 {waived}）" if waived else ""))
    unread = [one.name for one in revision.attachments.all() if not one.is_read]
    more = [f"未读附件 {len(unread)}"] if unread else []
    with_ = [f"词库 {revision.read_with}"] if revision.read_with else []
    return "；".join([*parts, *more, *with_])


def _stage(review: Review) -> StageLine:
    """A stage that nobody has signed is empty on paper, never assumed."""
    done = review.is_decided
    ticked = "、".join(str(gate.label) for gate in review.ticked)
    return StageLine(
        name=review.name + ("（加审）" if review.is_extra else ""),
        unit=review.unit_name,
        signed=review.signed if done else "",
        gates=("五关" if len(review.ticked) == len(Gate) else ticked) if done else "",
        opinion=f"{review.state.label}。{review.opinion}" if done else review.state.label,
        mistakes=str(review.mistakes) if done else "",
        at=moment_words(review.decided_at) if done else "",
    )


def _apart(reviews: Sequence[Review]) -> str:
    own = [review.name for review in reviews if review.is_author]
    return AUTHOR_NOTE.format("、".join(own)) if own else STRICT_NOTE


def _issuer(reviews: Sequence[Review], manuscript: Manuscript) -> str:
    """Who signed last, once all have."""
    if manuscript.approved_at is None or not reviews:
        return ""
    return f"{reviews[-1].signed}　{moment_words(manuscript.approved_at)}"


def _after(manuscript: Manuscript) -> Iterator[Row]:
    publications = list(manuscript.publications.all())
    yield "最终签发", _issuer(manuscript.present, manuscript) or NONE
    yield "实际发布", "\n".join(map(_published, publications)) or "还没有发布"
    yield "发布后复核", "\n".join(map(_checked, publications)) or NONE
    yield (
        "更正和撤稿",
        "\n".join(_ending(event) for event in manuscript.events.all() if event.act in ENDINGS)
        or "无",
    )


def _published(publication: Publication) -> str:
    ended = f"（{moment_words(publication.ended_at)}撤下）" if publication.ended_at else ""
    at, link = moment_words(publication.published_at), publication.url or "未记链接"
    return f"{publication.outlet_name}　{at}　{link}{ended}"


def _checked(publication: Publication) -> str:
    state = publication.state
    seen = f"{state.label}（{moment_words(publication.checked_at)}）" if state else "还没有核对"
    return f"{publication.outlet_name}：{seen}"


def _ending(event: ManuscriptEvent) -> str:
    return f"{moment_words(event.at)} {event.label}：{event.note or NONE}（{event.by_name}）"


def moment_words(at: datetime | None) -> str:
    """`2026-11-23 10:00` on the wall of Beijing; — without one."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else NONE
