"""What is printed of a questionnaire, and that answers typed in from paper are like any others."""

import re
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from campaigns.render import draw
from coprod.cli.main import main
from coprod.cli.paper import sheets
from coprod.clock import today
from coprod.journeys.asking.guides import GuidePlace, guide_document
from coprod.journeys.asking.paper import paper_document, paper_words
from coprod.journeys.asking.paper_typing import refuse_other_questionnaire, typing_plan
from coprod.journeys.asking.sessions import (
    end_session,
    plan_session,
    resume_session,
    save_interview,
    start_session,
)
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.document import Document, ItemList, Table, text_of
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Chosen, MainRecord, TextRecord, Wrote
from coprod.workspace import new_workspace
from surveys.boxes.box import read_rows
from surveys.boxes.sealing import unseal
from surveys.questionnaires.expressions import parse_expression
from surveys.questionnaires.placed import placed_questionnaire
from surveys.questionnaires.questionnaire import load_questionnaire
from surveys.questionnaires.skip_words import Printed, condition_in_words
from tests.coprod.test_surveys_commands import Terminal
from tests.surveys.ready import TODAY, an_interview, make_identity, ready_workspace, started
from tests.surveys.test_craft import END, HEAD, LIBRARY, NOTE, SENSITIVE, START

CONTACTS = shipped_contacts().contacts
EVERY_KIND = """\
- {ask: How is the room?, id: room, kind: faces}
- {ask: How many?, id: num, kind: number, low: None, high: A lot}
- {ask: "Why ${room}?", id: why, kind: text, relevant: "${num} >= 3 and not(${room} = 'good')"}
- {ask: Take a rest., id: rest, kind: break}
- {ask: Which?, id: cards, kind: cards, choices: [{id: a, label: A warm place}, {id: b, label: A quiet place}]}
- ask: Best and worst?
  id: ends
  kind: best-worst
  choices: [{id: a, label: Time}, {id: b, label: Room}, {id: c, label: Food}]
- {ask: Pairs?, id: pairs, kind: paired, choices: [{id: a, label: Time}, {id: b, label: Room}, {id: c, label: Food}]}
- {ask: Order?, id: order, kind: ranking, choices: [{id: a, label: Time}, {id: b, label: Room}]}
- {ask: Mark this., id: passage, kind: highlighter, passage: It is never your fault.}
- {ask: You can talk to someone., id: card, kind: help-card}
"""


def words_on(document: Document) -> str:
    texts = []
    for block in document.blocks:
        match block:
            case ItemList(items=items):
                texts += [text_of(item) for item in items]
            case Table(header=header, rows=rows):
                texts += [" ".join(row) for row in (header, *rows)]
            case _:
                texts.append(text_of(block.inline) if hasattr(block, "inline") else str(block))
    return "\n".join(texts)


def paper(pages: str, language="en") -> str:
    return words_on(paper_document(placed_questionnaire(HEAD + pages, "ours.yaml"), CONTACTS, language))


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_questionnaire_prints_in_both_languages_with_all_questions_and_help(path):
    placed = placed_questionnaire(path.read_text("utf-8"), path.name)
    for language in ("en", "cy"):
        document = paper_document(placed, CONTACTS, language)
        said = words_on(document)
        assert [page.id for page in placed.questionnaire.pages if page.ask.into(language) not in said] == []
        assert all(one.name in said for one in CONTACTS)
        assert "${" not in said
    assert 2 <= pages_of(draw(paper_document(placed, CONTACTS), "report-pdf")) <= 7


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_a_facilitator_guide_is_one_page(path):
    place = GuidePlace(CONTACTS, "Sam Rees", 2, "Alex Morgan", "simulated")
    document = guide_document(load_questionnaire(path), place)
    assert pages_of(draw(document, "guide-pdf")) == 1
    said = words_on(document)
    for page in load_questionnaire(path).pages:
        if getattr(page, "sensitive", None):
            assert page.ask.en in said
            assert page.sensitive_because in said
    assert "Nobody reads the answers today" in said
    assert "Sam Rees opens the answers within 2 working days." in said


def test_no_sheet_for_young_people_is_printed_before_a_help_line_is_confirmed(tmp_path, monkeypatch, capsys):
    workspace = new_workspace(tmp_path / "ours", "Ours", "wales", simulated=False)
    monkeypatch.chdir(workspace.root)
    assert main(["surveys", "paper", "health-services-easy-read"]) == 3
    assert "coprod contacts confirm" in capsys.readouterr().err
    assert list(workspace.root.rglob("*-paper*")) == []


