"""Who is let in at the door of the registry, and what it answers to what it does not understand."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.batches import wire
from desktop_app.core.batches.identifiers import new_batch_id
from desktop_app.core.errors import AppError
from desktop_app.core.transport import Connection, Enrolment, Policy, Refused, enrol, read_enrolment_file
from desktop_app.core.transport.connection import Answer
from desktop_app.core.transport.pending import PENDING
from registry_endpoint.enrolment import answer_request
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office
from tests.exchange_parts import FINESS, OTHER_FINESS, Registry, registry
from tests.memory_secrets import MemorySecrets

QUICK = Policy(first=0.01, most=0.05, connect_timeout=5, read_timeout=20)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.fixture
def site(endpoint: Registry, tmp_path: Path) -> Iterator[Connection]:
    secrets = MemorySecrets()
    enrolment = enrol(endpoint.enrolment_file(tmp_path / "offer.json"), secrets, tmp_path, QUICK)
    with enrolment.connection(tmp_path, secrets, QUICK) as connection:
        yield connection


def create(connection: Connection, batch_id: str, length: int = 10, sha256: str = "0" * 64) -> Answer:
    from base64 import b64encode

    words = ((b"batch_id", batch_id), (b"manifest_sha256", sha256))
    described = ",".join(f"{key.decode()} {b64encode(value.encode()).decode()}" for key, value in words)
    return connection.ask("POST", "/v1/uploads", {"Upload-Length": str(length), "Upload-Metadata": described})


def patch(connection: Connection, batch_id: str, offset: int, body: bytes) -> Answer:
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return connection.ask("PATCH", f"/v1/uploads/{batch_id}", headers, body)


def test_nothing_but_enrolment_without_a_certificate(endpoint: Registry, tmp_path: Path) -> None:
    offer = read_enrolment_file(endpoint.enrolment_file(tmp_path / "offer.json"))
    with Connection(offer.endpoint, offer.ca_pem, policy=QUICK) as nobody:
        for path in ("/v1/feedback", f"/v1/batches/{new_batch_id()}/receipt"):
            with pytest.raises(Refused, match="certificate-required") as caught:
                nobody.ask("GET", path)
            assert caught.value.credential


def test_another_server_is_not_recognised(endpoint: Registry, tmp_path: Path) -> None:
    from registry_endpoint.authority import initialise

    initialise(Folder(tmp_path))
    with (
        Connection(
            f"https://127.0.0.1:{endpoint.port}", (tmp_path / "authority/ca.pem").read_text()
        ) as other,
        pytest.raises(AppError, match="registry-not-recognised"),
    ):
        other.ask("GET", "/v1/feedback")


def test_tls_older_than_1_3_is_not_spoken(endpoint: Registry) -> None:
    import socket

    context = ssl.create_default_context(cafile=endpoint.folder / "authority" / "ca.pem")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection(("127.0.0.1", endpoint.port)) as raw,
        pytest.raises((ssl.SSLError, OSError)),
    ):
        context.wrap_socket(raw, server_hostname="127.0.0.1")


def test_an_upload_goes_on_from_the_offset_told(site: Connection) -> None:
    batch_id = new_batch_id()
    assert create(site, batch_id).headers["Upload-Offset"] == "0"
    assert patch(site, batch_id, 0, b"abcd").headers["Upload-Offset"] == "4"
    assert create(site, batch_id).headers["Upload-Offset"] == "4"
    for offset in (0, 3, 5):
        with pytest.raises(Refused, match="wrong-offset"):
            patch(site, batch_id, offset, b"x")
    with pytest.raises(Refused, match="too-large"):
        patch(site, batch_id, 4, b"x" * 7)
    assert site.ask("GET", f"/v1/batches/{batch_id}/receipt").status == 202


def test_an_id_stands_for_one_content(site: Connection) -> None:
    batch_id = new_batch_id()
    create(site, batch_id)
    for length, sha256 in ((11, "0" * 64), (10, "1" * 64)):
        with pytest.raises(Refused, match="repeated-batch") as caught:
            create(site, batch_id, length, sha256)
        assert not caught.value.credential


def test_another_site_sees_nothing_of_an_upload(endpoint: Registry, site: Connection, tmp_path: Path) -> None:
    batch_id, folder = new_batch_id(), tmp_path / "other"
    folder.mkdir()
    create(site, batch_id)
    secrets = MemorySecrets()
    other = enrol(endpoint.enrolment_file(folder / "offer.json", OTHER_FINESS), secrets, folder, QUICK)
    with other.connection(folder, secrets, QUICK) as stranger:
        with pytest.raises(Refused, match="unknown-batch"):
            patch(stranger, batch_id, 0, b"x")
        with pytest.raises(Refused, match="repeated-batch"):
            create(stranger, batch_id)


def test_what_is_not_understood_is_refused_in_both_languages(site: Connection) -> None:
    for method, path, headers, body in (
        ("GET", "/v1/nowhere", {}, None),
        ("POST", "/v1/uploads", {"Upload-Length": "-1"}, None),
        ("POST", "/v1/uploads", {"Upload-Length": "1", "Upload-Metadata": "batch_id !"}, None),
        ("POST", "/v1/enrolment", {}, b"[" * 5000),
    ):
        with pytest.raises(Refused, match="bad-request") as caught:
            site.ask(method, path, headers, body)
        assert caught.value.problem.what_fr and caught.value.problem.what_en
    with pytest.raises(Refused, match="too-large"):
        create(site, new_batch_id(), 1 << 33)


def test_a_revoked_site_stays_out(endpoint: Registry, tmp_path: Path) -> None:
    secrets, finess = MemorySecrets(), "330781196"
    enrolment = enrol(endpoint.enrolment_file(tmp_path / "offer.json", finess), secrets, tmp_path, QUICK)
    Office(Folder(endpoint.folder).office).revoke_site(finess)
    with (
        enrolment.connection(tmp_path, secrets, QUICK) as site,
        pytest.raises(Refused, match="revoked-site") as told,
    ):
        site.ask("GET", "/v1/feedback")
    assert told.value.credential


def enrolling(endpoint: Registry, tmp_path: Path, secrets: MemorySecrets) -> Enrolment:
    return enrol(tmp_path / "offer.json", secrets, tmp_path, QUICK)


def test_enrolling_again_with_the_same_keys_is_answered_again(endpoint: Registry, tmp_path: Path) -> None:
    endpoint.enrolment_file(tmp_path / "offer.json", FINESS)
    secrets = MemorySecrets()
    first = enrolling(endpoint, tmp_path, secrets)
    held = dict(secrets)
    # Killed before the enrolment was saved: the keys are still pending, and the same.
    assert enrolling(endpoint, tmp_path, secrets).signing_chain == first.signing_chain
    assert secrets == held


def test_a_used_code_is_nothing_worth_to_others(endpoint: Registry, tmp_path: Path) -> None:
    endpoint.enrolment_file(tmp_path / "offer.json", FINESS)
    enrolling(endpoint, tmp_path, MemorySecrets())
    with pytest.raises(Refused, match="used-code"):
        enrolling(endpoint, tmp_path, MemorySecrets())


def test_no_private_key_lies_on_disk_in_the_clear(endpoint: Registry, tmp_path: Path) -> None:
    endpoint.enrolment_file(tmp_path / "offer.json", FINESS)
    secrets = MemorySecrets()
    enrolment = enrolling(endpoint, tmp_path, secrets)
    pem = (tmp_path / enrolment.tls_file).read_text()
    assert "BEGIN ENCRYPTED PRIVATE KEY" in pem and "BEGIN PRIVATE KEY" not in pem
    public = enrolment.json_bytes()
    assert not [name for name, secret in secrets.items() if secret in public]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "AAAA-AAAA"}, "unknown-code"),
        ({"finess": OTHER_FINESS}, "unknown-code"),
        ({"tls_csr": "x"}, "bad-csr"),
        ({"receiving_key": "AAAA"}, "bad-csr"),
    ],
)
def test_requests_that_do_not_hold_are_refused(
    endpoint: Registry, tmp_path: Path, change: dict[str, str], code: str
) -> None:
    offer = read_enrolment_file(endpoint.enrolment_file(tmp_path / "offer.json", FINESS))
    with pytest.raises(AppError, match=code):
        answer_request(Folder(endpoint.folder), request(offer).model_copy(update=change))


def test_keys_of_another_kind_are_refused(endpoint: Registry, tmp_path: Path) -> None:
    offer = read_enrolment_file(endpoint.enrolment_file(tmp_path / "offer.json", FINESS))
    good = request(offer)
    swapped = good.model_copy(update={"signing_csr": good.tls_csr, "tls_csr": good.signing_csr})
    with pytest.raises(AppError, match="bad-csr"):
        answer_request(Folder(endpoint.folder), swapped)


def test_an_expired_code_is_refused(endpoint: Registry, tmp_path: Path) -> None:
    import hashlib

    offer = read_enrolment_file(endpoint.enrolment_file(tmp_path / "offer.json", FINESS))
    code = "BBBB-BBBB"
    digest = hashlib.sha256(code.replace("-", "").encode()).hexdigest()
    Office(Folder(endpoint.folder).office).add_code(digest, FINESS, "2020-01-01T00:00:00+00:00")
    with pytest.raises(AppError, match="expired-code"):
        answer_request(Folder(endpoint.folder), request(offer).model_copy(update={"code": code}))


def request(offer: wire.EnrolmentFile) -> wire.EnrolmentRequest:
    """What a site asks, built by the client's own code."""
    from base64 import b64encode

    from desktop_app.core.transport.pending import PendingKeys

    secrets = MemorySecrets()
    keys = PendingKeys.of_code(offer.code, secrets)
    assert secrets.names() == [PENDING]
    return wire.EnrolmentRequest(
        format="navette/enrolment-request/1",
        code=offer.code,
        finess=offer.site.finess,
        signing_csr=keys.signing_csr(),
        tls_csr=keys.tls_csr(),
        receiving_key=b64encode(keys.receiving_key().sealing_key.raw).decode(),
    )
