"""`navette check` on 1,000,000 rows against a bare `polars.read_csv` of the same file.

    .venv/bin/python -m tests.benchmarks.bench_check_command [ROWS]

Prints wall time, processor time and peak memory of each whole process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = "import polars, sys; polars.read_csv(sys.argv[1], infer_schema=False)"


def measured(command: list[str]) -> tuple[float, float, float, int]:
    """Wall seconds, processor seconds, peak MB and exit code of one process."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, process.returncode


def main() -> None:
    from desktop_app.demo.large import write_large

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write_large(path, rows)
        sys.stdout.write(f"{rows} rows x 48, {path.stat().st_size / 1e6:.0f} MB\n")
        bare = measured([sys.executable, "-c", BARE, str(path)])
        check = [sys.executable, "-m", "desktop_app", "check", str(path), "--format", "csv"]
        full = measured([*check, "--output", str(Path(folder) / "findings.csv")])
        for name, (wall, cpu, peak, code) in (("polars.read_csv", bare), ("navette check", full)):
            sys.stdout.write(
                f"{name:<16} {wall:6.2f} s wall {cpu:6.2f} s cpu {peak:7.0f} MB peak, exit {code}\n"
            )
        sys.stdout.write(f"ratio {full[0] / bare[0]:.1f} wall, {full[1] / bare[1]:.1f} processor\n")


if __name__ == "__main__":
    main()
