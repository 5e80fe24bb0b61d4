"""Mutated files given to a reader that is watched: `python -m tests.ugly.fuzz FORMAT [FILES] [FIRST]`."""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.ugly.fuzz_child import MEMORY
from tests.ugly.seeds import Seed, seeds

TIMEOUT = 10.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Report:
    """What became of the files: how often each answer was given, the worst figures, and what must not be."""

    answers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, number: int, answer: dict[str, Any]) -> None:
        """Adds one answer."""
        self.answers["rows" if answer.get("code") == "" else str(answer.get("code", "fault"))] += 1
        self.slowest = max(self.slowest, answer.get("seconds", 0.0))
        self.memory = max(self.memory, answer.get("memory", 0))
        for kind in ("trace", "wrote", "died", "hung"):
            if answer.get(kind):
                self.faults.append(f"file {number}: {kind} {answer[kind]}")
        if self.memory > MEMORY:
            self.faults.append(f"file {number}: {self.memory // 1024**2} MiB")


class Reader:
    """The process that reads; another one takes its place when it dies or hangs."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        environment = os.environ | {"POLARS_MAX_THREADS": "1", "RUST_BACKTRACE": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ugly.fuzz_child"],
            cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def read(self, path: Path) -> dict[str, Any]:
        """What it answers within `TIMEOUT` seconds."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(f"{path}\n")
            self._process.stdin.flush()
            ready = bool(select.select([self._process.stdout], [], [], TIMEOUT)[0])
            line = self._process.stdout.readline() if ready else ""
        except BrokenPipeError:
            ready, line = True, ""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        code = self._process.returncode
        self._start()
        return {"died": f"exit {code}"} if ready else {"hung": f"{TIMEOUT} s"}

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin and self._process.stdout
        if self._process.poll() is None:
            try:
                self._process.stdin.close()
                self._process.wait(0.5)
            except (subprocess.TimeoutExpired, BrokenPipeError):
                self._process.kill()
        self._process.wait()
        self._process.stdout.close()


def mutated(form: str, number: int, sound: list[tuple[Seed, bytes]]) -> tuple[Seed, bytes]:
    """The file of that number; the same whenever it is asked for."""
    draw = random.Random(f"{form} {number}")
    seed, data = draw.choice(sound)
    return seed, seed.mutate(data, draw)


def fuzz(form: str, files: int, folder: Path, first: int = 0, keep: Path | None = None) -> Report:
    """Reads `files` spoilt files of a format; `folder` must hold nothing but them afterwards."""
    report, reader = Report(), Reader()
    sound = [(seed, _made(seed, folder)) for seed in seeds()[form]]
    try:
        for number in range(first, first + files):
            seed, data = mutated(form, number, sound)
            for name, body in seed.beside:
                (folder / name).write_bytes(body)
            path = folder / seed.name
            path.write_bytes(data)
            before = len(report.faults)
            report.note(number, reader.read(path))
            if path.read_bytes() != data:
                report.faults.append(f"file {number}: written to")
            if keep and len(report.faults) > before:
                (keep / f"{form}-{number}{path.suffix}").write_bytes(data)
    finally:
        reader.close()
    known = {name for seed, _ in sound for name in (seed.name, *(name for name, _ in seed.beside))}
    left = {item.name for item in folder.iterdir()} - known
    report.faults += [f"left behind: {name}" for name in sorted(left)]
    return report


def _made(seed: Seed, folder: Path) -> bytes:
    seed.make(folder / seed.name)
    return (folder / seed.name).read_bytes()


def main() -> int:
    """The number of faults; the files at fault are kept in the current folder's `fuzz-faults`."""
    forms = list(seeds()) if sys.argv[1:2] in ([], ["all"]) else [sys.argv[1]]
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    keep = Path(os.environ.get("FUZZ_KEEP", "fuzz-faults"))
    wrong = 0
    for form in forms:
        start = time.monotonic()
        keep.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as folder:
            report = fuzz(form, files, Path(folder), first, keep)
        wrong += len(report.faults)
        told = ", ".join(f"{code} {count}" for code, count in report.answers.most_common())
        print(
            f"{form}: {files} files in {time.monotonic() - start:.0f} s; slowest {report.slowest:.2f} s; "
            f"memory {report.memory // 1024**2} MiB; {len(report.faults)} faults; {told}",
            *report.faults[:12], sep="\n    ", flush=True,
        )  # fmt: skip
    return min(wrong, 100)


if __name__ == "__main__":
    sys.exit(main())
