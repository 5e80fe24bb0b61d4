"""Reads, normalises and checks a file of 1,000,000 invented rows; prints time, memory, ratio to a bare read.

Run: .venv/bin/python tests/benchmarks/bench_check.py [rows] [--all-bad | --garbage]

`--all-bad`: every row fails as many rules as one record can, with values that are well formed; `--garbage`:
no cell can be read at all.
"""

from __future__ import annotations

import itertools
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from validation_rules.check import Checker
    from validation_rules.contract import Contract

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
UNIQUE = ("numero_patient", "numero_tumeur")


def write_extract(path: Path, rows: int, kind: str = "") -> None:
    """A canonical CSV of `rows` records, about 4 % of them with a finding, or of a `kind` named above."""
    import polars as pl

    from validation_rules.contract import load_contract

    contract = load_contract()
    n = pl.int_range(rows, dtype=pl.UInt32)

    def pick(values: list[str], by: int) -> pl.Expr:
        return pl.lit(pl.Series(values)).gather((n * 2_654_435_761 // by) % len(values))

    born = pl.date(1925, 1, 1) + pl.duration(days=(n * 7_919) % 14_000)
    found = pl.date(2010, 1, 1) + pl.duration(days=(n * 104_729) % 5_500)
    sites = [("1", "C61.9", "8140"), ("2", "C50.4", "8500"), ("1", "C34.1", "8070"), ("2", "C18.7", "8140")]
    cells = {
        **{name: pl.lit(contract.example.get(name)) for name in contract.field_names},
        "numero_patient": pl.lit("P") + (n // 2).cast(pl.String).str.zfill(8),
        "numero_tumeur": (n % 2 + 1).cast(pl.String),
        "nom_naissance": pick(["DUPONT", "Lefèvre", "N'GUYEN", "MARTIN-DURAND", "Le Gall", "Petit"], 3),
        "prenoms": pick(["Anne", "Marie Claude", "José", "LUCIE", "Jean-Pierre", "Zoé"], 5),
        "date_naissance": born.dt.to_string("%Y-%m-%d"),
        "date_incidence": found.dt.to_string("%Y-%m-%d"),
        **{name: pl.lit(None, dtype=pl.String) for name in ("age_incidence", "date_enregistrement")},
        "edition_cimo": pl.lit("3.1"),
        "sexe": pl.lit(pl.Series([s[0] for s in sites])).gather(n % 4),
        "topographie": pl.lit(pl.Series([s[1] for s in sites])).gather(
            (n + (n % 50 == 0).cast(pl.UInt32)) % 4
        ),
        "morphologie": pl.lit(pl.Series([s[2] for s in sites])).gather(n % 4),
        "grade": pl.when(n % 60 == 7).then(None).otherwise(pl.lit("2")),
        "code_postal": pl.lit(None, dtype=pl.String),
    }
    if kind == "--all-bad":
        cells |= {name: pl.lit(value) for name, value in worst_values(contract).items()}
    if kind == "--garbage":
        cells = {name: pl.lit("§ ") + (n % 997).cast(pl.String) for name in contract.field_names}
    pl.select(value.alias(name) for name, value in cells.items()).write_csv(path)


def worst_values(contract: Contract) -> dict[str, str]:
    """The values that make the example record fail many rules: those of failing examples, as long as each
    brings more findings than it takes away."""
    import polars as pl

    from validation_rules.check import Checker
    from validation_rules.normalise import normalise

    checker = Checker(contract, TODAY)
    changes = [dict(e.values) for r in contract.rules for e in r.examples if e.fails and e.values]
    worst: dict[str, str] = {}
    most = 0
    while True:
        rows = [{**contract.example, **worst, **change} for change in changes]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
        frame = frame.with_columns(numero_patient=pl.format("P{}", pl.int_range(pl.len())))
        counts = checker.check(normalise(frame, contract)).group_by("row_id").len().sort("len", "row_id")
        if counts.is_empty() or counts["len"][-1] <= most:
            kept = {name: value for name, value in worst.items() if name not in UNIQUE}
            sys.stdout.write(f"{most} rules fail on the worst record\n")
            return kept
        most = counts["len"][-1]
        worst |= changes[counts["row_id"][-1] - 1]


def measure(path: Path, step: str) -> None:
    """Runs one step in this process, alone, and prints its figures."""
    import polars as pl

    start = time.perf_counter()
    frame = pl.read_csv(path, infer_schema=False)
    lap = time.perf_counter()
    bare = lap - start
    print(f"read_csv  {bare:6.2f} s")
    if step == "check":
        from validation_rules.check import Checker
        from validation_rules.contract import load_contract
        from validation_rules.normalise import normalise

        contract = load_contract()
        normalised = normalise(frame, contract)
        del frame
        after = time.perf_counter()
        print(f"normalise {after - lap:6.2f} s")
        checker, told = Checker(contract, TODAY), [time.perf_counter()]
        findings = checker.check(normalised, lambda *_: told.append(time.perf_counter()))
        silence = max(b - a for a, b in itertools.pairwise(told))
        print(f"check     {told[-1] - after:6.2f} s   {findings.height:,} findings")
        print(f"longest silence of the progress {silence * 1000:.0f} ms")
        for rows in (1, 20):
            laps = [_lap(checker, normalised[at : at + rows]) for at in range(60)]
            print(f"check of {rows} rows  {sorted(laps)[len(laps) // 2] * 1000:.1f} ms (median of 60)")
    wall, cpu = time.perf_counter() - start, time.process_time()
    print(
        f"in all    {wall:6.2f} s   processor {cpu:.2f} s   peak {_peak():,.0f} MB   ratio {wall / bare:.1f}"
    )


def _lap(checker: Checker, frame: pl.DataFrame) -> float:
    start = time.perf_counter()
    checker.check(frame)
    return time.perf_counter() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Writes the file, then measures each step in a fresh process."""
    if sys.argv[1:2] == ["--step"]:
        measure(Path(sys.argv[3]), sys.argv[2])
        return
    rows = int(next((a for a in sys.argv[1:] if a.isdigit()), "1000000"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        write_extract(path, rows, next((a for a in sys.argv if a.startswith("--")), ""))
        print(f"{rows:,} rows x 48, {path.stat().st_size / 1e6:,.0f} MB")
        for step in ("read", "check"):
            subprocess.run([sys.executable, __file__, "--step", step, str(path)], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
