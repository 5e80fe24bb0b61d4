"""The warehouse: opens the clinical zone and nothing else; checks, stores and compares medical data."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl

from desktop_app.core.batches.opening import OpenedBatch
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.zones import are_months, are_record_ids, column_faults, month_fields
from registry_endpoint.folder import opening_key, private_folder
from registry_endpoint.office import database
from validation_rules.contract import Contract

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tumour (
    site TEXT NOT NULL, record_id TEXT NOT NULL, batch_id TEXT NOT NULL, person_id TEXT NOT NULL,
    fields TEXT NOT NULL, PRIMARY KEY (site, record_id)
) STRICT;
CREATE INDEX IF NOT EXISTS tumour_person ON tumour (person_id);
CREATE TABLE IF NOT EXISTS indicator (
    site TEXT NOT NULL, code TEXT NOT NULL, value REAL, PRIMARY KEY (site, code)
) STRICT;
"""


class Warehouse:
    """The only code that is given the warehouse's folder."""

    def __init__(self, folder: Path) -> None:
        private_folder(folder)
        self._folder = folder
        self._path = folder / "warehouse.sqlite"
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            connection.executescript(_SCHEMA)

    def open(self, batch: OpenedBatch, contract: Contract) -> pl.DataFrame:
        """record_id and the clinical fields, all String. Refusals: `forbidden-column`, `bad-rows`."""
        frame = batch.zone("clinical", opening_key(self._folder))
        forbidden, missing = column_faults(contract, "clinical", frame.columns)
        if forbidden:
            raise Refusal("forbidden-column")
        ids = frame["record_id"] if "record_id" in frame.columns else None
        if missing or ids is None or set(frame.dtypes) != {pl.String}:
            raise Refusal("bad-rows")
        if not are_record_ids(ids) or not all(are_months(frame[name]) for name in month_fields(contract)):
            raise Refusal("bad-rows")
        return frame

    def store(self, batch_id: str, site: str, frame: pl.DataFrame, persons: pl.DataFrame) -> None:
        """Keep the rows under their person ids; a record sent before is replaced. Harmless when repeated."""
        people = dict(persons.select("record_id", "person_id").iter_rows())
        rows = (
            (site, row["record_id"], batch_id, people[row["record_id"]], _fields(row))
            for row in frame.iter_rows(named=True)
        )
        with database(self._path) as db:
            db.executemany("INSERT OR REPLACE INTO tumour VALUES (?, ?, ?, ?, ?)", rows)

    def tumours_of(self, persons: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
        """All tumours of these persons at every site: site, record_id, person_id, then `columns`; String."""
        wanted = persons.select(pl.col("person_id").unique())
        with database(self._path) as db:
            db.execute("CREATE TEMP TABLE wanted (person_id TEXT PRIMARY KEY)")
            db.executemany("INSERT INTO wanted VALUES (?)", wanted.iter_rows())
            rows = db.execute(
                "SELECT site, record_id, person_id, fields FROM tumour JOIN wanted USING (person_id)"
            )
            taken = [(*row[:3], *_pick(row[3], columns)) for row in rows]
            db.execute("DROP TABLE wanted")
        names = ("site", "record_id", "person_id", *columns)
        return pl.DataFrame(taken, schema=dict.fromkeys(names, pl.String), orient="row")

    def keep_indicators(self, site: str, values: dict[str, float | None]) -> dict[str, list[float]]:
        """Keep a site's indicators; all sites' known values by code, to take the median of."""
        with database(self._path) as db:
            db.executemany(
                "INSERT OR REPLACE INTO indicator VALUES (?, ?, ?)",
                [(site, code, value) for code, value in values.items()],
            )
            rows = db.execute("SELECT code, value FROM indicator WHERE value IS NOT NULL").fetchall()
        found: dict[str, list[float]] = {code: [] for code in values}
        for code, value in rows:
            found.setdefault(code, []).append(value)
        return found


def _fields(row: dict[str, str | None]) -> str:
    return json.dumps(
        {name: value for name, value in row.items() if value is not None and name != "record_id"}
    )


def _pick(fields: str, columns: tuple[str, ...]) -> list[str | None]:
    values = json.loads(fields)
    return [values.get(name) for name in columns]
