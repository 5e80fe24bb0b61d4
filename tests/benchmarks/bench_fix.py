"""A batch of a million rows on the bench and opened again: time, memory, bytes on the disk of each action.

    .venv/bin/python -m tests.benchmarks.bench_fix [ROWS]

Tells wall and processor seconds, memory held afterwards and at most. Each opening is a process of its own, as
it is for a person who comes back the next morning.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from desktop_app.allocation import SETTING, SOONER, give_back_sooner

os.environ.setdefault(SETTING, SOONER)  # as the program does, before anything imports Polars


from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import OnBench, put_on_bench, resume
from desktop_app.core.kept import forget, keep
from desktop_app.core.mapping import draft_recipe
from desktop_app.core.replacing import How, Wanted, plan
from desktop_app.core.workspace import Workspace
from desktop_app.demo.large import write_large
from desktop_app.ui.fix.desk import Workbench
from desktop_app.ui.models.selection import FACETS, Selection, Sort
from tests.benchmarks.bench_window import SEARCHED, forget_most, most, replaced, resident
from tests.core.editing_child import OneKey
from validation_rules.contract import Contract, load_contract

TODAY = date(2026, 11, 22)
TIMES = 40
T = TypeVar("T")


def timed(name: str, action: Callable[[], T]) -> T:
    """Prints what the action took."""
    forget_most()
    wall, work = time.perf_counter(), time.process_time()
    result = action()
    wall, work = time.perf_counter() - wall, time.process_time() - work
    sys.stdout.write(f"{name:<52}{wall:>8.2f} s{work:>8.2f} s{resident():>8.0f}{most():>8.0f} MiB\n")
    sys.stdout.flush()
    return result


def many(name: str, times: int, action: Callable[[int], object]) -> None:
    """Prints the median and the 95th percentile, in milliseconds."""
    taken = []
    for number in range(times):
        wall, work = time.perf_counter(), time.process_time()
        action(number)
        taken.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - work)))
    walls, works = (sorted(column) for column in zip(*taken, strict=True))
    high = int(0.95 * times)
    told = (f"p50 {column[times // 2]:.0f} p95 {column[high]:.0f} ms" for column in (walls, works))
    sys.stdout.write(f"{name:<52}{'; processor '.join(told)}\n")
    sys.stdout.flush()


def edits(desk: Workbench, rows: int) -> None:
    """One cell at a time, as it is typed: mostly a patient number is that of another patient. Then what is
    rare, one patient who comes to have twenty tumours."""
    others = [f"B{1 + number * 104_729 % rows}" for number in range(TIMES)]

    def edited(name: str, field: str, new: Sequence[str]) -> None:
        def edit(number: int) -> None:
            cell = CellEdit(1 + number * 7919 % rows, field, new[number % len(new)])
            desk.act(lambda bench: bench.edit([cell]))

        many(f"edit of one {name}, and its page", TIMES, edit)

    edited("nom_naissance", "nom_naissance", ("DURAND", "DUPOND"))
    edited("topographie", "topographie", ("C50.4", "C18.2"))
    edited("grade", "grade", ("1", "3"))
    edited("numero_patient", "numero_patient", others)
    many("undo of one of these, and its page", TIMES, lambda number: desk.act(Bench.undo))
    edited("numero_patient, of two", "numero_patient", ("B7", "B9"))


def checked(workspace: Workspace, path: Path, contract: Contract) -> OnBench:
    """The file on the bench; what was read of it is let go, as when the batch is opened again."""
    extract = open_extract(path)
    recipe = draft_recipe(extract, contract).recipe
    return put_on_bench(workspace, extract, recipe, contract, TODAY, name="mesure")._replace(extract=None)


def work(folder: Path) -> None:
    """A day on the batch."""
    contract = load_contract()
    with Workspace.open(folder / "work", OneKey()) as workspace:
        at_hand = timed("read, map and check", lambda: checked(workspace, folder / "large.csv", contract))
        bench, rows = at_hand.bench, at_hand.mapped.frame.height
        timed("keep for the next opening", lambda: keep(workspace, at_hand.row, bench))
        desk = Workbench(bench)
        timed("page: every finding", lambda: desk.select(Selection()))
        timed("page: every row", lambda: desk.select(Selection(all_rows=True)))
        for field in ("numero_patient", "nom_naissance", "date_incidence"):
            timed(f"sort by {field}", lambda f=field: desk.select(Selection(all_rows=True, sort=Sort(f))))  # type: ignore[misc]
        for facet in FACETS:
            value = desk.select(Selection()).view.counts[facet][0][0]
            chosen = Selection(chosen={facet: frozenset({value})})
            timed(f"facet {facet}", lambda c=chosen: desk.select(c))  # type: ignore[misc]
        timed("search in every cell", lambda: desk.select(Selection(text="dup")))
        desk.select(Selection())
        edits(desk, rows)
        anything = Wanted("^.+$", "3", SEARCHED, How.PATTERN)
        timed(f"find in {3 * rows:,} cells, preview", lambda: plan(bench.frame, contract, anything))
        for share in (1, 3, 10):
            cells = replaced(bench.frame, share)
            name = f"{cells.height:,} of {3 * rows:,} cells"
            handed = [cells]
            del cells  # the window lets go of them too, see `Desk.write`
            timed(f"replace {name}", lambda h=handed: desk.act(lambda bench: bench.edit(h.pop())))  # type: ignore[misc]
            timed(f"undo {name}", lambda: desk.act(Bench.undo))
            if share == 1:
                desk.act(Bench.redo)
            if share == 10:
                timed("redo it", lambda: desk.act(Bench.redo))
                timed("undo it", lambda: desk.act(Bench.undo))
        timed("keep for the next opening", lambda: keep(workspace, at_hand.row, bench))
        size = sum(path.stat().st_size for path in workspace.folder.rglob("*") if path.is_file())
        sys.stdout.write(
            f"on the disk: {size / 1e6:.0f} MB, of it copies {workspace.kept.size() / 1e6:.0f} MB\n"
        )


def open_again(folder: Path, how: str) -> None:
    """The batch as it was left, up to its page."""
    day = TODAY + timedelta(1) if how == "another day" else TODAY
    with Workspace.open(folder / "work", OneKey()) as workspace:
        batch_id = workspace.batches.list()[0].id
        if how == "nothing kept":
            forget(workspace, batch_id)

        def opened() -> object:
            return Workbench(resume(workspace, batch_id, day).bench).select(Selection())

        timed(f"open again ({how})", opened)


def main() -> int:
    """The day, then three openings."""
    give_back_sooner()
    if len(sys.argv) > 2:
        (work if sys.argv[2] == "work" else lambda folder: open_again(folder, sys.argv[2]))(Path(sys.argv[1]))
        return 0
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        write_large(Path(folder) / "large.csv", rows)
        for how in ("work", "same day", "another day", "nothing kept"):
            subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_fix", folder, how], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
