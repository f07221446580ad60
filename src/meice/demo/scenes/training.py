"""Room training: what the school demands, a month of sessions, certificates near their end."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.demo.stage import Stage
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.training import actions
from meice.training.actions import CertificateFacts, SessionFacts
from meice.training.models import Presence, TrainingSession, TrainingTopic

TOPICS = (
    ("新媒体管理制度", ("operator", "reviewer", "leader"), 12),
    ("网络安全与保密", ("operator", "reviewer", "security"), 12),
    ("三审三校实务", ("reviewer", "leader"), 24),
    ("突发事件处置", ("operator", "security", "department"), 0),
)
CERTIFICATES = (
    ("hejm", "网络安全培训合格证", "网络安全与保密", "XLZX2025-1107", 290, True),
    ("zhouqm", "新闻采编人员培训证书", "三审三校实务", "CB-2024-0392", 18, True),
    ("suyq", "网络安全培训合格证", "网络安全与保密", "XLZX2024-0881", -9, True),
    ("panhr", "新媒体运营师", "", "", 400, False),
)
AWAY = {4: Presence.EXCUSED, 9: Presence.ABSENT, 15: Presence.ABSENT}
"""Which of every twenty on the list of the big session did not come; three are not told of."""
UNTOLD = (6, 12, 18)


class Trainer:
    """The clock of the story, and who arranges."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.topics: dict[str, TrainingTopic] = {}

    def at(self, days: int, hour: int = 10) -> datetime:
        """So many days from today on, before it when negative."""
        day = self.stage.today + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def file(self, name: str, by: User) -> StoredFile:
        """An invented one."""
        content = BytesIO(f"%PDF-1.4\n% {name}\n".encode())
        return keep_file(content, name=name, by=by, purpose="training-material")

    def arrange(
        self, unit: str, by: str, title: str, topic: str, when: datetime, said: datetime, place: str,
        *, link: str = "", files: tuple[str, ...] = (),
    ) -> TrainingSession:  # fmt: skip
        """A session for everybody whose role needs the topic."""
        person, of = self.stage.people[by], self.topics[topic]
        home = person.post.unit if person.post and not unit else self.stage.units[unit]
        facts = SessionFacts(title, of, home, of.roles, when, place, link)
        kept = [self.file(name, person) for name in files]
        return actions.plan_session(home, facts, by=person, at=said, files=kept)


def play(stage: Stage) -> None:
    """Demands, sessions, certificates, and the reminders of the month."""
    trainer = Trainer(stage)
    head = stage.people["liangwb"]
    for name, roles, months in TOPICS:
        trainer.topics[name] = actions.set_topic(name, roles, months, by=head)
    _past(trainer, head)
    _open(trainer)
    _certify(trainer)
    for days in (-9, -2, 0):
        actions.remind_certificates(trainer.at(days))


def _past(trainer: Trainer, head: User) -> None:
    """One for the whole school, with its list; one that did not take place."""
    big = trainer.arrange(
        "", "liangwb", "全校网络安全与保密集中培训", "网络安全与保密", trainer.at(-19, 14),
        trainer.at(-27), "行政楼报告厅", files=("网络安全与保密讲义.pdf",),
    )  # fmt: skip
    people = list(big.attendances.order_by("pk").values_list("user", flat=True))
    marks = {
        person: str(AWAY.get(at % 20, Presence.PRESENT))
        for at, person in enumerate(people)
        if at % 20 not in UNTOLD
    }
    actions.mark_attendance(big, marks, by=head, at=trainer.at(-19, 17))
    actions.hold_session(big, by=head, at=trainer.at(-18))
    off = trainer.arrange(
        "经管学院", "suyq", "经管学院新媒体制度学习", "新媒体管理制度", trainer.at(-6, 15),
        trainer.at(-13), "经管楼 205",
    )  # fmt: skip
    suyq = trainer.stage.people["suyq"]
    actions.cancel_session(off, reason="并入学校组织的培训", by=suyq, at=trainer.at(-8))


def _open(trainer: Trainer) -> None:
    """One over whose list is still to be written, one to come."""
    trainer.arrange(
        "数信学院", "hejm", "数信学院三审三校实务", "三审三校实务", trainer.at(-4, 15),
        trainer.at(-11), "数信楼 402", files=("三审三校流程图.pdf",),
    )  # fmt: skip
    trainer.arrange(
        "", "liangwb", "新媒体管理办法解读", "新媒体管理制度", trainer.at(6, 9), trainer.at(-3),
        "行政楼 301", link="https://meeting.huayuan.edu.cn/xmt", files=("新媒体管理办法解读.pdf",),
    )  # fmt: skip


def _certify(trainer: Trainer) -> None:
    for who, name, topic, number, left, proved in CERTIFICATES:
        person = trainer.stage.people[who]
        by = trainer.stage.people["hejm"] if who == "zhouqm" else person
        facts = CertificateFacts(
            person, name, trainer.at(left - 730).date(), trainer.topics.get(topic), number,
            "省高校网络培训中心", trainer.at(left).date(),
        )  # fmt: skip
        file = trainer.file(f"{name}.pdf", by) if proved else None
        actions.add_certificate(facts, by=by, at=trainer.at(-15), file=file)
