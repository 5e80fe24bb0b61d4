"""Which ideas are tried for the findings of a rule, best first.

Rules of a contract are named by their id; REQ, FMT and COD by the part that their field plays, in any
contract. Everything tried is held to the rules afterwards: a maker that does not fit only costs time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from desktop_app.core.suggestions import (
    basis,
    dates,
    follow_up,
    forms,
    identity,
    number,
    places,
    same_person,
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
        "IDN-01": (identity.first_digits, number.key),
        "IDN-02": (identity.sex_of_number,),
        "IDN-03": (identity.birth_year,),
        "IDN-04": (identity.birth_month,),
        "IDN-05": (identity.birth_place,),
        "IDN-06": (number.system_of_number,),
        "IDN-07": (same_person.number_of_other_rows, identity.provisional),
        "IDN-08": (same_person.of_other_rows, identity.name_letters, identity.name_left_out),
        "IDN-09": (same_person.one_patient, same_person.number_of_other),
        "IDN-10": (same_person.as_other_records, identity.sex_of_number, identity.birth_year),
        "GEO-01": (
            places.corsica,
            forms.digits,
            places.post_code_exchanged,
            places.commune_of_post_code,
        ),
        "GEO-02": (places.current_commune,),
        "GEO-03": (
            places.post_code_exchanged,
            places.post_code_of_commune,
            places.commune_of_post_code,
        ),
        "GEO-04": (identity.birth_place, same_person.of_other_rows, places.corsica, forms.digits),
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
        "DAT-09": (
            dates.day_month,
            same_person.of_other_rows,
            number.birth,
            dates.part_unknown,
            dates.no_such_day,
        ),
        "VIT-03": (same_person.last_news,),
        "VIT-04": (same_person.last_news, *_AGE),
        "ICO-01": (tumour.site_from_icd10, tumour.site_unspecified),
        "ICO-02": (tumour.histology_exchanged,),
        "ICO-03": (tumour.behaviour_listed, tumour.edition_with_code),
        "ICO-04": (tumour.edition_with_code, dates.year_of_age, dates.century, dates.year_digits),
        "ICO-05": (tumour.behaviour_of_t, tumour.site_unknown),
        "ICO-06": (tumour.site_of_histology,),
        **{f"SEX-0{rank}": _SEX for rank in range(1, 7)},
        "SEX-04": (*_SEX, tumour.histology_alike),
        **{f"AGE-{rank:02}": _AGE for rank in range(1, 11)},
        "SIT-01": (tumour.site_of_histology, tumour.site_of_blood, tumour.histology_alike),
        "SIT-02": (tumour.site_of_metastasis, tumour.histology_alike),
        "BEH-01": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "BAS-01": (basis.of_sources, basis.of_specimen, basis.unspecific_histology),
        "BAS-02": (basis.of_year,),
        "BAS-03": (follow_up.dead, follow_up.dead_by_certificate),
        "BAS-04": (dates.incidence_at_death,),
        "BAS-05": (follow_up.dead, follow_up.not_at_autopsy),
        "BAS-06": (basis.pathology_source,),
        "BAS-07": (basis.of_sources, basis.not_alone),
        "GRA-01": (tumour.grade_nine, tumour.behaviour_of_t),
        "GRA-02": (tumour.grade_nine,),
        "GRA-03": (tumour.grade_fixed, tumour.grade_nine),
        "GRA-04": (tumour.grade_fixed, tumour.grade_nine),
        "LAT-01": (tumour.side_unknown,),
        "LAT-02": (tumour.side_none,),
        "LAT-03": (same_person.one_side_each,),
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
        "VIT-01": (dates.death_at_incidence, same_person.last_news, follow_up.status_unknown),
        "VIT-02": (follow_up.dead, follow_up.no_cause),
        "TRT-01": (follow_up.treatment_plain,),
        "TRT-02": (same_person.graft_elsewhere, identity.birth_year, dates.year_of_age),
        "DUP-01": (same_person.one_patient,),
    }
)
_ENCR: _Makers = MappingProxyType(
    {
        "JE-01A": (tumour.site_from_icd10, tumour.site_unspecified),
        "JE-01B": (tumour.histology_exchanged,),
        "JE-01C": (basis.of_year,),
        "JE-07A": (identity.sex_of_site,),
        "JE-07B": (identity.sex_of_site,),
        "JE-08A": (identity.sex_of_histology,),
        "JE-08B": (identity.sex_of_histology,),
        "JE-08C": (identity.sex_of_histology,),
        "JE-10A": (tumour.site_of_histology, tumour.site_of_blood, tumour.histology_alike),
        "JE-10B": (tumour.site_of_metastasis, tumour.histology_alike),
        "JE-11": (tumour.behaviour_listed,),
        "JE-12": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "JE-13A": (tumour.grade_nine,),
        "JE-13B": (tumour.grade_nine,),
        "JE-13C": (tumour.grade_fixed, tumour.grade_nine),
        "JE-14": (basis.of_specimen, basis.unspecific_histology),
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
        "EI-05": (tumour.behaviour_of_t, tumour.site_unknown),
        "EI-06": (stage.edition_in_force,),
        "EI-07": (follow_up.treatment_plain,),
        "EI-08": (stage.to_clinical,),
        "EI-09": (stage.system,),
        "EI-10": (same_person.graft_elsewhere,),
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
        "patient": (same_person.patient_of_number,),
        "ins": (number.short_key, number.key_unreadable, same_person.of_other_rows),
        "oid": (number.system_of_number,),
        "identity_status": (identity.provisional,),
        "birth_name": (same_person.of_other_rows,),
        "used_name": (same_person.of_other_rows,),
        "given_names": (same_person.of_other_rows,),
        "sex": (*_SEX, same_person.of_other_rows),
        "birth": (dates.part_unknown, same_person.of_other_rows, number.birth),
        "site": (tumour.site_of_histology,),
        "basis": (basis.of_sources, basis.of_specimen),
        "side": (tumour.side_of_site,),
        "grade": (tumour.grade_fixed,),
        "vital": (follow_up.dead, same_person.last_news),
        "behaviour": (tumour.behaviour_of_t, tumour.behaviour_listed),
        "edition": (tumour.edition_with_code,),
        "tnm_edition": (stage.edition_in_force,),
        "age": (dates.age_computed,),
        "residence": (places.corsica, places.commune_of_post_code),
        "post_code": (places.post_code_of_commune,),
        "birth_place": (identity.birth_place, same_person.of_other_rows, places.corsica),
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
