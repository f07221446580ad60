"""Plans, lists and rounds, each in its state, made by real acts when first asked for."""

from datetime import UTC, datetime, timedelta

from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, hours
from tests.meice.whole import things_registry as register

from meice.patrols import actions
from meice.patrols.actions import Said, VisitText, terms
from meice.patrols.models import Round, Seen
from meice.patrols.rhythm import Notable

LATER = datetime(2035, 3, 5, 1, 0, tzinfo=UTC)
"""Of every round that is open: whenever the tests run, it is not late."""
SAID = "置顶评论为校外贷款广告"


def _plan(world, unit, by, patroller, name):
    world.thing("outlet near", register.near)
    world.thing("outlet far", register.far)
    said = actions.PlanText(f"{name}{world.mark}"[:60], unit, patrollers=[patroller])
    return actions.create_plan(said, by=by, at=MONDAY - timedelta(days=1))


def plan(world):
    return _plan(world, world.cast.maths, world.cast.zhou, world.cast.he, "上午巡查")


def paused(world):
    return actions.pause_plan(plan(world), by=world.cast.zhou)


def far_plan(world):
    return _plan(world, world.cast.garden, world.cast.liang, world.cast.su, "园艺巡查")


def _opened(world, plan, by, at=LATER):
    """A round of its own: the plan's own round of the day is not waited for."""
    made = actions.start_round(plan, occasion=f"加巡{world.mark}", by=by, at=at)
    return Round.objects.get(pk=made.pk)


def opened(world):
    return _opened(world, plan(world), world.cast.zhou)


def far_opened(world):
    return _opened(world, far_plan(world), world.cast.liang)


def underway(world):
    """With a problem that nobody was told of yet, and its picture."""
    made = opened(world)
    visit = made.visits.get(place=1)
    said = VisitText({"content": Said(Seen.PROBLEM, f"{SAID}{world.mark}")}, f"备注{world.mark}")
    actions.answer_visit(visit, said, by=world.cast.he, at=MONDAY)
    scene.a_photo(world.cast, visit, "content", name=f"截图{world.mark}.png")
    return made


def walked(world):
    return scene.walked(world.cast, opened(world))


def finished(world):
    return actions.finish_round(
        walked(world), summary=f"正常{world.mark}", handover=f"看评论{world.mark}",
        by=world.cast.he, at=MONDAY,
    )  # fmt: skip


def missed(world):
    made = _opened(world, plan(world), world.cast.zhou, at=MONDAY)
    actions.climb_ladder(hours(6))
    return Round.objects.get(pk=made.pk)


def first_visit(made):
    return made.visits.get(place=1)


def photo_of(made):
    return first_visit(made).photos.get().pk


def notable(world):
    return terms.add_day(Notable(f"校庆{world.mark}", 10, 18), by=world.cast.liang)


ROUNDS = {
    "open": opened, "far open": far_opened, "underway": underway, "walked": walked,
    "finished": finished, "missed": missed,
}  # fmt: skip
PLANS = {"near": plan, "far": far_plan, "paused": paused}
DAYS = {"listed": notable}
