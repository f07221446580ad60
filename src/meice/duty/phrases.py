"""How the room's acts and their details are called in the audit log."""

from meice.duty.workflow import HANDOVER, SWAP

ACTS = {
    **{f"swap.{step.name}": f"值班：{step.label}" for step in SWAP.steps.values()},
    **{f"handover.{step.name}": f"值班：{step.label}" for step in HANDOVER.steps.values()},
    "roster.create": "新建值班表",
    "roster.edit": "修改值班表",
    "roster.close": "停用值班表",
    "roster.reopen": "恢复值班表",
    "roster.fill": "排班",
    "roster.replan": "按排法重排",
    "roster.export": "导出值班表",
    "roster.move": "移交值班",
    "layer.add": "值班表：添班组",
    "layer.edit": "值班表：改班组",
    "layer.drop": "值班表：删班组",
    "pattern.set": "值班表：定排法",
    "pattern.drop": "值班表：删排法",
    "shift.change": "调班",
    "stand-in.arrange": "安排代班",
    "stand-in.end": "结束代班",
    "swap.ask": "值班：请人换班",
    "handover.write": "值班：写交班记录",
    "handover.close": "值班：办结交班事项",
    "feed.make": "开通日历订阅",
    "feed.revoke": "停用日历订阅",
}

DETAILS = {
    "from": "从",
    "month": "月份",
    "name": "名称",
    "people": "人数",
    "rows": "行数",
    "shift": "班次",
    "text": "内容",
    "to": "到",
    "until": "排到",
}
