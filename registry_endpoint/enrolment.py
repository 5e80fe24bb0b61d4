"""How a site becomes known: a file with a one-time code goes out, certificates and linkage keys go back."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop_app.core.batches import wire
from desktop_app.core.batches.certificates import fingerprint
from desktop_app.core.batches.keys import SealingKey
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.signatures import raw_public
from desktop_app.core.errors import AppError
from registry_endpoint.authority import Authority, linkage_keys
from registry_endpoint.folder import Folder, sealing_key
from registry_endpoint.office import Office

CODE_DAYS = 30
_CODE_BYTES = 17  # 28 characters of base32: 136 bits


def enrolment_info(finess: str) -> bytes:
    """The HPKE context of the linkage keys on their way to a site."""
    return f"navette/enrolment/1|{finess}".encode()


def make_enrolment_file(folder: Folder, site: wire.Site, endpoint: str) -> wire.EnrolmentFile:
    """Enter the site, make a code that works once, and say all that the site needs to know."""
    office, authority = Office(folder.office), Authority.load(folder.authority)
    code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=")
    expires = (datetime.now(UTC) + timedelta(days=CODE_DAYS)).replace(microsecond=0)
    office.add_site(site)
    office.add_code(_hash(code), site.finess, expires.isoformat())
    return wire.EnrolmentFile(
        format="navette/enrolment/1",
        endpoint=endpoint,
        ca_pem=authority.certificate.public_bytes(Encoding.PEM).decode(),
        registry_keys=[_base64(raw_public(authority.signing_key.public_key()))],
        linkage_unit_key=_base64(sealing_key(folder.linkage_unit).raw),
        warehouse_key=_base64(sealing_key(folder.warehouse).raw),
        site=site,
        code="-".join(code[at : at + 4] for at in range(0, len(code), 4)),
        expires=expires,
    )


def answer_request(folder: Folder, request: wire.EnrolmentRequest) -> bytes:
    """The answer to a site's request, as JSON. The same keys under the same code get the same answer again.

    Refusals: `unknown-code`, `expired-code`, `used-code`, `bad-csr`, `revoked-site`.
    """
    office, digest = Office(folder.office), _hash(request.code)
    known = office.code(digest)
    if known is None or known[0] != request.finess:
        raise Refusal("unknown-code")
    _, expires, used_by, answer = known
    site = office.site(request.finess)
    if site is None or site[1]:
        raise Refusal("revoked-site")
    signing, tls = _request(request.signing_csr), _request(request.tls_csr)
    keys = _keys_hash(signing, tls, request.receiving_key)
    if used_by is None:
        if datetime.fromisoformat(expires) < datetime.now(UTC):
            raise Refusal("expired-code")
        _require_kinds(signing, tls)
        _issue(folder, office, request, site[0], digest, keys)
        used_by, answer = office.code(digest)[2:]  # type: ignore[index]
    if used_by != keys or answer is None:
        raise Refusal("used-code")
    return answer


def _issue(
    folder: Folder, office: Office, request: wire.EnrolmentRequest, site: wire.Site, digest: str, keys: str
) -> None:
    authority = Authority.load(folder.authority)
    signing = authority.issue(_request(request.signing_csr), site, connecting=False)
    tls = authority.issue(_request(request.tls_csr), site, connecting=True)
    receiving = _receiving_key(request.receiving_key)
    sealed = receiving.seal(linkage_keys(folder.authority).json_bytes(), enrolment_info(site.finess))
    root = _pem(authority.certificate)
    answer = wire.EnrolmentAnswer(
        format="navette/enrolment-answer/1",
        site=site,
        signing_chain=[_pem(signing), root],
        tls_chain=[_pem(tls), root],
        sealed_linkage_keys=_base64(sealed),
    )
    issued = {fingerprint(signing): "signing", fingerprint(tls): "tls"}
    office.use_code(digest, keys, answer.json_bytes(), receiving.raw, issued, datetime.now(UTC).isoformat())


def _require_kinds(signing: x509.CertificateSigningRequest, tls: x509.CertificateSigningRequest) -> None:
    connecting = tls.public_key()
    right_curve = isinstance(connecting, EllipticCurvePublicKey) and isinstance(connecting.curve, SECP256R1)
    if not isinstance(signing.public_key(), Ed25519PublicKey) or not right_curve:
        raise Refusal("bad-csr")


def _request(pem: str) -> x509.CertificateSigningRequest:
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        valid = request.is_signature_valid
    except (ValueError, UnsupportedAlgorithm):
        raise Refusal("bad-csr") from None
    if not valid:
        raise Refusal("bad-csr")
    return request


def _receiving_key(text: str) -> SealingKey:
    try:
        key = SealingKey(base64.b64decode(text, validate=True))
        key.seal(b"", b"")
    except (ValueError, AppError):
        raise Refusal("bad-csr") from None
    return key


def _keys_hash(
    signing: x509.CertificateSigningRequest, tls: x509.CertificateSigningRequest, receiving: str
) -> str:
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    keys = (
        signing.public_key().public_bytes(*form) + tls.public_key().public_bytes(*form) + receiving.encode()
    )
    return hashlib.sha256(keys).hexdigest()


def _hash(code: str) -> str:
    # 136 random bits: a plain hash cannot be searched.
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
