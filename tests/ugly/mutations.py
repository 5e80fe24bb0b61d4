"""Files spoilt at random, always the same ones for the same seed."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable

_INTERESTING = (
    b"\0",
    b"\xff",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\1\0\0\0",
    b"\0\1",
    b"\x80",
)
_TOKENS = (
    b'"', b'""', b"'", b";", b",", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\x1a",
    b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xc3", b"\xe9", b"\xf0\x9f", b"-1", b"1E+05", b"9999999999", b"=", b"<", b">", b"&", b"</", b"/>", b" ",
    b"sep=;\n", b'"\n"',
)  # fmt: skip
_NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"65536",
    b"1048576",
    b"16384",
    b"2147483647",
    b"4294967296",
    b"1e308",
    b"NaN",
    b"",
)
_DIGITS = re.compile(rb"\d+")
Mutate = Callable[[bytes, random.Random], bytes]


def bytes_of(data: bytes, draw: random.Random) -> bytes:
    """One to six blows to the bytes themselves."""
    spoilt = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 3, 6))):
        place = draw.randrange(len(spoilt) + 1)
        blow = draw.randrange(8)
        if blow == 0 and spoilt:
            spoilt[place % len(spoilt)] ^= 1 << draw.randrange(8)
        elif blow == 1:
            mark = draw.choice(_INTERESTING)
            spoilt[place : place + len(mark)] = mark
        elif blow == 2:
            del spoilt[place : place + draw.choice((1, 2, 7, 64, 700))]
        elif blow == 3:
            spoilt[place:place] = draw.randbytes(draw.choice((1, 3, 40)))
        elif blow == 4:
            length = draw.choice((3, 50, 512))
            spoilt[place:place] = spoilt[place : place + length] * draw.choice((1, 2, 30))
        elif blow == 5:
            spoilt = spoilt[: max(1, place)]
        elif blow == 6:
            spoilt[place : place + 4] = draw.randbytes(4)
        else:
            spoilt[place:place] = draw.choice(_TOKENS)
    return bytes(spoilt)


def in_place(data: bytes, draw: random.Random) -> bytes:
    """Mostly blows that leave every byte at its place, so that what follows is still looked at."""
    if draw.random() < 0.3:
        return bytes_of(data, draw)
    spoilt = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5))):
        place = draw.randrange(len(spoilt))
        if draw.random() < 0.5:
            spoilt[place] = draw.randrange(256)
        else:
            mark = draw.choice(_INTERESTING)[: len(spoilt) - place]
            spoilt[place : place + len(mark)] = mark
    return bytes(spoilt)


def text_of(data: bytes, draw: random.Random) -> bytes:
    """Marks of text put in, numbers changed, whole lines moved; blows to the bytes at times."""
    if draw.random() < 0.3:
        return bytes_of(data, draw)
    for _ in range(draw.choice((1, 2, 4))):
        blow = draw.randrange(4)
        place = draw.randrange(len(data) + 1)
        if blow == 0:
            data = data[:place] + draw.choice(_TOKENS) * draw.choice((1, 1, 3, 200)) + data[place:]
        elif blow == 1:
            data = _other_number(data, draw)
        elif blow == 2:
            lines = data.split(b"\n")
            draw.shuffle(lines)
            data = b"\n".join(lines)
        else:
            other = draw.choice(("cp1252", "utf-16", "utf-8"))
            data = data[:place].decode("utf-8", "replace").encode(other, "replace") + data[place:]
    return data


def xml_of(data: bytes, draw: random.Random) -> bytes:
    """Numbers and names changed, elements left out or said twice."""
    blow = draw.randrange(5)
    tags = [found.start() for found in re.finditer(rb"<", data)]
    if blow < 2 or len(tags) < 2:
        return _other_number(data, draw)
    if blow == 2:
        start, end = sorted(draw.sample(tags, 2))
        return data[:start] + data[end:]
    if blow == 3:
        start, end = sorted(draw.sample(tags, 2))
        return data[:end] + data[start:end] * draw.choice((1, 5)) + data[end:]
    return text_of(data, draw)


def _other_number(data: bytes, draw: random.Random) -> bytes:
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    one = draw.choice(found)
    return data[: one.start()] + draw.choice(_NUMBERS) + data[one.end() :]


def inside_zip(inner: Mutate, outer: float = 0.25) -> Mutate:
    """A member of the archive spoilt and packed again, so that it is read; at times the archive itself."""

    def mutate(data: bytes, draw: random.Random) -> bytes:
        if draw.random() < outer:
            return bytes_of(data, draw)
        made = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = old.namelist()
            spoilt = set(draw.sample(names, min(len(names), draw.choice((1, 1, 2)))))
            for name in names:
                body = old.read(name)
                if name in spoilt and draw.random() < 0.05:
                    continue
                new.writestr(name, inner(body, draw) if name in spoilt else body)
        return made.getvalue()

    return mutate


def inside_gzip(inner: Mutate) -> Mutate:
    """What is packed spoilt and packed again; at times the packing."""

    def mutate(data: bytes, draw: random.Random) -> bytes:
        if draw.random() < 0.4:
            return bytes_of(data, draw)
        return gzip.compress(inner(gzip.decompress(data), draw), 1, mtime=0)

    return mutate
