"""Lists in one cell: parted by semicolons, each entry with its own short way of writing.

=============== =====================================================================
skills          ``seo:2; copy``, a bare name being level 1
after           ``plan; brief+1``, after a plus the lag in weeks
time_off        ``2026-01-05..2026-01-09; 2026-02-02``
estimates       ``omid=8; sara=6@500``, hours and after ``@`` the fixed price
goals           ``must; value~0.02; cost``, after ``~`` the tolerance
weekly_hours    ``40``, or ``2026-01-05=40; 2026-03-01=32``, hours from each date on
names, dates    ``a; b``
=============== =====================================================================

In a what-if ``null`` may stand first in skills and time_off: the base's are then gone. A name with ``;``, ``,``, ``:``
or a quote in it, or that is null itself, stands in double quotes, a quote in it twice. A single ``;`` is the empty
list. The Persian semicolon, or a line break, parts entries as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from staffing.scenario.amounts import Written, plain
from staffing.scenario.paths import label
from staffing.scenario.slips import meant_span, two_readings

_ENTRY = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*+)"(?P<rest>[^;؛\n]*)|(?P<bare>[^;؛\n]*))(?:[;؛\n]|\Z)')
_QUOTED = re.compile(r'[;؛,،:"\n\r]|^\s|\s$|^$|^null$')
_COMMA = re.compile("[,،]")
_AMOUNT = re.compile(r"[=@~+:]\s*[+-]?[\d.,٫٬]*\d\s*(?=@|\Z)")
"""An amount, whose comma is one of decimals or thousands."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]{1,4})?")
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.", "٬")
"""Persian and Arabic digits, and their decimal sign, as Western ones."""


NULL = "null"
"""What stands first in a list of a what-if that takes the place of the base's instead of adding to it."""


class Wrong(ValueError):
    """What is wrong with a cell, in one sentence."""


def number(text: str, comma: bool | None) -> Written | str:
    """Return a number in Western or Persian digits, with a decimal comma if `comma`; a text that is none as it is.

    What can be read in two ways is left as text too, for the checks of the scenario to refuse: ``1.200`` beside
    decimal commas, or where `comma` is None and nobody can tell.

    >>> str(number("۴۰", comma=False)), str(number("0,75", comma=True)), number("forty", comma=False)
    ('40', '0.75', 'forty')
    """
    if comma is not False and two_readings(text) and not (comma and "," in text):
        return text
    western = text.strip().translate(DIGITS)
    if comma and western.count(",") == 1:
        western = western.replace(",", ".")
    if not _NUMBER.fullmatch(western):
        return text
    found = Written(western)
    found.text = text
    return found


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield each entry of a list as the quoted name and the rest; without quotes all of it is the rest.

    Raises
    ------
    Wrong
        Where commas part them: names of that kind stand in quotes, and ids have none.
    """
    for found in _ENTRY.finditer(text):
        if found["quoted"] is not None:
            yield found["quoted"].replace('""', '"'), found["rest"].strip()
        elif bare := found["bare"].strip():
            if _COMMA.search(_AMOUNT.sub("", bare)):
                parted = joined([part.strip() for part in _COMMA.split(bare)])
                raise Wrong(f'"{label(bare)}" has a comma, and a list is parted by semicolons: write {label(parted)}')
            yield "", bare


def names(text: str, comma: bool | None) -> list[str]:  # noqa: ARG001  one signature for all lists
    """Read names, or dates."""
    return [quoted + rest for quoted, rest in entries(text)]


def levels(text: str, comma: bool | None) -> dict[str, Any]:
    """Read skills with their levels; null first."""
    found: dict[str, Any] = {}
    for place, (quoted, rest) in enumerate(entries(text)):
        if not place and not quoted and rest == NULL:
            found[NULL] = None
            continue
        name, colon, level = rest.rpartition(":")
        _add(found, quoted + (name if colon else rest).strip(), number(level.strip(), comma) if colon else Written("1"))
    return found


def after(text: str, comma: bool | None) -> list[Any]:
    """Read tasks that come first, with their lags."""
    return [_pair(entry, "+", "task", "lag", comma) for entry in names(text, comma)]


def goals(text: str, comma: bool | None) -> list[Any]:
    """Read goals with their tolerances."""
    return [_pair(entry, "~", "goal", "tolerance", comma) for entry in names(text, comma)]


def _pair(entry: str, mark: str, name: str, more: str, comma: bool | None) -> Any:
    before, found, after = entry.partition(mark)
    return {name: before.strip(), more: number(after.strip(), comma)} if found else entry


def days_off(text: str, comma: bool | None) -> list[Any]:
    """Read dates and spans of dates; null first."""
    written = names(text, comma)
    for entry in written:
        if ".." not in entry and (span := meant_span(entry)):
            raise Wrong(f'"{label(entry)}" is not a date: days off from one to another are written {"..".join(span)}')
    spans = (entry.partition("..") for entry in written)
    found = [{"from": first.strip(), "to": last.strip()} if dots else first for first, dots, last in spans]
    return [None, *found[1:]] if found[:1] == [NULL] else found


def estimates(text: str, comma: bool | None) -> dict[str, Any]:
    """Read people's own hours and fixed prices."""
    found: dict[str, Any] = {}
    for entry in names(text, comma):
        name, given, asked = entry.partition("=")
        hours, at, price = asked.partition("@")
        estimate = {"hours": number(hours.strip(), comma)} if given else {}
        _add(found, name.strip(), estimate | ({"price": number(price.strip(), comma)} if at else {}))
    return found


