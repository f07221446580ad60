"""The cast: one invented university and its people. States beyond it are made in `given.py`."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from meice.kernel.pinyin import pinyin_key
from meice.orgs.actions.units import UnitFacts, add_unit
from meice.orgs.models import Post, Unit, UnitKind, User
from meice.orgs.roles import Role
from tests.audit_triggers import append_only, django_db_setup
from tests.base_states import (
    _django_db_helper,
    base_stack,
    base_state,
    in_order,
    open_base_states,
    pytest_fixture_setup,
    pytest_runtest_teardown,
    states_of,
)
from tests.chromium import chromium

__all__ = [
    "Cast",
    "_django_db_helper",
    "append_only",
    "base_stack",
    "cast",
    "chromium",
    "django_db_setup",
    "files_root",
    "kept_files",
    "open_base_states",
    "pytest_fixture_setup",
    "pytest_runtest_teardown",
    "signed_in",
]

gc.disable()  # until all is loaded: `pytest_collection_finish`
PASSWORD = "Zi-Teng-Hua-2026"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Cast:
    """华园大学: four units and who works there.

    宣传部 liang (department) · 数信学院 he (operator), zhou (reviewer), zheng (leader), its 软件所
    below it · 园艺学院 su (operator), a stranger to 数信学院 · 保卫处 qin (security) · 审计处 fang
    (auditor of the university) · 信息网络中心 lu (admin of the university).
    """

    university: Unit
    publicity: Unit
    maths: Unit
    software: Unit
    garden: Unit
    liang: User
    he: User
    zhou: User
    zheng: User
    su: User
    qin: User
    fang: User
    lu: User

    @property
    def everybody(self) -> dict[str, User]:
        """One person a role, by role; `stranger` is of another unit."""
        return {
            "operator": self.he,
            "reviewer": self.zhou,
            "leader": self.zheng,
            "department": self.liang,
            "security": self.qin,
            "auditor": self.fang,
            "admin": self.lu,
            "stranger": self.su,
        }


UNITS = (
    ("publicity", "university", "党委宣传部", "宣传部", UnitKind.OFFICE),
    ("maths", "university", "数学与信息学院", "数信学院", UnitKind.FACULTY),
    ("software", "maths", "软件研究所", "软件所", UnitKind.INSTITUTE),
    ("garden", "university", "园艺学院", "", UnitKind.FACULTY),
)
PEOPLE = (
    ("liang", "20050011", "梁文博", "13800000001", "university", Role.DEPARTMENT),
    ("he", "20110437", "何嘉敏", "13800000002", "maths", Role.OPERATOR),
    ("zhou", "20080112", "周启明", "13800000003", "maths", Role.REVIEWER),
    ("zheng", "19990021", "郑国强", "13800000004", "maths", Role.LEADER),
    ("su", "20150078", "苏婉仪", "13800000005", "garden", Role.OPERATOR),
    ("qin", "20020033", "秦海", "13800000006", "university", Role.SECURITY),
    ("fang", "20030044", "方正", "13800000007", "university", Role.AUDITOR),
    ("lu", "20180055", "陆一鸣", "13800000008", "university", Role.ADMIN),
)


def make_cast() -> Cast:
    """Everybody with the password `PASSWORD`."""
    made: dict[str, Unit] = {
        "university": add_unit(UnitFacts("华园大学", kind=UnitKind.UNIVERSITY), None)
    }
    for key, above, name, short, kind in UNITS:
        made[key] = add_unit(UnitFacts(name, short, kind=kind), made[above])
    now, password = timezone.now(), make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(
            username=username,
            name=name,
            mobile=mobile,
            pinyin_key=pinyin_key(name),
            password=password,
            password_changed_at=now,
        )
        for _, username, name, mobile, _, _ in PEOPLE
    )
    users = {row[0]: user for row, user in zip(PEOPLE, people, strict=True)}
    Post.objects.bulk_create(
        Post(user=users[key], unit=made[unit], role=role) for key, *_, unit, role in PEOPLE
    )
    units = {key: Unit.objects.get(pk=unit.pk) for key, unit in made.items()}
    return Cast(**units, **users)


@base_state
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """`signed_in(user)`: a new browser in which the person has signed in."""

    def enter(user: User) -> Client:
        browser = Client()
        browser.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
        return browser

    return enter


WHOLE = Path(__file__).parent / "meice" / "whole"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that begin from the same state follow one another, on one worker: no other makes the
    state too. (Those of `whole` take so long that two workers share a module.)"""
    items[:] = in_order(items)
    for item in items:
        alone = item.get_closest_marker("xdist_group") is None and WHOLE not in item.path.parents
        if alone and states_of(item):
            item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name} {item.path.stem}"))


class LongestFirst:
    """What one worker alone works on for minutes is begun first: servers, browsers, the farm. What
    goes to whoever is free comes last."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """After pytest-django, which puts the tests with a database before all others."""
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("xdist_group") is None:
        return 2
    return 1 if states_of(item) else 0


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LongestFirst())


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector need not walk it each time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def files_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, one after the other; not made before something is kept in one. (`tmp_path` looks
    through the folders of all tests before to find its number.)"""
    folder = tmp_path_factory.mktemp("kept")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def kept_files(files_root: Iterator[Path], settings: object) -> None:
    """Each test keeps its files in a folder of its own."""
    settings.FILES_DIR = next(files_root)  # type: ignore[attr-defined]
