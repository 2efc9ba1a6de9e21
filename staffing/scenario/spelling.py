"""Words that look the same: the forms in which they are compared, and what tells them apart."""

from __future__ import annotations

import unicodedata

_ONE_LETTER = str.maketrans("يىكڪہھە", "ییککههه")
"""Arabic forms of Persian letters."""
_LATIN = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԚԜ" + "аекорсухіјѕһԁԛԝӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "αικνορυχ" + "‐‑‒–—−",
    "ABEKMHOPCTYXIJSQW" + "aekopcyxijshdqwl" + "ABEZHIKMNOPTYX" + "aikvopux" + "------",
)
"""Cyrillic and Greek letters, and dashes, that look like Latin ones."""
_BLANK = frozenset(
    {*"\u034f\u115f\u1160\u3164\uffa0\u0640", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
)
"""Signs without a shape of their own that are no format characters: joiners, fillers, selectors, the Arabic stretch."""


def alike(name: str) -> str:
    """Return a name in the form in which names are compared.

    Capitals, blanks, invisible signs, the scripts of digits and the Arabic forms of Persian letters make no difference.

    >>> alike(" Sara  KHAN ") == alike("sara khan")
    True
    """
    return " ".join(_bare(name).casefold().split())


def forms(name: str) -> tuple[str, str]:
    """Return two forms of a name; names that share one of them look alike.

    There are two, since a capital may look like another letter than its small one does: Greek Ν like N, ν like v.

    >>> set(forms("Nova")) & set(forms("nоvа"))
    {'nova'}
    """
    return alike(name), " ".join(_bare(name).translate(_LATIN).casefold().split())


def _bare(name: str) -> str:
    if name.isascii():
        return name
    shown = "".join(char for char in unicodedata.normalize("NFKC", name) if not _invisible(char))
    return "".join(str(unicodedata.digit(char, char)) for char in shown).translate(_ONE_LETTER)


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or char in _BLANK


def invisible_in(text: str) -> str | None:
    """Return the name of a text's first invisible character, such as a soft hyphen or a no-break space.

    >>> invisible_in("an\\u00adna")
    'SOFT HYPHEN (U+00AD)'
    """
    unseen = (char for char in text if _invisible(char) or (char.isspace() and char != " "))
    return next((_named(char) for char in unseen), None)


def difference(word: str, other: str) -> str:
    """Return in what a word differs from another one that looks the same.

    >>> difference("SEO", "seo")
    'capitals count'
    >>> difference("аnna", "anna")
    'its "а" is CYRILLIC SMALL LETTER A (U+0430), not LATIN SMALL LETTER A (U+0061)'
    """
    here, there = invisible_in(word), invisible_in(other)
    if here != there:
        return f"it holds the invisible {here}" if here else f"the other holds the invisible {there}"
    if unicodedata.normalize("NFC", word) == unicodedata.normalize("NFC", other):
        return "its accents are coded in another way, as signs of their own or as parts of their letters"
    if word.split() == other.split():
        return "blanks count"
    folded = unicodedata.normalize("NFKC", word) != unicodedata.normalize("NFKC", other)
    if folded and " ".join(word.split()).casefold() == " ".join(other.split()).casefold():
        return "capitals count"
    pairs = zip(word, other, strict=False)
    first = next(((one, two) for one, two in pairs if one.casefold() != two.casefold()), None)
    if first is None:
        return "some of its letters only look the same"
    return f'its "{first[0]}" is {_named(first[0])}, not {_named(first[1])}'


def _named(char: str) -> str:
    return f"{unicodedata.name(char, 'character')} (U+{ord(char):04X})"


class Twins:
    """Finds words that look like an earlier one."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def of(self, word: str) -> str | None:
        """Take a word and return the earlier word that looks the same but is spelled otherwise; None without one."""
        ways = forms(word)
        found = next((self._seen[form] for form in ways if form in self._seen), None)
        for form in ways:
            self._seen.setdefault(form, word)
        return None if found == word else found
