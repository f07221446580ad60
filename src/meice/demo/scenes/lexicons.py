"""Room editorial, its lexicons: a school's own wording with invented entries, a dated white list,
a term that waits for approval, one that most readers call a false alarm."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.editorial.actions import compiling, intakes, lexicons, opinions
from meice.editorial.lexicons import Entry, Severity
from meice.editorial.models.lexicon import Lexicon, LexiconKind
from meice.orgs.models import User

CHARTER = "《华园大学章程》第二条"
NAMING = "《华园大学单位中英文名称使用办法》"
WORDING = (
    Entry("华园校", NAME, Severity.BLOCK, "校名用全称，简称用“华园”", CHARTER),
    Entry("数信院", "数信学院", Severity.WARN, "", NAMING),
    Entry("信息网络管理中心", "信息网络中心", Severity.WARN, "2024年起改名", NAMING),
    Entry("校庆一百周年", "建校百年", Severity.HINT, "", "校庆办工作口径"),
)
SUBJECTS = ("华园日报社", "岭南早报社", "华园广播电视台")
"""Invented, as is everything here: a school imports the list that is in force."""
VOTERS = ("hejm", "zhouqm", "suyq", "fanjp", "luomin", "guojx")


class Keeper:
    """梁文博 asks, 林知远 approves; so many days before the demo opens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.asks = stage.people["liangwb"]
        self.approves = stage.people["linzt"]
        self.university = stage.units["华园大学"]

    def at(self, days: int, hour: int = 9) -> datetime:
        """On the wall of Beijing."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def add(self, lexicon: Lexicon, entry: Entry, days: int, *, by: User | None = None) -> None:
        """Proposed and approved on one day."""
        change = lexicons.add_term(
            lexicon, entry, reason="按学校文件统一写法", by=by or self.asks, at=self.at(days)
        )
        lexicons.approve_change(change, by=self.approves, at=self.at(days, 11))


def play(stage: Stage) -> None:
    """In force before the first manuscript of the month is read."""
    keeper = Keeper(stage)
    wording = _wording(keeper)
    _numbers(keeper)
    _white_list(keeper)
    _opinions(keeper)
    waiting = Entry("经管系", "经济管理学院", Severity.WARN, "2012年撤系建院", NAMING)
    lexicons.add_term(
        wording, waiting, reason="稿件里多次出现旧名", by=keeper.asks, at=keeper.at(1)
    )


def _wording(keeper: Keeper) -> Lexicon:
    made = lexicons.make_lexicon(
        keeper.university, LexiconKind.WORDING, "本校规范表述",
        note="校名、单位名和固定口径", by=keeper.asks, at=keeper.at(40),
    )  # fmt: skip
    for entry in WORDING:
        keeper.add(made, entry, 40)
    compiling.compile_newest(made.pk, keeper.at(40, 12))
    return made


def _numbers(keeper: Keeper) -> None:
    made = lexicons.make_lexicon(
        keeper.university, LexiconKind.NUMBER, "学号工号样式", by=keeper.asks, at=keeper.at(39)
    )
    keeper.add(made, Entry("学号", r"20[12]\d30\d{6}", source="学籍管理规则（示例）"), 39)
    compiling.compile_newest(made.pk, keeper.at(39, 12))


def _white_list(keeper: Keeper) -> None:
    """Imported whole, with its day; the preview is read, proposed and approved."""
    made = lexicons.make_lexicon(
        keeper.university, LexiconKind.SOURCE, "稿源单位名单（示例）",
        note="只列主体，按名单日期更新", by=keeper.asks, at=keeper.at(38),
    )  # fmt: skip
    content = "\n".join(("稿源单位", *SUBJECTS)).encode()
    change = intakes.create_intake(
        made, content, name="稿源单位名单.csv", reason="启用新名单", replaces_all=True,
        dated=date(keeper.stage.today.year, 6, 30), by=keeper.asks, at=keeper.at(38),
    )  # fmt: skip
    intakes.read_intake(change.pk, keeper.at(38))
    change.refresh_from_db()
    change = lexicons.propose_change(change, by=keeper.asks)
    lexicons.approve_change(change, by=keeper.approves, at=keeper.at(38, 15))
    compiling.compile_newest(made.pk, keeper.at(38, 16))


def _opinions(keeper: Keeper) -> None:
    """Readers differ: the anniversary's wording is called a false alarm by most; one unit is
    excepted from an old name on purpose."""
    for place, username in enumerate(VOTERS):
        opinions.vote_on_term(
            "wording", "校庆一百周年", useful=place == 0, by=keeper.stage.people[username],
            at=keeper.at(6), today=keeper.stage.today - timedelta(days=6),
        )  # fmt: skip
    opinions.grant_exception(
        keeper.stage.units["档案馆"], "wording", "信息网络管理中心",
        reason="档案文献引用原名", until=keeper.stage.today + timedelta(days=300),
        by=keeper.asks, at=keeper.at(5), today=keeper.stage.today - timedelta(days=5),
    )  # fmt: skip
