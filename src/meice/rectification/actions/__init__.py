"""The deeds of the room: the only code that writes its rows."""

from meice.rectification.actions.circulars import (
    CircularText,
    count_circular,
    draft_circular,
    edit_circular,
    publish_circular,
    recall_circular,
)
from meice.rectification.actions.deciding import close_order, record_recheck, return_reply
from meice.rectification.actions.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
    remind_order,
)
from meice.rectification.actions.issuing import (
    MOST_ITEMS,
    NewItem,
    draft_order,
    edit_order,
    issue_draft,
    issue_order,
    withdraw_order,
)
from meice.rectification.actions.ladder import climb_ladder
from meice.rectification.actions.replying import (
    ReplyText,
    acknowledge_order,
    attest_order,
    confirm_reply,
    decline_reply,
    reply_to_order,
)

__all__ = [
    "MOST_ITEMS",
    "CircularText",
    "NewItem",
    "ReplyText",
    "acknowledge_order",
    "ask_extension",
    "attest_order",
    "climb_ladder",
    "close_order",
    "confirm_reply",
    "count_circular",
    "decline_reply",
    "draft_circular",
    "draft_order",
    "edit_circular",
    "edit_order",
    "grant_extension",
    "issue_draft",
    "issue_order",
    "publish_circular",
    "recall_circular",
    "record_recheck",
    "refuse_extension",
    "remind_order",
    "reply_to_order",
    "return_reply",
    "withdraw_order",
]
