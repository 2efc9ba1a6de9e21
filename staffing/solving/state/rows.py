"""The rows of the tables: each class is the dtype of a table, its documentation and its type.

All fields are integers (those of :class:`Weights` floats): flags are 0 or 1, and what has no limit has
:data:`staffing.solving.state.tables.ENDLESS`. A field that ends in `_from` is the first of a range of rows in another
table, the one that ends in `_to` the row behind its last.
"""

from __future__ import annotations

Small = int
"""A number that 32 bits hold, such as a row or a week: the less memory a plan takes, the quicker it is read."""
Index = int
"""A number of people, clients, kinds or weeks, unsigned: compiled code need not check for negative ones."""


class Sums:
    """Single numbers: what the plan adds up to, and where things are. One row."""

    switching: int
    """Steps lost for each client of a week beyond the first."""
    price_burns: int
    """Whether fixed prices burn budgets."""
    must: int
    """Effort of `must` jobs delivered."""
    value: int
    """Value of delivered jobs."""
    cost: int
    """Money for hours, overtime and fixed prices."""
    hired: int
    """Money for placeholders hired."""
    lateness: int
    """Weight × weeks late."""
    overtime: int
    """Steps of overtime."""
    steps: int
    """Steps planned."""
    contacts: int
    """Owners of a client's kind of work beyond the first."""
    changes: int
    """Jobs that waited in the earlier plan and are delivered, less those that are the same again."""
    best: int
    """Objective of the best plan."""
    changed: int
    """Jobs listed in the scratch that may not be as in the best plan."""
    jobs_in_work: int
    """Jobs listed in the scratch that may be moved."""
    people_in_work: int
    """People listed in the scratch that may be given jobs."""
    trial: int
    """Where the hours of a trial lie."""
    chosen: int
    """Where the hours of the best trial lie."""
    removed: int
    """Jobs that the round has taken out."""
    wanted: int
    """Jobs that the round places first."""
    random: int
    """State of the random numbers."""


class Job:
    """A job: what it asks for, what was planned earlier, and how it is planned now."""

    client: Index
    kind: Index
    """0 strategic, 1 tactical."""
    first: Small
    """First week of its window."""
    last: Small
    """Last week of its window."""
    due: Small
    """Week after which it is late."""
    late_anyway: Small
    """Weeks that it is late by promised hours."""
    weight: int
    must: Small
    value: int
    effort: int
    pace: Small
    """Most steps in a week."""
    paced: Small
    """First of the rows of hours, by week, with promised steps that the pace counts; -1 for none."""
    fixed_from: Small
    """Links to the weeks with fixed hours, each with the person who has them; in order."""
    fixed_to: Small
    max_owners: Small
    density: Small
    """Value per step needed, in parts of the finest."""
    pairs_from: Small
    pairs_to: Small
    before_from: Small
    """Links to the jobs before it."""
    before_to: Small
    after_from: Small
    """Links to the jobs after it."""
    after_to: Small
    groups_from: Small
    """Links to its one-owner groups."""
    groups_to: Small
    budgets_from: Small
    """Links to the budget periods it burns of."""
    budgets_to: Small
    was: Small
    """What the earlier plan says of it."""
    was_first: int
    was_last: int
    promised_first: int
    """First week of its promised hours."""
    promised_last: int
    was_owners_from: Small
    """Links to its owners in the earlier plan."""
    was_owners_to: Small
    was_from: Small
    """Its hours in the earlier plan, where they deliver it."""
    was_to: Small
    family: Small
    """Row of the scratch for the `same_owner` repeat it is of, where the earlier plan counts that as one; -1."""
    in_work: Small
    """Whether it may be moved."""
    hours_from: Small
    """Its hours in the plan in work."""
    count: Small
    """Rows of hours in the plan in work; 0 if it waits."""
    begin: int
    """First week with hours."""
    end: int
    """Last week with hours."""
    saved_from: Small
    """Its hours before it was taken out."""
    saved_count: Small
    best_from: Small
    """Its hours in the best plan."""
    best_count: Small
    changed: Small
    """Whether it may not be as in the best plan."""
    mark: Small
    """What a round has to do with it: bits of destroy operators."""
    prefer: int
    """Who is tried first as its owner; -1 for whoever is best."""


