"""Headers, cookies and the content security policy on every page; the deployment check."""

import os
import re
import subprocess
import sys

import pytest
from django.urls import reverse
from tests.answers import body
from tests.conftest import PASSWORD
from tests.house.source import ROOT
from tests.meice.whole.objects import arguments
from tests.meice.whole.table import TABLE

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
GETS = [row for row in TABLE if row.method == "get" and row.at != "others"]


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts if " " in part)


INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)(?![^>]*json)", re.I)


def answers(world, signed_in):
    """The answers to every GET of the table, by the role that may do most of them."""
    browsers = {role: signed_in(person) for role, person in world.cast.everybody.items()}
    for row in GETS:
        role = min(row.who, default=None)
        if role is None:
            continue
        person = world.cast.everybody[role.value]
        address = reverse(row.name, kwargs=arguments(row, world, person))
        yield row, browsers[role.value].get(address)


def faults_of(response):
    """What an answer lacks, or holds and must not."""
    attached = response.get("Content-Disposition", "").startswith("attachment")
    if not attached and policy_of(response) != POLICY:
        yield response["Content-Security-Policy"]
    if attached and "sandbox" not in response["Content-Security-Policy"]:
        yield "a download without a sandbox"
    if response["X-Content-Type-Options"] != "nosniff" or response["X-Frame-Options"] != "DENY":
        yield "sniffed or framed"
    if response["Referrer-Policy"] != "same-origin":
        yield "tells where it came from"
    if "no-store" not in response.get("Cache-Control", ""):
        yield "may be cached"
    if response["Content-Type"].startswith("text/html") and not response.streaming:
        yield from INLINE.findall(response.content.decode())


def test_every_page_bears_the_policy_and_no_inline_script_or_style(world, signed_in):
    wrong, pages = [], 0
    for row, response in answers(world, signed_in):
        wrong += [f"{row.label}: {fault}" for fault in faults_of(response)]
        pages += response["Content-Type"].startswith("text/html")
        body(response)
    assert wrong == []
    assert pages > 60


def test_an_inline_script_or_style_would_be_seen():
    for bad in ("<style>", '<p style="x">', "<a onclick='x'>", "<script>x</script>"):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/a.js" defer></script>')


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/"])
def test_strangers_get_the_policy_too(client, path):
    assert policy_of(client.get(path)) == POLICY


def test_the_session_cookie_is_for_the_server_alone(client, cast):
    client.post("/sign-in/", {"username": cast.he.username, "password": PASSWORD})
    cookie = client.cookies["meice"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


PRODUCTION = {
    "MEICE_PUBLIC_URL": "https://meice.huayuan.edu.cn",
    "MEICE_HOSTS": "meice.huayuan.edu.cn",
    "MEICE_SECRET_KEY": "production-like-" + "z9Yx8Wv7" * 8,
    "DJANGO_SETTINGS_MODULE": "meice.config.settings",
}


def in_production(tmp_path, code):
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= PRODUCTION | {"MEICE_DATA_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_deployment_check_is_clean(tmp_path):
    command = ["-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = in_production(tmp_path, command)
    assert done.returncode == 0, done.stderr


def test_behind_tls_cookies_are_bound_to_the_host(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_SSL_REDIRECT)"
    )
    done = in_production(tmp_path, ["-c", code])
    assert done.stdout.split() == [
        "__Host-meice",
        "True",
        "__Host-meice-csrf",
        "True",
        "True",
        "True",
    ]
