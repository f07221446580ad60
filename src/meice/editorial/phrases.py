"""How the room's acts and their details are called in the audit log."""

from meice.editorial.workflow import MANUSCRIPT, REVIEW

ACTS = {
    **{f"review.{step.name}": f"审校环节：{step.label}" for step in REVIEW.steps.values()},
    **{f"manuscript.{step.name}": f"稿件：{step.label}" for step in MANUSCRIPT.steps.values()},
    "manuscript.draft": "起草稿件",
    "manuscript.save": "稿件：改稿",
    "manuscript.claim": "稿件：认领环节",
    "manuscript.release": "稿件：放回环节",
    "manuscript.waive": "稿件：放行",
    "manuscript.comment": "稿件：批注",
    "manuscript.drop_comment": "稿件：删批注",
    "manuscript.remind": "稿件：催审",
    "manuscript.check": "稿件：核对页面",
    "manuscript.move": "移交稿件",
    "publication.check": "核对发布的页面",
    "editorial.set_term": "设审校期限",
    "editorial.set_chain": "设审校链",
    "editorial.drop_chain": "取消审校链",
    "editorial.add_stand_in": "安排代审",
    "editorial.end_stand_in": "取消代审",
}

DETAILS = {
    "comments": "批注数",
    "from": "从",
    "outcome": "复查结果",
    "outlet": "账号",
    "revision": "稿次",
    "rule": "规则",
    "stage": "环节",
    "title": "标题",
}
