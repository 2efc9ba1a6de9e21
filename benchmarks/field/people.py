"""The people of a made-up agency: employees and freelancers, who joins and leaves, and who could be hired."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.field.calendar import Weeks
from benchmarks.generator import Entry

ROLES: dict[str, Entry] = {
    "account_manager": {"cost_rate": 45, "bill_rate": 150},
    "project_manager": {"cost_rate": 39, "bill_rate": 120},
    "strategist": {"strategic": 1.1, "tactical": 0.5, "cost_rate": 54, "bill_rate": 165},
    "designer": {"tactical": 1, "cost_rate": 40, "bill_rate": 115},
    "developer": {"tactical": 1, "cost_rate": 48, "bill_rate": 125},
    "copywriter": {"tactical": 1, "weekly_hours": 32, "cost_rate": 36, "bill_rate": 105},
    "marketer": {"strategic": 0.6, "tactical": 1, "cost_rate": 41, "bill_rate": 115},
    "freelancer": {"tactical": 0.7, "weekly_hours": 16, "cost_rate": 82, "bill_rate": 130},
}
CRAFTS = {"designer": "design", "developer": "web", "copywriter": "copy", "marketer": "search"}
"""The craft of each role that has one."""
GENERAL = ("account_manager", "project_manager", "strategist")
"""Roles that know industries, not crafts."""
SHARES: dict[str, dict[str, float]] = {
    "account_manager": {"strategy": 0.75, "delivery": 0.2},
    "project_manager": {"delivery": 1},
    "strategist": {"strategy": 1.1},
    "designer": {"design": 1},
    "developer": {"web": 1},
    "copywriter": {"copy": 1},
    "marketer": {"search": 0.85, "strategy": 0.09},
}
"""Effort that an hour of each role gives to each trade, roughly: how much work of each there is."""
TEAM = (
    *("account_manager", "project_manager", "designer", "developer", "freelancer"),
    *("account_manager", "copywriter", "marketer", "strategist", "project_manager"),
    *("designer", "account_manager", "developer", "project_manager"),
)
"""The first five make a studio; all of them a team, of which larger agencies have several."""
_FIRST = (
    "Ida Jonas Leyla Marek Nora Timo Petra Karim Yuki Anna Greta Rafael Clara Dieter Emma Farid Gina Hugo "
    "Ines Kim Lea Marco Olga Paul Rosa Samir Tara Uwe Vera Wim Xenia Zoe Aldo Berta Cem Dora Emil Finn "
    "Gesa Hans"
)
FIRST = _FIRST.split()
_LAST = "Brandt Feld Sahin Nowak Lind Kern Vogel Haddad Mori Weiss Olsen Costa Wolf Rossi Martin Klein Winter"
LAST = _LAST.split()
INDUSTRIES = ("retail", "finance", "health", "travel", "energy", "food", "mobility", "culture", "industry", "sport")
FEW_ALONE = 3
"""Where as many people are alone in their roles, it is a studio."""
ALONE = 20
"""Up to so many people an agency has no industries: everybody knows every client."""


class People:
    """The staff of an agency, drawn person by person.

    Attributes
    ----------
    staff
        As written in a scenario, those who could be hired last.
    lasting
        Ids of employees who are there throughout, by role: who may be named as an owner.
    industries
        What people of the agency know; empty where everybody knows everything.
    """

    def __init__(self, random: Random, people: int, weeks: Weeks) -> None:
        self.random, self.weeks = random, weeks
        roles = [TEAM[number % len(TEAM)] for number in range(people)] if people >= 5 else [*TEAM[:2], TEAM[4]]
        self.industries = INDUSTRIES[: round(people / len(TEAM))] if people > ALONE else ()
        missing = [craft for role, craft in CRAFTS.items() if role not in roles]
        self.missing = missing[-2:] if people >= 5 else missing[:1]
        employees = [
            number
            for number, role in enumerate(roles)
            if role != "freelancer" and (role != "account_manager" or roles.count(role) > 1)
        ]
        self.alone = {number for number, role in enumerate(roles) if roles.count(role) == 1}
        random.shuffle(employees)
        some = max(1, round(0.06 * people))
        self.joining, self.leaving, self.changing = (set(employees[at * some : (at + 1) * some]) for at in range(3))
        self.staff = [self._person(number, role) for number, role in enumerate(roles)]
        self.lasting: dict[str, list[str]] = {}
        for number, entry in enumerate(self.staff):
            if number not in self.joining | self.leaving and entry["role"] != "freelancer":
                self.lasting.setdefault(entry["role"], []).append(entry["id"])
        self.staff += self._hires(people)

    def industry_of(self, client: int) -> str | None:
        """Return what people must know to work for a client."""
        return self.industries[client % len(self.industries)] if self.industries else None

    def _person(self, number: int, role: str) -> Entry:
        random = self.random
        first = FIRST[number % len(FIRST)]
        again = number // len(FIRST)
        entry: Entry = {
            "id": f"{first.lower()}-{again + 1}" if again else first.lower(),
            "name": f"{first} {LAST[(number + again) % len(LAST)]}",
            "role": role,
            "cost_rate": ROLES[role]["cost_rate"] + random.randint(-5, 9),
        }
        if role == "freelancer":
            entry["workdays"] = random.choice((["tue", "thu"], ["mon", "wed"], ["wed", "thu", "fri"]))
            entry["max_clients"] = random.choice((4, 5, 6))
            crafts = self.missing or random.sample(list(CRAFTS.values()), 2)
            return entry | {"skills": dict.fromkeys(crafts, 3)}
        entry["target_utilisation"] = random.choice((0.7, 0.75, 0.8, 0.85))
        if random.random() < 0.7 or number == 0:
            entry["pay"] = "salary"
        self._employ(entry, number)
        if random.random() < 0.25:
            entry["overtime"] = random.choice((2, 4, {"hours": 3, "premium": 1.25}, {"hours": 4, "premium": 1.5}))
        if role == "account_manager" and random.random() < 0.4:
            entry["limits"] = {"tactical": random.choice((8, 10, 12))}
        if random.random() < 0.15:
            entry["max_clients"] = random.choice((5, 6, 8))
        if random.random() < 0.15:
            entry["max_clients_per_week"] = random.choice((4, 5))
        if time_off := self._time_off(number):
            entry["time_off"] = time_off
        if skills := self._skills(number, role):
            entry["skills"] = skills
        return entry

    def _employ(self, entry: Entry, number: int) -> None:
        """Say when somebody joins or leaves, and how many hours a week there are."""
        random, weeks = self.random, self.weeks
        few = random.choice((20, 24, 30, 32))
        if number in self.joining:
            entry["start"] = weeks.monday(2 + random.randrange(max(1, weeks.count // 4)))
        if number in self.leaving:
            entry["end"] = weeks.friday(weeks.count - 1 - random.randrange(max(1, weeks.count // 5)))
        if number in self.changing:
            more = random.choice((few - 8, few + 8, 40))
            change = weeks.monday(1 + weeks.count // 3 + random.randrange(max(1, weeks.count // 3)))
            entry["weekly_hours"] = [{"from": weeks.monday(1), "hours": few}, {"from": change, "hours": more}]
        elif random.random() < 0.2:
            entry["weekly_hours"] = few
            if few <= 30 and random.random() < 0.7:
                entry["workdays"] = ["mon", "tue", "wed", "thu"]

    def _time_off(self, number: int) -> list[str | Entry]:
        """Return days off; whoever is alone in a role takes single days."""
        random, weeks = self.random, self.weeks
        found: list[str | Entry] = []
        for _ in range(max(1, weeks.count // 9)):
            week, length = 1 + random.randrange(weeks.count), random.choice((0, 1, 1, 2))
            length = 0 if number in self.alone else length
            if random.random() < 0.6:
                span: Entry = {"from": weeks.monday(week), "to": weeks.friday(week + length - 1)}
                found.append(span if length else weeks.friday(week))
        return found

    def _skills(self, number: int, role: str) -> dict[str, int]:
        random = self.random
        skills: dict[str, int] = {}
        if (craft := CRAFTS.get(role)) is not None:
            skills[craft] = random.choice((2, 2, 3))
            if random.random() < (0.3 if len(self.alone) < FEW_ALONE else 0.9):  # in a studio all do a bit of all
                skills.setdefault(random.choice(list(CRAFTS.values())), random.choice((1, 2)))
        elif self.industries:
            skills[self.industries[number // len(TEAM) % len(self.industries)]] = 1
            if random.random() < 0.4:
                skills[random.choice(self.industries)] = 1
        if random.random() < 0.2:
            skills["research"] = random.choice((1, 2))
        return skills

    def _hires(self, people: int) -> list[Entry]:
        """Return who could be hired: employees, who are dear to find, and pools of freelancers, who are not."""
        random, weeks = self.random, self.weeks
        found: list[Entry] = []
        for number in range(max(1, round(people / 25))):
            role = ("project_manager", "developer", "account_manager", "designer")[number % 4]
            found.append(
                {
                    "id": f"new-{role.replace('_', '-')}-{number + 1}",
                    "name": f"New {role.replace('_', ' ')}",
                    "role": role,
                    "pay": "salary",
                    "target_utilisation": 0.75,
                    "start": weeks.monday(2 + random.randrange(max(1, weeks.count // 3))),
                    "placeholder": True if number % 2 == 0 else {"count": 2},
                    "hire_cost": 500 * random.randint(8, 18),
                    "skills": self._known(role),
                }
            )
        for number in range(max(1, round(people / 20))):
            role = ("designer", "developer", "copywriter", "marketer", "project_manager")[number % 5]
            found.append(
                {
                    "id": f"pool-{role.replace('_', '-')}-{number + 1}",
                    "name": f"Freelance {role.replace('_', ' ')}",
                    "role": role,
                    "weekly_hours": 24,
                    "cost_rate": random.randint(62, 80),
                    "placeholder": {"count": random.choice((2, 3))},
                    "hire_cost": 50 * random.randint(4, 14),
                    "skills": self._known(role),
                }
            )
        return [{key: value for key, value in entry.items() if value != {}} for entry in found]

    def _known(self, role: str) -> dict[str, int]:
        if role in CRAFTS:
            return {CRAFTS[role]: 2}
        return dict.fromkeys(self.random.sample(self.industries, min(2, len(self.industries))), 1)


def supply(staff: Sequence[Entry], hours: dict[str, float]) -> dict[str, float]:
    """Return the effort that people can give to each trade, from their hours; who could be hired aside."""
    found: dict[str, float] = {}
    for entry in staff:
        if "placeholder" in entry:
            continue
        shares = SHARES.get(entry["role"]) or {craft: 0.7 / len(entry["skills"]) for craft in entry["skills"]}
        for trade, share in shares.items():
            found[trade] = found.get(trade, 0.0) + share * hours[entry["id"]]
    return found
