"""How this site becomes known to a registry, and what is kept of it.

Private keys are made here and stay in the secret store; the TLS key also lies on disk, encrypted under a
password that is in the store, because the TLS library reads it from a file. Killed anywhere, enrolling again
with the same file uses the same keys and gets the same answer.
"""

from __future__ import annotations

import base64
import json
import secrets as randomness
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.core.batches import wire
from desktop_app.core.batches.certificates import finess_of, signing_key_of
from desktop_app.core.batches.keys import DoesNotOpen, OpeningKey, SealingKey
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.sealing import Recipients, SiteIdentity
from desktop_app.core.errors import AppError
from desktop_app.core.identity import LinkageKey
from desktop_app.core.progress import Progress, silent
from desktop_app.core.transport.connection import Broken, ClientCertificate, Connection
from desktop_app.core.transport.pending import PendingKeys
from desktop_app.core.transport.policy import Policy
from desktop_app.core.workspace.files import private_folder, write_whole
from validation_rules.text import Text

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.core.workspace import SecretStore, Workspace

SETTING = "enrolment"
TLS_FILE = "connection.pem"
MAX_FILE = 64 << 10

SIGNING_KEY = "site-signing-key"
RECEIVING_KEY = "site-receiving-key"
TLS_PASSWORD = "connection-password"  # noqa: S105 - the name of a secret, not one
SITE_SECRET = "site-pseudonym-secret"  # noqa: S105
LINKAGE_KEY = "linkage-key:"

_ENROLLING = Text("Enrôlement auprès du registre", "Enrolling with the registry")


class Enrolment(wire.Wire):
    """What a site knows of its registry; nothing secret. Goes to the workspace's settings.

    Keys are base64 as in the enrolment file; `signing_chain` PEM, leaf first; `tls_file` lies in the
    workspace's folder.
    """

    site: wire.Site
    endpoint: str
    ca_pem: wire.Pem
    registry_keys: list[wire.Base64]
    linkage_unit_key: wire.Base64
    warehouse_key: wire.Base64
    signing_chain: list[wire.Pem]
    tls_file: str
    linkage_keys: list[wire.LinkageKeyInfo]
    enrolled: datetime

    def recipients(self) -> Recipients:
        """Whom batches are sealed to."""
        return Recipients(_sealing(self.linkage_unit_key), _sealing(self.warehouse_key))

    def registry_verifiers(self) -> list[Ed25519PublicKey]:
        """The pinned keys that receipts and feedback are signed with."""
        return [Ed25519PublicKey.from_public_bytes(base64.b64decode(key)) for key in self.registry_keys]

    def connection(self, folder: Path, secrets: SecretStore, policy: Policy | None = None) -> Connection:
        """A connection as this site; `folder` is the workspace's."""
        certificate = ClientCertificate(folder / self.tls_file, _secret(secrets, TLS_PASSWORD))
        return Connection(self.endpoint, self.ca_pem, certificate, policy)


@dataclass(frozen=True, slots=True, repr=False)
class SiteKeys:
    """The private side of an enrolment, read from the secret store."""

    identity: SiteIdentity
    receiving: OpeningKey
    site_secret: bytes


