"""The data contract as the program uses it: fields, rules and their texts, typed and immutable."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from validation_rules.text import Text, counted

Severity = Literal["error", "confirm", "info"]
Zone = Literal["identity", "clinical"]
LogicalType = Literal["string", "integer", "number", "date", "partial_date"]
LeavesSiteAs = Literal["site_pseudonym", "linkage_tokens", "linkage_tokens+month", "as_is", "dropped"]
Argument = str | int | bool | tuple[str | int | bool, ...]
RuleKind = Literal["REQ", "FMT", "COD", "sql", "custom"]

MAX_BYTES = 5_000_000
_FOLDER = Path(__file__).parent / "contracts"
_SUFFIX = ".odcs.yaml"
_OTHER_PROBLEMS = Text("autres problèmes", "other problems")


class ContractError(Exception):
    """A contract cannot be used: what is wrong in it, where, and what to do.

    `line` counts from 1, None when it is not known; `where` names the part of the contract; `others` are the
    errors found along with it.
    """

    def __init__(
        self,
        what: Text,
        todo: Text | None = None,
        *,
        where: Text | None = None,
        line: int | None = None,
        others: Sequence[ContractError] = (),
    ) -> None:
        self.bare = what
        self.where, self.line, self.others = where, line, tuple(others)
        self.what = self._told()
        self.todo = todo or Text(
            "Demandez un contrat corrigé à l’organisme qui le publie, ou utilisez celui du programme.",
            "Ask its publisher for a corrected contract, or use the one that comes with the program.",
        )
        super().__init__(self.what.en)

    @property
    def every(self) -> tuple[ContractError, ...]:
        """All that was found, each for itself, in the order of the file."""
        alone = ContractError(self.bare, self.todo, where=self.where, line=self.line)
        return (alone, *self.others)

    def placed(self, where: Text, line: int | None) -> ContractError:
        """The same with its place; itself when it has one."""
        if self.where is not None:
            return self
        return ContractError(self.bare, self.todo, where=where, line=line)

    def followed_by(self, others: Sequence[ContractError]) -> ContractError:
        """The same, which tells how many others there are and carries them."""
        return ContractError(self.bare, self.todo, where=self.where, line=self.line, others=others)

    def _told(self) -> Text:
        if self.where is None:
            return self.bare
        fr, en = self.bare.fr.rstrip("."), self.bare.en.rstrip(".")
        if self.line is None:
            told = Text(
                f"Dans le contrat, {self.where.fr} : {fr}.", f"In the contract, {self.where.en}: {en}."
            )
        else:
            told = Text(
                f"Ligne {self.line}, {self.where.fr} : {fr}.", f"Line {self.line}, {self.where.en}: {en}."
            )
        if not self.others:
            return told
        count = counted(len(self.others), Text("autre problème", "other problem"), _OTHER_PROBLEMS)
        return Text(
            f"{told.fr} Et {count.fr} : « navette contracts lint » les nomme.",
            f"{told.en} And {count.en}: 'navette contracts lint' names them.",
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """Another pattern of a field, in force when `field` holds one of `values`."""

    field: str
    values: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the contract.

    `pattern` is anchored and reads alike in Python's `re` and in Polars; `codes` is the closed list, spelled
    as it leaves; `bounds` are the least and greatest value of an integer field; `separator` joins the codes
    of a list in one cell; a `free_text` value keeps its case and single inner spaces; `rewrites` are regular
    expressions and replacements that bring a tolerated spelling to the usual one; `form` says the expected
    form to a person; `width` is in characters, for the grid; `export_name` is the spelling of the column in
    the file that the contract describes, when it is not `name`.
    """

    name: str
    order: int
    label: Text
    definition: Text
    form: Text
    zone: Zone
    classification: str
    logical_type: LogicalType
    pattern: str | None
    variants: tuple[Variant, ...]
    bounds: tuple[int, int] | None
    codes: tuple[str, ...]
    code_labels: Mapping[str, Text]
    separator: str | None
    free_text: bool
    rewrites: tuple[tuple[str, str], ...]
    required: Literal["yes", "no", "conditional"]
    unknown_value: str | None
    leaves_site_as: LeavesSiteAs
    synonyms: tuple[str, ...]
    width: int
    export_name: str


