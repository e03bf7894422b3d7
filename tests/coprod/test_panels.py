"""A material's whole way, in a simulated workspace: panel, decisions, sign-off, release, verify."""

import random
import sys
from collections.abc import Mapping
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from analysis.inputs.responses import responses_from_batch
from campaigns.panels.panelfile import load_panel_result
from campaigns.releasing.gate import panel_hash
from campaigns.releasing.history import history_of
from campaigns.releasing.signing import add_approver
from campaigns.releasing.signoff import comment_id
from coprod.cli.main import main
from coprod.journeys.asking.batches import read_batch
from coprod.journeys.asking.sessions import end_session, save_interview, start_session
from coprod.journeys.checking.comparing import compared, open_comparison, prepare_comparison
from coprod.journeys.checking.deciding import decide, deciding_of, start_decisions, tell_panel_of
from coprod.journeys.checking.panel_comments import comments_again_from
from coprod.journeys.checking.panels import open_panel, panel_result, prepare_panel, run_panel
from coprod.journeys.checking.releases import (
    case_of,
    history_lines,
    load_decisions,
    release_material,
    sign_material,
    verify_elsewhere,
    verify_path,
    verify_printed,
)
from coprod.journeys.demo.respondents import simulate_interview, simulated_panel
from coprod.journeys.understanding.at_the_desk import Desk
from coprod.journeys.understanding.reading import packed
from coprod.journeys.understanding.reviewing import keep_verdicts, places_of_words, review_of
from coprod.kernel.problem import BadInputError, RefusedError
from surveys.interviews.events import Choose, Continue, Send, Skip, Write
from surveys.interviews.interview import Interview, begin, page, records, step
from surveys.questionnaires.questionnaire import Questionnaire
from tests.campaigns.sample_cases import HARM, KEY, decided, good_folder
from tests.surveys.ready import OPENING_DAY, TODAY, a_plan, make_identity, ready_workspace

NAME = "not-your-fault"


@pytest.fixture
def holders():
    return make_identity(), make_identity()


@pytest.fixture
def workspace(tmp_path, monkeypatch, holders):
    ready = ready_workspace(tmp_path, monkeypatch, holders)
    good_folder(ready.campaigns)
    add_approver(ready.campaigns, "Sam Example", KEY.public_key, TODAY)
    return ready


def panel_of_simulated_people(count):
    chance = random.Random(7)  # noqa: S311  simulated people

    def review(questionnaire):
        return [
            simulate_interview(questionnaire, person, chance) for person in simulated_panel(count, chance)
        ]

    return review


def one_by_one(*replies):
    """Give a review in which person after person answers the questions named, and skips the rest."""

    def review(questionnaire):
        return [interview_with(questionnaire, answers) for answers in replies]

    return review


