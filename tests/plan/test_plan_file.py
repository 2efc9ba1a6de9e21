"""The plan file: saved and loaded without loss, and refused in sentences."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plan.worlds import facts, omid, plan, replanned, sara, scenario, task
from staffing.errors import OutputError, PlanError
from staffing.plan.content import MAX_BYTES
from staffing.plan.plan import Plan

KEYS = "format scenario fingerprint status goals allocations tasks overtime hired holidays baseline metrics solver"


def some_plan() -> Plan:
    """Return a re-plan with a bit of everything: history, overtime, a hire, a task waiting, a holiday."""
    world = scenario(
        name="نوا & <b>zeta</b>",
        tasks=[task("a"), task("b", hours=41), task("c", only=[]), task("d", kind="strategic", hours=1)],
        staff=[sara(), omid(overtime=4), omid(id="pm", placeholder=True)],
        clients=[{"id": "nova", "name": "Nova", "budget": 9000}],
        calendar={"holidays": ["2026-01-10"]},
    )
    before = plan(facts(world, {("a", "omid", 1): 10, ("d", "sara", 2): 1})).as_baseline()
    again = replanned(world, {("a", "omid", 1): 4}, from_week=2)
    cells = {("a", "pm", 2): 6, ("b", "omid", 3): 41, ("d", "sara", 2): 1}
    return plan(facts(again, cells, hired=["pm"], baseline=before), solver={"from_week": 2, "seconds": 0.5})


def test_saving_and_loading_is_identity(tmp_path: Path) -> None:
    some_plan().save(tmp_path / "plan.json")
    assert Plan.load(tmp_path / "plan.json") == some_plan()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_goal_that_is_not_bounded_is_null_in_the_file(tmp_path: Path) -> None:
    first, *others = some_plan().goals
    unbounded = replace(some_plan(), status="feasible", goals=(replace(first, bound=None, proven=False), *others))
    unbounded.save(tmp_path / "plan.json")
    assert unbounded.to_json().count('"bound": null') == 1
    assert Plan.load(tmp_path / "plan.json") == unbounded


def test_the_file_is_json_in_the_order_of_its_format() -> None:
    document = json.loads(some_plan().to_json())
    assert list(document) == [*KEYS.split(), "context"]
    assert document == some_plan().as_document()
    assert list(document["allocations"][0]) == [
        "task",
        "client",
        "kind",
        "staff",
        "week",
        "week_start",
        "hours",
        "fixed",
    ]
    assert document["allocations"][0]["week_start"] == "2026-01-05"
    assert list(document["baseline"]) == ["fingerprint", "tasks"]


def test_allocations_as_csv(tmp_path: Path) -> None:
    some_plan().save(tmp_path / "plan.csv")
    lines = (tmp_path / "plan.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "task,client,kind,staff,week,week_start,hours,fixed",
        "a,nova,tactical,omid,1,2026-01-05,4.0,true",
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str, tmp_path: Path) -> None:
    document = some_plan().as_document()
    document["allocations"][0]["task"] = f"{sign}1+1"
    load(tmp_path, document).save(tmp_path / "plan.csv")
    text = (tmp_path / "plan.csv").read_bytes().decode("utf-8-sig")
    assert text.split("\r\n", 1)[1].startswith((f"'{sign}1+1,", f'"\'{sign}1+1",'))


def test_nothing_is_written_halfway(tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()
    with pytest.raises(OutputError, match=r"plan\.json cannot be written: it is a folder"):
        some_plan().save(tmp_path / "plan.json")
    with pytest.raises(OutputError, match=r"cannot be written: the folder .*nowhere does not exist"):
        some_plan().save(tmp_path / "nowhere" / "plan.json")
    with pytest.raises(OutputError, match=r"does not say what to write: .* \.json, \.csv, \.xlsx, \.html, \.ics"):
        some_plan().save(tmp_path / "plan.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def load(folder: Path, content: Any) -> Plan:
    """Load what stands in a file: bytes, text, or a document."""
    file = folder / "read.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Plan.load(file)


def mistakes(folder: Path, content: Any) -> dict[str, str]:
    """Load something wrong, and return each message by its path."""
    with pytest.raises(PlanError) as caught:
        load(folder, content)
    assert all(error.file == str(folder / "read.json") for error in caught.value.errors)
    return {error.path: error.message for error in caught.value.errors}


def test_metrics_solver_and_context_may_be_missing(tmp_path: Path) -> None:
    document = {key: value for key, value in some_plan().as_document().items() if key in KEYS.split()[:-2]}
    found = load(tmp_path, document)
    assert (found.metrics, found.solver, found.context) == ({}, {}, None)


def test_every_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    document = some_plan().as_document()
    del document["hired"]
    document["goal"] = []
    document["status"] = "best"
    document["goals"][0]["bound"] = "0"
    document["goals"][1]["proven"] = 1
    document["allocations"][0]["hours"] = "4"
    document["allocations"][1]["week"] = 1.5
    document["allocations"][2]["week_start"] = "tomorrow"
    document["tasks"][0]["owners"] = "omid"
    document["tasks"][1] = 7
    del document["tasks"][2]["reason"]
    document["tasks"][3]["colour"] = "red"
    document["overtime"] = {}
    document["metrics"] = []
    assert mistakes(tmp_path, document) == {
        "hired": "It is missing: a plan file has it.",
        "goal": "A plan file has no such key.",
        "status": "\"best\" is not allowed: 'optimal' or 'feasible'.",
        "goals[0].bound": '"0" is not a number.',
        "goals[1].proven": "1 is neither true nor false.",
        "allocations[0].hours": '"4" is not a number.',
        "allocations[1].week": "1.5 is not a whole number.",
        "allocations[2].week_start": '"tomorrow" is not a date: a date is YYYY-MM-DD.',
        "tasks[0].owners": '"omid" is not a list.',
        "tasks[1]": "7 is not a mapping.",
        "tasks[2].reason": "It is missing: a plan file has it.",
        "tasks[3].colour": "A plan file has no such key.",
        "overtime": "a mapping is not a list.",
        "metrics": "a list is not a mapping.",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is empty"),
        ("  \n", "The file is empty"),
        ("{", "The file is not JSON: EOF while parsing"),
        ("name: tiny", "The file is not JSON: expected"),
        ("[" * 10_000, "The file is not JSON: recursion limit exceeded"),
        ('{"a":' * 10_000, "The file is not JSON: recursion limit exceeded"),
        (b"\xff\xfe{\x00", "The file is not UTF-8 text"),
        ("[]", "a list is not a mapping"),
        ("null", "nothing is not a mapping"),
        ('{"format": "\\ud800"}', "The file is not JSON"),
    ],
)
def test_what_is_no_plan_file_at_all(content: str | bytes, message: str, tmp_path: Path) -> None:
    assert mistakes(tmp_path, content)[""].startswith(message)


def test_another_format_is_refused(tmp_path: Path) -> None:
    wrong = {**some_plan().as_document(), "format": "staffing-plan/2"}
    assert mistakes(tmp_path, wrong) == {"format": "\"staffing-plan/2\" is not allowed: 'staffing-plan/1'."}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1" + "0" * 400, "1" + "0" * 5000])
def test_numbers_that_are_none(number: str, tmp_path: Path) -> None:
    document = some_plan().as_document()
    document["solver"]["seconds"] = document["allocations"][0]["hours"] = "HERE"
    found = mistakes(tmp_path, json.dumps(document).replace('"HERE"', number))
    assert set(found) in (
        {""},
        {"allocations[0].hours"},
        {"solver.seconds"},
        {"solver.seconds", "allocations[0].hours"},
    )


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="There is no such file"):
        Plan.load(tmp_path / "none.json")
    with pytest.raises(PlanError, match="The file cannot be read: Is a directory"):
        Plan.load(tmp_path)
    with pytest.raises(PlanError, match="The file cannot be read: embedded null byte"):
        Plan.load("none\0.json")


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    with (tmp_path / "read.json").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(PlanError, match="larger than 50 MB"):
        Plan.load(tmp_path / "read.json")


def test_no_more_than_the_limit_is_read_of_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of /proc says it is empty, whatever it holds."""
    monkeypatch.setattr("staffing.plan.content.MAX_BYTES", 100)
    asked: list[int] = []

    class Growing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(size or 0)
            return b" " * (size or 0)

    (tmp_path / "read.json").touch()
    monkeypatch.setattr(Path, "open", lambda *_: Growing())
    with pytest.raises(PlanError, match="larger than"):
        Plan.load(tmp_path / "read.json")
    assert asked == [101]


