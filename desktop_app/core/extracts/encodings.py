"""Which encoding a text file is in, and its bytes as UTF-8, in memory only: cells may name people."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.stages import Guess
from validation_rules.text import Text

CHOICES = (
    "utf-8", "utf-8-sig", "cp1252", "latin-1", "iso-8859-15", "utf-16-le", "utf-16-be", "cp850", "mac-roman",
    "utf-32-le", "utf-32-be",
)  # fmt: skip
_UNIFORM = {codecs.lookup(name).name: name for name in CHOICES} | {
    "ascii": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the mark of UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LETTERS = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑáíóúãõ°«»’‘“”–…€²³µ\xa0")
# What French text is made of; the others of `_LETTERS` occur, but prove little.
_COMMON = frozenset("àâçéèêëîïôùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ°«»’")
_WIDE = ("utf-16", "utf-32")
_MARK_AMID = b"\n" + codecs.BOM_UTF8
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_JUDGED = 20_000
_C1 = bytes(range(0x80, 0xA0))
# 31 separates the cells of some exports.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27, 31})


class Verdict(NamedTuple):
    """An encoding, how sure, and why."""

    encoding: str
    confidence: float
    evidence: Text


def uniform(encoding: str) -> str:
    """The product's own name of an encoding. Raises AppError for one that it does not read."""
    try:
        return _UNIFORM[codecs.lookup(encoding.strip()).name]
    except (LookupError, ValueError):
        raise problems.unknown_encoding(encoding) from None


def guess_encoding(head: bytes) -> Guess:
    """The encoding of a text file from its first bytes, with the evidence."""
    verdict = _verdict(head)
    others = tuple(name for name in CHOICES if name != verdict.encoding)
    return Guess("encoding", verdict.encoding, verdict.evidence, verdict.confidence, others)


def _verdict(head: bytes) -> Verdict:
    for mark, name in _BOMS:
        if head.startswith(mark):
            evidence = Text(
                "Le fichier commence par une marque d’encodage.", "The file starts with a byte order mark."
            )
            return Verdict(name, 1.0, evidence)
    return _wide(head) or _utf8(head) or _mixed(head) or _single_byte(head)


def is_wide(encoding: str) -> bool:
    """Whether a character takes two bytes or four, so that zero bytes prove nothing."""
    return encoding.lower().replace("_", "-").startswith(_WIDE)


def _wide(head: bytes) -> Verdict | None:
    """UTF-16 or UTF-32 without a mark: in Latin text one byte of two is zero, or three of four."""
    return _four_bytes(head) or _two_bytes(head)


def _four_bytes(head: bytes) -> Verdict | None:
    fours = len(head) // 4
    if not fours or head.count(0) < fours * 2.5:
        return None
    zeros = [head[place : fours * 4 : 4].count(0) / fours for place in range(4)]
    for name, places in (("utf-32-le", (1, 2, 3, 0)), ("utf-32-be", (0, 1, 2, 3))):
        if min(zeros[place] for place in places[:3]) > 0.9 and zeros[places[3]] < 0.1:
            evidence = Text("Trois octets sur quatre sont nuls.", "Three bytes out of four are zero.")
            return Verdict(name, 0.95, evidence)
    return None


def _two_bytes(head: bytes) -> Verdict | None:
    pairs = len(head) // 2
    if not pairs or head.count(0) < pairs * 0.4:
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0) / pairs, head[1 : pairs * 2 : 2].count(0) / pairs
    if max(even, odd) < 0.5 or min(even, odd) > 0.1:
        return None
    evidence = Text(
        f"Un octet sur deux est nul ({100 * max(even, odd):.0f}\N{NO-BREAK SPACE}% des paires).",
        f"Every other byte is zero ({max(even, odd):.0%} of pairs).",
    )
    return Verdict("utf-16-le" if odd > even else "utf-16-be", 0.95, evidence)


def _utf8(head: bytes) -> Verdict | None:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    accented = len(text) - len(text.encode("ascii", "ignore"))
    if not accented:
        evidence = Text(
            "Aucun caractère accentué au début du fichier : tous les encodages s’y lisent de même.",
            "No accented character at the start of the file: every encoding reads it alike.",
        )
        return Verdict("utf-8", 0.8, evidence)
    evidence = Text(
        f"{accented} caractères accentués, tous en UTF-8 valide.",
        f"{accented} accented characters, all of them valid UTF-8.",
    )
    return Verdict("utf-8", 0.99, evidence)


def _mixed(head: bytes) -> Verdict | None:
    """UTF-8 with a few bytes of something else: to read it all as that would spoil every other accent."""
    text = head.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    if right <= wrong:
        return None
    evidence = Text(
        f"{right} caractères accentués en UTF-8, mais {wrong} octets qui n’en sont pas.",
        f"{right} accented characters in UTF-8, but {wrong} bytes that are not.",
    )
    return Verdict("utf-8", 0.5, evidence)


