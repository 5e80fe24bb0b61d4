"""What the registry refuses once a batch has arrived, each with its own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.batches import ChainLink, OpeningKey, open_feedback, seal, verify_receipt, wire
from desktop_app.core.batches.certificates import fingerprint
from desktop_app.core.identity import LinkageKey
from desktop_app.core.stages import LinkageHeader, Pseudonymised, Sealed
from registry_endpoint.authority import check_value, linkage_keys
from registry_endpoint.folder import Folder
from registry_endpoint.office import Office as Books
from registry_endpoint.office import Upload
from registry_endpoint.processing import process
from registry_endpoint.recheck import visible_rules
from registry_endpoint.uploads import Uploads
from tests.exchange_parts import FINESS, OTHER_FINESS, Office, linkage_header, office, rows
from validation_rules.contract import load_contract

RECEIVING = OpeningKey.generate()


@dataclass
class Desk:
    """The registry's side without its door: what arrives is put where the door would put it."""

    keys: Office
    folder: Folder
    books: Books
    last: str | None = None

    def header(self) -> LinkageHeader:
        return linkage_header(list(linkage_keys(self.folder.authority).keys))

    def seal(self, data: Pseudonymised, link: ChainLink | None = None) -> Sealed:
        return seal(
            data, self.keys.site, self.keys.recipients, link or ChainLink(self.last), self.folder.root / "out"
        )

    def receive(self, sealed: Sealed, finess: str = FINESS, manifest: str | None = None) -> Upload:
        """Announce, store and process."""
        uploads = Uploads(self.folder.uploads, self.books)
        uploads.announce(finess, sealed.batch_id, manifest or sealed.manifest_sha256, sealed.size)
        uploads.path(sealed.batch_id).write_bytes(sealed.path.read_bytes())
        self.books.advance(sealed.batch_id, sealed.size)
        process(self.folder, sealed.batch_id)
        upload = self.books.upload(sealed.batch_id)
        assert upload is not None
        self.last = sealed.manifest_sha256 if upload.state == "accepted" else self.last
        return upload

    def refusal(self, data: Pseudonymised, link: ChainLink | None = None) -> wire.Problem:
        return problem(self.receive(self.seal(data, link)))


def problem(upload: Upload) -> wire.Problem:
    assert upload.state == "refused" and upload.problem is not None and upload.receipt is None
    return wire.parse(wire.Problem, upload.problem)


def enter(books: Books, keys: Office, finess: str) -> None:
    """Enrol the site of `keys`, without a door."""
    books.add_site(wire.Site(finess=finess, name="Site"))
    books.add_code(finess * 7, finess, "2100-01-01")
    issued = {fingerprint(keys.site.chain[0]): "signing"}
    books.use_code(finess * 7, "keys", b"answer", RECEIVING.sealing_key.raw, issued, "now")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    keys = office(tmp_path)
    made = Desk(keys, Folder(tmp_path), Books(Folder(tmp_path).office))
    enter(made.books, keys, FINESS)
    return made


def test_a_sound_batch_is_accepted_and_the_same_again_gets_the_same_receipt(desk: Desk) -> None:
    sealed = desk.seal(rows(4, desk.header()))
    first = desk.receive(sealed)
    sent_back = desk.books.feedback(sealed.batch_id)
    assert first.state == "accepted" and first.receipt is not None and sent_back is not None
    pinned = [desk.keys.authority.signing_key.public_key()]
    assert verify_receipt(first.receipt, pinned, sealed.batch_id, sealed.manifest_sha256).number.endswith(
        "-000001"
    )
    body = open_feedback(sent_back, RECEIVING, pinned, sealed.batch_id, FINESS)
    assert [line.outcome for line in body.outcomes] == ["new_person"] * 4
    assert desk.receive(sealed) == first


def test_the_next_month_updates_the_same_records(desk: Desk) -> None:
    desk.receive(desk.seal(rows(4, desk.header())))
    later = desk.receive(desk.seal(rows(4, desk.header(), changes={"statut_vital": "2"})))
    sent_back = desk.books.feedback(later.batch_id)
    assert later.state == "accepted" and sent_back is not None
    pinned = [desk.keys.authority.signing_key.public_key()]
    body = open_feedback(sent_back, RECEIVING, pinned, later.batch_id, FINESS)
    assert [line.outcome for line in body.outcomes] == ["known_person"] * 4


def test_a_taken_id_with_other_content_is_refused(desk: Desk) -> None:
    sealed = desk.seal(rows(2, desk.header()))
    desk.receive(sealed)
    with pytest.raises(Exception, match="repeated-batch"):
        desk.receive(replace(sealed, manifest_sha256="0" * 64))
    with pytest.raises(Exception, match="repeated-batch"):
        desk.receive(sealed, OTHER_FINESS)


def test_a_refused_batch_may_come_again(desk: Desk) -> None:
    sealed = desk.seal(rows(2, desk.header()), ChainLink("0" * 64))
    assert problem(desk.receive(sealed)).code == "broken-chain"
    again = seal(
        rows(2, desk.header()),
        desk.keys.site,
        desk.keys.recipients,
        ChainLink(),
        sealed.path.parent,
        batch_id=sealed.batch_id,
    )
    assert desk.receive(again).state == "accepted"


def test_an_unknown_contract_is_refused(desk: Desk) -> None:
    for change in ({"contract_version": "9.9.9"}, {"contract_sha256": "0" * 64}, {"contract_id": "../x"}):
        assert desk.refusal(replace(rows(2, desk.header()), **change)).code == "unknown-contract"  # type: ignore[arg-type]


