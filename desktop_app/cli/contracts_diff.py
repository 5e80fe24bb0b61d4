"""`navette contracts diff` and `preview`: what the next version of a contract changes, and for which rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.options import FileArgument, JsonOption, RecipeOption, TodayOption
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t
from validation_rules.contract import Contract, load_contract
from validation_rules.text import Text, rows

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.progress import Progress
    from validation_rules.compare import Change, Part

SHOWN_ROWS = 200
_FATES = {
    "added": Text("ajouté", "added"),
    "removed": Text("retiré", "removed"),
    "changed": Text("changé", "changed"),
}
_KINDS = {
    "contract": Text("Contrat", "Contract"),
    "field": Text("Champs", "Fields"),
    "derived": Text("Colonnes dérivées", "Derived columns"),
    "lookup": Text("Tables lues", "Tables read"),
    "rule": Text("Règles", "Rules"),
}
_PARTS = {
    "required": Text("obligatoire", "required"),
    "pattern": Text("forme", "pattern"),
    "variants": Text("autres formes", "other patterns"),
    "range": Text("bornes", "bounds"),
    "codes": Text("codes", "codes"),
    "separator": Text("séparateur", "separator"),
    "unknown_value": Text("valeur inconnue", "unknown value"),
    "logical_type": Text("type", "type"),
    "free_text": Text("texte libre", "free text"),
    "rewrites": Text("réécritures", "rewrites"),
    "zone": Text("zone", "zone"),
    "classification": Text("classification", "classification"),
    "leaves_site_as": Text("part du site", "leaves the site as"),
    "severity": Text("gravité", "severity"),
    "version": Text("version", "version"),
    "fields": Text("champs", "fields"),
    "predicate": Text("condition", "predicate"),
    "implementation": Text("implémentation", "implementation"),
    "arguments": Text("arguments", "arguments"),
    "spoils": Text("rend inutilisable", "spoils"),
    "sql": Text("calcul", "computation"),
    "key": Text("clé", "key"),
    "columns": Text("colonnes", "columns"),
    "record_key": Text("clé d’enregistrement", "record key"),
}
DIFF_HELP = t(
    """Ce qui change d’une version d’un contrat à une autre.

    Champs, règles, colonnes dérivées et tables : ajoutés, retirés, changés. Les changements de texte seul,
    qui ne changent aucun verdict, sont comptés à part ; --words les montre.

    Code de sortie : 0 aucune différence, 1 des différences, 2 comparaison impossible.

    Exemple :

      navette contracts diff rnc-tumeurs@1.0.0 rnc-tumeurs-1.1.0.odcs.yaml
    """,
    """What changes from one version of a contract to another.

    Fields, rules, derived columns and tables: added, removed, changed. Changes of text alone, which change no
    verdict, are counted apart; --words shows them.

    Exit code: 0 no difference, 1 differences, 2 could not compare.

    Example:

      navette contracts diff rnc-tumeurs@1.0.0 rnc-tumeurs-1.1.0.odcs.yaml
    """,
)
PREVIEW_HELP = t(
    """Quelles lignes seraient jugées autrement sous la version suivante d’un contrat.

    Le fichier est vérifié sous les deux versions, avec le même moteur que « navette check » : constats qui
    apparaissent, qui disparaissent, ou qui changent de gravité, par règle, et ligne par ligne avec --rows.

    Code de sortie : 0 aucun verdict ne change, 1 des verdicts changent, 2 contrôle impossible.

    Exemple :

      navette contracts preview extrait.csv --next rnc-tumeurs-1.1.0.odcs.yaml --recipe recette.json --rows
    """,
    """Which rows would be judged otherwise under the next version of a contract.

    The file is checked under both versions, with the same engine as 'navette check': findings that appear,
    that go, or that change severity, by rule, and row by row with --rows.

    Exit code: 0 no verdict changes, 1 verdicts change, 2 could not run.

    Example:

      navette contracts preview extract.csv --next rnc-tumeurs-1.1.0.odcs.yaml --recipe recipe.json --rows
    """,
)
VersionArgument = Annotated[str, typer.Argument(metavar="ID[@VERSION]|FILE")]


def named_contract(name: str) -> Contract:
    """The contract of an id, of `id@version`, or of a file. Raises `ContractError`."""
    path = Path(name)
    return load_contract(path if path.suffix in (".yaml", ".yml") or path.is_file() else name)


def diff(
    before: VersionArgument,
    after: VersionArgument,
    words: Annotated[
        bool, typer.Option("--words", help=t("Montrer aussi les textes.", "Show the texts too."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """`navette contracts diff`; its help text is `DIFF_HELP`."""
    with guarded():
        from validation_rules.compare import diff as compare

        old, new = named_contract(before), named_contract(after)
        changes = compare(old, new)
        say(_as_json(old, new, changes) if as_json else "\n".join(_told(old, new, changes, words)))
        raise SystemExit(Exit.FINDINGS if changes else Exit.FINE)


def preview(
    file: FileArgument,
    following: Annotated[
        str,
        typer.Option(
            "--next", metavar="ID[@VERSION]|FILE", help=t("La version suivante.", "The next version.")
        ),
    ],
    contract: Annotated[
        str,
        typer.Option(
            metavar="ID[@VERSION]|FILE", help=t("La version d’aujourd’hui.", "The version of today.")
        ),
    ] = "",
    recipe: RecipeOption = None,
    today: TodayOption = "",
    with_rows: Annotated[bool, typer.Option("--rows", help=t("Ligne par ligne.", "Row by row."))] = False,
    show_identities: Annotated[
        bool,
        typer.Option(
            "--show-identities",
            help=t("Montrer les valeurs d’identité.", "Show the values of identity fields."),
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """`navette contracts preview`; its help text is `PREVIEW_HELP`."""
    with guarded():
        from desktop_app.cli.check import day_of_check
        from validation_rules import compare

        day, new = day_of_check(today), named_contract(following)
        with progress_bar() as progress:
            old, now, then = _both_rows(file, contract, recipe, new, progress)
            changed = compare.preview(now, then, old, new, day, progress)
        if not show_identities:
            changed = _masked(changed, old, new)
        table = compare.by_rule(changed)
        if as_json:
            say(_preview_json(old, new, now.height, table, changed if with_rows else None))
        else:
            say("\n".join(_preview_told(old, new, now.height, table, changed if with_rows else None)))
        raise SystemExit(Exit.FINDINGS if changed.height else Exit.FINE)


def _both_rows(
    file: Path, contract: str, recipe_file: Path | None, new: Contract, progress: Progress
) -> tuple[Contract, pl.DataFrame, pl.DataFrame]:
    """The contract of today, and the records of the file under it and under the next."""
    from desktop_app.core.extracts import open_extract
    from desktop_app.core.flow import mapped_through
    from desktop_app.core.mapping import draft_recipe, import_options, load_recipe
    from validation_rules.normalise import normalise

    if recipe_file is None:
        old = named_contract(contract or "rnc-tumeurs")
        extract = open_extract(file, None, progress)
        # Each version has its own headers: what it adds may be in the file already.
        now, then = (
            mapped_through(extract, draft_recipe(extract, terms).recipe, terms, progress).frame
            for terms in (old, new)
        )
        return old, now, then
    recipe = load_recipe(recipe_file)
    old = named_contract(contract or recipe.contract)
    extract = open_extract(file, import_options(recipe, file), progress)
    now = mapped_through(extract, recipe, old, progress).frame
    if set(recipe.targets) <= set(new.field_names):
        as_next = recipe.model_copy(update={"contract": new.id})
        return old, now, mapped_through(extract, as_next, new, progress).frame
    return old, now, normalise(now, new)


def _masked(changed: pl.DataFrame, old: Contract, new: Contract) -> pl.DataFrame:
    """Values of identity fields as dots: of the fields of either version."""
    from desktop_app.cli.findings_output import masked_value

    return changed.with_columns(masked_value(old)).with_columns(masked_value(new))


def _told(old: Contract, new: Contract, changes: tuple[Change, ...], words: bool) -> Iterator[str]:
    yield f"{old.id} {old.version} → {new.id} {new.version}"
    if not changes:
        yield t("Aucune différence.", "No difference.")
    for kind, title in _KINDS.items():
        here = [change for change in changes if change.kind == kind]
        shown = [change for change in here if words or not change.words_only]
        if here:
            yield f"\n{title.in_(language())}"
        for change in shown:
            yield from _change_told(change, words)
        if len(shown) < len(here):
            more = number(len(here) - len(shown))
            yield t(f"  textes seuls : {more} (--words)", f"  texts only: {more} (--words)")


def _change_told(change: Change, words: bool) -> Iterator[str]:
    fate, title = _FATES[change.fate].in_(language()), change.title.in_(language())
    note = t("  [textes seuls]", "  [texts only]") if change.words_only else ""
    yield f"  {fate:<8} {change.name:<28} {title}{note}"
    for part in change.parts:
        if words or not part.words:
            yield from _part_told(part, change.fate)
    if change.through:
        listed = ", ".join(change.through)
        yield t(
            f"           lit des colonnes calculées autrement : {listed}",
            f"           reads columns that are computed in another way: {listed}",
        )


def _part_told(part: Part, fate: str) -> Iterator[str]:
    name = _PARTS[part.name].in_(language()) if part.name in _PARTS else part.name
    if part.name == "codes" and fate == "changed":
        was, now = part.before.split(", "), part.after.split(", ")
        signs = [f"+{code}" for code in now if code not in was] + [
            f"-{code}" for code in was if code not in now
        ]
        yield f"           {name}: {' '.join(signs) or part.after}"
    elif fate != "changed":
        yield f"           {name}: {part.after or part.before}"
    else:
        blank = t("(rien)", "(nothing)")
        yield f"           {name}: {part.before or blank}"
        yield f"           {'→':>{len(name) + 1}} {part.after or blank}"


def _as_json(old: Contract, new: Contract, changes: tuple[Change, ...]) -> str:
    return json.dumps(
        {
            "before": f"{old.id}@{old.version}",
            "after": f"{new.id}@{new.version}",
            "changes": [
                {
                    "kind": change.kind,
                    "name": change.name,
                    "fate": change.fate,
                    "title": change.title.in_(language()),
                    "words_only": change.words_only,
                    "through": list(change.through),
                    "parts": [
                        {"name": p.name, "before": p.before, "after": p.after, "words": p.words}
                        for p in change.parts
                    ],
                }
                for change in changes
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _preview_told(
    old: Contract, new: Contract, height: int, table: pl.DataFrame, changed: pl.DataFrame | None
) -> Iterator[str]:
    yield f"{old.id} {old.version} → {new.id} {new.version}, {rows(height).in_(language())}"
    if table.is_empty():
        yield t("Aucun verdict ne changerait.", "No verdict would change.")
        return
    heads = t(
        "règle                          nouveaux  disparus   gravité    lignes",
        "rule                              new      gone  severity      rows",
    )
    yield "\n" + heads
    for rule, *counts in table.select("rule_id", "appear", "go", "severity", "rows").iter_rows():
        yield f"{rule:<28}" + "".join(f"{number(count):>10}" for count in counts)
    if changed is not None:
        yield ""
        shown = changed.head(SHOWN_ROWS)
        for row, rule, field, before, after, value in shown.iter_rows():
            fate = f"{before or '-':>8} → {after or '-':<8}"
            yield f"{number(row):>9}  {rule:<28} {fate} {field} = {value or ''}"
        if changed.height > shown.height:
            more = number(changed.height - shown.height)
            yield t(
                f"… et {more} autres : --json les donne tous.", f"… and {more} more: --json gives them all."
            )


def _preview_json(
    old: Contract, new: Contract, height: int, table: pl.DataFrame, changed: pl.DataFrame | None
) -> str:
    told: dict[str, object] = {
        "before": f"{old.id}@{old.version}",
        "after": f"{new.id}@{new.version}",
        "rows": height,
        "rules": table.to_dicts(),
    }
    if changed is not None:
        told["changes"] = changed.rename({"row_id": "row"}).to_dicts()
    return json.dumps(told, ensure_ascii=False, indent=1)
