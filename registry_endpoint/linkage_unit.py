"""The linkage unit: opens the linkage zone and nothing else, and answers record id -> person id.

Tokens are hashed again under a key of the unit before anything is stored; the site's own are dropped.
"""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from desktop_app.core.batches.opening import OpenedBatch
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.tokens import TOKENS_LENGTH
from desktop_app.core.batches.zones import LINKAGE_COLUMNS, SEXES, are_months, are_record_ids
from registry_endpoint.folder import opening_key, private_folder
from registry_endpoint.linkage import link, rehash
from registry_endpoint.office import database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    site TEXT NOT NULL, record_id TEXT NOT NULL, first_batch TEXT NOT NULL,
    person_id TEXT NOT NULL, tokens BLOB NOT NULL, sexe TEXT, birth_month TEXT,
    PRIMARY KEY (site, record_id)
) STRICT;
CREATE INDEX IF NOT EXISTS record_person ON record (person_id);
CREATE TABLE IF NOT EXISTS answer (
    batch_id TEXT PRIMARY KEY, persons BLOB NOT NULL, review BLOB NOT NULL
) STRICT;
"""
_STORED = ("site", "record_id", "tokens", "sexe", "birth_month")
_TEXT = {"record_id": pl.String, "tokens": pl.Binary, "sexe": pl.String, "birth_month": pl.String}


@dataclass(frozen=True, slots=True)
class LinkageAnswer:
    """What the unit tells the warehouse of one batch.

    `persons`: record_id, person_id, other_sources UInt32, new_person Boolean. `review`: record_id, other_site
    Boolean, agreeing String - pairs that a person should look at.
    """

    persons: pl.DataFrame
    review: pl.DataFrame


class LinkageUnit:
    """Opens, hashes, links and stores; the only code that is given the linkage unit's folder."""

    def __init__(self, folder: Path) -> None:
        private_folder(folder)
        self._folder = folder
        self._path = folder / "linkage.sqlite"
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            connection.executescript(_SCHEMA)

    def open(self, batch: OpenedBatch) -> pl.DataFrame:
        """The linkage zone. Refusals: `forbidden-column`, `bad-rows`, and those of opening."""
        frame = batch.zone("linkage", opening_key(self._folder))
        if set(frame.columns) - set(LINKAGE_COLUMNS):
            raise Refusal("forbidden-column")
        if dict(frame.schema) != _TEXT:
            raise Refusal("bad-rows")
        ids = frame["record_id"]
        right = frame["tokens"].bin.size() == TOKENS_LENGTH
        known_sex = frame["sexe"].drop_nulls().is_in(SEXES).all()
        if not (are_record_ids(ids) and right.fill_null(False).all() and known_sex):
            raise Refusal("bad-rows")
        if not are_months(frame["birth_month"]):
            raise Refusal("bad-rows")
        return frame

    def link(self, batch_id: str, site: str, frame: pl.DataFrame) -> LinkageAnswer:
        """Link a batch against all that is stored, once; asked again, the unit repeats its answer."""
        known = self._answer(batch_id)
        if known is not None:
            return known
        hashed = rehash(frame, (self._folder / "hash.key").read_bytes())
        new = hashed.with_columns(site=pl.lit(site)).select(_STORED)
        stored, persons = self._stored()
        # A corrected record replaces its old tokens under the same record id.
        others = stored.join(new.select("site", "record_id"), on=["site", "record_id"], how="anti")
        result = link(new, others, persons)
        answer = _describe(site, new, persons, result.persons, result.pairs)
        self._store(batch_id, new, result.persons, answer)
        return answer

    def _stored(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            rows = connection.execute(f"SELECT {', '.join(_STORED)}, person_id FROM record").fetchall()
        schema = {"site": pl.String, **_TEXT, "person_id": pl.String}
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return frame.select(_STORED), frame.select("site", "record_id", "person_id")

    def _answer(self, batch_id: str) -> LinkageAnswer | None:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            row = connection.execute(
                "SELECT persons, review FROM answer WHERE batch_id = ?", (batch_id,)
            ).fetchone()
        return None if row is None else LinkageAnswer(*(pl.read_parquet(io.BytesIO(part)) for part in row))

    def _store(self, batch_id: str, new: pl.DataFrame, persons: pl.DataFrame, answer: LinkageAnswer) -> None:
        """Records, persons and the answer in one transaction: a crash leaves all of it or nothing."""
        rows = new.join(persons, on=["site", "record_id"]).select(*_STORED, "person_id")
        moved = persons.join(new, on=["site", "record_id"], how="anti").select(
            "person_id", "site", "record_id"
        )
        with database(self._path) as db:
            db.executemany(
                "INSERT INTO record (site, record_id, tokens, sexe, birth_month, person_id, first_batch)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET tokens = excluded.tokens,"
                " sexe = excluded.sexe, birth_month = excluded.birth_month, person_id = excluded.person_id",
                ((*row, batch_id) for row in rows.iter_rows()),
            )
            db.executemany(
                "UPDATE record SET person_id = ? WHERE site = ? AND record_id = ?", moved.iter_rows()
            )
            db.execute(
                "INSERT INTO answer VALUES (?, ?, ?)",
                (batch_id, _bytes(answer.persons), _bytes(answer.review)),
            )


def _describe(
    site: str, new: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, pairs: pl.DataFrame
) -> LinkageAnswer:
    """Turn what linking found into what a site may be told: never a token, never another site's record id."""
    keys = ["site", "record_id"]
    current = pl.concat([before.join(after, on=keys, how="anti"), after.select(before.columns)])
    elsewhere = (
        current.filter(pl.col("site") != site)
        .group_by("person_id")
        .agg(pl.col("site").n_unique().cast(pl.UInt32).alias("other_sources"))
    )
    seen = current.join(before.select(keys), on=keys, how="semi").select(pl.col("person_id").unique())
    persons = (
        new.select(keys)
        .join(current, on=keys, how="left")
        .join(elsewhere, on="person_id", how="left")
        .with_columns(
            pl.col("other_sources").fill_null(0),
            new_person=~pl.col("person_id").is_in(seen["person_id"].implode()),
        )
        .select("record_id", "person_id", "other_sources", "new_person")
    )
    return LinkageAnswer(persons, _review(new, pairs))


def _review(new: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    wanted = pairs.filter(pl.col("decision").cast(pl.String) == "review")
    own = new.select("record_id")
    sides = [
        wanted.select(
            pl.col(one).alias("record_id"),
            (~pl.col(other).is_in(own["record_id"].implode())).alias("other_site"),
            pl.col("agreeing").cast(pl.String),
        )
        for one, other in (("record_a", "record_b"), ("record_b", "record_a"))
    ]
    return pl.concat(sides).join(own, on="record_id", how="semi").unique().sort("record_id", "agreeing")


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()
