"""What is promised: hours that stand in every plan, and what they take up of it.

They are counted like any others, as owners, clients, burn, hours, cost and effort, and exempt from the rules: what they
overrun is left at nothing for new hours, and never below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from staffing.scenario.records import Kind

ZERO = Fraction(0)
Cell = tuple[str, str, int]
"""Job, person and week."""


@dataclass(frozen=True, slots=True)
class Promises:
    """Hours of bookings from the first open week on, inside the horizon.

    Attributes
    ----------
    hours
        By job, person and week.
    prices
        Fixed prices that they ask, by job and person: nothing more is asked for the rest.
    burn
        What they burn, by ("client" or "project"), id and name of the period.
    people
        Who has promised hours, by job.
    group_owners
        The same by one-owner group.
    contacts
        The same by client and kind.
    served
        Clients served by person and week.
    load
        Hours by person and week, with what is lost to switching between the clients they serve.
    by_kind
        Hours by person, week and kind.
    by_week
        Hours by job and week.
    """

    hours: Mapping[Cell, Fraction] = field(default_factory=dict)
    prices: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    burn: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    group_owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    contacts: Mapping[tuple[str, Kind], frozenset[str]] = field(default_factory=dict)
    served: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    load: Mapping[tuple[str, int], Fraction] = field(default_factory=dict)
    by_kind: Mapping[tuple[str, int, Kind], Fraction] = field(default_factory=dict)
    by_week: Mapping[tuple[str, int], Fraction] = field(default_factory=dict)


NOTHING = Promises()
"""Nothing is promised."""
