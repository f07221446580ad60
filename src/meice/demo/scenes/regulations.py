"""Room regulations: the shipped library, a measure of the school, a clause it has corrected."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.demo.stage import Stage
from meice.files.actions import keep_file
from meice.regulations import actions
from meice.regulations.actions import DocumentFacts
from meice.regulations.cutting import cut_clauses
from meice.regulations.models import Clause

MEASURE = """第一章 总则
第一条 为规范华园大学新媒体和网站的开设、运维和注销，制定本办法。
第二条 谁开办谁主管、谁应用谁负责；每个账号有在编负责人、审核人和运维人员。
第三条 同一平台原则上只开设一个账号；确需另开的先报宣传部批准，写明期限。
第二章 运维
第四条 稿件三审三校，先审后发；重要稿件由宣传部终审。
第五条 账号一个月不更新的，由单位说明情况；三个月不更新的，办理注销。
第六条 变更负责人、审核人、运维人员的，三个工作日内报备。
第七条 审核、发布使用专用设备；平台口令每九十天轮换，人员离岗当日轮换。
第三章 值守
第八条 建立值班和巡查制度，发现有害信息一小时内处置并报告。
"""
FORMER = """一、账号开设须经宣传部备案。
二、学生管理员须有指导教师。
"""
OWN_WORDS = (
    "落实等级保护：有安全管理制度和负责人，监测并留存网络日志不少于六个月，重要数据备份和加密。"
)


def play(stage: Stage) -> None:
    """What the department has put in over the last weeks."""
    by, today = stage.people["liangwb"], stage.today

    def at(days: int) -> datetime:
        return timezone.make_aware(datetime.combine(today - timedelta(days=days), time(15)))

    actions.ship_library(at(40))
    paper = keep_file(
        BytesIO(b"%PDF-1.4\n% demo\n"),
        name="华园大学新媒体管理办法.pdf",
        by=by,
        purpose="regulation",
    )
    measure = DocumentFacts(
        "华园大学新媒体和网站管理办法", number="华园宣〔2025〕12号", issuer="华园大学",
        issued_on=today - timedelta(days=400), in_force_on=today - timedelta(days=370),
    )  # fmt: skip
    kept = actions.add_document(measure, by=by, at=at(30), file=paper)
    actions.add_clauses(kept, cut_clauses(MEASURE), by=by, at=at(30))
    former = DocumentFacts(
        "华园大学官方账号管理暂行规定", number="华园宣〔2019〕5号", issuer="华园大学",
        in_force_on=today - timedelta(days=2400), valid_until=today - timedelta(days=371),
        note="已由新办法代替",
    )  # fmt: skip
    old = actions.add_document(former, by=by, at=at(29))
    actions.add_clauses(old, cut_clauses(FORMER), by=by, at=at(29))
    clause = Clause.objects.by_key("csl/23")
    if clause is not None:
        actions.edit_clause(clause, number="第二十三条", text=OWN_WORDS, by=by, at=at(12))
