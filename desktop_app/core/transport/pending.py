"""The keys of a site between their making and the end of its enrolment."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from desktop_app.core.batches import wire
from desktop_app.core.batches.keys import OpeningKey

if TYPE_CHECKING:
    from desktop_app.core.workspace import SecretStore

PENDING = "enrolment-pending"
_NO_NAME = x509.Name([])  # the registry names the site from its own list, whatever is asked


class PendingKeys(wire.Wire):
    """Three private keys (base64) made for one enrolment code, which is kept as its hash."""

    code_sha256: wire.Sha256
    signing: wire.Base64
    tls: wire.Base64
    receiving: wire.Base64

    def __repr__(self) -> str:
        return "PendingKeys()"

    @classmethod
    def of_code(cls, code: str, secrets: SecretStore) -> PendingKeys:
        """The keys already made for this code, else new ones, in the secret store before they are used."""
        digest = hashlib.sha256(code.encode()).hexdigest()
        stored = secrets.get(PENDING)
        if stored is not None:
            keys = wire.parse(cls, stored)
            if keys.code_sha256 == digest:
                return keys
        keys = cls._made(digest)
        secrets.put(PENDING, keys.json_bytes())
        return keys

    @staticmethod
    def forget(secrets: SecretStore) -> None:
        """Once the enrolment is saved."""
        secrets.delete(PENDING)

    @classmethod
    def _made(cls, digest: str) -> PendingKeys:
        tls = ec.generate_private_key(ec.SECP256R1())
        der = tls.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return cls(
            code_sha256=digest,
            signing=_text(Ed25519PrivateKey.generate().private_bytes_raw()),
            tls=_text(der),
            receiving=_text(OpeningKey.generate().raw),
        )

    def signing_key(self) -> Ed25519PrivateKey:
        """Signs manifests."""
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self.signing))

    def receiving_key(self) -> OpeningKey:
        """Opens feedback and linkage keys."""
        return OpeningKey(base64.b64decode(self.receiving))

    def tls_key(self) -> ec.EllipticCurvePrivateKey:
        """Proves who connects. Raises TypeError when the store holds a key of another kind."""
        key = load_der_private_key(base64.b64decode(self.tls), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the pending TLS key is of another kind")
        return key

    def tls_pem(self, password: bytes) -> bytes:
        """The TLS key as PEM, encrypted under `password`."""
        return self.tls_key().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
        )

    def signing_csr(self) -> str:
        """Certificate request for the signing key, PEM."""
        request = (
            x509.CertificateSigningRequestBuilder().subject_name(_NO_NAME).sign(self.signing_key(), None)
        )
        return request.public_bytes(Encoding.PEM).decode()

    def tls_csr(self) -> str:
        """Certificate request for the TLS key, PEM."""
        request = (
            x509.CertificateSigningRequestBuilder().subject_name(_NO_NAME).sign(self.tls_key(), SHA256())
        )
        return request.public_bytes(Encoding.PEM).decode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