def _single_byte(head: bytes) -> Verdict:
    """The single-byte encoding under which the accented characters are those of French."""
    high = bytes(byte for byte in head if byte > 127)
    scores = {name: _plausible(head, name) for name in ("cp1252", "iso-8859-15", "cp850", "mac-roman")}
    best = max(scores, key=lambda name: scores[name])
    share, runner_up = scores[best], max(value for name, value in scores.items() if name != best)
    if share < 0.5:
        return _normalizer(head, share)
    evidence = Text(
        f"{len(high)} caractères accentués, dont {100 * share:.0f}\N{NO-BREAK SPACE}% sont des lettres "
        f"françaises lues en {best}.",
        f"{len(high)} accented characters, {share:.0%} of them French letters when read as {best}.",
    )
    close = best != "cp1252" and share - runner_up < 0.1
    return Verdict(best, 0.5 if close else min(0.95, share), evidence)


def _plausible(head: bytes, encoding: str) -> float:
    """Share, from 0 to 1, of the accented characters that stand where French has them."""
    text = head.decode(encoding, "replace")
    places = [found.start() for found in islice(_ACCENTED.finditer(text), _JUDGED)]
    return sum(
        _weight(text[place - 1 : place], text[place], text[place + 1 : place + 2]) for place in places
    ) / max(1, len(places))


def _weight(before: str, char: str, after: str) -> float:
    if char not in _LETTERS:
        return 0.0
    amid = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    if amid and char.isalpha() and before.isupper() == after.isupper() != char.isupper():
        return 0.0  # a small letter amid capitals, or the reverse
    return 1.0 if char in _COMMON else 0.9


def _normalizer(head: bytes, share: float) -> Verdict:
    """Not French under any usual encoding: ask charset-normalizer, with little confidence."""
    from charset_normalizer import from_bytes

    found = from_bytes(
        head[:200_000], cp_isolation=[name for name in CHOICES if not name.startswith("utf")]
    ).best()
    name = _UNIFORM.get(codecs.lookup(found.encoding).name) if found else None
    evidence = Text(
        "Les accents ne ressemblent au français dans aucun encodage courant : vérifiez l’aperçu.",
        "The accented characters do not look French in any usual encoding: check the preview.",
    )
    return Verdict(name or "cp1252", max(0.2, min(0.4, share)), evidence)


def binary_share(head: bytes) -> float:
    """Share of control characters that no text holds (zero bytes of UTF-16 set apart by the caller)."""
    return 1 - len(head.translate(None, _CONTROLS)) / max(1, len(head))


def _table(encoding: str) -> str:
    """256 characters; a byte that the encoding leaves open keeps its own number, as browsers do."""
    return "".join(
        char if (char := bytes([byte]).decode(encoding, "replace")) != "\ufffd" else chr(byte)
        for byte in range(256)
    )


class Transcoder:
    """Turns chunks of bytes into UTF-8, without mark, NUL read as a space.

    With `open_minded`, a file that was pure ASCII so far and then is not UTF-8 turns out to be in the
    single-byte encoding that its first accented characters tell; `encoding` then says which.
    """

    def __init__(self, path: Path, encoding: str, *, open_minded: bool = False) -> None:
        self.encoding = uniform(encoding)
        self.nulls = 0
        self._path = path
        self._open_minded = open_minded and self.encoding == "utf-8"
        self._ascii = True
        self._line = 1
        self._start()

    def _start(self) -> None:
        self._tail = b""
        self._wide = self.encoding.startswith("utf")
        self._decoder = codecs.getincrementaldecoder(self.encoding)() if self._wide else None
        self._chars = "" if self._wide else _table(self.encoding)

    def utf8(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks in UTF-8. Raises AppError, with the line, on bytes that the encoding forbids."""
        first = True
        for chunk in self._decoded(chunks):
            text = chunk.removeprefix(codecs.BOM_UTF8).removeprefix(codecs.BOM_UTF8) if first else chunk
            first = first and not chunk
            if _MARK_AMID in text:
                text = text.replace(_MARK_AMID, b"\n")
            if found := text.count(0):
                self.nulls += found
                text = text.replace(b"\0", b" ")
            if self._wide:  # the other encodings allow every byte
                self._line += text.count(b"\n")
            yield text

    def _decoded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            if self._ascii and chunk.isascii() and not is_wide(self.encoding):
                yield chunk
                continue
            yield self._decode(chunk)
            self._ascii = False
        if self._decoder is not None:
            yield self._decode(b"", final=True)

    def _decode(self, chunk: bytes, *, final: bool = False) -> bytes:
        try:
            if self.encoding == "utf-8":
                # Decoding verifies; the bytes themselves are handed on, but for a character cut in two.
                whole = self._tail + chunk
                taken = codecs.utf_8_decode(whole, "strict", final)[1]
                self._tail = whole[taken:]
                return whole[:taken]
            if self._decoder is not None:
                return self._decoder.decode(chunk, final).encode("utf-8")
        except UnicodeError as error:
            if not (self._open_minded and self._ascii and chunk):
                raise self._refusal(chunk, error) from None
            self.encoding = _single_byte(chunk).encoding
            self._start()
        if self.encoding in ("cp1252", "latin-1") and len(chunk.translate(None, _C1)) == len(chunk):
            # Without these 32 bytes the two are the same, and Latin-1 decodes much faster.
            return chunk.decode("latin-1").encode("utf-8")
        return codecs.charmap_decode(chunk, "strict", self._chars)[0].encode("utf-8")

    def _refusal(self, chunk: bytes, error: UnicodeError) -> AppError:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        return problems.not_decodable(self._path, self.encoding, self._line + chunk[:start].count(b"\n"))
