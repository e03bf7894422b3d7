"""`coprod analysis suggest` keeps the shape other programs rely on, and tells what is wrong with what it was given."""

import json
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from coprod.cli.main import main
from coprod.kernel.record import TextRecord

from .simulated_coding import CODES, simulated_coding

NAMES = ("Phone, calls", *CODES[1:])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    texts, given = simulated_coding(150)
    coded = pl.DataFrame({"text": texts[:130]}).with_columns(
        pl.Series(name, ["1" if has else None for has in given[:130, place]])
        for place, name in enumerate(NAMES)
    )
    coded.write_csv(tmp_path / "coded.csv")
    pl.DataFrame({"n": 1, "text": [*texts[130:], None]}).write_csv(tmp_path / "new.csv")
    return tmp_path / "new.csv", tmp_path / "coded.csv"


def run(new: Path, coded: Path, codes: str, *more: str) -> int:
    return main(["analysis", "suggest", str(new), "--text", "text", "--train", str(coded), "--codes", codes, *more])  # fmt: skip


LINE = f'"{NAMES[0]}",{",".join(NAMES[1:])}'


def test_json_has_one_row_a_row_of_the_file_with_the_fixed_keys(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*files, LINE, "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert len(printed["rows"]) == 21
    assert printed["rows"][-1]["codes"] == []
    for row in printed["rows"]:
        for one in row["codes"]:
            assert {"code", "score", "chosen", "because"} <= one.keys()
            assert one["code"] in NAMES
            assert isinstance(one["chosen"], bool)
    assert printed["coder"] == "machine"
    assert set(printed["few_examples"]) == set(NAMES)


def test_below_a_hundred_coded_answers_the_most_similar_ones_come_along(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    new, coded = files
    pl.read_csv(coded, infer_schema=False).head(40).write_csv(coded)
    assert run(new, coded, LINE, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert all(0 <= one["row"] < 40 for row in rows for one in row["similar"])
    assert rows[0]["similar"]


def test_people_are_told_that_a_person_decides(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*files, LINE) == 0
    printed = capsys.readouterr().out
    assert "a person reads every answer and decides" in printed
    assert "because of:" in printed
    assert "row 21: blank" in printed


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ("Phone", "no column `Phone`"),
        ("travel,nothing,waiting,else", "no column `else`"),
        ("travel,travel", "twice"),
        ("", "without a name"),
        ("text", "something other than 1, 0 or a blank, first in row 1"),
    ],
)
def test_codes_that_cannot_be_are_bad_input(
    codes: str, told: str, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*files, codes) == 2
    assert told in capsys.readouterr().err


def test_a_training_file_with_nothing_coded_is_refused(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    new, coded = files
    frame = pl.read_csv(coded, infer_schema=False)
    frame.with_columns(pl.lit("0").alias(name) for name in NAMES).write_csv(coded)
    assert run(new, coded, LINE, "--format", "json") == 3
    assert "code a dozen first" in json.loads(capsys.readouterr().out)["refused"]


def test_a_batch_is_refused_here_because_a_line_an_answer_counts_people(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = SurveyInfo("a" * 64, "After a visit", (QuestionInfo("text", "Anything else?", "text"),))
    records = [TextRecord("a" * 64, "text", f"answer {place}", may_quote=True) for place in range(20)]
    batch = tmp_path / "opened.parquet"
    batch.write_bytes(batch_to_parquet([], records, [survey], simulated=True))
    assert run(batch, files[1], LINE) == 3
    assert "how many wrote something" in capsys.readouterr().err
