"""Manuscripts, each in its state, made by real acts when first asked for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests import given
from tests.meice.editorial import scene
from tests.meice.editorial.scene import MONDAY, hours
from tests.meice.whole import things_registry as register

from meice.editorial.actions import checking, publishing, reviewing, submitting, terms, writing
from meice.editorial.comparison import PageLook, Run
from meice.editorial.models import ContentClass, Outcome
from meice.orgs.models import Post
from meice.orgs.roles import Role

LINK = "https://sx.huayuan.edu.cn/news/1.htm"
LATER = datetime(2035, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def second(world):
    """The reviewer of 二审."""
    return world.thing("second reviewer", _second)


def _second(world):
    return given.a_person("罗敏", world.cast.maths, Role.REVIEWER, by=world.cast.lu)


def site(world):
    return world.thing("site of manuscripts", _site)


def _site(world):
    """Without the mark: 保卫/信息化 may see every site."""
    mark, world.mark = world.mark, ""
    try:
        return _website(world)
    finally:
        world.mark = mark


def _website(world):
    url = "https://sx.huayuan.edu.cn/"
    return register.accepted(world, platform="website", account_id="", url=url, icp="粤ICP备2号")


def _written(world, **more):
    mark = world.mark
    values = {
        "title": f"讲座{mark}"[:200], "body": f"讲座举行{mark}。\n# 小标题{mark}\n> 引文{mark}",
        "is_self_checked": True, "impact": f"无{mark}", "picture_licence": f"自摄{mark}"[:300],
        "music_licence": f"无{mark}"[:300], "people": f"周{mark}"[:300],
        "contributors": f"何{mark}"[:200],
    }  # fmt: skip
    return writing.Written(**(values | more))


def draft(world, **more):
    cast = world.cast
    return writing.draft_manuscript(cast.maths, _written(world, **more), by=cast.he, at=MONDAY)


def far_draft(world):
    cast = world.cast
    return writing.draft_manuscript(cast.garden, _written(world), by=cast.su, at=MONDAY)


def opened(world, **more):
    second(world)
    return submitting.submit_manuscript(draft(world, **more), by=world.cast.he, at=MONDAY)


def far_open(world):
    for name in ("甲", "乙"):
        given.a_person(f"园审{name}", world.cast.garden, Role.REVIEWER, by=world.cast.lu)
    register.garden_leader(world)
    return submitting.submit_manuscript(far_draft(world), by=world.cast.su, at=MONDAY)


def claimed(world, **more):
    made = opened(world, **more)
    scene.claimed(made, world.cast.zhou)
    return scene.fresh(made)


def commented(world):
    made = claimed(world)
    text = f"写全名{world.mark}"
    reviewing.add_comment(made, text, quote="讲座举行", by=world.cast.zhou, at=MONDAY)
    return made


def faulty(world):
    return claimed(world, body=scene.FAULTY + world.mark)


def approved(world, **more):
    return _signed(world, opened(world, **more))


def _signed(world, made):
    people = (world.cast.zhou, second(world), world.cast.zheng)
    return scene.passed(made, *people, opinion=f"同意{world.mark}")


def published(world, **more):
    places = [publishing.Place(site(world), LINK, hours(1))]
    made = approved(world, **more)
    return publishing.publish_manuscript(made, places, by=world.cast.he, at=hours(1))


def checked(world):
    """A page that was altered."""
    made = published(world)
    runs = (Run("same", "讲座"), Run("del", "举行"), Run("ins", f"取消{world.mark}"))
    look = PageLook(Outcome.DIFFERS, "有 1 处不同", runs, b"<p>x</p>")
    checking.keep_check(made.publications.get(), look, at=hours(2))
    return made


def corrected(world):
    """On its way again, with another text."""
    reason = f"人名有误{world.mark}"
    made = publishing.correct_manuscript(
        published(world), reason=reason, by=world.cast.he, at=MONDAY
    )
    written = _written(world, body=f"讲座改期{world.mark}。")
    return writing.save_revision(made, written, base=1, by=world.cast.he, at=MONDAY)


def enclosed(world):
    file = scene.a_file(world.cast, name=f"照片{world.mark}.txt"[:200], by=world.cast.he)
    return opened(world, files=(writing.Enclosure(file, licence=f"自摄{world.mark}"[:200]),))


def chain(world):
    """Of 数信学院."""
    plans = [terms.StagePlan(f"{place}审{world.mark}"[:30], Role.REVIEWER) for place in "一二"]
    plans.append(terms.StagePlan("三审", Role.LEADER))
    kind = ContentClass.IMPORTANT
    by = world.cast.liang
    return terms.set_chain(world.cast.maths, kind, plans, by=by, at=MONDAY)


def stand_in(world):
    """罗敏 reviews for 周启明."""
    post = Post.objects.get(user=world.cast.zhou)
    return terms.add_stand_in(
        post, second(world), date(2035, 3, 1), date(2035, 3, 5), reason=f"出差{world.mark}"[:200],
        by=world.cast.zheng, at=MONDAY,
    )  # fmt: skip


MANUSCRIPTS = {
    "draft": draft, "far draft": far_draft, "open": opened, "far open": far_open,
    "claimed": claimed, "commented": commented, "faulty": faulty, "approved": approved,
    "published": published, "checked": checked, "corrected": corrected, "enclosed": enclosed,
}  # fmt: skip
