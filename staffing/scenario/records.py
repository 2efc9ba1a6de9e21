"""What a planner writes: frozen records, in the words of the scenario format.

Short forms are brought to one form as they are read: ``budget: 1000`` is ``budget: {amount: 1000}``,
``skills: [seo]`` is ``skills: {seo: 1}``, ``after: [plan]`` is ``after: [{task: plan, lag: 0}]``.
References between records are checked in :mod:`staffing.scenario.checks`.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from staffing.scenario.amounts import (
    Copies,
    Count,
    Date,
    Flag,
    Hours,
    Id,
    InJson,
    Level,
    Money,
    PointInTime,
    PositiveCount,
    PositiveHours,
    Premium,
    Productivity,
    Rate,
    Share,
    Text,
    Tolerance,
    Work,
    choice,
    plain,
    refuse,
    shown,
)
from staffing.scenario.dates import System
from staffing.scenario.slips import meant_span

Kind = Literal["strategic", "tactical"]
KINDS: tuple[Kind, ...] = ("strategic", "tactical")
Goal = Literal["must", "value", "net_value", "lateness", "cost", "overtime", "hours", "contacts", "balance", "changes"]
GOALS: tuple[Goal, ...] = (
    "must",
    "value",
    "net_value",
    "lateness",
    "cost",
    "overtime",
    "hours",
    "contacts",
    "balance",
    "changes",
)
DEFAULT_GOALS: tuple[Goal, ...] = ("must", "value", "lateness", "cost", "contacts")
MAXIMISED: frozenset[Goal] = frozenset({"value", "net_value"})
Weekday = Annotated[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], choice("mon tue wed thu fri sat sun")]
STEPS = (Decimal("0.25"), Decimal("0.5"), Decimal(1))
Priority = Literal["low", "normal", "high"]
WEIGHTS: dict[str, int] = {"low": 1, "normal": 2, "high": 4}
_SHORT = 42
"""What is shown of a text that is not cut is shorter."""
KindChoice = Annotated[Kind, choice("strategic tactical")]


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _lift(key: str) -> Any:
    """Read a bare value as the mapping with that one key."""

    def lift(value: object) -> object:
        return value if value is None or isinstance(value, dict | Record) else {key: value}

    return lift


def _listed(value: object) -> object:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise refuse("list", f"{shown(value)} is not a list{_as_list(value)}")
    return value


def _as_list(value: object) -> str:
    """Return how to write a list that stands in one text, its entries separated by commas or semicolons."""
    parts = [part.strip() for part in re.split("[,;،؛]", value)] if isinstance(value, str) else []
    return f"; write [{', '.join(parts)}]" if len(parts) > 1 and len(shown(value)) < _SHORT else ""


def _levels(value: object) -> object:
    """Read a list of names, or a mapping of names to levels."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(name, str | int | Decimal) for name in value):
        what = "is neither a list of skills nor a mapping of skills to levels"
        raise refuse("skills", f"{shown(value)} {what}{_as_list(value)}")
    twice = sorted(shown(name) for name, times in Counter(value).items() if times > 1)
    if twice:
        raise refuse("skills", f"{', '.join(twice)} is named twice: each skill once")
    return dict.fromkeys(value, 1)


def _step(value: object) -> Decimal:
    if not isinstance(value, bool) and isinstance(value, int | float | Decimal) and value in STEPS:
        return Decimal(plain(Decimal(repr(value)) if isinstance(value, float) else Decimal(value)))
    raise refuse("step", f"{shown(value)} is not a step: 0.25, 0.5 or 1")


Listed = BeforeValidator(_listed)
Ids = Annotated[tuple[Id, ...], Listed]


class Budget(Record):
    """The most that may burn in each period."""

    amount: Money
    """Money that may burn in each period."""
    per: Annotated[Literal["horizon", "month", "quarter", "week"], choice("horizon month quarter week")] = "horizon"
    """Length of a period. A week belongs to the period of its first day; a period partly inside the horizon has its
    full amount."""
    spent: Money = Decimal(0)
    """Money burned before week 1; it comes off the first period."""


BudgetField = Annotated[Budget, BeforeValidator(_lift("amount"), json_schema_input_type=Money | Budget)]


