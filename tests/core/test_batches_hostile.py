"""Parts made to harm: refused before they cost anything, and nothing else than a refusal comes out."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.batches.container import BadContainer, read_directory
from desktop_app.core.batches.opening import MAX_VALUE, _read_parquet
from desktop_app.core.batches.parquet_guard import MAX_CELLS, MAX_UNPACKED, TooCostly, require_small
from desktop_app.core.batches.refusals import Refusal
from desktop_app.core.batches.zones import are_months, are_record_ids


def parquet(frame: pl.DataFrame, compression: str = "zstd") -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression=compression, statistics=False)  # type: ignore[arg-type]
    return buffer.getvalue()


SOUND = pl.DataFrame({"record_id": ["a", "b", "c"], "tokens": [b"x", None, b"z"], "sexe": ["1", "2", None]})


def test_sound_parts_pass() -> None:
    assert _read_parquet(parquet(SOUND), 3).equals(SOUND)
    many = pl.DataFrame({"a": [f"{n:064x}" for n in range(20_000)], "b": ["C50.9"] * 20_000})
    assert _read_parquet(parquet(many), 20_000).equals(many)


def test_a_constant_for_millions_of_rows_is_refused_unread() -> None:
    bomb = parquet(pl.DataFrame({"a": pl.repeat("x", MAX_CELLS + 1, eager=True)}))
    assert len(bomb) < 1 << 20
    with pytest.raises(TooCostly):
        require_small(bomb, MAX_CELLS + 1)


def test_a_page_that_unpacks_to_far_more_is_refused_unread() -> None:
    bomb = parquet(pl.DataFrame({"a": ["x" * (MAX_UNPACKED + 1)]}))
    assert len(bomb) < 1 << 20
    with pytest.raises(TooCostly):
        require_small(bomb, 1)


def test_a_long_value_repeated_is_refused() -> None:
    with pytest.raises(Refusal, match="bad-rows"):
        _read_parquet(parquet(pl.DataFrame({"a": ["x" * (MAX_VALUE + 1)] * 1000})), 1000)


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"a": [1]}),
        pl.DataFrame({"a": [["x"]]}),
        pl.DataFrame({"a": [{"b": "x"}]}),
        pl.DataFrame({"a": [["x" * 9] * 9]}).with_columns(b=pl.struct("a")),
        pl.DataFrame({"a": ["x"]}, schema={"a": pl.Categorical}),
        pl.DataFrame({str(n): ["x"] for n in range(300)}),
        pl.DataFrame({"a": [None]}),
    ],
    ids=["number", "list", "struct", "nested", "category", "many-columns", "nothing"],
)
def test_other_shapes_are_refused(frame: pl.DataFrame) -> None:
    with pytest.raises(Refusal, match="bad-rows"):
        _read_parquet(parquet(frame), 1)


def test_bytes_that_are_no_text_are_refused() -> None:
    content = parquet(pl.DataFrame({"a": ["\N{LATIN SMALL LETTER E WITH ACUTE}Q"]}), "uncompressed")
    with pytest.raises(Refusal, match="bad-rows"):
        _read_parquet(content.replace("éQ".encode(), b"\xff\xfeQ"), 1)


@pytest.mark.parametrize("rows", [0, 2, 4, 1 << 40])
def test_another_number_of_rows_than_stated_is_refused(rows: int) -> None:
    with pytest.raises(Refusal, match="bad-rows"):
        _read_parquet(parquet(SOUND), rows)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_altered_files_give_a_refusal_or_rows_and_nothing_else(changes: list[tuple[int, int]]) -> None:
    content = bytearray(parquet(SOUND, "uncompressed"))
    for at, value in changes:
        content[at % len(content)] = value
    try:
        frame = _read_parquet(bytes(content), 3)
    except Refusal as refusal:
        assert refusal.code == "bad-rows"
    else:
        assert frame.height == 3 and set(frame.dtypes) <= {pl.String, pl.Binary}


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_a_footer_of_anything_is_refused(footer: bytes) -> None:
    content = b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1"
    with pytest.raises(TooCostly):
        require_small(content, 1)


def test_a_container_with_a_vast_directory_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "vast.navette"
    size = 3 << 30
    with path.open("wb") as file:  # a hole: no disk is used
        file.truncate(size)
        file.seek(size)
        file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, size - 100, 100, 0))
    with path.open("rb") as file, pytest.raises(BadContainer):
        read_directory(file)


def test_only_pseudonyms_and_months_travel() -> None:
    ids = [f"{n:064x}" for n in range(3)]
    assert are_record_ids(pl.Series(ids))
    for other in ("DUPONT JEAN", ids[0] + "\n", ids[0].upper() + "A", ids[1], None, ""):
        assert not are_record_ids(pl.Series([*ids[1:], other]))
    assert are_months(pl.Series(["1950-03", "1950", None]))
    for other in ("1950-03-12", "1950-03\n", "DUPONT", ""):
        assert not are_months(pl.Series([other]))
