"""Predicates of a contract: SQL in the dialect of DuckDB, held to an allow-list, as Polars expressions.

A predicate can do nothing but compute on its row. It is parsed by sqlglot, every node of its tree is looked
at, and the tree is turned into an expression here: no SQL text ever reaches an engine that could open a file
with it (Polars and DuckDB both read files from SQL). What a node means is what DuckDB means by it, null
included; but TRY_CAST takes whole numbers only, where DuckDB also rounds "1.5".
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl

from validation_rules.contract import ContractError
from validation_rules.text import Text

if TYPE_CHECKING:
    from sqlglot import exp

PROPERTY = "${property}"
MAX_SQL = 4_000
MAX_NODES = 1_000
MAX_PATTERN = 300
_SHAPE = (
    "this",
    "expression",
    "expressions",
    "ifs",
    "default",
    "true",
    "low",
    "high",
    "to",
    "start",
    "length",
)
_DETAIL = ("substr", "replacement", "modifiers", "group", "quoted", "is_string", "safe", "nested")
_ARGUMENTS = frozenset((*_SHAPE, *_DETAIL, "single_replace", "null_if_pos_overflow", "ignore_nulls"))
_GROUP = re.compile(r"\\(\d)")
_CASTS: Mapping[str, Any] = MappingProxyType(
    {"SMALLINT": pl.Int16, "INT": pl.Int32, "BIGINT": pl.Int64, "VARCHAR": pl.String, "TEXT": pl.String}
)


def expression(sql: str, field: str | None = None) -> pl.Expr:
    """The Polars expression of a SQL one; `${property}` is replaced by `field`. Raises `ContractError`."""
    return _compiled(sql.replace(PROPERTY, field) if field else sql)


def names(expr: pl.Expr) -> frozenset[str]:
    """The columns that an expression reads."""
    return frozenset(expr.meta.root_names())


@functools.lru_cache(maxsize=2_048)
def _compiled(text: str) -> pl.Expr:
    tree = parse(text)
    try:
        return _expr(tree)
    except RecursionError as error:
        raise _refused(text, "il est trop profond", "it is too deep") from error


def parse(text: str) -> exp.Expr:
    """The syntax tree of one condition or expression made of allowed nodes only. Raises `ContractError`."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    if len(text) > MAX_SQL:
        raise _refused(text, "il est trop long", "it is too long")
    try:
        statements = sqlglot.parse(text, dialect="duckdb")
        nodes = [node for tree in statements if tree is not None for node in tree.walk()]
    except (SqlglotError, RecursionError) as error:
        raise _refused(text, "il ne se lit pas", "it cannot be read") from error
    if len(statements) != 1 or statements[0] is None or len(nodes) > MAX_NODES:
        raise _refused(text, "une seule condition est attendue", "a single condition is expected")
    for node in nodes:
        _check(node, text)
    return statements[0]


def _check(node: exp.Expr, text: str) -> None:
    from sqlglot import exp

    if type(node) not in _allowed() or _is_other_function(node):
        name = node.name.upper() if isinstance(node, exp.Anonymous) else node.key.upper()
        raise _refused(text, f"« {name} » n’est pas admis", f"“{name}” is not allowed")
    # A missing part, or one that the makers below would pass over in silence (BETWEEN SYMMETRIC).
    if node.error_messages() or {name for name, value in node.args.items() if value} - _ARGUMENTS:
        raise _refused(text, "il ne se lit pas", "it cannot be read")
    if isinstance(node, exp.Column) and node.table:
        raise _refused(text, f"« {node.sql()} » n’est pas connu", f"“{node.sql()}” is not known")
    if isinstance(node, exp.RegexpLike | exp.RegexpReplace | exp.RegexpExtract):
        pattern = node.expression
        if not (isinstance(pattern, exp.Literal) and pattern.is_string and len(pattern.name) <= MAX_PATTERN):
            raise _refused(
                text, "une forme est un texte de 300 signes au plus", "a pattern is a text of 300 characters"
            )