class Overtime(Record):
    """Hours beyond the capacity of a week."""

    hours: Hours = Decimal(0)
    """Most overtime hours in a week, rounded down to the grid."""
    premium: Premium = Decimal("1.5")
    """What the cost rate of an overtime hour is multiplied by; at least 1."""


class HoursFrom(Record):
    """Contract hours from a date on."""

    since: Date = Field(alias="from")
    """First day these weekly hours hold."""
    hours: Hours
    """Contract hours a week."""


def _is_list(value: object) -> str:
    return "changes" if isinstance(value, list | tuple) else "hours"


WeeklyHours = Annotated[
    Annotated[PositiveHours, Tag("hours")] | Annotated[tuple[HoursFrom, ...], Tag("changes")],
    Discriminator(_is_list),
]


class HoursRange(Record):
    """Effort that is not certain: a PERT estimate."""

    low: PositiveHours
    """As little as it may be."""
    likely: PositiveHours
    """What it will most likely be: this is what plans count."""
    high: PositiveHours
    """As much as it may be."""


def _is_range(value: object) -> str:
    return "range" if isinstance(value, dict | HoursRange) else "hours"


Effort = Annotated[
    Annotated[PositiveHours, Tag("hours")] | Annotated[HoursRange, Tag("range")], Discriminator(_is_range)
]


class DaysOff(Record):
    """Whole days off, both ends included."""

    since: Date = Field(alias="from")
    """First day off."""
    to: Date
    """Last day off."""


def _day_off(value: object) -> object:
    if isinstance(value, str) and (span := meant_span(value)):
        written = "{{from: {}, to: {}}}".format(*span)
        raise refuse("days_off", f"{shown(value)} is not a date: days off from one to another are {written}")
    return value if isinstance(value, dict | Record) else {"from": value, "to": value}


class HoursByKind(Record):
    """Most hours a week on each kind of work."""

    strategic: Hours | None = None
    """Most hours a week on strategic tasks, rounded down to the grid; not scaled in short weeks."""
    tactical: Hours | None = None
    """Most hours a week on tactical tasks, rounded down to the grid; not scaled in short weeks."""


class OwnerByKind(Record):
    """Fixed owners of a client's work."""

    strategic: Id | None = None
    """The person who owns this client's strategic tasks."""
    tactical: Id | None = None
    """The person who owns this client's tactical tasks."""


class Placeholder(Record):
    """A person who could be hired."""

    count: Copies = 1
    """How many such people could be hired: copies ``id``, ``id-2``, ..."""


def _placeholder(value: object) -> object:
    if value is True:
        return {}
    if value is False:
        return None
    if value is None or isinstance(value, dict | Record):
        return value
    raise refuse("placeholder", f"{shown(value)} is neither true, false nor {{count: 1..100}}")


class Role(Record):
    """What the people of a role can do, and their defaults."""

    strategic: Productivity = Decimal(0)
    """Productivity on strategic tasks: effort delivered in an hour; 0 means they may not do them, but for those that
    have an estimate for them."""
    tactical: Productivity = Decimal(0)
    """Productivity on tactical tasks: effort delivered in an hour; 0 means they may not do them, but for those that
    have an estimate for them."""
    weekly_hours: PositiveHours = Decimal(40)
    """Contract hours a week."""
    cost_rate: Rate = Decimal(0)
    """What an hour costs the agency."""
    bill_rate: Rate = Decimal(0)
    """What an hour burns of the client's budget."""


BUILT_IN_ROLES: dict[str, dict[str, Decimal]] = {
    "account_manager": {"strategic": Decimal(1), "tactical": Decimal("0.8"), "weekly_hours": Decimal(40)},
    "project_manager": {"strategic": Decimal(0), "tactical": Decimal(1), "weekly_hours": Decimal(40)},
}


def _roles(value: object) -> object:
    """Merge roles over the two built-in ones, key by key."""
    if value is None:
        return BUILT_IN_ROLES
    if not isinstance(value, dict):
        raise refuse("roles", f"{shown(value)} is not a mapping of roles")
    merged: dict[Any, Any] = {}
    merged.update(BUILT_IN_ROLES)
    for name, role in value.items():
        built_in = merged.get(name)
        given = role.model_dump(by_alias=True, exclude_unset=True) if isinstance(role, Role) else role
        merged[name] = {**built_in, **given} if isinstance(built_in, dict) and isinstance(given, dict) else given
    return merged


