"""离岗交接: everything a person holds is moved at once, or she does not leave."""

from datetime import date

import pytest
from django.urls import reverse
from tests.meice.compliance import scene
from tests.meice.registry.scene import make_person

from meice.compliance.models import Custody, Device
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.actions import held_by, leave
from meice.orgs.models import Post, User
from meice.registry.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    """何嘉敏 answers for an account, keeps a device, holds a login and guides a student."""
    school, account, _site = scene.school_with_site()
    Contact.objects.filter(outlet=account, kind="operator", place=1).update(user=school.he)
    scene.a_device(school)
    scene.a_custody(school, account, rotated_on=date(2026, 11, 1))
    student = make_person("S7", "李同学", school.arts, "reviewer")
    Post.objects.create(
        user=student, unit=school.maths, role="operator", is_student=True, is_permanent=False,
        supervised_by=school.he,
    )  # fmt: skip
    return school


def takers(person, to):
    return {line.key: to for line in held_by(person)}


def test_all_rooms_are_asked_and_all_of_it_moves_at_once(school):
    lines = held_by(school.he)
    labels = {line.label for line in lines}
    assert labels >= {"指导的学生运维", "账号责任人", "专用设备", "账号保管"}
    assert leave(school.he, takers(school.he, school.chen), by=school.admin) == len(lines)
    assert held_by(school.he) == []
    assert Device.objects.get().custodian == school.chen
    assert Custody.objects.get().holder_name == "陈希"
    assert Post.objects.get(user__username="S7", is_student=True).supervised_by == school.chen
    assert not User.objects.get(pk=school.he.pk).is_active
    assert not Post.objects.current().filter(user=school.he).exists()
    assert Notice.objects.filter(
        user=school.chen, text__contains=f"交给你 {len(lines)} 项"
    ).exists()


def test_one_line_without_a_taker_blocks_the_leaving_with_the_list(school):
    wanted = takers(school.he, school.chen)
    device = next(line for line in held_by(school.he) if line.label == "专用设备")
    del wanted[device.key]
    with pytest.raises(Refused, match="专用设备：联想启天"):
        leave(school.he, wanted, by=school.admin)
    assert Custody.objects.get().holder == school.he
    assert Post.objects.current().filter(user=school.he).exists()


@pytest.mark.parametrize(
    ("taker", "why"), [("self", "自己"), ("gone", "已停用"), ("idle", "没有岗位")]
)
def test_who_may_not_take_over(school, taker, why):
    gone = make_person("G1", "走了", school.maths, "reviewer")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    idle = User.objects.create(username="I1", name="闲人", pinyin_key="x")
    who = {"self": school.he, "gone": User.objects.get(pk=gone.pk), "idle": idle}[taker]
    with pytest.raises(Refused, match=why):
        leave(school.he, takers(school.he, who), by=school.admin)
    assert Device.objects.get().custodian == school.he


def test_only_the_administrator_and_never_for_herself(school):
    for by in (school.liang, school.zheng, school.shen):
        with pytest.raises(Refused):
            leave(school.he, takers(school.he, school.chen), by=by)
    with pytest.raises(Refused, match="自己的离岗"):
        leave(school.admin, {}, by=school.admin)


def test_the_page_lists_it_and_does_it(school, signed_in):
    browser = signed_in(school.admin)
    url = reverse("user-leave", args=[school.he.pk])
    assert "账号保管" in browser.get(url).content.decode()
    refused = browser.post(url)
    assert refused.status_code == 422
    assert "还不能离岗" in refused.content.decode()
    one = held_by(school.he)[0].key
    data = {"to-all": school.chen.pk, f"to-{one}": school.zheng.pk}
    assert browser.post(url, data).status_code == 302
    assert Post.objects.get(user__username="S7", is_student=True).supervised_by == school.zheng
    assert Device.objects.get().custodian == school.chen
    assert signed_in(school.liang).get(url).status_code == 404
