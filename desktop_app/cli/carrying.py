"""Corrections and confirmations of earlier batches, as commands use and tell them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.desk import open_desk
from desktop_app.cli.speech import language, say, t
from desktop_app.core.progress import Progress
from validation_rules.text import Text, counted

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.months.carrying import Carried
    from desktop_app.core.stages import Mapped

NoCarryOption = Annotated[
    bool,
    typer.Option(
        "--no-carry",
        help=t(
            "Ne pas reprendre les corrections des lots précédents.",
            "Do not carry over the corrections of earlier batches.",
        ),
    ),
]
CarryOption = Annotated[
    bool,
    typer.Option(
        "--carry",
        help=t(
            "Contrôler avec les corrections et les confirmations de l’espace de travail, sans y rien "
            "écrire : ce qui reste à traiter.",
            "Check with the corrections and confirmations of the workspace, writing nothing there: what is "
            "left to treat.",
        ),
    ),
]
_HOLD = (
    Text("confirmation d’un lot précédent tient toujours", "confirmation of an earlier batch still holds"),
    Text("confirmations de lots précédents tiennent toujours", "confirmations of earlier batches still hold"),
)


def with_earlier(
    mapped: Mapped, day: date, workspace: Path | None, progress: Progress
) -> tuple[Mapped, pl.DataFrame]:
    """The rows with what earlier batches decided, and what is left to treat of their findings."""
    import polars as pl

    from desktop_app.core.bench import Bench
    from desktop_app.core.bench_frames import applied
    from desktop_app.core.corrections import CorrectionLog
    from desktop_app.core.months.carrying import outlook, to_carry
    from validation_rules.check import Checker

    with open_desk(workspace, readonly=True) as desk:
        carried = outlook(desk, mapped, progress=progress)
        cells = to_carry(carried, mapped)
        frame = applied(mapped.frame.sort("row_id"), cells)
        gone = carried.withdrawals.filter(pl.col("status") == "held")
        frame = frame.join(gone.select("row_id"), on="row_id", how="anti", maintain_order="left")
        corrected = replace(mapped, frame=frame)
        bench = Bench(corrected, Checker(mapped.contract, day), day, CorrectionLog(desk, ""))
        bench.replay(progress)
    tell_carried(cells.height, carried, gone.height)
    confirmed = bench.findings.filter(pl.col("state") == "confirmed").height
    if confirmed:
        say(f"{counted(confirmed, *_HOLD).in_(language())}.", sys.stderr)
    return corrected, bench.findings.filter(pl.col("state") == "open").drop("state")


def tell_carried(applied: int, carried: Carried, withdrawn: int) -> None:
    """What earlier batches left, in a sentence; nothing when they say nothing of this extract."""
    from desktop_app.core.months.carried_list import told

    if applied or withdrawn or carried.mostly_gone or carried.of("differs", "twins").height:
        say(told(applied, carried, withdrawn).in_(language()), sys.stderr)
