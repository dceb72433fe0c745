"""An authority of our own that signs for this machine and for nothing beyond the house."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

__all__ = ["HOUSE", "Certificate", "certificate"]

HOUSE: tuple[IPv4Network | IPv6Network, ...] = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"),
    )
)
"""All that the authority may sign for, with names that end in `.local`."""

AUTHORITY_D, SERVER_D, RENEW_D = 5 * 365, 390, 30
"""Phones refuse a server's certificate that holds longer than 398 days."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where a server finds its own: CHAIN and KEY; what a phone has to trust: AUTHORITY; and its FINGERPRINT."""

    authority: Path
    chain: Path
    key: Path
    fingerprint: str


def certificate(folder: Path, addresses: Sequence[str], names: Sequence[str], now: datetime) -> Certificate:
    """Return a certificate for ADDRESSES and NAMES, made where there is none that holds a while longer."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = Certificate(folder / "authority.crt", folder / "server.crt", folder / "server.key", "")
    signer, authority = _authority(folder, now)
    if not _holds(found.chain, authority, addresses, names, now):
        key, leaf = _server(signer, authority, addresses, names, now)
        _write(found.key, _pem(key))
        _write(found.chain, leaf.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))
    return Certificate(found.authority, found.chain, found.key, _fingerprint(authority))


def _fingerprint(of: x509.Certificate) -> str:
    digest = of.fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


def _authority(folder: Path, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key_file, file = folder / "authority.key", folder / "authority.crt"
    if key_file.is_file() and file.is_file():
        known = x509.load_pem_x509_certificate(file.read_bytes())
        key = load_pem_private_key(key_file.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and known.not_valid_after_utc > now + timedelta(SERVER_D):
            return key, known
    made = ec.generate_private_key(ec.SECP256R1())
    name = _name("hipwise at home")
    allowed = [x509.DNSName("local"), *map(x509.IPAddress, HOUSE)]
    signed = (
        _builder(name, name, made.public_key(), now, AUTHORITY_D)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(allowed, None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(made, hashes.SHA256())
    )
    _write(key_file, _pem(made))
    _write(file, signed.public_bytes(Encoding.PEM))
    return made, signed


def _server(
    signer: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    addresses: Iterable[str],
    names: Iterable[str],
    now: datetime,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    known_as = [*(x509.IPAddress(ip_address(each)) for each in addresses), *map(x509.DNSName, names)]
    signed = (
        _builder(_name("hipwise"), authority.subject, key.public_key(), now, SERVER_D)
        .add_extension(x509.SubjectAlternativeName(known_as), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs=False), critical=True)
        .sign(signer, hashes.SHA256())
    )
    return key, signed


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _holds(
    chain: Path, authority: x509.Certificate, addresses: Iterable[str], names: Iterable[str], now: datetime
) -> bool:
    """Whether a server's certificate is there, is signed by AUTHORITY, and names all that it should."""
    if not chain.is_file():
        return False
    known = x509.load_pem_x509_certificate(chain.read_bytes())
    said = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    there = {str(each) for each in said.get_values_for_type(x509.IPAddress)} | {*said.get_values_for_type(x509.DNSName)}
    try:
        known.verify_directly_issued_by(authority)
    except Exception:  # noqa: BLE001 (whatever is wrong with it, a new one is made)
        return False
    return there == {*addresses, *names} and known.not_valid_after_utc > now + timedelta(RENEW_D)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as written:
        written.write(content)
    part.replace(file)
