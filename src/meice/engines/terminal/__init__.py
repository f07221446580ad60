"""How the engines' commands speak to a terminal: lines, exit codes, progress, why a path failed."""

from meice.engines.terminal.progress import Bar
from meice.engines.terminal.speaking import FOUND, OK, WRONG_USAGE, say, say_json, warn, wrong
from meice.engines.terminal.trouble import reason_of

__all__ = ["FOUND", "OK", "WRONG_USAGE", "Bar", "reason_of", "say", "say_json", "warn", "wrong"]