def read_enrolment_file(path: Path) -> wire.EnrolmentFile:
    """What a registry handed over. AppError `bad-document`, `enrolment-file`."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError:
        raise AppError(
            "enrolment-file",
            Text("Le fichier d’enrôlement ne peut pas être lu.", "The enrolment file cannot be read."),
            Text("Vérifiez son emplacement.", "Check where it is."),
        ) from None
    return wire.parse(wire.EnrolmentFile, content, MAX_FILE)


def enrol(
    enrolment_file: Path,
    secrets: SecretStore,
    folder: Path,
    policy: Policy | None = None,
    progress: Progress = silent,
) -> Enrolment:
    """Enrol this site; keys go to `secrets`, the encrypted TLS key to `folder` (the workspace's).

    Hand the result to `save_enrolment`. Waits out broken connections (cancel through `progress`). AppError
    with the registry's reason (`used-code`, `expired-code`, ...), or `enrolment-answer` when its answer is
    not one to trust.
    """
    offer, policy = read_enrolment_file(enrolment_file), policy or Policy()
    keys = PendingKeys.of_code(offer.code, secrets)
    answer = _ask(offer, keys, policy, progress)
    grants = _checked(offer, keys, answer)
    _keep_secrets(secrets, keys, grants)
    password = _secret(secrets, TLS_PASSWORD)
    write_whole(
        private_folder(folder) / TLS_FILE, keys.tls_pem(password) + "".join(answer.tls_chain).encode()
    )
    return Enrolment(
        site=offer.site,
        endpoint=offer.endpoint,
        ca_pem=offer.ca_pem,
        registry_keys=offer.registry_keys,
        linkage_unit_key=offer.linkage_unit_key,
        warehouse_key=offer.warehouse_key,
        signing_chain=answer.signing_chain,
        tls_file=TLS_FILE,
        linkage_keys=[_public(grant) for grant in grants.keys],
        enrolled=datetime.now(UTC).replace(microsecond=0),
    )


def save_enrolment(workspace: Workspace, enrolment: Enrolment) -> None:
    """Keep the enrolment; only then are the keys no longer pending."""
    workspace.settings.put(SETTING, enrolment.model_dump(mode="json"))
    PendingKeys.forget(workspace.secrets)


def load_enrolment(workspace: Workspace) -> Enrolment | None:
    """The site's enrolment, or None before there is one."""
    found: object = workspace.settings.get(SETTING, None)
    return None if found is None else wire.parse(Enrolment, json.dumps(found).encode())


def site_keys(enrolment: Enrolment, secrets: SecretStore) -> SiteKeys:
    """The keys that sealing, pseudonymising and opening feedback need. AppError `secret-missing`."""
    chain = tuple(x509.load_pem_x509_certificate(pem.encode()) for pem in enrolment.signing_chain)
    signing = Ed25519PrivateKey.from_private_bytes(_secret(secrets, SIGNING_KEY))
    identity = SiteIdentity(enrolment.site.finess, enrolment.site.name, signing, chain)
    return SiteKeys(identity, OpeningKey(_secret(secrets, RECEIVING_KEY)), _secret(secrets, SITE_SECRET))


def linkage_key(enrolment: Enrolment, secrets: SecretStore, day: date) -> LinkageKey:
    """The newest linkage key whose period holds `day`. AppError `no-linkage-key`, `secret-missing`."""
    for info in reversed(enrolment.linkage_keys):
        if info.period_start <= day <= info.period_end:
            master = _secret(secrets, LINKAGE_KEY + info.key_id)
            return LinkageKey(info.key_id, master, info.period_start, info.period_end, info.check_value)
    raise AppError(
        "no-linkage-key",
        Text("Aucune clé d’appariement n’est valable aujourd’hui.", "No linkage key is valid today."),
        Text(
            "Vérifiez la date de l’ordinateur ; si elle est juste, demandez un nouveau fichier d’enrôlement.",
            "Check the computer’s date; if it is right, ask the registry for a new enrolment file.",
        ),
    )


def _ask(
    offer: wire.EnrolmentFile, keys: PendingKeys, policy: Policy, progress: Progress
) -> wire.EnrolmentAnswer:
    request = wire.EnrolmentRequest(
        format="navette/enrolment-request/1",
        code=offer.code,
        finess=offer.site.finess,
        signing_csr=keys.signing_csr(),
        tls_csr=keys.tls_csr(),
        receiving_key=base64.b64encode(keys.receiving_key().sealing_key.raw).decode(),
    ).json_bytes()
    attempt = 0
    with Connection(offer.endpoint, offer.ca_pem, policy=policy) as connection:
        while True:
            progress(0, None, _ENROLLING)
            try:
                answer = connection.ask(
                    "POST", "/v1/enrolment", {"Content-Type": "application/json"}, request
                )
            except Broken as broken:
                attempt += 1
                policy.pause(policy.delay(attempt, broken.told), progress, 0, None)
            else:
                return wire.parse(wire.EnrolmentAnswer, answer.body)


def _checked(
    offer: wire.EnrolmentFile, keys: PendingKeys, answer: wire.EnrolmentAnswer
) -> wire.LinkageKeyGrants:
    """The linkage keys, once the certificates are shown to be ours and from the pinned authority."""
    authority = x509.load_pem_x509_certificate(offer.ca_pem.encode())
    try:
        chain = tuple(x509.load_pem_x509_certificate(pem.encode()) for pem in answer.signing_chain)
        ours = signing_key_of(chain, authority, datetime.now(UTC)) == keys.signing_key().public_key()
        tls = x509.load_pem_x509_certificate(answer.tls_chain[0].encode())
        tls.verify_directly_issued_by(authority)
        ours = ours and tls.public_key() == keys.tls_key().public_key()
        ours = ours and {finess_of(chain[0]), finess_of(tls), answer.site.finess} == {offer.site.finess}
        sealed = base64.b64decode(answer.sealed_linkage_keys)
        opened = keys.receiving_key().open(sealed, f"navette/enrolment/1|{offer.site.finess}".encode())
    except Refusal as refusal:
        raise AppError(refusal.code, refusal.what, refusal.todo) from None
    except (ValueError, TypeError, DoesNotOpen, InvalidSignature):
        raise _distrust() from None
    grants = wire.parse(wire.LinkageKeyGrants, opened)
    if not ours or not all(_holds(grant) for grant in grants.keys):
        raise _distrust()
    return grants


def _holds(grant: wire.LinkageKeyGrant) -> bool:
    master = base64.b64decode(grant.master)
    if len(master) != 32:
        return False
    return (
        LinkageKey(grant.key_id, master, grant.period_start, grant.period_end).check_value
        == grant.check_value
    )


def _keep_secrets(secrets: SecretStore, keys: PendingKeys, grants: wire.LinkageKeyGrants) -> None:
    secrets.put(SIGNING_KEY, keys.signing_key().private_bytes_raw())
    secrets.put(RECEIVING_KEY, keys.receiving_key().raw)
    for grant in grants.keys:
        secrets.put(LINKAGE_KEY + grant.key_id, base64.b64decode(grant.master))
    if secrets.get(TLS_PASSWORD) is None:
        secrets.put(TLS_PASSWORD, randomness.token_urlsafe(32).encode())
    # Never made twice: next month's record ids depend on it.
    if secrets.get(SITE_SECRET) is None:
        secrets.put(SITE_SECRET, randomness.token_bytes(32))


def _public(grant: wire.LinkageKeyGrant) -> wire.LinkageKeyInfo:
    return wire.LinkageKeyInfo(**grant.model_dump(exclude={"master"}))


def _sealing(text: str) -> SealingKey:
    return SealingKey(base64.b64decode(text))


def _secret(secrets: SecretStore, name: str) -> bytes:
    found = secrets.get(name)
    if found is None:
        raise AppError(
            "secret-missing",
            Text(
                f"Une clé de ce site manque dans le trousseau (« {name} »).",
                f"A key of this site is missing from the keyring (“{name}”).",
            ),
            Text("Refaites l’enrôlement avec un nouveau fichier.", "Enrol again with a new file."),
        )
    return found


def _distrust() -> AppError:
    return AppError(
        "enrolment-answer",
        Text(
            "La réponse du registre à l’enrôlement ne correspond pas aux clés de ce site.",
            "The registry’s answer to the enrolment does not match this site’s keys.",
        ),
        Text("Rien n’a été gardé. Prévenez le registre.", "Nothing was kept. Tell the registry."),
    )
