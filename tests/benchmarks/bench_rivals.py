"""Twelve simple rules on 1,000,000 rows: ours, dataframely, pointblank, pandera on Polars, pandera on pandas.

Run: .venv/bin/python tests/benchmarks/bench_rivals.py [rows] [--ascii] [--often]

The rules are those of rnc-tumeurs: two values required, four forms, three code lists, a range, a unique
key, the order of two dates. The forms are the contract's own patterns, letter for letter. Two are of names
("a letter of any alphabet, up to a hundred times"), costly to whoever runs them as they stand; `--ascii`
takes two patterns of digits in their place. `--often` makes each rule fail in a row of 100, not of 1,000.
Each tool runs in a process of its own, on the same invented
rows, in the way its documentation recommends for a frame in memory; it must count the same failing rows,
rule by rule, and know which they are. Building and reading the frame is not counted; the best of three runs
is. The rivals get the age as a number, ours a text. "By hand" is no tool: it tells what the engine below most
of them takes for the twelve expressions alone. The last two columns compare processor time.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from validation_rules.check import Checker  # noqa: E402
from validation_rules.contract import load_contract  # noqa: E402
from validation_rules.normalise import normalise  # noqa: E402

CONTRACT = load_contract("rnc-tumeurs@1.0.0")
FIELDS = CONTRACT.field_names
RUNS = 3
SEX, BEHAVIOUR, BASIS = ["1", "2", "3", "9"], ["0", "1", "2", "3", "6", "9"], list("012456789")
REQUIRED = ("numero_patient", "date_incidence")
FORMS = ["date_naissance", "topographie"]
FORMS += ["matricule_ins", "date_incidence"] if "--ascii" in sys.argv else ["nom_naissance", "prenoms"]
PATTERNS = {name: str(CONTRACT.field(name).pattern) for name in FORMS}
FLAGS = [argument for argument in sys.argv[1:] if argument in ("--ascii", "--often")]
EVERY = 100 if "--often" in FLAGS else 1000
KEY = ["numero_patient", "numero_tumeur"]
Counts = dict[str, int]
Run = Callable[[], Counts]


def invented(rows: int) -> pl.DataFrame:
    """The 48 columns of rnc-tumeurs, as texts. Each rule fails in one row of `EVERY`, the key in two."""
    n = pl.int_range(rows, dtype=pl.UInt32)
    syllables = [a + b + c for a in "BDLMPRT" for b in "aeéiou" for c in ("", "n", "r")]
    parts = itertools.product(("", "DU", "LE ", "D'", "VAN ", "T-"), syllables, syllables)
    surnames = ["".join(part) for part in parts]

    def but(fault: int, bad: str | None, value: pl.Expr) -> pl.Expr:
        return pl.when(n % EVERY == fault).then(pl.lit(bad, dtype=pl.String)).otherwise(value)

    def pick(values: list[str]) -> pl.Expr:
        return pl.lit(pl.Series(values)).gather((n.cast(pl.UInt64) * 2_654_435_761 // 7) % len(values))

    born = pl.date(1925, 1, 1) + pl.duration(days=(n * 7_919) % 14_000)
    found = pl.date(2010, 1, 1) + pl.duration(days=(n * 104_729) % 5_500)
    number = (n.cast(pl.UInt64) * 48_271 % 10**12).cast(pl.String).str.zfill(12)
    # Row 9 of each `EVERY` repeats the key of row 8.
    patient = pl.lit("P") + (n - (n % EVERY == 9).cast(pl.UInt32)).cast(pl.String).str.zfill(8)
    incidence = but(10, "1901-01-01", found.dt.to_string("%Y-%m-%d"))
    cells = {
        **{name: pl.lit(CONTRACT.example.get(name), dtype=pl.String) for name in FIELDS},
        "numero_patient": but(0, None, patient),
        "numero_tumeur": pl.when(n % EVERY == 0).then(n.cast(pl.String)).otherwise(pl.lit("1")),
        "matricule_ins": but(4, "12", pl.lit("2") + number),
        "nom_naissance": but(13, "DUPONT_", pick(surnames)),
        "prenoms": but(14, "ANNE_", pick(surnames[::7])),
        "date_incidence": but(1, None, but(11, "vers 2015", incidence)),
        "date_naissance": but(2, "12 mars 1950", born.dt.to_string("%Y-%m-%d")),
        "topographie": but(3, "C5", pick(["C61.9", "C50.4", "C34.1", "C18.7"])),
        "sexe": but(5, "F", pick(["1", "2"])),
        "comportement": but(6, "X", pick(BEHAVIOUR)),
        "base_diagnostic": but(7, "3", pick(BASIS)),
        "age_incidence": but(12, "130", (n % 100).cast(pl.String)),
    }
    return pl.select(value.alias(name) for name, value in cells.items())


def ours(frame: pl.DataFrame, *, normalised: bool) -> Run:
    """Rules of rnc-tumeurs, and two predicates: `Checker` on normalised records, or all from raw text."""
    names = [*(f"REQ-{name}" for name in REQUIRED), *(f"FMT-{name}" for name in FORMS), "FMT-age_incidence"]
    names += ["COD-sexe", "COD-comportement", "COD-base_diagnostic", "KEY-01"]
    rules = [replace(CONTRACT.rule(name), depends_on=()) for name in names]
    dates = ("date_naissance", "date_incidence")
    order = "date_incidence < date_naissance"
    rules.append(replace(CONTRACT.rule("DAT-01"), depends_on=(), where=order, fields=dates, required=dates))
    contract = replace(CONTRACT, rules=tuple(rules), derived=(), lookups=())
    checker = Checker(contract, date(2026, 11, 22))
    records = normalise(frame, contract) if normalised else frame

    def run() -> Counts:
        findings = checker.check(records if normalised else normalise(records, contract))
        counted = findings.group_by(pl.col("rule_id").cast(pl.String)).len()
        return dict(counted.iter_rows())

    return run


def by_hand(frame: pl.DataFrame) -> Run:
    """No tool: one query of Polars that gives the failing rows of each rule. Names by a pattern that says the
    same as the contract's, forty times faster."""

    def fails(name: str, pattern: str) -> pl.Expr:
        short = pl.lit(value=True)
        if pattern.endswith("{1,100}$"):
            pattern, short = pattern.replace("{1,100}$", "+$"), pl.col(name).str.len_chars() <= 100
        return ~(pl.col(name).str.contains(pattern) & short)

    key = pl.struct(KEY)
    rules = {
        **{f"{name} missing": pl.col(name).is_null() for name in REQUIRED},
        **{f"{name} form": fails(name, pattern) for name, pattern in PATTERNS.items()},
        "sexe": ~pl.col("sexe").is_in(SEX),
        "comportement": ~pl.col("comportement").is_in(BEHAVIOUR),
        "base_diagnostic": ~pl.col("base_diagnostic").is_in(BASIS),
        "age_incidence": ~pl.col("age_incidence").is_between(0, 121),
        "key": key.is_duplicated() & pl.all_horizontal(pl.col(KEY).is_not_null()),
        "order": pl.col("date_incidence") < pl.col("date_naissance"),
    }

    def run() -> Counts:
        rows = frame.select(fails.arg_true().implode().alias(name) for name, fails in rules.items())
        return {name: rows.get_column(name)[0].len() for name in rules}

    return run


