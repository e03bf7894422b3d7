"""Other people's files: read as they are, cleaned at the door, and refused in one clear sentence."""

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs import responses as responses_module
from analysis.inputs import workbook
from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import read_responses, responses_from_batch
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import MainRecord, TextRecord, Wrote

FRAME = pl.DataFrame({"visit": ["1", "2", "3"], "answer": ["Café, busy", 'said "hi"\nand left', None]})


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["csv", "semicolon", "tab", "bom", "crlf", "xlsx", "parquet"])
def test_the_same_table_is_read_from_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / {"xlsx": "a.xlsx", "parquet": "a.parquet", "tab": "a.tsv"}.get(kind, "a.csv")
    match kind:
        case "xlsx":
            FRAME.write_excel(path)
        case "parquet":
            FRAME.write_parquet(path)
        case _:
            separator = {"semicolon": ";", "tab": "\t"}.get(kind, ",")
            ends = "\r\n" if kind == "crlf" else "\n"
            FRAME.write_csv(path, separator=separator, include_bom=kind == "bom", line_terminator=ends)
    responses = read_responses(path)
    assert responses.texts("answer").to_list() == FRAME["answer"].to_list()
    assert responses.frame.columns == ["visit", "answer"]


BAD_FILES = {
    "empty.csv": (b"", "the file is empty"),
    "blank.csv": (b" \n\n", "the file is empty"),
    "header.csv": (b"a,b\n", "no answers under the header"),
    "binary.csv": (b"a,b\n\x00\x01,2\n", "binary file"),
    "latin.csv": (b"a,b\nx,1\ncaf\xe9,2\n", ":3:1: this line is not in UTF-8"),
    "utf16.csv": ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
    "wide.csv": (b"a,b\nx,y\nx,y,z\n", ":3:1: this row has 3 cells and the header 2"),
    "quote.csv": (b'a,b\nx,y\n"never closed,y\n', "a quotation mark is opened and not closed"),
    "twice.csv": (b"a,a\nx,y\n", "two columns are called `a`"),
    "book.xlsx": (b"not a workbook", "not an XLSX workbook"),
    "rows.parquet": (b"PAR1 not really", "not a Parquet file"),
    "photo.png": (b"\x89PNG", "cannot tell what this file is"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_gives_one_clear_problem(tmp_path: Path, name: str) -> None:
    content, what = BAD_FILES[name]
    path = written(tmp_path, name, content)
    with pytest.raises(BadInputError) as raised:
        read_responses(path)
    assert len(raised.value.problems) == 1
    assert what in str(raised.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("at", [148, 154], ids=["panic", "error"])
def test_damage_that_shows_only_when_the_rows_are_read_is_one_clear_problem_too(
    tmp_path: Path, at: int
) -> None:
    path = tmp_path / "a.parquet"
    rows = pl.DataFrame({"answer": [f"answer {number % 7}" for number in range(40)]})
    rows.write_parquet(path, compression="uncompressed")
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(BadInputError, match="not a Parquet file, or it is damaged"):
        read_responses(path)


def test_a_workbook_that_lost_its_beginning_is_told_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FRAME.write_excel(path)
    path.write_bytes(path.read_bytes()[40:])
    with pytest.raises(BadInputError, match="not an XLSX workbook, or it is damaged"):
        read_responses(path)


def test_a_problem_never_shows_what_somebody_wrote(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b"answer,n\nmy secret,1\nmy secret,2,3\n")
    with pytest.raises(BadInputError) as raised:
        read_responses(path)
    assert "secret" not in f"{raised.value!r} {raised.value} {raised.value.__cause__}"
    assert "secret" not in repr(read_responses(written(tmp_path, "b.csv", b"answer\nmy secret\n")))


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no such file"):
        read_responses(tmp_path / "nowhere.csv")
    with pytest.raises(BadInputError, match="this is a folder"):
        read_responses(tmp_path)


def test_a_file_too_large_to_read_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses_module, "LARGEST", 10)
    with pytest.raises(BadInputError, match="split it"):
        read_responses(written(tmp_path, "a.csv", b"answer\n" + b"x" * 20))


def test_a_workbook_that_unpacks_to_a_bomb_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 100_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    with pytest.raises(BadInputError, match="unpacks to over"):
        read_responses(written(tmp_path, "a.xlsx", packed.getvalue()))


def test_a_column_that_is_not_there_names_the_nearest_and_all(tmp_path: Path) -> None:
    responses = read_responses(written(tmp_path, "a.csv", b"visit,What was good?\n1,x\n"))
    with pytest.raises(BadInputError, match=r"did you mean `What was good\?`\?.*visit, What was good\?"):
        responses.texts("what was good")


def test_a_column_of_numbers_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"score": [1, 2], "answer": ["x", "y"]}).write_parquet(path)
    with pytest.raises(BadInputError, match="`score` holds no text"):
        read_responses(path).texts("score")


def test_escape_codes_and_bidirectional_tricks_do_not_get_in(tmp_path: Path) -> None:
    rows = "answer\x1b\nplain\n\x1b[31mred\u202eevil\nŵy ❤️\ncafe\u0301 ’quoted’\n"
    responses = read_responses(written(tmp_path, "a.csv", rows.encode()))
    assert responses.frame.columns == ["answer"]
    assert responses.texts("answer").to_list() == ["plain", "[31mredevil", "ŵy ❤️", "café ’quoted’"]


def test_columns_that_may_say_who_somebody_is_are_listed(tmp_path: Path) -> None:
    header = b"Respondent ID,First name,E-mail address,Start time,IP,Answer,Names of services\n"
    responses = read_responses(written(tmp_path, "a.csv", header + b"1,2,3,4,5,6,7\n"))
    assert set(responses.identifying) >= {"Respondent ID", "First name", "E-mail address", "Start time", "IP"}
    assert "Answer" not in responses.identifying


def test_a_blank_row_in_a_file_of_one_column_keeps_its_place(tmp_path: Path) -> None:
    """Assignments are one a row of the file, so no row may slip."""
    responses = read_responses(written(tmp_path, "a.csv", b"answer\nfirst\n\nthird\n"))
    assert responses.texts("answer").to_list() == ["first", None, "third"]


def batch() -> bytes:
    more, listened = QuestionInfo("more", "Anything else?", "text"), QuestionInfo("safe", "Safe?", "number")
    survey = SurveyInfo("a" * 64, "After a visit", (more, listened))
    mains = [MainRecord("a" * 64, {"more": Wrote()}) for _ in range(5)]
    texts = [TextRecord("a" * 64, "more", f"words {number}", may_quote=number < 2) for number in range(4)]
    return batch_to_parquet(mains, texts, [survey], simulated=True)


def test_a_batch_gives_its_free_texts_by_question_and_who_agreed_to_be_quoted(tmp_path: Path) -> None:
    for responses in (
        responses_from_batch(batch()),
        read_responses(written(tmp_path, "a.parquet", batch())),
    ):
        assert responses.simulated
        texts = responses.texts("more")
        assert sorted(texts) == [f"words {number}" for number in range(4)]
        assert sorted(texts.filter(responses.quotable("more"))) == ["words 0", "words 1"]
        with pytest.raises(BadInputError, match="no text column `safe`"):
            responses.texts("safe")
