"""What a site finds in a sample is what the registry finds in what leaves of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from desktop_app.core.batches import ChainLink, open_batch, seal
from desktop_app.core.identity import LinkageKey, pseudonymise
from desktop_app.core.mapping import Recipe
from desktop_app.core.stages import Checked, Mapped, SourceFile
from registry_endpoint.authority import linkage_keys
from registry_endpoint.comparison import COLUMNS
from registry_endpoint.folder import Folder
from registry_endpoint.recheck import recheck, visible_rules
from registry_endpoint.warehouse import Warehouse
from tests.exchange_parts import office
from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise


def checked(folder: Path, contract: Contract, today: date, count: int) -> Checked:
    """The rows without an error; what is to confirm, confirmed."""
    raw = pl.read_csv(folder / "canonical.csv", infer_schema=False, n_rows=count)
    frame = normalise(raw.with_row_index("row_id", offset=1), contract)
    findings = Checker(contract, today).check(frame)
    wrong = findings.filter(pl.col("severity").cast(pl.String) == "error")["row_id"].unique()
    kept = frame.filter(~pl.col("row_id").is_in(wrong.implode()))
    left = Checker(contract, today).check(kept).with_columns(state=pl.lit("confirmed"))
    source = SourceFile(folder / "canonical.csv", "0" * 64, 1)
    return Checked(Mapped(source, Recipe.model_construct(), contract, kept), kept, left, today)


def test_the_registry_finds_what_the_site_confirmed(shared: Path, tmp_path: Path) -> None:
    contract, today = load_contract("rnc-tumeurs"), date.today()
    station = checked(shared / "samples" / "desordre", contract, today, 800)
    data = pseudonymise(station, LinkageKey("k", b"k" * 32, date(2020, 1, 1), date(2100, 1, 1)), b"s" * 32)
    visible = visible_rules(contract)
    lines = recheck(data.clinical, contract, today, dict(data.confirmed))
    here = station.findings.filter(pl.col("rule_id").cast(pl.String).is_in(visible))
    assert len(lines) == here.height > 0
    assert len(visible) > 50


def test_a_sealed_sample_is_stored_as_it_was(shared: Path, tmp_path: Path) -> None:
    contract, keys = load_contract("rnc-tumeurs"), office(tmp_path)
    grant = linkage_keys(Folder(tmp_path).authority).keys[0]
    key = LinkageKey(grant.key_id, b"k" * 32, grant.period_start, grant.period_end)
    data = pseudonymise(
        checked(shared / "samples" / "largeur_fixe", contract, date.today(), 300), key, b"s" * 32
    )
    sealed = seal(data, keys.site, keys.recipients, ChainLink(), tmp_path / "out")
    batch = open_batch(sealed.path, keys.authority.certificate, datetime.now(UTC))
    warehouse = Warehouse(Folder(tmp_path).warehouse)
    clinical = warehouse.open(batch, contract)
    assert clinical.equals(data.clinical)
    people = clinical.select("record_id", person_id=pl.col("record_id"))
    warehouse.store(sealed.batch_id, keys.site.finess, clinical, people)
    stored = warehouse.tumours_of(people, COLUMNS).sort("record_id")
    assert stored.select(COLUMNS).equals(clinical.sort("record_id").select(COLUMNS))
