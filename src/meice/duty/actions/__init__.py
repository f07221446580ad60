"""The deeds of the room: atomic, judged by a policy, audited; the only code that writes."""

from meice.duty.actions.changing import (
    Absence,
    arrange_stand_in,
    change_shift,
    end_stand_in,
    move_stake,
    stakes_of,
)
from meice.duty.actions.feeds import export_roster, hash_of, make_feed, revoke_feed, show_number
from meice.duty.actions.filling import fill_all, fill_roster, replan_roster
from meice.duty.actions.handing import (
    accept_handover,
    amend_handover,
    close_item,
    return_handover,
    write_handover,
)
from meice.duty.actions.rosters import (
    PatternTerms,
    RosterTerms,
    add_layer,
    close_roster,
    create_roster,
    drop_layer,
    drop_pattern,
    edit_layer,
    edit_roster,
    reopen_roster,
    set_pattern,
)
from meice.duty.actions.swapping import (
    accept_swap,
    ask_swap,
    decline_swap,
    lapse_swaps,
    withdraw_swap,
)
from meice.duty.actions.watching import (
    find_troubles,
    keepers_of,
    next_of,
    remind_people,
    watch_rosters,
)

__all__ = [
    "Absence",
    "PatternTerms",
    "RosterTerms",
    "accept_handover",
    "accept_swap",
    "add_layer",
    "amend_handover",
    "arrange_stand_in",
    "ask_swap",
    "change_shift",
    "close_item",
    "close_roster",
    "create_roster",
    "decline_swap",
    "drop_layer",
    "drop_pattern",
    "edit_layer",
    "edit_roster",
    "end_stand_in",
    "export_roster",
    "fill_all",
    "fill_roster",
    "find_troubles",
    "hash_of",
    "keepers_of",
    "lapse_swaps",
    "make_feed",
    "move_stake",
    "next_of",
    "remind_people",
    "reopen_roster",
    "replan_roster",
    "return_handover",
    "revoke_feed",
    "set_pattern",
    "show_number",
    "stakes_of",
    "watch_rosters",
    "withdraw_swap",
    "write_handover",
]
