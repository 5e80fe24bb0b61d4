"""Which ideas are tried for the findings of a rule, best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from desktop_app.core.suggestions import tumour
from desktop_app.core.suggestions.idea import Maker
from validation_rules.contract import Rule

_RNC: Mapping[str, tuple[Maker, ...]] = MappingProxyType(
    {
        "ICO-01": (tumour.site_from_icd10, tumour.site_unspecified),
        "ICO-02": (tumour.histology_exchanged,),
        "ICO-03": (tumour.behaviour_listed, tumour.edition_with_code),
        "ICO-04": (tumour.edition_with_code,),
        "ICO-05": (tumour.site_unknown,),
        "ICO-06": (tumour.site_of_histology,),
        "SIT-01": (tumour.histology_alike, tumour.site_of_histology),
        "SIT-02": (tumour.histology_alike,),
        "BEH-01": (tumour.behaviour_listed,),
        "BAS-01": (tumour.basis_of_sources,),
        "BAS-02": (tumour.basis_of_year,),
        "BAS-06": (tumour.pathology_source,),
        "GRA-01": (tumour.grade_nine,),
        "GRA-02": (tumour.grade_nine,),
        "GRA-03": (tumour.grade_fixed, tumour.grade_nine),
        "GRA-04": (tumour.grade_fixed, tumour.grade_nine),
        "LAT-01": (tumour.side_unknown,),
        "LAT-02": (tumour.side_none,),
        "REQ-comportement": (tumour.behaviour_listed,),
        "COD-comportement": (tumour.behaviour_listed,),
        "REQ-edition_cimo": (tumour.edition_with_code,),
        "COD-edition_cimo": (tumour.edition_with_code,),
    }
)


def makers_of(contract_id: str, rule: Rule) -> Iterator[Maker]:
    """The makers to ask for a finding of `rule`, best first."""
    yield from _RNC.get(rule.id, ())
