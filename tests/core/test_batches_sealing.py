"""Sealing: whatever happens to a batch on its way is seen, and only its recipients open it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.batches import (
    ChainLink,
    OpenedBatch,
    OpeningKey,
    Refusal,
    open_batch,
    seal,
    wire,
)
from desktop_app.core.batches.container import read_directory, read_entry, write_container
from desktop_app.core.batches.identifiers import new_batch_id
from desktop_app.core.batches.sealing import MANIFEST_KIND, PART_LIMIT, SiteIdentity, parquet_parts
from desktop_app.core.batches.signatures import BadSignature, sign, verify
from desktop_app.core.errors import AppError
from desktop_app.core.stages import Sealed
from tests.exchange_parts import Office, office, rows


@pytest.fixture(scope="module")
def registry_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def sealed(registry_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder = tmp_path_factory.mktemp("sealed")
    return seal(
        rows(3, confirmed={"AGE-01": 2}),
        registry_office.site,
        registry_office.recipients,
        ChainLink(None, 3),
        folder,
    )


def opened(path: Path, desk: Office, moment: datetime | None = None) -> OpenedBatch:
    """Everything the registry opens."""
    batch = open_batch(path, desk.authority.certificate, moment or datetime.now(UTC))
    for zone in ("linkage", "clinical"):
        batch.zone(zone, desk.opening(zone))
    return batch


def entries(path: Path) -> list[tuple[str, bytes]]:
    with path.open("rb") as file:
        return [(name, read_entry(file, entry)) for name, entry in read_directory(file).items()]


def rewritten(path: Path, tmp_path: Path, changed: list[tuple[str, bytes]]) -> Path:
    copy = tmp_path / f"{len(list(tmp_path.iterdir()))}.navette"
    write_container(copy, changed)
    return copy


def signed_again(path: Path, tmp_path: Path, site: SiteIdentity, **changes: object) -> Path:
    """The batch with a manifest changed by somebody who can sign it."""
    *parts, (name, manifest) = entries(path)
    content = json.loads(verify(manifest, site.signing_key.public_key(), MANIFEST_KIND)) | changes
    document = sign(json.dumps(content).encode(), site.signing_key, MANIFEST_KIND, site.chain)
    return rewritten(path, tmp_path, [*parts, (name, document)])


def refused(path: Path, desk: Office, moment: datetime | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        opened(path, desk, moment)
    return caught.value.code


def test_each_recipient_opens_its_own_zone(registry_office: Office, sealed: Sealed) -> None:
    batch = opened(sealed.path, registry_office)
    data = rows(3)
    assert batch.zone("linkage", registry_office.opening("linkage")).equals(data.linkage)
    assert batch.zone("clinical", registry_office.opening("clinical")).equals(data.clinical)
    assert batch.manifest_sha256 == sealed.manifest_sha256


def test_the_manifest_says_what_is_in_it(registry_office: Office, sealed: Sealed) -> None:
    manifest = opened(sealed.path, registry_office).manifest
    assert (manifest.records, manifest.persons, manifest.changes.added) == (3, 3, 3)
    assert manifest.findings == {"AGE-01": 2}
    assert manifest.period == wire.Period(start="2024-05", end="2024-05")
    assert [part.zone for part in manifest.parts] == ["linkage", "clinical"]


def test_no_recipient_opens_the_zone_of_the_other(registry_office: Office, sealed: Sealed) -> None:
    batch = open_batch(sealed.path, registry_office.authority.certificate, datetime.now(UTC))
    for zone, key in (
        ("linkage", registry_office.opening("clinical")),
        ("clinical", registry_office.opening("linkage")),
        ("clinical", OpeningKey.generate()),
    ):
        with pytest.raises(Refusal, match="part-closed"):
            batch.zone(zone, key)  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 1 << 20), flip=st.integers(1, 255))
def test_every_changed_byte_is_seen(
    registry_office: Office, sealed: Sealed, tmp_path_factory: pytest.TempPathFactory, at: int, flip: int
) -> None:
    content = bytearray(sealed.path.read_bytes())
    content[at % len(content)] ^= flip
    copy = tmp_path_factory.getbasetemp() / "flipped.navette"
    copy.write_bytes(content)
    assert refused(copy, registry_office)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 1 << 20))
def test_every_cut_batch_is_refused(
    registry_office: Office, sealed: Sealed, tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    content = sealed.path.read_bytes()
    copy = tmp_path_factory.getbasetemp() / "cut.navette"
    copy.write_bytes(content[: cut % len(content)])
    assert refused(copy, registry_office) == "bad-container"


def test_swapped_parts_are_seen(registry_office: Office, sealed: Sealed, tmp_path: Path) -> None:
    (first, one), (second, two), manifest = entries(sealed.path)
    assert (
        refused(rewritten(sealed.path, tmp_path, [(first, two), (second, one), manifest]), registry_office)
        == "part-differs"
    )


def test_an_added_a_missing_and_a_renamed_part_are_seen(
    registry_office: Office, sealed: Sealed, tmp_path: Path
) -> None:
    linkage, clinical, manifest = entries(sealed.path)
    for changed in (
        [linkage, clinical, ("clinical/0002.hpke", clinical[1]), manifest],
        [linkage, manifest],
        [linkage, ("clinical/0002.hpke", clinical[1]), manifest],
        [linkage, clinical],
    ):
        assert refused(rewritten(sealed.path, tmp_path, changed), registry_office) == "part-set"


def test_a_part_of_another_batch_does_not_open(
    registry_office: Office, sealed: Sealed, tmp_path: Path
) -> None:
    other = seal(rows(3), registry_office.site, registry_office.recipients, ChainLink(), tmp_path / "other")
    mixed = [*entries(sealed.path)[:1], *entries(other.path)[1:2]]
    manifest = verify(
        entries(sealed.path)[2][1], registry_office.site.signing_key.public_key(), MANIFEST_KIND
    )
    parts = json.loads(manifest)["parts"]
    parts[1] |= {"sha256": hashlib.sha256(mixed[1][1]).hexdigest(), "bytes": len(mixed[1][1])}
    copy = rewritten(sealed.path, tmp_path, [*mixed, entries(sealed.path)[2]])
    assert (
        refused(signed_again(copy, tmp_path, registry_office.site, parts=parts), registry_office)
        == "part-closed"
    )


def test_a_manifest_out_of_form_is_refused(registry_office: Office, sealed: Sealed, tmp_path: Path) -> None:
    for change in (
        {"more": 1},
        {"records": "3"},
        {"records": 4},
        {"format": "navette/batch/2"},
        {"batch_id": "x"},
    ):
        copy = signed_again(sealed.path, tmp_path, registry_office.site, **change)
        assert refused(copy, registry_office) == "bad-manifest"


def test_a_stranger_and_a_changed_signature_are_refused(
    registry_office: Office, sealed: Sealed, tmp_path: Path
) -> None:
    stranger = office(tmp_path / "elsewhere").site
    copies = tmp_path / "copies"
    copies.mkdir()
    chained = replace(registry_office.site, signing_key=stranger.signing_key)
    *parts, (name, manifest) = entries(sealed.path)
    payload = verify(manifest, registry_office.site.signing_key.public_key(), MANIFEST_KIND)
    for site, code in ((stranger, "unknown-site"), (chained, "bad-signature")):
        document = sign(payload, site.signing_key, MANIFEST_KIND, site.chain)
        assert refused(rewritten(sealed.path, copies, [*parts, (name, document)]), registry_office) == code


def test_a_certificate_out_of_its_period_is_refused(registry_office: Office, sealed: Sealed) -> None:
    for days in (-2, 500):
        moment = datetime.now(UTC) + timedelta(days=days)
        assert refused(sealed.path, registry_office, moment) == "certificate-period"


def test_a_signature_has_one_spelling_only(registry_office: Office) -> None:
    key = registry_office.site.signing_key
    document = sign(b"{}", key, MANIFEST_KIND)
    for at in range(len(document)):
        for flip in (1, 2, 4, 8, 16, 32):
            changed = bytearray(document)
            changed[at] ^= flip
            with pytest.raises(BadSignature):
                verify(bytes(changed), key.public_key(), MANIFEST_KIND)
    with pytest.raises(BadSignature):
        verify(document, key.public_key(), "another-kind")


def test_parts_hold_at_most_the_limit() -> None:
    frame = rows(4000).linkage
    parts = list(parquet_parts(frame, 1 << 20))
    assert len(parts) > 4
    assert all(len(content) <= 1 << 20 for content, _ in parts)
    assert sum(count for _, count in parts) == 4000
    assert PART_LIMIT == 16 << 20


def test_rows_leave_in_order_of_pseudonym(registry_office: Office, tmp_path: Path) -> None:
    data = rows(5)
    shuffled = replace(data, clinical=data.clinical.reverse(), linkage=data.linkage.reverse())
    made = seal(shuffled, registry_office.site, registry_office.recipients, ChainLink(), tmp_path)
    batch = opened(made.path, registry_office)
    assert batch.zone("clinical", registry_office.opening("clinical"))["record_id"].is_sorted()


def test_a_batch_appears_whole_or_not_at_all(registry_office: Office, tmp_path: Path) -> None:
    def stop(done: int, total: int | None, what: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seal(rows(3), registry_office.site, registry_office.recipients, ChainLink(), tmp_path, stop)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="disk"):
        seal(rows(3), registry_office.site, registry_office.recipients, ChainLink(), tmp_path / "file" / "x")


def test_an_empty_batch_is_not_sealed(registry_office: Office, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="empty-batch"):
        seal(rows(0), registry_office.site, registry_office.recipients, ChainLink(), tmp_path)


def test_rows_that_are_not_what_the_manifest_says_are_refused(
    registry_office: Office, sealed: Sealed, tmp_path: Path
) -> None:
    """A zone sealed by somebody who knows the keys, but with rows that cannot be read."""
    desk, key = registry_office, registry_office.recipients.warehouse
    linkage, _, _ = entries(sealed.path)
    bad = key.seal(b"not Parquet", f"navette/batch/1|{sealed.batch_id}|clinical/0001.hpke".encode())
    payload = verify(entries(sealed.path)[2][1], desk.site.signing_key.public_key(), MANIFEST_KIND)
    parts = json.loads(payload)["parts"]
    parts[1] |= {"sha256": hashlib.sha256(bad).hexdigest(), "bytes": len(bad)}
    copy = rewritten(sealed.path, tmp_path, [linkage, ("clinical/0001.hpke", bad), entries(sealed.path)[2]])
    assert refused(signed_again(copy, tmp_path, desk.site, parts=parts), desk) == "bad-rows"


def test_batch_ids_sort_by_time_and_are_of_version_7() -> None:
    ids = [new_batch_id() for _ in range(3)]
    assert all(identifier[14] == "7" and identifier[19] in "89ab" for identifier in ids)
    assert [identifier[:8] for identifier in ids] == sorted(identifier[:8] for identifier in ids)


def test_a_linkage_key_never_shows_in_a_repr(registry_office: Office) -> None:
    assert registry_office.opening("linkage").raw.hex()[:8] not in repr(registry_office.opening("linkage"))
