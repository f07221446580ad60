"""Who did what, when: written in the transaction of the act, linked into a chain, provable later.

`from meice import audit; audit.record("filing.accept", filing, by=user)`
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meice.audit.actions import record as record

__all__ = ["record"]


def __getattr__(name: str) -> Any:
    """`record`, fetched when it is first asked for: models may not load with the package."""
    if name in __all__:
        return getattr(import_module("meice.audit.actions"), name)
    raise AttributeError(name)
