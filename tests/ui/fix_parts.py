"""A small batch with known findings, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from pytestqt.qtbot import QtBot

from desktop_app.core.bench import Bench
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.one_tumour import GOOD, RECIPE, SOURCE
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

# What each row has instead. Rows 2, 3: COD-sexe, same cause; 5: REQ-comportement; 6: GRA-04, to confirm.
WRONG: dict[int, dict[str, str | None]] = {
    2: {"sexe": "7"},
    3: {"sexe": "7"},
    5: {"comportement": None, "grade": "9"},
    6: {"grade": None},
}
ROWS = 8
EXPECTED = {(2, "COD-sexe"), (3, "COD-sexe"), (5, "REQ-comportement"), (6, "GRA-04")}


def small_batch(rows: int = ROWS) -> Mapped:
    """Eight rows, three errors, one to confirm; or more, all right but for the last."""
    return batch_of(WRONG if rows == ROWS else WRONG | {rows: {"sexe": "7"}}, rows)


def batch_of(wrong: dict[int, dict[str, str | None]], rows: int) -> Mapped:
    """So many rows of one tumour each, of different patients; `wrong` is what some have instead."""
    contract = load_contract()
    lines = [
        GOOD
        | {
            "numero_patient": f"P{number:03}",
            "date_naissance": f"{1950 - number // 28}-01-{number % 28 or 28:02}",
        }
        | wrong.get(number, {})
        for number in range(1, rows + 1)
    ]
    schema = dict.fromkeys(["numero_patient", *GOOD], pl.String)
    return Mapped(SOURCE, RECIPE, contract, normalise(pl.DataFrame(lines, schema=schema), contract))


def put_on_bench(session: Session, workspace: Workspace, mapped: Mapped, batch_id: str | None = None) -> str:
    """The session holds the batch, as after the station Map; returns the id of the batch."""
    known = batch_id or workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}").id
    session.batch, session.mapped = workspace.batches.get(known), mapped
    session.bench = Bench.start(workspace, known, mapped, session.today)
    session.changed.emit("findings")
    return known


def page_alone(
    qtbot: QtBot,
    session: Session,
    workspace: Workspace,
    settle: Callable[[], None],
    mapped: Mapped | None = None,
) -> FixPage:
    """The page Fix without its window, with a batch (the small one); it has the keyboard."""
    made = FixPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    put_on_bench(session, workspace, mapped or small_batch())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle()
    return made
