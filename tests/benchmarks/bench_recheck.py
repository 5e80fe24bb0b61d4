"""New verdicts after one edited cell, in a frame of 1,000,000 invented rows: median and 95th percentile.

Run: .venv/bin/python -m tests.benchmarks.bench_recheck [rows]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from tests.benchmarks.bench_check import write_extract
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

EDITS = {
    "topographie": ("C50.9", "C34.9"),
    "grade": ("3", "1"),
    "lateralite": ("2", "9"),
    "date_naissance": ("1950-01-01", "1951"),
    "numero_patient": ("P00000007", "P00000009"),
}
TIMES = 40


def main(rows: int) -> None:
    contract = load_contract()
    checker = Checker(contract, date(2026, 11, 22))
    with tempfile.TemporaryDirectory() as folder:
        write_extract(Path(folder) / "extract.csv", rows)
        frame = normalise(pl.read_csv(Path(folder) / "extract.csv", infer_schema=False), contract)
    findings, index = checker.check(frame), checker.index(frame)
    for field, values in EDITS.items():
        spent = []
        for turn in range(TIMES):
            row = random.randrange(frame.height)
            after = frame.with_columns(frame[field].clone().scatter(row, values[turn % 2]))
            start = time.perf_counter()
            checker.recheck_with(after, findings, [row + 1], index, [field])
            spent.append(1000 * (time.perf_counter() - start))
        rest = sorted(spent[1:])
        middle, high = rest[len(rest) // 2], rest[int(0.95 * len(rest))]
        print(f"{field:<16} first {spent[0]:5.0f} ms   p50 {middle:5.0f} ms   p95 {high:5.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
