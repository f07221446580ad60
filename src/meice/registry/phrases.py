"""How the register's acts and their details are called in the audit log."""

from meice.registry.workflow import FILING, OUTLET

ACTS = {
    **{f"filing.{step.name}": f"备案：{step.label}" for step in FILING.steps.values()},
    **{f"outlet.{step.name}": f"账号：{step.label}" for step in OUTLET.steps.values()},
    "filing.attach": "上传盖章件",
    "filing.avatar": "上传头像",
    "filing.draft": "起草备案",
    "filing.edit": "修改备案",
    "filing.move": "移交受理中的备案",
    "filing.explain": "说明名称",
    "exception.grant": "批准例外",
    "exception.extend": "延长例外",
    "ledger.create": "上传台账",
    "ledger.apply": "导入台账",
    "ledger.drop": "放弃导入台账",
    "ledger.undo": "撤销导入台账",
    "merge.plan": "定整合方案",
    "outlet.confirm": "确认账号无变化",
    "outlet.export": "导出台账",
    "outlet.hand_over": "移交账号联系人",
    "outlet.note_problems": "记自查问题",
    "outlet.numbers": "查看账号联系电话",
    "route.set": "设备案路线",
    "term.set": "设办理时限",
    "workday.set": "设工作日",
    "workday.drop": "取消工作日设置",
}

DETAILS = {
    "contact": "联系人",
    "day": "日期",
    "days": "工作日",
    "expires": "到期",
    "kind": "类型",
    "name": "名称",
    "number": "编号",
    "outlets": "账号数",
    "platform": "平台",
    "problems": "问题",
    "reasons": "理由",
    "rectified": "是否整改",
    "rows": "行数",
    "to": "到",
    "way": "路线",
    "worked": "是否上班",
}