def interview_with(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Interview:
    interview = begin(questionnaire, "en")
    while (now := page(interview)).stage != "sent":
        if now.stage == "look-back":
            interview = step(interview, Send())
        elif now.stage == "questions" and now.question in answers:
            said = answers[now.question]
            event = Write(said, may_quote=False) if now.kind == "text" else Choose(said)
            interview = step(step(interview, event), Continue())
        else:
            passes_over = now.stage == "questions" and now.kind != "note"
            interview = step(interview, Skip() if passes_over else Continue())
    return interview


def reviewed(workspace, holders, review):
    return run_panel(workspace, NAME, review, a_plan("panel"), holders[0], TODAY)


def test_a_panel_leads_to_released_files_that_verify(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    assert result.simulated
    assert result.enough
    assert not result.harm_raised
    assert load_panel_result(workspace.campaigns / NAME / "panel-result.json") == result
    decisions = decided(comments=answered(result))
    signoff = sign_material(workspace, NAME, decisions, KEY, OPENING_DAY + timedelta(days=9))
    released = release_material(workspace, NAME, OPENING_DAY + timedelta(days=9))
    assert {path.name for path in released.paths} >= {
        f"{NAME}-page.html",
        f"{NAME}-leaflet.pdf",
        f"{NAME}-poster-a4.pdf",
        f"{NAME}-card-square.png",
        f"{NAME}-text.txt",
    }
    for path in released.paths:
        assert verify_path(workspace, path, OPENING_DAY + timedelta(days=9)).is_signed
    assert verify_printed(workspace, signoff.signed.code, OPENING_DAY + timedelta(days=9)).is_signed


def answered(result):
    from campaigns.releasing.signoff import CommentAnswer

    reason = "We read this and changed what we could."
    return tuple(
        CommentAnswer(name, "partly", reason) for name in sorted({comment_id(one) for one in result.comments})
    )


def test_the_tables_of_a_small_panel_show_no_count(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(6))
    for table in result.tables:
        for cell in table.cells:
            assert not any(character.isdecimal() for character in cell.shown)
    sensitive = {table.question: table for table in result.tables}["harm"]
    assert {cell.status for cell in sensitive.cells} == {"withheld"}


@pytest.mark.parametrize("said", ["could-harm", "perhaps"])
def test_one_person_who_sees_harm_stops_the_material(workspace, holders, said):
    calm = {"harm": "could-not", "verdict": "use-it"}
    result = reviewed(workspace, holders, one_by_one(calm, calm, calm, calm, calm, {"harm": said}))
    assert result.harm_raised
    with pytest.raises(RefusedError, match="could harm someone"):
        sign_material(workspace, NAME, decided(comments=()), KEY, TODAY + timedelta(days=9))
    assert sign_material(workspace, NAME, decided(comments=(), harm=HARM), KEY, TODAY + timedelta(days=9))


def test_four_reviewers_are_too_few_to_open_at_all(workspace, holders):
    with pytest.raises(RefusedError):
        reviewed(workspace, holders, one_by_one(*[{"verdict": "use-it"}] * 4))
    assert load_panel_result(workspace.campaigns / NAME / "panel-result.json") is None


def test_people_who_only_skipped_do_not_make_a_quorum(workspace, holders):
    result = reviewed(workspace, holders, one_by_one(*[{"verdict": "use-it"}] * 4, {}, {}))
    assert not result.enough
    assert result.reviewers == "fewer than 5"


def test_a_panel_in_which_nobody_said_whether_it_is_safe_does_not_make_a_quorum(workspace, holders):
    result = reviewed(workspace, holders, one_by_one(*[{"verdict": "use-it"}] * 7))
    assert result.reviewers == "between 5 and 9"
    assert not result.enough


def test_comments_come_redacted_and_tied_to_nobody(workspace, holders):
    said = {"words-to-change": "Ask my friend Chloe on 07700 900123."}
    result = reviewed(workspace, holders, one_by_one(said, *[{"verdict": "use-it"}] * 5))
    (comment,) = result.comments
    assert "07700" not in comment.text
    assert "Chloe" not in comment.text
    assert "would you change" in comment.about


def test_what_somebody_decides_must_go_is_gone_from_what_the_campaign_team_reads(workspace, holders):
    """Rules cannot know what a panel of five knows: who drives a red van. Nothing else in the comments changes."""
    said = {"words-to-change": "My worker, she drives the red van, liked it."}
    before = reviewed(workspace, holders, one_by_one(said, *[{"words-to-change": "Bigger words."}] * 5))
    assert any("red van" in comment.text for comment in before.comments)
    batch = workspace.analysis / f"panel-{NAME}.batch"
    held = responses_from_batch(read_batch(batch, holders[0]))
    desk = Desk(packed(held), batch, "words-to-change", workspace)
    about, found = review_of(desk, "AB")
    one = next(one for one in found if "red van" in one.text)
    keep_verdicts(about, one, places_of_words(one.text, "drives the red van"), "goes", TODAY)
    assert "written again" in comments_again_from(desk, "AB", TODAY)[0]
    assert not any(
        b"red van" in path.read_bytes() for path in workspace.campaigns.rglob("*") if path.is_file()
    )
    now = load_panel_result(workspace.campaigns / NAME / "panel-result.json")
    assert len(now.comments) == len(before.comments)
    assert now == replace(before, comments=now.comments)
    assert panel_hash(now) in history_of(workspace.campaigns).events[-1].files.values()
    assert comments_again_from(desk, "AB", TODAY) == ()


def test_reviews_of_another_version_do_not_count(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    path = workspace.campaigns / NAME / "material.md"
    path.write_text(path.read_text("utf-8").replace("You are strong.", "You are so strong."), "utf-8")
    with pytest.raises(RefusedError, match="the panel reviewed other words"):
        sign_material(workspace, NAME, decided(comments=answered(result)), KEY, TODAY + timedelta(days=9))


def test_a_questionnaire_edited_after_the_session_opens_nothing(workspace, holders):
    reviewed(workspace, holders, panel_of_simulated_people(8))
    path = workspace.campaigns / NAME / "panel.yaml"
    path.write_text(path.read_text("utf-8") + "# edited\n", "utf-8")
    with pytest.raises(RefusedError, match="no panel has answered"):
        open_panel(workspace, NAME, holders[0], OPENING_DAY)


def test_a_batch_of_another_survey_is_not_taken_for_a_panel(workspace):
    from analysis.inputs.batchfile import SurveyInfo, batch_to_parquet

    text = prepare_panel(workspace, NAME, TODAY).read_text("utf-8")
    parquet = batch_to_parquet((), (), (SurveyInfo("a" * 64, "Other", ()),), simulated=True)
    with pytest.raises(BadInputError, match="something else"):
        panel_result(workspace, text, parquet)


def test_the_decisions_file_lists_every_comment_and_refuses_to_be_half_filled(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    path = start_decisions(workspace, NAME, TODAY)
    text = path.read_text("utf-8")
    assert text.count("- comment: ") == len({comment_id(one) for one in result.comments})
    with pytest.raises(BadInputError) as missing:
        load_decisions(path)
    assert len(missing.value.problems) >= 3 + 2 * text.count("- comment: ")
    with pytest.raises(BadInputError, match="already"):
        start_decisions(workspace, NAME, TODAY)


def test_a_key_nobody_named_cannot_sign(workspace, holders):
    from tests.campaigns.sample_cases import OTHER_KEY

    reviewed(workspace, holders, panel_of_simulated_people(8))
    with pytest.raises(RefusedError, match="belongs to no approver"):
        sign_material(workspace, NAME, decided(), OTHER_KEY, TODAY)


@pytest.mark.parametrize("name", ["", "..", "nothing", "../campaigns", "not-your-fault/assets"])
def test_a_material_that_is_not_there_is_one_clear_message(workspace, name):
    with pytest.raises(BadInputError, match="no material"):
        case_of(workspace, name)


def test_a_refused_release_writes_nothing_and_ends_with_3(workspace, monkeypatch, capsys):
    monkeypatch.chdir(workspace.root)
    assert main(["campaigns", "release", NAME, "--format", "json"]) == 3
    reason = msgspec.json.decode(capsys.readouterr().out)["refused"]
    assert "there is no sign-off" in reason
    assert "no panel of young people" in reason
    assert not any(workspace.out.iterdir())


@pytest.mark.parametrize("command", ["panel", "compare"])
def test_a_review_is_handed_round_by_command_like_every_survey(workspace, command, monkeypatch, capsys):
    """It stopped with a bug as soon as somebody ran it in a terminal, where no test had been."""
    monkeypatch.chdir(workspace.root)
    if command == "compare":
        other = workspace.root / "other.md"
        other.write_text(
            (workspace.campaigns / NAME / "material.md").read_text("utf-8") + "\nOne line more.\n", "utf-8"
        )
        assert main(["campaigns", "compare", NAME, "--beside", str(other)]) == 0
    settings = workspace.root / "coprod.toml"
    settings.write_text(settings.read_text("utf-8").replace('opener = "', 'opener = "" # "'), "utf-8")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert main(["campaigns", command, NAME, "--run"]) == 3
    assert "name who will open the answers" in capsys.readouterr().err


def test_the_commands_go_from_review_to_verify(workspace, holders, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(workspace.root)
    monkeypatch.setattr("coprod.cli.release.today", lambda: OPENING_DAY + timedelta(days=9))
    words = tmp_path / "words.txt"
    words.write_text("four plain words here\n", "utf-8")
    key = tmp_path / "approver.key"
    assert main(["campaigns", "panel", NAME]) == 0
    assert "panel.yaml" in capsys.readouterr().out
    assert main(["campaigns", "said", NAME, "--shown-by", "Sam Example"]) == 3
    assert "no panel's answers have been opened" in capsys.readouterr().err
    (workspace.campaigns / "approvers.yaml").unlink()
    (workspace.campaigns / "history.jsonl").unlink()
    named = ["campaigns", "approver", "Kit Example", "--key", str(key), "--passphrase-file", str(words)]
    assert main(named) == 0
    sign = ["campaigns", "signoff", NAME, "--key", str(key), "--passphrase-file", str(words)]
    assert main(sign) == 3
    assert "decisions.yaml" in capsys.readouterr().err
    assert main(sign) == 3
    assert "still to decide: Who answers for this material" in capsys.readouterr().err
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    write_decisions(workspace, result)
    assert main(sign) == 0
    assert (
        "Ada Example is not the safeguarding lead of this service: tell Sal, room 2"
        in capsys.readouterr().out
    )
    assert main(["campaigns", "release", NAME, "--format", "json"]) == 0
    released = msgspec.json.decode(capsys.readouterr().out)
    for file in released["files"]:
        assert main(["campaigns", "verify", file]) == 0
    assert main(["campaigns", "verify", "--code", released["code"]]) == 0
    assert main(["campaigns", "verify", str(words)]) == 1
    assert main(["campaigns", "verify"]) == 2


def test_the_command_lets_a_second_approver_in_only_with_the_key_of_the_first(
    workspace, monkeypatch, capsys, tmp_path
):
    monkeypatch.chdir(workspace.root)
    (workspace.campaigns / "approvers.yaml").unlink()
    (workspace.campaigns / "history.jsonl").unlink()
    words, key = tmp_path / "words.txt", tmp_path / "approver.key"
    words.write_text("four plain words here\n", "utf-8")
    named = ["campaigns", "approver", "Kit Example", "--key", str(key), "--passphrase-file", str(words)]
    assert main(named) == 0
    let_in = ["--by", str(key), "--by-passphrase-file", str(words)]
    inside = ["campaigns", "approver", "Kit", "--key", "inside.key", "--passphrase-file", str(words), *let_in]
    assert main(inside) == 2
    second = ["campaigns", "approver", "Jo Example", "--key", str(tmp_path / "jo.key")]
    second += ["--passphrase-file", str(words)]
    assert main(second) == 3
    assert "lets the next one in" in capsys.readouterr().err
    assert not (tmp_path / "jo.key").exists(), "no key is left behind by a refusal"
    assert main([*second, *let_in]) == 0


def write_decisions(workspace, result):
    """Take every decision as a team does, one after the other."""
    for what, *typed in (
        ("approver", "Kit Example"),
        ("safeguarding", "Ada Example"),
        ("facts", "Bo Example"),
        ("practice", "yes yes yes yes", "Ada Example"),
        *(
            (f"comment {name}", "done", "We changed it just as it was said.")
            for name in sorted({comment_id(one) for one in result.comments})
        ),
        ("shown", "Ada Example"),
    ):
        decide(workspace, NAME, what, tuple(typed), TODAY)


def test_a_decision_names_comments_by_their_first_letters_and_one_answer_fits_several(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    ids = sorted({comment_id(one) for one in result.comments})
    decide(
        workspace, NAME, f"comment {ids[0][:6]},{ids[1][:6]}", ("done", "We put it in as you said."), TODAY
    )
    done = {one.id for one in deciding_of(workspace, NAME, TODAY).open if one.is_done}
    assert done == {f"comment {ids[0]}", f"comment {ids[1]}"}
    for what, typed in {
        "comment": ("done", "x" * 30),
        "comment zz": ("done", "x" * 30),
        "anything": ("x",),
        f"comment {ids[0]}": ("maybe", "x" * 30),
        f"comment {ids[1]}": ("done", "too short"),
        "practice": ("yes yes", "Ada Example"),
        "approver": (),
    }.items():
        with pytest.raises(BadInputError):
            decide(workspace, NAME, what, typed, TODAY)
    assert {one.id for one in deciding_of(workspace, NAME, TODAY).open if one.is_done} == done


def test_the_panel_is_shown_only_what_is_written_and_again_when_an_answer_changes(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    with pytest.raises(RefusedError, match="answer every comment first"):
        decide(workspace, NAME, "shown", ("Ada Example",), TODAY)
    with pytest.raises(RefusedError, match="answer every comment first"):
        tell_panel_of(workspace, NAME, TODAY)
    write_decisions(workspace, result)
    told = workspace.out / f"{NAME}-panel" / "you-said-we-did.txt"
    assert " ".join(result.comments[0].text.split()) in " ".join(told.read_text().replace(">", "").split())
    assert all(one.is_done for one in deciding_of(workspace, NAME, TODAY).open)
    first = comment_id(result.comments[0])
    decide(workspace, NAME, f"comment {first}", ("not", "We cannot do this on a poster."), TODAY)
    assert [one.id for one in deciding_of(workspace, NAME, TODAY).open if not one.is_done] == ["shown"]
    assert "We cannot do this on a poster." in told.read_text()


def test_the_history_tells_every_step_and_a_changed_line_stops_everything(workspace, holders):
    day = OPENING_DAY + timedelta(days=9)
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    write_decisions(workspace, result)
    decide(workspace, NAME, "approver", ("Sam Example",), TODAY)
    decisions = load_decisions(workspace.campaigns / NAME / "decisions.yaml")
    signoff = sign_material(workspace, NAME, decisions, KEY, day)
    released = release_material(workspace, NAME, day)
    verify_path(workspace, released.paths[0], day)
    lines, lacks = history_lines(workspace, NAME)
    steps = " ".join(line.split()[1] for line in lines)
    assert steps == "approver checked asked opened shown checked decided signed released verified"
    assert lacks == ()
    path = workspace.campaigns / "history.jsonl"
    whole = path.read_bytes()
    assert not any(one.text.encode() in whole for one in result.comments), "the history holds nobody's words"
    path.write_bytes(whole.replace(b"Ada Example", b"Eve Example", 1))
    for act in (history_lines, lambda *_: release_material(workspace, NAME, day)):
        with pytest.raises(BadInputError, match="changed, moved, added or taken out"):
            act(workspace, NAME)
    cut = whole[: whole.index(b'{"what":"checked"', whole.index(b'"shown"'))]
    path.write_bytes(cut)
    with pytest.raises(RefusedError, match="cut off at its end"):
        release_material(workspace, NAME, day)
    assert verify_printed(workspace, signoff.signed.code, day).outcome == "history"


def test_the_decisions_name_the_person_whose_key_signs(workspace, holders):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    decisions = decided(comments=answered(result), approver="Kit Example")
    with pytest.raises(RefusedError, match="the key is Sam Example's"):
        sign_material(workspace, NAME, decisions, KEY, TODAY + timedelta(days=9))


def test_a_sign_off_edited_by_hand_is_named_and_the_others_still_speak(workspace, holders):
    day = OPENING_DAY + timedelta(days=9)
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    sign_material(workspace, NAME, decided(comments=answered(result)), KEY, day)
    files = release_material(workspace, NAME, day).paths
    spoilt = workspace.campaigns / "poster" / "signoff.json"
    spoilt.parent.mkdir()
    spoilt.write_text('{"signed": "yes"}')
    assert verify_path(workspace, files[0], day).is_signed
    (workspace.root / "other.txt").write_text("something else")
    assert "of poster was edited by hand" in verify_path(workspace, workspace.root / "other.txt", day).says


def test_a_sign_off_sent_from_another_device_is_checked_with_the_key_its_approver_reads_out(
    workspace, holders, tmp_path, monkeypatch
):
    day = OPENING_DAY + timedelta(days=9)
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    sign_material(workspace, NAME, decided(comments=answered(result)), KEY, day)
    file = release_material(workspace, NAME, day).paths[0]
    sent = tmp_path / "signoff.json"
    sent.write_bytes((workspace.campaigns / NAME / "signoff.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    asked = verify_elsewhere(sent, file, "", "", day)
    assert not asked.is_signed
    assert "ask Sam Example to read out theirs" in asked.says
    assert verify_elsewhere(sent, file, "", KEY.public_key, day).is_signed
    assert not verify_elsewhere(sent, file, "", "f" * 64, day).is_signed
    with pytest.raises(BadInputError, match="no such file"):
        verify_elsewhere(tmp_path / "none.json", file, "", "", day)


def test_before_and_after_are_compared_by_a_panel_and_told_in_safe_words(workspace, holders):
    reviewed(workspace, holders, panel_of_simulated_people(8))
    path = workspace.campaigns / NAME / "material.md"
    with pytest.raises(RefusedError, match="no panel has seen another version"):
        prepare_comparison(workspace, NAME, "", TODAY)
    path.write_text(path.read_text("utf-8").replace("You are strong.", "You are not alone."), "utf-8")
    made = prepare_comparison(workspace, NAME, "", TODAY)
    session = start_session(workspace, made, a_plan("compare"), TODAY)
    for interview in one_by_one(*[{"pair-1": "second", "harm": "could-not"}] * 12)(session.questionnaire):
        save_interview(session, records(interview, session.plan.questionnaire))
    end_session(session)
    result = open_comparison(workspace, NAME, holders[0], OPENING_DAY)
    pair = compared(workspace, NAME)[0]
    assert ("You are strong." in pair.first, "You are not alone." in pair.second) == (True, True)
    picked = dict(pair.picked)
    assert picked["second"] in {"most or all", "about 10"}
    assert not any(cell.shown == "12" for table in result.tables for cell in table.cells)
    assert load_panel_result(workspace.campaigns / NAME / "panel-result.json") is not None
    path.write_text(path.read_text("utf-8").replace("not alone", "never alone"), "utf-8")
    with pytest.raises(BadInputError, match="not the version that was compared"):
        compared(workspace, NAME)


def test_an_earlier_round_is_kept_when_a_new_one_is_opened(workspace, holders):
    first = reviewed(workspace, holders, panel_of_simulated_people(8))
    kept = workspace.campaigns / NAME / "rounds" / "1"
    assert load_panel_result(kept / "panel-result.json") == first
    assert (kept / "panel-saw").read_text("utf-8") == (workspace.campaigns / NAME / "material.md").read_text(
        "utf-8"
    )


def test_a_quorum_and_a_mix_of_its_own_are_asked_of_each_audience(workspace):
    from msgspec.structs import replace

    from coprod.workspace import MixGoal, Quorum, load_workspace, save_settings

    mix = {"young-people": (MixGoal("young people who have used services like ours", 2),)}
    quorum = Quorum(people={"young-people": 8}, mix=mix)
    save_settings(workspace, replace(workspace.settings, quorum=quorum))
    case = case_of(load_workspace(workspace.root), NAME)
    assert case.quorum == 8
    assert case.mix == ("at least 2: young people who have used services like ours",)


def test_a_panel_result_written_or_changed_by_hand_is_refused(workspace, holders):
    """Whoever holds the folder could otherwise take out that somebody saw harm."""
    reviewed(workspace, holders, one_by_one(*[{"harm": "could-not"}] * 5, {"harm": "could-harm"}))
    path = workspace.campaigns / NAME / "panel-result.json"
    path.write_bytes(path.read_bytes().replace(b'"harm_raised":true', b'"harm_raised":false'))
    with pytest.raises(RefusedError, match="it was changed, or written by hand"):
        sign_material(workspace, NAME, decided(comments=()), KEY, TODAY + timedelta(days=9))


def test_reviews_are_no_answers_of_a_survey_and_wait_for_the_campaign_team(workspace):
    from coprod.journeys.asking.batches import waiting_reviews, waiting_sources
    from coprod.journeys.overview import overview_of
    from surveys.questionnaires.questionnaire import questionnaire_hash
    from tests.surveys.ready import an_interview, started

    path = prepare_panel(workspace, NAME, TODAY)
    session = start_session(workspace, path, a_plan("panel"), TODAY)
    for said in [{"verdict": "use-it"}] * 5:
        save_interview(
            session, records(interview_with(session.questionnaire, said), session.plan.questionnaire)
        )
    end_session(session)
    survey = started(workspace)
    save_interview(survey, an_interview(survey))
    sha = questionnaire_hash(path.read_text("utf-8"))
    assert [one.stem for one in waiting_sources(workspace)] == ["monday"]
    assert [one.stem for one in waiting_reviews(workspace, sha)] == ["panel"]
    due = {(one.where, one.name) for one in overview_of(workspace, TODAY).next[:2]}
    assert due == {("material", NAME), ("answers", "monday")}


def test_a_claim_that_cites_a_released_number_is_compared_with_it_before_the_panel_too(
    workspace, monkeypatch
):
    from coprod.journeys.checking import citable
    from coprod.journeys.checking.editing import check_written, save_written, source_of
    from tests.campaigns.test_citing import RELEASES

    text = source_of(workspace, NAME)
    cites = text.replace("claims:\n", "claims:\n- text: 90% said always.\n  source: ledger/release-1\n")
    save_written(workspace, NAME, cites, text)
    asked = []
    monkeypatch.setattr(citable, "citable_releases", lambda one: asked.append(one) or RELEASES)
    written = check_written(workspace, cites, TODAY)
    assert written.check is not None
    assert any(one.text == "ledger/release-1" for one in written.check.findings)
    prepare_panel(workspace, NAME, TODAY)
    assert asked == [workspace, workspace]


def test_what_was_decided_for_a_panel_stands_after_the_sign_off_and_a_new_panel_is_asked_anew(
    workspace, holders
):
    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    later = OPENING_DAY + timedelta(days=9)
    sign_material(workspace, NAME, decided(comments=answered(result)), KEY, later)
    draft = deciding_of(workspace, NAME, later).draft
    assert draft.practice is not None
    assert draft.shown is not None
    path = workspace.campaigns / NAME / "panel-result.json"
    other = msgspec.structs.replace(result, harm_raised=True)
    path.write_bytes(msgspec.json.encode(other))
    anew = deciding_of(workspace, NAME, later).draft
    assert anew.approver == draft.approver
    assert anew.practice is None
    assert anew.shown is None


@pytest.mark.parametrize(
    ("waived_by", "names", "refused"),
    [
        ("nobody", ("Ann One", "Bob Two"), "nobody may let this warning stay"),
        ("two-roles", ("Ann One, lead",), "names one person only"),
        ("two-roles", ("Ann One, lead", "ann  one, worker"), "names one person twice"),
        ("two-roles", ("Ann One", "Bob Two"), "in which role"),
        ("two-roles", ("Ann One, lead", "Bob Two, lead"), "two people in one role"),
        ("two-roles", ("Ann One, lead", "Bob Two, worker"), ""),
        ("one-role", ("Ann One",), ""),
    ],
)
def test_a_warning_stays_only_by_as_many_people_as_its_rule_asks_for(
    workspace, monkeypatch, waived_by, names, refused
):
    from coprod.journeys.checking import deciding

    monkeypatch.setattr(deciding, "who_may_waive", lambda _: waived_by)
    path = workspace.campaigns / NAME / "material.md"
    path.write_text(path.read_text("utf-8") + "\nShe chose to go back.\n", "utf-8")
    waiver = next(one.id for one in deciding_of(workspace, NAME, TODAY).open if one.waived_by)
    typed = ("It is a young person's own word.", *names)
    if refused:
        with pytest.raises((BadInputError, RefusedError), match=refused):
            decide(workspace, NAME, waiver, typed, TODAY)
        assert not (path.parent / "decisions.yaml").exists()
    else:
        decide(workspace, NAME, waiver, typed, TODAY)
        draft = deciding_of(workspace, NAME, TODAY).draft
        assert draft.waivers[0].by == names


def test_signing_at_the_desk_says_what_is_still_to_decide_and_takes_what_the_sign_off_before_held(
    workspace, holders, monkeypatch
):
    from coprod.journeys.checking import deciding

    result = reviewed(workspace, holders, panel_of_simulated_people(8))
    later = OPENING_DAY + timedelta(days=9)
    monkeypatch.setattr(deciding, "unlock_signing_key", lambda *_: KEY)
    typed = ("approver.key", "four words of it", "")
    with pytest.raises(RefusedError) as refused:
        deciding.sign_off_typed(workspace, NAME, typed, later)
    assert any("Who answers for this material" in reason for reason in refused.value.reasons)
    assert not (workspace.campaigns / NAME / "decisions.yaml").exists()
    sign_material(workspace, NAME, decided(comments=answered(result)), KEY, later)
    said = deciding.sign_off_typed(workspace, NAME, typed, later + timedelta(days=1))
    assert any("Code" in line for line in said)
    assert (workspace.campaigns / NAME / "decisions.yaml").exists()


def test_nothing_decided_about_one_panel_counts_for_the_next(workspace, holders):
    calm = {"harm": "could-not", "verdict": "use-it"}
    harmed = one_by_one({"harm": "could-harm"}, *[calm] * 5)
    reviewed(workspace, holders, harmed)
    for what, *typed in (
        ("approver", "Kit Example"),
        ("practice", "yes yes yes yes", "Ada Example"),
        ("harm", "We took the line out of the text.", "Ada Example"),
        ("shown", "Ada Example"),
    ):
        decide(workspace, NAME, what, tuple(typed), TODAY)
    before = (workspace.campaigns / NAME / "decisions.yaml").read_bytes()
    run_panel(workspace, NAME, harmed, a_plan("second"), holders[0], TODAY)
    done = {one.id: one.is_done for one in deciding_of(workspace, NAME, TODAY).open}
    assert done["approver"]
    assert {done["practice"], done["harm"], done["shown"]} == {False}
    assert (workspace.campaigns / NAME / "rounds" / "1" / "decisions.yaml").read_bytes() == before
