"""The record layout of a fixed-width file: a small CSV with name, start and length of each zone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.dialect import best_shape, parse
from desktop_app.core.extracts.encodings import Transcoder, guess_encoding
from desktop_app.core.extracts.source import examine, read_head
from desktop_app.core.stages import FixedColumn
from validation_rules.text import Text

MAX_LAYOUT = 256 * 1024
MAX_ZONES = 2000
MAX_RECORD_LENGTH = 100_000
_NAME = ("zone", "nom", "champ", "variable", "field", "name", "header", "colonne")
_START = ("debut", "position", "pos", "start", "de", "colonne debut", "position debut")
_LENGTH = ("longueur", "taille", "length", "largeur", "long", "width")


def read_layout(path: Path) -> tuple[FixedColumn, ...]:
    """The zones that a layout file describes, in its order. Raises AppError when they make no sense."""
    examine(path, MAX_LAYOUT)
    head = read_head(path, MAX_LAYOUT)
    encoding = guess_encoding(head).value
    text = b"".join(Transcoder(path, encoding).utf8(iter([head]))).decode("utf-8")
    found = best_shape(text, None, ['"'])
    rows = [
        row for row in parse(text, found.separator, '"', MAX_ZONES + 2) if any(cell.strip() for cell in row)
    ]
    if len(rows) < 2:
        raise problems.bad_layout(path.name, Text("il est vide", "it is empty"))
    name, start, length = _places(path, [_folded(cell) for cell in rows[0]])
    return check_layout(path.name, [_zone(path, row, name, start, length) for row in rows[1:]])


def _folded(cell: str) -> str:
    bare = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode()
    return " ".join(bare.lower().split())


def _places(path: Path, headers: Sequence[str]) -> tuple[int, int, int]:
    places = []
    for words, fr, en in (
        (_NAME, "le nom", "name"),
        (_START, "le début", "start"),
        (_LENGTH, "la longueur", "length"),
    ):
        place = next((headers.index(word) for word in words if word in headers), None)
        if place is None:
            raise problems.bad_layout(
                path.name, Text(f"aucune colonne n’y donne {fr}", f"no column gives the {en}")
            )
        places.append(place)
    return places[0], places[1], places[2]


def _zone(path: Path, row: Sequence[str], name: int, start: int, length: int) -> FixedColumn:
    try:
        return FixedColumn(" ".join(row[name].split()), int(row[start]), int(row[length]))
    except (ValueError, IndexError):
        reason = Text("une position n’y est pas un nombre", "a position in it is not a number")
        raise problems.bad_layout(path.name, reason) from None


def check_layout(name: str, zones: Sequence[FixedColumn]) -> tuple[FixedColumn, ...]:
    """The zones, once they are known to be possible. Raises AppError otherwise."""
    if len(zones) > MAX_ZONES:
        raise problems.bad_layout(name, Text("trop de zones", "too many zones"))
    if any(z.start < 1 or z.length < 1 or z.start + z.length > MAX_RECORD_LENGTH for z in zones):
        reason = Text(
            "une zone y commence avant 1 ou n’a pas de longueur", "a zone starts before 1 or has no length"
        )
        raise problems.bad_layout(name, reason)
    ordered = sorted(zones, key=lambda zone: zone.start)
    for before, after in pairwise(ordered):
        if before.start + before.length > after.start:
            reason = Text(
                f"les zones {before.header} et {after.header} se chevauchent",
                f"zones {before.header} and {after.header} overlap",
            )
            raise problems.bad_layout(name, reason)
    return tuple(zones)


def find_layout(path: Path, line_length: int) -> tuple[Path, tuple[FixedColumn, ...]] | None:
    """A layout beside the file whose zones fill its lines; `line_length` in characters."""
    try:
        beside = sorted(item for item in path.parent.iterdir() if item.suffix.lower() in {".csv", ".txt"})
    except OSError:
        return None
    for candidate in beside[:200]:
        if candidate == path:
            continue
        try:
            zones = read_layout(candidate)
        except AppError:
            continue
        if max(zone.start + zone.length - 1 for zone in zones) == line_length:
            return candidate, zones
    return None