def test_a_guide_without_a_confirmed_help_line_says_what_to_do_first():
    said = words_on(guide_document(load_questionnaire(LIBRARY[0]), GuidePlace(())))
    assert "Nobody has confirmed a help line yet." in said
    assert "Who How When" not in said


def test_every_copy_is_the_same_and_has_no_date_in_it():
    document = paper_document(placed_questionnaire(HEAD + START + END, "ours.yaml"), CONTACTS)
    one, two = draw(document, "report-pdf"), draw(document, "report-pdf")
    assert one == two
    assert not re.search(rb"CreationDate|ModDate|20[0-9]{2}-[0-9]{2}-[0-9]{2}", one)


def test_every_kind_can_be_answered_with_a_pen():
    said = paper(EVERY_KIND + END)
    for words in (
        "☐\u00a0Really\u00a0good",
        "0 = None",
        "☐ Time\u00a0\u00a0 or\u00a0\u00a0 ☐ Room",
        "____ Time",
        "It is never your fault.",
    ):
        assert words in said, words
    assert "Why (your answer to question 1)?" in said
    assert "you did not tick “Good” at question 1" in said
    assert (
        pages_of(
            draw(
                paper_document(placed_questionnaire(HEAD + EVERY_KIND + END, "a.yaml"), CONTACTS),
                "report-pdf",
            )
        )
        <= 4
    )


def test_a_sensitive_part_says_where_to_go_to_skip_it():
    assert "To skip this part, go to question 3." in paper(START + NOTE + SENSITIVE + END)
    assert "To skip this part, go to the end." in paper(START + NOTE + SENSITIVE)


PRINTED = Printed(
    {"a": 1, "b": 2, "n": 3},
    {("a", "x"): "Yes", ("a", "y"): "Maybe", ("b", "z"): "Often"},
    paper_words().conditions,
    "en",
)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("selected(${a}, 'x')", "you ticked “Yes” at question 1"),
        ("${a} = 'x'", "you ticked “Yes” at question 1"),
        ("'x' = ${a}", "you ticked “Yes” at question 1"),
        ("${a} != 'x'", "you did not tick “Yes” at question 1"),
        ("not(selected(${a}, 'x'))", "you did not tick “Yes” at question 1"),
        ("selected(${a}, 'x') or selected(${a}, 'y')", "you ticked “Yes” or “Maybe” at question 1"),
        (
            "not(${a} = 'x' or ${a} = 'y')",
            "you did not tick “Yes” or “Maybe” at question 1",
        ),
        ("${a} = 'x' and ${b} = 'z'", "you ticked “Yes” at question 1, and you ticked “Often” at question 2"),
        (
            "not(${a} = 'x' and ${b} = 'z')",
            "you did not tick “Yes” at question 1, or you did not tick “Often” at question 2",
        ),
        ("${n} > 4", "your number at question 3 is more than 4"),
        ("4 < ${n}", "your number at question 3 is more than 4"),
        ("not(${n} > 4)", "your number at question 3 is 4 or fewer"),
        ("count-selected(${b}) >= 2", "you ticked 2 or more at question 2"),
        ("${b} = ''", "you left question 2 empty"),
        ("${b} != ''", "you answered question 2"),
        ("${n} + 1 > 4", None),
        ("regex(${a}, 'x+')", None),
        ("${a} = 'gone'", None),
    ],
)
def test_skip_logic_is_said_in_plain_words_or_not_at_all(condition, said):
    assert condition_in_words(parse_expression(condition), PRINTED) == said


def test_a_skip_rule_that_paper_cannot_say_is_refused_with_its_place():
    page = '- {ask: Why?, id: why, kind: text, relevant: "string-length(${room}) > 4"}\n'
    with pytest.raises(BadInputError, match=r"ours\.yaml:10:\d+"):
        paper(START + page + END)


