"""The page of a rule: everything a person may want to know of it, for the documents and for the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validation_rules.compare import rule_fields
from validation_rules.contract import Contract, Example, Field, Rule
from validation_rules.implementations import described
from validation_rules.sql import expression, names
from validation_rules.text import Language, Text

SEVERITIES = {
    "error": Text("erreur : à corriger avant l’envoi", "error: to be corrected before sending"),
    "confirm": Text("à corriger ou à confirmer", "to be corrected or confirmed"),
    "info": Text("information", "information"),
}
FAMILIES = {
    "presence": Text("Données obligatoires", "Required values"),
    "format": Text("Forme des valeurs", "Form of values"),
    "code list": Text("Listes de codes", "Code lists"),
    "uniqueness": Text("Unicité", "Uniqueness"),
    "identity": Text("Identité", "Identity"),
    "geography": Text("Lieux", "Places"),
    "institution": Text("Établissements", "Institutions"),
    "dates": Text("Dates", "Dates"),
    "ICD-O validity": Text("Validité CIM-O", "ICD-O validity"),
    "sex": Text("Sexe", "Sex"),
    "age": Text("Âge", "Age"),
    "site and morphology": Text("Siège et morphologie", "Site and morphology"),
    "behaviour": Text("Comportement", "Behaviour"),
    "basis": Text("Base du diagnostic", "Basis of diagnosis"),
    "grade": Text("Grade", "Grade"),
    "laterality": Text("Latéralité", "Laterality"),
    "TNM": Text("TNM", "TNM"),
    "stage": Text("Stade", "Stage"),
    "vital status": Text("Statut vital", "Vital status"),
    "treatment": Text("Traitements", "Treatments"),
    "timeliness": Text("Délais", "Timeliness"),
    "duplicate": Text("Doublons", "Duplicates"),
    "multiple primaries": Text("Tumeurs multiples", "Multiple primaries"),
    "site": Text("Règles du site", "Rules of the site"),
}
_BLANK = Text("(vide)", "(blank)")
_TODAY = Text("Jour du contrôle", "Day of the check")


@dataclass(frozen=True, slots=True)
class Shown:
    """A record of an example: its values in the order of the page's columns, and whether the rule speaks.

    `opens`: the first of several records that are looked at together.
    """

    cells: tuple[str, ...]
    fails: bool
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A rule in one language. `fields`: name and label of what it reads; `message` has the labels of the
    fields where a finding has values; `columns` are the headers of `examples`; `predicate` is the SQL
    condition that is true where it speaks; `terms`: what the columns of the predicate mean."""

    rule_id: str
    title: str
    family: str
    severity: str
    version: int
    message: str
    why: str
    fix: str
    source: str
    fields: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    examples: tuple[Shown, ...]
    predicate: str
    terms: tuple[tuple[str, str], ...]
    site: bool


def rule_page(contract: Contract, rule_id: str, language: Language) -> Page:
    """The page of one rule. KeyError when the contract has no such rule."""
    rule = contract.rule(rule_id)
    read = tuple(dict.fromkeys((*rule.fields, *rule.required, *rule.optional)))
    examples = rule.examples or _field_examples(rule, contract)
    told = (name for e in examples for values in (e.values, *e.records) for name in values)
    shown = tuple(dict.fromkeys((*read, *told)))
    dated = any(example.today for example in examples)
    return Page(
        rule_id=rule.id,
        title=rule.title.in_(language),
        family=family_name(rule.family, language),
        severity=SEVERITIES[rule.severity].in_(language),
        version=rule.version,
        message=_message(rule, contract, language),
        why=rule.why.in_(language),
        fix=rule.fix.in_(language),
        source=rule.source.in_(language),
        fields=tuple((name, contract.field(name).label.in_(language)) for name in read),
        columns=(*shown, *([_TODAY.in_(language)] if dated else [])),
        examples=tuple(row for e in examples for row in _shown(e, shown, contract, dated, language)),
        predicate=_predicate(rule, contract, language),
        terms=tuple(_terms(rule, contract, language)),
        site=rule.site,
    )


def family_name(family: str, language: Language) -> str:
    """What a person calls a family of rules; its own name when nobody has translated it."""
    return FAMILIES[family].in_(language) if family in FAMILIES else family


