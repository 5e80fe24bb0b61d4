"""A progress that counts bytes says rows, and how many a second, as well."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import open_extract
from desktop_app.core.extracts.rows_told import RowsTold
from desktop_app.core.stages import ImportOptions
from validation_rules.text import Text

READING = Text("Lecture", "Reading")


def test_rows_and_their_speed_are_told_once_they_mean_something() -> None:
    now, said = [0.0], list[Text]()
    told = RowsTold(lambda done, total, what: said.append(what), lambda: now[0])
    frames = told.counted([pl.DataFrame({"a": ["x"] * 1500})] * 2)
    next(frames)
    told(1, 10, READING)
    next(frames)
    now[0] = 2.0
    told(2, 10, READING)
    assert said[0] == READING
    assert said[1].fr == "Lecture, 3\u202f000 lignes, 1\u202f500 par seconde"
    assert said[1].en == "Reading, 3,000 rows, 1,500 per second"


def test_a_file_that_is_read_tells_its_rows(tmp_path: Path) -> None:
    path, said = tmp_path / "long.csv", list[str]()
    path.write_bytes(b"a;b\n" + b"123456789012345678;x\n" * 1_500_000)

    def slow(done: int, total: int | None, what: Text) -> None:
        said.append(what.fr)
        time.sleep(0.2)

    open_extract(path, ImportOptions("delimited", "utf-8", ";"), slow)
    assert said[0] == "Lecture du fichier" and said[-1].endswith("par seconde")
