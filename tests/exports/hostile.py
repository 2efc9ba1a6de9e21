"""Names that somebody could hope will run, and a plan that carries one wherever a text may stand."""

from __future__ import annotations

from dataclasses import replace

from staffing.plan.plan import Plan
from staffing.plan.records import Named

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "https://example.com/",
    "mailto:nobody@example.com",
    "internal:Sheet2!A1",
    "external:other.xlsx",
    "<script>alert(1)</script>",
    "_x0041_",
    "\u202egnp.exe",
    "two\nlines\r\nand\ta tab",
    "\x00\x07\x1b[31m\ufffe\uffff",
    "&L&G&A & all",
    "R&G &[Picture] &[Path]",
    "&" * 300,
    "BEGIN:VEVENT\r\nSUMMARY:forged\r\nEND:VEVENT",
    'a;b,c\\n:"d"',
    "🎉" * 20_000,
    "x" * 10_000,
    "سارا \u200cمهرآرا",
    "",
)


def named(plan: Plan, name: str) -> Plan:
    """Return a plan in which everything has the same name."""
    context = plan.context
    assert context is not None
    return replace(
        plan,
        scenario=name,
        context=replace(
            context,
            currency=name,
            people=tuple(replace(person, name=name, role=name) for person in context.people),
            clients=tuple(Named(client.id, name) for client in context.clients),
            tasks=tuple(replace(task, name=name) for task in context.tasks),
            projects=tuple(replace(project, name=name) for project in context.projects),
        ),
    )