class Pair:
    """A person who may own a job."""

    job: Small
    person: Index
    need: int
    """Steps as the only owner."""
    power: int
    """Effort delivered in a step."""
    price: int
    """Fixed price; -1 for none."""
    barred: Small
    """Whether the search has given this owner up."""


class Link:
    """A row of some list: of the jobs before a job, of a group's members, of the jobs a person could do."""

    to: Small
    """Row of the other table."""
    lag: Small
    """Weeks between, where the list is of jobs before or after; the person, where it is of weeks with fixed hours."""
    promised: Small
    """Whether an owner in the earlier plan owns the job anyway, by promised hours."""
    owned: Small
    """In lists of jobs by person: a job owned in the plan in work; the first `owned` rows of the list count."""


class Person:
    """Somebody who can be planned."""

    max_clients: Small
    max_clients_per_week: Small
    hour_cost: int
    overtime_cost: int
    burn: int
    """Money a step burns of budgets."""
    hire: Small
    """Whether the plan decides on hiring."""
    earlier: Small
    """The copy that must be hired before; -1 for none."""
    hired_cost: int
    chain_cost: int
    """Money for being hired with all copies before."""
    past: int
    """Numerator of the steps of history."""
    past_unit: int
    """Denominator of these."""
    total: int
    """Steps of capacity over the horizon."""
    works_over: Small
    """Whether there is overtime in any week."""
    jobs_from: Small
    """Links to the jobs they could do."""
    jobs_to: Small
    in_work: Small
    """Whether they may be given jobs."""
    planned: int
    """Steps planned."""
    owned: Small
    """Jobs owned."""
    clients: Small
    """Clients served."""
    hired: Small


class Week:
    """A week of a person, what is left of it."""

    free: Small
    """Steps left, overtime included."""
    overtime: Small
    """Most steps of overtime."""
    clients: Small
    """Clients served."""


class Group:
    """Jobs that have one owner among those delivered."""

    members_from: Small
    """Links to the jobs."""
    members_to: Small
    owner: Small
    """-1 while none is delivered."""
    delivered: Small
    """Members delivered."""


class Budget:
    """A budget period."""

    first: Small
    last: Small
    left: int
    """Money left."""
    others: int
    """Money that other owners of a job burn while it is shared."""
    trial: int
    """Money that the hours of a trial burn."""


class Hours:
    """A person's hours on a job in a week."""

    person: Index
    week: Index
    steps: Small


class Scratch:
    """Lists and sums that a round writes and reads again; what they hold lies in the first rows."""

    job: Small
    """Jobs in work."""
    person: Index
    """People in work."""
    changed: Small
    """Jobs that may not be as in the best plan."""
    removed: Small
    """Jobs taken out."""
    order: Small
    """Jobs to place, in order."""
    key: int
    """What these are sorted by; or a list of jobs or people meanwhile."""
    other_steps: Small
    """By week: steps that other owners work on a shared job."""
    handed_over: Small
    """By family: occurrences that others own than before."""


class Weights:
    """What counts when an owner is chosen. One row."""

    cost: float
    """For each unit of money."""
    step: float
    """For each step of load."""
    late: float
    """For each week late × the job's weight."""
    contact: float
    """For one owner more of a client's kind of work."""
    hire: float
    """For a placeholder who has nothing to do yet, beside a share of what the hire costs."""
    week: float
    """For each week later that the job ends."""
    noise: float
    """How much the scores of a round may be blurred at most, in parts of what is usual."""
    again: float
    """How often a job is first tried as it was in the earlier plan."""
    backward: float
    """How often the last weeks are filled first, where scores are blurred."""
    drawn: float
    """Whether those who share a job are drawn by their room, not taken by it."""
