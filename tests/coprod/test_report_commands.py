"""`coprod analysis report|pathway|you-said|paraphrase` as an analyst types them. All answers are simulated."""

import io
import json
from datetime import date
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest

from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import responses_from_batch
from campaigns.releasing.gate import checked
from coprod.cli.main import main
from coprod.journeys.checking.releases import case_of
from coprod.journeys.understanding.pathway import compose_pathway
from coprod.journeys.understanding.quotes import (
    EVERYBODY,
    Asking,
    Paraphrase,
    approvals_of,
    approve_quotes,
    paraphrase_quote,
    pick_quotes,
    printable_quotes,
)
from coprod.journeys.understanding.reports import LetOut, ReportRequest, write_report
from coprod.journeys.understanding.yousaid import MATERIAL, close_themes, draw_you_said, you_said_path
from coprod.kernel.document import PathwayMap
from coprod.kernel.problem import RefusedError
from coprod.kernel.record import Chosen, MainRecord, TextRecord, Wrote
from coprod.workspace import Workspace, load_workspace, new_workspace

SHA = "b" * 64
TODAY = date(2027, 3, 1)
NAMES = LetOut("Ana Clerk", "Bo Lead", TODAY)
SAID = (
    "the wait was long and the bus was late",
    "my worker stayed and listened to me",
    "the nurse was kind and listened",
)
STORY = "my brother and the trombone at the lighthouse helped me most"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    root = new_workspace(tmp_path / "riverside", "Riverside", "england", simulated=True).root
    monkeypatch.chdir(root)
    return load_workspace(root)


def batch(workspace: Workspace, writers: int = 40) -> Path:
    """A make-believe batch, open as it lies in a test's own folder; the same one each time it is asked for."""
    path = workspace.analysis / ("autumn.parquet" if writers == 40 else f"autumn-{writers}.parquet")
    if path.exists():
        return path
    frequency = tuple(ChoiceInfo(name, name.title()) for name in ("never", "not-often", "often"))
    wait = (ChoiceInfo("too-long", "The wait was too long"), ChoiceInfo("fine", "It was OK"))
    questions = (
        QuestionInfo("wait", "How was the wait?", "choose-one", wait),
        QuestionInfo("listened", "How often did staff listen?", "scale", frequency),
        QuestionInfo("what-helped", "What helped?", "text"),
    )
    mains = [
        MainRecord(
            SHA,
            {
                "wait": Chosen(("too-long" if n % 4 else "fine",)),
                "listened": Chosen((("never", "often")[n % 2],)),
                "what-helped": Wrote(),
            },
        )
        for n in range(writers)
    ]
    texts = [
        TextRecord(SHA, "what-helped", f"{SAID[n % 3]} on visit {n % 5}", may_quote=True)
        for n in range(writers)
    ]
    texts.append(TextRecord(SHA, "what-helped", STORY, may_quote=True))
    path.write_bytes(batch_to_parquet(mains, texts, [SurveyInfo(SHA, "A survey", questions)], simulated=True))
    return path


def write(workspace: Workspace, audience: str = "", **more: object):  # type: ignore[no-untyped-def]
    source = batch(workspace)
    request = msgspec.structs.replace(ReportRequest("autumn", "Autumn", audience), **more)
    return write_report(workspace, source, responses_from_batch(source.read_bytes()), request)


def test_a_report_for_police_holds_what_concerns_them_and_cites_what_it_bears_on(
    workspace: Workspace,
) -> None:
    html = write(workspace, "police").page.read_text("utf-8")
    assert "How often did staff listen?" in html
    assert "How was the wait?" not in html
    assert "may not see themselves as victims" in html
    assert "Sharp-Jeffs, Coy and Kelly" in html
    assert "paper of its own for these readers" in html
    assert (
        html.index("Who is missing")
        < html.index("At a glance")
        < html.index("How young people were involved")
    )


def test_every_format_says_the_same_and_the_workbook_has_every_status_and_reason(
    workspace: Workspace,
) -> None:
    written = write(workspace, "health-commissioners", formats=("html", "pdf", "docx", "xlsx", "svg"))
    assert {path.suffix for path in written.files.values()} == {".html", ".pdf", ".docx", ".xlsx", ".svg"}
    word = docx.Document(io.BytesIO(written.files["docx"].read_bytes()))
    heads = [one.text for one in word.paragraphs if one.style.name.startswith("Heading 2")]
    assert heads[0] == "Who is missing"
    book = openpyxl.load_workbook(written.files["xlsx"])
    header, *rows = book["All tables"].iter_rows(min_row=2, values_only=True)
    assert header[6:8] == ("Status", "Reason")
    assert all(row[6] and row[7] and row[8].startswith("release-") for row in rows)


