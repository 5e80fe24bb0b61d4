"""Which ideas are tried for the findings of a rule, best first.

Rules of a contract are named by their id; REQ, FMT and COD by the part that their field plays, in any
contract. Everything tried is held to the rules afterwards: a maker that does not fit only costs time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from desktop_app.core.suggestions import (
    dates,
    follow_up,
    forms,
    identity,
    places,
    stage,
    tumour,
)
from desktop_app.core.suggestions.idea import Maker
from desktop_app.core.suggestions.names import Names
from validation_rules.contract import Rule

_Makers = Mapping[str, tuple[Maker, ...]]

_SEX = (identity.sex_of_number, identity.sex_of_site, identity.sex_of_histology)
_TIME = (dates.day_month, dates.exchanged, identity.birth_year, dates.century, dates.year_digits)
_AGE = (identity.birth_year, dates.year_of_age, dates.century, dates.day_month)
_NOTATION = (stage.letters, stage.together, stage.not_assessed, stage.other_column, stage.parent_category)

_RNC: _Makers = MappingProxyType(
    {
        "IDN-01": (identity.first_digits, identity.key),
        "IDN-02": (identity.sex_of_number,),
        "IDN-03": (identity.birth_year,),
        "IDN-04": (identity.birth_month,),
        "IDN-05": (identity.birth_place,),
        "IDN-07": (identity.provisional,),
        "IDN-08": (identity.name_letters, identity.name_left_out),
        "IDN-10": (identity.as_other_records, identity.sex_of_number, identity.birth_year),
        "GEO-01": (places.corsica, forms.digits, places.post_code_exchanged),
        "GEO-02": (places.current_commune,),
        "GEO-03": (places.post_code_exchanged,),
        "GEO-04": (identity.birth_place, places.corsica, forms.digits),
        "FIN-01": (places.finess_of_batch, places.finess_key),
        "FIN-02": (places.finess_of_batch, places.finess_key),
        "DAT-01": (identity.birth_year, dates.year_of_age, *_TIME),
        "DAT-02": _TIME,
        "DAT-03": (
            identity.birth_year,
            dates.day_month,
            dates.year_of_age,
            dates.year_digits,
            dates.century,
        ),
        "DAT-04": (dates.age_computed, dates.day_month, identity.birth_year),
        "DAT-05": _AGE,
        "DAT-06": _AGE,
        "DAT-07": _TIME,
        "DAT-08": (dates.year_of_age, dates.century, dates.year_digits),
        "DAT-09": (dates.day_month, dates.part_unknown, dates.no_such_day),
        "VIT-04": _AGE,
        "ICO-01": (tumour.site_from_icd10, tumour.site_unspecified),
        "ICO-02": (tumour.histology_exchanged,),
        "ICO-03": (tumour.behaviour_listed, tumour.edition_with_code),
        "ICO-04": (tumour.edition_with_code, dates.year_of_age, dates.century, dates.year_digits),
        "ICO-05": (tumour.site_unknown,),
        "ICO-06": (tumour.site_of_histology,),
        **{f"SEX-0{number}": _SEX for number in range(1, 7)},
        **{f"AGE-{number:02}": _AGE for number in range(1, 11)},
        "SIT-01": (tumour.site_of_histology, tumour.site_of_blood, tumour.histology_alike),
        "SIT-02": (tumour.histology_alike,),
        "BEH-01": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "BAS-01": (tumour.basis_of_sources,),
        "BAS-02": (tumour.basis_of_year,),
        "BAS-03": (follow_up.dead, follow_up.dead_by_certificate),
        "BAS-04": (dates.incidence_at_death,),
        "BAS-05": (follow_up.dead, follow_up.not_at_autopsy),
        "BAS-06": (tumour.pathology_source,),
        "GRA-01": (tumour.grade_nine, tumour.behaviour_of_t),
        "GRA-02": (tumour.grade_nine,),
        "GRA-03": (tumour.grade_fixed, tumour.grade_nine),
        "GRA-04": (tumour.grade_fixed, tumour.grade_nine),
        "LAT-01": (tumour.side_unknown,),
        "LAT-02": (tumour.side_none,),
        "TNM-01": (*_NOTATION, stage.edition_in_force),
        "TNM-02": (stage.letters, stage.parent_category, stage.edition_in_force),
        "TNM-03": (stage.edition_in_force,),
        "TNM-04": (stage.edition_in_force,),
        "TNM-05": (stage.to_clinical,),
        "TNM-06": (tumour.behaviour_of_t,),
        "TNM-07": (stage.no_tnm,),
        "STA-01": (stage.stage_four,),
        "STA-02": (stage.stage_zero, stage.stage_of_tables, tumour.behaviour_of_t),
        "STA-03": (stage.stage_of_tables,),
        "STA-04": (stage.system,),
        "STA-05": (stage.system,),
        "VIT-01": (dates.death_at_incidence, follow_up.status_unknown),
        "VIT-02": (follow_up.dead, follow_up.no_cause),
        "TRT-01": (follow_up.treatment_plain,),
    }
)
_ENCR: _Makers = MappingProxyType(
    {
        "JE-01A": (tumour.site_from_icd10, tumour.site_unspecified),
        "JE-01B": (tumour.histology_exchanged,),
        "JE-01C": (tumour.basis_of_year,),
        "JE-07A": (identity.sex_of_site,),
        "JE-07B": (identity.sex_of_site,),
        "JE-08A": (identity.sex_of_histology,),
        "JE-08B": (identity.sex_of_histology,),
        "JE-08C": (identity.sex_of_histology,),
        "JE-10A": (tumour.site_of_histology, tumour.site_of_blood, tumour.histology_alike),
        "JE-10B": (tumour.histology_alike,),
        "JE-11": (tumour.behaviour_listed,),
        "JE-12": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "JE-13A": (tumour.grade_nine,),
        "JE-13B": (tumour.grade_nine,),
        "JE-13C": (tumour.grade_fixed, tumour.grade_nine),
        "JE-15A": (follow_up.dead,),
        "JE-15C": (follow_up.dead, follow_up.not_at_autopsy),
        "JE-16A": _NOTATION,
        "JE-16B": (stage.letters, stage.parent_category),
        "JE-17A": (stage.stage_four,),
        "JE-17B": (stage.stage_of_tables,),
        "JE-18A": (stage.stage_zero, stage.stage_of_tables, tumour.behaviour_of_t),
        "JE-18B": (tumour.behaviour_of_t,),
        "JE-21": (tumour.site_of_histology,),
        "JE-22": (stage.edition_in_force,),
        "EI-01": (stage.system,),
        "EI-02": (follow_up.dead, follow_up.no_cause),
        "EI-04": (identity.sex_of_site,),
        "EI-05": (tumour.site_unknown,),
        "EI-06": (stage.edition_in_force,),
        "EI-07": (follow_up.treatment_plain,),
        "EI-08": (stage.to_clinical,),
        "EI-09": (stage.system,),
        "EI-11": (stage.no_tnm,),
    }
)
_CONTRACTS: Mapping[str, _Makers] = MappingProxyType(
    {"rnc-tumeurs": _RNC, "rnc-notifications": _RNC, "encr-incidence": _ENCR}
)
_FORMS: tuple[Maker, ...] = (
    forms.dates, forms.site, forms.histology, forms.lists, forms.digits, forms.texts,
)  # fmt: skip
_CODES: tuple[Maker, ...] = (forms.words, forms.lists, forms.digits)
_BY_PART: _Makers = MappingProxyType(
    {
        "ins": (identity.short_key,),
        "sex": _SEX,
        "birth": (dates.part_unknown,),
        "behaviour": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "edition": (tumour.edition_with_code,),
        "tnm_edition": (stage.edition_in_force,),
        "age": (dates.age_computed,),
        "residence": (places.corsica,),
        "birth_place": (identity.birth_place, places.corsica),
        "system": (stage.system,),
        "stage": (stage.stage_of_tables,),
    }
)
"""What the rest of the record tells of a part whose value is missing or cannot be read."""


def makers_of(contract_id: str, names: Names, rule: Rule) -> Iterator[Maker]:
    """The makers to ask for a finding of `rule`, best first."""
    if rule.kind in ("REQ", "FMT", "COD"):
        if rule.kind != "REQ":
            yield from _FORMS if rule.kind == "FMT" else _CODES
        yield from _BY_PART.get(names.part_of(rule.fields[0]) or "", ())
    else:
        yield from _CONTRACTS.get(contract_id, {}).get(rule.id, ())
