"""A field of the contract in words: what it means, what it may hold, which rules read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field, Rule
    from validation_rules.text import Language

translate = QCoreApplication.translate
_CODES = 14
_RULES = 10


def rules_reading(contract: Contract, name: str) -> list[Rule]:
    """The rules that read a field, those of the field alone first."""
    found = [rule for rule in contract.rules if name in rule.fields]
    return sorted(found, key=lambda rule: (len(rule.fields) > 1, rule.id))


def required_words(field: Field) -> str:
    """Whether the field must be filled in."""
    words = {
        "yes": translate("FieldWords", "Required"),
        "no": translate("FieldWords", "Not required"),
        "conditional": translate("FieldWords", "Required in some cases"),
    }
    return words[field.required]


def leaves_words(field: Field) -> str:
    """In which form the field leaves the site."""
    words = {
        "site_pseudonym": translate("FieldWords", "Leaves as a pseudonym of the site"),
        "linkage_tokens": translate("FieldWords", "Leaves as linkage tokens only"),
        "linkage_tokens+month": translate("FieldWords", "Leaves as linkage tokens, and as a month"),
        "as_is": translate("FieldWords", "Leaves as it is"),
        "dropped": translate("FieldWords", "Never leaves the site"),
    }
    return words[field.leaves_site_as]


def describe(contract: Contract, field: Field, language: Language) -> str:
    """Label, definition, form, codes and rules; for the tooltip of a header."""
    lines = [f"{field.label.in_(language)} ({field.name})", field.definition.in_(language)]
    form = field.form.in_(language).strip()
    if form:
        lines.append(translate("FieldWords", "Form: {form}").format(form=form))
    for code in field.codes[:_CODES]:
        label = field.code_labels.get(code)
        lines.append(f"  {code}  {label.in_(language)}" if label else f"  {code}")
    if len(field.codes) > _CODES:
        lines.append("  …")
    rules = [rule.id for rule in rules_reading(contract, field.name)]
    if rules:
        more = ", …" if len(rules) > _RULES else ""
        lines.append(translate("FieldWords", "Rules: {rules}").format(rules=", ".join(rules[:_RULES]) + more))
    lines.append(translate("FieldWords", "Ctrl+F1: everything about this field"))
    return "\n".join(line for line in lines if line.strip())
