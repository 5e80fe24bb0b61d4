"""What leaves the site, field by field: which zone it goes to, and in what form.

Derived from the contract alone, so that three parties say the same: the page that shows what leaves, the
step that builds the zones, and the registry, which refuses a zone whose columns are not exactly
`zone_columns(contract, zone)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from validation_rules.contract import Contract, Field

Zone = Literal["linkage", "clinical"]
Form = Literal["pseudonym", "tokens", "month", "as_is"]

RECORD_ID: Final = "record_id"
TOKENS: Final = "tokens"
SEX: Final = "sexe"
BIRTH_MONTH: Final = "birth_month"
BIRTH_DATE: Final = "date_naissance"
EVENT_DATES: Final = ("date_incidence", "date_evenement")

LINKAGE_COLUMNS: Final = (RECORD_ID, TOKENS, SEX, BIRTH_MONTH)
SEXES: Final = ("1", "2", "3", "9")

ZONES: Final[dict[Zone, Text]] = {
    "linkage": Text("Appariement (unité d’appariement)", "Linkage (linkage unit)"),
    "clinical": Text("Clinique (entrepôt du registre)", "Clinical (registry warehouse)"),
}

FORMS: Final[dict[Form, Text]] = {
    "pseudonym": Text(
        "remplacé par un pseudonyme que seul votre site sait relire",
        "replaced by a pseudonym that only your site can read back",
    ),
    "tokens": Text(
        "haché sous clé, combiné à d’autres champs ; la valeur ne part pas",
        "hashed under a key together with other fields; the value does not leave",
    ),
    "month": Text("année et mois seulement, sans le jour", "year and month only, without the day"),
    "as_is": Text("tel quel", "as it is"),
}


class Departure(NamedTuple):
    """One field of the contract that leaves: in which column of which zone, in which form."""

    field: str
    label: Text
    zone: Zone
    column: str
    form: Form


def departures(contract: Contract) -> list[Departure]:
    """Every departure, in contract order; a field that leaves in two forms or zones has two entries."""
    return [departure for field in contract.fields for departure in _of_field(field)]


def kept(contract: Contract) -> list[Field]:
    """Fields of the contract that never leave the site in any form."""
    return [field for field in contract.fields if not _of_field(field)]


def clinical_fields(contract: Contract) -> tuple[str, ...]:
    """Contract fields of the clinical zone, in contract order; the month ones hold `YYYY-MM` or `YYYY`."""
    return tuple(d.column for d in departures(contract) if d.zone == "clinical" and d.column != RECORD_ID)


def event_date(columns: Iterable[str]) -> str | None:
    """The field that dates a record: incidence of a tumour, event of a notification."""
    return next((name for name in EVENT_DATES if name in set(columns)), None)


def month_fields(contract: Contract) -> tuple[str, ...]:
    """Contract fields that the clinical zone holds to the month only."""
    return tuple(d.field for d in departures(contract) if d.zone == "clinical" and d.form == "month")


def zone_columns(contract: Contract, zone: Zone) -> tuple[str, ...]:
    """The exact columns of a zone, in order: a part that holds another one is to be refused."""
    return LINKAGE_COLUMNS if zone == "linkage" else (RECORD_ID, *clinical_fields(contract))


def column_faults(contract: Contract, zone: Zone, columns: Iterable[str]) -> tuple[list[str], list[str]]:
    """Columns that a zone must not hold, and columns that it lacks; both empty when all is well."""
    found, allowed = list(columns), zone_columns(contract, zone)
    return [c for c in found if c not in allowed], [c for c in allowed if c not in found]


def are_record_ids(values: pl.Series) -> bool:
    """Whether all are site pseudonyms (64 hexadecimal digits), each once: nothing readable travels as one."""
    right = values.str.contains(r"\A[0-9a-f]{64}\z").fill_null(False).all()
    return bool(right) and values.n_unique() == values.len()


def are_months(values: pl.Series) -> bool:
    """Whether all are `YYYY-MM`, `YYYY` or blank: a day of birth must not slip through."""
    return bool(values.drop_nulls().str.contains(r"\A[0-9]{4}(-[0-9]{2})?\z").all())


def _of_field(field: Field) -> list[Departure]:
    def leaves(zone: Zone, column: str, form: Form) -> Departure:
        return Departure(field.name, field.label, zone, column, form)

    match field.leaves_site_as:
        case "site_pseudonym":
            return [leaves("linkage", RECORD_ID, "pseudonym"), leaves("clinical", RECORD_ID, "pseudonym")]
        case "linkage_tokens":
            return [leaves("linkage", TOKENS, "tokens")]
        case "linkage_tokens+month":
            month = [leaves("linkage", BIRTH_MONTH, "month")] if field.name == BIRTH_DATE else []
            return [leaves("linkage", TOKENS, "tokens"), *month, leaves("clinical", field.name, "month")]
        case "as_is" if field.name == SEX:
            tokens = leaves("linkage", TOKENS, "tokens")
            return [tokens, leaves("linkage", SEX, "as_is"), leaves("clinical", SEX, "as_is")]
        case "as_is":
            return [leaves("clinical", field.name, "as_is")]
        case _:
            return []
