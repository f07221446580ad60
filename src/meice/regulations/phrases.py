"""How the room's acts and their details are called in the audit log."""

ACTS = {
    "regulation.ship": "制度库：更新自带文件",
    "regulation.add": "制度库：录入文件",
    "regulation.edit": "制度库：修改文件",
    "regulation.cut": "制度库：录入条款",
    "regulation.edit_clause": "制度库：改条款",
    "regulation.drop_clause": "制度库：删去条款",
}

DETAILS = {"clauses": "条款数", "documents": "文件数", "clause": "条款", "title": "标题"}
