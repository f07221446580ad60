"""The doors of orders and circulars: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_inspections import BUSY
from tests.meice.whole.rows_registry import LEADER, OPERATOR, SECURITY, SEE, WIDE


def _unit(make, name, who, at, far):
    """An act of the unit on its order, and on that of another unit."""
    return [*seen(make, name, who, SEE, at), *seen(make, name, NOBODY, WIDE, far)]


def _office(make, name, at, far=""):
    """An act of the department, wherever the order is."""
    return [
        *seen(make, name, DEPARTMENT, SEE, at),
        *(seen(make, name, DEPARTMENT, WIDE, far) if far else []),
    ]


def _paper(name):
    """Of an order with a number, for those who see the unit's business."""
    return [
        *get(name, SEE, "issued"),
        *get(name, WIDE, "far issued"),
        *seen(get, name, SEE, SEE | SECURITY, "safe"),
        *seen(get, name, NOBODY, WIDE, "draft"),
    ]


ORDERS = (
    *get("order-list", ALL),  # each her own rows: `test_leaks.py`
    *post("order-export", BUSY, otherwise=403),
    *both("order-new", DEPARTMENT, otherwise=403),
    *get("order-settings", DEPARTMENT, otherwise=403),
    *post("order-terms-set", DEPARTMENT, otherwise=403),
    *post("order-head-set", DEPARTMENT, otherwise=403),
    *get("order", WIDE, "draft"),  # the unit sees it when it is issued
    *get("order", WIDE, "far draft"),
    *get("order", SEE, "issued"),
    *get("order", WIDE, "far issued"),
    *get("order", SEE | SECURITY, "safe"),
    *get("order", SEE, "mended"),
    *get("order", SEE, "closed"),
    *seen(both, "order-edit", DEPARTMENT, WIDE, "draft"),
    *seen(both, "order-edit", NOBODY, SEE, "issued"),
    *seen(post, "order-issue", DEPARTMENT, WIDE, "draft"),
    *seen(post, "order-issue", DEPARTMENT, WIDE, "far draft"),
    *seen(post, "order-issue", NOBODY, SEE, "issued"),
    *_unit(post, "order-acknowledge", OPERATOR | LEADER, "issued", "far issued"),
    *_unit(both, "order-reply", OPERATOR, "mending", "far mending"),
    *_unit(post, "order-attest", OPERATOR, "mending", "far mending"),
    *_unit(post, "order-confirm", LEADER, "confirming", "far confirming"),
    *_unit(post, "order-decline", LEADER, "confirming", "far confirming"),
    *seen(post, "order-confirm", NOBODY, SEE | SECURITY, "safe"),
    *_unit(both, "order-extend", OPERATOR, "mending", "far mending"),
    *seen(both, "order-extend", NOBODY, SEE, "asked"),
    *_office(post, "order-grant", "asked", "far asked"),
    *_office(post, "order-refuse", "asked", "far asked"),
    *_office(post, "order-recheck", "replied", "far replied"),
    *_office(post, "order-return", "unmended"),
    *_office(post, "order-close", "mended"),
    *_office(both, "order-withdraw", "issued", "far issued"),
    *seen(both, "order-withdraw", NOBODY, SEE, "closed"),
    *_office(post, "order-remind", "mending", "far mending"),
    *seen(post, "order-remind", NOBODY, SEE, "closed"),
    *_paper("order-print"),
    *_paper("order-document"),
    *get("order-file", SEE, "confirming"),
)
CIRCULARS = (
    *get("circular-list", ALL),
    *both("circular-new", DEPARTMENT, otherwise=403),
    *get("circular", WIDE, "drafted"),
    *get("circular", SEE, "published"),
    *get("circular", WIDE, "far published"),
    *seen(both, "circular-edit", DEPARTMENT, WIDE, "drafted"),
    *seen(both, "circular-edit", NOBODY, SEE, "published"),
    *seen(post, "circular-count", DEPARTMENT, WIDE, "drafted"),
    *seen(post, "circular-count", NOBODY, SEE, "published"),
    *seen(post, "circular-publish", DEPARTMENT, WIDE, "drafted"),
    *seen(post, "circular-publish", NOBODY, SEE, "published"),
    *seen(post, "circular-recall", DEPARTMENT, SEE, "published"),
    *seen(post, "circular-recall", DEPARTMENT, WIDE, "far published"),
    *seen(post, "circular-recall", NOBODY, WIDE, "drafted"),
    *get("circular-document", WIDE, "drafted"),
    *get("circular-document", SEE, "published"),
    *get("circular-document", WIDE, "far published"),
    *get("circular-table", WIDE, "drafted"),
    *get("circular-table", SEE, "published"),
    *get("circular-table", WIDE, "far published"),
)

RECTIFICATION = (*ORDERS, *CIRCULARS)
