"""To people who type the commands: forms come and go in one line each, and a bad one leaves nothing behind."""

import json
import os
import time
from pathlib import Path

import pytest

from coprod.cli.main import main
from coprod.jobs import Job
from coprod.journeys.asking import imports
from coprod.kernel.problem import BadInputError
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.surveys.xlsform.forms import form_of

FORM = form_of(
    "start | s |", "select_one yn | met | Met?", "begin_repeat | r | R", "text | w | W?", "end_repeat | |"
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.md"
    path.write_bytes(FORM)
    return path


def test_import_writes_a_questionnaire_that_loads_and_tells_the_rest_as_json(form, capsys):
    target = form.parent / "surveys" / "form.yaml"
    assert main(["surveys", "import", str(form), "-o", str(target), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"] == 1
    assert [(one["sheet"], one["row"]) for one in told["stripped"]] == [("survey", 2)]
    assert [(one["sheet"], one["row"]) for one in told["refused"]] == [("survey", 4)]
    assert all(set(one) == {"sheet", "row", "what"} for one in (*told["stripped"], *told["refused"]))
    assert load_questionnaire(target).pages[0].id == "met"


def test_import_tells_it_in_words_too(form, capsys):
    assert main(["surveys", "import", str(form), "-o", str(form.parent / "form.yaml")]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"1 question is in {form.parent / 'form.yaml'}.")
    assert "survey row 2: `s` (start): the time of the interview" in told
    assert "survey row 4: the repeat `r`" in told


def test_what_was_changed_in_a_questionnaire_since_is_not_replaced(form, capsys):
    target = form.parent / "form.yaml"
    assert main(["surveys", "import", str(form), "-o", str(target)]) == 0
    target.write_text("# Asked by hand since.\n", "utf-8")
    assert main(["surveys", "import", str(form), "-o", str(target)]) == 2
    assert "this file is there already" in capsys.readouterr().err
    assert target.read_text("utf-8") == "# Asked by hand since.\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [("form.xlsx", b"PK\x03\x04rubbish"), ("form.md", b"\x00"), ("form.txt", FORM), ("none.md", None)],
)
def test_a_bad_form_ends_with_2_and_nothing_written(tmp_path, capsys, name, content):
    path, target = tmp_path / name, tmp_path / "form.yaml"
    if content is not None:
        path.write_bytes(content)
    assert main(["surveys", "import", str(path), "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert said.count(str(path)) == 1
    assert said.startswith(f"{path}:1:1: ")
    assert not target.exists()


def test_an_export_imports_again(tmp_path, capsys):
    book, back = tmp_path / "form.xlsx", tmp_path / "form.yaml"
    assert main(["surveys", "export", "peer-health-advocates", "-o", str(book)]) == 0
    assert main(["surveys", "import", str(book), "-o", str(back)]) == 0
    capsys.readouterr()
    assert main(["surveys", "check", str(back)]) == 0


@pytest.mark.parametrize(
    "arguments",
    [["import", "form.md", "-o", "form.txt"], ["export", "peer-health-advocates", "-o", "form.yaml"]],
)
def test_a_file_gets_the_ending_it_is(arguments, capsys):
    assert main(["surveys", *arguments]) == 2
    assert "-o " in capsys.readouterr().err


def _dies(content: bytes, name: str) -> None:
    del content, name
    os.abort()


def _breaks(content: bytes, name: str) -> None:
    raise TypeError(name, content)


def _never_ends(content: bytes, name: str) -> None:
    del content, name
    time.sleep(60)


def _eats_memory(content: bytes, name: str) -> None:
    del content, name
    imports._limit_memory()
    bytearray(3 * imports.MOST_MEMORY)


@pytest.mark.parametrize("reader", [_dies, _breaks, _never_ends, _eats_memory])
def test_any_death_of_the_reader_is_one_message_about_the_form(form, monkeypatch, reader):
    def job(function, *arguments):
        del function
        return Job(reader, *arguments)

    monkeypatch.setattr(imports, "Job", job)
    with pytest.raises(BadInputError) as caught:
        imports.import_form_file(form, most_seconds=3)
    assert [problem.path for problem in caught.value.problems] == [str(form)]
    assert "broke the program" in str(caught.value)