def _is_other_function(node: exp.Expr) -> bool:
    from sqlglot import exp

    if isinstance(node, exp.Anonymous):
        return str(node.name).upper() != "STRIP_ACCENTS" or len(node.expressions) != 1
    return isinstance(node, exp.DataType) and node.this.name not in _CASTS


@functools.lru_cache(maxsize=1)
def _allowed() -> frozenset[type[exp.Expr]]:
    from sqlglot import exp

    return frozenset({*_makers(), exp.If, exp.Identifier, exp.DataType})


def _refused(text: str, fr: str, en: str) -> ContractError:
    shown = text if len(text) <= 200 else text[:200] + "…"
    return ContractError(
        Text(
            f"Ce SQL du contrat n’est pas compris, {fr} : {shown}",
            f"This SQL is not understood, {en}: {shown}",
        )
    )


# From the tree to an expression. Each maker takes a node whose parts are of allowed kinds.

_Maker = Callable[[Any], pl.Expr]


def _expr(node: exp.Expr) -> pl.Expr:
    return _makers()[type(node)](node)


def _parts(node: exp.Expr) -> Iterator[pl.Expr]:
    yield _expr(node.this)
    yield from (_expr(part) for part in node.expressions)


@functools.lru_cache(maxsize=1)
def _makers() -> Mapping[type[exp.Expr], _Maker]:
    from sqlglot import exp

    def two(apply: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> _Maker:
        return lambda node: apply(_expr(node.this), _expr(node.expression))

    return MappingProxyType(
        {
            exp.And: two(operator.and_),
            exp.Or: two(operator.or_),
            exp.Not: lambda node: ~_expr(node.this),
            exp.Paren: lambda node: _expr(node.this),
            exp.EQ: two(operator.eq),
            exp.NEQ: two(operator.ne),
            exp.GT: two(operator.gt),
            exp.GTE: two(operator.ge),
            exp.LT: two(operator.lt),
            exp.LTE: two(operator.le),
            exp.NullSafeEQ: two(lambda a, b: a.eq_missing(b)),
            exp.NullSafeNEQ: two(lambda a, b: a.ne_missing(b)),
            exp.Is: _is,
            exp.In: _in,
            exp.Between: _between,
            exp.Case: _case,
            exp.Null: lambda node: pl.lit(None),
            exp.Boolean: lambda node: pl.lit(bool(node.this)),
            exp.Literal: lambda node: pl.lit(_value(node)),
            exp.Column: lambda node: pl.col(node.name),
            exp.Neg: lambda node: -_expr(node.this),
            exp.Add: two(operator.add),
            exp.Sub: two(operator.sub),
            exp.Mul: two(_times),
            exp.IntDiv: two(operator.floordiv),
            exp.Mod: two(operator.mod),
            exp.DPipe: two(lambda a, b: pl.concat_str(a, b)),
            exp.Abs: lambda node: _expr(node.this).abs(),
            exp.Least: lambda node: pl.min_horizontal(*_parts(node)),
            exp.Greatest: lambda node: pl.max_horizontal(*_parts(node)),
            exp.Coalesce: lambda node: pl.coalesce(*_parts(node)),
            exp.Nullif: _nullif,
            exp.TryCast: _cast,
            exp.Substring: _substring,
            exp.StrPosition: _position,
            exp.Contains: two(lambda a, b: a.str.contains(b, literal=True)),
            exp.StartsWith: two(lambda a, b: a.str.starts_with(b)),
            exp.Length: lambda node: _expr(node.this).str.len_chars(),
            exp.Upper: lambda node: _expr(node.this).str.to_uppercase(),
            exp.Replace: _replace,
            exp.RegexpLike: lambda node: _expr(node.this).str.contains(node.expression.name),
            exp.RegexpReplace: _regexp_replace,
            exp.RegexpExtract: _regexp_extract,
            exp.Anonymous: lambda node: _without_accents(_expr(node.expressions[0])),
        }
    )


def _value(node: exp.Expr) -> str | int:
    if node.args["is_string"]:
        return node.name
    try:
        return int(node.name)
    except ValueError as error:
        raise _refused(node.name, "un nombre entier est attendu", "a whole number is expected") from error


def _literals(nodes: list[Any]) -> list[str | int] | None:
    """The values, when every node is a literal."""
    from sqlglot import exp

    return [_value(node) for node in nodes] if all(type(node) is exp.Literal for node in nodes) else None


def _is(node: Any) -> pl.Expr:
    from sqlglot import exp

    this, other = _expr(node.this), node.expression
    return this.is_null() if isinstance(other, exp.Null) else this.eq_missing(_expr(other))


def _in(node: Any) -> pl.Expr:
    this, values = _expr(node.this), _literals(node.expressions)
    if values is not None:
        return this.is_in(values)
    return functools.reduce(operator.or_, (this == _expr(part) for part in node.expressions))


def _between(node: Any) -> pl.Expr:
    return _expr(node.this).is_between(_expr(node.args["low"]), _expr(node.args["high"]))


def _case(node: Any) -> pl.Expr:
    of, default = node.args.get("this"), node.args.get("default")
    result = pl.lit(None) if default is None else _expr(default)
    for branch in reversed(node.args["ifs"]):
        when = _expr(branch.this) if of is None else _expr(of) == _expr(branch.this)
        result = pl.when(when).then(_expr(branch.args["true"])).otherwise(result)
    return result


def _times(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    # A product of small integers may not fit their type: Polars wraps around in silence, DuckDB stops.
    return left.cast(pl.Int64) * right.cast(pl.Int64)


def _nullif(node: Any) -> pl.Expr:
    this = _expr(node.this)
    return pl.when(this.ne_missing(_expr(node.expression))).then(this)


def _cast(node: Any) -> pl.Expr:
    return _expr(node.this).cast(_CASTS[node.args["to"].this.name], strict=False)


def _substring(node: Any) -> pl.Expr:
    start, length = node.args["start"], node.args.get("length")
    first = _expr(start) - 1 if _literals([start]) is None else pl.lit(int(start.name) - 1)
    return _expr(node.this).str.slice(first, None if length is None else _expr(length))


def _position(node: Any) -> pl.Expr:
    """Place of the part, in characters from 1; 0 when it is not there."""
    this, part = _expr(node.this), _expr(node.args["substr"])
    bytes_before = this.str.find(part, literal=True)
    before = this.cast(pl.Binary).bin.slice(0, bytes_before).cast(pl.String).str.len_chars()
    there = pl.when(bytes_before.is_not_null()).then(before.cast(pl.Int64) + 1)
    return there.when(this.is_not_null() & part.is_not_null()).then(0)


def _replace(node: Any) -> pl.Expr:
    by = node.args["replacement"].name
    return _expr(node.this).str.replace_all(node.expression.name, by, literal=True)


def _regexp_replace(node: Any) -> pl.Expr:
    by = _GROUP.sub(r"${\1}", node.args["replacement"].name.replace("$", "$$"))
    this, pattern = _expr(node.this), node.expression.name
    every = node.args.get("modifiers") is not None and "g" in node.args["modifiers"].name
    return this.str.replace_all(pattern, by) if every else this.str.replace(pattern, by)


def _regexp_extract(node: Any) -> pl.Expr:
    this, group = _expr(node.this), node.args.get("group")
    found = this.str.extract(node.expression.name, 0 if group is None else int(group.name))
    return pl.when(this.is_not_null()).then(found.fill_null(""))


def _without_accents(this: pl.Expr) -> pl.Expr:
    return this.str.normalize("NFD").str.replace_all(r"\p{M}", "").str.normalize("NFC")
