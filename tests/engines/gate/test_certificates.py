"""Certificates are verified, and their facts are read even when they do not hold."""

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from tests.engines.gate.conftest import page, saying

from meice.engines.gate import Failure, Fetcher, Limits, Policy, Request
from meice.engines.gate.certificates import fits

LIMITS = Limits(connect_s=8, total_s=8)
NOW = datetime.datetime.now(datetime.UTC)
HOST = "www.huayuan.test"


@dataclass(frozen=True)
class Party:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def issue(subject, issuer=None, *, names=(), days=(-10, 90), authority=False, key=None) -> Party:
    """A certificate signed by ``issuer``, or by itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    signer = issuer or Party(None, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(issuer.certificate.subject if issuer else name(subject))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + datetime.timedelta(days=days[0]))
        .not_valid_after(NOW + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if names:
        alternatives = [
            x509.IPAddress(ipaddress.ip_address(each)) if each[0].isdigit() else x509.DNSName(each)
            for each in names
        ]
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return Party(builder.sign(signer.key, hashes.SHA256()), key)


ROOT = issue("华园根证书", authority=True)
MIDDLE = issue("华园中间证书", ROOT, authority=True)


def pem(*parties: Party) -> bytes:
    return b"".join(each.certificate.public_bytes(serialization.Encoding.PEM) for each in parties)


@pytest.fixture
def roots(tmp_path) -> str:
    path = tmp_path / "roots.pem"
    path.write_bytes(pem(ROOT))
    return str(path)


@pytest.fixture
def secured(serve, tmp_path):
    """``secured(leaf, *chain)`` serves a page over TLS."""

    def start(leaf: Party, *chain: Party, prepare=lambda context: None):
        path = Path(tmp_path) / "served.pem"
        key = leaf.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(key + pem(leaf, *chain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(path)
        prepare(context)

        def script(connection, served):
            with context.wrap_socket(connection, server_side=True) as wrapped:
                saying(page(b"secret"))(wrapped, served)

        return serve(script)

    return start


def ask(served, roots, *, insecure=False, host=HOST):
    """One answer from the TLS server, under the name ``host``."""
    found = []
    policy = Policy(allow=(ipaddress.ip_network("127.0.0.1/32"),))
    with Fetcher(policy, LIMITS, resolve=lambda host: ("127.0.0.1",), roots=roots) as fetcher:
        request = Request(f"https://{host}:{served.port}/", insecure=insecure)
        fetcher.submit(request, found.append)
        fetcher.run_until_idle()
    return found[0]


def test_valid_certificate_is_described(secured, roots):
    leaf = issue("华园大学", MIDDLE, names=(HOST, "*.huayuan.test"))
    answer = ask(secured(leaf, MIDDLE), roots)
    shown = answer.certificate
    assert (answer.failure, answer.body) == (None, b"secret")
    assert (shown.subject, shown.issuer) == ("华园大学", "华园中间证书")
    assert (shown.chain_ok, shown.name_ok, shown.self_signed) == (True, True, False)
    assert shown.names == (HOST, "*.huayuan.test")
    assert (shown.protocol, shown.key, shown.signature) == ("TLSv1.3", "EC secp256r1", "sha256")
    assert shown.days_left(NOW) == 89


def bad_certificates():
    return {
        "expired": ([issue("a", ROOT, names=(HOST,), days=(-90, -3))], True, True, False),
        "not yet valid": ([issue("a", ROOT, names=(HOST,), days=(3, 90))], True, True, False),
        "other name": ([issue("a", ROOT, names=("other.test",))], True, False, False),
        "only a common name": ([issue(HOST, ROOT)], True, False, False),
        "self-signed": ([issue("a", names=(HOST,))], False, True, True),
        "middle left out": ([issue("a", MIDDLE, names=(HOST,))], False, True, False),
        "unknown root": (
            [issue("a", issue("他人", authority=True), names=(HOST,))],
            False,
            True,
            False,
        ),
    }


@pytest.mark.parametrize("case", sorted(bad_certificates()))
def test_bad_certificate_is_a_tls_error_with_its_facts(secured, roots, case):
    chain, chain_ok, name_ok, self_signed = bad_certificates()[case]
    served = secured(*chain)
    answer = ask(served, roots)
    shown = answer.certificate
    assert (answer.failure, answer.body) == (Failure.TLS_ERROR, b"")
    assert (shown.chain_ok, shown.name_ok, shown.self_signed) == (chain_ok, name_ok, self_signed)
    if case != "only a common name":  # which the library itself would still take
        assert served.heads == []  # nothing was asked for on a connection that is not trusted


def test_body_comes_with_a_bad_certificate_only_when_asked_for(secured, roots):
    served = secured(issue("a", ROOT, names=(HOST,), days=(-90, -3)))
    answer = ask(served, roots, insecure=True)
    assert (answer.failure, answer.body) == (None, b"secret")
    assert answer.certificate.days_left(NOW) < 0
    assert answer.certificate.chain_ok is True


def test_weak_key_is_not_trusted(secured, roots):
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    answer = ask(secured(issue("a", ROOT, names=(HOST,), key=weak)), roots)
    assert answer.failure is Failure.TLS_ERROR
    assert answer.certificate.key == "RSA 1024"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_server_of_old_protocols_is_a_tls_error_that_names_the_protocol(secured, roots):
    def old(context):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1

    answer = ask(secured(issue("a", ROOT, names=(HOST,)), prepare=old), roots)
    assert answer.failure is Failure.TLS_ERROR
    assert answer.certificate.protocol == "TLSv1"


def test_demanded_client_certificate_is_a_tls_error(secured, roots):
    def demanding(context):
        context.maximum_version = ssl.TLSVersion.TLSv1_2  # later ones close with a race
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(roots)

    answer = ask(secured(issue("a", ROOT, names=(HOST,)), prepare=demanding), roots)
    assert answer.failure is Failure.TLS_ERROR


def test_plain_text_where_tls_is_asked_for_is_a_tls_error(serve, roots):
    def script(connection, served):
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.recv(65_536)

    answer = ask(serve(script), roots)
    assert (answer.failure, answer.certificate) == (Failure.TLS_ERROR, None)


def test_without_roots_trust_is_unknown_not_bad(secured):
    answer = ask(secured(issue("a", ROOT, names=(HOST,))), "", insecure=True)
    assert answer.certificate.chain_ok is None


@pytest.mark.parametrize(
    ("pattern", "host", "expected"),
    [
        ("a.b.cn", "a.b.cn", True),
        ("*.b.cn", "a.b.cn", True),
        ("*.b.cn", "x.a.b.cn", False),
        ("*.b.cn", "b.cn", False),
        ("*.cn", "b.cn", False),
        ("*", "a", False),
        ("10.0.0.1", "10.0.0.1", True),
        ("2001:db8::1", "2001:db8:0::1", True),
    ],
)
def test_a_star_stands_for_exactly_the_first_label(pattern, host, expected):
    assert fits(pattern, host) is expected
