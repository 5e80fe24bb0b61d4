"""Codes that local words probably stand for: by the contract's own codes and labels, and by known words.

A suggestion is always for a person to accept: it says why, and keeps silent where two codes are as likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from desktop_app.core.mapping.words import fold, known_words, local_codes
from validation_rules.contract import Field
from validation_rules.text import Text

LIKELY, SURE = 0.6, 0.9
_MARGIN = 0.08
_CLOSE_FROM = 78.0
_LEADING_CODE = re.compile(r"^\W*([0-9A-Za-z.]{1,6})\s*(?:[-–—:=)./|]|\s)\s*(\S.*)$")
_SHORT, _EXACT = 3, 0.95
_AGAINST = 0.85


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`local` probably stands for `code` of the contract, `confidence` 0 to 1; `others` may be offered."""

    local: str = field(repr=False)
    code: str
    confidence: float
    why: Text
    others: tuple[str, ...] = ()


def suggest_codes(
    target: Field, words: Iterable[str], said: Mapping[str, str] | None = None
) -> tuple[Suggestion, ...]:
    """Suggestions for the words that the field does not know; at most one a word, none where it is a toss-up.

    `words` are the distinct local values, trimmed, all of the column: what one letter means hangs on the
    others. `said` is what the file itself says of its codes (value labels of a statistical file): where it
    says something, that is what counts, even of a value that the contract knows too. Empty for a field
    without a list of codes.
    """
    if not target.codes:
        return ()
    every = list(dict.fromkeys(words))
    if said and any(word in said for word in every):
        return _by_labels(target, every, said)
    codes = {code.upper(): code for code in target.codes}
    known = local_codes(target, every)
    labels = _labels(target)
    found = (_suggest(word, codes, known, labels, target) for word in every if word.upper() not in codes)
    return tuple(suggestion for suggestion in found if suggestion is not None)


def _by_labels(target: Field, words: list[str], said: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """By the label that the file gives each code: `2` labelled « Homme » is the contract's `1`."""
    told = {word: said[word] for word in words if word in said}
    meant = {one.local: one for one in suggest_codes(target, told.values())}
    own = {label: label for label in told.values() if label in target.codes}
    found = []
    for word, label in told.items():
        code = meant[label].code if label in meant else own.get(label)
        if code is not None and code != word:
            why = Text(f"Le fichier dit « {label} ».", f"The file says “{label}”.")
            sure = meant[label].confidence if label in meant else _EXACT
            found.append(Suggestion(word, code, sure, why))
    return (*found, *suggest_codes(target, [word for word in words if word not in said]))


def _labels(target: Field) -> list[tuple[str, str]]:
    """(words, code): labels of the contract in both languages, and words known to mean the code."""
    texts = [(fold(text), code) for code, label in target.code_labels.items() for text in label]
    known = [(fold(word), code) for word, code in known_words(target) if len(fold(word)) > _SHORT]
    return [(text, code) for text, code in dict.fromkeys((*texts, *known)) if text]


def _suggest(
    word: str,
    codes: Mapping[str, str],
    known: Mapping[str, str],
    labels: Sequence[tuple[str, str]],
    target: Field,
) -> Suggestion | None:
    if word in known:
        return _made(word, known[word], _EXACT, _MEANS, target)
    number = _as_number(word)
    if number is not None and number in codes:
        return _made(word, codes[number], 0.9, _NUMBER, target)
    leading = _LEADING_CODE.match(word)
    if leading and leading[1].upper() in codes:
        return _with_label(word, codes[leading[1].upper()], leading[2], labels, target)
    return _alike(word, labels, target)


def _as_number(word: str) -> str | None:
    """`01`, `1,0`, `1.` and `1.0` as `1`; `7,1` as `7.1`."""
    match = re.fullmatch(r"0*(\d+)(?:[.,](\d*?)0*)?", word)
    if match is None:
        return None
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def _with_label(
    word: str, code: str, rest: str, labels: Sequence[tuple[str, str]], target: Field
) -> Suggestion | None:
    """`7 - Histologie`: the code is believed unless the words beside it are those of another code."""
    ranked = _ranked(fold(rest), labels)
    own = next((score for score, other in ranked if other == code), 0.0)
    if own >= _CLOSE_FROM:
        return _made(word, code, _EXACT, _BOTH, target)
    if ranked and ranked[0][0] >= _CLOSE_FROM:
        return None
    return _made(word, code, 0.75, _CODE_FIRST, target)


def _alike(word: str, labels: Sequence[tuple[str, str]], target: Field) -> Suggestion | None:
    folded = fold(word)
    if len(folded) <= _SHORT:
        return None
    ranked = _ranked(folded, labels)
    near = [(score, code) for score, code in ranked if score >= _CLOSE_FROM]
    if not near or (len(near) > 1 and near[0][0] - near[1][0] < 100 * _MARGIN):
        return None
    others = tuple(code for _, code in near[1:4])
    if near[0][0] >= 100:
        return _made(word, near[0][1], _EXACT, _LABEL, target, others)
    return _made(word, near[0][1], round(near[0][0] / 115, 2), _CLOSE, target, others)


def _ranked(folded: str, labels: Sequence[tuple[str, str]]) -> list[tuple[float, str]]:
    """The best similarity to each code, best first, 0 to 100.

    A word that only the labels of other codes have speaks against a code: « avant ou après » is neither.
    """
    best: dict[str, float] = {}
    words: dict[str, set[str]] = {}
    for text, code in labels:
        best[code] = max(best.get(code, 0.0), _similarity(folded, text))
        words.setdefault(code, set()).update(text.split())
    every = set().union(*words.values()) & {word for word in folded.split() if len(word) > _SHORT}
    best = {code: score * (1.0 if every <= words[code] else _AGAINST) for code, score in best.items()}
    return sorted(((score, code) for code, score in best.items()), key=lambda item: (-item[0], item[1]))


def _similarity(one: str, other: str) -> float:
    """Whole words in any order; a short word inside a long label is a hint, never a likeness of 100.

    A denial on one side only makes them unlike: « non traité » is close to « traité » in letters alone.
    """
    if one == other:
        return 100.0
    if _denied(one) != _denied(other):
        return 0.0
    alike: float = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    inside: float = fuzz.token_set_ratio(one, other) if min(len(one), len(other)) >= 6 else 0.0
    return min(99.0, max(alike, 0.9 * inside))


def _denied(folded: str) -> bool:
    return not {"non", "not", "no", "sans", "pas", "aucun", "aucune", "without", "none"}.isdisjoint(
        folded.split()
    )


_MEANS = Text("Mot connu pour « {label} ».", "A known word for “{label}”.")
_NUMBER = Text("Le code {code}, écrit comme un nombre.", "Code {code}, written as a number.")
_BOTH = Text("Commence par le code et le libellé « {label} ».", "Starts with the code and label “{label}”.")
_CODE_FIRST = Text("Commence par le code {code} ; vérifiez.", "Starts with code {code}; check.")
_LABEL = Text("Le libellé même de « {label} ».", "The very label “{label}”.")
_CLOSE = Text("Proche du libellé « {label} » ; vérifiez.", "Close to the label “{label}”; check.")


def _made(
    word: str, code: str, confidence: float, why: Text, target: Field, others: tuple[str, ...] = ()
) -> Suggestion:
    label = target.code_labels.get(code, Text(code, code))
    said = Text(why.fr.format(label=label.fr, code=code), why.en.format(label=label.en, code=code))
    return Suggestion(word, code, confidence, said, others)
