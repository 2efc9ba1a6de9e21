"""Plans made by hand or drawn by rule, for tests of the page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from plan.small import METRICS as METRICS_BY_HAND
from plan.small import MONDAY, hours
from plan.small import small as small_by_hand

from staffing.plan.plan import Plan
from staffing.plan.records import (
    Allocation,
    Context,
    GoalResult,
    Named,
    OvertimeWeek,
    PersonContext,
    ProjectContext,
    Reason,
    State,
    TaskContext,
    TaskResult,
)
from staffing.scenario.records import Kind

SATURDAY = dt.date(2026, 4, 4)  # 15 Farvardin 1405
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror="alert(1)">',
    "{{ 7 * 7 }}{% raw %}",
    "abc\u202edcba\u2066",
    "line\nbreak\x00\x1b[31m",
    "' onmouseover='alert(1)",
    "]]></style></title><svg onload=alert(1)>",
    "x" * 10_000,
)
"""Names that would run, turn a line around or fill the page, were they more than text."""
METRICS = METRICS_BY_HAND | {
    "budgets": [
        {"client": "nova", "period": "2026-01", "burn": 4500, "amount": 5000, "spent": 250},
        {"project": "launch", "period": "horizon", "burn": 525, "amount": 5000, "spent": 0},
    ]
}


def small() -> Plan:
    """Sara and Omid, three weeks: one task late, one repeated, one waiting; Omid has 2.5 hours of overtime."""
    plan = small_by_hand()
    assert plan.context is not None
    sara, *others = plan.context.people
    *tasks, idea = plan.context.tasks
    return replace(
        plan,
        scenario="Nova & <b>sons</b>",
        fingerprint="0123456789abcdef" * 4,
        metrics=METRICS,
        context=replace(
            plan.context,
            people=(replace(sara, name="Sara"), *others),
            tasks=(*tasks, replace(idea, project="launch")),
            budgets=(),
            projects=(ProjectContext("launch", "Launch site", "nova"),),
        ),
    )


def persian() -> Plan:
    """The same plan in the Solar Hijri calendar, from 15 Farvardin 1405."""
    plan = small()
    assert plan.context is not None
    budgets = [{"client": "nova", "period": "1405-01", "burn": 4500, "amount": 5000, "spent": 250}]
    return replace(
        plan,
        scenario="آژانس، بهار ۱۴۰۵",
        assigned=tuple(
            replace(entry, week_start=SATURDAY + dt.timedelta(weeks=entry.week - 1)) for entry in plan.assigned
        ),
        metrics=METRICS | {"budgets": budgets},
        context=replace(plan.context, start=SATURDAY, system="jalali", currency="تومان"),
    )


def hostile() -> Plan:
    """A plan whose names all try to be more than text."""
    plan = small()
    assert plan.context is not None
    one, two, three, four, five, six, seven, eight = HOSTILE
    people = [replace(person, name=name) for person, name in zip(plan.context.people, (two, four, one), strict=True)]
    tasks = [
        replace(task, name=name) for task, name in zip(plan.context.tasks, (one, seven, seven, eight), strict=True)
    ]
    clients = (Named("nova", three), Named("brio", six))
    context = replace(plan.context, currency=five, people=tuple(people), clients=clients, tasks=tuple(tasks))
    return replace(plan, scenario=one + two + seven, hired=("new",), context=context)


def drawn(people: int = 150, tasks: int = 3000, weeks: int = 52, clients: int = 40, length: int = 4) -> Plan:
    """A plan as large as they come: every fifth task waits, every seventh is late, one in three repeats.

    No task takes more weeks than `length`.
    """
    names = [f"Person number {number}" for number in range(people)]
    ids = [
        f"task-{number // 3 * 3}@{number % 3 + 1}" if number % 9 < 3 else f"task-{number}" for number in range(tasks)
    ]
    assigned: list[Allocation] = []
    results: list[TaskResult] = []
    load: defaultdict[tuple[int, int], float] = defaultdict(float)
    reasons: Sequence[Reason] = ("capacity", "budget", "limits", "not_chosen", "no_eligible_staff")
    for number, id_ in enumerate(ids):
        if number % 5 == 4:
            results.append(TaskResult(id_, "waiting", (), None, None, 0, 0.0, number, reasons[number // 5 % 5]))
            continue
        who, first = number * 7 % people, number * 11 % (weeks - 4) + 1
        last = min(first + number % length, weeks)
        kind: Kind = "strategic" if number % 3 else "tactical"
        for week in range(first, last + 1):
            client = f"client-{number // 3 % clients}"
            assigned.append(hours(id_, kind, f"p-{who}", week, 3.5 + number % 5, client=client))
            load[who, week] += 3.5 + number % 5
        late: State = "late" if number % 7 == 0 else "delivered"
        worked = (last - first + 1) * (3.5 + number % 5)
        results.append(TaskResult(id_, late, (f"p-{who}",), first, last, int(late == "late"), worked, number, None))
    overtime = tuple(OvertimeWeek(f"p-{who}", week, all_ - 38) for (who, week), all_ in load.items() if all_ > 38)
    quarters = [f"2026-Q{quarter}" for quarter in (1, 2, 3, 4)]
    return Plan(
        scenario="As large as they come",
        fingerprint="f" * 64,
        status="feasible",
        goals=(GoalResult("must", 0, 0, 0, 0, True), GoalResult("value", 40_000, 40_000, 56_000, 40_000, False)),
        assigned=tuple(assigned),
        results=tuple(results),
        extra_hours=overtime,
        metrics=METRICS
        | {
            "delivered_tasks": tasks - tasks // 5,
            "waiting_tasks": tasks // 5,
            "utilisation": {"all": 0.5, "by_role": {}, "by_person": {f"p-{who}": 0.5 for who in range(people)}},
            "budgets": [
                {"client": f"client-{client}", "period": quarter, "burn": 900 * client, "amount": 40_000, "spent": 0}
                for client in range(clients)
                for quarter in quarters
            ],
        },
        context=Context(
            start=MONDAY,
            weeks=weeks,
            currency="EUR",
            system="gregorian",
            people=tuple(
                PersonContext(
                    f"p-{who}",
                    name,
                    ("account_manager", "project_manager", "specialist", "designer")[who % 4],
                    False,
                    tuple(0.0 if (week + who) % 17 == 0 else 38.0 for week in range(weeks)),
                )
                for who, name in enumerate(names)
            ),
            clients=tuple(Named(f"client-{number}", f"Client number {number}") for number in range(clients)),
            tasks=tuple(TaskContext(id_, f"The task that is called {id_.partition('@')[0]}") for id_ in ids),
        ),
    )
