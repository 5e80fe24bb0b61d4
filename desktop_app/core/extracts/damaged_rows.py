"""Damage that shows over a whole row: cells moved to the next column, a header again, totals at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from desktop_app.core.extracts.columns import ColumnLook, form
from desktop_app.core.extracts.damage import LISTED_ROWS, LOOKING, Damage
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.text import Text, rows

_LAST_ROWS = 5
_FEW_ROWS = 20
_MOST_DISTINCT = 20_000
_MOST_SUSPECTS = 5_000
_TOTAL = re.compile(
    r"(?:grand |sous-)?(?:total|totaux|somme|sum|subtotal|moyenne|average|effectifs?|nombre d|nb d|count|"
    r"fin d[eu] |end of |édité le|edited on|extraction du|généré le)",
    re.IGNORECASE,
)


def damaged_rows(
    extract: Extract, looks: Sequence[ColumnLook], progress: Progress = silent
) -> Iterator[Damage]:
    """Rows with shifted cells, repeated headers, totals or a note after the last record."""
    yield from _headers(extract)
    yield from _totals(extract)
    yield from _shifted(extract, looks, progress)


def _headers(extract: Extract) -> Iterator[Damage]:
    """Rows that repeat the names of the columns: several files put one after the other."""
    names = extract.columns
    if len(names) < 2 or extract.options.header_row is None:
        return
    same = [pl.col(name).str.strip_chars() == name for name in names]
    equal = pl.sum_horizontal(part.fill_null(value=False).cast(pl.UInt32) for part in same)
    found = extract.frame.filter(pl.any_horizontal(same[:4])).filter(equal >= max(2, len(names) // 2))
    if found.is_empty():
        return
    ids, many = found.get_column("row_id"), rows(found.height)
    yield Damage(
        "header",
        None,
        found.height,
        tuple(ids.head(LISTED_ROWS)),
        True,
        Text(
            f"{many.fr}\u00a0: l’en-tête est répété parmi les données.",
            f"{many.en}: the header again, amid the data.",
        ),
        Text("Gardez ces lignes de côté.", "Keep these rows aside."),
    )


def _totals(extract: Extract) -> Iterator[Damage]:
    """The last rows when they are sums or notes: few cells are filled, one of them says so, or is alone."""
    frame = extract.frame
    names = extract.columns
    if frame.height < 3 or len(names) < 3:
        return
    usual = sum(frame.get_column(name).count() for name in names) / frame.height
    ids: list[int] = []
    for row in reversed(frame.tail(_LAST_ROWS).rows()):
        cells = [cell.strip() for cell in row[1:] if cell and cell.strip()]
        said = any(_TOTAL.match(cell) for cell in cells)
        alone = len(cells) == 1 and usual >= 3
        if not alone and not (said and len(cells) <= 0.7 * usual):
            break
        ids.append(row[0])
    if not ids:
        return
    many = rows(len(ids))
    yield Damage(
        "total",
        None,
        len(ids),
        tuple(sorted(ids)),
        True,
        Text(
            f"{many.fr} à la fin\u00a0: un total ou une note, pas un enregistrement.",
            f"{many.en} at the end: a total or a note, not a record.",
        ),
        Text("Gardez ces lignes de côté.", "Keep these rows aside."),
    )


def _shifted(extract: Extract, looks: Sequence[ColumnLook], progress: Progress) -> Iterator[Damage]:
    """Rows whose cells fit the next column, or the one before, better than their own."""
    fixed = extract.options.format == "fixed_width"  # cells are where the layout says
    if extract.frame.height < _FEW_ROWS or len(looks) < 4 or fixed:
        return
    suspects = _suspects(extract, looks, progress)
    if suspects.is_empty():
        return
    usual = [look.usual_forms for look in looks]
    found: dict[tuple[int, int], list[int]] = {}
    forms = _forms(suspects)
    for place, row in enumerate(zip(suspects.get_column("row_id"), forms.iter_rows(), strict=True)):
        if place % 500 == 0:
            progress(place, suspects.height, LOOKING)
        moved = shift_of(row[1], usual)
        if moved is not None:
            found.setdefault(moved, []).append(row[0])
    by_way: dict[int, list[tuple[int, list[int]]]] = {}
    for (start, way), ids in found.items():
        by_way.setdefault(way, []).append((start, ids))
    for way, starts in sorted(by_way.items()):
        yield _shift(
            looks[min(start for start, _ in starts)].name,
            way,
            sorted(each for _, ids in starts for each in ids),
        )


def _forms(rows: pl.DataFrame) -> pl.DataFrame:
    """The form of every cell, blank where there is none."""
    names = rows.columns[1:]
    return rows.select(form(name).fill_null("").alias(name) for name in names)


def _suspects(extract: Extract, looks: Sequence[ColumnLook], progress: Progress) -> pl.DataFrame:
    """Rows with at least two cells of a form that their column does not know; a few thousand at most."""
    marks = pl.Series([0], dtype=pl.UInt16).new_from_index(0, extract.frame.height)
    for place, look in enumerate(looks):
        progress(place, len(looks), LOOKING)
        if not look.usual_forms or look.tally.height > _MOST_DISTINCT:
            continue
        odd = look.tally.filter(~form().is_in(list(look.usual_forms)))
        if odd.height:
            values = odd.get_column("value")
            marks = marks + look.cells.is_in(values.implode()).fill_null(value=False).cast(pl.UInt16)
    most = marks.alias("marks").to_frame().with_row_index().filter(pl.col("marks") >= 2)
    worst = most.sort("marks", descending=True, maintain_order=True).head(_MOST_SUSPECTS)
    return extract.frame[worst.get_column("index").sort()]


def shift_of(forms: Sequence[str], usual: Sequence[frozenset[str]]) -> tuple[int, int] | None:
    """Where the cells of a row begin to be moved, and by how many columns (1 right, -1 left); None if not.

    `forms` are those of its cells, `usual` those of each column.
    """
    misfits = [i for i, each in enumerate(forms) if each and usual[i] and each not in usual[i]]
    if len(misfits) < 3:
        return None
    explained = {way: [i for i in misfits if _fits(forms[i], i - way, usual)] for way in (1, -1)}
    way = max(explained, key=lambda each: len(explained[each]))
    places = explained[way]
    if len(places) < 3 or len({forms[i] for i in places}) < 2 or len(places) < 0.7 * len(misfits):
        return None
    # From the first moved cell on, all are moved: rare codes here and there are no shift.
    rest = [
        i for i in range(places[0], len(forms)) if forms[i] and 0 <= i - way < len(usual) and usual[i - way]
    ]
    moved = sum(_fits(forms[i], i - way, usual) for i in rest)
    return (places[0], way) if moved >= 0.8 * len(rest) else None


def _fits(each: str, home: int, usual: Sequence[frozenset[str]]) -> bool:
    return 0 <= home < len(usual) and each in usual[home]


def _shift(column: str, way: int, ids: list[int]) -> Damage:
    many = rows(len(ids))
    side = Text("la droite", "the right") if way > 0 else Text("la gauche", "the left")
    return Damage(
        "shifted",
        column,
        len(ids),
        tuple(ids[:LISTED_ROWS]),
        True,
        Text(
            f"{many.fr}\u00a0: à partir de «\u00a0{column}\u00a0», les cellules sont décalées d’une colonne "
            f"vers {side.fr}.",
            f"{many.en}: from “{column}” on, the cells are moved one column to {side.en}.",
        ),
        Text(
            "Corrigez ces lignes dans le logiciel d’origine, ou gardez-les de côté.",
            "Correct these rows in the source program, or keep them aside.",
        ),
    )
