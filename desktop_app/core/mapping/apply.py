"""Applies a recipe: every transformation works on the distinct values of a column, in Polars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from desktop_app.core.alike_columns import alike_shared
from desktop_app.core.errors import AppError
from desktop_app.core.mapping.dates import to_iso
from desktop_app.core.mapping.recipe import Column, Recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Mapped
from validation_rules.contract import Contract
from validation_rules.normalise import normalise
from validation_rules.text import Text

MAPPING = Text("Association des colonnes", "Mapping the columns")
_NUMBER, _DATE = 1, 2
_LIST_MARK = "+"


def apply_recipe(extract: Extract, recipe: Recipe, contract: Contract, progress: Progress = silent) -> Mapped:
    """The extract as contract rows, normalised.

    Raises AppError when the recipe is for another contract, names fields that the contract does not have, or
    columns that the file does not have.
    """
    check_contract(recipe, contract)
    sources = _sources(extract, recipe)
    filled: dict[str, pl.Series] = {"row_id": extract.frame.get_column("row_id")}
    for done, column in enumerate(recipe.columns):
        progress(done, len(recipe.columns), MAPPING)
        if column.targets:
            filled.update(fill(extract, column, sources))
    for name, value in recipe.defaults.items():
        filled[name] = _with_default(filled.get(name), value, extract.frame.height, name)
    progress(len(recipe.columns), len(recipe.columns), MAPPING)
    rows = normalise(pl.DataFrame(list(filled.values())), contract)
    return Mapped(extract.source, recipe, contract, alike_shared(rows))


def check_contract(recipe: Recipe, contract: Contract) -> None:
    """Raises AppError unless the recipe is for this contract and names fields that it has."""
    stated_id, _, stated_version = recipe.contract.partition("@")
    if stated_id != contract.id or stated_version not in ("", contract.version):
        raise AppError(
            "recipe-other-contract",
            Text(
                f"La recette est faite pour {recipe.contract}, pas pour {contract.id} {contract.version}.",
                f"The recipe is for {recipe.contract}, not for {contract.id} {contract.version}.",
            ),
            Text("Choisissez la recette de ce contrat.", "Choose the recipe of this contract."),
        )
    known = set(contract.field_names)
    unknown = [name for name in (*recipe.targets, *recipe.defaults) if name not in known]
    if unknown:
        raise AppError(
            "recipe-unknown-field",
            Text(
                f"La recette remplit des champs que le contrat n’a pas : {', '.join(unknown[:8])}.",
                f"The recipe fills fields that the contract does not have: {', '.join(unknown[:8])}.",
            ),
            Text("Corrigez leur nom dans la recette.", "Correct their names in the recipe."),
        )


def _sources(extract: Extract, recipe: Recipe) -> Mapping[str, str]:
    """Header in the recipe -> column of the frame. AppError when the file lacks one."""
    wanted = [header for column in recipe.columns if column.targets for header in headers_of(column)]
    found, lacking = match_headers(extract.columns, wanted)
    if lacking:
        raise _missing_columns(extract, lacking)
    return found


def match_headers(columns: Sequence[str], wanted: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Header in the recipe -> column of the file (the same name, else the same but for blanks and case), and
    the headers that the file does not have."""
    exact = {name: name for name in columns}
    folded: dict[str, list[str]] = {}
    for name in columns:
        folded.setdefault(fold(name), []).append(name)
    found, lacking = {}, []
    for header in wanted:
        alike = folded.get(fold(header), [])
        match = exact.get(header) or (alike[0] if len(alike) == 1 else None)
        if match is None:
            lacking.append(header)
        else:
            found[header] = match
    return found, lacking


def names_exactly(recipe: Recipe, columns: list[str]) -> bool:
    """Whether every column that the recipe reads is among these, by its very name."""
    read = [column for column in recipe.columns if column.targets]
    headers = {header for column in read for header in headers_of(column)}
    places = [column.index or 0 for column in read if not list(headers_of(column))]
    return headers <= set(columns) and max(places, default=0) <= len(columns)


def fold(header: str) -> str:
    """A header as it is compared: blanks squeezed, lower case."""
    return " ".join(header.split()).casefold()


def headers_of(column: Column) -> Iterator[str]:
    """The headers that a column of a recipe reads; none when it goes by its place."""
    if column.header is not None:
        yield column.header
    yield from column.join


def _missing_columns(extract: Extract, lacking: list[str]) -> AppError:
    listed = ", ".join(f"«\u00a0{header}\u00a0»" for header in lacking[:8]) + (
        ", …" if len(lacking) > 8 else ""
    )
    return AppError(
        "recipe-missing-columns",
        Text(
            f"« {extract.source.path.name} » n’a pas toutes les colonnes de la recette ; il manque {listed}.",
            f"“{extract.source.path.name}” lacks columns of the recipe: {listed}.",
        ),
        Text(
            "Vérifiez la ligne d’en-tête et le fichier, ou associez de nouveau ces colonnes ; "
            "« navette recipe check » dit ce qui a changé.",
            "Check the header row and the file, or map these columns again; 'navette recipe check' says what "
            "has changed.",
        ),
    )


