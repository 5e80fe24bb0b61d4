"""One cause, one finding: what a field that cannot be read silences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.normalise import normalise
from validation_rules.text import Text

Fires = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sexe": "A", "topographie": "C61.9", "lateralite": ""}, {"COD-sexe"}),
        ({"sexe": "2", "topographie": "C61"}, {"FMT-topographie"}),
        ({"sexe": "2", "topographie": "C61.7"}, {"ICO-01"}),
        ({"grade": "6", "morphologie": "8999"}, {"ICO-02"}),
        ({"grade": "", "comportement": "8"}, {"COD-comportement"}),
        ({"date_incidence": "1949-02-30"}, {"DAT-09"}),
        ({"date_dernieres_nouvelles": "2O21"}, {"FMT-date_dernieres_nouvelles"}),
        ({"date_dernieres_nouvelles": "2021-02-30"}, {"DAT-09"}),
        ({"topographie": "C99.9", "edition_cimo": "10"}, {"COD-edition_cimo", "SIT-01"}),
        ({"oid_ins": "1.2."}, {"FMT-oid_ins"}),
        ({"sources": "ACP+XX"}, {"COD-sources"}),
        ({"age_incidence": "142"}, {"FMT-age_incidence"}),
    ],
)
def test_a_field_that_cannot_be_read_silences_the_rest(
    fired: Fires, change: dict[str, str], expected: set[str]
) -> None:
    assert fired(**change) == expected


@pytest.mark.parametrize(
    ("edition", "morphology", "bad"),
    [
        ("3.2", "81403", True),
        ("3.2", "8140", False),
        ("4", "8140", True),
        ("4", "81403", False),
        ("4", "8140A", False),
        ("4", "8140-", True),
        ("10", "8140A", False),
        ("", "8140A", False),
        ("", "814", True),
    ],
)
def test_form_of_morphology_follows_the_edition(
    fired: Fires, edition: str, morphology: str, bad: bool
) -> None:
    found = fired(edition_cimo=edition, morphologie=morphology, date_incidence="2024-01-15", age_incidence="")
    assert ("FMT-morphologie" in found) is bad


def test_unusable_optional_field_counts_as_blank(fired: Fires) -> None:
    assert "AGE-02" not in fired(morphologie="8960", date_naissance="1950-02-30", age_incidence="142")
    assert "AGE-02" in fired(morphologie="8960", date_naissance="1950-02-30", age_incidence="70")


def test_the_example_record_has_no_finding(fired: Fires) -> None:
    assert fired() == set()


def test_dates_one_by_one_give_a_finding_each(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    frame = records({"date_dernieres_nouvelles": "2030", "date_enregistrement": "2031-01-01"})
    found = checker.check(frame).select("rule_id", "field", "value").cast(pl.String).rows()
    assert found == [
        ("DAT-03", "date_dernieres_nouvelles", "2030"),
        ("DAT-03", "date_enregistrement", "2031-01-01"),
        ("TIM-01", "date_enregistrement+date_incidence", "2031-01-01 / 2020-06-15"),
    ]


def test_the_day_of_the_check_decides(contract: Contract, records: Callable[..., pl.DataFrame]) -> None:
    frame = records({"date_dernieres_nouvelles": "2028-02-29"})
    late = Checker(contract, date(2028, 2, 29)).check(frame)
    early = Checker(contract, date(2028, 2, 28)).check(frame)
    assert (late.height, early.height) == (0, 1)


def test_every_occurrence_of_a_repeated_tumour_is_reported(
    checker: Checker, records: Callable[..., pl.DataFrame]
) -> None:
    same = {"numero_patient": "A"}
    frame = records(same, {"numero_patient": "a"}, same, {"numero_patient": ""}, {"numero_patient": ""})
    found = checker.check(frame).filter(pl.col("rule_id") == "KEY-01")
    assert found.get_column("row_id").to_list() == [1, 3]
    assert found.get_column("value").to_list() == ["A / 1", "A / 1"]


def test_blank_rows_are_no_records_but_are_counted(contract: Contract, checker: Checker) -> None:
    frame = pl.DataFrame({"numero_patient": [None, "P1"], "sexe": [" ", "7"]})
    found = checker.check(normalise(frame, contract))
    assert set(found.get_column("row_id")) == {2}
    assert found.filter(pl.col("rule_id") == "COD-sexe").height == 1


def test_findings_are_sorted_and_typed(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    found = checker.check(records(*({"sexe": "A", "topographie": "x", "grade": "0"} for _ in range(3))))
    assert found.columns == ["row_id", "field", "rule_id", "severity", "value"]
    keys = [(row[0], str(row[2]), str(row[1])) for row in found.rows()]
    assert keys == sorted(keys) and found.schema["row_id"] == pl.UInt32
    assert checker.check(records({})).schema == found.schema


def test_progress_is_told_and_can_stop(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    told: list[tuple[int, int | None]] = []

    def tell(done: int, total: int | None, what: Text) -> None:
        told.append((done, total))
        assert what.fr and what.en

    def stop(done: int, total: int | None, what: Text) -> None:
        raise KeyboardInterrupt

    checker.check(records({}), tell)
    assert told == sorted(told) and told[-1][0] == told[-1][1]
    with pytest.raises(KeyboardInterrupt):
        checker.check(records({}), stop)


def test_many_rows_give_what_few_give(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    few = records(
        {"sexe": "1", "topographie": "C53.9"}, {"topographie": "C99.9"}, {"date_naissance": "1950-02-30"}
    )
    times = 2_000
    many = pl.concat([few] * times).with_columns(
        row_id=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
        numero_patient=pl.int_range(pl.len()).cast(pl.String),
        date_naissance=pl.col("date_naissance").replace("1950-03-12", "1950-03"),
        age_incidence=pl.lit(None, pl.String),
    )
    counts = checker.check(many).group_by("rule_id").len().sort("rule_id").rows()
    assert counts == [
        (r, n * times) for r, n in checker.check(few).group_by("rule_id").len().sort("rule_id").rows()
    ]