class Staff(Record):
    """A person, or a placeholder for one."""

    id: Id
    """Name that plans and other entries refer to."""
    name: Text | None = None
    """Name that people read; the id if not given."""
    role: Id
    """``account_manager``, ``project_manager`` or a role of the scenario."""
    weekly_hours: WeeklyHours | None = None
    """Contract hours a week, or a list of changes {from, hours}; the role's if not given."""
    workdays: Annotated[tuple[Weekday, ...], Listed] | None = None
    """This person's working days; the calendar's if not given."""
    target_utilisation: Share = Decimal(1)
    """Share of the contract that may be planned."""
    cost_rate: Rate | None = None
    """What an hour costs the agency; the role's if not given."""
    bill_rate: Rate | None = None
    """What an hour burns of the client's budget; the role's if not given."""
    strategic: Productivity | None = None
    """This person's productivity on strategic tasks; the role's if not given."""
    tactical: Productivity | None = None
    """This person's productivity on tactical tasks; the role's if not given."""
    overtime: Annotated[Overtime, BeforeValidator(_lift("hours"), json_schema_input_type=Hours | Overtime)] = Overtime()
    """Overtime hours a week, or {hours, premium}."""
    skills: Annotated[
        dict[Text, Level], BeforeValidator(_levels, json_schema_input_type=list[Text] | dict[Text, Level])
    ] = Field(default_factory=dict)
    """Skills, or a mapping of skills to levels; a bare name is level 1."""
    time_off: Annotated[
        tuple[Annotated[DaysOff, BeforeValidator(_day_off, json_schema_input_type=Date | DaysOff)], ...], Listed
    ] = ()
    """Dates or {from, to}: whole days off, both ends included."""
    start: Date | None = None
    """First day of employment."""
    end: Date | None = None
    """Last day of employment."""
    limits: HoursByKind = HoursByKind()
    """Most hours a week on each kind of work."""
    max_clients: Count | None = None
    """Most clients served over the horizon."""
    max_clients_per_week: Count | None = None
    """Most clients served in a week."""
    pay: Annotated[Literal["hourly", "salary"], choice("hourly salary")] = "hourly"
    """``hourly`` costs the hours planned, ``salary`` the whole contract."""
    placeholder: Annotated[
        Placeholder | None, BeforeValidator(_placeholder, json_schema_input_type=bool | Placeholder | None)
    ] = None
    """Someone who could be hired: true, or {count: n} for n of them; the plan decides."""
    hire_cost: Money = Decimal(0)
    """Paid once for each placeholder hired."""
    absence: Tolerance = Decimal(0)
    """Share of working days that this person is likely to miss, beside time off; only risk counts it."""


class Client(Record):
    """A client of the agency."""

    id: Id
    """Name that plans and other entries refer to."""
    name: Text | None = None
    """Name that people read; the id if not given."""
    budget: BudgetField | None = None
    """Money, or {amount, per, spent}: the most that may burn in each period."""
    single_owner: Flag = False
    """All strategic tasks have one owner, and so have all tactical ones."""
    owners: OwnerByKind = OwnerByKind()
    """Fixed owners by kind."""
    exclude: Ids = ()
    """People who never work for this client."""
    probability: Tolerance = Decimal(1)
    """How likely the work comes, 0 to 1; plans count it as coming, only risk draws it."""


class Project(Record):
    """A piece of work for a client, with its own budget and dates."""

    id: Id
    """Name that plans and other entries refer to."""
    name: Text | None = None
    """Name that people read; the id if not given."""
    client: Id
    """The client it is for."""
    budget: BudgetField | None = None
    """Like a client's; it holds beside the client's."""
    earliest: PointInTime | None = None
    """Default for its tasks, repeating ones aside: first week or date of work."""
    due: PointInTime | None = None
    """Default for its tasks, repeating ones aside: later is late."""
    deadline: PointInTime | None = None
    """Default for its tasks, repeating ones aside: nothing after it."""
    probability: Tolerance = Decimal(1)
    """How likely the work comes, 0 to 1; plans count it as coming, only risk draws it."""


class After(Record):
    """A task that comes first."""

    task: Id
    """The task that comes first."""
    lag: Count = 0
    """Whole weeks between its last week and the first week of this one; 0 is a hand-over inside the week."""