def in_dataframely(frame: pl.DataFrame) -> Run:
    """`Schema.filter`: the failing rows and which rules each breaks."""
    import dataframely as dy

    def text(name: str, **checks: Any) -> Any:
        return dy.String(nullable=name not in REQUIRED, regex=PATTERNS.get(name), **checks)

    checked = {
        "sexe": text("sexe", check=lambda c: c.is_in(SEX)),
        "comportement": text("comportement", check=lambda c: c.is_in(BEHAVIOUR)),
        "base_diagnostic": text("base_diagnostic", check=lambda c: c.is_in(BASIS)),
        "age_incidence": dy.Int16(nullable=True, min=0, max=121),
        "key": dy.rule()(lambda cls: pl.struct(KEY).is_unique()),
        "order": dy.rule()(lambda cls: pl.col("date_incidence") >= pl.col("date_naissance")),
    }
    members: dict[str, Any] = {name: text(name) for name in frame.columns} | checked
    Tumours: Any = type("Tumours", (dy.Schema,), members)  # noqa: N806

    def run() -> Counts:
        _, failure = Tumours.filter(frame)
        assert failure.invalid().height
        return dict(failure.counts())

    return run


def in_pointblank(frame: pl.DataFrame) -> Run:
    """`interrogate`, with every failing row extracted."""
    import pointblank as pb  # type: ignore[import-untyped]

    order = (pl.col("date_incidence") >= pl.col("date_naissance")).fill_null(value=True)

    def run() -> Counts:
        validation = pb.Validate(frame).col_vals_not_null(list(REQUIRED))
        for name, pattern in PATTERNS.items():
            validation = validation.col_vals_regex(name, pattern, na_pass=True)
        validation = (
            validation.col_vals_in_set("sexe", SEX)
            .col_vals_in_set("comportement", BEHAVIOUR)
            .col_vals_in_set("base_diagnostic", BASIS)
            .col_vals_between("age_incidence", 0, 121, na_pass=True)
            .rows_distinct(KEY)
            .col_vals_expr(order)
            .interrogate(extract_limit=frame.height)
        )
        failed = validation.n_failed()
        assert isinstance(failed, dict)
        return {str(step): int(count) for step, count in failed.items()}

    return run


