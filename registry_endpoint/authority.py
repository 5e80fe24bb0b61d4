"""The registry's authority: its certificate, those it issues to sites, its signing key, the linkage keys."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop_app.core.batches import wire
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.tokens import NORMALISER, SPECIFICATION
from registry_endpoint.folder import Folder, make_recipient, private_folder, write_private

AUTHORITY_DAYS, SERVER_DAYS, SITE_DAYS = 3650, 825, 400
_REGISTRY_NAME = "Registre"


@dataclass(frozen=True, slots=True, repr=False)
class Authority:
    """The authority's keys, loaded."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    signing_key: Ed25519PrivateKey

    @classmethod
    def load(cls, folder: Path) -> Authority:
        """From the files that `initialise` wrote."""
        key = load_pem_private_key((folder / "ca.key").read_bytes(), None)
        signing = load_pem_private_key((folder / "registry.key").read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(signing, Ed25519PrivateKey):
            raise TypeError("the authority's keys are of another kind")
        return cls(x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes()), key, signing)

    def issue(
        self, request: x509.CertificateSigningRequest, site: wire.Site, connecting: bool
    ) -> x509.Certificate:
        """A site's certificate: the key is from the request, the name from the registry's own list."""
        now = datetime.now(UTC)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, site.name[:64]),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, site.finess),
            ]
        )
        builder = _builder(subject, self.certificate.subject, request.public_key(), now, SITE_DAYS)  # type: ignore[arg-type]
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
        if connecting:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
            builder = builder.add_extension(usage, critical=False)
        return builder.sign(self.key, SHA256())


def initialise(folder: Folder) -> None:
    """Make whatever keys and certificates are not there yet; what is there stays."""
    for place in (folder.root, folder.authority, folder.office, folder.linkage_unit, folder.warehouse):
        private_folder(place)
    make_recipient(folder.linkage_unit)
    make_recipient(folder.warehouse)
    private_folder(folder.uploads)
    if not (folder.linkage_unit / "hash.key").exists():
        write_private(folder.linkage_unit / "hash.key", secrets.token_bytes(32))
    if not (folder.authority / "linkage-keys.json").exists():
        year = datetime.now(UTC).year
        keys = wire.LinkageKeyGrants(
            keys=[_new_linkage_key(f"{year}-A", date(year, 1, 1), date(year + 1, 12, 31))]
        )
        write_private(folder.authority / "linkage-keys.json", keys.json_bytes())
    if not (folder.authority / "ca.pem").exists():
        _make_certificates(folder.authority)


def linkage_keys(folder: Path) -> wire.LinkageKeyGrants:
    """The linkage keys with their secrets, for sealing to a site that enrols."""
    return wire.parse(wire.LinkageKeyGrants, (folder / "linkage-keys.json").read_bytes())


def check_linkage_header(
    header: wire.KeyHeader, keys: wire.LinkageKeyGrants, day: date, leeway: timedelta
) -> None:
    """Refusal `wrong-linkage-key` unless the header is that of a key in force within `leeway` of `day`."""
    for key in keys.keys:
        expected = (SPECIFICATION, NORMALISER, key.key_id, key.check_value)
        given = (header.specification, header.normaliser, header.key_id, header.check_value)
        if expected == given and key.period_start - leeway <= day <= key.period_end + leeway:
            return
    raise Refusal("wrong-linkage-key")


def check_value(master: bytes, key_id: str) -> str:
    """First 4 bytes of HMAC-SHA-256(root, "KCV"), hexadecimal; root = HKDF(specification, normaliser, id)."""
    info = "\x1f".join((SPECIFICATION, NORMALISER, key_id)).encode()
    root = HKDF(SHA256(), 32, salt=None, info=info).derive(master)
    return hmac.digest(root, b"KCV", "sha256")[:4].hex()


def _new_linkage_key(key_id: str, start: date, end: date) -> wire.LinkageKeyGrant:
    from base64 import b64encode

    master = secrets.token_bytes(32)
    return wire.LinkageKeyGrant(
        key_id=key_id,
        check_value=check_value(master, key_id),
        period_start=start,
        period_end=end,
        master=b64encode(master).decode(),
    )


def _make_certificates(folder: Path) -> None:
    now, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{_REGISTRY_NAME} - {secrets.token_hex(4)}")])
    authority = (
        _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = (
        _builder(_server_name(), name, server_key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_local_names(), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    write_private(folder / "ca.key", _pem(key))
    write_private(folder / "registry.key", _pem(Ed25519PrivateKey.generate()))
    write_private(folder / "server.key", _pem(server_key))
    write_private(folder / "server.pem", server.public_bytes(Encoding.PEM))
    write_private(folder / "ca.pem", authority.public_bytes(Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _server_name() -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])


def _local_names() -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName(
        [
            x509.DNSName("localhost"),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            x509.IPAddress(ipaddress.ip_address("::1")),
        ]
    )


def _pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