def _month(value: object) -> object:
    if value != "month":
        raise refuse("every", f"{shown(value)} is neither a number of weeks nor month")
    return value


class Repeat(Record):
    """A task that comes again."""

    every: Annotated[
        Annotated[PositiveCount, Tag("weeks")] | Annotated[Literal["month"], BeforeValidator(_month), Tag("month")],
        Discriminator(lambda value: "month" if isinstance(value, str) else "weeks"),
    ]
    """Weeks from one occurrence to the next, or ``month``."""
    since: PointInTime | None = Field(default=None, alias="from")
    """First occurrence; before the horizon it keeps its phase."""
    until: PointInTime | None = None
    """No occurrence begins after it."""
    window: PositiveCount | None = None
    """Weeks an occurrence may use, with ``month`` never past the last that begins in it; 1, or with ``month`` all of
    them, if not given."""
    same_owner: Flag = True
    """All delivered occurrences have one owner."""


class Estimate(Record):
    """What one person asks for a task."""

    hours: PositiveHours
    """That person's own hours for what is left of the task."""
    price: Money | None = None
    """Fixed price in place of cost rate × hours."""


class Task(Record):
    """A piece of work."""

    id: Id
    """Name that plans and other entries refer to."""
    name: Text | None = None
    """Name that people read; the id if not given."""
    kind: KindChoice
    """``strategic`` or ``tactical``."""
    client: Id | None = None
    """The client it is for; may be left out where there is a project."""
    project: Id | None = None
    """The project it is part of."""
    hours: Effort
    """Effort: hours at productivity 1. Of {low, likely, high} plans count the likely ones."""
    done: Hours = Decimal(0)
    """Effort delivered before the first row of worked; if it covers hours, the task is done."""
    left: Hours | None = None
    """Effort left from as_of on, whatever was worked; 0 means it is done. If not given: hours less what was done."""
    cancelled: Flag = False
    """Nothing more is planned of it; what was worked counts on."""
    earliest: PointInTime | None = None
    """First week, or a date in it; week 1 if not given."""
    due: PointInTime | None = None
    """Week or date by which it should be delivered; later is late."""
    deadline: PointInTime | None = None
    """Week or date after which nothing may happen."""
    must: Flag = False
    """Comes before everything else."""
    priority: Annotated[Priority, choice("low normal high")] = "normal"
    """``low``, ``normal`` or ``high``: weight 1, 2 or 4."""
    value: Money | None = None
    """What delivering it is worth; weight × hours if not given."""
    billable: Flag = True
    """If false, it burns no budget and earns no revenue."""
    after: Annotated[
        tuple[Annotated[After, BeforeValidator(_lift("task"), json_schema_input_type=Id | After)], ...], Listed
    ] = ()
    """Tasks that come first: ids, or {task, lag}."""
    skills: Annotated[
        dict[Text, Level], BeforeValidator(_levels, json_schema_input_type=list[Text] | dict[Text, Level])
    ] = Field(default_factory=dict)
    """Skills each owner needs, at that level or above."""
    owner: Id | None = None
    """Fixed owner."""
    only: Ids | None = None
    """Nobody else may own it; an empty list means nobody."""
    exclude: Ids = Field(default=(), alias="except")
    """People who may not own it."""
    roles: Ids | None = None
    """Nobody of another role may own it."""
    max_owners: PositiveCount | None = None
    """Most people who may share it; 1 if not given."""
    weekly_max: PositiveHours | None = None
    """Most hours on it in one week, all owners together; rounded down to the grid."""
    repeat: Repeat | None = None
    """One task for each occurrence."""
    estimates: dict[Id, Estimate] = Field(default_factory=dict)
    """People's own hours, and fixed prices, for this task."""

    @property
    def likely(self) -> Decimal:
        """Effort that plans count: the hours, or the likely ones of a range."""
        return self.hours.likely if isinstance(self.hours, HoursRange) else self.hours


class Worked(Record):
    """Hours of one person on one task, on a day or in a week, as a timesheet tells them."""

    task: Work
    """The task; a repeating one, where the date tells the occurrence, or an occurrence ``ID@WEEK``."""
    staff: Id
    """Who worked."""
    date: Date | None = None
    """The day; may lie before the horizon."""
    week: PositiveCount | None = None
    """The week, instead of a day."""
    hours: PositiveHours
    """Hours worked; a correction is the sum of its day."""


