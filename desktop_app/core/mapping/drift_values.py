"""Columns whose cells are coded or written differently than the recipe expects."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from desktop_app.core.mapping.apply import headers_of, match_headers
from desktop_app.core.mapping.content import Fit, fit
from desktop_app.core.mapping.drift import COMPARING, Drift, with_columns
from desktop_app.core.mapping.guess_dates import accepted
from desktop_app.core.mapping.profile import Profile, profile
from desktop_app.core.mapping.recipe import Column, Recipe
from desktop_app.core.mapping.suggest import SURE, Suggestion, suggest_codes
from desktop_app.core.mapping.tried import LOCAL, ROWS, known, tried
from desktop_app.core.progress import Progress
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract, Field
from validation_rules.text import Text, rows

MOST_SHOWN = 20
# One wrong code is a finding; a value that comes back is a code that the recipe does not know yet.
_OFTEN, _AT_LEAST = 0.002, 2
_UNFIT_FROM = 0.2
_BETTER, _BETTER_DATES = 0.1, 0.02


def changed_values(
    extract: Extract, recipe: Recipe, contract: Contract, progress: Progress
) -> Iterator[Drift]:
    """Drifts of the kinds recoded and form, for the columns of the recipe that the file has."""
    for done, column in enumerate(recipe.columns):
        progress(done, len(recipe.columns), COMPARING)
        sources, lacking = match_headers(extract.columns, headers_of(column))
        beyond = (column.index or 0) > len(extract.columns)
        if column.targets and not lacking and not beyond:
            yield from _of_column(extract, recipe, column, sources, contract)


def _of_column(
    extract: Extract, recipe: Recipe, column: Column, sources: Mapping[str, str], contract: Contract
) -> Iterator[Drift]:
    lines = tried(extract, column, sources, contract)
    if lines.is_empty():
        return
    header = next(iter(sources.values()), None) or extract.columns[(column.index or 1) - 1]
    targets = [contract.field(name) for name in column.targets]
    unfit = lines.filter(~pl.all_horizontal(known(target) for target in targets))
    found = None
    if not column.join:
        found = _form(extract, recipe, column, header, targets, lines, unfit)
    if found is None and len(targets) == 1 and targets[0].codes and not targets[0].separator:
        said = extract.labels.get(header, {})
        found = _recoded(recipe, column, header, targets[0], lines, unfit, said)
    if found is None and _count(unfit) > _UNFIT_FROM * _count(lines) and _count(unfit) >= _AT_LEAST:
        say = _says_unfit(header, targets[0], _count(unfit))
        found = Drift("form", header, None, targets[0].name, _shown(unfit, targets), _count(unfit), say, None)
    if found is not None:
        yield found


def _count(lines: pl.DataFrame) -> int:
    return int(lines.get_column(ROWS).sum())


def _shown(lines: pl.DataFrame, targets: list[Field]) -> tuple[str, ...]:
    values: list[str] = lines.get_column(LOCAL).to_list()
    if any(target.zone == "identity" and not target.codes for target in targets):
        values = [outline(value) for value in values[: 50 * MOST_SHOWN]]
    return tuple(dict.fromkeys(values))[:MOST_SHOWN]


def outline(value: str) -> str:
    """What a value looks like, without the value: `A` a letter, `9` a digit, at most 30 characters."""
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", value))[:30]


def _form(
    extract: Extract,
    recipe: Recipe,
    column: Column,
    header: str,
    targets: list[Field],
    lines: pl.DataFrame,
    unfit: pl.DataFrame,
) -> Drift | None:
    """Other dates, numbers or marks than last month, when other steps read the cells clearly better."""
    seen, main = profile(extract, header), targets[0]
    better = fit(seen, main)
    if main.logical_type in ("date", "partial_date"):
        return _dates(recipe, column, header, main, seen, better, unfit)
    now = 1 - _count(unfit) / max(1, _count(lines))
    steps = {name: value for name, value in better.steps.items() if name != "recode"}
    stated = {name: getattr(column, name) for name in steps}
    missing = {name: value for name, value in steps.items() if value and stated[name] != value}
    if column.split and "fields" not in better.steps and better.share - now >= _BETTER:
        missing |= {"fields": (), "split": None, "field": main.name}
    if "fields" in missing:
        missing |= {"field": None}
        if _taken(recipe, column, missing["fields"]):
            return None
    # Lost zeros are few and always wrong; other steps must read clearly more.
    if not missing or better.share - now < (_OFTEN if "number_pad" in missing else _BETTER):
        return None
    return _made(recipe, column, header, main, unfit, missing, _says_form(header, main, _count(unfit)))


def _taken(recipe: Recipe, column: Column, fields: tuple[str, ...]) -> bool:
    return any(set(fields) & set(other.targets) for other in recipe.columns if other is not column)


def _dates(
    recipe: Recipe, column: Column, header: str, main: Field, seen: Profile, better: Fit, unfit: pl.DataFrame
) -> Drift | None:
    if better.dates is None:
        return None
    now = accepted(seen, column.date_formats or ("iso",), column.unknown_part)
    if better.share - now < _BETTER_DATES or better.dates.forms == column.date_formats:
        return None
    count = max(_count(unfit), round((better.share - now) * seen.rows))
    if better.dates.undecided:
        say = _says_undecided(header, main, count)
        return Drift("form", header, None, main.name, _shown(unfit, [main]), count, say, None)
    steps = {
        "date_formats": better.dates.forms,
        "unknown_part": better.dates.unknown_part or column.unknown_part,
    }
    found = _made(recipe, column, header, main, unfit, steps, _says_dates(header, main, better.dates.forms))
    # The cells without a form are what changed only when they are most of it.
    return replace(found, rows=count, values=found.values if 2 * _count(unfit) >= count else ())


def _made(
    recipe: Recipe,
    column: Column,
    header: str,
    main: Field,
    unfit: pl.DataFrame,
    steps: Mapping[str, Any],
    say: Text,
) -> Drift:
    changed = column.model_copy(update=dict(steps))
    columns = [changed if one is column else one for one in recipe.columns]
    proposal = with_columns(recipe, columns)
    return Drift("form", header, None, main.name, _shown(unfit, [main]), _count(unfit), say, proposal)


def _recoded(
    recipe: Recipe,
    column: Column,
    header: str,
    target: Field,
    lines: pl.DataFrame,
    unfit: pl.DataFrame,
    said: Mapping[str, str],
) -> Drift | None:
    """Values without a code; where local codes look like the contract's, values outside the local list."""
    least = max(_AT_LEAST if _count(lines) > 50 else 1, _OFTEN * _count(lines))
    strange = unfit.filter(pl.col(ROWS) >= least)
    meant = {one.local: one.code for one in suggest_codes(target, said, said)}
    other = [local for local, code in meant.items() if column.recode.get(local, local) != code]
    if other:  # the file says that these codes mean something else than the recipe does
        strange = lines.filter(pl.col(LOCAL).is_in(other) | pl.col(LOCAL).is_in(strange.get_column(LOCAL)))
    if not strange.is_empty():
        return _unknown(recipe, column, header, target, lines, strange, said)
    codes = {code.upper() for code in target.codes}
    if not any(local.upper() in codes and local != code for local, code in column.recode.items()):
        return None
    outside = lines.filter(~pl.col(LOCAL).is_in(list(column.recode)) & (pl.col(ROWS) >= least))
    return None if outside.is_empty() else _other_list(recipe, column, header, target, lines, outside)


def _unknown(
    recipe: Recipe,
    column: Column,
    header: str,
    target: Field,
    lines: pl.DataFrame,
    strange: pl.DataFrame,
    said: Mapping[str, str],
) -> Drift:
    wanted = set(strange.get_column(LOCAL).to_list())
    words = [
        word for word in lines.get_column(LOCAL).to_list() if word in wanted or word not in column.recode
    ]
    offered = {one.local: one for one in suggest_codes(target, words, said) if one.local in wanted}
    proposal = None
    if offered:
        recode = {**column.recode, **{local: one.code for local, one in offered.items()}}
        changed = column.model_copy(update={"recode": recode})
        proposal = with_columns(recipe, [changed if one is column else one for one in recipe.columns])
    say = _says_recoded(header, target, _count(strange), len(wanted), offered.values())
    return Drift(
        "recoded", header, None, target.name, _shown(strange, [target]), _count(strange), say, proposal
    )


def _other_list(
    recipe: Recipe, column: Column, header: str, target: Field, lines: pl.DataFrame, outside: pl.DataFrame
) -> Drift:
    codes = {code.upper() for code in target.codes}
    every = all(value.upper() in codes for value in lines.get_column(LOCAL).to_list())
    proposal = None
    if every:
        changed = column.model_copy(update={"recode": {}})
        proposal = with_columns(recipe, [changed if one is column else one for one in recipe.columns])
    say = _says_other_list(header, target, _count(outside), every)
    return Drift(
        "recoded", header, None, target.name, _shown(outside, [target]), _count(outside), say, proposal
    )


def _says_recoded(
    header: str, target: Field, count: int, values: int, offered: Collection[Suggestion]
) -> Text:
    found, sure = rows(count), sum(one.confidence >= SURE for one in offered)
    head = Text(
        f"« {header} » ({target.label.fr}) a des valeurs que ni la recette ni le contrat ne connaissent "
        f"({found.fr}).",
        f"“{header}” ({target.label.en}) has values that neither the recipe nor the contract knows "
        f"({found.en}).",
    )
    if not offered:
        return Text(f"{head.fr} À vous de choisir leur code.", f"{head.en} Please choose their codes.")
    if sure == values:
        return Text(f"{head.fr} Un code est proposé pour chacune.", f"{head.en} A code is proposed for each.")
    return Text(
        f"{head.fr} Un code est proposé pour {len(offered)} sur {values} : vérifiez.",
        f"{head.en} A code is proposed for {len(offered)} of {values}: please check.",
    )


def _says_other_list(header: str, target: Field, count: int, every: bool) -> Text:
    found = rows(count)
    head = Text(
        f"« {header} » ({target.label.fr}) a des codes hors de la liste locale de la recette ({found.fr}) : "
        "le même chiffre n’y veut peut-être plus dire la même chose.",
        f"“{header}” ({target.label.en}) has codes outside the local list of the recipe ({found.en}): the "
        "same digit may no longer mean the same thing.",
    )
    if not every:
        return head
    return Text(
        f"{head.fr} Toutes ses valeurs sont des codes du contrat : la proposition les prend telles quelles.",
        f"{head.en} All its values are codes of the contract: the proposal takes them as they are.",
    )


def _says_form(header: str, target: Field, count: int) -> Text:
    found = rows(count)
    return Text(
        f"« {header} » ({target.label.fr}) s’écrit autrement ({found.fr}) ; d’autres étapes la lisent.",
        f"“{header}” ({target.label.en}) is written differently ({found.en}); other steps read it.",
    )


def _says_unfit(header: str, target: Field, count: int) -> Text:
    found = rows(count)
    return Text(
        f"« {header} » ({target.label.fr}) : {found.fr} n’ont pas la forme attendue. Vérifiez que cette "
        "colonne est toujours la bonne.",
        f"“{header}” ({target.label.en}): {found.en} do not have the expected form. Check that this is "
        "still the right column.",
    )


def _says_dates(header: str, target: Field, forms: tuple[str, ...]) -> Text:
    fr = ", ".join("date du tableur" if form == "cell" else form for form in forms)
    en = ", ".join("spreadsheet date" if form == "cell" else form for form in forms)
    return Text(
        f"« {header} » ({target.label.fr}) écrit ses dates autrement : {fr}.",
        f"“{header}” ({target.label.en}) writes its dates differently: {en}.",
    )


def _says_undecided(header: str, target: Field, count: int) -> Text:
    found = rows(count)
    return Text(
        f"« {header} » ({target.label.fr}) écrit ses dates autrement ({found.fr}), et aucune ne dit si le "
        "jour vient avant le mois : à vous de choisir.",
        f"“{header}” ({target.label.en}) writes its dates differently ({found.en}), and none tells whether "
        "the day comes before the month: please choose.",
    )
