"""Pseudonymise: what it refuses, what leaves, in what form, and that no identity does."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from desktop_app.core.batches.zones import column_faults, departures, kept, zone_columns
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.identity import LinkageKey, pseudonymise, record_ids
from desktop_app.core.stages import Checked, Mapped, SourceFile
from validation_rules.contract import load_contract
from validation_rules.text import Text

CONTRACT = load_contract()
SECRET = b"\x07" * 32
KEY = LinkageKey("k1", b"\x11" * 32, date(2000, 1, 1), date(2099, 12, 31))
CANARY = {
    "numero_patient": "ZQPAT", "numero_tumeur": "1", "matricule_ins": "253072B07300470",
    "nom_naissance": "ZQNAISSANCE", "nom_utilise": "ZQUTILISE", "prenoms": "ZQPRENOM", "sexe": "2",
    "date_naissance": "1953-07-21", "commune_naissance": "2B073", "code_postal": "20299",
    "topographie": "C50.4", "oid_ins": "1.2.250.1.213.1.4.8", "statut_identite": "VALI",
}  # fmt: skip


def checked(rows: list[dict[str, str]], findings: list[tuple[int, str, str, str]] = []) -> Checked:  # noqa: B006
    columns = {name: [row.get(name) for row in rows] for name in CONTRACT.field_names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(CONTRACT.field_names, pl.String))
    found = pl.DataFrame(
        findings,
        schema={"row_id": pl.UInt32, "rule_id": pl.String, "severity": pl.String, "state": pl.String},
        orient="row",
    ).with_columns(field=pl.lit("sexe"), value=pl.lit(""))
    rows_frame = frame.with_row_index("row_id", offset=1)
    source = SourceFile(Path("extrait.csv"), "0" * 64, 1)
    mapped = Mapped(source, cast(Any, SimpleNamespace()), CONTRACT, rows_frame)
    return Checked(mapped, rows_frame, found, date(2026, 11, 22))


def test_blocked_rows_are_refused_with_counts_by_rule() -> None:
    open_findings = [(1, "REQ-sexe", "error", "open"), (1, "AGE-04", "confirm", "open")]
    with pytest.raises(AppError) as refused:
        pseudonymise(checked([CANARY], open_findings), KEY, SECRET)
    assert refused.value.code == "not-ready-to-seal"
    assert "REQ-sexe: 1" in refused.value.what.en
    assert "AGE-04" in refused.value.what.fr


def test_confirmed_findings_are_counted_and_leave() -> None:
    data = pseudonymise(checked([CANARY], [(1, "AGE-04", "confirm", "confirmed")]), KEY, SECRET)
    assert data.confirmed == {"AGE-04": 1}


def test_zones_hold_exactly_what_they_may() -> None:
    data = pseudonymise(checked([CANARY]), KEY, SECRET)
    assert data.linkage.columns == ["record_id", "tokens", "sexe", "birth_month"]
    assert tuple(data.clinical.columns) == zone_columns(CONTRACT, "clinical")
    assert data.clinical.row(0, named=True)["date_naissance"] == "1953-07"
    assert data.linkage.row(0, named=True)["birth_month"] == "1953-07"
    assert data.reverse.columns == ["record_id", "row_id", "numero_patient", "numero_tumeur"]


def test_no_identity_leaves() -> None:
    data = pseudonymise(checked([CANARY]), KEY, SECRET)
    for frame in (data.linkage, data.clinical):
        written = io.BytesIO()
        frame.write_ipc(written)
        assert not any(
            word in written.getvalue() for word in (b"ZQ", b"253072B", b"1953-07-21", b"20299", b"2B073")
        )


def test_tumours_of_a_person_share_tokens_and_not_record_ids() -> None:
    rows = [CANARY, CANARY | {"numero_tumeur": "2"}, CANARY | {"numero_patient": "B", "prenoms": "Rose"}]
    data = pseudonymise(checked(rows), KEY, SECRET)
    assert data.persons == 2
    assert data.linkage["tokens"].n_unique() == 2
    assert data.linkage["record_id"].n_unique() == 3


def test_the_order_of_the_extract_does_not_leave() -> None:
    rows = [CANARY | {"numero_patient": f"P{n}"} for n in range(20)]
    data = pseudonymise(checked(rows), KEY, SECRET)
    assert data.clinical["record_id"].is_sorted()
    assert data.linkage["record_id"].to_list() == data.clinical["record_id"].to_list()


def test_record_ids_are_stable_and_never_joined_alike() -> None:
    frame = pl.DataFrame({"numero_patient": ["A", "A1", "A"], "numero_tumeur": ["11", "1", "11"]})
    one, two, three = record_ids(frame, SECRET, CONTRACT)
    assert one == three != two
    assert len(one) == 64
    assert record_ids(frame, b"\x08" * 32, CONTRACT)[0] != one
    with pytest.raises(ValueError, match="secret"):
        record_ids(frame, b"short", CONTRACT)


def test_a_person_can_cancel() -> None:
    def stop(done: int, total: int | None, what: Text) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        pseudonymise(checked([CANARY]), KEY, SECRET, stop)


def test_an_empty_extract_gives_empty_zones() -> None:
    data = pseudonymise(checked([]), KEY, SECRET)
    assert (data.linkage.height, data.clinical.height, data.persons) == (0, 0, 0)


def test_every_field_leaves_as_the_contract_says_or_stays() -> None:
    leaving = {departure.field for departure in departures(CONTRACT)}
    staying = {field.name for field in kept(CONTRACT)}
    assert leaving | staying == set(CONTRACT.field_names)
    assert staying == {field.name for field in CONTRACT.fields if field.leaves_site_as == "dropped"}
    clinical = set(zone_columns(CONTRACT, "clinical"))
    assert not clinical & {"nom_naissance", "prenoms", "matricule_ins", "numero_patient", "code_postal"}


def test_a_column_that_may_not_be_there_is_told() -> None:
    columns = [*zone_columns(CONTRACT, "clinical")[1:], "nom_naissance"]
    assert column_faults(CONTRACT, "clinical", columns) == (["nom_naissance"], ["record_id"])
