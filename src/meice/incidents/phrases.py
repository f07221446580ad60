"""How the room's acts and their details are called in the audit log."""

from meice.incidents.workflow import INCIDENT

ACTS = {
    **{f"incident.{step.name}": f"事件：{step.label}" for step in INCIDENT.steps.values()},
    "incident.report": "报告事件",
    "incident.measure": "事件：记处置",
    "incident.clear": "事件：有害内容已清除",
    "incident.note": "事件：记录",
    "incident.assign": "事件：指派",
    "incident.grade": "事件：改定类别等级",
    "incident.escalate": "事件：超时升级",
    "incident.receive": "事件：转送函签收",
    "incident.receive_public": "收到公开举报",
    "incident.contact": "查看举报人联系方式",
    "incident.move": "移交事件",
    "incident.print": "打印转送函",
    "incident.book": "打印事件记录",
    "incident.export": "导出事件记录",
    "incidents.set_term": "设事件时限",
    "incidents.set_chain": "设升级链",
    "incidents.set_head": "设转送函字号",
}

DETAILS = {
    "contact": "联系人",
    "files": "文件数",
    "filter": "筛选",
    "kind": "类型",
    "name": "名称",
    "number": "编号",
    "office": "送往",
    "people": "人数",
    "rows": "行数",
    "to": "到",
    "value": "值",
    "watch": "等什么",
    "words": "字样",
}
