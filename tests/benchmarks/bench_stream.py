"""`navette check` on files larger than memory should be: wall time, processor time, peak of resident memory.

    .venv/bin/python -m tests.benchmarks.bench_stream [--bytes 3e9 | --rows 10000000] [--whole] [--keep FILE]
    .venv/bin/python -m tests.benchmarks.bench_stream --growth 100000 1000000 10000000 [--rounds 2]

The last 1,000 rows repeat the numbers of the first ones: 2,000 findings of KEY-01, at both ends of the file,
must come out. `--whole` reads the file as a whole instead (`--bytes 2e8` for `capacity.BYTES_A_BYTE`).

`--growth` checks files of these numbers of rows in turn and compares the processor time a row. A fixed loop
is timed beside each run: the pace of a shared machine changes within minutes, and the second figure, in such
loops, is the one that can be compared.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import mean
from threading import Event, Thread

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
    options.add_argument("--growth", type=int, nargs="+")
    options.add_argument("--rounds", type=int, default=2)
    asked = options.parse_args()
    if asked.growth:
        growth(asked.growth, asked.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path, output = asked.keep or Path(folder) / "large.csv", Path(folder) / "findings.csv"
        if not path.exists():
            rows = asked.rows or int(asked.bytes / _bytes_a_row(Path(folder) / "sample.csv"))
            write_large(path, rows, same=REPEATED)
        size = path.stat().st_size
        check = [sys.executable, "-c", WHOLE, str(path), str(output)] if asked.whole else of(path, output)
        wall, cpu, peak = measured(check)
        found = Counter(pl.read_csv(output, columns=["rule_id"]).get_column("rule_id").to_list())
    sys.stdout.write(f"{size:,} bytes: {wall:.1f} s wall, {cpu:.1f} s cpu, peak {peak:,.0f} MiB\n")
    sys.stdout.write(f"{sum(found.values()):,} findings, {dict(found.most_common(8))}\n")
    if found["KEY-01"] != 2 * REPEATED:
        raise SystemExit(f"KEY-01: {found['KEY-01']}")


def of(path: Path, output: Path) -> list[str]:
    """The command that checks a file."""
    check = [sys.executable, "-m", "desktop_app", "check", str(path), "--format", "csv"]
    return [*check, "--today", "2026-11-22", "--output", str(output)]


def growth(sizes: list[int], rounds: int) -> None:
    """Files of several sizes, one after the other, several times: processor time a row of each."""
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    loops: dict[int, list[float]] = {size: [] for size in sizes}
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.csv" for size in sizes}
        for size, path in paths.items():
            write_large(path, size, same=REPEATED)
        for size in sizes * rounds:
            with _Pace() as pace:
                wall, cpu, peak = measured(of(paths[size], Path(folder) / "findings.csv"))
            seconds[size].append(1e6 * cpu / size)
            loops[size].append(1e6 * cpu / size / pace.loop)
            sys.stdout.write(f"{size:>12,} rows: {wall:.1f} s wall, {cpu:.1f} s cpu, peak {peak:,.0f} MiB, ")
            sys.stdout.write(f"{seconds[size][-1]:.2f} s cpu a million, {loops[size][-1]:.1f} loops\n")
    for smaller, larger in pairwise(sizes):
        times = mean(loops[larger]) / mean(loops[smaller])
        plain = mean(seconds[larger]) / mean(seconds[smaller])
        sys.stdout.write(f"{larger:,} / {smaller:,} rows: {times:.3f} times a row ({plain:.3f} in seconds)\n")


class _Pace:
    """`loop`: processor seconds of a fixed loop, while the context lasts: at both ends and now and then."""

    def __enter__(self) -> _Pace:
        self._seconds = [_fixed_loop()]
        self._end = Event()
        self._beside = Thread(target=self._watch)
        self._beside.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._beside.join()
        self._seconds.append(_fixed_loop())

    @property
    def loop(self) -> float:
        return mean(self._seconds)

    def _watch(self) -> None:
        while not self._end.wait(12):
            self._seconds.append(_fixed_loop())


def _fixed_loop() -> float:
    began, total = time.thread_time(), 0
    for number in range(3_000_000):
        total += number * number
    return time.thread_time() - began


def _bytes_a_row(sample: Path) -> float:
    write_large(sample, 20_000)
    return sample.stat().st_size / 20_000


if __name__ == "__main__":
    main()
