"""What a person decided of redaction holds wherever answers leave: quotes, reports, cards. All answers are simulated."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.responses import read_responses
from analysis.publishing.quotes import printable_phrases
from analysis.publishing.redaction import Decided, redact
from analysis.themes.themes import find_themes
from analysis.themes.themework import themes_now
from coprod.cli.main import main
from coprod.journeys.understanding.codings import coding_work
from coprod.journeys.understanding.networks import word_network
from coprod.journeys.understanding.reading import redacted
from coprod.journeys.understanding.redactions import decided_in
from coprod.journeys.understanding.reports import LetOut, ReportRequest, write_report
from coprod.journeys.understanding.reviewing import places_of_words
from coprod.journeys.understanding.themework import keep_themes
from coprod.journeys.understanding.yousaid import start_you_said, you_said_path
from coprod.workspace import Workspace, new_workspace

DAY = date(2027, 3, 1)
FILE = Path("answers.csv")
GOES, STAYS = "brookside", "Zinnia"
WAITED = "we waited by the brookside for the bus"
NAMED = "my worker Zinnia stayed and listened to us"
OTHERS = ("the wait was long and the bus was late", "the nurse was kind and listened to us")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": [WAITED, NAMED, *OTHERS] * 8}).write_csv(FILE)
    return made


def place(row: int, text: str, word: str) -> str:
    start = text.index(word)
    return f"{row}:{start}:{start + len(word)}"


def decide() -> None:
    asked = ["analysis", "redact", str(FILE), "--text", "said", "--by", "Sam Rees"]
    assert main([*asked, "--goes", place(1, WAITED, GOES), "--stays", place(2, NAMED, STAYS)]) == 0


def quoted(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["analysis", "quotes", str(FILE), "--text", "said", "--most", "40", "--format", "json"]) == 0
    return capsys.readouterr().out


def reported(workspace: Workspace, name: str) -> str:
    request = ReportRequest(
        name,
        "What was said",
        texts=("said",),
        let_out=LetOut("Ana Clerk", "Bo Lead", date(2027, 3, 1)),
        formats=("html",),
    )
    return write_report(workspace, FILE, read_responses(FILE), request).page.read_text("utf-8")


def dealt(workspace: Workspace, name: str) -> str:
    asked = ["analysis", "sort", "deck", str(FILE), "--text", "said", "--name", name, "--most", "32"]
    assert main([*asked, "--agreed", "made up", "--group-answered", "none"]) == 0
    return (workspace.analysis / f"{name}.deck.yaml").read_text("utf-8")


@pytest.mark.usefixtures("workspace")
def test_quotes_leave_as_a_person_decided(capsys: pytest.CaptureFixture[str]) -> None:
    before = quoted(capsys)
    assert GOES in before
    assert STAYS not in before
    decide()
    after = quoted(capsys)
    assert GOES not in after
    assert "[removed]" in after
    assert STAYS in after


def test_a_report_prints_quotes_and_themes_as_a_person_decided_and_no_longer_those_let_out_before(
    workspace: Workspace,
) -> None:
    before = reported(workspace, "before")
    assert GOES in before
    assert STAYS not in before
    decide()
    after = reported(workspace, "after")
    assert GOES not in after
    assert STAYS in after


def test_cards_are_made_as_a_person_decided(workspace: Workspace) -> None:
    before = dealt(workspace, "before")
    assert GOES in before
    assert STAYS not in before
    decide()
    after = dealt(workspace, "after")
    assert GOES not in after
    assert STAYS in after


def test_a_decision_is_of_one_file_and_holds_for_all_who_wrote_the_same(workspace: Workspace) -> None:
    decide()
    decided = decided_in(workspace, FILE, read_responses(FILE), "said")
    assert set(decided) == {WAITED, NAMED}
    pl.DataFrame({"said": [WAITED, NAMED, *OTHERS] * 9}).write_csv(FILE)
    assert decided_in(workspace, FILE, read_responses(FILE), "said") == {}


def test_words_of_a_theme_are_judged_as_they_stand_in_answers_and_not_beside_each_other() -> None:
    texts = [
        *(f"change my worker after {n} months" for n in range(6)),
        *(f"start on time, visit {n}" for n in range(6)),
        *(f"my worker Zinnia rang {n} times" for n in range(6)),
    ]
    phrases = ("change my worker", "start", "zinnia rang")
    assert redact(["Change my worker, start"])[0].removed, "side by side they read as a worker and her name"
    assert printable_phrases(texts, phrases) == {"change my worker", "start"}


def test_a_word_a_person_said_goes_names_no_theme_and_one_that_stays_may() -> None:
    texts = [f"{text} on visit {n}" for text in (WAITED, NAMED, *OTHERS) for n in range(6)]
    goes, stays = texts[0].index(GOES), texts[6].index(STAYS)
    decided = {texts[0]: Decided(goes=((goes, goes + len(GOES), "removed"),))}
    decided |= {text: Decided(stays=((stays, stays + len(STAYS)),)) for text in texts[6:12]}
    words = {GOES, "zinnia", "nurse"}
    assert printable_phrases(texts, words) == {GOES, "nurse"}
    assert printable_phrases(texts, words, decided) == {"zinnia", "nurse"}
    named = {phrase for one in find_themes(texts, 2, None, decided).themes for phrase in one.phrases}
    assert not any(
        word in phrase for phrase in find_themes(texts, 2).themes[0].phrases for word in ("zinnia",)
    )
    assert any("zinnia" in phrase for phrase in named)


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("asked", [["find"], ["themes", "--themes", "2", "--format", "json"]])
def test_words_in_place_and_examples_are_shown_as_a_person_decided(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    verb, *more = asked
    pattern = ["waited"] if verb == "find" else []
    command = ["analysis", verb, str(FILE), "--text", "said", *more, *pattern]
    assert main(command) == 0
    assert GOES in capsys.readouterr().out
    decide()
    capsys.readouterr()
    assert main(command) == 0
    assert GOES not in capsys.readouterr().out


def test_kept_themes_the_board_and_the_desk_follow_a_persons_decision(workspace: Workspace) -> None:
    decide()
    responses = read_responses(FILE)
    seen = redacted(responses, workspace, FILE, "said")
    assert not any(GOES in text for text in seen)
    assert any(STAYS in text for text in seen)
    kept = keep_themes(coding_work(responses, FILE, "said", workspace), "AB", DAY, 2)
    assert not any(GOES in theme.name for theme in themes_now(kept))
    start_you_said(workspace, FILE, responses, ("said",))
    assert GOES not in you_said_path(workspace).read_text("utf-8")


def test_a_network_of_words_leaves_out_what_a_person_said_goes(workspace: Workspace) -> None:
    responses = read_responses(FILE)
    assert GOES in word_network(responses, "said").words
    decide()
    decided = decided_in(workspace, FILE, responses, "said")
    assert GOES not in word_network(responses, "said", decided=decided).words


def test_what_is_rightly_out_stays_out_as_the_rules_name_it(workspace: Workspace) -> None:
    responses = read_responses(FILE)
    before = redacted(responses, workspace, FILE, "said")
    asked = ["analysis", "redact", str(FILE), "--text", "said", "--by", "Sam Rees"]
    assert main([*asked, "--right", place(2, NAMED, STAYS)]) == 0
    assert redacted(responses, workspace, FILE, "said") == before
    assert STAYS not in (workspace.analysis / "redactions.jsonl").read_text("utf-8")


def test_words_that_must_go_are_taken_as_whole_words_and_within_others_only_where_they_stand_nowhere_else() -> (
    None
):
    assert places_of_words("They said the van, THE van.", "the") == ((10, 13), (19, 22))
    assert places_of_words("Chloe’s van", "chloe") == ((0, 5),)
    assert places_of_words("the redvan", "red") == ((4, 7),)
    assert places_of_words("anything", "") == ()