@dataclass(frozen=True, slots=True)
class Example:
    """A record in a few values, and whether the rule fires on it. `today` is ISO, for rules that need it.

    For a rule over several records, `records` holds them all (`values` is the first) and `found` the numbers,
    from 1, of those on which it fires.
    """

    values: Mapping[str, str]
    fails: bool
    today: str | None = None
    records: tuple[Mapping[str, str], ...] = ()
    found: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One check, with the words a person reads when it fires.

    `required` are the fields that must be usable for the rule to speak; `optional` ones count as blank when
    they are not. With `each`, the rule looks at its fields one by one and gives a finding per field. `spoils`
    is the field that becomes unusable where the rule fires (`*`: the field looked at). `where` is the SQL
    predicate that is true where it fires (`${property}` stands for the field of an `each` rule);
    `implementation` names what finds it when a predicate cannot (over several records, or over tables), with
    its `arguments`. `depends_on` names the rules that are evaluated before this one, because they spoil a
    field that it reads. A rule of the `site` is nobody else's business: nothing of it is ever sent, and it
    stops a batch only when it is `blocking`.
    """

    id: str
    version: int
    severity: Severity
    family: str
    kind: RuleKind
    fields: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    each: bool
    spoils: str | None
    where: str | None
    implementation: str | None
    title: Text
    message: Text
    why: Text
    fix: Text
    source: Text
    arguments: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))
    depends_on: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    site: bool = False
    blocking: bool = True

    @property
    def finding_fields(self) -> tuple[str, ...]:
        """What column `field` of a finding of this rule can hold."""
        return self.fields if self.each else ("+".join(self.fields),)


@dataclass(frozen=True, slots=True)
class Derived:
    """A column of the SQL vocabulary computed from others by the expression `sql`."""

    name: str
    sql: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class Lookup:
    """Columns of the SQL vocabulary read in a reference table: null where the key is not in it.

    `key` maps key columns of the table to columns of the vocabulary; `columns` maps vocabulary names to
    columns of the table.
    """

    table: str
    key: Mapping[str, str]
    columns: Mapping[str, str]

    @property
    def name(self) -> str:
        """What tells it from the other lookups of a contract."""
        return " ".join((self.table, *self.columns))


@dataclass(frozen=True, slots=True, repr=False)
class Contract:
    """A version of a data contract.

    `sha256` is the hex digest of its file: what a batch's manifest pins. `example` is a record without a
    finding on `example_day` (ISO); the examples of the rules say in which values they differ from it.
    `record_key` names the fields that together tell a record from all others, in every extract of a site:
    what a finding and a correction call the record by; the first field when the contract does not say.
    `export_separator` is there when the contract fixes the form of its file: a header of the export names,
    the columns in the order of the fields, and this character between them.
    `limitations` is what the contract says of its own gaps.
    `base` is the contract without the site's own rules, when it has some.
    """

    id: str
    version: str
    sha256: str
    title: Text
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    derived: tuple[Derived, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    parameters: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    example_day: str = "2026-11-22"
    record_key: tuple[str, ...] = ()
    export_separator: str | None = None
    limitations: Text | None = None
    base: Contract | None = field(default=None, repr=False, compare=False)
    _fields: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _rules: Mapping[str, Rule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fields", MappingProxyType({f.name: f for f in self.fields}))
        object.__setattr__(self, "_rules", MappingProxyType({r.id: r for r in self.rules}))
        if not self.record_key:
            object.__setattr__(self, "record_key", self.field_names[:1])

    def __repr__(self) -> str:
        return f"Contract({self.id}@{self.version}, {self.sha256[:12]})"

    def field(self, name: str) -> Field:
        """The field of that name. KeyError when there is none."""
        return self._fields[name]

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id. KeyError when there is none."""
        return self._rules[rule_id]

    @property
    def field_names(self) -> tuple[str, ...]:
        """Every field name, in the order of the contract."""
        return tuple(self._fields)

    @property
    def export_names(self) -> tuple[str, ...]:
        """The header of the contract's own file, in the order of the contract."""
        return tuple(f.export_name for f in self.fields)

    @property
    def site_rules(self) -> tuple[str, ...]:
        """Ids of the rules that the site added: they stay on the site."""
        return tuple(rule.id for rule in self.rules if rule.site)

    @property
    def advisory_rules(self) -> tuple[str, ...]:
        """Ids of the rules whose findings never stop a batch, whatever their severity."""
        return tuple(rule.id for rule in self.rules if not rule.blocking)

    @property
    def identity_fields(self) -> tuple[str, ...]:
        """Fields of the zone `identity`: their values are never logged nor shown outside the grid."""
        return tuple(f.name for f in self.fields if f.zone == "identity")


