"""A school whose library is stocked, made through the real actions."""

from tests.meice.registry.scene import MONDAY, make_school

from meice.regulations import actions
from meice.regulations.cutting import cut_clauses
from meice.regulations.models import Document

TEXT = """第一章 总则
第一条 为规范本校新媒体管理，制定本办法。
第二条 本办法所称新媒体，是指以学校名义开设的账号。
包括网站和移动应用。
第十一条：变更负责人的，三个工作日内报备。
"""


def stocked():
    """华园大学, and the library that ships."""
    actions.ship_library(MONDAY)
    return make_school()


def own_document(school, text=TEXT, by=None, **given):
    """A measure of the school, cut into clauses."""
    facts = actions.DocumentFacts(
        **{"title": "华园大学新媒体管理办法", "number": "华园宣〔2026〕3号", **given}
    )
    by = by or school.liang
    document = actions.add_document(facts, by=by, at=MONDAY)
    if text:
        actions.add_clauses(document, cut_clauses(text), by=by, at=MONDAY)
    return document


def shipped(key="notice"):
    return Document.objects.get(key=key)
