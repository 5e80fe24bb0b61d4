"""Columns that came, went or changed their name, and another way to read the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from desktop_app.core.mapping.apply import fold as squeezed
from desktop_app.core.mapping.apply import headers_of, match_headers
from desktop_app.core.mapping.content import fit
from desktop_app.core.mapping.draft import SURE, Draft
from desktop_app.core.mapping.drift import Drift, column_of, with_columns, without_header
from desktop_app.core.mapping.known import draft_recipe
from desktop_app.core.mapping.profile import profile
from desktop_app.core.mapping.recipe import MAX_COLUMNS, Column, Recipe
from desktop_app.core.mapping.words import Names, fold
from desktop_app.core.progress import Progress
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract, Field
from validation_rules.text import Text

_RENAMED_FROM, _MARGIN = 0.7, 0.1
_WITH_HEADER_ROW = ("delimited", "xlsx", "xls", "ods", "html")
_SAME_PLACE = 0.6  # what the same neighbours are worth beside a name


def changed_columns(
    extract: Extract, recipe: Recipe, contract: Contract, progress: Progress
) -> tuple[Drift, ...]:
    """Drifts of the kinds new, gone and renamed."""
    read = [column for column in recipe.columns if column.targets]
    wanted = dict.fromkeys(header for column in read for header in headers_of(column))
    found, lacking = match_headers(extract.columns, wanted)
    fresh = _fresh(extract, recipe, set(found.values()))
    draft = draft_recipe(_only(extract, fresh), contract, progress) if fresh else None
    renamed = _pairs(extract, recipe, contract, lacking, fresh, draft) if draft else {}
    gone = [header for header in lacking if header not in renamed]
    new = [header for header in fresh if header not in renamed.values()]
    return (
        *(_renamed(extract, recipe, contract, was, now) for was, now in renamed.items()),
        *(_gone(recipe, contract, header) for header in gone),
        *(_missing_places(extract, recipe, contract)),
        *(_new(extract, recipe, contract, header, draft, gone) for header in new if draft),
    )


def _fresh(extract: Extract, recipe: Recipe, used: set[str]) -> list[str]:
    """Columns of the file that the recipe neither reads nor names as looked at."""
    named = {squeezed(header) for column in recipe.columns for header in headers_of(column)}
    named |= {squeezed(header) for header in recipe.ignored}
    places = {column.index for column in recipe.columns if not list(headers_of(column))}
    return [
        header
        for place, header in enumerate(extract.columns, 1)
        if header not in used and squeezed(header) not in named and place not in places
    ][:MAX_COLUMNS]


def _only(extract: Extract, columns: Sequence[str]) -> Extract:
    kinds = None if extract.kinds is None else extract.kinds.select(columns)
    return replace(extract, frame=extract.frame.select("row_id", *columns), kinds=kinds)


def _pairs(
    extract: Extract,
    recipe: Recipe,
    contract: Contract,
    lacking: Sequence[str],
    fresh: Sequence[str],
    draft: Draft | None,
) -> dict[str, str]:
    """Gone header -> the new one in its place: alike in name or for the same field, and of the same cells."""
    names, guessed = Names(contract.fields), {one.source: one for one in (draft.columns if draft else ())}
    scores: dict[tuple[str, str], float] = {}
    for was in lacking:
        targets = _targets(recipe, was)
        for now in fresh:
            guess = guessed.get(now)
            same = guess is not None and bool(set(guess.fields) & set(targets))
            called = max(names.score(now, name) for name in targets) if same else 0.0
            alike = _alike(was, now)
            place = _SAME_PLACE if _neighbours(extract, recipe, was, now) else 0.0
            cells = max(_cells_fit(extract, now, recipe, was, contract.field(name)) for name in targets)
            scores[was, now] = cells * max(called, alike, (alike + place) / 1.2 if place else 0.0)
    return _best(scores)


def _best(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """The best pairs first, each header once; a pair that another one nearly equals is left to the person."""
    pairs: dict[str, str] = {}
    for (was, now), score in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [
            other
            for (one, two), other in scores.items()
            if (one == was) != (two == now) and one not in pairs and two not in pairs.values()
        ]
        free = was not in pairs and now not in pairs.values()
        if free and score >= _RENAMED_FROM and score - max(rivals, default=0.0) >= _MARGIN:
            pairs[was] = now
    return pairs


def _alike(was: str, now: str) -> float:
    one, other = fold(was), fold(now)
    alike: float = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)) / 100
    cut = min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))
    return max(alike, 0.9 if cut else 0.0)


def _neighbours(extract: Extract, recipe: Recipe, was: str, now: str) -> bool:
    """Whether the new column stands between the same two columns as the one that is gone."""
    before = [header for column in recipe.columns for header in headers_of(column)]
    place, stands = before.index(was), extract.columns.index(now)
    around = (before[place - 1] if place else None, before[place + 1] if place + 1 < len(before) else None)
    now_around = (
        extract.columns[stands - 1] if stands else None,
        extract.columns[stands + 1] if stands + 1 < len(extract.columns) else None,
    )
    return around == now_around


def _cells_fit(extract: Extract, now: str, recipe: Recipe, was: str, target: Field) -> float:
    """How well the cells of the new column are those of the field; an empty column says little."""
    column = profile(extract, now)
    fitted = fit(column, target)
    local = set(_reading(recipe, was).recode)
    coded = column.share([value in local for value in column.values]) if local else 0.0
    return max(coded, fitted.share * (0.6 if fitted.doubtful else 1.0))


def _reading(recipe: Recipe, header: str) -> Column:
    return next(column for column in recipe.columns if column.targets and header in tuple(headers_of(column)))


def _targets(recipe: Recipe, header: str) -> tuple[str, ...]:
    return _reading(recipe, header).targets


def _filled(extract: Extract, header: str) -> int:
    cells = extract.frame.get_column(header).str.strip_chars()
    return int((cells != "").sum())


def _zone(extract: Extract, header: str) -> dict[str, int]:
    """Where a fixed-width file holds a column."""
    zone = next((zone for zone in extract.options.layout if zone.header == header), None)
    return {} if zone is None else {"start": zone.start, "length": zone.length}


def _renamed(extract: Extract, recipe: Recipe, contract: Contract, was: str, now: str) -> Drift:
    target = _targets(recipe, was)[0]
    place = _zone(extract, now)
    columns = [
        column.model_copy(
            update={
                **({"header": now, **place} if column.header == was else {}),
                "join": tuple(now if name == was else name for name in column.join),
            }
        )
        for column in recipe.columns
    ]
    label = contract.field(target).label
    say = Text(
        f"« {was} » s’appelle maintenant « {now} » ({label.fr}).",
        f"“{was}” is now called “{now}” ({label.en}).",
    )
    return Drift("renamed", now, was, target, (), _filled(extract, now), say, with_columns(recipe, columns))


def _gone(recipe: Recipe, contract: Contract, header: str) -> Drift:
    target = contract.field(_targets(recipe, header)[0])
    return Drift(
        "gone", header, None, target.name, (), 0, _says_gone(header, target), without_header(recipe, header)
    )


def _says_gone(header: str, target: Field) -> Text:
    left = (
        Text("Ce champ est obligatoire.", "That field is required.")
        if target.required == "yes"
        else Text("Ce champ restera vide.", "That field will stay empty.")
    )
    return Text(
        f"La colonne « {header} » ({target.label.fr}) n’est plus dans le fichier. {left.fr}",
        f"The column “{header}” ({target.label.en}) is no longer in the file. {left.en}",
    )


def _missing_places(extract: Extract, recipe: Recipe, contract: Contract) -> Iterator[Drift]:
    """Columns that the recipe reads by their place, beyond the last one of the file."""
    for column in recipe.columns:
        beyond = column.index is not None and column.index > len(extract.columns)
        if column.targets and beyond and not list(headers_of(column)):
            target = contract.field(column.targets[0])
            left = [other for other in recipe.columns if other is not column]
            header = str(column.index)
            yield Drift(
                "gone",
                header,
                None,
                target.name,
                (),
                0,
                _says_gone(header, target),
                with_columns(recipe, left),
            )


def _new(
    extract: Extract, recipe: Recipe, contract: Contract, header: str, draft: Draft, gone: Sequence[str]
) -> Drift:
    """A new column: with its field when there is no doubt, else as one that does not leave.

    There is no proposal when it may be a field that nothing fills: leaving it out would be a choice.
    """
    guess = next(one for one in draft.columns if one.source == header)
    drafted = column_of(draft.recipe, header)
    left = [column for column in recipe.columns if not set(headers_of(column)) & set(gone)]
    taken = set(guess.fields) & {name for column in left for name in column.targets}
    sure = guess.confidence >= SURE and drafted is not None and not taken
    maybe = guess.fields[0] if guess.fields else None
    proposal = None
    if sure and drafted is not None:
        kept = [column for column in recipe.columns if not set(column.targets) & set(drafted.targets)]
        proposal = with_columns(recipe, (*kept, drafted))
    elif maybe is None or taken:
        unread = Column(header=header, field=None).model_copy(update=_zone(extract, header))
        proposal = with_columns(recipe, (*recipe.columns, unread))
    say = _says_new(header, contract.field(maybe).label if maybe else None, sure, bool(taken))
    return Drift("new", header, None, maybe, (), _filled(extract, header), say, proposal)


def _says_new(header: str, label: Text | None, sure: bool, taken: bool) -> Text:
    if label is None:
        then = Text(
            "Rien ne fait penser à un champ : elle ne partira pas.",
            "Nothing suggests a field: it will not leave.",
        )
    elif taken:
        then = Text(
            f"Elle ressemble à « {label.fr} », qu’une autre colonne remplit déjà : elle ne partira pas.",
            f"It looks like “{label.en}”, which another column already fills: it will not leave.",
        )
    elif sure:
        then = Text(f"C’est sans doute « {label.fr} ».", f"It is most likely “{label.en}”.")
    else:
        then = Text(
            f"Ce pourrait être « {label.fr} » : à vous de choisir.",
            f"It could be “{label.en}”: please choose.",
        )
    return Text(
        f"La colonne « {header} » est nouvelle. {then.fr}", f"The column “{header}” is new. {then.en}"
    )


def changed_reading(extract: Extract, recipe: Recipe) -> tuple[Drift, ...]:
    """The file was read in another way than the recipe says: another sheet, mark, header row or format.

    Another encoding alone is no drift: the text is the same.
    """
    options = extract.options
    parts: list[tuple[Text, object, object]] = []
    if recipe.format is None:
        return ()
    if recipe.format != options.format:
        parts.append((Text("format", "format"), recipe.format, options.format))
    elif options.format == "delimited" and recipe.separator not in (None, options.separator):
        parts.append((Text("séparateur", "separator"), _mark(recipe.separator), _mark(options.separator)))
    if recipe.sheet is not None and options.sheet is not None and recipe.sheet != options.sheet:
        parts.append((Text("feuille", "sheet"), recipe.sheet, options.sheet))
    if options.format in _WITH_HEADER_ROW and recipe.header_row != options.header_row:
        parts.append((Text("ligne d’en-tête", "header row"), recipe.header_row, options.header_row))
    if not parts:
        return ()
    stated = {
        "format": options.format,
        "separator": options.separator if options.format == "delimited" else None,
        "quote": (options.quote or "") if options.format == "delimited" else '"',
        "header_row": options.header_row,
        "sheet": options.sheet,
    }
    fr = ", ".join(f"{what.fr} {now} au lieu de {was}" for what, was, now in parts)
    en = ", ".join(f"{what.en} {now} instead of {was}" for what, was, now in parts)
    say = Text(f"Le fichier se lit autrement : {fr}.", f"The file is read in another way: {en}.")
    rows = extract.frame.height
    return (Drift("form", "", None, None, (), rows, say, with_columns(recipe, recipe.columns, **stated)),)


def _mark(separator: str | None) -> str:
    return {"\t": "TAB", None: "-"}.get(separator, separator or "")