def available_contracts() -> tuple[str, ...]:
    """The contracts that come with the program, as `id@version`, oldest version first."""
    return tuple(f"{path.parent.name}@{path.name.removesuffix(_SUFFIX)}" for path in _embedded())


def load_contract(reference: str | Path = "rnc-tumeurs") -> Contract:
    """The contract of an id (its newest version), of `id@version`, or of a file `.odcs.yaml`.

    A file is untrusted and is verified whole: size, aliases, ODCS models, SQL allow-list, tables,
    dependencies. The ones that come with the program are verified by its tests. Raises `ContractError`.
    """
    path = reference if isinstance(reference, Path) else _find(reference)
    return _parse(read_bounded(path), trusted=_FOLDER in path.parents)


def read_bounded(path: Path) -> bytes:
    """The bytes of a contract file, never more than `MAX_BYTES` of them. Raises `ContractError`."""
    try:
        if not path.is_file():
            raise OSError
        with path.open("rb") as stream:
            size = path.stat().st_size
            content = stream.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    except OSError as error:
        raise ContractError(
            Text("Le fichier du contrat ne peut pas être lu.", "The contract file cannot be read."),
            Text("Vérifiez son emplacement et vos droits.", "Check where it is and your permissions."),
        ) from error
    if max(size, len(content)) > MAX_BYTES:
        raise ContractError(
            Text("Le fichier du contrat dépasse 5 Mo.", "The contract file is larger than 5 MB.")
        )
    return content


@functools.lru_cache(maxsize=8)
def _parse(content: bytes, trusted: bool) -> Contract:
    from validation_rules import reading
    from validation_rules.document import parse_yaml
    from validation_rules.engine import require_engine

    root = parse_yaml(content, trusted=trusted)
    require_engine(root)
    sha256 = hashlib.sha256(content).hexdigest()
    if trusted:
        return reading.read(root, sha256)
    from validation_rules import lint

    return lint.verified(root, sha256)


def _embedded() -> Iterator[Path]:
    def key(path: Path) -> tuple[str, tuple[int, ...]]:
        version = path.name.removesuffix(_SUFFIX)
        return path.parent.name, tuple(int(part) for part in version.split(".") if part.isdigit())

    yield from sorted(_FOLDER.glob(f"*/*{_SUFFIX}"), key=key)


def _find(reference: str) -> Path:
    contract_id, _, version = reference.partition("@")
    wanted = [
        path
        for path in _embedded()
        if path.parent.name == contract_id and version in ("", path.name.removesuffix(_SUFFIX))
    ]
    if not wanted:
        raise ContractError(
            Text(
                f"Le contrat « {reference} » n’est pas connu du programme.",
                f"The contract “{reference}” is not known to the program.",
            ),
            Text(
                f"Contrats présents : {', '.join(available_contracts())}.",
                f"Contracts at hand: {', '.join(available_contracts())}.",
            ),
        )
    return wanted[-1]
