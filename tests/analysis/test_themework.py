"""What a machine found becomes the analyst's own: every change is an event, every event can be undone, nothing is coded."""

import json
import random
from pathlib import Path

import polars as pl
import pytest

from coprod.cli.main import main
from coprod.workspace import new_workspace

from .simulated_answers import simulated_answers


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": simulated_answers(120)}).write_csv("answers.csv")
    return Path("answers.csv")


def theme(file: Path, *words: str, by: str = "AB") -> int:
    return main(["analysis", "theme", words[0], str(file), "--text", "said", "--by", by, *words[1:]])


def shown(file: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict]:
    capsys.readouterr()
    assert theme(file, "show", "--format", "json") == 0
    return {one["theme"]: one for one in json.loads(capsys.readouterr().out)["themes"]}


def test_themes_are_renamed_merged_parted_set_aside_and_brought_back(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    found = shown(file, capsys)
    assert len(found) == 5
    assert all("of 10 re-runs" in one["stamp"] for one in found.values())
    assert theme(file, "rename", "theme-1", "Being heard", "--why", "closer to what was meant") == 0
    assert theme(file, "merge", "theme-2", "theme-1") == 0
    assert theme(file, "set-aside", "theme-3") == 0
    after = shown(file, capsys)
    assert set(after) == {"theme-1", "theme-3", "theme-4", "theme-5"}
    assert after["theme-1"]["name"] == "Being heard"
    assert after["theme-1"]["stamp"] == "put together by a person"
    assert after["theme-3"]["set_aside"]
    for number in ("4", "3", "2"):
        assert theme(file, "undo", number) == 0
    assert shown(file, capsys) == found
    assert theme(file, "undo", "7") == 0
    assert shown(file, capsys)["theme-1"]["name"] == "Being heard"
    assert theme(file, "trail") == 0
    assert "closer to what was meant" in capsys.readouterr().out


def test_a_part_is_some_answers_of_one_theme(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    held = [json.loads(line) for line in next(Path("analysis").glob("*.themes")).read_text().splitlines()]
    first = held[1]["did"]["themes"][0]["responses"]
    assert theme(file, "part", "theme-1", "own", "Its own thing", *first[:4]) == 0
    assert shown(file, capsys)["own"]["name"] == "Its own thing"
    assert theme(file, "part", "theme-1", "all", "All of it", *first) == 2
    assert theme(file, "part", "theme-1", "own", "Again", first[5]) == 2


def test_a_theme_becomes_a_code_that_is_only_suggested(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    assert theme(file, "to-code", "theme-1", "--code", "own-code", "--definition", "What it means") == 0
    assert shown(file, capsys)["theme-1"]["code"] == "own-code"
    machine = next(Path("analysis").glob("*.machine.coding")).read_text()
    assert '"suggested"' in machine
    assert '"coded"' not in machine
    person = next(Path("analysis").glob("*.AB.coding")).read_text()
    assert '"added"' in person
    assert '"coded"' not in person


def test_the_same_themes_are_kept_whatever_the_order_of_the_answers(file: Path) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    texts = pl.read_csv(file, infer_schema=False)["said"].to_list()
    order = random.Random(3).sample(range(len(texts)), len(texts))  # noqa: S311  made-up text needs no secrecy
    other = Path("turned.csv")
    pl.DataFrame({"said": [texts[row] for row in order]}).write_csv(other)
    assert theme(other, "keep", "--themes", "5") == 0
    members = []
    for path, rows in ((file, range(len(texts))), (other, order)):
        lines = next(Path("analysis").glob(f"{path.stem}.*.themes")).read_text().splitlines()
        found = json.loads(lines[1])["did"]["themes"]
        members.append(
            [{rows[int(one.removeprefix("row-")) - 1] for one in theme["responses"]} for theme in found]
        )
    assert members[0] == members[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rename", "theme-9", "X"), "no theme `theme-9`"),
        (("merge", "theme-1", "theme-1"), "into itself"),
        (("undo", "1"), "no event 1 to undo"),
        (("undo", "9"), "no event 9 to undo"),
        (("to-code", "theme-9", "--definition", "x"), "no such theme"),
        (("keep",), "there already"),
        (("rename", "theme-1", "X", "--why", "long " * 80), "over 300"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    words: tuple[str, ...], told: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    path = next(Path("analysis").glob("*.themes"))
    before = path.read_bytes()
    assert theme(file, *words) == 2
    assert told in capsys.readouterr().err
    assert path.read_bytes() == before


def test_too_few_answers_are_read_not_sorted(file: Path) -> None:
    pl.DataFrame({"said": simulated_answers(14)}).write_csv(file)
    assert theme(file, "keep") == 3
    assert not list(Path("analysis").glob("*.themes"))


def test_the_file_holds_no_answer_and_is_never_edited_by_hand(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert theme(file, "keep", "--themes", "5") == 0
    path = next(Path("analysis").glob("*.themes"))
    kept = path.read_text()
    assert not [text for text in simulated_answers(120) if len(text) > 25 and text in kept]
    path.write_text(kept.replace("theme-1", "theme-7"))
    assert theme(file, "show") == 2
    assert "changed" in capsys.readouterr().err
