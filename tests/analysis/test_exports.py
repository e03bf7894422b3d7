"""What leaves as a file is read back by other programs, says how it was protected, and never runs in a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.exports.raw_answers import raw_sheets
from analysis.exports.safecells import safe_frame, safe_text
from analysis.exports.sheets import Notes, Sheet
from analysis.exports.writing import write_sheets
from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import Responses, responses_from_batch
from coprod.cli.main import main
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, Declined, MainRecord, Rated, TextRecord, Wrote
from coprod.kernel.text import clean
from coprod.workspace import new_workspace

LEADS = "=+-@%|＝＋－＠"
FORMULA = '=HYPERLINK("http://example.org","click")'
SHA = "a" * 64


def is_live(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula: it begins like one and is no number."""
    begin = cell.lstrip()
    if begin[:1] not in LEADS or not begin:
        return False
    return (
        not begin.lstrip("+-").replace(".", "", 1).replace(",", "").replace("e", "", 1).lstrip("+-").isdigit()
    )


@settings(deadline=None)
@given(
    st.text(max_size=30)
    | st.builds(
        "{}{}{}".format,
        st.sampled_from(["", " ", "\t", "\r", "\n", "\u00a0"]),
        st.sampled_from(LEADS),
        st.text(max_size=8),
    )
)
def test_no_cell_begins_a_formula_whatever_somebody_wrote(text: str) -> None:
    for written in (safe_text(text), safe_text(clean(text))):
        assert not is_live(written) or float(written) is not None
    frame = safe_frame(pl.DataFrame({"said": [clean(text), None, clean(text)]}))
    assert frame["said"][0] == safe_text(clean(text))


def test_numbers_and_ordinary_words_stay_as_they_are() -> None:
    for text in ("-5", "3.5", "plain", "ŵy ❤️ 👩‍👧", "a = b", "’quoted’", "line\nbreak", ""):
        assert safe_text(text) == text


def written(tmp_path: Path, kind: str, texts: Sequence[str | None]) -> Path:
    path = tmp_path / f"a{kind}"
    write_sheets([Sheet("S", pl.DataFrame({FORMULA: texts}))], Notes("N", (FORMULA,)), path)
    return path


def test_a_formula_somebody_typed_is_words_in_csv_and_in_a_workbook(tmp_path: Path) -> None:
    texts = [FORMULA, "\t=1+1", "@SUM(A1)", "＝1", "-1+2", "#REF!"]
    with written(tmp_path, ".csv", texts).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert all(not is_live(cell) for row in rows for cell in row)
    book = openpyxl.load_workbook(written(tmp_path, ".xlsx", texts))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(not is_live(str(cell.value)) for cell in cells)


def test_parquet_and_spss_keep_every_text_as_it_was(tmp_path: Path) -> None:
    texts = [FORMULA, "ŵy ❤️", "a\nb", "-5"]
    assert pl.read_parquet(written(tmp_path, ".parquet", texts)).to_series().to_list() == texts
    frame, about = pyreadstat.read_sav(str(written(tmp_path, ".sav", texts)), output_format="polars")
    assert frame.to_series().to_list() == texts
    assert about.column_names[0].isidentifier()


def test_a_text_too_long_for_a_kind_of_file_is_told_and_nothing_is_cut(tmp_path: Path) -> None:
    for kind in (".xlsx", ".sav"):
        with pytest.raises(BadInputError, match="longer than such a file holds"):
            written(tmp_path, kind, ["x" * 40_000])
        assert list(tmp_path.iterdir()) == []
    assert len(written(tmp_path, ".csv", ["x" * 1_000_000]).read_bytes()) > 1_000_000


def test_an_unknown_ending_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"end it in .csv, .xlsx, .parquet, .sav"):
        written(tmp_path, ".doc", ["x"])


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A simulated file: 40 rows, a choice, a number, several choices, a text and an email."""
    path = tmp_path / "survey.csv"
    rows = [
        (
            ("Yes", "No", "")[row % 3],
            row % 11,
            "Doctor;A&E;" if row % 2 else "Doctor;",
            f"It was fine, visit {row}",
            f"a{row}@x.org",
        )
        for row in range(40)
    ]
    header = ["listened", "overall", "places", "more", "contact"]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


KINDS = (".csv", ".xlsx", ".parquet", ".sav")


def cells_of(path: Path) -> list[tuple[str, str, str]]:
    """Give question, value and status of every cell, read by other people's readers."""
    match path.suffix:
        case ".csv":
            rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        case ".parquet":
            rows = pl.read_parquet(path).to_dicts()
        case ".xlsx":
            pages = openpyxl.load_workbook(path).worksheets[1:]
            lines = [[tuple(cell.value or "" for cell in row) for row in page.iter_rows()] for page in pages]
            rows = [dict(zip(page[0], row, strict=True)) for page in lines for row in page[1:]]
        case _:
            frame, _ = pyreadstat.read_sav(
                str(path), output_format="polars", apply_value_formats=True, formats_as_category=False
            )
            rows = frame.to_dicts()
    return [(row["question"], row["value"], row["status"]) for row in rows]


