"""Room editorial: a month of manuscripts in every state, with a correction and a withdrawal.

The looks at published pages are invented, as the sites are: the demo asks nothing of the network.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from meice.demo.scenes import lexicons
from meice.demo.scenes.incidents import picture_bytes
from meice.demo.stage import Stage
from meice.editorial.actions import checking, publishing, reading, reviewing, submitting, terms
from meice.editorial.actions.publishing import Place
from meice.editorial.actions.reviewing import Verdict
from meice.editorial.actions.writing import Enclosure, Written, draft_manuscript, save_revision
from meice.editorial.comparison import PageLook, Run
from meice.editorial.models import Gate, Manuscript, Outcome, Review
from meice.editorial.workflow import TermName
from meice.engines.documents import Kind, Text
from meice.files.actions import keep_file
from meice.jobs.models import Job
from meice.orgs.models import Post, User
from meice.orgs.roles import Role
from meice.registry.models import Outlet

GATES = tuple(gate.value for gate in Gate)
SEEN_AGAIN_AFTER = 120
"""Days: the invented pages are not to be visited while somebody looks at the demo."""
CONTEST = """11月，华园大学数学建模竞赛校内选拔结束，来自16个学院的212支队伍参加。
# 结果
经专家组评审，评出一等奖12项、二等奖30项、三等奖48项，名单由教务处公示。
# 下一步
获奖队伍将参加寒假集训，集训安排另行通知。"""
OPEN_DAY = """11月的周末，数信学院举办实验室开放日，三百多名中学生走进程序设计中心。
同学们分组体验了图像识别和机器人编程，学生志愿者全程讲解。"""
FUND = """近日，数信学院团队在国际学术期刊发表论文，提出一种新的网络流量预测方法。
团队历时六年，收集校园网脱敏数据１２８０份，得到信息网络管理中心的支持。
参加数据整理的学生：陈予安，学号 202530110217，负责从化校区；林子涵，负责增城校区。
该方法有望用于校园网扩容。
图片来源：某科技自媒体"""
BETTER = FUND.replace("信息网络管理中心", "信息网络中心").replace(
    "，得到", "，其中七成来自宿舍区，得到"
)
STORM = """受强对流天气影响，今天下午的户外活动全部改期。
请各班负责人立即通知到每一位同学，校园班车照常运行。"""


class Newsroom:
    """Who acts, and the clock of the story: so many days before the day the demo opens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.he, self.su = stage.people["hejm"], stage.people["suyq"]
        self.maths = [stage.people[name] for name in ("zhouqm", "luomin", "zhenggq")]
        self.business = [stage.people[name] for name in ("fanjp", "panyue", "xiely")]
        self.department = stage.people["liangwb"]

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """On the wall of Beijing."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def outlet(self, unit: str, platform: str = "website") -> Outlet:
        """The first account of a unit on a platform."""
        found = Outlet.objects.standing().filter(unit=self.stage.units[unit], platform=platform)
        return found.select_related("unit").order_by("pk")[0]

    def write(self, unit: str, title: str, body: str, at: datetime, **more: Any) -> Manuscript:
        """By the unit's author, for its site and its 公众号."""
        by = self.he if unit == "数信学院" else self.su
        return draft_manuscript(
            self.stage.units[unit], self.text(unit, title, body, **more), by=by, at=at
        )

    def text(self, unit: str, title: str, body: str, **more: Any) -> Written:
        """With everything that is asked for declared."""
        given: dict[str, Any] = {
            "picture_licence": "自摄", "contributors": "学生记者站", "is_self_checked": True,
            "outlets": (self.outlet(unit), self.outlet(unit, "wechat")),
        }  # fmt: skip
        return Written(title, body, **(given | more))

    def sign(
        self, made: Manuscript, *people: User, at: datetime, opinion: str = "同意"
    ) -> Manuscript:
        """Each claims the stage whose turn it is and passes it a quarter of an hour later."""
        for person in people:
            review = self.claim(made, person, at)
            at += timedelta(minutes=15)
            said = Verdict(
                made.newest.number, GATES, opinion, mistakes=1 if person.pk % 3 == 0 else 0
            )
            made = reviewing.pass_review(review, said, by=person, at=at)
            at += timedelta(minutes=20)
        return made

    def claim(self, made: Manuscript, person: User, at: datetime) -> Review:
        """The stage whose turn it is."""
        turn = Manuscript.objects.get(pk=made.pk).turn
        if turn is None:
            raise ValueError("nothing is under review")
        return reviewing.claim_review(turn, by=person, at=at)

    def release(self, made: Manuscript, unit: str, page: str, at: datetime) -> Manuscript:
        """On the site with a link, in the 公众号 without."""
        by = made.author
        site, account = self.outlet(unit), self.outlet(unit, "wechat")
        places = [Place(site, f"{site.url}news/{page}.htm", at), Place(account, "", at)]
        return publishing.publish_manuscript(made, places, by=by, at=at + timedelta(minutes=5))

    def looked(self, made: Manuscript, look: PageLook, at: datetime) -> None:
        """What the machine saw on the page, as it would be kept."""
        page = made.publications.exclude(url="").filter(ended_at=None).latest("pk")
        checking.keep_check(page, look, at=at)