def in_pandera(frame: Any, pa: Any, text: Any, number: Any, order: Any) -> Run:
    """A schema with built-in checks, `lazy=True` for every failure case. Two frames, one schema."""
    from pandera.errors import SchemaErrors

    def column(name: str, *checks: Any, of: Any = text) -> Any:
        form = [pa.Check.str_matches(PATTERNS[name])] if name in PATTERNS else []
        return pa.Column(of, checks=[*form, *checks], nullable=name not in REQUIRED)

    schema = pa.DataFrameSchema(
        {
            **{name: column(name) for name in FIELDS},
            "sexe": column("sexe", pa.Check.isin(SEX)),
            "comportement": column("comportement", pa.Check.isin(BEHAVIOUR)),
            "base_diagnostic": column("base_diagnostic", pa.Check.isin(BASIS)),
            "age_incidence": column("age_incidence", pa.Check.in_range(0, 121), of=number),
        },
        checks=[pa.Check(order, name="order")],
        unique=KEY,
    )

    def run() -> Counts:
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases
            columns = [cases["column"].to_list(), cases["check"].to_list()]
            index = cases["index"].to_list()
        seen: dict[str, set[int]] = {}
        for of, check, row in zip(*columns, index, strict=True):
            alone = check in ("order", "multiple_fields_uniqueness")
            seen.setdefault(check if alone else f"{of} {check}", set()).add(row)
        return {name: len(rows) for name, rows in seen.items()}

    return run


def in_pandera_polars(frame: pl.DataFrame) -> Run:
    """pandera on an eager frame of Polars: on a lazy one it checks no data."""
    import pandera.polars as pa

    right = pl.col("date_incidence") >= pl.col("date_naissance")
    return in_pandera(frame, pa, pl.String, pl.Int16, lambda data: data.lazyframe.select(right))


def in_pandera_pandas(frame: pl.DataFrame) -> Run:
    """pandera on pandas, in the text type that pandas chooses."""
    import pandas as pd  # type: ignore[import-untyped]
    import pandera.pandas as pa

    columns = frame.to_dict(as_series=False)
    table = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    table["age_incidence"] = pd.Series(columns["age_incidence"], dtype="int16")

    def order(table: Any) -> Any:
        return ~(table["date_incidence"] < table["date_naissance"])

    return in_pandera(table, pa, table["sexe"].dtype, "int16", order)


TOOLS: dict[str, Callable[[pl.DataFrame], Run]] = {
    "Checker": lambda frame: ours(frame, normalised=True),
    "normalise + Checker": lambda frame: ours(frame, normalised=False),
    "by hand, Polars": by_hand,
    "dataframely": in_dataframely,
    "pointblank": in_pointblank,
    "pandera, Polars": in_pandera_polars,
    "pandera, pandas": in_pandera_pandas,
}


def measure(tool: str, rows: int) -> None:
    """Runs one tool in this process, alone, and prints its figures as JSON."""
    frame = invented(rows)
    if "Checker" not in tool:
        frame = frame.with_columns(pl.col("age_incidence").cast(pl.Int16))
    run = TOOLS[tool](frame)
    before = _peak()
    laps: list[tuple[float, float]] = []
    counts: Counts = {}
    for _ in range(RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        counts = run()
        laps.append((time.perf_counter() - wall, time.process_time() - processor))
    best = min(laps)
    figures = {"wall": best[0], "cpu": best[1], "before": before, "peak": _peak(), "counts": counts}
    sys.stdout.write(json.dumps(figures))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Each tool in a fresh process; then the table, and whether all counted the same."""
    if sys.argv[1:2] == ["--tool"]:
        measure(sys.argv[2], int(sys.argv[3]))
        return
    rows = int(next((a for a in sys.argv[1:] if a.isdigit()), "1000000"))
    results = {}
    for tool in TOOLS:
        command = [sys.executable, __file__, "--tool", tool, str(rows), *FLAGS]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        results[tool] = json.loads(done.stdout)
    forms = "forms of digits in place of names" if "--ascii" in FLAGS else "the contract's own forms"
    print(
        f"12 rules, {forms}; {rows:,} rows x {len(FIELDS)} in memory; best of {RUNS} runs, reading excluded"
    )
    print(f"{'':22}{'wall':>9}{'cpu':>9}{'peak':>10}{'/ Checker':>10}{'/ all':>10}")
    checker, everything = results["Checker"]["cpu"], results["normalise + Checker"]["cpu"]
    for tool, r in results.items():
        ratios = f"{r['cpu'] / checker:10.1f}{r['cpu'] / everything:10.1f}"
        print(f"{tool:22}{r['wall']:7.3f} s{r['cpu']:7.3f} s{r['peak']:7,.0f} MB{ratios}")
    counts = {tool: sorted(r["counts"].values()) for tool, r in results.items()}
    for tool, counted in counts.items():
        found = [count for count in counted if count]
        if found != counts["Checker"]:
            raise SystemExit(f"{tool} counts other rows: {results[tool]['counts']}, not {counts['Checker']}")
    print(f"each rule fails alike in every tool: {counts['Checker']}")


if __name__ == "__main__":
    main()
