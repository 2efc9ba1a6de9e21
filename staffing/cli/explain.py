"""``staffing explain``: why tasks wait, or are late, and who else could do them."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.answering import WriteChange, answered, answers, give, inputs, write_changes
from staffing.cli.options import FILE


@click.command("explain")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE)
@click.option("--task", "tasks", multiple=True, metavar="ID", help="Only this task; may be given again.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="As many entries, the most valuable first.",
)
@click.option(
    "--repairs",
    type=click.IntRange(min=0),
    metavar="N",
    help="As many changes that would deliver a task, the cheapest first.  [default: all with --task alone, else none]",
)
@click.option(
    "--write",
    "writes",
    type=WriteChange(),
    multiple=True,
    metavar="K FILE",
    help="Write change K, as numbered, as a scenario that extends this one; may be given again.",
)
@click.option("--candidates", is_flag=True, help="Who could own the task instead, at what price; with --task.")
@click.option("--why-not", metavar="STAFF", help="Why this person does not own the task, in full; with --task.")
@click.option("--conflict", is_flag=True, help="The fewest facts that keep must work waiting.")
@answers()
def command(
    scenario: Path,
    plan: Path,
    tasks: tuple[str, ...],
    most: int,
    repairs: int | None,
    writes: tuple[tuple[int, Path], ...],
    candidates: bool,
    why_not: str | None,
    conflict: bool,
    time_limit: float,
    form: str,
    outputs: tuple[Path, ...],
) -> None:
    """Say why tasks wait, or are late, what would help, and who else could do them.

    What of the plan as it stands is in the way, with figures: of each person who may do a task, and of whoever does it.
    That needs no search. For a task that is named (or with --repairs) changes are searched for: of each kind the least
    with which it is delivered, a late one on time, and everything else still is; with what each costs, goal by goal.
    With --candidates, everybody of the staff as the owner of a task: what forbids it, or what the plan would lose.
    The plan is audited first; if it is not valid, violations go to stdout and the exit code is 3.

    \b
    Example:
      staffing explain scenario.yaml plan.json
      staffing explain scenario.yaml plan.json --task nova-plan
      staffing explain scenario.yaml plan.json --task nova-plan --write 1 more-budget.yaml
      staffing explain scenario.yaml plan.json --task nova-plan --candidates
      staffing explain scenario.yaml plan.json --task nova-plan --why-not omid
      staffing explain scenario.yaml plan.json --conflict
      staffing explain scenario.yaml plan.json --format csv > obstacles.csv
    """
    if (candidates or why_not is not None) and not tasks:
        raise click.UsageError("Who could own which task? --candidates and --why-not need --task ID.")
    asked, given = inputs(scenario, plan, [*outputs, *(path for _, path in writes)])
    from staffing.console.explanation import explanation_tables
    from staffing.decisions.explain import explain

    answer = answered(
        lambda stop: explain(
            asked,
            given,
            tasks or None,
            most=most,
            repairs=repairs,
            candidates=candidates,
            why_not=why_not,
            conflict=conflict,
            time_limit=time_limit,
            stop=stop,
        )
    )
    give(answer, form, outputs, explanation_tables)
    write_changes(scenario, asked, [repair.patch for repair in answer.changes], writes)
