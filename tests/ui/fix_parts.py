"""A small batch with known findings, and the page that shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench
from desktop_app.core.mapping import Recipe
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace
from desktop_app.ui.session import Session
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

TODAY = date(2026, 11, 22)
SOURCE = SourceFile(Path("novembre.csv"), "cd" * 32, 1000)
GOOD = {
    "numero_tumeur": "1",
    "nom_naissance": "EXEMPLE",
    "prenoms": "INVENTE",
    "sexe": "2",
    "date_naissance": "1950-01-15",
    "commune_residence": "38185",
    "date_incidence": "2021-03-04",
    "topographie": "C50.9",
    "morphologie": "8500",
    "comportement": "3",
    "edition_cimo": "3.2",
    "base_diagnostic": "7",
    "lateralite": "1",
    "grade": "2",
    "statut_vital": "1",
    "date_dernieres_nouvelles": "2024-01-02",
    "sources": "ACP",
    "finess_diagnostic": None,
}
# What each row has instead. Rows 2, 3: COD-sexe, same cause; 5: REQ-comportement; 6: GRA-04, to confirm.
WRONG: dict[int, dict[str, str | None]] = {
    2: {"sexe": "7"},
    3: {"sexe": "7"},
    5: {"comportement": None, "grade": "9"},
    6: {"grade": None},
}
ROWS = 8
EXPECTED = {(2, "COD-sexe"), (3, "COD-sexe"), (5, "REQ-comportement"), (6, "GRA-04")}


def small_batch() -> Mapped:
    """Eight rows, three errors, one to confirm."""
    contract = load_contract()
    rows = [
        GOOD
        | {"numero_patient": f"P{number:03}", "date_naissance": f"1950-01-{number:02}"}
        | WRONG.get(number, {})
        for number in range(1, ROWS + 1)
    ]
    schema = dict.fromkeys(["numero_patient", *GOOD], pl.String)
    recipe = Recipe.model_validate_json(
        '{"contract": "rnc-tumeurs", "format": "delimited", "columns": [{"header": "Sexe", "field": "sexe"}]}'
    )
    return Mapped(SOURCE, recipe, contract, normalise(pl.DataFrame(rows, schema=schema), contract))


def put_on_bench(session: Session, workspace: Workspace, mapped: Mapped, batch_id: str | None = None) -> str:
    """The session holds the batch, as after the station Map; returns the id of the batch."""
    known = batch_id or workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}").id
    session.batch, session.mapped = workspace.batches.get(known), mapped
    session.bench = Bench.start(workspace, known, mapped, session.today)
    session.changed.emit("findings")
    return known
