"""The first draft of a recipe: which column is which field, how sure, and why.

One column a field. When two columns compete for a field, or two fields for a column, confidence drops: a
wrong column must never look certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.mapping.content import SPECIFIC, Fit, fit
from desktop_app.core.mapping.conventions import orders_in, with_conventions
from desktop_app.core.mapping.date_parts import MARK, PartedDate, about, parted_dates
from desktop_app.core.mapping.profile import Profile, distinct_words, profile
from desktop_app.core.mapping.recipe import MAX_COLUMNS, Column, Recipe
from desktop_app.core.mapping.words import Names, local_codes
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract, Field
from validation_rules.text import Text, grouped

SURE, LIKELY = 0.9, 0.6
_FLOOR = 0.4
# Cells alone cannot tell one hospital from another, nor one date: such columns are left to the person.
_FLOOR_UNNAMED = 0.5
_CLOSE = 0.08
_TOLD = 0.75  # never sure: a person is to look
# A header that says a field outright is proposed even over cells that belie it: they are then findings, or in
# need of a recode, and leaving the column out would lose them without a word.
_NAMED_OUTRIGHT, _PROPOSED = 0.9, 0.45
_CONTRACT_NAME = 0.75
# The exact spelling that a contract gives to the column of its own file leaves no doubt, whatever the cells.
_EXPORT_NAME = 0.95
Words = Callable[[str], list[str]]
LOOKING = Text("Examen des colonnes", "Looking at the columns")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one source column seems to be. `fields` is empty when nothing is likely enough to be proposed.

    `candidates` are other fields worth offering, best first; `samples` are cell values, for the screen only.
    """

    source: str
    fields: tuple[str, ...]
    confidence: float
    evidence: Text
    samples: tuple[str, ...] = field(repr=False)
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe to look over, and what speaks for each of its columns, in file order."""

    recipe: Recipe
    columns: tuple[ColumnGuess, ...]


class Match(NamedTuple):
    """A column against a field: `named` by the header, `fit` by the cells, `score` by both."""

    column: int
    name: str
    named: float
    fit: Fit
    score: float


def draft_recipe(
    extract: Extract, contract: Contract, progress: Progress = silent, words: Words | None = None
) -> Draft:
    """The draft for a file never seen before. Reads the first rows of each column; changes nothing.

    `words` gives the distinct words of a column when `extract` is only the start of the file. Raises AppError
    for a file with more columns than a recipe may name.
    """
    if len(extract.columns) > MAX_COLUMNS:
        raise _too_wide(extract)
    profiles, matches = [], []
    names = Names(contract.fields)
    for place, header in enumerate(extract.columns):
        progress(place, len(extract.columns), LOOKING)
        profiles.append(profile(extract, header))
        matches += _matches(place, profiles[-1], contract, names)
    parted = _parted(profiles, matches, contract, names)
    matches = _birth_first([match for match in matches if match.column not in parted])
    chosen = _assign([match for match in matches if match.name not in {one.field for one in parted.values()}])
    guesses, columns = [], []
    for place, column in enumerate(profiles):
        if place in parted:
            guesses.append(_part_guess(column, parted[place], profiles, contract))
            columns.append(_part(extract, place, parted[place], profiles))
            continue
        rivals = [match for match in matches if match.column == place]
        guesses.append(_guess(column, chosen.get(place), rivals, matches, chosen, contract))
        columns.append(_column(extract, column, chosen.get(place), contract, words))
    recipe = _recipe(extract, contract, _same_unknown(columns))
    return Draft(with_conventions(recipe, extract, orders_in(extract, recipe)), tuple(guesses))


def _parted(
    profiles: list[Profile], matches: list[Match], contract: Contract, names: Names
) -> dict[int, PartedDate]:
    """Place of a column -> the date that it writes a part of, where no column writes the whole of it."""
    found: dict[int, PartedDate] = {}
    for one in parted_dates(profiles, contract, names):
        rivals = [match for match in matches if match.name == one.field and match.column not in one.columns]
        free = not found.keys() & set(one.columns)
        if free and max((match.score for match in rivals), default=0.0) < _FLOOR:
            found |= dict.fromkeys(one.columns, one)
    return found


def _part_guess(column: Profile, one: PartedDate, profiles: list[Profile], contract: Contract) -> ColumnGuess:
    evidence = about(one, profiles, contract.field(one.field).label)
    return ColumnGuess(column.name, (one.field,), one.score, evidence, column.samples)


def _part(extract: Extract, place: int, one: PartedDate, profiles: list[Profile]) -> Column:
    """The first of the columns reads the others too; they have no field of their own."""
    alone = _column_at(extract, profiles[place].name)
    if place != one.columns[0]:
        return Column(**alone, field=None)
    others = tuple(profiles[other].name for other in one.columns[1:])
    return Column(
        **alone,
        field=one.field,
        join=others,
        join_with=MARK,
        date_formats=one.forms,
        unknown_part=one.unknown,
    )


def _matches(place: int, column: Profile, contract: Contract, names: Names) -> list[Match]:
    found = []
    for target in contract.fields:
        named = max(names.score(column.name, target.name), names.score(column.title, target.name))
        if named or (column.values and target.name in SPECIFIC):
            fitted = fit(column, target)
            found.append(Match(place, target.name, named, fitted, _score(column, target, named, fitted)))
    return [match for match in found if match.score >= 0.2]


def _score(column: Profile, target: Field, named: float, fitted: Fit) -> float:
    """Name and cells together. A good name over cells that belie it is worth little."""
    if named:
        score = named * (0.85 if not column.values else min(1.0, 0.3 + 0.75 * fitted.share))
        if fitted.telling and fitted.share >= 0.9:
            score = min(named + 0.03, score + 0.03)
    else:
        needed, trust = SPECIFIC[target.name]
        usual = target.required != "yes" or column.filled > 0.8
        score = trust * fitted.share if fitted.telling and fitted.share >= needed and usual else 0.0
    if fitted.doubtful:
        score *= 0.6
    if fitted.dates is not None and fitted.dates.undecided:
        score = min(score, 0.5)
    if fitted.shortened:
        score = min(score, _TOLD)
    if named >= _NAMED_OUTRIGHT:
        score = max(score, _PROPOSED)
    if column.name.strip().casefold() in (target.name, target.export_name.casefold()):
        score = max(score, _CONTRACT_NAME)
    if target.export_name != target.name and column.name.strip() == target.export_name:
        score = max(score, _EXPORT_NAME)
    return min(0.99, score)


def _birth_first(matches: list[Match]) -> list[Match]:
    """Births precede diagnoses by decades: where the columns say otherwise, neither date is to be trusted."""
    births = [match.fit.dates.year for match in matches if match.name == "date_naissance" and match.fit.dates]
    others = [match.fit.dates.year for match in matches if match.name != "date_naissance" and match.fit.dates]
    if not births or not others or not any(births):
        return matches
    oldest, latest = min(births), max(births + others)
    return [
        match._replace(score=match.score * 0.6) if _misplaced(match, oldest, latest) else match
        for match in matches
    ]


def _misplaced(match: Match, oldest: int, latest: int) -> bool:
    """A birth column of recent years beside an older one, or another date as old as births."""
    if match.fit.dates is None or not match.fit.dates.year or latest - oldest < 20:
        return False
    middle = (oldest + latest) / 2
    return (match.fit.dates.year > middle) == (match.name == "date_naissance")


def _assign(matches: list[Match]) -> dict[int, Match]:
    """The best pairs first; a column, and every field that it fills, is taken once."""
    chosen: dict[int, Match] = {}
    taken: set[str] = set()
    for match in sorted(matches, key=lambda item: (-item.score, -item.named, item.column)):
        targets = _targets(match)
        enough = match.score >= (_FLOOR if match.named else _FLOOR_UNNAMED)
        if enough and match.column not in chosen and not taken & set(targets):
            chosen[match.column] = match
            taken |= set(targets)
    return chosen


def _targets(match: Match) -> tuple[str, ...]:
    fields = match.fit.steps.get("fields")
    return tuple(fields) if fields else (match.name,)


def _confidence(
    match: Match, rivals: list[Match], everyone: list[Match], chosen: Mapping[int, Match]
) -> float:
    """The score, lowered when another column is nearly as good for this field, or another field for it."""
    others = [rival.score for rival in rivals if rival.name != match.name and not _settled(rival, chosen)]
    also = [
        other.score
        for other in everyone
        if other.name in _targets(match)
        and other.column != match.column
        and not _placed_better(other, chosen)
    ]
    nearest = max([*others, *also], default=0.0)
    if match.score - nearest < _CLOSE:
        return min(match.score, 0.55)
    return match.score if match.score - nearest >= 2 * _CLOSE else min(match.score, 0.75)


def _settled(rival: Match, chosen: Mapping[int, Match]) -> bool:
    """The other field went, with more right, to another column."""
    return any(rival.name in _targets(other) and other.score > rival.score for other in chosen.values())


def _placed_better(other: Match, chosen: Mapping[int, Match]) -> bool:
    """The other column went to a field that it fits better."""
    found = chosen.get(other.column)
    return found is not None and found.score > other.score


def _guess(
    column: Profile,
    match: Match | None,
    rivals: list[Match],
    everyone: list[Match],
    chosen: Mapping[int, Match],
    contract: Contract,
) -> ColumnGuess:
    ordered = [rival.name for rival in sorted(rivals, key=lambda item: -item.score)]
    samples = column.samples
    if match is None:
        return ColumnGuess(column.name, (), 0.0, _nothing(ordered, contract), samples, tuple(ordered[:5]))
    confidence = round(_confidence(match, rivals, everyone, chosen), 2)
    rest = tuple(name for name in ordered if name != match.name)[:5]
    evidence = _evidence(column, match, confidence < match.score - 0.01, contract)
    return ColumnGuess(column.name, _targets(match), confidence, evidence, samples, rest)


def _nothing(ordered: list[str], contract: Contract) -> Text:
    if not ordered:
        return Text(
            "Ni le nom ni les valeurs ne font penser à un champ : cette colonne ne partira pas.",
            "Neither the name nor the values suggest a field: this column will not leave.",
        )
    label = contract.field(ordered[0]).label
    return Text(
        f"Pourrait être « {label.fr} », mais une autre colonne convient mieux, ou les valeurs n’en sont pas.",
        f"Could be “{label.en}”, but another column suits better or the values do not look like it.",
    )


def _evidence(column: Profile, match: Match, contested: bool, contract: Contract) -> Text:
    label = contract.field(match.name).label
    parts = [_about_name(match, label), _about_cells(column, match)]
    if match.fit.dates is not None and match.fit.dates.undecided:
        parts.append(
            Text(
                "Aucune date ne dit si le jour vient avant le mois : vérifiez.",
                "No date tells whether the day comes before the month: check.",
            )
        )
    if match.fit.doubtful:
        parts.append(
            Text(
                "Dans l’ensemble, elles ne ressemblent pas à ce champ : vérifiez.",
                "Taken together, they are unlike this field: check.",
            )
        )
    if match.fit.shortened:
        parts.append(
            Text(
                "Le classeur les garde comme des nombres : s’ils commencent par des zéros, dites leur "
                "longueur.",
                "The workbook holds them as numbers: if they begin with zeros, say how long they are.",
            )
        )
    if contested:
        parts.append(
            Text(
                "Un autre choix est presque aussi bon : vérifiez.", "Another choice is nearly as good: check."
            )
        )
    return Text(" ".join(part.fr for part in parts), " ".join(part.en for part in parts))


def _about_name(match: Match, label: Text) -> Text:
    if match.named >= 0.95:
        return Text(f"Nom connu pour « {label.fr} ».", f"A known name of “{label.en}”.")
    if match.named >= 0.7:
        return Text(f"Nom ou abréviation possible de « {label.fr} ».", f"A possible name of “{label.en}”.")
    if match.named:
        return Text(f"Nom proche de « {label.fr} ».", f"A name close to “{label.en}”.")
    return Text(
        f"Le nom ne dit rien, mais les valeurs sont celles de « {label.fr} ».",
        f"The name says nothing, but the values are those of “{label.en}”.",
    )


def _about_cells(column: Profile, match: Match) -> Text:
    if not column.values:
        return Text("La colonne est vide.", "The column is empty.")
    return Text(
        f"{100 * match.fit.share:.0f}\N{NO-BREAK SPACE}% des valeurs ont la forme attendue.",
        f"{match.fit.share:.0%} of the values have the expected form.",
    )


def _column(
    extract: Extract, column: Profile, match: Match | None, contract: Contract, words: Words | None
) -> Column:
    place = _column_at(extract, column.name)
    if match is None:
        return Column(**place, field=None)
    steps = dict(match.fit.steps)
    if "recode" in steps and not column.said:
        spelled = words(column.name) if words is not None else distinct_words(extract, column.name)
        steps["recode"] = local_codes(contract.field(match.name), spelled) or steps["recode"]
    if "fields" not in steps:
        steps["field"] = match.name
    return Column(**place, **steps)


def _column_at(extract: Extract, header: str) -> dict[str, Any]:
    """Its header, and its zone in a file of fixed width."""
    zone = next((zone for zone in extract.options.layout if zone.header == header), None)
    where = {} if zone is None else {"start": zone.start, "length": zone.length}
    return {"header": header, **where}


def _same_unknown(columns: list[Column]) -> list[Column]:
    """A file writes unknown days alike in all its dates, even where a month shows none."""
    habits = {(column.date_formats, column.unknown_part) for column in columns if column.unknown_part}
    for place, column in enumerate(columns):
        parts = {part for forms, part in habits if forms == column.date_formats}
        if column.date_formats and column.unknown_part is None and len(parts) == 1:
            columns[place] = column.model_copy(update={"unknown_part": parts.pop()})
    return columns


def _recipe(extract: Extract, contract: Contract, columns: list[Column]) -> Recipe:
    options = extract.options
    delimited = options.format == "delimited"
    return Recipe(
        contract=contract.id,
        format=options.format,
        encoding=options.encoding,
        separator=options.separator if delimited else None,
        quote=(options.quote or "") if delimited else '"',
        header_row=options.header_row,
        sheet=options.sheet,
        columns=tuple(columns),
    )


def _too_wide(extract: Extract) -> AppError:
    name, count, most = extract.source.path.name, grouped(len(extract.columns)), grouped(MAX_COLUMNS)
    return AppError(
        "mapping-too-wide",
        Text(
            f"« {name} » a {count.fr} colonnes ; Navette en associe {most.fr} au plus.",
            f"“{name}” has {count.en} columns; Navette maps {most.en} at most.",
        ),
        Text(
            "Vérifiez le séparateur, ou refaites l’export avec les seules colonnes utiles.",
            "Check the separator, or export again with the useful columns only.",
        ),
    )
