"""How the room's acts and their details are called in the audit log."""

from meice.rectification.workflow import CIRCULAR, ITEM, ORDER

ACTS = {
    **{f"order.{step.name}": f"整改单：{step.label}" for step in ORDER.steps.values()},
    **{f"item.{step.name}": f"整改事项：{step.label}" for step in ITEM.steps.values()},
    **{f"circular.{step.name}": f"通报：{step.label}" for step in CIRCULAR.steps.values()},
    "order.draft": "开具整改单",
    "order.edit": "修改整改单草稿",
    "order.remind": "整改单：提醒",
    "order.recheck": "整改单：复查",
    "order.ask_extension": "整改单：申请延期",
    "order.grant_extension": "整改单：同意延期",
    "order.refuse_extension": "整改单：不同意延期",
    "order.grant": "整改单：同意延期",
    "order.refuse": "整改单：不同意延期",
    "order.print": "打印整改单",
    "order.export": "导出整改单",
    "order.move": "移交整改单草稿",
    "circular.draft": "拟通报",
    "circular.edit": "修改通报",
    "circular.count": "重新统计通报",
    "circular.export": "导出通报",
    "rectification.set_term": "设整改期限",
    "rectification.set_head": "设整改字号",
}

DETAILS = {
    "days": "工作日",
    "due": "期限",
    "files": "文件数",
    "filter": "筛选",
    "item": "整改事项",
    "items": "问题数",
    "name": "名称",
    "number": "编号",
    "outcome": "复查结果",
    "people": "人数",
    "round": "第几次",
    "rows": "行数",
    "rung": "提醒档",
    "to": "到",
    "words": "字样",
}
