"""Mutated files of the PMSI: rows or a sentence, soon, and nothing written beside them."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from tests.pmsi_parts import rum, vid, write

MUTATIONS = 2_000


def _mutated(content: bytes, draw: random.Random) -> bytes:
    """One to four accidents: bytes changed, cut, put in, repeated; lines shifted, joined or swapped."""
    data = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        at, kind = draw.randrange(len(data) + 1), draw.randrange(9)
        if kind == 0 and data:
            data[at % len(data)] = draw.randrange(256)
        elif kind == 1:
            del data[at : at + draw.choice((1, 2, 30, 400))]
        elif kind == 2:
            data[at:at] = draw.randbytes(draw.choice((1, 8, 300)))
        elif kind == 3:
            del data[at:]
        elif kind == 4:
            data[at:at] = draw.choice(
                (b"\0" * 9, b"\r", b"\n\n\n", b"\x1a", "é".encode(), b"\xff\xfe", b"99999")
            )
        elif kind == 5:
            data[at:at] = data[at : at + 400] * draw.choice((1, 50))
        elif kind == 6:
            lines = bytes(data).split(b"\n")
            draw.shuffle(lines)
            data = bytearray(b"\n".join(lines))
        elif kind == 7:
            data = bytearray(bytes(data).replace(b"\r\n", b"\n"))
        else:
            data = bytearray(bytes(data).replace(b"\n", b"", draw.randint(1, 3)))
    return bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["022", "122"])
def test_a_mutated_pair_gives_rows_or_a_sentence(version: str, tmp_path: Path) -> None:
    draw = random.Random(version)
    rums = [
        rum(version, f"2600000{n}", "01062026-03062026", "C341 C504 C770 I10", ["02062026 GFFA013"] * (n % 3))
        for n in range(8)
    ]
    contents = {
        tmp_path / "rss.txt": write(tmp_path / "rss.txt", rums).read_bytes(),
        tmp_path / "vh.txt": write(
            tmp_path / "vh.txt", [vid(f"2600000{n}", f"P{n}") for n in range(8)]
        ).read_bytes(),
        tmp_path / "noms.csv": b"IPP;Nom\nP0;Martin\nP1;Roy\n",
    }
    outcomes = {"rows": 0, "sentence": 0}
    for _ in range(MUTATIONS // 2):
        for path, content in contents.items():
            path.write_bytes(_mutated(content, draw) if draw.random() < 0.6 else content)
        before = {path: path.read_bytes() for path in contents}
        names, started = draw.choice((None, "noms.csv")), time.monotonic()
        try:
            path = draw.choice((tmp_path / "rss.txt", tmp_path / "vh.txt"))
            options = detect(path, {"identities": names} if names else None).options
            outcomes["rows"] += open_extract(path, options).frame.height > 0
        except AppError as error:
            assert error.what.fr and error.todo.fr and "Martin" not in error.sentence("fr")
            outcomes["sentence"] += 1
        assert time.monotonic() - started < 10
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert min(outcomes.values()) > MUTATIONS // 40
