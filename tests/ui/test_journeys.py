"""The four samples from a file to nothing that blocks, through the window alone: by mouse, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.ui.main_window import MainWindow
from tests.ui.journey_hands import CTRL, Key, press
from tests.ui.journey_parts import FILES, ByKeyboard, ByMouse, Journey, nothing_blocks
from tests.ui.journey_samples import small_sample

Settle = Callable[[], None]
Hands = type[Journey]
BOTH = pytest.mark.parametrize("hands", [ByMouse, ByKeyboard])
EVERY = pytest.mark.parametrize("name", list(FILES))
# The offscreen platform says so of windows, and of lists that open.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard", extend=True)


@pytest.fixture(autouse=True)
def _quick_clicks(qapp: QApplication) -> Iterator[None]:
    """A list that opens ignores the mouse for as long as a double click may last: here that is short."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(15)
    yield
    qapp.setDoubleClickInterval(before)


def travel(
    window: MainWindow, settle: Settle, hands: Hands, path: Path, patch: pytest.MonkeyPatch
) -> Journey:
    """Opens a file as its dialog would give it, then goes the whole way."""
    window.resize(1366, 768)
    patch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    press(Key.Key_1, CTRL)
    press(Key.Key_O, CTRL)
    settle()
    journey = hands(window, settle)
    journey.go()
    return journey


@pytest.mark.parametrize(
    ("name", "hands"),
    [
        ("registre", ByKeyboard),
        pytest.param("classeur", ByMouse, marks=pytest.mark.slow),
        ("largeur_fixe", ByKeyboard),
        ("desordre", ByMouse),
    ],
)
def test_a_small_extract_to_the_end(
    window: MainWindow, settle: Settle, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    name: str, hands: Hands,
) -> None:  # fmt: skip
    path = small_sample(name, shared / "samples", tmp_path)
    before = path.read_bytes()
    journey = travel(window, settle, hands, path, monkeypatch)
    assert nothing_blocks(window)
    assert journey.corrected >= 5 and journey.confirmed >= 3
    assert path.read_bytes() == before


@pytest.mark.slow
@EVERY
@BOTH
def test_a_sample_to_the_end(
    window: MainWindow, settle: Settle, shared: Path, monkeypatch: pytest.MonkeyPatch, name: str, hands: Hands
) -> None:
    journey = travel(window, settle, hands, shared / "samples" / name / FILES[name], monkeypatch)
    assert nothing_blocks(window)
    assert journey.corrected >= 20 and journey.confirmed >= 20
    assert (journey.in_grid and journey.by_scope) or name != "registre"
    bench = window.session.bench
    assert bench is not None and bench.counts().confirmed >= 50
    print(f"{name}: {journey.corrected} corrected, {journey.in_grid} of them in the grid, "
          f"{journey.by_scope} for a whole rule, {journey.confirmed} times confirmed")  # fmt: skip
