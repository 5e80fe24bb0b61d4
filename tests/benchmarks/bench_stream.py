"""`navette check` on files larger than memory should be: wall time, processor time, peak of resident memory.

    .venv/bin/python -m tests.benchmarks.bench_stream [--bytes 3e9 | --rows 10000000] [--whole] [--keep FILE]

The last 1,000 rows repeat the numbers of the first ones: 2,000 findings of KEY-01, at both ends of the file,
must come out. `--whole` reads the file as a whole instead (`--bytes 2e8` for `capacity.BYTES_A_BYTE`).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import polars as pl

from desktop_app.demo.large import write_large

REPEATED = 1_000
WHOLE = """
import sys
from datetime import date
from pathlib import Path
from desktop_app.cli.check import Asked, checked, write_whole
from desktop_app.cli.findings_output import written
asked = Asked(Path(sys.argv[1]), "", None, None, date(2026, 11, 22), "csv", Path(sys.argv[2]), False)
write_whole(asked.output, written(checked(asked, lambda done, total, what: None), "csv"))
"""


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds, peak MiB of one process."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(process.returncode)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--bytes", type=float, default=3e9)
    options.add_argument("--rows", type=int, default=0)
    options.add_argument("--whole", action="store_true")
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, output = asked.keep or Path(folder) / "large.csv", Path(folder) / "findings.csv"
        if not path.exists():
            rows = asked.rows or int(asked.bytes / _bytes_a_row(Path(folder) / "sample.csv"))
            write_large(path, rows, same=REPEATED)
        size = path.stat().st_size
        check = [sys.executable, "-m", "desktop_app", "check", str(path), "--format", "csv"]
        check += ["--today", "2026-11-22", "--output", str(output)]
        if asked.whole:
            check = [sys.executable, "-c", WHOLE, str(path), str(output)]
        wall, cpu, peak = measured(check)
        found = Counter(pl.read_csv(output, columns=["rule_id"]).get_column("rule_id").to_list())
    sys.stdout.write(f"{size:,} bytes: {wall:.1f} s wall, {cpu:.1f} s cpu, peak {peak:,.0f} MiB\n")
    sys.stdout.write(f"{sum(found.values()):,} findings, {dict(found.most_common(8))}\n")
    if found["KEY-01"] != 2 * REPEATED:
        raise SystemExit(f"KEY-01: {found['KEY-01']}")


def _bytes_a_row(sample: Path) -> float:
    write_large(sample, 20_000)
    return sample.stat().st_size / 20_000


if __name__ == "__main__":
    main()
