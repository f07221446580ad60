"""How the acts of activity and leads and their details are called in the audit log."""

from meice.inspections.workflow import LEAD

ACTS = {
    **{f"lead.{step.name}": f"线索：{step.label}" for step in LEAD.steps.values()},
    "lead.upload": "上传线索清单",
    "lead.export": "导出线索",
    "source.set": "设活跃度来源",
    "source.drop": "去掉活跃度来源",
    "activity.attest": "说明最近一篇",
    "activity.sample": "抽查最近一篇",
    "activity.line": "设活跃度期限",
    "activity.export": "导出活跃度",
    "vacation.add": "加上假期",
    "vacation.drop": "去掉假期",
    "statistics.create": "上传平台统计",
    "statistics.apply": "写入平台统计",
}

DETAILS = {
    "accounts": "账号数",
    "day": "日期",
    "fetched": "链接已核对",
    "first": "第一天",
    "found": "读到",
    "last": "最后一天",
    "new": "新线索",
    "note": "理由",
    "remind": "提前提醒",
    "rows": "行数",
}
