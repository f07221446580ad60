"""How the room's acts and their details are called in the audit log."""

from meice.patrols.workflow import PLAN, ROUND

ACTS = {
    **{f"round.{step.name}": f"巡查：{step.label}" for step in ROUND.steps.values()},
    **{f"patrol_plan.{step.name}": f"巡查计划：{step.label}" for step in PLAN.steps.values()},
    "round.open": "生成巡查",
    "round.see": "巡查：巡完一个账号",
    "round.change": "巡查：改回答",
    "round.photo": "巡查：传截图",
    "round.drop": "巡查：删截图",
    "round.find": "巡查：记为问题",
    "round.report": "巡查：报事件",
    "round.remind": "巡查：提醒",
    "round.take": "巡查：接手",
    "round.move": "移交巡查",
    "round.export": "导出巡查记录",
    "round.print": "打印巡查记录",
    "patrol_plan.create": "建巡查计划",
    "patrol_plan.edit": "改巡查计划",
    "patrol_plan.start": "加巡一次",
    "patrol_plan.move": "移交巡查计划",
    "checklist.copy": "建巡查清单",
    "checklist.edit": "改巡查清单",
    "patrol.set_term": "设巡查提醒时间",
    "patrol.add_day": "加重要日子",
    "patrol.drop_day": "去掉重要日子",
}

DETAILS = {
    "checks": "检查项数",
    "day": "日期",
    "filter": "筛选",
    "finding": "发现",
    "hours": "小时",
    "incident": "事件",
    "late": "是否补巡",
    "name": "名称",
    "number": "编号",
    "outlets": "账号数",
    "people": "人数",
    "place": "第几个",
    "problems": "问题",
    "rows": "行数",
    "rung": "提醒档",
    "to": "到",
    "unseen": "看不到的项数",
}
