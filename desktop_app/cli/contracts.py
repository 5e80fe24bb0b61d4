"""`navette contracts`: what the program can check against, and whether a contract file is sound."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from desktop_app.cli.contracts_diff import DIFF_HELP, PREVIEW_HELP, diff, named_contract, preview
from desktop_app.cli.speech import Exit, guarded, language, number, say, t
from validation_rules.contract import Contract, ContractError, available_contracts, load_contract
from validation_rules.text import Language

contracts = typer.Typer(
    no_args_is_help=True,
    help=t(
        "Les contrats de données : liste, contenu, contrôle d’un fichier.",
        "Data contracts: list, show, lint a file.",
    ),
)  # fmt: skip


LINT_HELP = t(
    """Contrôle un fichier de contrat, ou de règles de site, et nomme tout ce qui n’y va pas.

    Code de sortie : 0 utilisable, 1 refusé (avec les lignes et les raisons), 2 illisible.
    """,
    """Check a contract file, or a file of site rules, and name all that is wrong in it.

    Exit code: 0 usable, 1 refused (with the lines and the reasons), 2 could not be read.
    """,
)


DOCS_HELP = t(
    "Écrit la page de chaque règle (Markdown, français et anglais) : un index et un fichier par famille.",
    "Write the page of each rule (Markdown, French and English): an index and one file for each family.",
)


@contracts.command(
    "list", help=t("Les contrats livrés avec cette version.", "The contracts that come with this version.")
)
def list_() -> None:
    """One line a contract: id, version, fields, rules, title."""
    with guarded():
        for reference in available_contracts():
            contract = load_contract(reference)
            say(
                f"{contract.id}@{contract.version}  {len(contract.fields)} {t('champs', 'fields')}, "
                f"{len(contract.rules)} {t('règles', 'rules')}  {contract.title.in_(language())}"
            )


@contracts.command(help=t("Les champs et les règles d’un contrat.", "The fields and rules of a contract."))
def show(
    reference: Annotated[str, typer.Argument(metavar="ID[@VERSION]")],
    as_json: Annotated[bool, typer.Option("--json", help=t("Pour un programme.", "For a program."))] = False,
) -> None:
    """Fields with their form, then rules with their titles."""
    with guarded():
        contract = load_contract(reference)
        say(
            json.dumps(_plain(contract), ensure_ascii=False, indent=1)
            if as_json
            else "\n".join(_lines(contract))
        )


contracts.command("diff", help=DIFF_HELP)(diff)
contracts.command("preview", help=PREVIEW_HELP)(preview)


@contracts.command(help=LINT_HELP)
def lint(file: Annotated[Path, typer.Argument(metavar="FILE.yaml")]) -> None:
    """Its help text is `LINT_HELP`."""
    with guarded():
        if not file.is_file():
            say(t(f"Le fichier {file.name} n’existe pas.", f"There is no file {file.name}."), sys.stderr)
            raise SystemExit(Exit.COULD_NOT_RUN)
        try:
            contract = _loaded(file)
        except ContractError as error:
            for one in error.every:
                say(one.what.in_(language()))
            say(error.todo.in_(language()))
            raise SystemExit(Exit.FINDINGS) from None
        _try_examples(contract)
        added = len(contract.site_rules)
        fields, rules = number(len(contract.fields)), number(len(contract.rules))
        say(
            t(
                f"{file.name} : utilisable, {number(added)} règles de site pour {contract.id} "
                f"{contract.version}.",
                f"{file.name}: usable, {number(added)} site rules for {contract.id} {contract.version}.",
            )
            if added
            else t(
                f"{contract.id} {contract.version} : utilisable, {fields} champs, {rules} règles.",
                f"{contract.id} {contract.version}: usable, {fields} fields, {rules} rules.",
            )
        )


@contracts.command(help=DOCS_HELP)
def docs(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER")],
    references: Annotated[list[str] | None, typer.Argument(metavar="[ID[@VERSION]|FILE]...")] = None,
) -> None:
    """Its help text is `DOCS_HELP`."""
    with guarded():
        wanted = references or sorted({each.partition("@")[0] for each in available_contracts()})
        for reference in wanted:
            contract = named_contract(reference)
            written = write_pages(contract, folder / contract.id)
            say(
                t(
                    f"{contract.id} {contract.version} : {number(written)} pages dans {folder.name}.",
                    f"{contract.id} {contract.version}: {number(written)} pages in {folder.name}.",
                )
            )


def write_pages(contract: Contract, folder: Path) -> int:
    """Writes the pages of the rules in both languages, English in `en`; removes those of families gone."""
    from validation_rules.pages_markdown import pages

    count = 0
    for language_, place in (("fr", folder), ("en", folder / "en")):
        place.mkdir(parents=True, exist_ok=True)
        made = pages(contract, cast(Language, language_))
        for old in place.glob("*.md"):
            if old.name not in made:
                old.unlink()
        for name, text in made.items():
            (place / name).write_text(text, encoding="utf-8", newline="\n")
        count += len(made)
    return count


def _loaded(file: Path) -> Contract:
    """A contract, or the contract that a file of site rules adds to."""
    from validation_rules.site_rules import load_site_rules, site_rules_for

    return load_site_rules(file) if site_rules_for(file) is not None else load_contract(file)


def _try_examples(contract: Contract) -> None:
    """The examples of the rules come out as the contract says, or the rules that do not are named."""
    from validation_rules.lint import broken_examples

    broken = broken_examples(contract)
    for rule_id, position in broken:
        say(
            t(
                f"{rule_id} : l’exemple {position + 1} ne donne pas le résultat annoncé.",
                f"{rule_id}: example {position + 1} does not come out as stated.",
            )
        )
    if broken:
        raise SystemExit(Exit.FINDINGS)


def _lines(contract: Contract) -> list[str]:
    speech = language()
    lines = [f"{contract.id} {contract.version}  sha256 {contract.sha256}", "", t("Champs", "Fields")]
    for field in contract.fields:
        codes = f"  [{' '.join(field.codes)}]" if field.codes else ""
        lines.append(
            f"  {field.order:>2} {field.name:<26} {field.required:<12} {field.label.in_(speech)}{codes}"
        )
    lines += ["", t("Règles", "Rules")]
    lines += [f"  {rule.id:<28} {rule.severity:<8} {rule.title.in_(speech)}" for rule in contract.rules]
    if contract.limitations:
        lines += ["", t("Limites", "Limitations"), f"  {contract.limitations.in_(speech)}"]
    return lines


def _plain(contract: Contract) -> dict[str, object]:
    speech = language()
    return {
        "id": contract.id,
        "version": contract.version,
        "sha256": contract.sha256,
        "fields": [
            {
                "name": field.name,
                "label": field.label.in_(speech),
                "zone": field.zone,
                "required": field.required,
                "pattern": field.pattern,
                "codes": list(field.codes),
                "leaves_site_as": field.leaves_site_as,
            }
            for field in contract.fields
        ],
        "rules": [
            {
                "id": rule.id,
                "version": rule.version,
                "severity": rule.severity,
                "fields": list(rule.fields),
                "title": rule.title.in_(speech),
            }
            for rule in contract.rules
        ],
    }
