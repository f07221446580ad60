"""Certificates of the farm, sound and broken, made anew each time by a self-made authority."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
WEAK = "ALL:@SECLEVEL=0"  # OpenSSL 3 speaks TLS 1.0 only below security level 1
EXPIRING_DAYS = 10


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.PEM)


class Authority:
    """A trusted root with an intermediate, and an authority that nobody knows."""

    def __init__(self, today: date) -> None:
        self.now = datetime.combine(today, time(), UTC)
        self.root = self._issue("华园大学测试根", None)
        self.middle = self._issue("华园大学测试中间", self.root)
        self.stranger = self._issue("无人知晓的机构", None)

    def context(self, kind: str, address: str) -> ssl.SSLContext:
        """The server side of the certificate `kind` (a key of `KINDS`) for an IP address."""
        return KINDS[kind](self, address)

    def leaf(self, address: str, *, days: int = 300, by: Signer | None = None) -> Signer:
        """A server's certificate that ends in `days`."""
        return self._issue("", by or self.root, address=address, days=days)

    def self_signed(self, address: str) -> Signer:
        """A certificate that vouches for itself."""
        return self._issue(address, None, address=address)

    def _issue(
        self,
        name: str,
        by: Signer | None,
        *,
        address: str = "",
        days: int = 3000,
    ) -> Signer:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(name or address)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(by.certificate.subject if by else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - timedelta(days=400))
            .not_valid_after(self.now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(not address, None), critical=True)
        )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        signed = builder.sign(by.key if by else key, SHA256())
        return Signer(signed, key)


def serve(signer: Signer, *chain: Signer) -> ssl.SSLContext:
    """A server that shows `signer`, and `chain` after it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    key = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.TemporaryDirectory() as folder:  # load_cert_chain reads files only
        path = Path(folder) / "chain.pem"
        path.write_bytes(key + signer.pem + b"".join(each.pem for each in chain))
        context.load_cert_chain(path)
    return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _old(authority: Authority, address: str) -> ssl.SSLContext:
    context = serve(authority.leaf(address))
    context.set_ciphers(WEAK)
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def _demanding(authority: Authority, address: str) -> ssl.SSLContext:
    context = serve(authority.leaf(address))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=authority.root.pem.decode())
    return context


KINDS: dict[str, Callable[[Authority, str], ssl.SSLContext]] = {
    "sound": lambda by, at: serve(by.leaf(at, by=by.middle), by.middle),
    "expired": lambda by, at: serve(by.leaf(at, days=-30)),
    "expiring": lambda by, at: serve(by.leaf(at, days=EXPIRING_DAYS)),
    "wrong-name": lambda by, at: serve(by.leaf("127.99.99.99")),
    "self-signed": lambda by, at: serve(by.self_signed(at)),
    "unknown-authority": lambda by, at: serve(by.leaf(at, by=by.stranger)),
    "incomplete": lambda by, at: serve(by.leaf(at, by=by.middle)),
    "old": _old,
    "client-demanded": _demanding,
}
