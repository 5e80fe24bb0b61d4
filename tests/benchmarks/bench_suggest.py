"""How long suggestions take in a batch of a million rows: `python -m tests.benchmarks.bench_suggest FRAME`.

FRAME is a normalised frame (Parquet). Prints seconds for one finding (median, 95th percentile, worst) and for
one suggestion on every finding of its rule.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from desktop_app.core.standing import Standing
from desktop_app.core.suggestions import Suggester
from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract

_ASKED = 150


@dataclass(frozen=True)
class Rows:
    """What `Suggester` asks of a batch."""

    contract: Contract
    standing: Standing
    today: date = date(2026, 11, 22)


def main(path: Path) -> None:
    """Measures and tells."""
    frame, contract = pl.read_parquet(path), load_contract()
    checker = Checker(contract, Rows.today)
    index = checker.index(frame)
    found = checker.check(frame, index=index)
    suggester = Suggester(Rows(contract, Standing(frame, index, found)))
    plain = found.select("row_id", pl.col("rule_id", "field").cast(pl.String))
    times = []
    for row_id, rule_id, field in plain.sample(min(_ASKED, plain.height), seed=1).iter_rows():
        begin = time.perf_counter()
        suggester.suggest(row_id, rule_id, field)
        times.append(time.perf_counter() - begin)
    times.sort()
    p95 = times[int(0.95 * len(times))]
    tell(f"one finding: median {times[len(times) // 2]:.3f} s, p95 {p95:.3f} s, worst {times[-1]:.3f} s")
    for (rule_id, field), group in plain.group_by("rule_id", "field", maintain_order=True):
        made = suggester.suggest(group["row_id"][0], str(rule_id), str(field))
        if made:
            begin = time.perf_counter()
            spread = suggester.spread(made[0], str(rule_id), str(field), group["row_id"], same_values=False)
            took = time.perf_counter() - begin
            tell(f"{rule_id}: {spread.rows} of {spread.asked} rows, {took:.2f} s")


def tell(line: str) -> None:
    """One line to the terminal."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