def test_tables_are_the_same_cells_in_every_kind_of_file(
    tmp_path: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for kind in KINDS:
        target = tmp_path / f"tables{kind}"
        assert (
            main(
                [
                    "analysis",
                    "tables",
                    str(survey),
                    "--all",
                    "-o",
                    str(target),
                    "--not-sensitive",
                    "simulated",
                ]
            )
            == 0
        )
        found.append(cells_of(target))
    assert found[0] == found[1] == found[2] == found[3]
    assert {question for question, _, _ in found[0]} == {"listened", "overall", "places"}
    assert {"rounded"} <= {status for _, _, status in found[0]}
    assert "contact" in capsys.readouterr().err


def test_a_workbook_of_tables_has_notes_and_a_sheet_a_table_without_a_true_count(
    tmp_path: Path, survey: Path
) -> None:
    target = tmp_path / "tables.xlsx"
    main(["analysis", "tables", str(survey), "--all", "-o", str(target)])
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Notes", "1 listened", "2 overall", "3 places"]
    values = {cell.value for page in book for row in page.iter_rows() for cell in row}
    assert not values & set(range(1, 100))


def test_tables_that_leave_a_workspace_are_in_its_ledger(
    tmp_path: Path, survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = new_workspace(tmp_path / "riverside", "Riverside", "england")
    monkeypatch.chdir(workspace.root)
    assert main(["analysis", "tables", str(survey), "--question", "listened", "-o", "out/t.sav"]) == 0
    capsys.readouterr()
    assert main(["analysis", "ledger", "--format", "json"]) == 0
    assert [one["question"] for one in json.loads(capsys.readouterr().out)["releases"]] == ["listened"]


RAW = ["--raw", "--reason", "a joint study", "--signed", "A. One", "--signed", "B. Two"]


@pytest.mark.parametrize("left_out", [0, 1, 3])
def test_raw_answers_need_raw_a_reason_and_two_names(tmp_path: Path, survey: Path, left_out: int) -> None:
    asked = RAW[:left_out] if left_out else []
    target = tmp_path / "raw.csv"
    assert main(["analysis", "export", str(survey), "-o", str(target), *asked]) == 3
    assert not target.exists()


def test_raw_answers_are_read_back_by_every_reader_and_hold_nobodys_email(
    tmp_path: Path, survey: Path
) -> None:
    for kind in KINDS:
        target = tmp_path / f"raw{kind}"
        assert main(["analysis", "export", str(survey), "-o", str(target), *RAW]) == 0
        assert b"@x.org" not in target.read_bytes()
    frame, about = pyreadstat.read_sav(str(tmp_path / "raw.sav"), output_format="polars")
    assert about.variable_value_labels["listened"] == {1.0: "No", 2.0: "Yes"}
    assert frame["listened"].to_list()[:3] == [2.0, 1.0, None]
    assert frame["overall"].to_list() == [row % 11 for row in range(40)]
    assert pl.read_parquet(tmp_path / "raw.parquet")["listened"].to_list()[:3] == ["Yes", "No", None]
    assert pl.read_csv(tmp_path / "raw.csv")["more"].to_list()[:2] == [
        "It was fine, visit 0",
        "It was fine, visit 1",
    ]


def test_a_raw_export_stays_written_down_in_the_workspace(
    tmp_path: Path, survey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = new_workspace(tmp_path / "riverside", "Riverside", "england")
    monkeypatch.chdir(workspace.root)
    assert main(["analysis", "export", str(survey), "-o", "out/raw.csv", *RAW]) == 0
    line = json.loads((workspace.analysis / "raw-exports.jsonl").read_text().splitlines()[-1])
    assert "a joint study" in json.dumps(line)


def batch() -> Responses:
    choices = (ChoiceInfo("gp", "Doctor"), ChoiceInfo("ae", "A&E"))
    questions = (
        QuestionInfo("where", "Where?", "choose-many", choices),
        QuestionInfo("best", "Which was best?", "choose-one", choices),
        QuestionInfo("safe", "How safe?", "number"),
        QuestionInfo("more", "Anything else?", "text"),
    )
    mains = [
        MainRecord(SHA, {"where": Chosen(("gp",)), "best": Declined(), "safe": Rated(7), "more": Wrote()}),
        MainRecord(SHA, {"where": Chosen(("gp", "ae")), "best": Chosen(("ae",)), "safe": Rated(2)}),
    ] * 3
    texts = [TextRecord(SHA, "more", f"words {number}", may_quote=False) for number in range(3)]
    return responses_from_batch(
        batch_to_parquet(mains, texts, [SurveyInfo(SHA, "S", questions)], simulated=True)
    )


def test_a_batchs_free_texts_stand_on_their_own_with_no_way_back_to_their_writer(tmp_path: Path) -> None:
    responses = batch()
    answers, texts = raw_sheets(responses)
    assert texts.frame.columns == ["question", "wording", "text", "may be quoted"]
    assert "more" not in answers.frame.columns
    ids = set(answers.frame["response"])
    made = write_sheets([answers, texts], Notes("Raw"), tmp_path / "raw.sav")
    assert [path.name for path in made] == ["raw.sav", "raw-texts.sav"]
    frame, about = pyreadstat.read_sav(str(made[0]), output_format="polars", user_missing=True)
    assert about.variable_value_labels["best"] == {
        1.0: "Doctor",
        2.0: "A&E",
        97.0: "I'd rather not say",
        98.0: "Skipped",
        99.0: "Not shown",
    }
    assert sorted(frame["best"].to_list()) == [2.0] * 3 + [97.0] * 3
    assert about.column_names_to_labels["where_A_E"] == "Where?: A&E"
    assert len(ids) == 6
