"""The address of a person behind a proxy: the proxy's word counts, nobody else's."""

import subprocess
import sys

import pytest
from django.utils import timezone
from tests.conftest import PASSWORD

from meice.config import doctor
from meice.config.proxies import behind
from meice.config.settings import environment
from meice.orgs.models import SignedIn

HOME = ["127.0.0.1", "10.1.0.0/16"]


def address_of(peer, told, proxies=HOME):
    """What the application sees as REMOTE_ADDR."""
    seen = []
    environ = {"REMOTE_ADDR": peer} | ({"HTTP_X_FORWARDED_FOR": told} if told else {})
    behind(lambda given, _start: seen.append(given["REMOTE_ADDR"]) or [], proxies)(environ, None)
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "222.200.1.9", "222.200.1.9"),
        ("10.1.2.3", "2001:da8::7", "2001:da8::7"),
        ("127.0.0.1", "222.200.1.9, 10.1.2.3", "222.200.1.9"),
        ("127.0.0.1", "8.8.8.8, 222.200.1.9", "222.200.1.9"),  # the first is what she wrote herself
        ("222.200.1.9", "10.1.2.3", "222.200.1.9"),  # no proxy of ours
        ("127.0.0.1", "<script>, 222.200.1.9", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
    ],
)
def test_only_a_named_proxy_is_listened_to(peer, told, address):
    assert address_of(peer, told) == address


def test_without_a_named_proxy_nobody_is_listened_to():
    assert address_of("127.0.0.1", "222.200.1.9", proxies=[]) == "127.0.0.1"


def test_what_is_no_network_stops_the_start_with_a_sentence(monkeypatch):
    monkeypatch.setenv("MEICE_PROXIES", "127.0.0.1,*")
    with pytest.raises(SystemExit, match="「\\*」不是 IP 地址或网段"):
        environment.networks("MEICE_PROXIES")


SERVED = """
from django.core.signals import request_started
from django.test import RequestFactory
from meice.config.wsgi import application

request_started.connect(lambda environ, **_: print(environ["REMOTE_ADDR"]), weak=False)
for peer in ("127.0.0.1", "222.200.1.10"):
    told = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": "222.200.1.9"}
    application(RequestFactory().get("/nowhere/", **told).environ, lambda *_: None)
"""


@pytest.mark.parametrize(
    ("public", "seen"),
    [
        ("https://meice.huayuan.edu.cn", "222.200.1.9 222.200.1.10"),
        ("http://127.0.0.1:8000", "127.0.0.1 222.200.1.10"),
    ],
)
def test_behind_tls_the_server_listens_to_the_proxy_of_this_machine_by_itself(
    tmp_path, public, seen
):
    surroundings = {
        "MEICE_DATA_DIR": str(tmp_path), "MEICE_PUBLIC_URL": public, "MEICE_SECRET_KEY": "k" * 60,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SERVED], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == seen.split()


@pytest.mark.django_db
def test_the_session_bears_the_persons_own_address(cast, client):
    """As the server would hand it on; the brake and the audit read the same."""
    client.post(
        "/sign-in/", {"username": cast.he.username, "password": PASSWORD}, REMOTE_ADDR="222.200.1.9"
    )
    assert SignedIn.objects.get(user=cast.he).address == "222.200.1.9"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("addresses", "health", "words"),
    [
        ([], "未知", "还没有人登录过"),
        (["127.0.0.1", "127.0.0.1"], "注意", "都显示为代理的地址"),
        (["10.9.9.9", "10.9.9.9"], "注意", "都来自 10.9.9.9"),
        (["222.200.1.9", "127.0.0.1"], "正常", "听信 127.0.0.1"),
    ],
)
def test_the_doctor_sees_when_everybody_has_the_address_of_the_proxy(
    settings, cast, addresses, health, words
):
    settings.BEHIND_TLS, settings.PROXIES = True, ["127.0.0.1"]
    moment = timezone.now()
    for address in addresses:
        SignedIn.objects.create(user=cast.he, address=address, started_at=moment, seen_at=moment)
    told = doctor.examine_proxies()
    assert told.health == health
    assert words in told.found
