"""The demo: one university, everybody in it, made by real actions, the same every time."""

from itertools import islice

from tests.meice.demo.conftest import GIVEN, TODAY

from meice.audit.models import Entry
from meice.demo import packages
from meice.demo.people import mobiles, names
from meice.demo.stage import draw_password
from meice.notices.models import Notice
from meice.orgs.models import Intake, Invitation, Post, Unit, User
from meice.orgs.roles import Role
from meice.orgs.signin import passwords
from meice.surveys.models import AnnexCheck


def test_a_university_of_forty_units_with_every_role_in_several(built):
    assert Unit.objects.count() == 40
    assert {login["role"] for login in built} == {role.value for role in Role}
    operators = {login["unit"] for login in built if login["role"] == Role.OPERATOR}
    assert len(operators) >= 4
    assert User.objects.count() >= 80


def test_every_login_opens_the_door_and_shows_its_post(built, client):
    for login in built:
        words = {key: login[key] for key in ("username", "password")}
        assert client.post("/sign-in/", words).status_code == 302
        assert login["unit"] in client.get("/", follow=True).content.decode()
        client.post("/sign-out/")


def test_what_has_happened_when_the_demo_opens(built):
    assert {intake.status for intake in Intake.objects.all()} == {"applied"}
    assert Invitation.objects.filter(accepted_at=None, withdrawn_at=None).count() == 2
    assert Notice.objects.exclude(url="").count() >= len(built)
    assert Post.objects.filter(is_student=True, supervised_by__isnull=False).exists()


def test_checks_tell_the_three_stories(built):
    by_owner = {check.owner.username: check for check in AnnexCheck.objects.all()}
    clean, faulty, broken = (by_owner[name] for name in ("suyq", "hejm", "liangwb"))
    assert (clean.form_count, clean.accepted_count, clean.error_count) == (4, 4, 0)
    assert faulty.error_count == 4
    assert {form.reason for form in broken.forms.filter(annex=None)} == {
        "not-a-spreadsheet",
        "corrupt",
    }


def test_it_was_all_done_by_somebody(built):
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"intake.apply", "user.create", "invitation.accept", "annexes.check"} <= acts


def test_examples_lie_where_people_can_fetch_them(built, settings):
    names = sorted(path.name for path in (settings.DATA_DIR / "demo-packages").iterdir())
    assert len(names) == 4
    assert names[0] == "20261120+数信学院+新媒体（网站）统计.zip"


def test_packages_are_the_same_every_time(tmp_path):
    first = [path.read_bytes() for path in packages.lay_down(tmp_path / "a", TODAY)]
    second = [path.read_bytes() for path in packages.lay_down(tmp_path / "b", TODAY)]
    assert [len(each) for each in first] == [len(each) for each in second]
    assert first[0] == second[0]
    assert first[1] == second[1]


def test_names_are_invented_once_each():
    taken = list(islice(names(), 800))
    assert len(set(taken)) == 800
    assert taken == list(islice(names(), 800))
    assert list(islice(mobiles(), 2)) == ["13800000001", "13800000002"]


def test_a_drawn_password_is_a_good_one():
    drawn = draw_password()
    assert passwords.faults(drawn, User(username="hejm", name="何嘉敏")) == []
    assert drawn != draw_password()


def test_given_passwords_are_taken(built):
    assert next(one for one in built if one["username"] == "hejm")["password"] == GIVEN