SAME = PageLook(Outcome.SAME)


def play(stage: Stage) -> None:
    """In the order of the days."""
    lexicons.play(stage)
    room = Newsroom(stage)
    terms.set_term(TermName.RECHECK, SEEN_AGAIN_AFTER, by=room.department)
    _contest(room)
    _reposted(room)
    _corrected(room)
    _withdrawn(room)
    _altered(room)
    _returned(room)
    _sensitive(room)
    _in_review(room)
    _ready(room)
    _urgent(room)
    _drafts(room)
    _stand_in(room)
    Job.objects.live().filter(unique_key__startswith="publication.check:").delete()


def _contest(room: Newsroom) -> None:
    """The plain way: three people on one morning, out at noon, the page as approved."""
    made = room.write("数信学院", "数学建模竞赛校内选拔结束", CONTEST, room.at(27, 9))
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(27, 9, 10))
    made = room.sign(made, *room.maths, at=room.at(27, 9, 30))
    made = room.release(made, "数信学院", "contest", room.at(27, 12))
    room.looked(made, SAME, room.at(27, 12, 20))


def _reposted(room: Newsroom) -> None:
    """From a source on the white list, under a title of our own beside the original one."""
    made = room.write(
        "经管学院", "数字乡村案例大赛启动", "据华园日报社报道，数字乡村案例大赛日前启动。",
        room.at(22, 10), origin="repost", original_title="数字乡村案例大赛日前启动",
        source_name="华园日报社", source_url="https://daily.example.com/1.html", form="graphic",
    )  # fmt: skip
    made = submitting.submit_manuscript(made, by=room.su, at=room.at(22, 10, 20))
    made = room.sign(made, *room.business, at=room.at(22, 11))
    made = room.release(made, "经管学院", "village", room.at(22, 15))
    room.looked(made, SAME, room.at(22, 16))


def _corrected(room: Newsroom) -> None:
    """A wrong number was seen after it was out: the whole chain again, then in its place."""
    wrong = OPEN_DAY.replace("三百多名", "三千多名")
    made = room.write("数信学院", "实验室开放日举行", wrong, room.at(18, 9), form="video")
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(18, 9, 30))
    made = room.sign(made, *room.maths, at=room.at(18, 10))
    made = room.release(made, "数信学院", "open-day", room.at(18, 15))
    made = publishing.correct_manuscript(
        made, reason="参加人数有误，应为三百多名", by=room.department, at=room.at(17, 9)
    )
    text = room.text("数信学院", "实验室开放日举行", OPEN_DAY, form="video")
    made = save_revision(made, text, base=1, by=room.he, at=room.at(17, 9, 20))
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(17, 9, 25))
    made = room.sign(made, *room.maths, at=room.at(17, 9, 40))
    made = room.release(made, "数信学院", "open-day", room.at(17, 14))
    room.looked(made, SAME, room.at(17, 15))


def _withdrawn(room: Newsroom) -> None:
    """The organiser called it off; the leader takes it down."""
    body = "经管学院与校外机构合办的就业训练营开始报名，限额六十人。"
    made = room.write("经管学院", "就业训练营开始报名", body, room.at(14, 9))
    made = submitting.submit_manuscript(made, by=room.su, at=room.at(14, 9, 15))
    made = room.sign(made, *room.business, at=room.at(14, 10))
    made = room.release(made, "经管学院", "camp", room.at(14, 16))
    reason = "合办机构资质过期，活动取消"
    publishing.withdraw_manuscript(made, reason=reason, by=room.business[2], at=room.at(13, 10))


def _altered(room: Newsroom) -> None:
    """Changed on the site after it was approved: the machine's claim waits for a person."""
    body = "学术报告周将于下月举行，共安排八场报告，欢迎师生参加。\n报名截止时间为下周五。"
    made = room.write("数信学院", "学术报告周安排公布", body, room.at(9, 9), form="live")
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(9, 9, 20))
    made = room.sign(made, *room.maths, at=room.at(9, 10))
    made = room.release(made, "数信学院", "week", room.at(9, 14))
    room.looked(made, SAME, room.at(9, 15))
    runs = (
        Run("same", "学术报告周将于下月举行，共安排"), Run("del", "八"), Run("ins", "十"),
        Run("same", "场报告，欢迎师生参加。报名截止时间为下周五。"),
    )  # fmt: skip
    page = body.replace("八场", "十场").encode()
    look = PageLook(Outcome.DIFFERS, "有 1 处不同", runs, page)
    room.looked(made, look, room.at(2, 3))


