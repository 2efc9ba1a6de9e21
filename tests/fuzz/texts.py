"""Changes to the bytes of a file, whatever they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .trees import NASTY

_BITS = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a", b"\r", b"\n\n", b"\t", b"---\n", b"...\n"),
    *(b"[" * 500, b"{" * 500, b"&a [*a]", b"<<: *a\n", b"\\u0000", b"\\ud800", b"'", b'"', b"#", b"%"),
    *(b"|", b">", b"?", b": ", b", ", b";"),
)
_NUMBER = re.compile(rb"[0-9]+")
_WORD = re.compile(rb"[A-Za-z_]{2,}")


def _flip(random: Random, text: bytes) -> bytes:
    changed = bytearray(text)
    for _ in range(random.choice([1, 1, 3, 30])):
        at = random.randrange(len(changed))
        changed[at] = random.choice([changed[at] ^ (1 << random.randrange(8)), random.randrange(256), 32])
    return bytes(changed)


def _cut(random: Random, text: bytes) -> bytes:
    return text[: random.randrange(len(text))]


def _without(random: Random, text: bytes) -> bytes:
    start, end = _span(random, text)
    return text[:start] + text[end:]


def _again(random: Random, text: bytes) -> bytes:
    start, end = _span(random, text)
    at = random.randrange(len(text))
    return text[:at] + text[start:end] * random.choice([1, 1, 2, 50]) + text[at:]


def _bit(random: Random, text: bytes) -> bytes:
    at = random.randrange(len(text))
    return text[:at] + random.choice([*_BITS, _nasty(random)]) + text[at:]


def _number(random: Random, text: bytes) -> bytes:
    return _one(random, text, _NUMBER)


def _word(random: Random, text: bytes) -> bytes:
    return _one(random, text, _WORD)


def _line(random: Random, text: bytes) -> bytes:
    """Take a line away, double it, move it, or move it to the side."""
    lines = text.split(b"\n")
    line = lines.pop(random.randrange(len(lines)))
    for _ in range(random.choice([0, 1, 1, 2])):
        lines.insert(random.randint(0, len(lines)), random.choice([line, b"  " + line, line.lstrip(), b"- " + line]))
    return b"\n".join(lines)


def _encode(random: Random, text: bytes) -> bytes:
    encoding = random.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1256", "utf-8-sig", "utf-7", "cp037"])
    return text.decode("utf-8", errors="replace").encode(encoding, errors="replace")


def _ends(random: Random, text: bytes) -> bytes:
    return text.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\r", b"\xe2\x80\xa8", b"\x0b", b"\n\n"]))


def _one(random: Random, text: bytes, kind: re.Pattern[bytes]) -> bytes:
    found = list(kind.finditer(text))
    if not found:
        return _flip(random, text)
    there = random.choice(found)
    other = random.choice([_nasty(random), random.choice(found)[0]])
    return text[: there.start()] + other + text[there.end() :]


def _nasty(random: Random) -> bytes:
    return str(random.choice(NASTY)).encode("utf-8", errors="replace")


def _span(random: Random, text: bytes) -> tuple[int, int]:
    start = random.randrange(len(text))
    return start, min(len(text), start + random.choice([1, 5, 50, 500]))


CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(_flip, _cut, _without, _again, _bit, _bit, _number, _number, _word, _word, _line, _line, _encode, _ends),
)


def changed(random: Random, text: bytes) -> bytes:
    """Change a text in one way or a few."""
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        if text:
            text = random.choice(CHANGES)(random, text)
    return text
