"""Headers and local words compared with those of the contract: folded, known, or close."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from desktop_app.core.mapping.tokens import likeness, tokens
from validation_rules.contract import Field

# Abbreviations that name two fields, told apart by the values only.
AMBIGUOUS: Mapping[str, frozenset[str]] = {
    "ct": frozenset({"ct", "chimiotherapie"}),
    "ht": frozenset({"hormonotherapie"}),
    "dn": frozenset({"date_naissance", "date_dernieres_nouvelles"}),
    "ddn": frozenset({"date_naissance", "date_dernieres_nouvelles"}),
}
_YES_NO = {
    "0": ("non", "no", "n", "faux", "false", "absent", "absence"),
    "1": ("oui", "yes", "o", "y", "vrai", "true", "present"),
    "9": ("inconnu", "unknown", "nsp", "nr", "ne sait pas", "non renseigne", "?"),
}
_UNKNOWN = (
    "inconnu",
    "inconnue",
    "unknown",
    "nsp",
    "nr",
    "ne sait pas",
    "non precise",
    "non renseigne",
    "unk",
    "?",
)
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "sexe": {
        "1": ("m", "h", "masculin", "homme", "male", "man", "masc", "garcon"),
        "2": ("f", "feminin", "femme", "female", "woman", "fem", "fille", "w"),
        "3": ("i", "indetermine", "indeterminate", "intersexe", "intersex", "autre", "other"),
        "9": (*_UNKNOWN, "u"),
    },
    "statut_vital": {
        "1": ("vivant", "vivante", "alive", "v", "en vie", "living"),
        "2": ("decede", "decedee", "dcd", "mort", "dead", "died", "deceased", "d"),
        "9": (*_UNKNOWN, "perdu de vue", "pdv", "lost", "lost to follow up"),
    },
    "lateralite": {
        "0": ("sans objet", "not applicable", "na", "n a", "impair", "so"),
        "1": ("droite", "droit", "right", "d", "r", "dte"),
        "2": ("gauche", "left", "g", "l", "gche"),
        "3": ("unilateral", "unilaterale", "unilateral nos", "un seul cote"),
        "4": ("bilateral", "bilaterale", "bilat", "b"),
        "9": _UNKNOWN,
    },
    "comportement": {
        "0": ("benin", "benigne", "benign"),
        "1": ("incertain", "incertaine", "borderline", "uncertain", "limite"),
        "2": ("in situ", "insitu", "cis"),
        "3": ("malin", "maligne", "malignant", "invasif", "invasive", "infiltrant", "infiltrante"),
        "6": ("metastase", "metastatique", "metastasis", "metastatic", "secondaire"),
    },
    "grade": {
        "1": ("g1", "i", "bien differencie", "well differentiated", "gr1", "grade 1", "grade i"),
        "2": (
            "g2",
            "ii",
            "moyennement differencie",
            "moderately differentiated",
            "gr2",
            "grade 2",
            "grade ii",
        ),
        "3": ("g3", "iii", "peu differencie", "poorly differentiated", "gr3", "grade 3", "grade iii"),
        "4": ("g4", "iv", "indifferencie", "undifferentiated", "anaplasique", "gr4", "grade 4", "grade iv"),
        "9": (*_UNKNOWN, "gx"),
    },
    "stade": {
        "0": ("stade 0", "stage 0"),
        "1": ("i", "ia", "ib", "ic", "stade i", "stage i", "stade 1", "stage 1"),
        "2": ("ii", "iia", "iib", "iic", "stade ii", "stage ii", "stade 2", "stage 2"),
        "3": ("iii", "iiia", "iiib", "iiic", "stade iii", "stage iii", "stade 3", "stage 3"),
        "4": ("iv", "iva", "ivb", "ivc", "stade iv", "stage iv", "stade 4", "stage 4"),
        "9": (*_UNKNOWN, "x"),
    },
    "base_diagnostic": {
        "0": ("dco", "certificat de deces", "death certificate"),
        "2": ("imagerie", "imaging", "radiologie"),
        "4": ("marqueurs", "tumour markers", "tumor markers"),
        "5": ("cytologie", "cytology"),
        "7": ("histologie", "histology", "anapath", "anatomopathologie"),
        "9": _UNKNOWN,
    },
}
_DISTANCE_FROM = 84.0


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, without accents, every mark a blank: `Prénom(s)` and `prenom s` are one."""
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("°", " ")).casefold()
    plain = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def local_codes(field: Field, words: list[str]) -> dict[str, str]:
    """Local word -> contract code, for words whose meaning is known; the contract's codes are left alone."""
    known = {code.upper() for code in field.codes}
    meanings = _meanings(field)
    found = {
        word: meanings[fold(word)] for word in words if word.upper() not in known and fold(word) in meanings
    }
    return found if _coherent(field, found) else {}


