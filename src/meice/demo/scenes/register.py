"""Room registry: a ledger that was imported, and a year of filings in every state over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from itertools import islice

import xlsxwriter
from django.utils import timezone

from meice.demo import filings, outlets
from meice.demo.filings import Story
from meice.demo.outlets import SIGNS, Account, accounts, facts
from meice.demo.people import mobiles, names
from meice.demo.stage import Stage
from meice.demo.university import DOMAIN, NAME
from meice.engines.outlets import PLATFORM_BY_KEY
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role
from meice.registry.actions import drafting, exceptions, ledger, terms
from meice.registry.actions import filings as deeds
from meice.registry.actions import outlets as outlet_deeds
from meice.registry.documents.columns import HEADINGS
from meice.registry.models import (
    ExceptionGrant,
    Filing,
    FilingKind,
    LedgerIntake,
    Outlet,
    ReturnReason,
    Way,
)
from meice.registry.naming import findings_of

Sheet = Sequence[Mapping[str, str]]
OFFICES = {"leader": Role.LEADER, "reviewer": Role.REVIEWER, "operator": Role.OPERATOR}
TITLES = {"leader": "分管领导", "reviewer": "办公室主任", "operators.1": "宣传干事"}
SPARE = 600
"""Where the numbers of people without an account begin: nobody else has got so far."""
MADE = datetime(2026, 9, 1, tzinfo=UTC)
"""Workbooks are the same every time, the date inside them too."""
SCAN = b"%PDF-1.4\n% stamped page of the demo\n%%EOF\n"
KEPT_NAME = "沿用多年的名称，学校已核定"
STEPS: Mapping[str, Callable[..., Filing]] = {
    "submit": deeds.submit_filing,
    "present": deeds.present_filing,
    "attest": deeds.attest_filing,
    "check": deeds.check_filing,
    "confirm": deeds.confirm_filing,
    "transfer": deeds.transfer_filing,
    "receive": deeds.receive_filing,
    "claim": deeds.claim_filing,
    "release": deeds.release_filing,
    "accept": deeds.accept_filing,
    "withdraw": deeds.withdraw_filing,
}


def play(stage: Stage) -> None:
    """The settings, the ledger, exceptions granted, filings, and what was done without one."""
    cast = _Cast(stage)
    maths, leader = stage.units["数信学院"], stage.people["zhenggq"]
    terms.set_route(maths, Way.REVIEWER, endorser=None, by=leader, at=_day(stage, 75))
    summer = (stage.today - date(stage.today.year - 1, 6, 30)).days
    for story in filings.LAST_YEAR:
        _tell(story, stage, cast, summer)
    _fill_ledger(stage, cast)
    _grant_exceptions(stage)
    for story in filings.ACCEPTED:
        _tell(story, stage, cast)
    _import_and_undo(stage, cast)
    for story in filings.UNDER_WAY:
        _tell(story, stage, cast)
    _look_after(stage)
    _leave_a_preview(stage, cast)


def _day(stage: Stage, days: int, hour: int = 10) -> datetime:
    """Ten o'clock, so many days before today; what would be a weekend is the Friday before."""
    day = stage.today - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(datetime.combine(day, time(hour)))


