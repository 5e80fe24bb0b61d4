"""Reading a year of PMSI files: time, processor, longest silence of the progress, peak memory.

    .venv/bin/python -m tests.benchmarks.bench_pmsi [STAYS]

Writes an RSS 122 (four RUMs for three stays, one stay in eight with a tumour) and its VID-HOSP of invented
stays into a temporary folder. Needs the field tables of shared/.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from desktop_app.core.extracts import detect, open_extract
from tests.pmsi_parts import rum, vid, write
from validation_rules.text import Text

ACTS = ("13062026 GFFA013", "13062026 ZBQK002")
OTHERS = [
    rum("122", "S", "12062026-18062026", f"{code} - E119 I10", ACTS) for code in ("I10", "J189", "K590")
]
TUMOURS = [
    rum("122", "S", "12062026-18062026", codes, ACTS) for codes in ("C341 - C770", "Z511 C504", "I10 - C20")
]


def make(folder: Path, stays: int) -> Path:
    """The two files; the path of the RSS."""
    draw, person = random.Random(1), vid("S", "P")
    rums, lines = [], []
    for number in range(stays):
        stay = str(26_000_000 + number).ljust(20)
        for _ in range(1 + (number % 3 == 0)):
            line = draw.choice(OTHERS if number % 8 else TUMOURS)
            rums.append(line[:47] + stay + line[67:])
        lines.append(person[:28] + stay + person[48:353] + f"P{number // 3}".ljust(20) + person[373:])
    write(folder / "vidhosp.txt", lines)
    return write(folder / "rss.txt", rums)


def main(stays: int) -> None:
    """Reads them once and tells."""
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), stays)
        size = sum(each.stat().st_size for each in path.parent.iterdir()) / 1024**2
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        last, silence = time.perf_counter(), 0.0

        def told(done: int, total: int | None, what: Text) -> None:
            nonlocal last, silence
            now = time.perf_counter()
            last, silence = now, max(silence, now - last)

        options = detect(path).options
        started, worked, last = time.perf_counter(), time.process_time(), time.perf_counter()
        extract = open_extract(path, options, told)
        wall, processor = time.perf_counter() - started, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{stays} stays, {size:.0f} MiB, {extract.frame.height} notifications: {wall:.2f} s, "
        f"{processor:.2f} s of processor, longest silence {silence * 1000:.0f} ms, "
        f"peak {peak:.0f} MiB ({before:.0f} before reading)\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150_000)