def fill(extract: Extract, column: Column, sources: Mapping[str, str]) -> Iterator[tuple[str, pl.Series]]:
    """(field, cells) for every field that a column fills; `sources` is what `match_headers` found."""
    name, cells = _cells(extract, column, sources)
    kinds = (
        extract.kinds.get_column(name)
        if extract.kinds is not None and name in extract.kinds.columns
        else None
    )
    if column.fields:
        for target, part in zip(column.fields, _split(cells, column), strict=True):
            yield target, transform(part, column, kinds).alias(target)
    elif column.field:
        yield column.field, transform(cells, column, kinds).alias(column.field)


def _cells(extract: Extract, column: Column, sources: Mapping[str, str]) -> tuple[str, pl.Series]:
    names = [sources[header] for header in headers_of(column)]
    if not names:
        names = [_by_index(extract, column.index or 0)]
    if not column.join:
        return names[0], extract.frame.get_column(names[0])
    parts = [pl.col(name).str.strip_chars() for name in names]
    # A blank part leaves no mark behind: 03/1950 where the day is not known.
    filled = [pl.when(part != "").then(part) for part in parts]
    joined = extract.frame.select(
        pl.concat_str(filled, separator=column.join_with, ignore_nulls=True)
    ).to_series()
    return "", joined


def _by_index(extract: Extract, index: int) -> str:
    if not 1 <= index <= len(extract.columns):
        raise _missing_columns(extract, [str(index)])
    return extract.columns[index - 1]


def _split(cells: pl.Series, column: Column) -> list[pl.Series]:
    """One cell into several fields; what lacks is null, what is left over stays in the last field."""
    distinct, parts = cells.unique().drop_nulls(), len(column.fields)
    pieces = distinct.to_frame("cell").select(
        pl.col("cell").str.strip_chars().str.splitn(column.split or "", parts).struct.unnest()
    )
    named = [pieces.get_column(f"field_{place}").str.strip_chars() for place in range(parts)]
    return [_replaced(cells, distinct, piece) for piece in named]


def transform(cells: pl.Series, column: Column, kinds: pl.Series | None = None) -> pl.Series:
    """The cells of one column after its recode, numbers, lists and dates; null where nothing is left."""
    works_on_kind = kinds is not None and (column.number_pad is not None or "cell" in column.date_formats)
    if not _touches(column):
        return cells
    if not works_on_kind or kinds is None:
        return _on_distinct(cells, column, None)
    result = cells
    for kind in kinds.unique().drop_nulls():
        mask = kinds == kind
        changed = _on_distinct(cells.filter(mask), column, int(kind))
        result = changed if mask.all() else result.scatter(mask.arg_true(), changed)
    return result


def _touches(column: Column) -> bool:
    return bool(
        column.recode
        or column.decimal_mark
        or column.integer_code
        or column.number_pad
        or column.list_separator
        or column.date_formats
    )


def _on_distinct(cells: pl.Series, column: Column, kind: int | None) -> pl.Series:
    distinct = cells.unique().drop_nulls()
    changed = distinct.to_frame("cell").select(_expression(column, kind)).to_series()
    return _replaced(cells, distinct, changed)


def _replaced(cells: pl.Series, distinct: pl.Series, by: pl.Series) -> pl.Series:
    differs = distinct.ne_missing(by)
    if not differs.any():
        return cells
    return cells.replace(distinct.filter(differs), by.filter(differs))


def _expression(column: Column, kind: int | None) -> pl.Expr:
    """The steps in the order of the recipe's definition, on trimmed cells."""
    value = pl.col("cell").str.strip_chars()
    if column.recode:
        value = value.replace(dict(column.recode))
    if column.decimal_mark == ",":
        value = value.str.replace(r"^([+-]?\d+),(\d+)$", "${1}.${2}")
    if column.integer_code:
        value = value.str.replace(r"^(\d+)[.,]0+$", "${1}")
    if column.number_pad and kind in (_NUMBER, None):
        padded = value.str.zfill(column.number_pad)
        value = pl.when(value.str.contains(r"^\d+$")).then(padded).otherwise(value)
    if column.list_separator:
        value = _list(value, column.list_separator)
    if column.date_formats:
        value = to_iso(value, column.date_formats, column.unknown_part, pl.lit(kind == _DATE))
    return pl.when(value != "").then(value)


def _list(value: pl.Expr, separator: str) -> pl.Expr:
    """Items joined by the contract's plus sign; blanks around them and empty items go."""
    items = value.str.split(separator).list.eval(pl.element().str.strip_chars())
    return items.list.eval(pl.element().filter(pl.element() != "")).list.join(_LIST_MARK)


def _with_default(cells: pl.Series | None, value: str, height: int, name: str) -> pl.Series:
    if cells is None:
        return pl.Series(name, [value], dtype=pl.String).new_from_index(0, height)
    blank = cells.is_null() | (cells.str.strip_chars() == "")
    return pl.select(pl.when(blank).then(pl.lit(value)).otherwise(cells)).to_series().alias(name)
