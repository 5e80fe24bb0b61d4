"""Find and replace: the preview says exactly what the edit then does."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.replacing import How, Wanted, cells, chosen, judged, next_hit, plan
from validation_rules.check import Checker
from validation_rules.contract import load_contract

CONTRACT = load_contract()
FRAME = pl.DataFrame(
    {
        "row_id": pl.Series([1, 2, 3, 5, 8], dtype=pl.UInt32),
        "topographie": ["C50.9", "C50.4", "C50.9", None, "C18.0"],
        "nom_naissance": ["LE GOFF", "LEGOFF", "D$B", "A.B", None],
        "sexe": ["1", "2", "2", None, "7"],
    }
)


def changed(wanted: Wanted, positions: list[int] | None = None) -> list[tuple[int, str, str | None]]:
    where = None if positions is None else pl.Series("pos", positions, dtype=pl.UInt32)
    made = plan(FRAME, CONTRACT, wanted, where)
    edits = cells(FRAME, made.lines, where)
    assert edits.height == made.cells and edits["row_id"].n_unique() == made.rows
    return sorted(edits.rows())


def test_part_of_a_cell_whatever_the_case() -> None:
    found = changed(Wanted("c50.9", "C50.8", ("topographie", "nom_naissance")))
    assert found == [(1, "topographie", "C50.8"), (3, "topographie", "C50.8")]
    assert changed(Wanted("c50", "C51", ("topographie",), case=True)) == []


def test_marks_of_patterns_are_plain_text() -> None:
    assert changed(Wanted(".", "", ("nom_naissance",))) == [(5, "nom_naissance", "AB")]
    assert changed(Wanted("$", "$1", ("nom_naissance",))) == [(3, "nom_naissance", "D$1B")]


def test_beginning_whole_and_blank() -> None:
    assert changed(Wanted("le", "LA", ("nom_naissance",), How.BEGINNING))[0] == (
        1,
        "nom_naissance",
        "LA GOFF",
    )
    assert changed(Wanted("7", "", ("sexe",), How.WHOLE)) == [(8, "sexe", None)]
    assert changed(Wanted("", "9", ("sexe",), How.WHOLE)) == [(5, "sexe", "9")]
    assert changed(Wanted("C50", "X", ("topographie",), How.WHOLE)) == []


def test_a_pattern_may_name_its_groups() -> None:
    wanted = Wanted(r"^C(\d\d)\.(\d)$", "C$1.0", ("topographie",), How.PATTERN)
    assert [cell[2] for cell in changed(wanted)] == ["C50.0", "C50.0", "C50.0"]


def test_new_values_are_written_as_the_contract_writes_them() -> None:
    assert changed(Wanted("C18.0", " c18.1 ", ("topographie",), How.WHOLE)) == [(8, "topographie", "C18.1")]


def test_only_these_rows() -> None:
    assert [cell[0] for cell in changed(Wanted("C50.9", "C50.8", ("topographie",)), [0, 1])] == [1]


def test_a_bad_pattern_is_told_and_nothing_wanted_finds_nothing() -> None:
    with pytest.raises(AppError, match="no_pattern"):
        plan(FRAME, CONTRACT, Wanted("C50(", "", ("topographie",), How.PATTERN))
    assert plan(FRAME, CONTRACT, Wanted("", "x", ("topographie",))).cells == 0


def test_the_preview_tells_what_the_rules_will_say() -> None:
    from validation_rules.normalise import normalise

    frame = normalise(FRAME, CONTRACT)
    made = plan(frame, CONTRACT, Wanted("C50.9", "C5Z", ("topographie",)))
    ((cleared, broken),) = judged(frame, made.lines, Checker(CONTRACT, date(2026, 11, 22)))
    assert "FMT-topographie" in broken and "LAT-01" in cleared


def test_lines_can_be_left_out() -> None:
    made = plan(FRAME, CONTRACT, Wanted("C50", "C51", ("topographie",)))
    assert made.lines["old"].to_list() == ["C50.9", "C50.4"] and made.cells == 3
    assert cells(FRAME, chosen(made.lines, {0})).rows() == [(2, "topographie", "C51.4")]


def test_the_search_goes_round_once_both_ways() -> None:
    wanted = Wanted("c50", "", ("nom_naissance", "topographie"))
    order = pl.Series("pos", [4, 2, 1, 0, 3], dtype=pl.UInt32)
    ahead, here = [], (0, 0)
    for _ in range(4):
        found = next_hit(FRAME, order, wanted, here, 1)
        assert found is not None
        ahead.append(found)
        here = found
    assert ahead == [(1, 1), (2, 1), (3, 1), (1, 1)]
    assert next_hit(FRAME, order, wanted, (1, 1), -1) == (3, 1)
    assert next_hit(FRAME, order, Wanted("zz", "", ("topographie",)), (1, 0), 1) is None
    alone = Wanted("C18", "", ("topographie",))
    assert next_hit(FRAME, order, alone, (0, 0), 1) == (0, 0)


TEXTS = st.text(alphabet=st.sampled_from("aB1.$(é -"), max_size=4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXTS), min_size=1, max_size=6), TEXTS, TEXTS)
def test_replacing_a_part_is_what_python_does(values: list[str | None], find: str, by: str) -> None:
    from validation_rules.normalise import normalise

    frame = normalise(pl.DataFrame({"nom_naissance": ["Z", *values], "sexe": "1"}), CONTRACT)
    made = plan(frame, CONTRACT, Wanted(find, by, ("nom_naissance",), case=True))
    edits = cells(frame, made.lines)
    got = {row: new for row, _, new in edits.rows()}
    for row, old in frame.select("row_id", "nom_naissance").rows():
        if old is None or not find.strip() or find not in old:
            assert row not in got
        else:
            plain = pl.DataFrame({"nom_naissance": [old.replace(find, by)], "sexe": "1"})
            new = normalise(plain, CONTRACT)["nom_naissance"][0]
            assert (row in got) == (new != old) and got.get(row, new) == new


def test_a_text_longer_than_any_cell_is_refused() -> None:
    with pytest.raises(AppError, match="no_pattern"):
        plan(FRAME, CONTRACT, Wanted("é" * 1001, "", ("topographie",)))
    assert plan(FRAME, CONTRACT, Wanted("é(" * 500, "", ("topographie",))).cells == 0
