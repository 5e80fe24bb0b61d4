"""Headers taken word by word: abbreviations spelled out, glued words parted, small words weighed less.

`PAT_DATE_NAISS`, `DateNaiss` and « Date de naissance du patient » are one name to a person, and here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

# Concept: the words and abbreviations for it in headers, French and English, folded.
_WORDS = {
    "numero": "n no nr num numero number id identifiant identifier",
    "patient": "patient patiente pat patients",
    "tumeur": "tumeur tumour tumor tum",
    "date": "date dat dt",
    "naissance": "naissance naiss nais nai birth born ne nee",
    "nom": "nom name surname",
    "prenom": "prenom prenoms pren given forename forenames firstname",
    "usage": "usage us usuel utilise used marital epouse",
    "commune": "commune communes com comm municipality insee lieu place",
    "residence": "residence resid res domicile dom habitation",
    "postal": "postal cp cpost cpostal postcode zip codepostal",
    "incidence": "incidence inc incid",
    "diagnostic": "diagnostic diag dg dx diagnosis diagnosed",
    "age": "age",
    "topographie": "topographie topo topography topographique localisation siege site",
    "morphologie": "morphologie morpho morphology morphologique",
    "histologie": "histologie histo histology histologique histological",
    "comportement": "comportement comport behaviour behavior beh",
    "edition": "edition ed version vers",
    "base": "base basis",
    "lateralite": "lateralite lat laterality side cote",
    "grade": "grade grading differenciation differentiation",
    "autopsie": "autopsie autop autopsy autopsique",
    "statut": "statut stat status etat",
    "vital": "vital vit",
    "derniere": "derniere dernieres last",
    "nouvelle": "nouvelle nouvelles news contact",
    "deces": "deces death dcd decede",
    "cause": "cause causes",
    "tnm": "tnm uicc",
    "clinique": "clinique clin clinical",
    "pathologique": "pathologique path patho pathological",
    "systeme": "systeme syst system staging stadification",
    "stade": "stade stage",
    "chirurgie": "chirurgie chir surgery surg surgical chirurgical",
    "radiotherapie": "radiotherapie radiotherapy radio irradiation radiation rt",
    "chimiotherapie": "chimiotherapie chimio chemotherapy chemo",
    "ciblee": "cible ciblee ciblees targeted target",
    "immunotherapie": "immunotherapie immuno immunotherapy",
    "hormonotherapie": "hormonotherapie hormono hormone hormonal hormonotherapy",
    "autre": "autre autres other",
    "traitement": "traitement ttt trt tt tx treatment therapie therapy treating th",
    "greffe": "greffe transplant transplantation",
    "csh": "csh sct",
    "finess": "finess etablissement etab hopital hospital",
    "source": "source sources",
    "enregistrement": "enregistrement enreg saisie saisi creation registration registered entry",
    "adicap": "adicap",
    "lesion": "lesion lesionnel",
    "ins": "ins nir matricule",
    "oid": "oid",
    "identite": "identite identity ident",
    "notification": "notification notif",
    "sortie": "sortie sor discharge",
    "entree": "entree ent admission",
    "sejour": "sejour sej stay hospitalisation",
    "evenement": "evenement event",
    "document": "document doc",
}
_CONCEPT = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_SPELLED = sorted({word for word in _CONCEPT if len(word) >= 5})
# Said in passing: nearly nothing hangs on them.
_PASSING = (
    "de du des la le les l d au aux a et ou en par pour sur dans un une of the at in to by for or and on",
    "code cod cd codes flag valeur value var fait faite done used utilise utilisee recu recue given",
    "ayant most valid plus valide categorie category o y oui non yes no cimo initiale initial",
)
# Of whom or of what: worth little, unless the field is named by it.
_BESIDE = ("patient tumeur traitement diagnostic cas case dossier sejour premier first 1er tnm",)
# About someone or something else altogether.
_ELSEWHERE = (
    "medecin docteur dr praticien operateur referent declarant mere pere conjoint aidant tuteur parent",
    "mother father doctor physician spouse kin utilisateur user medicament",
)
_NOISE, _SOFT, _OTHERS = (
    frozenset(word for line in lines for word in line.split()) for lines in (_PASSING, _BESIDE, _ELSEWHERE)
)
_NOISE_WEIGHT, _SOFT_WEIGHT = 0.1, 0.3
_LEAST = 0.7


@lru_cache(maxsize=8192)
def tokens(header: str) -> frozenset[str]:
    """The concepts that a header names, and its other words as they are."""
    bare = unicodedata.normalize("NFKD", header.replace("œ", "oe").replace("°", " "))
    plain = "".join(char for char in bare if not unicodedata.combining(char))
    parted = re.sub(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", " ", plain)
    folded = " ".join(re.sub(r"[^a-z0-9]+", " ", parted.casefold()).split())
    folded = re.sub(r"\b(?:cim|icd) ?o(?: ?3)?\b", "cimo", folded)
    folded = re.sub(r"\bctnm\b", "clinique tnm", re.sub(r"\bptnm\b", "pathologique tnm", folded))
    folded = re.sub(r"\bo n$", "", re.sub(r"\bdn\b", "dernieres nouvelles", folded))
    found = {concept for word in folded.split() for concept in _concepts(word)}
    return frozenset(_tnm(found))


def _tnm(found: set[str]) -> set[str]:
    """`T clinique` is `cT`."""
    for mark, words in (("c", "clinique"), ("p", "pathologique")):
        for letter in "tnm":
            if {letter, words} <= found:
                return (found - {letter, words, "tnm"}) | {mark + letter}
    return found


@lru_cache(maxsize=8192)
def _concepts(word: str) -> tuple[str, ...]:
    if word in _CONCEPT:
        return (_CONCEPT[word],)
    if word in _NOISE or word in _OTHERS or len(word) < 4:
        return (word,)
    longer = {_CONCEPT[known] for known in _SPELLED if known.startswith(word)}
    if len(longer) == 1:
        return tuple(longer)
    close = process.extractOne(word, _SPELLED, scorer=fuzz.ratio, score_cutoff=88)
    if close is not None:
        return (_CONCEPT[close[0]],)
    return _parted(word) or (word,)


@lru_cache(maxsize=8192)
def _parted(word: str) -> tuple[str, ...]:
    """`datenaiss` as date and naissance: two or three known words of two letters or more, glued."""
    for cut in range(len(word) - 2, 2, -1):
        head, tail = word[:cut], word[cut:]
        if head in _CONCEPT and len(head) >= 3:
            if tail in _CONCEPT and len(tail) >= 2:
                return (_CONCEPT[head], _CONCEPT[tail])
            rest = _parted(tail) if len(tail) >= 5 else ()
            if rest:
                return (_CONCEPT[head], *rest)
    return ()


def likeness(header: frozenset[str], known: Iterable[frozenset[str]]) -> float:
    """0 to 1: how well the words of a header are those of one of the names of a field (see `tokens`)."""
    if header & _OTHERS:
        return 0.0
    return max((_overlap(header, name) for name in known), default=0.0)


def _overlap(header: frozenset[str], name: frozenset[str]) -> float:
    common = sum(_key_weight(token) for token in header & name)
    if not common:
        return 0.0
    extra = sum(_extra_weight(token) for token in header - name)
    whole = sum(_key_weight(token) for token in name)
    share = 2 * common / (common + extra + whole)
    return 0.0 if share < _LEAST else 0.6 + 0.33 * (share - _LEAST) / (1 - _LEAST)


def _key_weight(token: str) -> float:
    return _NOISE_WEIGHT if token in _NOISE else 1.0


def _extra_weight(token: str) -> float:
    return _NOISE_WEIGHT if token in _NOISE else _SOFT_WEIGHT if token in _SOFT else 1.0
