"""What does not fit in memory is refused with what can be done, before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core import capacity, extracts
from desktop_app.core.errors import AppError

GIGA = 1024**3


def test_a_file_over_the_free_memory_is_refused_with_what_is_possible() -> None:
    with pytest.raises(AppError) as refusal:
        capacity.refuse_what_does_not_fit(Path("a.csv"), 3 * GIGA, 8 * GIGA)
    assert refusal.value.code == "file-over-memory"
    assert "navette check" in refusal.value.sentence("fr")
    assert "8,0\N{NO-BREAK SPACE}Go" in refusal.value.sentence("fr")
    assert "3.0 GB" in refusal.value.sentence("en")


@pytest.mark.parametrize("free", [None, 64 * GIGA])
def test_a_file_that_fits_or_may_fit_is_let_through(free: int | None) -> None:
    capacity.refuse_what_does_not_fit(Path("a.csv"), 3 * GIGA, free)


def test_the_part_that_is_offered_fits() -> None:
    free = 4 * GIGA
    capacity.refuse_what_does_not_fit(Path("a.csv"), capacity.room(free), free)
    with pytest.raises(AppError):
        capacity.refuse_what_does_not_fit(Path("a.csv"), capacity.room(free) + 1, free)


def test_free_memory_is_within_that_of_the_computer() -> None:
    free = capacity.memory_free()
    assert free is None or 16 * 1024**2 < free < 2**50


def test_opening_asks_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    monkeypatch.setattr(extracts, "memory_free", lambda: 1024)
    with pytest.raises(AppError, match="file-over-memory"):
        extracts.open_extract(path)
    assert extracts.wants_batches(path)
    assert extracts.open_stream(path).head(5).frame.height == 1
