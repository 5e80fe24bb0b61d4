"""The pages of the rules of a contract as Markdown files: an index, and one file for each family."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from validation_rules.contract import Contract, Rule
from validation_rules.pages import Page, family_name, rule_page
from validation_rules.text import Language, Text

_WORDS = {
    "rules": Text("Règles du contrat", "Rules of the contract"),
    "made": Text(
        "Ces pages sont faites à partir du contrat par `navette contracts docs` : ne les modifiez pas.",
        "These pages are made from the contract by `navette contracts docs`: do not edit them.",
    ),
    "rule": Text("Règle", "Rule"),
    "severity": Text("Gravité", "Severity"),
    "title": Text("Titre", "Title"),
    "fields": Text("Champs lus", "Fields read"),
    "message": Text("Message", "Message"),
    "why": Text("Pourquoi", "Why it matters"),
    "fix": Text("Que faire", "What to do"),
    "source": Text("Source", "Source"),
    "examples": Text("Exemples", "Examples"),
    "verdict": Text("Verdict", "Verdict"),
    "fails": Text("signalé", "found"),
    "passes": Text("accepté", "accepted"),
    "predicate": Text("Condition exacte", "Exact condition"),
    "version": Text("version", "version"),
    "back": Text("Toutes les règles", "All rules"),
    "other": Text("English", "Français"),
    "site": Text("règle du site", "rule of the site"),
}


def pages(contract: Contract, language: Language) -> dict[str, str]:
    """File name -> Markdown: `README.md` is the index, each other file the rules of one family."""
    families: dict[str, list[Rule]] = {}
    for rule in contract.rules:
        families.setdefault(rule.family, []).append(rule)
    files = {"README.md": "\n".join(_index(contract, families, language)) + "\n"}
    for family, rules in families.items():
        shown = [rule_page(contract, rule.id, language) for rule in rules]
        files[f"{slug(family)}.md"] = "\n".join(_family(contract, family, shown, language)) + "\n"
    return files


def slug(text: str) -> str:
    """A file name or an anchor: lower case, no accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-")


def _index(contract: Contract, families: dict[str, list[Rule]], language: Language) -> Iterator[str]:
    word = {key: text.in_(language) for key, text in _WORDS.items()}
    other = "en/README.md" if language == "fr" else "../README.md"
    yield f"# {word['rules']} {contract.id} {contract.version}\n"
    yield f"{contract.title.in_(language)}. {word['made']} [{word['other']}]({other})\n"
    for family, rules in families.items():
        yield f"## [{family_name(family, language)}]({slug(family)}.md)\n"
        yield f"| {word['rule']} | {word['severity']} | {word['title']} |"
        yield "|---|---|---|"
        for rule in rules:
            page = rule_page(contract, rule.id, language)
            severity = page.severity.partition(":")[0].strip()
            link = f"[{rule.id}]({slug(family)}.md#{slug(rule.id)})"
            yield f"| {link} | {severity} | {_cell(page.title)} |"
        yield ""


def _family(contract: Contract, family: str, shown: list[Page], language: Language) -> Iterator[str]:
    yield f"# {contract.id} {contract.version}, {family_name(family, language)}\n"
    yield f"[{_WORDS['back'].in_(language)}](README.md)\n"
    for page in shown:
        yield from markdown(page, language)


def markdown(page: Page, language: Language) -> Iterator[str]:
    """One page, headed by its anchor."""
    word = {key: text.in_(language) for key, text in _WORDS.items()}
    colon = "\u00a0: " if language == "fr" else ": "
    yield f'<a id="{slug(page.rule_id)}"></a>\n'
    yield f"## {page.rule_id}{colon}{_text(page.title)}\n"
    note = f", {word['site']}" if page.site else ""
    yield f"*{page.severity}* ({word['version']} {page.version}{note})\n"
    listed = ", ".join(f"{label} (`{name}`)" for name, label in page.fields)
    for key, value in (
        ("fields", listed),
        ("message", _text(page.message)),
        ("why", _text(page.why)),
        ("fix", _text(page.fix)),
        ("source", _text(page.source)),
    ):
        if value:
            yield f"**{word[key]}.** {value}\n"
    if page.examples:
        yield f"| {' | '.join(page.columns)} | {word['verdict']} |"
        yield "|---" * (len(page.columns) + 1) + "|"
        for place, example in enumerate(page.examples):
            if example.opens and place:
                yield "| " * (len(page.columns) + 1) + "|"
            verdict = word["fails"] if example.fails else word["passes"]
            yield f"| {' | '.join(map(_cell, example.cells))} | {verdict} |"
        yield ""
    yield f"<details><summary>{word['predicate']}</summary>\n"
    yield f"```sql\n{page.predicate}\n```\n"
    for name, meaning in page.terms:
        yield f"- `{name}`{colon}{meaning}"
    yield "\n</details>\n" if page.terms else "</details>\n"


def _text(text: str) -> str:
    """What a contract says is text, never markup."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", text)


def _cell(text: str) -> str:
    return _text(text).replace("\n", " ")
