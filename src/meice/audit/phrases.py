"""What an act is called in Chinese on the log page; each room adds its own in `ready()`."""

from collections.abc import Mapping

_phrases: dict[str, str] = {}


def name_acts(phrases: Mapping[str, str]) -> None:
    """Add `{"filing.accept": "受理备案"}`; one act has one phrase."""
    for act, phrase in phrases.items():
        if _phrases.setdefault(act, phrase) != phrase:
            raise ValueError(f"{act} is called {_phrases[act]} already")


def phrase_of(act: str) -> str:
    """The phrase; the act itself where no room has named it."""
    return _phrases.get(act, act)


def named_acts() -> dict[str, str]:
    """All phrases, for the filter of the log."""
    return dict(_phrases)
