"""Text that is no table: what it is, told from its first bytes, so that it is not cut at some comma."""

from __future__ import annotations

import re

from validation_rules.text import Text

_STARTS: tuple[tuple[bytes, Text], ...] = (
    (rb"\[\s*[\[{\"]|\{\s*\"", Text("du JSON", "JSON")),
    (rb"<\?xml\b", Text("du XML", "XML")),
    (rb"\{\\rtf", Text("un document RTF", "an RTF document")),
    (rb"-----BEGIN ", Text("un message chiffré ou signé", "an encrypted or signed message")),
    (rb"(?:MSH|FHS|BHS)\|\^~\\&", Text("un message HL7", "an HL7 message")),
    (rb"MIME-Version:|Received: ", Text("un courriel ou une archive Web", "an e-mail or a Web archive")),
)  # fmt: skip
_KINDS = tuple((re.compile(start), kind) for start, kind in _STARTS)
_MARKS = b"\xef\xbb\xbf\xff\xfe \r\n\t"
MAINFRAME = Text("un fichier en EBCDIC, d’un ordinateur central", "an EBCDIC file of a mainframe")
# Letters, figures and the blank in EBCDIC; in the encodings of French text most of these are rare.
_EBCDIC = b"\x40" + bytes(
    byte for row in (0x80, 0x90, 0xC0, 0xD0, 0xE0, 0xF0) for byte in range(row, row + 10)
)
_ASCII = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)) + bytes(range(0x30, 0x3A)) + b" ;,\t|"


def not_a_table(head: bytes) -> Text | None:
    """What text of another kind is, or None for text that may be a table."""
    start = head[:4096].replace(b"\0", b"").lstrip(_MARKS)
    return next((kind for pattern, kind in _KINDS if pattern.match(start)), None)


def is_ebcdic(head: bytes) -> bool:
    """Whether the bytes are letters and figures in EBCDIC, and in no ASCII at all."""
    kept = len(head) - len(head.translate(None, _EBCDIC))
    plain = len(head) - len(head.translate(None, _ASCII))
    return kept > 0.6 * len(head) and plain < 0.15 * len(head)
