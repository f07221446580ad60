"""A web server on loopback for the gallery, and a browser that notes every complaint."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Page


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing."""


@contextmanager
def gallery() -> Iterator[str]:
    """The address of a server that shows the gallery with the production middleware."""
    with override_settings(
        ROOT_URLCONF="meice.web.gallery",
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
        ALLOWED_HOSTS=["127.0.0.1"],
    ):
        server = make_server(
            "127.0.0.1", 0, get_wsgi_application(), server_class=Threads, handler_class=Silent
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()


def listen(page: Page) -> list[str]:
    """Everything the browser complains about on `page`: errors, and violations of the policy."""
    complaints: list[str] = []
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints
