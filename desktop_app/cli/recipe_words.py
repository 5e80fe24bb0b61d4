"""What `navette recipe` says: a guess, a recipe, a change, each in a line that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop_app.cli.speech import language, number, t

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column, ColumnGuess, Draft, Drift, Recipe
    from desktop_app.core.workspace import RecipeVersion
    from validation_rules.contract import Contract

MOST_VALUES = 12
MOST_NOTE = 3_900


def _colon() -> str:
    return t(" : ", ": ")


def _next() -> str:
    return t(" ; ", "; ")


def guess_lines(draft: Draft) -> Iterator[str]:
    """One line a column of the file: its fields, how sure, and why where it is not."""
    used = sum(bool(guess.fields) for guess in draft.columns)
    found = f"{number(used)} {t('sur', 'of')} {number(len(draft.columns))}"
    yield t(
        f"Colonnes reconnues à leur en-tête et à leur contenu : {found}.",
        f"Columns recognised from their header and content: {found}.",
    )
    columns = {column.header: column for column in draft.recipe.columns}
    for guess in draft.columns:
        column = columns.get(guess.source)
        steps = _stepped(column) if column is not None else ""
        fields = " + ".join(guess.fields) or "-"
        yield f"  {_sureness(guess):<12} {guess.source} -> {fields}{steps}{_why(guess)}"


def _sureness(guess: ColumnGuess) -> str:
    from desktop_app.core.mapping.draft import LIKELY, SURE

    if not guess.fields:
        return t("non utilisée", "not used")
    if guess.confidence >= SURE:
        return t("sûr", "sure")
    return t("probable", "likely") if guess.confidence >= LIKELY else t("à choisir", "to choose")


def _why(guess: ColumnGuess) -> str:
    from desktop_app.core.mapping.draft import SURE

    if guess.fields and guess.confidence >= SURE:
        return ""
    others = f" ({t('ou', 'or')} {', '.join(guess.candidates[:3])})" if guess.candidates else ""
    return f"{_colon()}{guess.evidence.in_(language())}{others}" if guess.fields or guess.candidates else ""


def _stepped(column: Column) -> str:
    """What happens to the cells, with each recode: a guess about values is a guess too."""
    steps = list(_steps(column))
    pairs = [f"{local} -> {code}" for local, code in column.recode.items()]
    recodes = (
        f"{_colon()}{', '.join(pairs[:MOST_VALUES])}{', …' if len(pairs) > MOST_VALUES else ''}"
        if pairs
        else ""
    )
    return f"  ({_next().join(steps)}{recodes})" if steps else ""


def noted(draft: Draft) -> Recipe:
    """The drafted recipe, whose note names what a person has to look at."""
    from desktop_app.core.mapping.draft import SURE

    doubtful = [
        f"{guess.source} -> {' + '.join(guess.fields)}"
        for guess in draft.columns
        if guess.fields and guess.confidence < SURE
    ]
    if not doubtful:
        return draft.recipe
    note = t("Deviné par Navette, à vérifier : ", "Guessed by Navette, please check: ") + _next().join(
        doubtful
    )
    return draft.recipe.model_copy(update={"note": note[:MOST_NOTE]})


def missing_required(recipe: Recipe, contract: Contract) -> Iterator[str]:
    """A line for the required fields that nothing fills."""
    filled = {*recipe.targets, *recipe.defaults}
    missing = [
        f"{field.label.in_(language())} ({field.name})"
        for field in contract.fields
        if field.required == "yes" and field.name not in filled
    ]
    if missing:
        listed = ", ".join(missing)
        yield t(
            f"Champs obligatoires que rien ne remplit : {listed}.",
            f"Required fields that nothing fills: {listed}.",
        )


def drift_lines(found: Sequence[Drift]) -> Iterator[str]:
    """One line a change, its values under it, and what is proposed."""
    if not found:
        yield t("La recette convient à ce fichier.", "The recipe fits this file.")
        return
    kinds = {
        "new": t("nouvelle", "new"),
        "gone": t("disparue", "gone"),
        "renamed": t("renommée", "renamed"),
        "recoded": t("codée autrement", "recoded"),
        "form": t("écrite autrement", "other form"),
    }
    for one in found:
        rows = f" [{number(one.rows)} {t('lignes', 'rows')}]" if one.rows else ""
        yield f"{kinds[one.kind]:<16} {one.say.in_(language())}{rows}"
        if one.values:
            more = ", …" if len(one.values) > MOST_VALUES else ""
            yield f"{'':<16} {t('valeurs :', 'values:')} {', '.join(one.values[:MOST_VALUES])}{more}"
        if one.proposal is None:
            nothing = t("Rien n’est proposé : à vous de choisir.", "Nothing is proposed: please choose.")
            yield f"{'':<16} {nothing}"
        elif one.kind == "recoded":
            yield from _recodes(one)


def _recodes(one: Drift) -> Iterator[str]:
    columns = one.proposal.columns if one.proposal is not None else ()
    column = next((column for column in columns if one.field in column.targets), None)
    pairs = [
        f"{local} -> {column.recode[local]}" for local in one.values if column and local in column.recode
    ]
    if pairs:
        yield f"{'':<16} {t('proposé :', 'proposed:')} {', '.join(pairs[:MOST_VALUES])}"


def recipe_lines(recipe: Recipe, contract: Contract) -> Iterator[str]:
    """A recipe for reading: how the file is read, then a line a column, with its steps in order."""
    from desktop_app.core.mapping.apply import check_contract, headers_of

    check_contract(recipe, contract)
    reading = [recipe.format, recipe.encoding, recipe.sheet and t(f"« {recipe.sheet} »", f"“{recipe.sheet}”")]
    stated = ", ".join(part for part in reading if part)
    yield f"{recipe.contract}" + (f"  ({stated})" if stated else "")
    for column in recipe.columns:
        source = " + ".join(headers_of(column)) or f"{t('colonne', 'column')} {column.index}"
        fields = " + ".join(column.targets) or t("ne part pas", "does not leave")
        steps = list(_steps(column))
        yield f"  {source} -> {fields}" + (f"  ({_next().join(steps)})" if steps else "")
    for name, value in recipe.defaults.items():
        masked = contract.field(name).classification == "direct_identifier"
        yield f"  {t('partout', 'everywhere')} {name} = {'…' if masked else value}"
    yield from missing_required(recipe, contract)


def _steps(column: Column) -> Iterator[str]:
    """The steps of a column, in the order in which they are taken."""
    if column.split:
        yield t(f"coupée à « {column.split} »", f"split at “{column.split}”")
    if column.recode:
        yield t(f"{len(column.recode)} valeurs recodées", f"{len(column.recode)} values recoded")
    if column.decimal_mark == ",":
        yield t("virgule décimale", "decimal comma")
    if column.integer_code:
        yield "1,0 -> 1"
    if column.number_pad:
        yield t(f"zéros rendus sur {column.number_pad}", f"zeros back up to {column.number_pad}")
    if column.list_separator:
        yield t(f"liste séparée par « {column.list_separator} »", f"list joined by “{column.list_separator}”")
    if column.date_formats:
        unknown = f", {column.unknown_part} = ?" if column.unknown_part else ""
        yield ", ".join(column.date_formats) + unknown


def version_changes(one: RecipeVersion, before: RecipeVersion | None) -> str:
    """What a version changed of the one before it, in counts and headers."""
    from desktop_app.core.errors import AppError

    if one.restored is not None:
        return t(f"version {one.restored} remise en vigueur", f"version {one.restored} brought back")
    if before is None:
        derived = one.followed[:10] if one.followed else ""
        return t(f"d’après {derived}", f"made from {derived}") if derived else t("première", "first")
    try:
        new, old = one.recipe, before.recipe
    except AppError:
        return t("illisible par cette version de Navette", "not readable by this version of Navette")
    return _difference(new, old)


def _difference(new: Recipe, old: Recipe) -> str:
    def by_source(recipe: Recipe) -> dict[str, Column]:
        return {" + ".join(one.join) or one.header or f"#{one.index}": one for one in recipe.columns}

    now, then = by_source(new), by_source(old)
    parts = [f"+ {name}" for name in now if name not in then]
    parts += [f"- {name}" for name in then if name not in now]
    parts += [f"~ {name}" for name, column in now.items() if name in then and column != then[name]]
    if new.defaults != old.defaults:
        parts.append(t("~ valeurs fixes", "~ fixed values"))
    shown = ", ".join(parts[:MOST_VALUES]) + (", …" if len(parts) > MOST_VALUES else "")
    return shown or t("façon de lire le fichier", "way to read the file")
