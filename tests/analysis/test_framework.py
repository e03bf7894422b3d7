"""The framework matrix: an analyst's line for each case and code, for data that has cases, let out on two names."""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from analysis.publishing.raw import RAW_FILE, read_raw
from coprod.cli.main import main
from coprod.workspace import new_workspace

RAW = ("--raw", "--reason", "supervision", "--signed", "Ana Clerk", "--signed", "Bo Lead")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": ["=waited ŵ", "kind 💜", "gone"], "area": ["north", None, "south"]}).write_csv(
        "linked.csv"
    )
    return Path("linked.csv")


def framework(file: Path, *words: str) -> int:
    return main(["analysis", "framework", words[0], str(file), "--text", "said", "--by", "AB", *words[1:]])


def written(file: Path) -> None:
    assert framework(file, "write", "row-1", "Waits", "=waited too long, gave up") == 0
    assert framework(file, "write", "row-2", "being-listened-to", "felt heard") == 0
    assert (
        main(["analysis", "code", "give", str(file), "--text", "said", "--by", "AB", "row-3", "waits"]) == 0
    )


def test_lines_and_attributes_stand_beside_their_case_and_no_cell_runs(file: Path) -> None:
    written(file)
    assert framework(file, "export", "-o", "matrix.csv", "--attribute", "area", *RAW) == 0
    rows = pl.read_csv("matrix.csv", infer_schema=False)
    assert rows.columns == ["case", "area", "Waits", "Being listened to"]
    assert rows["Waits"].to_list() == ["'=waited too long, gave up", None, "(coded: write a line)"]
    assert rows["area"].to_list() == ["north", None, "south"]
    assert framework(file, "export", "-o", "matrix.xlsx", *RAW) == 0
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(Path("matrix.xlsx").read_bytes())).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=waited too long, gave up" in [cell.value for cell in cells]
    assert not any(cell.data_type == "f" for cell in cells)
    assert framework(file, "export", "-o", "matrix.pdf", *RAW) == 0
    assert Path("matrix.pdf").read_bytes().startswith(b"%PDF")
    assert [one.what for one in read_raw(Path("analysis", RAW_FILE))] == [
        "matrix.csv",
        "matrix.xlsx",
        "matrix.pdf",
    ]


def test_a_later_line_takes_the_place_of_an_earlier_one_which_stays_in_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(file)
    assert framework(file, "write", "row-3", "waits", "left before anybody came") == 0
    capsys.readouterr()
    assert framework(file, "show", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["waiting"] == []
    assert framework(file, "write", "row-3", "waits", "") == 0
    capsys.readouterr()
    assert framework(file, "show", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["waiting"] == [{"case": "row-3", "code": "Waits"}]
    assert "left before anybody came" in next(Path("analysis").glob("*.framework")).read_text()


@pytest.mark.parametrize("options", [(), RAW[:1], RAW[:5], RAW[1:]])
def test_it_leaves_only_on_two_names_and_a_reason(options: tuple[str, ...], file: Path) -> None:
    written(file)
    assert framework(file, "export", "-o", "matrix.csv", *options) == 3
    assert not Path("matrix.csv").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("write", "row-9", "waits", "x"),
        ("write", "row-1", "no-such-code", "x"),
        ("write", "row-1", "waits", "x" * 301),
        ("export", "-o", "matrix.doc", *RAW),
        ("export", "-o", "m.csv", "--attribute", "none", *RAW),
    ],
)
def test_what_cannot_be_is_bad_input(words: tuple[str, ...], file: Path) -> None:
    assert framework(file, *words) == 2
    assert not list(Path("analysis").glob("*.framework"))
