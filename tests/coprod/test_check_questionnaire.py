"""`coprod surveys check`: everything a worker is told before a questionnaire is used, and when the command fails."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coprod.cli.main import main
from coprod.journeys.asking.check_questionnaire import Brief, CheckedQuestionnaire, check_questionnaire
from coprod.journeys.asking.help_hours import hours_in, is_open
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.problem import BadInputError
from coprod.workspace import new_workspace
from tests.surveys.test_craft import END, HEAD, LIBRARY, START

TODAY = date(2026, 11, 22)


def checked(text: str, **known) -> CheckedQuestionnaire:
    return check_questionnaire(text, "ours.yaml", Brief(shipped_contacts(), TODAY, **known))


def rules(text: str, **known) -> list[str]:
    return [one.rule for one in checked(text, **known).findings]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_ready_made_questionnaire_passes_clean(path):
    assert (
        check_questionnaire(path.read_text("utf-8"), path.name, Brief(shipped_contacts(), TODAY)).findings
        == ()
    )


def test_blame_is_found_by_the_campaign_rules_at_its_place_and_never_blocks():
    page = "- {ask: Did you put yourself at risk?, id: a, kind: frequency}\n"
    (found,) = [one for one in checked(HEAD + START + page + END).findings if one.rule == "put-at-risk"]
    assert (found.severity, found.line) == ("warn", 10)
    assert page[found.column - 1 :].startswith(found.text)
    assert found.text == "put yourself at risk"
    assert found.instead


def test_blame_in_a_choice_and_on_a_second_line_is_found_too():
    choice = "- {ask: Why?, id: a, kind: choose-one, choices: [{id: x, label: Risky behaviour}, {id: y, label: No}]}\n"
    assert "risky-behaviour" in rules(HEAD + START + choice + END)
    lines = '- ask: "Read this.\n\n    It says: her risky behaviour was seen."\n  id: a\n  kind: note\n'
    assert "risky-behaviour" in rules(HEAD + START + lines + END)


HARD = "- ask: {}\n  id: p{}\n  kind: note\n"
LONG = (
    "Professional organisations responsible for commissioning multidisciplinary interventions necessarily "
    "require comprehensive understanding of individual experiences throughout their organisational procedures"
)


def test_words_too_hard_for_the_youngest_readers_are_said_with_the_ages_they_are_for():
    pages = "".join(HARD.format(f"{LONG} {number}.", number) for number in range(8))
    found = {
        one.rule: one
        for one in checked(HEAD.replace("minutes: 5", "minutes: 9") + START + pages + END).findings
    }
    assert {"reading-age", "long-sentence", "hard-word"} <= set(found)
    assert "For young people it should be 11 or below" in found["reading-age"].message
    adults = HEAD.replace("[11-15, 16-25]", "[18-99]").replace("minutes: 5", "minutes: 9")
    grown_up = {one.rule: one for one in checked(adults + START + pages + END).findings}
    assert "For adults it should be 14 or below" in grown_up["reading-age"].message
    assert "hard-word" not in grown_up


@pytest.mark.parametrize(
    ("words", "moment", "open_then"),
    [
        ("day and night", "2027-03-02 03:00", True),
        ("8am to midnight", "2027-03-02 14:00", True),
        ("8am to midnight", "2027-03-02 22:58", True),
        ("8am to midnight", "2027-03-02 23:30", False),
        ("8am to midnight", "2027-03-02 07:30", False),
        ("Monday to Friday, 9am to 5pm", "2027-03-05 14:00", True),
        ("Monday to Friday, 9am to 5pm", "2027-03-06 14:00", False),
        ("weekdays 9:30am to 4:30pm", "2027-03-05 15:40", False),
        ("4pm to 2am", "2027-03-05 00:30", True),
        ("4pm to 2am", "2027-03-05 12:00", False),
        ("Sunday 10am - 6pm", "2027-03-07 12:00", True),
        ("Sunday 10am - 6pm", "2027-03-08 12:00", False),
    ],
)
def test_hours_as_printed_say_whether_help_is_open_for_the_session_and_an_hour_after(
    words, moment, open_then
):
    hours = hours_in(words)
    assert hours is not None
    assert is_open(hours, datetime.fromisoformat(moment), timedelta(minutes=61)) == open_then


@pytest.mark.parametrize(
    "words", ["", "ring and see", "9am to 5pm but not in August", "9am to 12pm and 2pm to 5pm", "25am to 5pm"]
)
def test_hours_that_cannot_be_read_are_never_taken_for_open(words):
    assert hours_in(words) is None


def test_a_session_when_help_is_closed_or_late_on_friday_is_warned_of():
    meic = tuple(one for one in shipped_contacts().contacts if one.id in {"meic", "childline"})
    good = HEAD + START + END
    assert rules(good, contacts=meic, on=datetime(2027, 3, 2, 14)) == []  # noqa: DTZ001  local time, kept nowhere
    assert rules(good, contacts=meic, on=datetime(2027, 3, 2, 23, 30)) == ["help-closed"]  # noqa: DTZ001  as above
    assert rules(good, contacts=meic, on=datetime(2027, 3, 5, 16)) == ["late-session"]  # noqa: DTZ001  as above


def test_a_structural_mistake_comes_first():
    with pytest.raises(BadInputError):
        checked(HEAD + START.replace("faces", "smileys"))


def test_the_command_gives_0_with_findings_and_1_only_when_told_to(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(HEAD + START)
    assert main(["surveys", "check", "ours.yaml"]) == 0
    said = capsys.readouterr().out
    assert "ours.yaml: no mistakes; 0 warn, 1 ask" in said
    assert "ours.yaml:9:9: ask ends-on-nothing-good" in said
    assert main(["surveys", "check", "ours.yaml", "--fail-on", "warn"]) == 0
    assert main(["surveys", "check", "ours.yaml", "--fail-on", "ask"]) == 1
    capsys.readouterr()
    assert main(["surveys", "check", "ours.yaml", "--format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["checked"]
    assert set(one["findings"][0]) == {
        *(
            "rule",
            "severity",
            "line",
            "column",
            "end_line",
            "end_column",
            "text",
            "message",
            "instead",
            "source",
        )
    }


def test_a_moment_or_a_group_that_is_none_is_bad_input(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(HEAD + START + END)
    assert main(["surveys", "check", "ours.yaml", "--on", "tuesday", "two"]) == 2
    assert "write it as 2027-03-02 14:00" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["surveys", "check", "ours.yaml", "--group", "0"])
    assert left.value.code == 2


def test_in_wales_unread_welsh_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(new_workspace(tmp_path / "glan", "Glan", "wales").root)
    assert main(["surveys", "check", "review-of-a-material"]) == 0
    assert "ask welsh-unread" in capsys.readouterr().out