class Sheets:
    """A terminal at which a worker types; what was shown and wiped is kept for the test."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.said, self.wiped = list(lines), [], 0

    def say(self, *lines: str) -> None:
        self.said += lines

    def read(self) -> str | None:
        return self.lines.pop(0) if self.lines else None

    def read_hidden(self) -> str | None:
        return self.read()

    def wipe(self) -> None:
        self.wiped += 1
        self.said.clear()


def test_answers_from_paper_are_the_same_as_any_and_carry_no_mark(tmp_path, monkeypatch):
    holder = make_identity()
    session = started(ready_workspace(tmp_path, monkeypatch, (holder, make_identity())))
    save_interview(session, an_interview(session, "more evenings"))
    before = read_rows(session.box.path)
    terminal = Sheets("", "1", "later hours", "1", "y", "q")
    sheets(typing_plan(session, ()), terminal)
    rows = read_rows(session.box.path)
    assert {len(row.sealed) for row in rows} == {len(row.sealed) for row in before}
    assert {len(row.tag) for row in rows} == {len(row.tag) for row in before}
    assert len(rows) == len(before)
    opened = [unseal(row.sealed, holder) for row in rows]
    mains = [record for record in opened if isinstance(record, MainRecord)]
    texts = [record for record in opened if isinstance(record, TextRecord)]
    assert len(mains) == len(texts) == 2
    assert {frozenset(record.replies) for record in mains} == {frozenset({"listened", "change"})}
    assert {record.text: record.may_quote for record in texts} == {"more evenings": True, "later hours": True}
    assert all(
        record == MainRecord(session.plan.questionnaire, {"listened": Chosen(("never",)), "change": Wrote()})
        for record in mains
    )
    assert terminal.wiped >= 2
    assert "later hours" not in " ".join(terminal.said)


def test_no_four_words_are_made_for_a_sheet_because_nobody_is_there_to_take_them(tmp_path, monkeypatch):
    session = started(ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity())))
    made = []
    monkeypatch.setattr("coprod.journeys.asking.sessions.new_words", made.append)
    terminal = Sheets("", "1", "later hours", "1", "y", "q")
    sheets(typing_plan(session, ()), terminal)
    assert made == []


def test_a_sheet_that_is_stopped_leaves_nothing_and_the_next_can_follow(tmp_path, monkeypatch):
    session = started(ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity())))
    rows = len(read_rows(session.box.path))
    sheets(typing_plan(session, ()), Sheets("", "1", "q", "", "1"))
    assert len(read_rows(session.box.path)) == rows


def test_paper_of_another_wording_does_not_go_into_a_session(tmp_path, monkeypatch):
    workspace = ready_workspace(tmp_path, monkeypatch, (make_identity(), make_identity()))
    end_session(started(workspace))
    session = resume_session(workspace, "monday", TODAY)
    refuse_other_questionnaire(session, workspace.surveys / "after-a-visit.yaml")
    other = tmp_path / "other.yaml"
    other.write_text(HEAD + START + END)
    with pytest.raises(RefusedError, match="another wording"):
        refuse_other_questionnaire(session, other)


def test_the_commands_write_page_and_pdf_where_asked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["surveys", "guide", "review-of-a-material", "-o", "printed"]) == 0
    assert main(["surveys", "paper", "review-of-a-material", "--language", "cy"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "review-of-a-material-paper-cy.pdf"
    assert Path("printed/review-of-a-material-guide.pdf").read_bytes().startswith(b"%PDF")
    page = Path("review-of-a-material-paper-cy.html").read_text("utf-8")
    assert "Cyn i ti ddechrau" in page
    assert "Drafft" in page


def test_typing_in_is_refused_where_the_screen_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["surveys", "paper", "review-of-a-material", "--type-in", "monday"]) == 3
    assert "typing in" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_worker_types_sheets_in_a_real_terminal_that_keeps_nothing(tmp_path, monkeypatch, canary):
    holder = make_identity()
    workspace = ready_workspace(tmp_path, monkeypatch, (holder, make_identity()))
    plan = replace(plan_session(workspace, "monday", "autumn 2026", today()), opener="Sam")
    questionnaire = workspace.surveys / "after-a-visit.yaml"
    end_session(start_session(workspace, questionnaire, plan, today()))
    terminal = Terminal(workspace.root, "surveys", "paper", "after-a-visit", "--type-in", "monday")
    for _ in range(2):
        for asked, typed in (
            ("Press Enter for a sheet", ""),
            ("Did people listen to you?", "2"),
            ("What would you change?", canary),
            ("May we use your words?", "2"),
            ("Send what I have", "y"),
        ):
            terminal.until(asked)
            terminal.until("> ")
            terminal.type(typed)
        assert "\x1b[H\x1b[2J\x1b[3J" in terminal.until("This sheet is saved.")
    terminal.until("> ")
    terminal.type("q")
    terminal.until("Next: coprod surveys")
    assert terminal.end() == 0
    opened = [unseal(row.sealed, holder) for row in read_rows(workspace.boxes / "monday.box")]
    assert sum(isinstance(record, MainRecord) for record in opened) == 2
    assert [record.text for record in opened if isinstance(record, TextRecord)] == [canary] * 2
    left = [path for path in tmp_path.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]
    assert left == []