def test_the_command_is_printed_without_the_names_of_files_and_keys(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    source = batch(workspace)
    assert main(["analysis", "report", str(source), "--for", "police", "--key", "secret-key.txt"]) == 0
    html = (workspace.out / "autumn-report-for-police.html").read_text("utf-8")
    assert "coprod analysis report FILE --for police" in html
    assert "autumn.parquet" not in html
    assert "secret-key" not in html
    assert "No quotes in it" in capsys.readouterr().out


def test_a_report_the_audit_holds_back_leaves_on_two_names_and_prints_them(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rule R10: two people and a reason, in the ledger and in the report."""
    assert main(["analysis", "report", str(batch(workspace)), "--for", "police"]) == 0
    fewer = ["analysis", "report", str(batch(workspace, 38)), "--for", "police", "--name", "fewer"]
    assert main(fewer) == 3
    override = [*fewer, "--override", "the commissioner must see it", "--signed", "Ana Clerk"]
    assert main(override) == 3
    assert not (workspace.out / "fewer-report-for-police.html").exists()
    capsys.readouterr()
    assert main([*override, "--signed", "Bo Lead"]) == 0
    html = (workspace.out / "fewer-report-for-police.html").read_text("utf-8")
    assert "the commissioner must see it" in html
    assert "Ana Clerk and Bo Lead" in html


def test_an_audience_there_is_not_and_formats_there_are_not_are_bad_input(workspace: Workspace) -> None:
    source = str(batch(workspace))
    assert main(["analysis", "report", source, "--for", "the-press"]) == 2
    assert main(["analysis", "report", source, "--files", "html,odt"]) == 2


def test_a_report_for_whom_nothing_was_asked_is_refused_and_says_what_to_do(workspace: Workspace) -> None:
    path = workspace.analysis / "a.csv"
    path.write_text("colour\nred\nblue\n", "utf-8")
    assert main(["analysis", "report", str(path), "--for", "schools"]) == 3


def test_a_teams_own_audiences_are_used_and_a_code_there_is_not_is_named(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "audiences", "start"]) == 0
    assert main(["analysis", "audiences", "start"]) == 2
    own = workspace.analysis / "audiences.yaml"
    own.write_text(own.read_text("utf-8").replace("codes: [information]", "codes: [informations]"), "utf-8")
    assert main(["analysis", "audiences"]) == 2
    assert "informations" in capsys.readouterr().err


def test_what_the_team_wrote_about_who_is_missing_stands_on_the_first_page(workspace: Workspace) -> None:
    assert main(["analysis", "involvement", "start"]) == 0
    (workspace.analysis / "involvement.yaml").write_text(
        "format: 1\naim: To hear.\nknown_locally:\n- {group: Boys and young men, number: 3, reached: few, source: Return}\n",
        "utf-8",
    )
    html = write(workspace).page.read_text("utf-8")
    assert html.index("Boys and young men") < html.index("What they answered")
    assert "fewer than 10" in html
    assert "To hear." in html


def test_quotes_leave_only_for_the_readers_they_were_let_out_for(workspace: Workspace) -> None:
    assert write(workspace, "police", let_out=NAMES).quotes
    assert not write(workspace, "schools").quotes
    assert not write(workspace).quotes
    approval = approvals_of(workspace)[0]
    assert (approval.audience, approval.read_by, approval.approved_by) == ("police", "Ana Clerk", "Bo Lead")
    assert not hasattr(approval, "text")


def test_one_name_twice_lets_nothing_out_and_writes_nothing(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="two people"):
        write(workspace, "police", let_out=LetOut("Ana Clerk", "ana clerk ", TODAY))
    assert not list(workspace.out.glob("*"))


def test_a_story_that_points_at_its_writer_leaves_only_in_other_words_and_says_whose(
    workspace: Workspace,
) -> None:
    write(workspace, "police", let_out=NAMES)
    responses = responses_from_batch(batch(workspace).read_bytes())
    story = next(one for one in pick_quotes(responses, "what-helped", 50) if "trombone" in one.text)
    assert any("family member" in caution for caution in story.cautions)
    assert "trombone" not in write(workspace, "police").page.read_text("utf-8")
    asking = Asking("Ana Clerk", "Bo Lead", EVERYBODY)
    for words in (
        "A trombone helped.",
        "Their brother helped.",
        "What they said: helped me most lighthouse helped me most",
    ):
        with pytest.raises(RefusedError, match="this paraphrase may not leave"):
            paraphrase_quote(workspace, "what-helped", story, Paraphrase(words, "AC"), asking, TODAY)
    paraphrase_quote(
        workspace, "what-helped", story, Paraphrase("Family and music carried them.", "AC"), asking, TODAY
    )
    html = write(workspace, "police").page.read_text("utf-8")
    assert "Family and music carried them." in html
    assert "put so by AC" in html
    assert "trombone" not in html


def test_a_quote_whose_writer_took_it_back_is_printed_no_more(workspace: Workspace) -> None:
    responses = responses_from_batch(batch(workspace).read_bytes())
    one = pick_quotes(responses, "what-helped", 1)[0]
    approve_quotes(workspace, "what-helped", [one], Asking("Ana", "Bo", "police"), TODAY)
    assert printable_quotes(workspace, responses, "what-helped", "police")
    fewer = responses_from_batch(batch(workspace, 12).read_bytes())
    left = {quote.text for quote in printable_quotes(workspace, fewer, "what-helped", "police")}
    assert left <= {candidate.text for candidate in pick_quotes(fewer, "what-helped", 50)}


def test_the_pathway_is_drawn_as_a_map_with_a_twin(workspace: Workspace) -> None:
    source = str(batch(workspace))
    assert main(["analysis", "pathway", "start"]) == 0
    assert main(["analysis", "pathway", "draw", source]) == 0
    html = (workspace.out / "autumn-pathway.html").read_text("utf-8")
    assert 'role="img"' in html
    assert "The same as a table" in html
    assert "Hard for most" in html


def test_a_setting_that_many_had_in_mind_has_cells_of_its_own(workspace: Workspace) -> None:
    settings = (ChoiceInfo("gp", "A doctor's surgery (GP)"), ChoiceInfo("camhs", "Mental health support"))
    wait = (ChoiceInfo("months", "Months"), ChoiceInfo("days", "Days"))
    questions = (
        QuestionInfo("service", "Which service?", "choose-one", settings, "health"),
        QuestionInfo("wait-length", "How long was the wait?", "choose-one", wait),
    )
    mains = [
        MainRecord(
            SHA,
            {
                "service": Chosen((("gp", "camhs")[n % 2],)),
                "wait-length": Chosen((("days", "months")[n % 2 if n % 8 else 1],)),
            },
        )
        for n in range(120)
    ]
    content = batch_to_parquet(mains, [], [SurveyInfo(SHA, "A survey", questions)], simulated=True)
    source = workspace.analysis / "winter.parquet"
    source.write_bytes(content)
    composed = compose_pathway(workspace, source, responses_from_batch(content))
    drawn = next(block for block in composed.report.blocks if isinstance(block, PathwayMap))
    rows = {row.label: row.cells[drawn.steps.index("The wait")].words for row in drawn.rows}
    assert rows["Mental health support (CAMHS)"] == "Hard for most"
    assert rows["Doctor's surgery (GP)"] == "Hard for some"
    assert rows["A&E"] == "Nobody has looked"


def test_a_theme_without_an_answer_cannot_be_closed(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(batch(workspace))
    assert main(["analysis", "you-said", "start", source]) == 0
    assert main(["analysis", "you-said", "start", source]) == 2
    assert main(["analysis", "you-said", "draw"]) == 3
    assert main(["analysis", "you-said", "close"]) == 3
    assert "cannot be closed: it lacks" in capsys.readouterr().err
    assert main(["analysis", "you-said", "show", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["themes"][0]["closed"] is None


ANSWERED = """\
format: 1
asked: Your health services
themes:
- {theme: waits, you_said: The wait is too long., decision: doing, we_did: You get a text each week., because: We asked for the money for it., owner: "Sam, who runs the clinic", on: 2027-05-01}
- {theme: evenings, you_said: Open later., decision: not, because: We do not have the staff this year., owner: "Sam, who runs the clinic", on: 2027-03-01}
- {theme: names, you_said: Others could hear my name.}
"""


def drawn(workspace: Workspace, text: str = ANSWERED) -> str:
    you_said_path(workspace).write_text(text, "utf-8")
    close_themes(workspace, ["waits", "evenings"], TODAY)
    return draw_you_said(workspace, TODAY).read_text("utf-8")


def test_what_was_answered_becomes_a_material_that_says_what_is_still_open(workspace: Workspace) -> None:
    material = drawn(workspace)
    assert "We did not do it" in material
    assert "We have not answered this yet\n\n- Others could hear my name." in material


def test_the_material_is_checked_as_the_teams_own_words_and_is_not_drawn_without_panel_and_sign_off(
    workspace: Workspace,
) -> None:
    drawn(workspace)
    assert [
        one.rule for one in checked(case_of(workspace, MATERIAL), TODAY).findings if one.severity == "block"
    ] == []
    drawn(workspace, ANSWERED.replace("We asked for the money for it.", "Money came and you asked for it."))
    assert "asking-for-it" in {one.rule for one in checked(case_of(workspace, MATERIAL), TODAY).findings}
    assert main(["campaigns", "release", MATERIAL]) in {2, 3}
    assert not list(workspace.out.glob("*"))
