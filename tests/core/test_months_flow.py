"""From file to bench in the second month; what a purge of the first month leaves of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import apsw
import pytest

from desktop_app.core.bench import CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import OnBench, put_on_bench, resume
from desktop_app.core.mapping import import_options, load_recipe
from desktop_app.core.months.before import compared, earlier_batches, previous_batch
from desktop_app.core.months.carrying import applied_in
from desktop_app.core.workspace import BatchRow, Workspace
from desktop_app.core.workspace.retention import purge
from tests.site_parts import HEADER, recipe_of
from validation_rules.contract import load_contract

DAY = date(2026, 11, 22)
ROW = "{};1;;;;Martin;;Zoé;{};1960-05-04;33063;33063;33000;2024-02-03;C50.4;8500;3;3.2;7;1;2;1;2026-01-02;ACP"


class Site:
    """A workspace and the files of its months."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        (folder / "recipe.json").write_text(recipe_of(HEADER), encoding="utf-8")

    def check(
        self, name: str, *rows: tuple[str, str], batch: BatchRow | None = None, carry: bool = True
    ) -> OnBench:
        """Read, map and check a file of (patient, sex)."""
        file = self.folder / f"{name}.csv"
        file.write_text("\n".join((HEADER, *(ROW.format(*row) for row in rows))) + "\n", encoding="utf-8")
        recipe = load_recipe(self.folder / "recipe.json")
        extract = open_extract(file, import_options(recipe, file))
        return put_on_bench(
            self.workspace, extract, recipe, load_contract(), DAY, batch=batch, name=name, carry=carry
        )


@pytest.fixture
def site(workspace: Workspace, tmp_path: Path) -> Site:
    """October is corrected: P1 is a woman."""
    made = Site(workspace, tmp_path)
    made.check("October", ("P1", "7"), ("P2", "2")).bench.edit([CellEdit(1, "sexe", "2")], why="dossier")
    return made


def test_it_is_there_at_the_first_check_and_after_a_restart(site: Site) -> None:
    held = site.check("November", ("P3", "2"), ("P1", "7"))
    assert held.carried is not None and held.carried.applied == 1 == applied_in(site.workspace, held.row.id)
    assert "COD-sexe" not in held.bench.findings["rule_id"].cast(str).to_list()
    assert resume(site.workspace, held.row.id, DAY).bench.frame.equals(held.bench.frame)


def test_not_when_it_is_not_wanted_and_then_at_the_next_check(site: Site) -> None:
    rows = (("P3", "2"), ("P1", "7"))
    held = site.check("November", *rows, carry=False)
    assert held.carried is None and held.bench.pending().is_empty()
    again = site.check("November", *rows, batch=held.row)
    assert again.carried is not None and again.carried.applied == 1 and again.bench.can_undo


def test_what_a_purged_month_decided_lives_on_in_the_month_after(site: Site) -> None:
    november = site.check("November", ("P3", "2"), ("P1", "7"))
    purge(site.workspace, [previous.id for previous in earlier_batches(site.workspace, november.row.id)])
    december = site.check("December", ("P1", "7"))
    assert december.bench.pending().select("old", "new", "why").rows() == [("7", "2", "dossier")]


def test_a_batch_beside_the_last_one_that_was_sent(site: Site) -> None:
    november = site.check("November", ("P1", "2"))
    december = site.check("December", ("P1", "2"), ("P2", "1"))
    october = earlier_batches(site.workspace, november.row.id)[0]
    site.workspace.batches.set_state(october.id, "sent")
    assert previous_batch(site.workspace, december.row.id) == site.workspace.batches.get(october.id)
    before, found = compared(site.workspace, december.row.id, december.bench.kept())
    assert before.name == "October" and (found.same, found.changed, found.added.height) == (1, 1, 0)
    named, other = compared(site.workspace, december.row.id, december.bench.kept(), november.row.id)
    assert named.name == "November" and (other.same, other.added.height) == (1, 1)


def test_a_failure_while_it_is_carried_over_leaves_no_batch(site: Site) -> None:
    """A batch that is there without what is carried into it would never get it."""
    count = len(site.workspace.batches.list())
    with site.workspace.database.write() as run:
        run("CREATE TRIGGER full BEFORE INSERT ON correction BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises((AppError, apsw.Error)):
        site.check("November", ("P1", "7"))
    assert len(site.workspace.batches.list()) == count
    with site.workspace.database.write() as run:
        run("DROP TRIGGER full")
    assert site.check("November", ("P1", "7")).bench.can_undo
