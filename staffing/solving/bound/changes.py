"""A bound on the goal `changes`: tasks that cannot be as before, and those that an overfull person must give up.

Both are counted from who has room in which weeks alone, which costs next to nothing at any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffing.problem.alone import most_in_week
from staffing.problem.problem import Problem
from staffing.solving.earlier import Before, Earlier


def most_the_same(problem: Problem, earlier: Earlier) -> int:
    """Return how many tasks can be the same again at most, less repeats that others own.

    A task alone can be the same if its owners may still do it and have the hours in its weeks, some in the first and
    some in the last. Of a person's tasks whose weeks lie within some span, the largest are given up until the rest has
    room there. To give up all of a `same_owner` repeat is one change.
    """
    same = {job: was for job, was in earlier.jobs.items() if was is not None and _possible(problem, earlier, job, was)}
    by_person: dict[int, dict[int, Before]] = {}
    for job, was in same.items():
        if len(was.owners) == 1 and was.promised_weeks is None:
            (owner,) = was.owners
            if owner in problem.pairs_of[job]:
                by_person.setdefault(owner, {})[job] = was
    return len(same) - sum(_given_up(problem, earlier, person, jobs) for person, jobs in by_person.items())


def _weeks(problem: Problem, job: int, was: Before) -> range:
    """Return the weeks of a task as before; none where it cannot have them."""
    data = problem.jobs[job]
    first = data.first if was.first is None else was.first
    last = data.last if was.last is None else was.last
    return range(first, last + 1) if data.first <= first and last <= data.last else range(0)


def _possible(problem: Problem, earlier: Earlier, job: int, was: Before) -> bool:
    """Return whether a task can be the same again where it has everybody's room for itself."""
    if was.promised_weeks is not None:  # which weeks are promised is not looked at here
        return job in earlier.family or bool(was.reachable)
    data, weeks = problem.jobs[job], _weeks(problem, job, was)
    if not weeks:
        return False
    if job in earlier.family:
        pairs = list(data.pairs)
    elif was.owners and was.owners <= problem.pairs_of[job].keys():
        pairs = [problem.pairs_of[job][owner] for owner in was.owners]
    else:
        return False
    room = [[most_in_week(problem, data, pair, week) for week in weeks] for pair in pairs]
    ends = [week for week, settled in ((0, was.first is None), (-1, was.last is None)) if not settled]
    if any(not any(own[end] for own in room) for end in ends):
        return False
    if len(pairs) > 1 and job not in earlier.family:
        return sum(pair.power * sum(own) for pair, own in zip(pairs, room, strict=True)) >= data.effort
    return any(sum(own) >= pair.need for pair, own in zip(pairs, room, strict=True))


def _given_up(problem: Problem, earlier: Earlier, person: int, jobs: Mapping[int, Before]) -> int:
    """Return how many of a person's tasks must change for the rest to fit, at least: the most of any span of weeks."""
    room = [problem.people[person].most(week) for week in range(problem.weeks)]
    spans = {job: _weeks(problem, job, was) for job, was in jobs.items()}
    most = 0
    for first in {span[0] for span in spans.values()}:
        for last in {span[-1] for span in spans.values() if span[-1] >= first}:
            needs: dict[tuple[str, int], int] = {}
            for job, span in spans.items():
                if first <= span[0] and span[-1] <= last:
                    key = ("family", earlier.family[job]) if job in earlier.family else ("job", job)
                    needs[key] = needs.get(key, 0) + problem.pairs_of[job][person].need
            most = max(most, _largest_out(needs.values(), sum(room[first : last + 1])))
    return most


def _largest_out(needs: Iterable[int], room: int) -> int:
    """Return the least number of needs to leave out for the rest to fit: the largest are left out first."""
    sizes = sorted(needs)
    over, count = sum(sizes) - room, 0
    while over > 0:
        over -= sizes.pop()
        count += 1
    return count
