"""How the room's acts and their details are called in the audit log."""

from meice.compliance.workflow import CUSTODY, DEVICE, INTAKE

ACTS = {
    **{f"device.{step.name}": f"专用设备：{step.label}" for step in DEVICE.steps.values()},
    **{f"custody.{step.name}": f"账号保管：{step.label}" for step in CUSTODY.steps.values()},
    **{f"devices.{step.name}": f"导入专用设备：{step.label}" for step in INTAKE.steps.values()},
    "devices.create": "导入专用设备：上传",
    "device.add": "登记专用设备",
    "device.edit": "修改专用设备",
    "device.check": "检查专用设备",
    "device.hand_over": "移交专用设备",
    "device.export": "导出专用设备",
    "custody.add": "登记账号保管",
    "custody.edit": "修改账号保管",
    "custody.rotate": "登记口令轮换",
    "custody.hand_over": "移交账号保管",
    "custody.export": "导出账号保管",
    "custody.show": "查看找回手机",
    "compliance.record": "登记合规事项",
    "compliance.observe": "探测更新证书到期日",
    "compliance.remind": "合规到期提醒",
    "compliance.claim": "合规缺口交核实",
    "compliance.export": "导出合规档案",
    "compliance.set_term": "设合规提醒天数",
}

DETAILS = {
    "proof": "合规事项",
    "standing": "合规状态",
    "holder": "保管人",
    "findings": "发现数",
    "devices_added": "新增设备",
    "devices_changed": "修改设备",
    "calendar_days": "天数",
    "result": "结果",
}
