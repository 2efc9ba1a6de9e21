"""Taking entries out: their work goes with them, and references to them are cleaned."""

from typing import Any

import pytest

from staffing.errors import ScenarioError
from staffing.files.read import tree_of
from staffing.files.tree import Tree
from staffing.files.what_if import change
from staffing.files.yaml_text import yaml_tree

BASE = {
    "staff": [{"id": "sara"}, {"id": "omid"}, {"id": "pm", "placeholder": {"count": 3}}],
    "clients": [
        {"id": "acme", "owners": {"strategic": "sara", "tactical": "omid"}, "exclude": ["omid", "sara"]},
        {"id": "nova"},
    ],
    "projects": [{"id": "site", "client": "acme"}, {"id": "shop", "client": "nova"}],
    "tasks": [
        {"id": "plan", "client": "nova"},
        {"id": "build", "project": "site"},
        {"id": "sell", "project": "shop", "after": ["plan", {"task": "plan", "lag": 1}, "build"]},
        {
            "id": "talk",
            "client": "nova",
            "owner": "sara",
            "only": ["sara"],
            "except": ["sara", "omid"],
            "estimates": {"sara": {"hours": 1}, "omid": {"hours": 2}},
        },
    ],
}


def removed(changes: dict[str, Any], base: dict[str, Any] = BASE) -> Tree:
    return change(tree_of(base), tree_of(changes))


def ids(tree: Tree, kind: str) -> list[str]:
    return [entry["id"] for entry in tree.data[kind]]


def entry(tree: Tree, kind: str, name: str) -> dict[str, Any]:
    (found,) = [entry for entry in tree.data[kind] if entry["id"] == name]
    return dict(found)


def test_a_client_goes_with_its_projects_and_tasks() -> None:
    tree = removed({"remove": {"clients": ["nova"]}})
    assert ids(tree, "clients") == ["acme"]
    assert ids(tree, "projects") == ["site"]
    assert ids(tree, "tasks") == ["build"]
    assert tree.warnings == ()
    assert "remove" not in tree.data


def test_a_project_goes_with_its_tasks() -> None:
    tree = removed({"remove": {"projects": ["site"]}})
    assert ids(tree, "projects") == ["shop"]
    assert ids(tree, "tasks") == ["plan", "sell", "talk"]


def test_a_removed_task_leaves_every_after() -> None:
    tree = removed({"remove": {"tasks": ["plan"]}})
    assert entry(tree, "tasks", "sell")["after"] == ["build"]
    assert [str(warning) for warning in tree.warnings] == [
        "tasks[sell].after[1]: plan is removed, and so leaves this",
        "tasks[sell].after[2]: plan is removed, and so leaves this",
    ]


def test_the_work_of_a_removed_project_leaves_every_after_too() -> None:
    tree = removed({"remove": {"projects": ["site"]}})
    assert entry(tree, "tasks", "sell")["after"] == ["plan", {"task": "plan", "lag": 1}]
    assert len(tree.warnings) == 1


def test_a_removed_person_leaves_every_reference_with_a_warning() -> None:
    tree = removed({"remove": {"staff": ["sara"]}})
    assert entry(tree, "clients", "acme") == {"id": "acme", "owners": {"tactical": "omid"}, "exclude": ["omid"]}
    assert entry(tree, "tasks", "talk") == {
        "id": "talk",
        "client": "nova",
        "only": [],  # nobody
        "except": ["omid"],
        "estimates": {"omid": {"hours": 2}},
    }
    assert [warning.path for warning in tree.warnings] == [
        "clients[acme].owners.strategic",
        "clients[acme].exclude[2]",
        "tasks[talk].owner",
        "tasks[talk].only[1]",
        "tasks[talk].except[1]",
        "tasks[talk].estimates.sara",
    ]


def test_the_copies_of_a_removed_placeholder_leave_too() -> None:
    base = {**BASE, "tasks": [{"id": "a", "only": ["pm", "pm-2", "pm-3", "pm-4", "sara"]}]}
    tree = removed({"remove": {"staff": ["pm"]}}, base)
    assert entry(tree, "tasks", "a")["only"] == ["pm-4", "sara"]  # pm has three copies


def test_an_id_that_is_not_there_gives_a_warning() -> None:
    tree = removed({"remove": {"staff": ["nobody"]}})
    assert [str(warning) for warning in tree.warnings] == [
        "remove.staff[1]: the scenario that is changed has no nobody to remove"
    ]


def test_a_name_where_an_id_is_asked_is_told_with_the_id() -> None:
    base = {**BASE, "staff": [{"id": "ab", "name": "Anna Becker"}], "clients": [{"id": "nova"}]}
    tree = removed({"remove": {"staff": ["Anna Becker"], "clients": ["Nova"]}}, base)
    assert [str(warning) for warning in tree.warnings] == [
        "remove.staff[1]: the scenario that is changed has no Anna Becker to remove; did you mean ab (Anna Becker)?",
        "remove.clients[1]: the scenario that is changed has no Nova to remove: capitals count; did you mean nova?",
    ]


def test_what_the_change_refers_to_is_left_for_the_checks() -> None:
    tree = removed({"remove": {"staff": ["sara"]}, "tasks": [{"id": "plan", "owner": "sara"}]})
    assert entry(tree, "tasks", "plan")["owner"] == "sara"