def test_a_wrong_linkage_key_is_refused(desk: Desk) -> None:
    right = desk.header()
    for wrong in (
        replace(right, check_value="00000000"),
        replace(right, key_id="other"),
        replace(right, specification="navette/tokens/0"),
        replace(right, normaliser="navette/normalisation/0"),
    ):
        assert desk.refusal(rows(2, wrong)).code == "wrong-linkage-key"


def test_a_broken_chain_is_refused(desk: Desk) -> None:
    desk.receive(desk.seal(rows(2, desk.header())))
    for link in (ChainLink(None), ChainLink("0" * 64)):
        assert desk.refusal(rows(2, desk.header()), link).code == "broken-chain"


Change = Callable[[pl.DataFrame], pl.DataFrame]
IDENTITY: Change = lambda frame: frame.with_columns(nom_naissance=pl.lit("x"))  # noqa: E731
MISSING: Change = lambda frame: frame.drop("topographie", strict=False).drop("sexe")  # noqa: E731
REPEATED: Change = lambda frame: frame.with_columns(record_id=pl.lit("same"))  # noqa: E731
NUMBERS: Change = lambda frame: frame.with_columns(sexe=pl.lit(1))  # noqa: E731
OTHERS: Change = lambda frame: frame.with_columns(record_id=pl.col("record_id") + "x")  # noqa: E731
SHORT: Change = lambda frame: frame.with_columns(tokens=pl.lit(b"short"))  # noqa: E731


@pytest.mark.parametrize(
    ("zone", "change", "code"),
    [
        ("clinical", IDENTITY, "forbidden-column"),
        ("linkage", IDENTITY, "forbidden-column"),
        ("clinical", MISSING, "bad-rows"),
        ("linkage", MISSING, "bad-rows"),
        ("clinical", REPEATED, "bad-rows"),
        ("linkage", REPEATED, "bad-rows"),
        ("clinical", NUMBERS, "bad-rows"),
        ("linkage", OTHERS, "bad-rows"),
        ("linkage", SHORT, "bad-rows"),
    ],
)
def test_zones_that_are_not_as_they_must_be_are_refused(
    desk: Desk, zone: str, change: Change, code: str
) -> None:
    data = rows(2, desk.header())
    changed = replace(data, **{zone: change(getattr(data, zone))})  # type: ignore[arg-type]
    assert desk.refusal(changed).code == code


def test_rows_that_break_the_contract_are_refused_with_the_rows(desk: Desk) -> None:
    told = desk.refusal(rows(3, desk.header(), changes={"topographie": "X99.9"}))
    assert told.code == "rule-errors"
    assert told.counts == {"FMT-topographie": 3}
    assert {line.rule_id for line in told.findings} == {"FMT-topographie"} and len(told.findings) == 3


@pytest.mark.parametrize(("days", "code"), [(3, "clock"), (-62, "old-check")])
def test_the_day_of_the_check_is_near(desk: Desk, days: int, code: str) -> None:
    day = datetime.now(UTC).date() + timedelta(days=days)
    assert desk.refusal(rows(2, desk.header(), checked=day)).code == code


def test_confirmed_counts_must_be_those_found(desk: Desk) -> None:
    contract = load_contract("rnc-tumeurs")
    confirm = sorted(rule for rule in visible_rules(contract) if contract.rule(rule).severity == "confirm")
    told = desk.refusal(rows(3, desk.header(), confirmed={confirm[0]: 3}))
    assert (told.code, told.counts) == ("confirmed-counts", {})


def test_only_the_announced_batch_of_the_announced_site_is_accepted(desk: Desk) -> None:
    assert (
        problem(desk.receive(desk.seal(rows(2, desk.header())), manifest="0" * 64)).code == "other-manifest"
    )
    enter(desk.books, office(desk.folder.root, OTHER_FINESS), OTHER_FINESS)
    assert problem(desk.receive(desk.seal(rows(2, desk.header())), OTHER_FINESS)).code == "other-site"


def test_a_certificate_that_was_not_enrolled_and_a_revoked_site_are_refused(desk: Desk) -> None:
    unknown = replace(desk, keys=office(desk.folder.root))
    assert unknown.refusal(rows(2, desk.header())).code == "unknown-site"
    desk.books.revoke_site(FINESS)
    assert desk.refusal(rows(2, desk.header())).code == "revoked-site"


def test_a_refused_batch_leaves_nothing_stored(desk: Desk) -> None:
    desk.refusal(rows(2, desk.header(), changes={"topographie": "X99.9"}))
    desk.receive(desk.seal(rows(2, desk.header())))
    later = desk.books.feedback_of(FINESS, 10)
    assert len(later) == 1


def test_the_registry_and_the_site_compute_the_same_check_value(desk: Desk) -> None:
    key = linkage_keys(desk.folder.authority).keys[0]
    master = bytes(range(32))
    site = LinkageKey("2026-A", master, key.period_start, key.period_end)
    assert site.check_value == check_value(master, "2026-A")
    assert site.header().normaliser == desk.header().normaliser


def test_rules_that_read_an_identity_are_left_to_the_site() -> None:
    contract = load_contract("rnc-tumeurs")
    visible = visible_rules(contract)
    assert "FMT-topographie" in visible
    assert not {"FMT-date_naissance", "REQ-nom_naissance", "KEY-01"} & visible
