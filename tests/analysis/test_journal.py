"""The journal is never edited; the trail is made of what was done and says what was not recorded."""

import json
from pathlib import Path

import polars as pl
import pytest

from analysis.codes.journal import checklists
from coprod.cli.main import main
from coprod.workspace import new_workspace

from .simulated_answers import simulated_answers


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": simulated_answers(60)}).write_csv("answers.csv")
    return Path("answers.csv")


def journal(*words: str) -> int:
    return main(["analysis", "journal", *words])


@pytest.mark.usefixtures("file")
def test_entries_are_kept_in_order_and_an_edited_journal_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        journal("I expected waits to be everything", "--by", "AB", "--kind", "assumption", "--about", "waits")
        == 0
    )
    assert journal("Naming of 'criteria' changed", "--by", "CD", "--kind", "changed-by-young-people") == 0
    capsys.readouterr()
    assert journal("--format", "json") == 0
    entries = json.loads(capsys.readouterr().out)["journal"]
    assert [one["by"] for one in entries] == ["AB", "CD"]
    path = Path("analysis/journal.jsonl")
    path.write_text(path.read_text().replace("everything", "nothing"))
    assert journal() == 2
    assert "changed" in capsys.readouterr().err


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    "words", [("x",), ("x", "--by", "Anna"), ("x" * 4001, "--by", "AB"), (" ", "--by", "AB")]
)
def test_an_entry_without_initials_or_words_is_not_written(words: tuple[str, ...]) -> None:
    assert journal(*words) == 2
    assert not Path("analysis/journal.jsonl").exists()


def test_the_trail_tells_every_decision_and_what_was_not_recorded(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [str(file), "--text", "said"]
    code = ["analysis", "code"]
    assert main([*code, "rename", *options, "--by", "AB", "waits", "Waiting", "--why", "their word"]) == 0
    assert main([*code, "merge", *options, "--by", "CD", "gp", "access-points"]) == 0
    assert main([*code, "give", *options, "--by", "AB", "row-4", "waits"]) == 0
    assert main([*code, "merge", *options, "--by", "CD", "outreach", "waits"]) == 0
    assert main([*code, "undo", *options, "--by", "CD", "2"]) == 0
    assert main(["analysis", "theme", "keep", *options, "--by", "AB", "--themes", "4"]) == 0
    assert (
        main(
            ["analysis", "theme", "merge", *options, "--by", "AB", "theme-1", "theme-2", "--why", "one idea"]
        )
        == 0
    )
    assert journal("The panel renamed waits", "--by", "AB", "--kind", "changed-by-young-people") == 0
    capsys.readouterr()
    assert main(["analysis", "trail", *options, "--format", "json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    said = [f"{one['who']} {one['what']} {one['why']}" for one in steps]
    assert "AB renamed the code waits to Waiting their word" in said
    assert "AB theme merged: theme-1, theme-2 one idea" in said
    assert not any("outreach" in one for one in said)
    assert not any("row-4" in one for one in said)
    page = next(Path("out").glob("*-trail.html")).read_text()
    for words in (
        "The coding tree",
        "GRIPP2 short form",
        "COREQ",
        "Not recorded: fill in",
        "The panel renamed waits",
        "2: AB, CD",
    ):
        assert words in page
    assert next(Path("out").glob("*-trail.pdf")).read_bytes().startswith(b"%PDF")


def test_the_checklists_are_whole() -> None:
    sizes = {one.name: len(one.items) for one in checklists()}
    assert sizes == {"GRIPP2 short form": 5, "COREQ": 32}
    assert [item.item for one in checklists() for item in one.items][5:] == [
        str(number) for number in range(1, 33)
    ]
