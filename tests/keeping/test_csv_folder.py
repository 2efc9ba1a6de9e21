"""In a folder only worked.csv and settings.csv change, and of these only the lines that do."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.keeping.change import UnusualFileError
from staffing.keeping.csv_folder import changed_folder
from staffing.keeping.keep import write_worked
from staffing.loading import load

from .worlds import AS_OF, noted, put, row

SETTINGS = "key,value,_why\nstart,2026-01-05,a Monday\nweeks,8,\n"
FILES = {
    "settings.csv": SETTINGS,
    "staff.csv": "id,role,_phone\nann,project_manager,0123\n",
    "clients.csv": "id\nnova\n",
    "tasks.csv": "id,kind,client,hours\nbuild,tactical,nova,160\n",
    "_notes.csv": "anything\n",
    "readme.md": "not a table\n",
}
WORKED = 'staff,hours,_note,task,date\nann,8,rain,build,2026-01-06\nann,7,"two\nlines",build,2026-01-07\n'
FIRST, SECOND = "build ann 2026-01-06 8", "build ann 2026-01-07 7"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return folder(tmp_path / "team")


def folder(path: Path, **more: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in {**FILES, **{f"{key}.csv": text for key, text in more.items()}}.items():
        (path / name).write_bytes(text.encode())
    return path


def files(path: Path) -> dict[str, str]:
    return {file.name: file.read_bytes().decode() for file in path.iterdir()}


def test_a_table_of_rows_is_made_and_all_else_copied(team: Path) -> None:
    put(team, team.with_name("out"), FIRST, "build ann 2 7.5")
    made = files(team.with_name("out"))
    assert made.pop("worked.csv") == ("task,staff,date,week,hours\nbuild,ann,2026-01-06,,8\nbuild,ann,,2,7.5\n")
    assert made.pop("settings.csv") == SETTINGS + "as_of,2026-02-02\n"
    assert made == {name: text for name, text in FILES.items() if name not in ("settings.csv", "readme.md")}


def test_rows_are_mended_dropped_and_added_beside_notes(team: Path) -> None:
    folder(team, worked=WORKED)
    put(team, team.with_name("out"), "build ann 2026-01-07 6.5", "build ann 2026-01-08 1")
    assert files(team.with_name("out"))["worked.csv"] == (
        'staff,hours,_note,task,date\nann,6.5,"two\nlines",build,2026-01-07\nann,1,,build,2026-01-08\n'
    )
    put(team.with_name("out"), team.with_name("again"), "build ann 2026-01-07 6.5", "build ann 2026-01-08 1")
    assert files(team.with_name("again")) == files(team.with_name("out"))


def test_a_day_that_is_there_is_replaced(team: Path) -> None:
    folder(team, settings=SETTINGS.replace("weeks", "as_of,2026-01-12,again\nweeks"))
    put(team, team.with_name("out"))
    assert "\nas_of,2026-02-02,again\n" in files(team.with_name("out"))["settings.csv"]
    assert "worked.csv" not in files(team.with_name("out"))


def test_settings_may_have_no_heads_and_no_last_line_end(team: Path) -> None:
    folder(team, settings="start,2026-01-05\r\nweeks,8")
    put(team, team.with_name("out"), FIRST)
    assert files(team.with_name("out"))["settings.csv"] == "start,2026-01-05\r\nweeks,8\r\nas_of,2026-02-02\r\n"


def test_semicolons_and_decimal_commas_are_kept(team: Path) -> None:
    folder(team, settings="sep=;\nkey;value\nstart;2026-01-05\nweeks;8\n", worked="task;staff;date;hours\n")
    put(team, team.with_name("out"), "build ann 2026-01-06 7.5")
    assert files(team.with_name("out"))["worked.csv"].endswith("\nbuild;ann;2026-01-06;7,5\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_is_kept(team: Path, encoding: str) -> None:
    (team / "settings.csv").write_bytes(SETTINGS.replace("a Monday", "دوشنبه").encode(encoding))
    put(team, team.with_name("out"), FIRST)
    assert "دوشنبه" in (team.with_name("out") / "settings.csv").read_bytes().decode(encoding)
    assert "build" in (team.with_name("out") / "worked.csv").read_bytes().decode(encoding)


def test_tables_of_tabs_keep_their_names(team: Path) -> None:
    folder(team)
    (team / "worked.tsv").write_text("task\tstaff\tdate\thours\nbuild\tann\t2026-01-06\t8\n", encoding="utf-8")
    put(team, team.with_name("out"), FIRST, SECOND)
    assert files(team.with_name("out"))["worked.tsv"].endswith("build\tann\t2026-01-07\t7\n")


def test_a_folder_goes_on_to_extend_its_base(team: Path) -> None:
    (team.with_name("base.yaml")).write_text("start: 2026-01-05\nweeks: 9\nstaff: []\n", encoding="utf-8")
    folder(team, settings="key,value\nextends,../base.yaml\n")
    (team.with_name("months")).mkdir()
    put(team, team.with_name("months") / "out", FIRST)
    assert "extends,../../base.yaml\n" in files(team.with_name("months") / "out")["settings.csv"]


def test_a_table_without_a_column_that_is_needed_is_written_anew(team: Path) -> None:
    folder(team, worked="task,staff,week,hours\nbuild,ann,1,8\n")
    (note,) = noted(team, team.with_name("out"), FIRST)[0]
    assert "written anew" in note


def test_what_stands_in_the_target_is_replaced(team: Path) -> None:
    target = folder(team.with_name("out"), roles="id,tactical\nx,1\n")
    (target / "settings.tsv").write_text("key\tvalue\n", encoding="utf-8")
    scenario = load(team).replace(as_of=AS_OF, worked=(row(FIRST),))
    write_worked(scenario, team, target)
    assert not {"settings.tsv", "roles.csv"} & files(target).keys()
    assert load(target) == scenario


def test_a_bare_quote_inside_of_a_cell_is_no_quote(team: Path) -> None:
    folder(team, worked='task,staff,date,hours,_note\nbuild,ann,2026-01-06,8,5" pipe\nbuild,ann,2026-01-07,7,\n')
    put(team, team.with_name("out"), SECOND)
    assert "pipe" not in files(team.with_name("out"))["worked.csv"]


def test_a_table_whose_lines_cannot_be_told_apart_is_refused(team: Path) -> None:
    from staffing.files.read import READERS
    from staffing.keeping.change import change_of

    tree = READERS["/"](team)
    change = change_of(tree, (), {"as_of": "2026-02-02"}, "gregorian")
    (team / "settings.csv").write_text("k" * 200_000 + ",value\n", encoding="utf-8")
    with pytest.raises(UnusualFileError):
        changed_folder(team, tree, change)
