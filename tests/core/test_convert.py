"""From the tumour contract to the incidence file of the European call, value by value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.convert import (
    Conversion,
    Converter,
    departments,
    keyed,
    numbered,
    read_key,
    read_territories,
    specification,
    targets,
)
from desktop_app.core.errors import AppError, Cancelled
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise
from validation_rules.text import Text

TODAY = date(2026, 11, 22)
SOURCE, TARGET = load_contract("rnc-tumeurs"), load_contract("encr-incidence")
KEY = bytes(range(32))
FULL = {
    "numero_patient": "P77", "numero_tumeur": "1", "nom_naissance": "ZQXW", "prenoms": "ANNE", "sexe": "2",
    "date_naissance": "1950-03-12", "commune_residence": "69123", "date_incidence": "2020-06-15",
    "topographie": "C50.4", "morphologie": "8500", "comportement": "3", "edition_cimo": "3.2",
    "base_diagnostic": "7", "lateralite": "1", "grade": "2", "statut_vital": "2",
    "date_dernieres_nouvelles": "2024-02-29", "cause_deces": "C50.91", "edition_tnm": "8", "ct": "cT2(m)",
    "cn": "N1a", "cm": "0", "pt": "ypT1c", "pn": "pN0(i+)", "systeme_stade": "cS", "stade": "2",
    "chirurgie": "3", "radiotherapie": "2", "chimiotherapie": "4", "hormonotherapie": "1",
    "sources": "ACP+PMSI",
}  # fmt: skip


def converted(*rows: dict[str, str], every_behaviour: bool = False, key: bytes = KEY) -> Conversion:
    frame = normalise(pl.DataFrame(list(rows), schema=dict.fromkeys(SOURCE.field_names, pl.String)), SOURCE)
    findings = Checker(SOURCE, TODAY).check(frame)
    how = specification("encr-incidence")
    work = Converter(SOURCE, TARGET, how, keyed(key), departments(), TODAY, every_behaviour=every_behaviour)
    return work.convert(frame, findings)


def values(*rows: dict[str, str]) -> dict[str, str | None]:
    result = converted(*rows)
    assert result.left_out == () and result.written == len(rows)
    return result.frame.row(0, named=True)


def losses(result: Conversion) -> dict[str, int]:
    ids = {told.text: told.id for told in specification("encr-incidence").losses}
    return {ids[text]: count for text, count in result.losses}


def test_a_full_record_by_hand() -> None:
    row = values(FULL)
    assert len(str(row.pop("pat"))) == len(str(row.pop("tum"))) == 15
    assert row == {
        "row_id": 1, "mob": "03", "yob": "1950", "age": "70", "sex": "2", "geo_code": "69",
        "geo_label": "Rhône", "moi": "06", "yoi": "2020", "bod": "7", "topo": "C504", "morpho": "8500",
        "beh": "3", "grade": "2", "autopsy": "9", "vit_stat": "2", "mof": "02", "yof": "2024",
        "surv_time": "1354", "icd": "10", "cod": "C509", "tnm_ed": "8", "ct": "2", "cn": "1a", "cm": "0",
        "pt": "y1c", "pn": "0i+", "pm": None, "tos": "cS", "stage": "2", "surgery": "3", "rt": "2",
        "cht": "4", "tt": "9", "it": "9", "ht": "1", "ot": "9", "sct": "9",
    }  # fmt: skip
    assert (date(2024, 2, 29) - date(2020, 6, 15)).days == 1354


def test_partial_dates_and_unknown_values_by_hand() -> None:
    partial = FULL | {
        "date_naissance": "1950", "age_incidence": "69", "date_incidence": "2020-06", "cause_deces": "",
        "date_dernieres_nouvelles": "2021", "edition_tnm": "", "ct": "", "cn": "", "cm": "", "pt": "",
        "pn": "", "stade": "", "systeme_stade": "", "commune_residence": "99999", "grade": "",
    }  # fmt: skip
    row = values(partial)
    assert {name: row[name] for name in ("mob", "yob", "age", "moi", "yoi", "mof", "yof", "surv_time")} == {
        "mob": "99", "yob": "1950", "age": "69", "moi": "06", "yoi": "2020", "mof": "99", "yof": "2021",
        "surv_time": "99999",
    }  # fmt: skip
    assert (row["icd"], row["cod"], row["tnm_ed"], row["tos"], row["stage"]) == ("99", "R99", None, "9", "9")
    assert (row["geo_code"], row["geo_label"], row["grade"]) == (None, None, "9")
    assert losses(converted(partial)) == {
        "birth_month": 1, "survival": 1, "cause_unknown": 1, "side": 1, "area": 1,
    }  # fmt: skip


def test_no_last_news_and_overseas_by_hand() -> None:
    row = values(
        FULL
        | {
            "statut_vital": "9",
            "date_dernieres_nouvelles": "",
            "cause_deces": "",
            "commune_residence": "97411",
        }
    )
    assert (row["vit_stat"], row["mof"], row["yof"], row["surv_time"]) == ("9", "99", "9999", "99999")
    assert (row["icd"], row["cod"], row["geo_code"], row["geo_label"]) == (None, None, "974", "La Réunion")


@pytest.mark.parametrize(
    ("basis", "year", "written"), [("6", "2020", "6"), ("7.1", "2024", "7"), ("8", "2024", "8")]
)
def test_basis_follows_the_list_of_its_year(basis: str, year: str, written: str) -> None:
    row = FULL | {"base_diagnostic": basis, "date_incidence": f"{year}-01-15", "date_naissance": "1950-03-12",
                  "date_dernieres_nouvelles": "2025-01-01"}  # fmt: skip
    result = converted(row)
    assert result.frame["bod"].to_list() == [written]
    assert losses(result).get("basis", 0) == (1 if basis == "7.1" else 0)


def test_what_is_lost_is_counted_on_written_rows_only() -> None:
    faulty = FULL | {"numero_patient": "P2", "sexe": "1", "topographie": "C53.9", "lateralite": "0"}
    result = converted(FULL, faulty)
    assert (result.read, result.written) == (2, 1)
    assert [(item.rule_id, item.rows) for item in result.left_out] == [("SEX-01", (2,))]
    assert losses(result) == {"cause": 1, "tnm": 1, "side": 1}


def test_which_behaviours_go() -> None:
    rows = [
        FULL | {"numero_patient": f"P{n}", "comportement": beh, "topographie": site, "morphologie": morpho,
                "grade": "", "lateralite": "", "ct": "", "pt": "", "stade": "", "systeme_stade": ""}
        for n, (beh, site, morpho) in enumerate(
            [("0", "C50.4", "8500"), ("1", "C67.2", "8130"), ("0", "C71.1", "9400"), ("2", "C50.4", "8500"),
             ("6", "C50.4", "8500"), ("0", "C75.1", "8272")]
        )
    ]  # fmt: skip
    result = converted(*rows)
    left = {row: item.rule_id for item in result.left_out for row in item.rows}
    assert left == {1: "", 5: "ICO-05"}
    assert converted(rows[0], every_behaviour=True).written == 1


def test_the_target_s_own_errors_are_left_out_too() -> None:
    alive = FULL | {"base_diagnostic": "0", "statut_vital": "1", "cause_deces": "", "grade": "9", "pt": "",
                    "morphologie": "8000", "sources": "DC"}  # fmt: skip
    result = converted(alive)
    assert result.written == 0
    assert {item.rule_id for item in result.left_out} & {"JE-15A", "BAS-03"}


def test_what_is_written_is_read_back_without_an_error() -> None:
    result = converted(FULL, FULL | {"numero_tumeur": "2", "topographie": "C34.1"})
    text = "".join(result.lines())
    header, *lines = text.splitlines()
    assert header == ";".join(TARGET.export_names) and len(lines) == 2
    names = dict(zip(TARGET.export_names, TARGET.field_names, strict=True))
    again = pl.read_csv(text.encode(), separator=";", infer_schema=False).rename(names)
    found = Checker(TARGET, TODAY).check(normalise(again, TARGET))
    assert found.filter(pl.col("severity") == "error").is_empty()
    assert again["pat"].n_unique() == 1 and again["tum"].n_unique() == 2


def test_no_local_number_or_name_is_in_the_file() -> None:
    text = "".join(converted(FULL | {"numero_patient": "LOCAL123456"}).lines())
    assert "LOCAL" not in text and "ZQXW" not in text and "69123" not in text


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.text("AB1/ ", min_size=1, max_size=4), st.text("AB1/ ", max_size=3)), max_size=30)
)
def test_pseudonyms_are_one_to_one_and_fit(pairs: list[tuple[str, str]]) -> None:
    keys = pl.DataFrame(pairs, schema={"a": pl.String, "b": pl.String}, orient="row")
    for names in (keyed(KEY), numbered()):
        made = names.of_tumours(keys)
        assert made.len() == keys.height and all(len(name) == 15 for name in made)
        assert made.n_unique() == keys.unique().height
        assert len(set(zip(pairs, made, strict=True))) == keys.unique().height
    assert keyed(KEY).of_tumours(keys).equals(keyed(KEY).of_tumours(keys))


def test_pseudonyms_depend_on_the_key_and_on_what_they_name() -> None:
    keys = pl.DataFrame({"numero_patient": ["P1"]})
    one = keyed(KEY)
    assert one.of_patients(keys)[0] != one.of_tumours(keys)[0]
    assert one.of_patients(keys)[0] != keyed(bytes(32)).of_patients(keys)[0]
    assert numbered().of_patients(keys)[0] != numbered().of_patients(keys)[0]
    assert one.stable and not numbered().stable
    # HMAC-SHA-256 of the domain and the length-prefixed number, in base 32, by an independent program.
    import base64
    import hmac

    message = b"navette/encr/patient/1" + (2).to_bytes(4, "big") + b"P1"
    expected = "N" + base64.b32encode(hmac.digest(KEY, message, "sha256")).decode()[:14]
    assert one.of_patients(keys)[0] == expected


@pytest.mark.parametrize("content", [b"short", b"x" * 65])
def test_a_key_of_another_size_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.bin"
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        read_key(path)
    assert caught.value.code == "convert.bad_key" and "short" not in str(caught.value)
    with pytest.raises(AppError):
        read_key(tmp_path / "absent")


def test_a_site_s_own_table_of_areas(tmp_path: Path) -> None:
    path = tmp_path / "nuts.csv"
    path.write_text(
        "territoire;code;libelle\n69;FRK26;Rhône\n69123;FRK26X;Lyon\n2a;FRM01;\n", encoding="utf-8"
    )
    areas = read_territories(path).of(pl.Series(["69123", "69001", "2A004", "99999", None, "33063"]))
    assert areas["territoire_code"].to_list() == ["FRK26X", "FRK26", "FRM01", None, None, None]
    assert areas["territoire_nom"].to_list() == ["Lyon", "Rhône", None, None, None, None]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a;b;c\n69;FRK26;Rhône\n", "territory"),
        ("territory,code,label\n69,FRK26\n", "line 2"),
        ("territory,code,label\n69,FRK26,a\n69,FRK27,b\n", "line 3"),
        ("territory,code,label\n69,FRK26FRK26X,a\n", "line 2"),
        ("", "territory"),
        ("territory,code,label\n" + "6" * 5_000_001, "5 MB"),
    ],
)
def test_a_bad_table_of_areas_is_refused_with_its_line(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "nuts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AppError) as caught:
        read_territories(path)
    assert word in caught.value.what.en


def test_other_targets_are_refused() -> None:
    assert targets() == ("encr-incidence",)
    with pytest.raises(AppError) as caught:
        specification("encr-mortality")
    assert "encr-incidence" in caught.value.todo.fr


def test_every_column_of_the_call_has_its_expression_and_nothing_else() -> None:
    how = specification("encr-incidence")
    assert tuple(column.name for column in how.columns) == TARGET.field_names
    assert (how.source, how.target) == (SOURCE.id, TARGET.id)


def test_cancelling_stops_the_work() -> None:
    def stop(done: int, total: int | None, what: Text) -> None:
        raise Cancelled

    frame = normalise(pl.DataFrame([FULL], schema=dict.fromkeys(SOURCE.field_names, pl.String)), SOURCE)
    work = Converter(SOURCE, TARGET, specification("encr-incidence"), numbered(), departments(), TODAY)
    with pytest.raises(Cancelled):
        work.convert(frame, Checker(SOURCE, TODAY).check(frame), stop)