def test_an_entry_can_be_removed_and_given_anew() -> None:
    tree = removed({"remove": {"clients": ["nova"]}, "clients": [{"id": "nova", "name": "Nova"}]})
    assert entry(tree, "clients", "nova") == {"id": "nova", "name": "Nova"}
    assert ids(tree, "tasks") == ["build"]


def test_ids_in_digits_are_removed_as_they_are_written() -> None:
    base = yaml_tree("tasks: [{id: 007}, {id: 7}, {id: x, after: [007, 7]}]", "f")
    tree = change(base, yaml_tree("remove: {tasks: [007]}", "g"))
    assert [task["id"].text for task in tree.data["tasks"][:1]] == ["7"]
    assert [name.text for name in tree.data["tasks"][1]["after"]] == ["7"]


def test_warnings_stand_where_the_reference_stood_and_add_up() -> None:
    base = yaml_tree("staff: [{id: a}, {id: b}]\ntasks:\n- id: x\n  only: [a, b]", "base")
    middle = change(base, yaml_tree("remove: {staff: [a]}", "middle"))
    top = change(middle, yaml_tree("remove: {staff: [b]}", "top"))
    assert [(warning.file, warning.line, warning.column) for warning in top.warnings] == [
        ("base", 4, 10),
        ("base", 4, 13),
    ]


def test_wrong_requests_are_all_reported_with_their_places() -> None:
    changes = yaml_tree("remove:\n  people: [a]\n  staff: a\n  tasks:\n  - [a]\n  - b", "f")
    with pytest.raises(ScenarioError) as refused:
        change(tree_of(BASE), changes)
    assert [str(error) for error in refused.value.errors] == [
        "f:2:3: remove.people: people cannot be removed: staff, clients, projects, tasks are allowed",
        "f:3:10: remove.staff: this is not a list of ids",
        "f:5:5: remove.tasks[1]: this is not an id",
    ]


def test_remove_is_a_mapping() -> None:
    with pytest.raises(ScenarioError, match="remove is a mapping"):
        removed({"remove": ["sara"]})
    assert removed({"remove": None}).data == BASE
    assert removed({"remove": {"staff": None}}).data == BASE


WORKED = {
    **BASE,
    "worked": [
        {"task": "build", "staff": "sara", "week": 1, "hours": 1},
        {"task": "plan@3", "staff": "pm-2", "week": 1, "hours": 1},
        {"task": "build", "staff": "sara", "week": 2, "hours": 1},
    ],
}


LEFT, GIVEN_UP = (
    f"has worked hours and cannot be removed: say {instead}, instead"
    for instead in ("end, the last day of employment", "cancelled: true")
)


@pytest.mark.parametrize(
    ("asked", "sentences"),
    [
        ({"staff": ["sara", "omid"]}, [f"remove.staff[1]: sara {LEFT}"]),
        ({"staff": ["pm"]}, [f"worked[2].staff: pm-2 {LEFT}"]),
        (
            {"tasks": ["plan"], "clients": ["acme"]},
            [f"worked[1].task: build {GIVEN_UP}", f"remove.tasks[1]: plan {GIVEN_UP}"],
        ),
        ({"projects": ["site"]}, [f"worked[1].task: build {GIVEN_UP}"]),
    ],
)
def test_what_was_worked_cannot_be_removed(asked: dict[str, Any], sentences: list[str]) -> None:
    with pytest.raises(ScenarioError) as refused:
        removed({"remove": asked}, WORKED)
    assert [str(mistake) for mistake in refused.value.errors] == sentences


def test_what_was_not_worked_can_still_be_removed() -> None:
    tree = removed({"remove": {"staff": ["omid"], "tasks": ["sell"]}}, WORKED)
    assert (ids(tree, "staff"), ids(tree, "tasks")) == (["sara", "pm"], ["plan", "build", "talk"])
    assert len(tree.data["worked"]) == 3


BOOKED = [
    {"task": "plan", "staff": "sara", "week": 1, "hours": 2},
    {"task": "talk", "staff": "omid", "week": 1, "hours": 2},
    {"task": "sell@1", "staff": "pm-2", "week": 1, "hours": 2},
    {"task": "plan", "staff": "omid", "week": 1, "hours": 2},
]


@pytest.mark.parametrize(
    ("gone", "left", "told"),
    [
        ({"staff": ["sara"]}, [1, 2, 3], "sara is removed, and so its booking leaves, too"),
        ({"tasks": ["plan"]}, [1, 2], "plan is removed, and so its 2 bookings leave, too"),
        ({"staff": ["pm"]}, [0, 1, 3], "pm-2 is removed, and so its booking leaves, too"),
        ({"projects": ["shop"]}, [0, 1, 3], "sell is removed, and so its booking leaves, too"),
    ],
)
def test_bookings_leave_with_what_they_are_of(gone: dict[str, Any], left: list[int], told: str) -> None:
    tree = removed({"remove": gone}, {**BASE, "bookings": BOOKED})
    assert tree.data["bookings"] == [BOOKED[number] for number in left]
    assert told in [warning.message for warning in tree.warnings]
