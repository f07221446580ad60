"""How the acts of surveys and their details are called in the audit log."""

from meice.surveys.workflow import CAMPAIGN, SUBMISSION

ACTS = {
    **{f"campaign.{step.name}": f"专项：{step.label}" for step in CAMPAIGN.steps.values()},
    **{f"submission.{step.name}": f"填报：{step.label}" for step in SUBMISSION.steps.values()},
    "annexes.receive": "上传附件检查",
    "annexes.check": "查完附件",
    "annexes.recheck": "重查附件",
    "annexes.merge": "合并附件",
    "annexes.rewrite": "重写附件",
    "annexes.unmask": "查看附件里的号码",
    "annexes.export-faults": "导出附件错误清单",
    "annexes.export-file": "下载上传的附件",
    "annexes.delete": "删除附件检查",
    "annexes.sweep": "到期清除附件检查",
    "campaign.create": "发起专项",
    "campaign.edit": "修改专项",
    "campaign.remind": "催办",
    "campaign.ladder": "按期限自动提醒",
    "campaign.consolidate": "汇总专项",
    "campaign.export": "下载汇总包",
    "submission.edit": "修改填报",
    "submission.paper": "登记纸质件",
    "year.freeze": "封存年度汇总",
    "year.export": "下载年度汇总",
}

DETAILS = {
    "accepted": "收下",
    "errors": "错误数",
    "file": "文件",
    "files": "文件数",
    "form": "表",
    "forms": "表数",
    "kept": "保存数",
    "package": "压缩包",
    "people": "人数",
    "received": "已收",
    "rows": "行数",
    "rung": "提醒档",
    "steps": "步数",
    "units": "单位数",
    "year": "年度",
}