class Booking(Record):
    """Hours promised of one person on one task, on a day or in a week: every plan has exactly these."""

    task: Work
    """The task; a repeating one, where the date tells the occurrence, or an occurrence ``ID@WEEK``."""
    staff: Id
    """Who has promised them."""
    date: Date | None = None
    """The day."""
    week: PositiveCount | None = None
    """The week, instead of a day."""
    hours: PositiveHours
    """Hours promised."""


class GoalEntry(Record):
    """One goal of the plan."""

    goal: Annotated[Goal, choice(" ".join(GOALS))]
    """What is measured."""
    tolerance: Tolerance = Decimal(0)
    """How much of it, relative to the best, later goals may give back."""


def _goals(value: object) -> object:
    """Read bare names of goals, each goal once."""
    _listed(value)
    if len(value) > len(GOALS):  # type: ignore[arg-type]
        raise refuse("goals", f"{len(value)} are too many goals: each goal once")  # type: ignore[arg-type]
    entries = [entry if isinstance(entry, dict | Record) else {"goal": entry} for entry in value]  # type: ignore[attr-defined]
    named = [entry.get("goal") if isinstance(entry, dict) else getattr(entry, "goal", None) for entry in entries]
    twice = sorted({shown(name) for name in named if name is not None and named.count(name) > 1})
    if twice:
        raise refuse("goals", f"{', '.join(twice)} is named twice: each goal once")
    return entries


def _must_first(goals: tuple[GoalEntry, ...]) -> tuple[GoalEntry, ...]:
    """Put ``must`` first where it is left out."""
    return goals if any(entry.goal == "must" for entry in goals) else (GoalEntry(goal="must"), *goals)


class Calendar(Record):
    """Working days, holidays, and how months are counted."""

    workdays: Annotated[tuple[Weekday, ...], Listed] | None = None
    """Working days; mon to fri, or sat to wed with country IR or the jalali system, if not given."""
    country: Text | None = None
    """ISO code of the country whose public holidays are days off."""
    subdivision: Text | None = None
    """Part of the country, for its own holidays."""
    holidays: Annotated[tuple[Date, ...], Listed] = ()
    """Further days off for everybody."""
    system: Annotated[System, choice("gregorian jalali")] = "gregorian"
    """What months and quarters are and how dates are shown."""


class Settings(Record):
    """What a scenario says beside its lists; the fields of a scenario in the order people read them."""

    name: Text = "scenario"
    """Name of the scenario; the file's stem if not given."""
    description: Text = ""
    """What this scenario is about."""
    start: Date
    """First day of week 1, whatever weekday that is."""
    weeks: PositiveCount
    """Weeks of the horizon, 1 to 156."""
    currency: Text = ""
    """A label for money."""
    step: Annotated[
        Decimal, BeforeValidator(_step), InJson, WithJsonSchema({"type": "number", "enum": [0.25, 0.5, 1]})
    ] = Decimal("0.25")
    """The grid that hours lie on: 0.25, 0.5 or 1 hour."""
    calendar: Calendar = Calendar()
    """Working days, holidays, and how months are counted."""
    budget_basis: Annotated[Literal["bill", "cost"], choice("bill cost")] = "bill"
    """What burns budgets: hours × bill rate, or hours × cost rate."""
    switching: Hours = Decimal(0)
    """Hours lost each week for every client after a person's first; rounded up to the grid."""
    as_of: Date | None = None
    """The day from which on is planned: what was worked before it stands in worked, and of its week only the days from
    it on are left."""
    goals: Annotated[
        tuple[GoalEntry, ...],
        BeforeValidator(_goals, json_schema_input_type=list[Goal | GoalEntry]),
        AfterValidator(_must_first),
    ] = tuple(GoalEntry(goal=goal) for goal in DEFAULT_GOALS)
    """What is optimised, most important first."""
    roles: Annotated[dict[Id, Role], BeforeValidator(_roles, json_schema_input_type=dict[str, Role])] = Field(
        default_factory=lambda: {name: Role(**role) for name, role in BUILT_IN_ROLES.items()}
    )
    """Roles, merged over account_manager and project_manager."""
