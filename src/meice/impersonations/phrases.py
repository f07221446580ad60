"""How the room's acts and their details are called in the audit log."""

from meice.impersonations.workflow import IMPERSONATION, REFERRAL

ACTS = {
    **{f"impersonation.{s.name}": f"假冒账号：{s.label}" for s in IMPERSONATION.steps.values()},
    **{f"impersonation.{s.name}": f"假冒账号：{s.label}" for s in REFERRAL.steps.values()},
    "impersonation.report": "举报假冒账号",
    "impersonation.report_again": "再次举报假冒账号",
    "impersonation.edit": "补充假冒案卷",
    "impersonation.capture": "采集假冒账号网页",
    "impersonation.upload": "上传假冒账号证据",
    "impersonation.refer": "报送假冒账号",
    "impersonation.recheck": "复查假冒账号",
    "impersonation.publish": "公布假冒账号",
    "impersonation.unpublish": "撤下公布的假冒账号",
    "impersonation.set": "设假冒账号期限和公开",
    "impersonation.print": "打印关停申请",
    "impersonation.export": "导出假冒账号清单",
    "impersonation.docket": "导出假冒案卷",
    "impersonation.pack": "导出报送材料",
    "impersonation.show_contact": "查看假冒案卷联系方式",
}

DETAILS = {
    "channel": "渠道",
    "fields": "字段数",
    "files": "文件数",
    "filter": "筛选",
    "name": "名称",
    "number": "编号",
    "outcome": "复查结果",
    "platform": "平台",
    "result": "结果",
    "rows": "行数",
    "source": "来源",
    "to": "到",
    "words": "字样",
}
CASES = {"impersonation": "假冒账号"}
