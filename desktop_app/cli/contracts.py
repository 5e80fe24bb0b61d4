"""`navette contracts`: what the program can check against, and whether a contract file is sound."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.speech import Exit, guarded, language, say, t
from validation_rules.contract import Contract, ContractError, available_contracts, load_contract

contracts = typer.Typer(
    no_args_is_help=True,
    help=t(
        "Les contrats de données : liste, contenu, contrôle d’un fichier.",
        "Data contracts: list, show, lint a file.",
    ),
)  # fmt: skip


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


@contracts.command(help=t("Contrôle un fichier de contrat.", "Check a contract file."))
def lint(file: Annotated[Path, typer.Argument(metavar="FILE.odcs.yaml")]) -> None:
    """Exit code 0 when it can be used, 1 when it is refused (with the reason), 2 when it cannot be read."""
    with guarded():
        if not file.is_file():
            say(t(f"Le fichier {file.name} n’existe pas.", f"There is no file {file.name}."), sys.stderr)
            raise SystemExit(Exit.COULD_NOT_RUN)
        try:
            contract = load_contract(file)
        except ContractError as error:
            say(f"{error.what.in_(language())} {error.todo.in_(language())}")
            raise SystemExit(Exit.FINDINGS) from None
        _try_examples(contract)
        say(
            t(
                f"{contract.id} {contract.version} : utilisable, {len(contract.fields)} champs, "
                f"{len(contract.rules)} règles.",
                f"{contract.id} {contract.version}: usable, {len(contract.fields)} fields, "
                f"{len(contract.rules)} rules.",
            )
        )


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
