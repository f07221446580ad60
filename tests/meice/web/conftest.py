"""A small stage for the components: templates from text, a reader without a database."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from meice.web import static_files
from meice.web.tags import shell

Render = Callable[..., str]


@pytest.fixture
def request_of(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """A GET of an address by a signed-in reader whose frame needs no database."""

    def build(address: str = "/", **frame: Any) -> HttpRequest:
        request = rf.get(address)
        request.user = SimpleNamespace(is_authenticated=True, pk=7)  # type: ignore[assignment]
        for name, value in frame.items():
            setattr(request, name, value)
        return request

    return build


@pytest.fixture
def render(request_of: Callable[..., HttpRequest]) -> Render:
    """Render template text with the library of components loaded."""

    def draw(text: str, *, address: str = "/", **context: Any) -> str:
        template = engines["django"].from_string("{% load meice %}" + text)
        return template.render(context, request_of(address))

    return draw


@pytest.fixture
def no_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """A house whose front end was never built."""
    monkeypatch.setattr(static_files, "BUILT", tmp_path / "static" / "built")
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    static_files.is_built.cache_clear()
    static_files.icon_names.cache_clear()
    shell._navigation.cache_clear()
    shell._tabs.cache_clear()
