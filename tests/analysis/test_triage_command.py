"""`coprod analysis triage`: every text to a screen that clears, or to a printer on two names. All texts are simulated."""

import json
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import Responses, responses_from_batch
from analysis.triage.triage import FreeText, queue
from coprod.cli.main import main
from coprod.cli.plainterminal import why_it_keeps
from coprod.cli.reading import About, Sitting
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import TextRecord
from coprod.workspace import find_workspace

from .typed_lines import Typed

TEXTS = ["nice staff", "i wanna kms", "waited ages", "im scared of him"]
RAW = ["--raw", "--reason", "the lead reads on paper", "--signed", "Sam Rees", "--signed", "Ana Lee"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "riverside"
    assert main(["new", str(root)]) == 0
    monkeypatch.chdir(root)
    pl.DataFrame({"who": ["a", "b", "c", "d"], "said": TEXTS}).write_csv(root / "answers.csv")
    return root


def sat(workspace: Path, *typed: str) -> Typed:
    terminal = Typed(*typed)
    queued = queue(FreeText("said", text) for text in TEXTS)
    Sitting(terminal, queued, About("answers.csv", find_workspace(workspace), simulated=True)).read()
    return terminal


def test_through_a_pipe_no_text_comes_out_and_nothing_is_opened(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe keeps every line."""
    assert why_it_keeps({}, is_terminal=False, parents=())
    capsys.readouterr()
    for more in ([], ["--format", "json"]):
        assert main(["analysis", "triage", "answers.csv", "--text", "said", *more]) == 3
        printed = capsys.readouterr()
        assert "--raw" in printed.out + printed.err
        assert not any(text in printed.out + printed.err for text in TEXTS)
    assert not (workspace / "analysis" / "raw-exports.jsonl").exists()


@pytest.mark.parametrize(
    "missing",
    [["--raw"], RAW[:3], RAW[:5], [*RAW[:5], "--signed", "sam rees"], ["--raw", *RAW[3:]]],
)
def test_raw_texts_need_two_names_and_a_reason(
    workspace: Path, missing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "triage", "answers.csv", "--text", "said", *missing]) == 3
    printed = capsys.readouterr()
    assert not any(text in printed.out + printed.err for text in TEXTS)
    assert not (workspace / "analysis" / "raw-exports.jsonl").exists()


def test_with_names_every_text_is_printed_in_order_and_the_asking_is_on_record(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["analysis", "triage", "answers.csv", "--text", "said", "--format", "json", *RAW]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [one["text"] for one in printed["texts"]] == [TEXTS[1], TEXTS[3], TEXTS[0], TEXTS[2]]
    assert "must read every one" in printed["caution"]
    assert printed["texts"][0]["because"][0]["sign"] == "ending-their-life"
    kept = (workspace / "analysis" / "raw-exports.jsonl").read_text()
    assert "Ana Lee" in kept
    assert not any(text in kept for text in TEXTS)
    assert main(["analysis", "triage", "answers.csv", "--text", "said", *RAW]) == 0
    assert "phrases only set the order" in " ".join(capsys.readouterr().out.lower().split())


def test_outside_a_workspace_nothing_is_printed_because_nothing_records_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pl.DataFrame({"said": TEXTS}).write_csv("answers.csv")
    assert main(["analysis", "triage", "answers.csv", "--text", "said", *RAW]) == 3
    assert "kms" not in capsys.readouterr().out


def test_a_file_says_which_columns_to_read(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analysis", "triage", "answers.csv", *RAW]) == 2
    assert "who, said" in capsys.readouterr().err
    assert (workspace / "answers.csv").exists()


def batch() -> Responses:
    """Give an opened batch in which nobody agreed to be quoted, and only two wrote to one question."""
    questions = (QuestionInfo("more", "Anything else?", "text"), QuestionInfo("change", "Change?", "text"))
    survey = SurveyInfo("a" * 64, "After a visit", questions)
    pairs = [("more", TEXTS[0]), ("change", TEXTS[1]), ("change", TEXTS[3])]
    records = [TextRecord("a" * 64, question, text, may_quote=False) for question, text in pairs]
    return responses_from_batch(batch_to_parquet([], records, [survey], simulated=True))


@pytest.mark.usefixtures("workspace")
def test_of_a_batch_every_question_is_read_whoever_agreed_and_however_few_wrote(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Consent and small numbers bind what is published, never who gets help."""
    opened = batch()
    monkeypatch.setattr("coprod.cli.reading.responses_of", lambda _: opened)
    Path("a.batch").write_bytes(b"sealed")
    capsys.readouterr()
    assert main(["analysis", "triage", "a.batch", "--format", "json", *RAW]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {one["text"] for one in printed["texts"]} == {TEXTS[0], TEXTS[1], TEXTS[3]}
    assert printed["simulated"] is True


def test_one_text_stands_on_the_screen_at_a_time_and_none_at_the_end(workspace: Path) -> None:
    terminal = sat(workspace, "", "", "b", "", "", "")
    for screen in terminal.screens:
        assert sum(text in screen for text in TEXTS) <= 1
    for text in TEXTS:
        assert any(text in screen for screen in terminal.screens)
    assert all(text not in terminal.now for text in TEXTS)
    assert "Every free text has been on the screen" in terminal.now
    assert "must read every one" in terminal.screens[1]


@pytest.mark.parametrize("typed", [("q",), ("", "Q"), ()])
def test_stopping_clears_the_screen_and_says_that_not_all_was_seen(
    workspace: Path, typed: tuple[str, ...]
) -> None:
    terminal = sat(workspace, *typed)
    assert "before the end" in terminal.now
    assert all(text not in terminal.now for text in TEXTS)


def test_what_is_done_is_written_down_without_the_answer(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sat(workspace, "a", "Extra session offered to the whole group.", "no", "yes", "maybe", "Sam Rees", "q")
    capsys.readouterr()
    assert main(["analysis", "triage-log", "--format", "json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["actions"]
    assert (entry["by"], entry["ongoing"], entry["third_party"]) == ("Sam Rees", "yes", "unsure")
    assert not any(text in (workspace / "analysis" / "triage-log.jsonl").read_text() for text in TEXTS)


def test_an_entry_can_be_added_by_itself_and_one_without_a_name_is_not_kept(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add = ["analysis", "triage-log", "--did", "Rang the police about the car park"]
    assert main([*add, "--by", "Sam Rees", "--third-party", "yes"]) == 0
    assert "names a person or place: yes" in " ".join(capsys.readouterr().out.split())
    assert main(add) == 2
    assert (workspace / "analysis" / "triage-log.jsonl").read_bytes().count(b"\n") == 1


def test_a_question_that_is_not_there_is_bad_input() -> None:
    from coprod.journeys.understanding.triage import triage_queue

    with pytest.raises(BadInputError):
        triage_queue(batch(), ["nothing"])
