"""How the room's acts and their details are called in the audit log."""

from meice.editorial.workflow import LEXICON_CHANGE

ACTS = {
    **{f"lexicon_change.{step.name}": f"词库变更：{step.label}" for step in LEXICON_CHANGE.steps.values()},
    "lexicon.make": "新建词库",
    "lexicon_change.upload": "上传词库文件",
    "lexicon_change.read": "读词库文件",
    "lexicon_change.retire": "停用词条",
    "lexicon_change.rollback": "回退词库",
    "lexicon_change.undo": "撤销词库导入",
    "term.vote": "词条反馈",
    "term.except": "设词条例外",
    "term.end_exception": "取消词条例外",
    "term.keep": "复核后保留词条",
}
DETAILS = {
    "copy_rule": "读稿规则",
    "ended_terms": "停用词条数",
    "lexicon_version": "词库版本",
    "rows": "行数",
    "terms": "词条数",
    "useful": "有用",
}
