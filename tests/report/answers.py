"""Documents of answers, made by hand in the words of the contract, for tests of the page; all about `plans.small`."""

from __future__ import annotations

from typing import Any

from report.plans import small

HEAD: dict[str, Any] = {
    "format": "staffing-answer/1",
    "scenario": "Nova & <b>sons</b>",
    "fingerprint": small().fingerprint,
    "plan_gain": None,
    "seconds": 1.25,
}
EXPLAIN: dict[str, Any] = HEAD | {
    "question": "explain",
    "projects": [{"project": "launch", "text": "Launch site: 0 of 1 delivered, An idea needs 250 more budget"}],
    "tasks": [
        {
            "task": "idea",
            "client": "nova",
            "project": "launch",
            "state": "waiting",
            "reason": "not_proven",
            "why": "Omid has 6 hours left in weeks 2 and 3; the task needs 8.",
            "obstacles": [
                {
                    "kind": "budget",
                    "staff": None,
                    "weeks": [1, 2, 3],
                    "budget": "nova",
                    "period": "2026-01",
                    "task": None,
                    "needed": 500,
                    "left": 250,
                    "of": "client",
                    "text": "Nova Water's January 2026 budget has 250 left; the task burns 500.",
                },
                {
                    "kind": "hours",
                    "staff": "omid",
                    "weeks": [2, 3],
                    "needed": 8,
                    "left": 6,
                    "text": "Omid has 6 hours left in weeks 2 and 3; the task needs 8.",
                },
                {
                    "kind": "not_qualified",
                    "staff": "sara",
                    "rule": "only",
                    "text": "Sara is not among the people that the task is for.",
                },
            ],
            "repairs": [
                {
                    "kind": "overtime",
                    "amount": 2,
                    "unit": "hours",
                    "price": {"must": 0, "value": 16, "overtime": 2},
                    "money": {"cost": 90, "revenue": 500, "margin": 410},
                    "moves": ["idea"],
                    "patch": {"staff": {"omid": {"overtime": {"3": 2}}}},
                    "proven": True,
                    "text": "Omid works 2 hours of overtime in week 3.",
                },
                {
                    "kind": "budget",
                    "amount": 250,
                    "unit": "money",
                    "price": {"must": 0, "value": 12, "overtime": 0},
                    "money": {"cost": 400, "revenue": 500, "margin": 100},
                    "moves": ["idea", "plan", "talk@1", "talk@2"],
                    "patch": {"clients": {"nova": {"budget": 5250}}},
                    "proven": False,
                    "at_best": {"must": 0, "value": 16, "overtime": None},
                    "text": "Nova Water's January 2026 budget is 250 more.",
                },
            ],
            "searched": True,
            "candidates": [
                {
                    "staff": "omid",
                    "forbidden": [],
                    "price": {"must": 0, "value": 12},
                    "money": {"cost": 320, "revenue": 0, "margin": -320},
                    "moves": ["talk@2"],
                    "proven": True,
                    "text": "Omid gives talks later.",
                },
                {"staff": "sara", "forbidden": [{"rule": "only", "text": "It is for others."}], "price": None},
            ],
        },
        {
            "task": "plan",
            "client": "nova",
            "project": None,
            "state": "late",
            "why": "Sara has 8 hours left in week 1; the task needs 12.",
            "obstacles": [],
            "repairs": [],
            "searched": True,
        },
    ],
    "conflict": [
        {"kind": "must", "task": "idea", "text": "An idea is must work."},
        {"kind": "hours", "staff": "omid", "week": 3},
    ],
    "more": 2,
}
HIRE: dict[str, Any] = HEAD | {
    "question": "hire",
    "sets": [
        {
            "hires": [{"id": "new", "role": "project_manager", "weekly_hours": 24, "from_week": 2}],
            "price": {"value": 16, "cost": 900},
            "money": {"cost": 900, "revenue": 500, "margin": -400},
            "proven": True,
        },
        {
            "hires": [{"id": "designer-1", "role": "designer", "weekly_hours": 8, "from_week": 1}] * 2,
            "price": {"value": 16, "cost": 1200},
            "money": {"cost": 1200, "revenue": 500, "margin": -700},
            "proven": False,
            "at_best": {"value": 16, "cost": 1100},
        },
    ],
    "ladder": [
        {
            "count": count,
            "hires": [{"id": "new", "role": "project_manager", "weekly_hours": 24, "from_week": 1}] * count,
            "delivered": 3 + min(count, 1),
            "late": 1 if count < 2 else 0,
            "waiting": 1 - min(count, 1),
            "goals": {"value": 40 + 16 * min(count, 1), "cost": 2015.5 + 900 * count},
            "money": {"cost": 2015.5 + 900 * count, "revenue": 5025, "margin": 3009.5 - 900 * count},
            "proven": count < 2,
            "at_best": None if count < 2 else {"cost": 3000},
        }
        for count in range(3)
    ],
    "short_of": None,
}
WORTH: dict[str, Any] = HEAD | {
    "question": "worth",
    "hours": [
        {
            "role": role,
            "staff": None,
            "week": week,
            "gain": {"must": 0, "value": value, "cost": cost},
            "estimate": not proven,
            "proven": proven,
        }
        for role, week, value, cost, proven in (
            ("account_manager", 1, 0, 0, False),
            ("account_manager", 2, 2.5, 40, True),
            ("account_manager", 3, 0, -15, False),
            ("project_manager", 1, 8, 40, True),
            ("project_manager", 2, 4.25, 40, False),
        )
    ],
    "budgets": [
        {"budget": "nova", "period": "2026-01", "gain": {"value": 16}, "estimate": False, "proven": True},
        {"budget": "brio", "period": "horizon", "gain": {"value": 0}, "estimate": True, "proven": False},
    ],
    "deadlines": [{"task": "idea", "gain": {"value": 16}, "estimate": True, "proven": False}],
}
BREAK_EVEN: dict[str, Any] = HEAD | {
    "question": "break-even",
    "path": "staff.omid.cost_rate",
    "goal": "cost",
    "first": "One AM",
    "second": "AM and PM",
    "low": 41.5,
    "high": 41.51,
    "winner_below": "One AM",
    "winner_above": "AM and PM",
    "at_low": {"first": 4150, "second": 4400},
    "at_high": {"first": 4401, "second": 4400},
    "proven": True,
    "remarks": ["At 41.5 they differ in value too, which comes first: 40 against 56."],
    "points": [
        {"value": 20, "first": 2000, "second": 4400, "winner": "One AM", "proven": True},
        {"value": 41.5, "first": 4150, "second": 4400, "winner": "One AM", "proven": True},
        {"value": 41.51, "first": 4401, "second": 4400, "winner": "AM and PM", "proven": True},
        {"value": 80, "first": 8000, "second": 4400, "winner": "AM and PM", "proven": False},
    ],
}
TRADE_OFF: dict[str, Any] = HEAD | {
    "question": "trade-off",
    "points": [
        {
            "changes": changes,
            "goals": {"must": 0, "value": value, "changes": changes},
            "money": {"cost": 2000, "revenue": 5000, "margin": 3000},
            "proven": best is None,
            "at_best": best,
        }
        for changes, value, best in (
            (0, 40, None),
            (1, 48, None),
            (2, 52, {"must": 0, "value": 56}),
            (3, 56, None),
            (4, 56, None),
        )
    ],
}
RISK: dict[str, Any] = HEAD | {
    "question": "risk",
    "draws": 2000,
    "tasks": [
        {"task": "plan", "on_time": 0.4, "delivered": 0.95, "error": 0.011},
        {"task": "talk@1", "on_time": None, "delivered": 1.0, "error": None},
    ],
    "people": [
        {"staff": "omid", "week": 2, "above_contract": 0.62, "error": 0.01},
        {"staff": "sara", "week": 1, "above_contract": 0.05, "error": 0.005},
    ],
    "budgets": [{"budget": "nova", "period": "2026-01", "overrun": 0.3, "error": 0.01}],
    "money": {"cost": {"p10": 1900, "p50": 2015.5, "p90": 2300}, "margin": {"p10": 2500, "p50": 3000, "p90": 3100}},
}
SWEEP: dict[str, Any] = HEAD | {
    "question": "sweep",
    "name": "Hours",
    "vary": ["staff.omid.weekly_hours", "goals"],
    "seeds": [0, 1],
    "measures": ["value", "cost", "utilisation.all"],
    "plot": ["cost", "value"],
    "front": [1, 3],
    "text": "3 of 4 runs are done, 1 failed. By value and cost, runs 1, 3 are on the front.",
    "runs": [
        {
            "run": number,
            "values": {"staff.omid.weekly_hours": hours, "goals": ["value", "cost"]},
            "seed": number % 2,
            "state": "failed" if value is None else "done",
            "status": None if value is None else "optimal",
            "measures": {"value": value, "cost": cost, "utilisation.all": None},
            "seconds": 1.5,
            "error": "there was not enough memory" if value is None else None,
        }
        for number, hours, value, cost in (
            (1, 20, 40, 900),
            (2, 20, 40, 1000),
            (3, 30.5, 56, 1200),
            (4, 40, None, None),
        )
    ],
}
ALL = {document["question"]: document for document in (EXPLAIN, HIRE, WORTH, BREAK_EVEN, TRADE_OFF, RISK, SWEEP)}