def known_words(field: Field) -> list[tuple[str, str]]:
    """(word, code) for every word whose meaning is known beyond the contract's labels."""
    table = WORDS.get(field.name) or (_YES_NO if {"0", "1", "9"} <= set(field.codes) else {})
    return [(word, code) for code, words in table.items() for word in words if code in field.codes]


def _meanings(field: Field) -> dict[str, str]:
    meanings = {fold(word): code for word, code in known_words(field)}
    labels = ((fold(text), code) for code, label in field.code_labels.items() for text in label)
    return {label: code for label, code in labels if label} | meanings


def _coherent(field: Field, found: Mapping[str, str]) -> bool:
    """`d` is right beside `g` and dead beside `v`; alone, a single letter proves nothing."""
    if field.name not in WORDS:
        return True
    return len(set(found.values()) - {"9"}) > 1 or any(
        len(word) > 2 or any(char.isdigit() for char in word) for word in found
    )


class Names:
    """The names under which the fields of a contract are known."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._exact = {
            field.name: {field.name, field.export_name, *field.label, *field.synonyms} for field in fields
        }
        self._folded = {name: {fold(text) for text in texts} for name, texts in self._exact.items()}
        self._tokens = {name: {tokens(text) for text in texts} for name, texts in self._exact.items()}
        self._labels = {
            field.name: {fold(text) for text in (field.name, field.export_name, *field.label)}
            for field in fields
        }

    def score(self, header: str, name: str) -> float:
        """0 to 1: how well a header names a field."""
        folded = fold(header)
        if not folded:
            return 0.0
        if folded in AMBIGUOUS and name in AMBIGUOUS[folded]:
            return 0.96 if header in self._exact[name] else 0.6 if self._spelled(header, folded) else 0.75
        if folded in self._labels[name]:
            return 1.0 if header in self._exact[name] or len(folded) > 3 else 0.95
        if folded in self._folded[name]:
            return 0.96
        return max(self._distance(folded, name), likeness(tokens(header), self._tokens[name]))

    def _spelled(self, header: str, folded: str) -> bool:
        """The header is spelled as one of the fields it may name: `cT` is hardly a chemotherapy."""
        return any(header in self._exact.get(name, ()) for name in AMBIGUOUS[folded])

    def _distance(self, folded: str, name: str) -> float:
        """Close spellings, and headers cut short by an old program; short names are close to nothing."""
        if len(folded) < 5:
            return 0.0
        best = 0.0
        for known in self._folded[name]:
            if len(folded) >= 8 and known.startswith(folded):
                best = max(best, 0.85)
            elif len(known) >= 5:
                best = max(
                    best, _scaled(fuzz.ratio(folded, known)), _scaled(fuzz.token_sort_ratio(folded, known))
                )
        return best


def _scaled(ratio: float) -> float:
    return 0.0 if ratio < _DISTANCE_FROM else 0.55 + 0.3 * (ratio - _DISTANCE_FROM) / (100 - _DISTANCE_FROM)
