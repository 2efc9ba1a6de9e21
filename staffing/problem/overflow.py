"""Whether all sums of a problem fit into 64 bits."""

from __future__ import annotations

from staffing.errors import ScenarioError
from staffing.problem.problem import Problem

LARGEST = 2**60
"""No sum of the model may exceed this, so that 64 bits hold every sum and its slack."""


def refuse_overflow(problem: Problem) -> None:
    """Raise an error that names the numbers whose sums could exceed 64 bits."""
    people = problem.people
    rates = [max(person.hour_cost + person.overtime_cost, person.bill, person.burn) for person in people]
    worked = sum(
        min(pair.need, max(map(people[pair.person].most, job.weeks), default=0)) * len(job.weeks) * rates[pair.person]
        for job in problem.jobs
        for pair in job.pairs
    )
    extra = sum(
        rate * (sum(person.overtime) + problem.switching * len(problem.clients) * problem.weeks)
        for rate, person in zip(rates, people, strict=True)
    )
    prices = sum(pair.price or 0 for job in problem.jobs for pair in job.pairs)
    hires = sum(person.hired_cost for person in people)
    value = sum(job.value for job in problem.jobs)
    unit = f"in units of {float(problem.money_unit):g}"
    for what, size in (
        (f"rates × hours, {unit}", worked + extra),
        (f"fixed prices and hire costs, {unit}", prices + hires),
        (f"values of tasks, {unit}", value),
        (f"all money, {unit}", worked + extra + prices + hires + value),
        ("hours ÷ productivity", sum(job.effort for job in problem.jobs) * 2),
        ("hours that people need for tasks", 100 * sum(pair.need for job in problem.jobs for pair in job.pairs)),
    ):
        if size > LARGEST:
            raise ScenarioError(
                f"the numbers are too large to plan exactly: {what} add up to {size:.1e}, the most is "
                f"{float(LARGEST):.1e}; use fewer decimals or smaller amounts"
            )
