"""华园大学 for the register: units, people, and outlets made by real filings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from meice.kernel.pinyin import pinyin_key
from meice.orgs.models import Post, Unit, UnitKind, User
from meice.orgs.roles import Role
from meice.registry.actions import filings
from meice.registry.actions.drafting import Draft, draft_change, draft_opening
from meice.registry.models import Filing

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class School:
    university: Unit
    office: Unit
    maths: Unit
    arts: Unit
    league: Unit
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        people = self.__dict__.get("people", {})  # not there yet while a copy is being made
        if name not in people:
            raise AttributeError(name)
        return people[name]


def make_unit(name, parent=None, **given):
    unit = Unit(name=name, pinyin_key=pinyin_key(name), **given)
    if parent is None:
        return Unit.objects.add_root(instance=unit)
    parent = Unit.objects.get(pk=parent.pk)
    return Unit.objects.add_child(parent, instance=unit)


def make_person(number, name, unit, role):
    user = User.objects.create(username=number, name=name, pinyin_key=pinyin_key(name))
    Post.objects.create(user=user, unit=unit, role=role)
    return user


CAST = (
    ("liang", "D001", "梁文博", "university", Role.DEPARTMENT),
    ("huang", "D002", "黄志远", "university", Role.DEPARTMENT),
    ("he", "M001", "何嘉敏", "maths", Role.OPERATOR),
    ("chen", "M004", "陈希", "maths", Role.OPERATOR),
    ("zhou", "M002", "周启明", "maths", Role.REVIEWER),
    ("zheng", "M003", "郑国强", "maths", Role.LEADER),
    ("su", "A001", "苏婉仪", "arts", Role.OPERATOR),
    ("fang", "A003", "方向", "arts", Role.LEADER),
    ("tuan", "L002", "田野", "league", Role.REVIEWER),
    ("bao", "S001", "葛云", "university", Role.SECURITY),
    ("shen", "J001", "江南", "university", Role.AUDITOR),
    ("admin", "X001", "尚进", "university", Role.ADMIN),
)


def make_school():
    """Units and people."""
    university = make_unit("华园大学", kind=UnitKind.UNIVERSITY, short_name="华园")
    units = {
        "university": university,
        "office": make_unit("党委宣传部", university, kind=UnitKind.OFFICE),
        "maths": make_unit("数学与信息学院", university, short_name="数信学院"),
        "arts": make_unit("艺术学院", university),
        "league": make_unit("校团委", university),
    }
    people = {
        key: make_person(number, name, units[unit], role) for key, number, name, unit, role in CAST
    }
    return School(**units, people=people)


def entry(unit, **given):
    """What an operator types for a publishing WeChat account without gaps."""
    values = {
        "name": "华园数信",
        "platform": "wechat",
        "account_id": "hyu_sx",
        "permanent_id": "gh_3f9c2b71a06e",
        "verified_as": "华园大学",
        "unit": unit.pk,
        "responsible_department": unit.name,
        "opened_on": "2019-10-08",
        "frequency": "每周3次",
        "followers": 8214,
        "interactive": True,
        "has_review_system": True,
        "outsourced": False,
        "publishes": True,
        "holder": "unit",
        "status": "in_use",
        "leader.name": "郑国强",
        "leader.title": "副院长",
        "leader.phone": "13900000001",
        "reviewer.name": "周启明",
        "reviewer.title": "团委书记",
        "reviewer.phone": "13700000001",
        "operators.1.name": "何嘉敏",
        "operators.1.title": "辅导员",
        "operators.1.phone": "13500000001",
        "operators.1.permanent": True,
    }
    return values | given


REASONS = dict.fromkeys(("N1", "N2", "N4", "N9", "N10", "N11"), "学校已核定")


def opening(school, by=None, unit=None, **given):
    """A 开设 draft of 数信学院."""
    unit = unit or school.maths
    draft = Draft(entry(unit, **given), name_reasons=REASONS, reason="新开")
    return draft_opening(unit, draft, by=by or school.he, at=MONDAY)


def accepted(school, filing, leader=None):
    """The same, confirmed by the leader and accepted by the department."""
    filings.present_filing(filing, by=filing.made_by, at=MONDAY)
    filings.confirm_filing(filing, by=leader or school.zheng, at=MONDAY)
    return filings.accept_filing(filing, by=school.liang, at=MONDAY)


def changing(school, outlet, by=None, **given):
    """A 变更 draft."""
    draft = Draft(given, name_reasons=REASONS, happened_on=date(2026, 11, 20))
    return draft_change(outlet, draft, by=by or school.he, at=MONDAY)


def fresh(filing):
    """The row as the database has it."""
    return Filing.objects.get(pk=filing.pk)
