"""A file checked in batches gives the findings of the same file checked in memory, to the byte."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.cli.findings_output import TABLE_ROWS, Format, Verdict, shown, verdict, written
from desktop_app.cli.speech import language
from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import open_extract, open_stream
from desktop_app.core.flow import mapped_through
from desktop_app.core.in_batches import KEY_BUDGET, BatchFindings, Plan, check_guessing, check_in_batches
from desktop_app.core.mapping import Recipe, draft_recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.spool import IN_MEMORY, Spool
from desktop_app.core.stages import ImportOptions
from validation_rules.across import for_records_only
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.text import Text

DAY = date(2026, 11, 22)
# The rules over several records, what spoils the fields that they read, and some others.
WHOLE_CONTRACT = load_contract()
_NEEDED = {rule.id for rule in for_records_only(WHOLE_CONTRACT).rules} | {
    "DAT-01",
    "COD-sexe",
    "REQ-base_diagnostic",
}
CONTRACT = replace(
    WHOLE_CONTRACT,
    rules=tuple(
        replace(rule, depends_on=tuple(other for other in rule.depends_on if other in _NEEDED))
        for rule in WHOLE_CONTRACT.rules
        if rule.id in _NEEDED
    ),
)
FIELDS = CONTRACT.field_names
# Few numbers and few persons, so that groups spread over batches; values that spoil a field; odd characters.
CELLS: dict[str, list[str]] = {
    "numero_patient": ["P1", "P2", "P3", "p1 ", "", "§§"],
    "numero_tumeur": ["1", "2", "01", "x"],
    "matricule_ins": ["", "185057800608491", "1850578006084", "285057800608436"],
    "nom_naissance": ["Martin", "MARTIN", "Lefèvre", 'dit "Le Gall"', "D;E", "A\nB", ""],
    "prenoms": ["Zoé", "Zoe Marie", "Jean-Pierre"],
    "date_naissance": ["1960-05-04", "1960", "1961-01-01", "1960-13-01"],
    "sexe": ["1", "2", "9", "8"],
    "topographie": ["C50.4", "C50.9", "C61.9", "C99.9"],
    "morphologie": ["8500", "8140", "9999"],
    "comportement": ["3", "2", "7"],
    "date_incidence": ["2024-02-03", "2024-03", "2031-01-01", "1950-01-01"],
    "lateralite": ["1", "2", ""],
}
RECORD = st.fixed_dictionaries({}, optional={name: st.sampled_from(cells) for name, cells in CELLS.items()})
LINE: st.SearchStrategy[list[str]] = st.one_of(
    RECORD.map(lambda cells: [({**CONTRACT.example, **cells}).get(name, "") for name in FIELDS]),
    st.just([]),  # a blank line
    st.just([""] * len(FIELDS)),
    RECORD.map(lambda cells: list(cells.values())),  # too few cells
    RECORD.map(lambda cells: [*CONTRACT.example.values(), *["more"] * 40, *cells.values()]),
)
FILES = st.lists(LINE, min_size=1, max_size=12)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16-le"])


def text(lines: list[list[str]], separator: str = ";") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows([list(FIELDS), *lines])
    return stream.getvalue()


def plan(recipe: Recipe, identities: bool = True, budget: int = KEY_BUDGET, most: int | None = None) -> Plan:
    hide = partial(shown, CONTRACT, show_identities=identities)
    more = CONTRACT.record_key if identities else ()
    return Plan(recipe, CONTRACT, DAY, hide, more, budget, most, language())


def in_memory(path: Path, options: ImportOptions | None, form: Format, identities: bool = True) -> str:
    extract = open_extract(path, options)
    mapped = mapped_through(extract, draft_recipe(extract, CONTRACT).recipe, CONTRACT)
    findings = Checker(CONTRACT, DAY).check(mapped.frame)
    # What many findings share is told of a whole batch only.
    whole = replace(verdict(CONTRACT, mapped, findings, show_identities=identities), causes=())
    return "".join(written(whole, form))


def in_parts(
    path: Path,
    options: ImportOptions | None,
    form: Format,
    rows: int,
    piece: int = 8 << 20,
    budget: int = KEY_BUDGET,
    held: int = IN_MEMORY,
    identities: bool = True,
    progress: Progress = silent,
) -> str:
    stream = open_stream(path, options, rows)
    stream.piece = piece
    most = TABLE_ROWS if form == "table" else None
    with Spool(path.parent, held) as spool:
        planned = partial(plan, identities=identities, budget=budget, most=most)
        found = check_guessing(stream, CONTRACT, planned, spool, progress)[1]
        return "".join(written(result_of(path, found), form))


def result_of(path: Path, found: BatchFindings) -> Verdict:
    return Verdict(CONTRACT, path.name, found.rows, found.counts, partial(found.parts, silent))


def outcome(check: partial[str]) -> str:
    try:
        return check()
    except AppError as error:
        return error.code


@settings(max_examples=6, deadline=None)
@given(
    lines=FILES,
    encoding=ENCODINGS,
    guessed=st.booleans(),
    rows=st.integers(2, 9),
    piece=st.integers(20, 3000),
    budget=st.sampled_from([KEY_BUDGET, 8_000]),
)
def test_any_batches_give_the_bytes_of_the_whole(
    lines: list[list[str]], encoding: str, guessed: bool, rows: int, piece: int, budget: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(text(lines).encode(encoding, "replace"))
        options = None if guessed else ImportOptions("delimited", encoding, ";")
        whole = outcome(partial(in_memory, path, options, "csv"))
        assert outcome(partial(in_parts, path, options, "csv", rows, piece, budget, held=2_000)) == whole


LINES = [
    [({**CONTRACT.example, **cells}).get(name, "") for name in FIELDS]
    for cells in (
        {
            "numero_patient": f"P{n % 7}",
            "numero_tumeur": str(n % 3),
            "sexe": str(n % 4),
            "prenoms": f'A "{n}"',
        }
        for n in range(60)
    )
]
FORMS: tuple[Format, ...] = ("csv", "json", "sarif", "table")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(text(LINES), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("identities", [True, False])
def test_every_format_is_the_same_text(file: Path, form: Format, identities: bool) -> None:
    whole = in_memory(file, None, form, identities)
    assert whole.count("KEY-01") >= 40
    assert in_parts(file, None, form, 7, 500, held=0, identities=identities) == whole


def test_keys_that_do_not_fit_are_checked_share_after_share(file: Path) -> None:
    passes: list[str] = []
    stream = open_stream(file, None, 9)

    def told(done: int, total: int | None, what: Text) -> None:
        if done == 0:
            passes.append(what.en)

    recipe = draft_recipe(open_extract(file), CONTRACT).recipe
    with Spool(file.parent) as spool:
        found = check_in_batches(stream, plan(recipe, budget=8_000), spool, told)
        whole = "".join(written(result_of(file, found), "csv"))
    assert sum("one more pass" in name for name in passes) >= 1
    assert whole == in_memory(file, None, "csv")


def test_more_records_under_one_key_than_memory_holds_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    same = [[({**CONTRACT.example, "numero_patient": "P1"}).get(name, "") for name in FIELDS]] * 3_000
    path.write_text(text(same), encoding="utf-8")
    with pytest.raises(AppError) as refusal:
        in_parts(path, None, "csv", 500, budget=60_000)
    assert refusal.value.code == "check.one_key"
    assert "P1" not in refusal.value.sentence("fr")


def test_a_file_that_changes_between_two_passes_is_refused(file: Path) -> None:
    def touch(done: int, total: int | None, what: Text) -> None:
        if "one more pass" in what.en and done == 0:
            file.write_text(text([*LINES[1:], LINES[0]]), encoding="utf-8")

    recipe = draft_recipe(open_extract(file), CONTRACT).recipe
    with Spool(file.parent) as spool, pytest.raises(AppError) as refusal:
        check_in_batches(open_stream(file, None, 9), plan(recipe, budget=8_000), spool, touch)
    assert refusal.value.code == "file-changed"


def test_a_cancel_is_heard_and_leaves_nothing(file: Path) -> None:
    def stop(done: int, total: int | None, what: Text) -> None:
        if done and "batches" in what.en:
            raise Cancelled

    with pytest.raises(Cancelled):
        in_parts(file, None, "csv", 7, 500, held=0, progress=stop)
    assert [item.name for item in file.parent.iterdir()] == ["a.csv"]


def test_findings_that_show_identities_have_nowhere_to_wait_but_the_output(file: Path) -> None:
    recipe = draft_recipe(open_extract(file), CONTRACT).recipe
    with Spool(None, 100) as spool, pytest.raises(AppError) as refusal:
        check_in_batches(open_stream(file, None, 9), plan(recipe), spool)
    assert refusal.value.code == "findings.nowhere"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    from desktop_app.core.errors import cannot_write

    with pytest.raises(OSError) as failure, open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123
        full.write(b"x")
    assert cannot_write(failure.value, "a.csv").code == "write.disk_full"


def test_nothing_mapped_is_refused_as_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    assert outcome(partial(in_parts, path, None, "csv", 5)) == "flow.nothing_mapped"