def _message(rule: Rule, contract: Contract, language: Language) -> str:
    words = {name: f"[{name}]" for name in _columns(contract)}
    words |= {field.name: f"[{field.label.in_(language)}]" for field in contract.fields}
    words["value"] = Text("[valeur]", "[value]").in_(language)
    words["label"] = Text("[champ]", "[field]").in_(language)
    words["expected"] = Text("[valeurs attendues]", "[expected values]").in_(language)
    return rule.message.in_(language).format_map(words)


def _columns(contract: Contract) -> Iterator[str]:
    yield from contract.parameters
    yield from (derived.name for derived in contract.derived)
    yield from (name for look in contract.lookups for name in look.columns)


def _shown(
    example: Example, columns: tuple[str, ...], contract: Contract, dated: bool, language: Language
) -> Iterator[Shown]:
    """An example, a row for each of its records."""
    blank = _BLANK.in_(language)
    day = [example.today or contract.example_day] if dated else []
    for number, values in enumerate(example.records or (example.values,), 1):
        record = {**contract.example, **values}
        cells = [record.get(name) or blank for name in columns]
        fails = number in example.found if example.records else example.fails
        yield Shown((*cells, *day), fails, example.records != () and number == 1)


def _field_examples(rule: Rule, contract: Contract) -> tuple[Example, ...]:
    """What REQ, FMT and COD say of the values that the contract itself gives."""
    if rule.kind not in ("REQ", "FMT", "COD"):
        return ()
    field = contract.field(rule.fields[0])
    good = contract.example.get(field.name) or next(iter(field.codes), "")
    passing = [Example({field.name: good}, fails=False)] if good else []
    if rule.kind == "REQ":
        return (Example({field.name: ""}, fails=True), *passing)
    wrong = _wrong_value(field, rule.kind)
    return (*([Example({field.name: wrong}, fails=True)] if wrong else []), *passing)


def _wrong_value(field: Field, kind: str) -> str:
    """A value of another form (FMT), or of the right form but not in the list (COD); "" for none."""
    from validation_rules.patterns import fits

    tries = [*"?123456789ABXZ", "00", "99", "XX", "3.9", "1.2.3", "?" * 21, "?" * 41, "?" * 61]
    fine = fits(field.pattern, tries) if field.pattern else [True] * len(tries)
    if kind == "FMT":
        return next((t for t, ok in zip(tries, fine, strict=True) if not ok), "")
    return next((t for t, ok in zip(tries, fine, strict=True) if ok and t not in field.codes), "")


def _predicate(rule: Rule, contract: Contract, language: Language) -> str:
    if rule.where is not None:
        return rule.where
    if rule.implementation is not None:
        told = "".join(f"\n  {name}: {_argument(value)}" for name, value in rule.arguments.items())
        return f"{rule.implementation}({rule_fields(rule)}){told}"
    field = contract.field(rule.fields[0])
    if rule.kind == "REQ":
        return f"{field.name} IS NULL"
    if rule.kind == "COD":
        listed = ", ".join(f"'{code}'" for code in field.codes)
        return f"{field.name} NOT IN ({listed})"
    limits = f" AND {field.name} BETWEEN {field.bounds[0]} AND {field.bounds[1]}" if field.bounds else ""
    usual = f"NOT (REGEXP_MATCHES({field.name}, '{field.pattern}'){limits})"
    other = "".join(f"\n  -- {v.field} IN ({', '.join(v.values)}): {v.pattern}" for v in field.variants)
    return usual + other


def _argument(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _terms(rule: Rule, contract: Contract, language: Language) -> Iterator[tuple[str, str]]:
    """The derived columns, looked-up columns and implementation that a rule names, in words."""
    known = described(rule.implementation) if rule.implementation is not None else None
    if known is not None:
        yield str(rule.implementation), known.finds.in_(language)
        for name in rule.arguments:
            if name in known.arguments:
                yield name, known.arguments[name].in_(language)
    if rule.where is None:
        return
    derived = {d.name: d for d in contract.derived}
    tables: Mapping[str, str] = {name: look.table for look in contract.lookups for name in look.columns}
    for name in sorted(names(expression(rule.where, rule.fields[0]))):
        if name in derived:
            yield name, f"{derived[name].meaning.in_(language)} `{derived[name].sql}`"
        elif name in tables:
            said = Text(f"Lu dans la table {tables[name]}.", f"Read in table {tables[name]}.")
            yield name, said.in_(language)
