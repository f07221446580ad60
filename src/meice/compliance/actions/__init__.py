"""The deeds of the room: the only code that writes its rows."""

from meice.compliance.actions.claims import claim_gaps
from meice.compliance.actions.custodies import (
    CustodyFacts,
    add_custody,
    edit_custody,
    return_custody,
    rotate_custody,
    show_recovery,
)
from meice.compliance.actions.devices import (
    DeviceFacts,
    add_device,
    check_device,
    edit_device,
    restore_device,
    retire_device,
)
from meice.compliance.actions.items import ItemFacts, observe_certificates, record_item
from meice.compliance.actions.ladder import remind_ends

__all__ = [
    "CustodyFacts",
    "DeviceFacts",
    "ItemFacts",
    "add_custody",
    "add_device",
    "check_device",
    "claim_gaps",
    "edit_custody",
    "edit_device",
    "observe_certificates",
    "record_item",
    "remind_ends",
    "restore_device",
    "retire_device",
    "return_custody",
    "rotate_custody",
    "show_recovery",
]
