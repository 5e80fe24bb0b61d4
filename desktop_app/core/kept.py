"""A batch as it was left, kept so that opening it again need not read, map and check the file anew.

Two parts of a batch are kept: its contract rows as the source has them, and what the rules found, with the
edits that held then and the day of the check. Each says what it was made from; a part that was made from
anything else than what would be used now counts as absent. The source file is read through once more, for its
SHA-256: a file that has changed is noticed as before.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.bench_types import Kept
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import ImportOptions, Mapped
from validation_rules.beside import Beside

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.bench import Bench
    from desktop_app.core.workspace import BatchRow, Workspace
    from validation_rules.contract import Contract

FEWEST_ROWS = 20_000
"""Rows below which nothing is kept: reading and checking them takes less than a second."""
_FORM = 2
_ROWS, _FOUND = "rows", "findings"


def keep(workspace: Workspace, row: BatchRow, bench: Bench, at_least: int | None = None) -> bool:
    """Keep the rows and the findings of a batch of so many rows (FEWEST_ROWS); False when it was not kept.

    Takes seconds for a million rows: off the UI thread. Nothing is raised for want of room.
    """
    from desktop_app.core.workspace.retention import purged

    mapped = bench.mapped
    if row.id in purged(workspace):
        return False
    if (
        mapped.frame.height < (FEWEST_ROWS if at_least is None else at_least)
        or not _checkable(row.options)
        or _is_stale(row, mapped)
    ):
        return False
    made_of = _rows_from(row, mapped.contract)
    held = workspace.kept.has(row.id, _ROWS, made_of)
    if not held and not workspace.kept.put(row.id, _ROWS, made_of, _written(mapped.frame)):
        return False
    return _keep_findings(workspace, row, bench)


def kept_rows(
    workspace: Workspace, row: BatchRow, contract: Contract, progress: Progress = silent
) -> tuple[Mapped | None, bool]:
    """The contract rows kept of a batch (None: they must be made again), and whether its source has changed.

    Raises what reading the file raises, and Cancelled.
    """
    from desktop_app.core.alike_columns import alike_shared
    from desktop_app.core.mapping import Recipe

    made_of = _rows_from(row, contract)
    if not _checkable(row.options) or not workspace.kept.has(row.id, _ROWS, made_of):
        return None, False
    with Beside(True) as beside:  # the file is on a share more often than not, and what is kept here
        digest = beside.start(lambda: _digest_now(row, progress))
        content = workspace.kept.get(row.id, _ROWS, made_of)
        frame = None if content is None else _read(content)
        altered = digest() != row.source_sha256
    if altered:
        return None, True
    if frame is None or frame.columns != ["row_id", *contract.field_names]:
        return None, False
    frame = alike_shared(frame)
    return Mapped(row.source, Recipe.model_validate_json(row.recipe_json), contract, frame), False


def kept_findings(workspace: Workspace, row: BatchRow, contract: Contract) -> Kept | None:
    """The findings kept of a batch, when the same rules and the same program found them."""
    content = workspace.kept.get(row.id, _FOUND, _found_from(row, contract))
    if content is None:
        return None
    head, _, body = content.partition(b"\n")
    stated = json.loads(head)
    found, source = _frame(body[: stated["length"]]), body[stated["length"] :]
    if found is None:
        return None
    seqs, day = tuple(stated["seqs"]), date.fromisoformat(stated["day"])
    return Kept(found, seqs, day, _frame(source) if source else None, tuple(stated["sound"]))


def forget(workspace: Workspace, batch_id: str) -> None:
    """Forget all that is kept of a batch: for whoever purges or deletes it. The batch itself stays."""
    workspace.kept.drop(batch_id)


def _keep_findings(workspace: Workspace, row: BatchRow, bench: Bench) -> bool:
    at = bench.as_found()
    if at is None:
        return False
    found = _bytes(at.found)
    source = b"" if at.at_source is None else _bytes(at.at_source)
    stated = {"day": at.day.isoformat(), "seqs": at.seqs, "sound": at.sound, "length": len(found)}
    head = json.dumps(stated).encode()
    made_of = _found_from(row, bench.contract)
    return workspace.kept.put(row.id, _FOUND, made_of, b"".join((head, b"\n", found, source)))


def _checkable(options: ImportOptions | None) -> bool:
    """Whether the digest of the source is that of its files in order: those of the PMSI are read together."""
    if options is None:
        return False
    return all(
        each.format != "pmsi-mco" and each.companion is None and each.identities is None
        for each in (options, *(part.options for part in options.parts))
    )


def _is_stale(row: BatchRow, mapped: Mapped) -> bool:
    """Whether the recipe of the batch is another one by now than that of these rows."""
    return row.source_sha256 != mapped.source.sha256 or not mapped.recipe.same_as(row.recipe_json)


def _digest_now(row: BatchRow, progress: Progress) -> str:
    """What `SourceFile.sha256` would be if the file of the batch were read now."""
    from desktop_app.core.extracts.gather import digest_of
    from desktop_app.core.extracts.source import SourceReader

    def of(path: Path) -> str:
        reader = SourceReader(path, progress)
        reader.take_in()
        return reader.source().sha256

    parts = row.options.parts if row.options is not None else ()
    return digest_of([of(Path(part.path)) for part in parts]) if parts else of(row.source_path)


def _rows_from(row: BatchRow, contract: Contract) -> str:
    """What contract rows are made from: the source, how it is read and mapped, contract and program."""
    plain = contract.base or contract
    options = None if row.options is None else dataclasses.asdict(row.options)
    made_of = (
        _FORM,
        program(),
        row.source_sha256,
        row.recipe_json,
        options,
        plain.id,
        plain.version,
        plain.sha256,
    )
    return _digest(json.dumps(made_of, default=str))


def _found_from(row: BatchRow, contract: Contract) -> str:
    """What findings are made from: the rows, and every rule, those of the site too."""
    return _digest(_rows_from(row, contract) + repr((contract.rules, contract.derived, contract.lookups)))


@cache
def program() -> str:
    """A digest of what maps and checks: another version of it may give other rows and findings."""
    import polars as pl

    import validation_rules
    from desktop_app.core import mapping

    digest = hashlib.sha256(pl.__version__.encode())
    for path in _sources(Path(str(validation_rules.__file__)).parent, Path(str(mapping.__file__)).parent):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _sources(*folders: Path) -> Iterator[Path]:
    """The code and the tables of these packages as they lie on the disk; in a frozen program the program."""
    import sys

    if getattr(sys, "frozen", False):
        yield Path(sys.executable)
    for folder in folders:
        if folder.is_dir():
            yield from sorted(
                p for p in folder.rglob("*") if p.suffix in (".py", ".csv", ".yaml", ".parquet")
            )


def _written(rows: pl.DataFrame) -> bytes:
    """Parquet in one piece: read four times as fast as Arrow, and a third of its size, for a million rows."""
    buffer = BytesIO()
    height = max(1, rows.height)
    rows.write_parquet(buffer, compression_level=1, statistics=False, row_group_size=height)
    return buffer.getvalue()


def _read(content: bytes) -> pl.DataFrame | None:
    import polars as pl

    try:
        return pl.read_parquet(BytesIO(content))
    except pl.exceptions.PolarsError:
        return None


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def _frame(content: bytes) -> pl.DataFrame | None:
    import polars as pl

    try:
        return pl.read_ipc(BytesIO(content)).rechunk()
    except pl.exceptions.PolarsError:
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
