"""Multiple primary tumours of one patient under the international rules of 2004 (IARC/IACR, ICD-O-3).

A malignant tumour belongs to a group of sites (`mp_sites`, else its three-character category) and to a group
of histologies (`mp_groups_<variant>`, first range that holds it; 0 when none does). Two tumours with
different numbers are ONE

* anywhere in the body (rules MP-4a and MP-6): both Kaposi (15); both haematological (8-14) and of one group,
  or one of them 14; the same ungrouped histology from 9590 on;
* in one site group (rules MP-3 and MP-6): of one group, or 5 with 1-4, or 17 with 1-7, 15 or 16; the same
  ungrouped histology;

and UNDECIDED when their histologies differ, one at least has no group, and both are 9590 or above, or both
are below in one site group. Anything else is several tumours. Source: catalogue of the contract
rnc-tumeurs, MPT.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from types import MappingProxyType

import polars as pl

from validation_rules.pairs import Pair
from validation_rules.relations import ALSO, AT, MARK, TOKEN, Claims, Relation, Several, codes, room_of
from validation_rules.tables import table, table_names
from validation_rules.text import Text

HAEMATOLOGICAL, KAPOSI_CODE = 9590, 9140
_PREFIX = "mp_groups_"
_KAPOSI, _BLOOD, _BLOOD_NOS = 15, range(8, 15), 14
_CARCINOMAS, _CARCINOMA_NOS = range(1, 5), 5
_SOLID, _NOS = (*range(1, 8), 15, 16), 17
# What a token stands for, besides the groups 1 to 17 themselves.
_ANY_CARCINOMA, _ANY_SOLID, _ANY_BLOOD, _GROUPED, _UNGROUPED = 18, 19, 20, 21, 22
_HISTOLOGY, _LABELS = 100, 10_100

GROUPS = MappingProxyType({
    1: Text("carcinomes épidermoïdes et transitionnels", "squamous and transitional carcinomas"),
    2: Text("carcinomes basocellulaires", "basal cell carcinomas"),
    3: Text("adénocarcinomes", "adenocarcinomas"),
    4: Text("autres carcinomes précisés", "other specified carcinomas"),
    5: Text("carcinomes sans précision", "carcinomas not specified further"),
    6: Text("sarcomes et tissus mous", "sarcomas and soft tissue"),
    7: Text("mésothéliomes", "mesotheliomas"),
    8: Text("hémopathies myéloïdes", "myeloid neoplasms"),
    9: Text("hémopathies à cellules B", "B-cell neoplasms"),
    10: Text("hémopathies à cellules T et NK", "T-cell and NK-cell neoplasms"),
    11: Text("lymphomes de Hodgkin", "Hodgkin lymphomas"),
    12: Text("tumeurs à mastocytes", "mast cell tumours"),
    13: Text("histiocytes et cellules accessoires", "histiocytes and accessory cells"),
    14: Text("hémopathies sans précision", "haematological neoplasms not specified further"),
    15: Text("sarcome de Kaposi", "Kaposi sarcoma"),
    16: Text("autres cancers précisés", "other specified cancers"),
    17: Text("cancers sans précision", "cancers not specified further"),
    0: Text("histologie sans groupe", "histology in no group"),
})  # fmt: skip
"""Histology groups in words of our own."""

_EDITIONS = {"iarc_2004": "IARC/IACR 2004", "canreg5_2014": "CanReg5 2014"}


def variants() -> tuple[str, ...]:
    """The editions of the group table at hand, as a contract names them."""
    return tuple(n.removeprefix(_PREFIX).upper() for n in table_names() if n.startswith(_PREFIX))


def edition(variant: str) -> str:
    """How to name an edition of the group table to a person."""
    return _EDITIONS.get(variant.lower(), variant)


@functools.lru_cache(maxsize=8)
def _group_of_histology(variant: str) -> pl.Series:
    """Group (UInt8, 0 for none) by the four digits of the histology."""
    groups = [0] * 10_000
    ranges = table(_PREFIX + variant.lower()).select(pl.all().cast(pl.Int32))
    for first, last, group in ranges.reverse().iter_rows():
        groups[first : last + 1] = [group] * (last + 1 - first)
    return pl.Series("group", groups, dtype=pl.UInt8)


def site_group(topography: pl.Expr) -> pl.Expr:
    """The site group, by its first category: C00 for C05.1."""
    known = table("mp_sites")
    return topography.str.head(3).replace(known.get_column("category"), known.get_column("group"))


@functools.cache
def site_group_name(group: str) -> str:
    """`C00` -> `C00, C03, C04, C05, C06`."""
    members = table("mp_sites").filter(pl.col("group") == group).get_column("category").to_list()
    return ", ".join(members) or group


def counts(topography: pl.Expr, behaviour: pl.Expr) -> pl.Expr:
    """Whether a tumour counts: a malignant one, or one of the bladder whatever it is."""
    bladder = topography.str.starts_with("C67") & behaviour.is_in(["0", "1", "2", "3"])
    return (behaviour == "3") | bladder


def histology(morphology: pl.Expr) -> pl.Expr:
    """The four digits of a morphology (Int16), null where there are none."""
    return morphology.str.head(4).cast(pl.Int16, strict=False)


def histology_group(histology: pl.Expr, variant: str) -> pl.Expr:
    """The group of a histology (UInt8), 0 when it is in none."""
    return pl.lit(_group_of_histology(variant)).gather(histology)


def tumours(frame: pl.DataFrame, variant: str) -> pl.DataFrame:
    """The tumours that count, of a frame `patient, tumour, topography, morphology, behaviour` (String).

    Columns: `at` (position in the frame), the five, `site` (String), `histology` (Int16), `group` (UInt8).
    Only malignant ones count, and those of the bladder whatever they are.
    """
    found = frame.with_row_index(AT).drop_nulls()
    found = found.filter(counts(pl.col("topography"), pl.col("behaviour")))
    found = found.with_columns(histology=histology(pl.col("morphology"))).drop_nulls("histology")
    return found.with_columns(
        site_group(pl.col("topography")).alias("site"),
        histology_group(pl.col("histology"), variant).alias("group"),
    )


def counted_as_one(frame: pl.DataFrame, variant: str) -> Relation:
    """Tumours that are ONE with another of the same patient. `frame` as for `tumours`."""
    counted = tumours(frame, variant)
    if counted.height < 2:
        return Several(())
    found = _Tokens(counted)
    return Claims(offers=found.all_of(_OFFERED), asks=found.all_of(_ASKED))


def undecided(frame: pl.DataFrame, variant: str) -> Relation:
    """Tumours of which the rules cannot say whether they are one with another of the same patient."""
    counted = tumours(frame, variant)
    if counted.height < 2 or not (counted.get_column("group") == 0).any():
        return Several(())
    found = _Tokens(counted)
    grouped, ungrouped = found.all_of(_MIXED_GROUPED), found.all_of(_MIXED_UNGROUPED)
    return Several(
        (
            Claims(offers=ungrouped, asks=found.all_of(_MIXED_ASKS_UNGROUPED)),
            Claims(offers=grouped, asks=found.all_of(_MIXED_ASKS_GROUPED)),
            Claims.mutual(found.with_histology(ungrouped)),
        )
    )


_Label = tuple[pl.Expr, pl.Expr]
"""Where a tumour has a label, and its token: of the whole body below 0, else of the site group."""


def _label(where: pl.Expr, label: pl.Expr) -> _Label:
    place = pl.when(label < 0).then(pl.col("body")).otherwise(pl.col("place"))
    return where, place + label.abs().cast(pl.UInt64)


def _tokens(*labels: _Label) -> pl.Expr:
    """All tokens of a tumour, as a list with a null for each label that it does not have."""
    return pl.concat_list(pl.when(where).then(token) for where, token in labels).alias(TOKEN)


def _in(groups: Sequence[int], label: int | pl.Expr | None = None, *, body: bool = False) -> _Label:
    group = pl.col("group").cast(pl.Int64)
    chosen = group if label is None else pl.lit(label, dtype=pl.Int64) if isinstance(label, int) else label
    return _label(group.is_in(list(groups)), -chosen if body else chosen)


_GROUP, _CODE = pl.col("group").cast(pl.Int64), pl.col("histology").cast(pl.Int64)
_BLOOD_CODE = _CODE >= HAEMATOLOGICAL
_SAME_CODE: tuple[_Label, ...] = (
    _in([0], _CODE + _HISTOLOGY),
    _label((_GROUP == 0) & _BLOOD_CODE, -(_CODE + _HISTOLOGY)),
)
_OFFERED = _tokens(
    _in(range(1, 18)),
    _in(_CARCINOMAS, _ANY_CARCINOMA),
    _in(_SOLID, _ANY_SOLID),
    _in((*_BLOOD, _KAPOSI), body=True),
    _in(_BLOOD, _ANY_BLOOD, body=True),
    *_SAME_CODE,
)
_ASKED = _tokens(
    _in(range(1, 18)),
    _in(_CARCINOMAS, _CARCINOMA_NOS),
    _in([_CARCINOMA_NOS], _ANY_CARCINOMA),
    _in(_SOLID, _NOS),
    _in([_NOS], _ANY_SOLID),
    _in((*_BLOOD, _KAPOSI), body=True),
    _in(_BLOOD, _BLOOD_NOS, body=True),
    _in([_BLOOD_NOS], _ANY_BLOOD, body=True),
    *_SAME_CODE,
)


def _mixed(label: int, where: pl.Expr) -> pl.Expr:
    return _tokens(_label(where, pl.when(_BLOOD_CODE).then(-label).otherwise(label)))


_MIXED_GROUPED, _MIXED_UNGROUPED = _mixed(_GROUPED, _GROUP > 0), _mixed(_UNGROUPED, _GROUP == 0)
_MIXED_ASKS_UNGROUPED, _MIXED_ASKS_GROUPED = _mixed(_UNGROUPED, _GROUP > 0), _mixed(_GROUPED, _GROUP == 0)


class _Tokens:
    """Tokens of the tumours of each patient: patient, site group (0 for the whole body), label."""

    def __init__(self, found: pl.DataFrame) -> None:
        sites = codes(found.get_column("site")) + 1
        room = room_of(sites)
        patient = codes(found.get_column("patient")) * room
        self._found = found.with_columns(
            codes(found.get_column("tumour")).alias(MARK),
            body=patient * _LABELS,
            place=(patient + sites) * _LABELS,
        )

    def all_of(self, labels: pl.Expr) -> pl.DataFrame:
        """`at, token, mark` of every tumour, once for each label that it has."""
        return self._found.select(AT, labels, MARK).explode(TOKEN).drop_nulls(TOKEN)

    def with_histology(self, offered: pl.DataFrame) -> pl.DataFrame:
        """The same with the histology as a second mark."""
        return offered.join(self._found.select(AT, pl.col("histology").alias(ALSO)), on=AT)


def are_one(pair: Pair) -> tuple[pl.Expr, ...]:
    """Why two tumours of one patient can be one, in the order of `_WHY_ONE`; each by `site`, `histology` and
    `group`."""
    same_site, histology = pair.same("site"), pair.here("histology")
    same_group = pair.same("group") & (pair.here("group") > 0)
    same_ungrouped = pair.same("histology") & (pair.here("group") == 0)
    unspecified = pair.either("group", _CARCINOMA_NOS, _CARCINOMAS) | pair.either("group", _NOS, _SOLID)
    return (
        pair.both("group", [_KAPOSI]),
        pair.both("group", _BLOOD) & same_group,
        pair.both("group", _BLOOD) & pair.either("group", _BLOOD_NOS, _BLOOD),
        same_site & same_group,
        same_site & unspecified,
        same_ungrouped & (histology >= HAEMATOLOGICAL),
        same_ungrouped & same_site,
    )


def are_undecided(pair: Pair) -> pl.Expr:
    """Whether nobody can say if two tumours of one patient are one; by the same three."""
    blood, blood_other = (value("histology") >= HAEMATOLOGICAL for value in (pair.here, pair.there))
    ungrouped = (pair.here("group") == 0) | (pair.there("group") == 0)
    near = (blood & blood_other) | (~blood & ~blood_other & pair.same("site"))
    return ~pair.same("histology") & ungrouped & near


_WHY_ONE = (
    Text(
        "règle MP-4a, le sarcome de Kaposi compte une seule fois par personne",
        "rule MP-4a, Kaposi sarcoma counts once per person",
    ),
    Text(
        "règle MP-4a, les hémopathies d’un même groupe comptent une seule fois par personne",
        "rule MP-4a, haematological neoplasms of one group count once per person",
    ),
    Text(
        "règles MP-4a et MP-6, une hémopathie sans précision ne fait qu’un avec une autre hémopathie",
        "rules MP-4a and MP-6, a haematological neoplasm not specified further is one with another",
    ),
    Text(
        "règle MP-3, un même siège compte une seule tumeur par groupe d’histologie",
        "rule MP-3, one site counts one tumour per histology group",
    ),
    Text(
        "règles MP-3 et MP-6, dans un même siège une histologie sans précision ne fait qu’un avec une "
        "histologie précisée",
        "rules MP-3 and MP-6, in one site a histology not specified further is one with a specified one",
    ),
    Text(
        "règle MP-4a, une même hémopathie compte une seule fois par personne",
        "rule MP-4a, one and the same haematological neoplasm counts once per person",
    ),
    Text(
        "règle MP-3, un même siège compte une seule tumeur d’une même histologie",
        "rule MP-3, one site counts one tumour of one histology",
    ),
)
_UNKNOWN = Text(
    "règle MP-4b, on ne sait pas si ces histologies sont différentes, car l’une d’elles au moins n’est dans "
    "aucun groupe",
    "rule MP-4b, whether these histologies differ is not known: one of them at least is in no group",
)


def why(pairs: pl.DataFrame, verdict: str) -> pl.DataFrame:
    """`pairs` with why the two are `one` or `undecided`: `reason_fr`, `reason_en`, null when they are not.

    Columns read: `group`, `site`, `histology` and the same with `_other`.
    """
    both = Pair()
    one, unknown = zip(are_one(both), _WHY_ONE, strict=True), [(are_undecided(both), _UNKNOWN)]
    known = tuple(one if verdict == "one" else unknown)
    columns = []
    for language in ("fr", "en"):
        reason = pl.lit(None, dtype=pl.String)
        for holds, text in reversed(known):
            said = text.fr if language == "fr" else text.en
            reason = pl.when(holds).then(pl.lit(said)).otherwise(reason)
        columns.append(reason.alias(f"reason_{language}"))
    return pairs.with_columns(columns)
