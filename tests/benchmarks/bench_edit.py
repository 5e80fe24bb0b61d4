"""How long one action on the bench takes at a million rows.

Run: .venv/bin/python tests/benchmarks/bench_edit.py CANONICAL.csv [ROWS]

CANONICAL.csv holds contract columns (UTF-8, comma); it is repeated, with patients of their own, up to ROWS
(1,000,000). Prints milliseconds: p50, p95 and worst; the commit to disk is also measured by itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.corrections import EDIT_SCHEMA, CorrectionLog
from desktop_app.core.mapping import Recipe
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace, open_secrets
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise
from validation_rules.verdicts import spans_records

RECIPE = '{"contract": "rnc-tumeurs", "columns": [{"header": "Sexe", "field": "sexe"}]}'


def rows_of(path: Path, rows: int) -> Mapped:
    """The sample repeated; each copy has patients of its own, by number and by name."""
    contract = load_contract()
    sample = pl.read_csv(path, infer_schema=False)
    copies = -(-rows // sample.height)
    many = pl.concat(
        sample.with_columns(
            pl.col("numero_patient") + pl.lit(f"-{copy}"),
            pl.col("nom_naissance") + pl.lit("".join(chr(65 + int(digit)) for digit in str(copy))),
            pl.lit(None, dtype=pl.String).alias("matricule_ins"),
        )
        for copy in range(copies)
    ).head(rows)
    source = SourceFile(path, "00" * 32, 1)
    return Mapped(source, Recipe.model_validate_json(RECIPE), contract, normalise(many, contract))


def timed(name: str, action: Callable[[int], object], times: int) -> None:
    """Run `action` with 0, 1, 2...; print what it took."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        action(number)
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    p95 = taken[min(len(taken) - 1, int(0.95 * len(taken)))]
    print(f"{name:42} p50 {taken[len(taken) // 2]:8.1f}  p95 {p95:8.1f}  worst {taken[-1]:8.1f}  ms")


def measure(mapped: Mapped, workspace: Workspace) -> None:
    """Every kind of action, on one bench."""
    source = mapped.source
    batch_id = workspace.batches.create(source, "rnc-tumeurs", "1.0.0", "{}").id
    benches: list[Bench] = []
    start = lambda _: benches.append(Bench.start(workspace, batch_id, mapped, date(2026, 11, 22)))  # noqa: E731
    timed("start (check all)", start, 1)
    bench = benches[0]
    height, turns = mapped.frame.height, count()
    print(f"{height:,} rows, {bench.findings.height:,} findings, {bench.counts()}")
    log = CorrectionLog(workspace, workspace.batches.create(source, "rnc-tumeurs", "1.0.0", "{}").id)
    cell = pl.DataFrame([(1, "sexe", "1", "2", "00" * 32)], schema=EDIT_SCHEMA, orient="row")
    timed("commit of one cell to disk", lambda _: log.append("edit", cell), 100)

    def edit(_: int) -> None:
        turn = next(turns)
        bench.edit([CellEdit(1 + (turn * 7919) % height, "nom_naissance", f"DURAND{'A' * (turn % 9)}")])

    def edit_tumour(_: int) -> None:
        turn = next(turns)
        row, site = 1 + (turn * 7919) % height, ("C50.4", "C50.9", "C18.2")[turn % 3]
        bench.edit([CellEdit(row, "topographie", site)])

    def edit_patient(_: int) -> None:
        turn = next(turns)
        other = bench.frame["numero_patient"][(turn * 104_729) % height]
        bench.edit([CellEdit(1 + (turn * 7919) % height, "numero_patient", other)])

    timed("edit of one cell", edit, 60)
    timed("edit of one topography", edit_tumour, 60)
    timed("edit of one patient number", edit_patient, 60)
    timed("undo of one cell", lambda _: bench.undo(), 30)
    timed("redo of one cell", lambda _: bench.redo(), 30)
    to_confirm = bench.findings.filter((pl.col("severity") == "confirm") & (pl.col("state") == "open"))
    pairs = to_confirm.select("row_id", pl.col("rule_id").cast(pl.String)).rows()
    if pairs:
        across = [pair for pair in pairs if spans_records(mapped.contract.rule(pair[1]))]
        timed("verdict over several records", lambda n: bench.verdict(*across[n % len(across)]), 60)
        timed("confirm one", lambda n: bench.confirm([pairs[n % len(pairs)]], "checked_record"), 30)
        timed("edit of one cell, with confirmations", edit, 60)
        timed(f"confirm {len(pairs):,}", lambda _: bench.confirm(pairs, "checked_record"), 1)
        timed("edit of one cell, all confirmed", edit, 60)
    block = pl.DataFrame({"row_id": pl.int_range(1, min(height, 100_000) + 1, eager=True)}).with_columns(
        field=pl.lit("commune_residence"), new=pl.lit("75056")
    )
    timed("edit of 100,000 cells", lambda _: bench.edit(block), 1)
    timed("undo of 100,000 cells", lambda _: bench.undo(), 1)
    timed("counts", lambda _: bench.counts(), 20)
    timed("pending", lambda _: bench.pending(), 20)
    timed("start again (replay, check all)", start, 1)
    assert benches[1].frame.equals(bench.frame) and benches[1].findings.equals(bench.findings)


def main() -> None:
    """Measure on the sample and rows given."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        secrets = open_secrets(Path(folder) / "keys", lambda: "mesure de vitesse")
        with Workspace.open(Path(folder) / "work", secrets) as workspace:
            measure(rows_of(Path(sys.argv[1]), rows), workspace)


if __name__ == "__main__":
    main()
