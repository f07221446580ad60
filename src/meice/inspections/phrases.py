"""How the acts of the room and their details are called in the audit log."""

from meice.inspections.workflow import FINDING, RUN

ACTS = {
    **{f"finding.{step.name}": f"发现：{step.label}" for step in FINDING.steps.values()},
    **{f"run.{step.name}": f"探测：{step.label}" for step in RUN.steps.values()},
    "finding.claim": "认领发现",
    "finding.release": "放回发现",
    "finding.transfer": "转交发现",
    "finding.record": "登记发现",
    "finding.export": "导出发现清单",
    "run.start": "开始一轮探测",
    "schedule.create": "新建探测计划",
    "schedule.edit": "修改探测计划",
    "site_check.begin": "开始看一个网站",
    "site_check.confirm": "确认网站现状正常",
    "site_check.finish": "看完一个网站",
    "site_check.miss": "没能看到一个网站",
    "site_check.interrupt": "一个网站没有看完",
}

DETAILS = {
    "active": "启用",
    "cause": "起因",
    "code": "类别",
    "findings": "发现数",
    "frequency": "多久一次",
    "finished": "已看完",
    "judgement": "结论",
    "origin": "发现来源",
    "problem": "问题类别",
    "returns": "再次出现",
    "sites": "网站数",
    "unfinished": "没有看完",
    "unknown": "没能看到",
    "verdict": "机器结论",
}
