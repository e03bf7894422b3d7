"""The commands print what other programs rely on, and round what people read."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import responses_from_batch
from coprod.cli.main import main
from coprod.kernel.record import TextRecord

from .simulated_answers import simulated_answers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    pl.DataFrame({"Email": "x", "What helps?": simulated_answers(60)}).write_csv(path)
    return path


def test_themes_as_json_have_the_fixed_keys_and_one_assignment_a_row(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["analysis", "themes", str(file), "--text", "What helps?", "--themes", "4", "--format", "json"])
        == 0
    )
    printed = json.loads(capsys.readouterr().out)
    assert printed["answers"] == 54
    assert len(printed["assignments"]) == 60
    assert len(printed["themes"]) == 4
    for index, theme in enumerate(printed["themes"]):
        assert {"name", "phrases", "answers", "examples"} <= theme.keys()
        assert theme["answers"] == printed["assignments"].count(index)


def test_themes_for_people_are_rounded_and_say_what_they_are_not(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "themes", str(file), "--text", "What helps?"]) == 0
    printed, told = capsys.readouterr()
    assert "in about 55 answers" in printed
    assert "not findings" in printed
    assert "re-runs these stayed together" in printed
    assert "Left out: emails: Email." in f"{told}{printed}"


def test_too_few_answers_are_refused_and_a_missing_column_is_bad_input(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.csv"
    pl.DataFrame({"text": simulated_answers(10)}).write_csv(few)
    assert main(["analysis", "themes", str(few), "--text", "text", "--format", "json"]) == 3
    assert "too few for themes: read them" in json.loads(capsys.readouterr().out)["refused"]
    assert main(["analysis", "themes", str(file), "--text", "What help"]) == 2
    assert "What helps?" in capsys.readouterr().err


def test_a_word_that_few_wrote_is_not_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    pl.DataFrame({"text": ["food"] * 7 + ["Zebedee"] * 4}).write_csv(path)
    assert main(["analysis", "words", str(path), "--text", "text"]) == 0
    printed = capsys.readouterr().out
    assert "food" in printed
    assert "zebedee" not in printed
    assert "fewer than 10" in printed


def test_a_phrase_is_shown_where_it_stands(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analysis", "find", str(file), "--text", "What helps?", "taxi"]) == 0
    assert "taxi" in capsys.readouterr().out


@pytest.fixture
def opened_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """An opened batch of simulated free texts; every third may be quoted."""
    survey = SurveyInfo("a" * 64, "After a visit", (QuestionInfo("more", "Anything else?", "text"),))
    records = [
        TextRecord(
            "a" * 64,
            "more",
            f"{text} {'agreed' if place % 3 == 0 else f'refused{place}'}",
            may_quote=place % 3 == 0,
        )
        for place, text in enumerate(simulated_answers(90))
    ]
    content = batch_to_parquet([], records, [survey], simulated=True)
    monkeypatch.setattr("coprod.cli.analysis.responses_of", lambda _: responses_from_batch(content))


@pytest.mark.usefixtures("opened_batch")
def test_of_a_batch_no_exact_size_leaves_and_nobody_is_shown_who_did_not_agree(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in (["themes", "--themes", "4"], ["words"], ["find", "taxi"]):
        name, *options = command
        for printed_as in ("text", "json"):
            assert (
                main(["analysis", name, "x.batch", "--text", "more", "--format", printed_as, *options]) == 0
            )
            printed = capsys.readouterr().out
            assert "simulated" in printed.lower()
            assert name == "words" or "refused" not in printed
            assert not re.search(r'"answers": \d', printed)
    assert main(["analysis", "themes", "x.batch", "--text", "more", "--format", "json", "--themes", "4"]) == 0
    themes = json.loads(capsys.readouterr().out)
    assert themes["assignments"] == []
    assert themes["answers"].startswith("about ")
    assert all("agreed" in example for theme in themes["themes"] for example in theme["examples"])


def test_a_batch_without_a_key_says_which_option_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "a.batch"
    batch.write_bytes(b"sealed")
    assert main(["analysis", "themes", str(batch), "--text", "more"]) == 2
    assert "--key FILE" in capsys.readouterr().err