def weekly_hours(text: str, comma: bool | None) -> Any:
    """Read weekly hours: one number, or hours from each date on."""
    if "=" not in text and text != ";":
        return number(text, comma)
    pairs = (entry.partition("=") for entry in names(text, comma))
    return [{"from": since.strip(), "hours": number(hours.strip(), comma)} for since, _, hours in pairs]


def _add(found: dict[str, Any], name: str, value: Any) -> None:
    if name in found:
        raise Wrong(f"{label(name)} is named twice: once is allowed")
    found[name] = value


def _amount(value: Any) -> str:
    """Return a number as text that nobody takes for thousands: 1.125 as 1.1250."""
    text = plain(value)
    return f"{text}0" if two_readings(text) else text


def quoted(name: str) -> str:
    """Return a name, in quotes where it needs them."""
    return '"' + name.replace('"', '""') + '"' if _QUOTED.search(name) else name


def joined(parts: Sequence[str]) -> str:
    """Return a list as the text of a cell; the empty one is a single semicolon."""
    return "; ".join(parts) or ";"


def write_names(value: Sequence[str]) -> str:
    """Return names, or dates, as the text of a cell."""
    return joined([quoted(name) for name in value])


def write_levels(value: Mapping[str, Any] | Sequence[str]) -> str:
    """Return skills, a mapping to levels or a list of names, as the text of a cell."""
    if not isinstance(value, Mapping):
        return write_names(value)
    return joined([quoted(name) + (f":{plain(level)}" if level != 1 else "") for name, level in value.items()])


def write_after(value: Sequence[Any]) -> str:
    """Return tasks that come first as the text of a cell."""
    return joined([one if isinstance(one, str) else f"{one['task']}+{plain(one['lag'])}" for one in value])


def write_goals(value: Sequence[Any]) -> str:
    """Return goals as the text of a cell."""
    return joined([one if isinstance(one, str) else f"{one['goal']}~{plain(one['tolerance'])}" for one in value])


def write_days_off(value: Sequence[Any]) -> str:
    """Return days off as the text of a cell."""
    return joined([one if isinstance(one, str) else f"{one['from']}..{one['to']}" for one in value])


def write_estimates(value: Mapping[str, Mapping[str, Any]]) -> str:
    """Return people's own hours and fixed prices as the text of a cell."""
    return joined(
        [
            f"{name}={_amount(asked['hours'])}" + (f"@{_amount(asked['price'])}" if "price" in asked else "")
            for name, asked in value.items()
        ]
    )


def write_weekly_hours(value: Any) -> Any:
    """Return weekly hours for a cell: one number, or hours from each date on."""
    if not isinstance(value, Sequence):
        return value
    return joined([f"{one['from']}={_amount(one['hours'])}" for one in value])
