"""May she do this, and if not, why?"""

from meice.kernel.access import Verdict, when
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.regulations.models import READERS, Clause, Document

DEPARTMENT_ONLY = "制度库由宣传部维护。"
SHIPPED = "这是系统自带的文件，名称和文号不改；条款摘要有误的，可以改条款。"
GONE = "这一条已经删去。"


def may_read_library(by: User) -> Verdict:
    """Whoever works with outlets, their security or their audit."""
    return when(any(by.has(right) for right in READERS), "你现在的岗位不看制度库。")


def may_add_document(by: User) -> Verdict:
    """The department."""
    return when(by.has(Right.DECIDE_BUSINESS), DEPARTMENT_ONLY)


def may_edit_document(by: User, document: Document) -> Verdict:
    """The department that keeps it; what came with Meice keeps its name."""
    return _keeps(by, document) & when(not document.is_shipped, SHIPPED)


def may_cut_document(by: User, document: Document) -> Verdict:
    """Add clauses: the department, to shipped documents as well (many come without a text)."""
    return _keeps(by, document)


def may_edit_clause(by: User, clause: Clause) -> Verdict:
    """The department, while the clause stands."""
    return _keeps(by, clause.document) & when(clause.dropped_at is None, GONE)


def _keeps(by: User, document: Document) -> Verdict:
    """Shipped ones are the deployment's: the department of the topmost unit keeps them."""
    if document.unit is None:
        return may_add_document(by) & when(by.decides_for_all, DEPARTMENT_ONLY)
    return when(by.has(Right.DECIDE_BUSINESS, document.unit), DEPARTMENT_ONLY)