class _Cast:
    """Who holds which office where, and invented people where nobody has an account."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.posts: dict[tuple[int, str], User] = {}
        for post in Post.objects.current().select_related("user").order_by("pk"):
            if not post.is_student:
                self.posts.setdefault((post.unit_id, post.role), post.user)
        self.invented: dict[tuple[int, str], tuple[str, str]] = {}
        self.fresh = zip(names(5), islice(mobiles(), SPARE, None), strict=False)

    def unit(self, short: str) -> Unit:
        return self.stage.units[short]

    def named(self, who: str) -> User:
        """`hejm`, or `leader@艺术学院`."""
        office, _, short = who.partition("@")
        found = self.posts.get((self.unit(short).pk, OFFICES[office])) if short else None
        return found or self.stage.people[who]

    def person(self, unit: Unit, office: str) -> tuple[str, str, int | None]:
        """Name, telephone, account of who fills an office of a unit."""
        user = self.posts.get((unit.pk, OFFICES[office]))
        if user is not None:
            return user.name, user.mobile, user.pk
        if (unit.pk, office) not in self.invented:
            self.invented[unit.pk, office] = next(self.fresh)
        return *self.invented[unit.pk, office], None

    def contacts(self, unit: Unit) -> dict[str, str]:
        """The people of annex 3 and the responsible person, by the keys of the register."""
        told: dict[str, str] = {}
        for key, office in (("leader", "leader"), ("reviewer", "reviewer"),
                            ("operators.1", "operator"), ("responsible", "operator")):  # fmt: skip
            told[f"{key}.name"], told[f"{key}.phone"], _ = self.person(unit, office)
            told |= {f"{key}.title": TITLES[key]} if key in TITLES else {}
        return told | {"responsible.permanent": "是"}


def _fill_ledger(stage: Stage, cast: _Cast) -> None:
    """The ledger that the department kept until now, as one workbook."""
    rows = [_ledger_row(account, cast) for account in accounts()]
    _apply(_upload(stage, "liangwb", "华园大学新媒体台账.xlsx", rows, 70), stage, "liangwb", 70)


def _ledger_row(account: Account, cast: _Cast) -> dict[str, str]:
    """One line; some people are missing, or not on the permanent staff."""
    unit = cast.unit(account.unit)
    row = facts(account, unit.name) | cast.contacts(unit)
    at, lacking = account.place, account.unit != NAME
    if lacking and at % 12 == 3:
        row |= dict.fromkeys(("reviewer.name", "reviewer.title", "reviewer.phone"), "")
    if lacking and at % 13 == 5:
        row["responsible.permanent"] = "否"
    return row


def _upload(stage: Stage, who: str, name: str, rows: Sheet, days: int) -> LedgerIntake:
    user, home, at = stage.people[who], stage.units[NAME], _day(stage, days)
    content = _workbook(rows)
    return ledger.create_ledger_intake(content, name=name, unit=home, by=user, at=at)


def _apply(intake: LedgerIntake, stage: Stage, who: str, days: int) -> LedgerIntake:
    at = _day(stage, days)
    digest = ledger.plan_of(intake, at).digest
    return ledger.apply_ledger_intake(intake, digest=digest, by=stage.people[who], at=at)


def _workbook(rows: Sheet) -> bytes:
    """A sheet with the columns that any of the rows has."""
    heads = [head for head in HEADINGS if any(row.get(head.key) for row in rows)]
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("台账")
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head.names[0])
            for line, row in enumerate(rows, start=1):
                sheet.write_string(line, column, row.get(head.key, ""))
    return out.getvalue()


def _grant_exceptions(stage: Stage) -> None:
    """One that will be cut short, one that soon ends, one not used yet."""
    for short, platform, reason, granted, left in (
        ("校团委", "weibo", "志愿服务专用，与团委微博分开运营", 66, 30),
        ("图书馆", "wechat", "阅读推广活动期间使用", 32, 9),
        ("艺术学院", "wechat-channels", "毕业展演专用，学期末整合", 3, 90),
    ):
        exceptions.grant_exception(
            stage.units[short], platform, reason=reason, by=stage.people["liangwb"],
            expires_on=stage.today + timedelta(days=left), at=_day(stage, granted),
        )  # fmt: skip


def _tell(story: Story, stage: Stage, cast: _Cast, back: int = 0) -> None:
    """The draft, the reasons for its name, and the steps one after the other; all of it `back`
    days earlier."""
    writer = cast.named(story.writer)
    filing = _draft(story, stage, cast, writer, back)
    reasons = {f.issue.rule.value: KEPT_NAME for f in findings_of(filing) if f.needs_reason}
    if story.steps and reasons:
        filing = drafting.explain_name(
            filing, reasons, by=writer, at=_day(stage, story.began + back)
        )
    for step in story.steps:
        name, who, days = step.split()
        by = writer if who == "-" else cast.named(who)
        filing = _take(filing, name, by, _day(stage, int(days) + back, 15))


def _draft(story: Story, stage: Stage, cast: _Cast, writer: User, back: int) -> Filing:
    at = _day(stage, story.began + back)
    sign, name = story.account.split()
    if story.kind == FilingKind.OPEN:
        unit = cast.unit(story.unit)
        values = {**_opening(unit, sign, name, cast), **story.values}
        told = drafting.Draft(values, story.reason, reports_existing=story.existing)
        return drafting.draft_opening(unit, told, by=writer, at=at)
    outlet = Outlet.objects.get(platform=SIGNS[sign], name=name)
    values = dict(story.values)
    if story.unit:
        values["unit"] = cast.unit(story.unit).pk
    told = drafting.Draft(values, story.reason, at.date())
    if story.kind == FilingKind.CANCEL:
        return drafting.draft_cancel(outlet, told, by=writer, at=at)
    return drafting.draft_change(outlet, told, by=writer, at=at)


def _opening(unit: Unit, sign: str, name: str, cast: _Cast) -> dict[str, filings.Value]:
    """What an operator types for a new account; people with an account are linked to it."""
    platform = PLATFORM_BY_KEY[SIGNS[sign]]
    values: dict[str, filings.Value] = {
        "name": name, "platform": platform.key, "account_id": f"hyu_{_sum(name + sign)}",
        "permanent_id": f"gh_{_sum(name):012x}" if sign == "微" else None,
        "verified_as": NAME, "responsible_department": unit.name, "opened_on": "2024-09-02",
        "frequency": "每周2次", "followers": 420,
        "purpose": outlets.PURPOSES[platform.key].format(unit=unit.called),
        "interactive": True, "has_review_system": True, "outsourced": False, "publishes": True,
        "holder": "unit", "status": "in_use",
    }  # fmt: skip
    for key, office in (
        ("leader", "leader"),
        ("reviewer", "reviewer"),
        ("operators.1", "operator"),
    ):
        values[f"{key}.name"], values[f"{key}.phone"], user = cast.person(unit, office)
        values |= {f"{key}.title": TITLES[key], f"{key}.user": user}
    return values | {"operators.1.permanent": True}


def _sum(text: str) -> int:
    """A number that belongs to a text, the same every time."""
    return int(sum(ord(sign) * 31**place for place, sign in enumerate(text[:8]))) % 1_000_000_000


def _take(filing: Filing, step: str, by: User, at: datetime) -> Filing:
    if step == "attach":
        return drafting.attach_scan(filing, BytesIO(SCAN), name="盖章件.pdf", by=by, at=at)
    if step == "return":
        reason = ReturnReason.INCOMPLETE if filing.kind == FilingKind.OPEN else ReturnReason.PEOPLE
        note = f"{reason.proposal}见备案表中空着的栏目和运维人员一栏。"
        return deeds.return_filing(filing, reasons=[reason], note=note, by=by, at=at)
    return STEPS[step](filing, by=by, at=at)


def _import_and_undo(stage: Stage, cast: _Cast) -> None:
    """A colleague took the wrong file: applied, seen, taken back within the hour."""
    known = list(Outlet.objects.filter(unit=cast.unit("人文学院")).select_related("unit"))
    rows = [
        {"name": o.name, "unit": o.unit.name, "platform": o.platform_name,
         "followers": str((o.followers or 0) + 1000)}
        for o in known if not o.is_site
    ]  # fmt: skip
    rows += [
        {"name": f"华园{word}旧号", "unit": cast.unit(short).name, "platform": "知乎",
         "verified_as": NAME, "followers": "120"}
        for word, short in (("人文", "人文学院"), ("法学", "法学院"), ("体育", "体育学院"))
    ]  # fmt: skip
    intake = _apply(_upload(stage, "linzt", "关注数更新（旧）.xlsx", rows, 10), stage, "linzt", 10)
    by, at = stage.people["linzt"], _day(stage, 10, 11)
    ledger.undo_ledger_intake(intake, by=by, at=at)


def _leave_a_preview(stage: Stage, cast: _Cast) -> None:
    """An upload that nobody has looked at yet, with a row that cannot be read."""
    rows = list(_supplement(cast))
    _upload(stage, "liangwb", "研究机构补充台账.xlsx", rows, 1)


def _supplement(cast: _Cast) -> Iterator[dict[str, str]]:
    for short, platform, name in (
        ("能源所", "视频号", "华园能源"),
        ("岭南院", "B站", "华园岭南"),
        ("大数据中心", "某新平台", "华园大数据"),
    ):
        unit = cast.unit(short)
        yield {"name": name, "unit": unit.name, "platform": platform, "verified_as": NAME,
               "opened_on": "2025.3", "url": f"https://example.{DOMAIN}/{_sum(name)}",
               **cast.contacts(unit)}  # fmt: skip


def _look_after(stage: Stage) -> None:
    """ "No change" from leaders, a self-found problem, a plan to merge, an exception run out."""
    grant = ExceptionGrant.objects.in_use().get(platform="weibo")
    exceptions.extend_exception(
        grant, reason="活动已结束，提前到期，请并入团委微博", by=stage.people["liangwb"],
        expires_on=stage.today - timedelta(days=2), at=_day(stage, 30),
    )  # fmt: skip
    for who, unit, days in (("xiely", "经管学院", 9), ("tanws", "校团委", 8)):
        by = stage.people[who]
        outlet_deeds.confirm_unchanged(stage.units[unit], by=by, at=_day(stage, days))
    quiet = Outlet.objects.get(platform="wechat", name="华园数信团学")
    outlet_deeds.note_problems(
        quiet, ["长期不更新"], rectified=False, by=stage.people["hejm"], at=_day(stage, 5)
    )
    arts = Outlet.objects.filter(unit=stage.units["人文学院"], platform="wechat").order_by("pk")
    keep, *others = arts
    outlet_deeds.plan_merge(
        keep, others, reason="两个公众号内容相近，团学号并入学院号",
        due_on=stage.today + timedelta(days=30), by=stage.people["liangwb"], at=_day(stage, 4),
    )  # fmt: skip
