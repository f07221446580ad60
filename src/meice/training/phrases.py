"""How the room's acts and their details are called in the audit log."""

from meice.training.workflow import SESSION

ACTS = {
    **{f"session.{step.name}": f"培训：{step.label}" for step in SESSION.steps.values()},
    "session.plan": "安排培训",
    "session.edit": "修改培训",
    "session.attend": "登记培训到会",
    "session.move": "移交培训",
    "certificate.add": "登记培训证书",
    "certificate.drop": "删去培训证书",
    "certificate.remind": "培训证书到期提醒",
    "topic.set": "设培训要求",
    "topic.retire": "不再要求培训",
    "training.export": "导出培训缺口",
}

DETAILS = {"asked": "通知人数", "present": "到会人数", "topic": "培训主题"}
