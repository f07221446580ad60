"""What acts and their details are called in Chinese on the log page; rooms add theirs in `ready()`."""

from collections.abc import Mapping

_phrases: dict[str, str] = {}
_details: dict[str, str] = {}


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


def name_details(labels: Mapping[str, str]) -> None:
    """Add `{"reason": "理由"}`; a key means the same in every room."""
    for key, label in labels.items():
        if _details.setdefault(key, label) != label:
            raise ValueError(f"{key} is called {_details[key]} already")


def named_details() -> dict[str, str]:
    """All labels of details."""
    return dict(_details)


def told(detail: Mapping[str, str | int | bool | None]) -> list[tuple[str, str]]:
    """The details as a person reads them: label and value, 是/否 for truth, — for nothing."""
    return [(_details.get(key, key), _word(value)) for key, value in detail.items()]


def _word(value: str | int | bool | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "—" if value is None or value == "" else str(value)