def _returned(room: Newsroom) -> None:
    """On its author's desk again, with comments at the text."""
    body = "迎新晚会在体育馆举行，学院领导出席并讲话。\n晚会在歌声中落下帷幕，取得圆满成功。"
    made = room.write("经管学院", "迎新晚会举行", body, room.at(3, 15))
    made = submitting.submit_manuscript(made, by=room.su, at=room.at(3, 15, 30))
    review = room.claim(made, room.business[0], room.at(3, 16))
    for quote, text in (("学院领导", "写姓名和职务"), ("取得圆满成功", "空话，改成人数和节目")):
        reviewing.add_comment(made, text, quote=quote, by=room.business[0], at=room.at(3, 16, 10))
    said = Verdict(1, (), "事实写具体，再送。", mistakes=2)
    reviewing.return_review(review, said, by=room.business[0], at=room.at(3, 16, 20))


def _sensitive(room: Newsroom) -> None:
    """One answer of the self-check was yes: it waits for the secrecy office."""
    body = "学院与校外单位联合申报的项目通过中期检查，专家组给予肯定。"
    made = room.write(
        "数信学院", "联合项目通过中期检查", body, room.at(2, 9), content_class="sensitive",
        secrets=("abroad",), impact="涉及合作单位，只写已公开的内容",
    )  # fmt: skip
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(2, 9, 30))
    room.sign(made, *room.maths, at=room.at(2, 10))


def _in_review(room: Newsroom) -> None:
    """Sent back once, mended in part: on 周启明's desk with what the machine saw."""
    title = "数信学院网络流量研究取得新进展"
    more = {"content_class": "important", "impact": "成果类稿件，评论区由学院值守回应"}
    made = room.write("数信学院", title, FUND, room.at(1, 16), **more)
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(1, 16, 20))
    zhou = room.maths[0]
    review = room.claim(made, zhou, room.at(1, 17))
    said = Verdict(1, (), "单位名称用现名；补充数据来源。", mistakes=1)
    made = reviewing.return_review(review, said, by=zhou, at=room.at(1, 17, 20))
    picture = keep_file(
        BytesIO(picture_bytes(7)), name="通报会现场.png", by=room.he, purpose="manuscript"
    )
    files = (Enclosure(picture, "自摄，何嘉敏", "教职工，已同意"),)
    text = room.text("数信学院", title, BETTER, files=files, **more)
    made = save_revision(made, text, base=1, by=room.he, at=room.at(0, 8, 30))
    _read_pictures(made, room.at(0, 8, 31))
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(0, 8, 40))
    room.claim(made, zhou, room.at(0, 9))


def _read_pictures(made: Manuscript, at: datetime) -> None:
    """As the job leaves them: pictures are not read."""
    for one in made.newest.attachments.select_related("file"):
        reading.keep_file_reading(one, Text(Kind.UNKNOWN, refusal="图片不读"), made.unit, at)
    reading.end_file_reading(made.newest, at)


def _ready(room: Newsroom) -> None:
    """Signed by the department as well; nobody has published it yet."""
    body = "经管学院本科专业通过专家组现场考察，反馈会于昨日举行。"
    made = room.write(
        "经管学院", "本科专业通过现场考察", body, room.at(1, 9), content_class="important",
        impact="关注度一般，准备答问口径",
    )  # fmt: skip
    made = submitting.submit_manuscript(made, by=room.su, at=room.at(1, 9, 20))
    made = room.sign(made, *room.business, at=room.at(1, 10))
    room.sign(made, room.department, at=room.at(1, 15), opinion="同意发布")


def _urgent(room: Newsroom) -> None:
    """All stages were told at once; the first is in hand."""
    made = room.write("数信学院", "户外活动改期的通知", STORM, room.at(0, 7), lane="urgent")
    made = submitting.submit_manuscript(made, by=room.he, at=room.at(0, 7, 5))
    room.sign(made, room.maths[0], at=room.at(0, 7, 10))


def _drafts(room: Newsroom) -> None:
    """One with faults the machine has seen, one laid aside."""
    body = "华园校将于12月举办歌手大赛，请大家迫不急待地报名。\n报名电话另行通知"
    room.write("数信学院", "校园歌手大赛报名", body, room.at(0, 8), is_self_checked=False)
    made = room.write("经管学院", "旧活动预告", "活动已并入学校统一安排。", room.at(8, 9))
    submitting.drop_manuscript(made, by=room.su, at=room.at(7, 9))


def _stand_in(room: Newsroom) -> None:
    """谢丽英 is away next week: 郑国强 signs in her place."""
    post = Post.objects.get(user=room.business[2], role=Role.LEADER)
    first = room.stage.today + timedelta(days=3)
    terms.add_stand_in(
        post, room.maths[2], first, first + timedelta(days=4), reason="外出培训",
        by=room.department, at=room.at(0, 9),
    )  # fmt: skip
