"""The facts of the certificate a server showed, valid or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from meice.engines.gate.answers import Certificate

NAMES = 200  # of a certificate are kept
# X509_V_ERR_… of OpenSSL that a school meets, in our words
REASONS = {
    2: "缺少签发者证书",
    9: "尚未生效",
    10: "已过期",
    18: "自签名",
    19: "根证书不受信任",
    20: "证书链不完整或签发者不受信任",
    21: "证书链不完整",
    66: "密钥过短",
    67: "签发者的密钥过短",
    68: "签名算法过弱",
}
OUT_OF_DATE = (9, 10)
ABOUT_NAMES = (1, 62, 64)  # the name does not fit; the chain itself was built to a root
UNVERIFIED = -1  # there were no roots to verify with


def read_certificate(
    pem: str, host: str, result: int, protocol: str, now: datetime | None = None
) -> Certificate | None:
    """Read the leaf in ``pem``; ``result`` is OpenSSL's verify result. None: unreadable."""
    try:
        leaf = x509.load_pem_x509_certificate(pem.encode("ascii", "replace"))
        return describe(leaf, host, result, protocol, now or datetime.now(UTC))
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None


def describe(
    leaf: x509.Certificate, host: str, result: int, protocol: str, now: datetime
) -> Certificate:
    """The leaf's facts; a leaf that is only out of date has a chain that is right."""
    names = alternative_names(leaf)
    valid_now = leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc
    name_ok = any(fits(name, host) for name in names)
    trusted = (
        result == 0
        or (result in ABOUT_NAMES and not name_ok)
        or (result in OUT_OF_DATE and not valid_now)
    )
    return Certificate(
        subject=common_name(leaf.subject),
        issuer=common_name(leaf.issuer),
        names=names[:NAMES],
        not_before=leaf.not_valid_before_utc,
        not_after=leaf.not_valid_after_utc,
        self_signed=leaf.subject == leaf.issuer,
        name_ok=name_ok,
        chain_ok=None if result == UNVERIFIED else trusted,
        reason=describe_result(result, name_ok=name_ok),
        protocol=protocol,
        key=describe_key(leaf),
        signature=signature(leaf),
    )


def describe_result(result: int, *, name_ok: bool) -> str:
    """Why the chain is not trusted; empty when it is, or when only the name is wrong."""
    if result in (0, UNVERIFIED) or (result in ABOUT_NAMES and not name_ok):
        return ""
    return REASONS.get(result, f"验证码 {result}")


def alternative_names(leaf: x509.Certificate) -> tuple[str, ...]:
    """The names the certificate is for; the common name has not counted since RFC 9525."""
    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    names = [str(name).lower() for name in found.get_values_for_type(x509.DNSName)]
    return (*names, *(str(each) for each in found.get_values_for_type(x509.IPAddress)))


def fits(name: str, host: str) -> bool:
    """RFC 9525 6.3: the same name, or a ``*`` for exactly the first label; addresses as they are."""
    if name == host:
        return True
    try:
        return ip_address(name) == ip_address(host)
    except ValueError:
        first, _, rest = host.partition(".")
        return bool(first) and "." in rest and name == f"*.{rest}"


def common_name(name: x509.Name) -> str:
    """The common name, else the organisation, else the whole name."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found: Iterable[x509.NameAttribute[str | bytes]] = name.get_attributes_for_oid(kind)
        for each in found:
            return str(each.value)[:200]
    return name.rfc4514_string()[:200]


def describe_key(leaf: x509.Certificate) -> str:
    """``RSA 2048``, ``EC secp256r1``, or the kind of key alone."""
    try:
        key = leaf.public_key()
    except Exception:  # an algorithm that the library does not know
        return ""
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}"
    return type(key).__name__.removesuffix("PublicKey")


def signature(leaf: x509.Certificate) -> str:
    """The hash the issuer signed with, ``sha256``."""
    try:
        used = leaf.signature_hash_algorithm
    except Exception:  # an algorithm that the library does not know
        return ""
    return used.name if used else ""