def test_pipes_and_devices_are_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for endless in (tmp_path / "pipe.json", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(PlanError, match="This is not a file: a pipe or a device is not read"):
            Plan.load(endless)


@pytest.mark.parametrize("entry", [0, {}, []])
def test_of_a_large_file_that_is_wrong_throughout_the_beginning_is_told(entry: object, tmp_path: Path) -> None:
    document = {**some_plan().as_document(), "allocations": [entry] * 30_000}
    found = mistakes(tmp_path, document)
    assert "allocations[0]" in {place.partition(".")[0] for place in found}
    assert 100 <= len(found) <= 101
    assert found.get("", "mistakes more.").endswith("mistakes more.")


def test_a_large_plan_is_read_whole(tmp_path: Path) -> None:
    document = some_plan().as_document()
    document["allocations"] = [dict(entry) for entry in document["allocations"] * 300]
    assert len(load(tmp_path, document).assigned) == 1200
    document["allocations"][1199]["hours"] = "4"
    assert mistakes(tmp_path, document) == {"allocations[1199].hours": '"4" is not a number.'}
    text = json.dumps(document)
    assert mistakes(tmp_path, text[:-9])[""].startswith("The file is not JSON: EOF")


def test_a_context_that_no_table_could_show(tmp_path: Path) -> None:
    document = some_plan().as_document()
    document["context"]["people"][0]["capacity"] = [1.0]
    document["context"]["start"] = "9999-12-31"
    assert mistakes(tmp_path, document) == {
        "context.start": "9999-12-31 is no date a plan has: 0003-12-29 to 9997-01-03.",
        "context.people[0].capacity": "It has 1 weeks where the plan has 4.",
    }
    document = some_plan().as_document()
    document["context"]["weeks"] = 0
    assert mistakes(tmp_path, document) == {"context.weeks": "0 is out of range: 1 to 156."}


@pytest.mark.parametrize("week", [0, 157, 10**12, 10**400])
def test_weeks_that_are_none(week: int, tmp_path: Path) -> None:
    document = some_plan().as_document()
    document["allocations"][0]["week"] = document["tasks"][0]["first_week"] = week
    assert set(mistakes(tmp_path, document)) == {"allocations[0].week", "tasks[0].first_week"}


def test_a_plan_without_a_context_knows_its_dates_by_an_allocation(tmp_path: Path) -> None:
    document = some_plan().as_document()
    del document["context"]
    assert load(tmp_path, document).as_baseline() == some_plan().as_baseline()
    document["allocations"] = []
    with pytest.raises(ValueError, match="says nothing of its dates"):
        _ = load(tmp_path, document).start
