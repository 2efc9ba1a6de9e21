"""From a file to a checked scenario, or to every mistake in its place."""

from pathlib import Path

import pytest

from staffing import ScenarioError
from staffing.loading import from_mapping, load, read, schema

SOUND = """\
start: 2026-01-05
weeks: 4
staff:
  - {id: sara, role: account_manager, bill_rate: 120}
clients:
  - {id: nova, budget: 5000}
tasks:
  - id: plan
    kind: strategic
    client: nova
    hours: 10
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "agency.yaml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_a_scenario_is_named_after_its_file(file: Path) -> None:
    assert load(written(file, SOUND)).name == "agency"


def test_a_sound_scenario_has_neither_errors_nor_warnings(file: Path) -> None:
    loaded = read(written(file, SOUND))
    assert (loaded.errors, loaded.warnings) == ((), ())


def test_all_mistakes_are_told_at_once_each_with_its_place(file: Path) -> None:
    text = (
        SOUND.replace("weeks: 4", "wekks: 4").replace("client: nova", "client: novva").replace("hours: 10", "hours: x")
    )
    assert [str(mistake) for mistake in read(written(file, text)).errors] == [
        f'{file}:1:1: "weeks" is missing: weeks of the horizon, 1 to 156',
        f'{file}:2:1: wekks: "wekks" is not a known key; did you mean weeks?',
        f'{file}:10:13: tasks[plan].client: there is no client "novva"; did you mean nova?',
        f'{file}:11:12: tasks[plan].hours: "x" is not a number: more than 0, at most 100000, with at most 4 decimals',
    ]


def test_load_raises_all_mistakes(file: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(written(file, SOUND.replace("role: account_manager", "rol: account_manager")))
    assert [(one.line, one.column, one.path) for one in caught.value.errors] == [
        (4, 5, "staff[sara]"),
        (4, 16, "staff[sara].rol"),
    ]


def test_a_mistake_in_a_base_is_told_with_the_base(file: Path) -> None:
    written(file, SOUND.replace("weeks: 4", "weeks: 400"))
    change = written(file.parent / "change.yaml", "extends: agency.yaml\ntasks: [{id: plan, hours: 0}]\n")
    assert [(Path(one.file or "").name, one.line) for one in read(change).errors] == [
        ("agency.yaml", 2),
        ("change.yaml", 2),
    ]


def test_warnings_have_their_place_too(file: Path) -> None:
    (warning,) = read(written(file, SOUND + "    deadline: 2025-01-01\n")).warnings
    assert str(warning) == f"{file}:8:5: tasks[plan]: this will wait: its deadline is before the horizon"


def test_a_warning_of_the_change_comes_with_those_of_the_scenario(file: Path) -> None:
    written(file, SOUND)
    change = written(file.parent / "change.yaml", "extends: agency.yaml\nremove: {tasks: [plan, call]}\n")
    assert [one.message for one in read(change).warnings] == [
        "the scenario that is changed has no call to remove",
        "nova has no tasks",
    ]


def test_digits_are_a_name_as_they_are_written(file: Path) -> None:
    assert load(written(file, SOUND.replace("nova", "007"))).clients[0].id == "007"


def test_data_in_code_may_say_none_for_a_default() -> None:
    data = {"start": "2026-01-05", "weeks": 1, "staff": [{"id": "sara", "role": "account_manager", "pay": None}]}
    assert from_mapping(data).staff[0].pay == "hourly"


def test_mistakes_in_data_from_code_have_paths_alone() -> None:
    with pytest.raises(ScenarioError, match=r"^staff\[sara\]\.role: there is no role"):
        from_mapping({"start": "2026-01-05", "weeks": 1, "staff": [{"id": "sara", "role": "manager"}]})


def test_a_scenario_in_toml_is_the_same_scenario(file: Path) -> None:
    toml = """
    start = 2026-01-05
    weeks = 4
    staff = [{id = "sara", role = "account_manager", bill_rate = 120}]
    clients = [{id = "nova", budget = 5000}]
    tasks = [{id = "plan", kind = "strategic", client = "nova", hours = 10.0}]
    """
    other = written(file.with_suffix(".toml"), toml)
    assert load(other).fingerprint == load(written(file, SOUND)).fingerprint


def test_every_field_of_the_schema_is_described() -> None:
    made = schema()
    for record in (made, *made["$defs"].values()):
        assert all(field["description"] for field in record["properties"].values())


def test_the_schema_speaks_as_files_do() -> None:
    made = schema()
    assert {"extends", "remove", "tasks"} <= made["properties"].keys()
    assert {"from", "until", "every"} <= made["$defs"]["Repeat"]["properties"].keys()
    assert "except" in made["$defs"]["Task"]["properties"]


def test_only_a_whole_scenario_must_say_everything() -> None:
    made = schema()
    assert made["then"]["required"] == ["start", "weeks", "staff"]
    assert made["if"] == {"not": {"required": ["extends"]}}
    assert made["$defs"]["Task"]["required"] == ["id"]
