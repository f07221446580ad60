"""What may come out of a child, on every Python from 3.11.0 on."""

import pickle
import pickletools

import pytest

from meice.engines.annexes.model import Annex, Report
from meice.engines.sandbox import Failure
from meice.engines.sandbox.wire import LENGTH, pack, unpack


def _globals_of(frame):
    """The names that a frame asks the reader for."""
    strings, found = [], set()
    for operation, argument, _ in pickletools.genops(frame[LENGTH.size :]):
        if isinstance(argument, str):
            strings.append(argument)
        if operation.name == "STACK_GLOBAL":
            found.add(".".join(strings[-2:]))
    return found


@pytest.mark.parametrize("member", [Failure.TIMEOUT, *Annex])
def test_a_member_is_named_by_its_class_alone(member):
    frame = pack(member)
    assert _globals_of(frame) == {f"{type(member).__module__}.{type(member).__qualname__}"}
    assert unpack(frame[LENGTH.size :]) is member


def test_a_dataclass_comes_out_as_it_went_in():
    assert unpack(pack(Report(()))[LENGTH.size :]) == Report(())


@pytest.mark.parametrize("foreign", [print, getattr, ValueError("x"), LENGTH])
def test_nothing_else_comes_out(foreign):
    with pytest.raises((pickle.UnpicklingError, TypeError)):
        unpack(pack(foreign)[LENGTH.size :])
