"""The parts that fields play, so that one suggestion serves every contract that has the part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Contract

TNM = ("ct", "cn", "cm", "pt", "pn", "pm")
DATES = ("birth", "incidence", "news", "registered")
VALUE = "value"
"""The field that a finding is about, whatever its part, when it is about one."""

_RNC: Mapping[str, str] = MappingProxyType(
    {
        "patient": "numero_patient",
        "tumour": "numero_tumeur",
        "ins": "matricule_ins",
        "oid": "oid_ins",
        "identity_status": "statut_identite",
        "birth_name": "nom_naissance",
        "used_name": "nom_utilise",
        "given_names": "prenoms",
        "sex": "sexe",
        "birth": "date_naissance",
        "birth_place": "commune_naissance",
        "residence": "commune_residence",
        "post_code": "code_postal",
        "incidence": "date_incidence",
        "age": "age_incidence",
        "site": "topographie",
        "histology": "morphologie",
        "behaviour": "comportement",
        "edition": "edition_cimo",
        "basis": "base_diagnostic",
        "side": "lateralite",
        "grade": "grade",
        "autopsy": "autopsie",
        "vital": "statut_vital",
        "news": "date_dernieres_nouvelles",
        "death_cause": "cause_deces",
        "tnm_edition": "edition_tnm",
        "system": "systeme_stade",
        "stage": "stade",
        "surgery": "chirurgie",
        "radiotherapy": "radiotherapie",
        "chemotherapy": "chimiotherapie",
        "other_therapy": "autre_traitement",
        "graft": "greffe_csh",
        "sources": "sources",
        "registered": "date_enregistrement",
        **{axis: axis for axis in TNM},
    }
)
_NOTIFICATIONS: Mapping[str, str] = MappingProxyType({**_RNC, "incidence": "date_evenement"})
_ENCR: Mapping[str, str] = MappingProxyType(
    {
        "patient": "pat",
        "sex": "sex",
        "age": "age",
        "site": "topo",
        "histology": "morpho",
        "behaviour": "beh",
        "basis": "bod",
        "grade": "grade",
        "autopsy": "autopsy",
        "vital": "vit_stat",
        "death_cause": "cod",
        "tnm_edition": "tnm_ed",
        "incidence": "yoi",
        "system": "tos",
        "stage": "stage",
        "surgery": "surgery",
        "radiotherapy": "rt",
        "chemotherapy": "cht",
        "other_therapy": "ot",
        "graft": "sct",
        **{axis: axis for axis in TNM},
    }
)
_PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"rnc-tumeurs": _RNC, "rnc-notifications": _NOTIFICATIONS, "encr-incidence": _ENCR}
)
PARTS: tuple[str, ...] = tuple(_RNC)


@dataclass(frozen=True, slots=True)
class Names:
    """`fields`: part -> field of one contract, for the parts that it has. `dotted`: sites are C50.4."""

    fields: Mapping[str, str]
    dotted: bool

    @classmethod
    def of(cls, contract: Contract) -> Names:
        """The parts of a contract's fields; none for a contract that this program does not know."""
        known = _PARTS.get(contract.id, {})
        fields = {part: name for part, name in known.items() if name in contract.field_names}
        site = fields.get("site")
        dotted = site is None or bool(contract.field(site).rewrites)
        return cls(MappingProxyType(fields), dotted)

    def part_of(self, field: str) -> str | None:
        """The part that a field plays."""
        return next((part for part, name in self.fields.items() if name == field), None)

    def frame(self, rows: pl.DataFrame, field: str) -> pl.DataFrame:
        """`row_id`, one column a part (null where the contract has no such field) and `value`."""
        columns = [
            (pl.col(self.fields[part]) if part in self.fields else pl.lit(None, pl.String)).alias(part)
            for part in PARTS
        ]
        value = pl.col(field) if field in rows.columns else pl.lit(None, pl.String)
        frame = rows.select("row_id", *columns, value.alias(VALUE))
        return frame if self.dotted else frame.with_columns(_with_dot(pl.col("site")))

    def field(self, part: str, about: str) -> str | None:
        """The field of a part; `about` is the field of the finding."""
        return about if part == VALUE else self.fields.get(part)

    def spelled(self, part: str, value: pl.Series) -> pl.Series:
        """Values of a part as the contract spells them."""
        return value.str.replace(".", "", literal=True) if part == "site" and not self.dotted else value


def _with_dot(site: pl.Expr) -> pl.Expr:
    return site.str.replace(r"^(C\d\d)(\d)$", "${1}.${2}")
