"""How the room's acts and their details are called in the audit log."""

from meice.training.workflow import INTAKE, SESSION

ACTS = {
    **{f"training.{step.name}": f"培训：{step.label}" for step in SESSION.steps.values()},
    **{f"attendance.{step.name}": f"导入到会名单：{step.label}" for step in INTAKE.steps.values()},
    "attendance.create": "导入到会名单：上传",
    "training.plan": "安排培训",
    "training.edit": "修改培训",
    "training.attend": "登记培训到会",
    "training.invite": "培训加人",
    "training.move": "移交培训",
    "training.export": "导出培训缺口",
    "certificate.add": "登记培训证书",
    "certificate.drop": "删去培训证书",
    "certificate.remind": "培训证书到期提醒",
    "topic.set": "设培训要求",
    "topic.retire": "不再要求培训",
}

DETAILS = {
    "asked": "通知人数",
    "present": "到会人数",
    "attendances": "登记人数",
    "topic": "培训主题",
}
