"""A questionnaire's wording goes to young people and is signed off, and no word changes after that without it showing."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from campaigns.materials.material import load_material
from campaigns.panels.panelfile import RESULT_FILE, panel_result_bytes
from campaigns.releasing.gate import checked, fingerprint, panel_hash
from campaigns.releasing.history import Event, note_events
from campaigns.releasing.signing import add_approver
from campaigns.releasing.signoff import SIGNOFF_FILE, Waiver
from coprod.cli.main import main
from coprod.journeys.asking.wording_review import (
    PREFIX,
    Terms,
    prepare_review,
    review_state,
    say_it_was_tried,
    wording_material,
)
from coprod.journeys.checking.panels import prepare_panel
from coprod.journeys.checking.releases import case_of, sign_material
from coprod.kernel.problem import BadInputError
from coprod.workspace import new_workspace
from surveys.questionnaires.questionnaire import load_questionnaire
from tests.campaigns.sample_cases import KEY, TODAY, decided, panel_of
from tests.surveys.test_craft import END, HEAD, LIBRARY, START


@pytest.fixture
def workspace(tmp_path):
    made = new_workspace(tmp_path / "riverside", "Riverside", "england", simulated=True)
    (made.surveys / "ours.yaml").write_text(HEAD + START + END)
    return made


def state(workspace, on=TODAY) -> str:
    return review_state(workspace, load_questionnaire(workspace.surveys / "ours.yaml"), on)


def signed(workspace) -> None:
    """Let a made-up panel review the wording, waive what is about campaigns only, and sign it off."""
    name = f"{PREFIX}ours"
    folder = workspace.campaigns / name
    panel = replace(panel_of(load_material(folder / "material.md"), folder), simulated=True)
    (folder / RESULT_FILE).write_bytes(panel_result_bytes(panel))
    opened = Event("opened", TODAY, material=name, files={"panel": panel_hash(panel)})
    note_events(workspace.campaigns, [opened])
    add_approver(workspace.campaigns, "Sam Example", KEY.public_key, TODAY)
    case = case_of(workspace, name)
    waivers = tuple(
        Waiver(
            fingerprint(case, finding),
            "This is a questionnaire, and it ends on what is good.",
            TODAY + timedelta(days=90),
            ("Ada Example, safeguarding lead", "Bo Example, campaign lead"),
        )
        for finding in checked(case, TODAY).findings
        if finding.severity == "warn"
    )
    sign_material(workspace, name, decided(waivers=waivers), KEY, TODAY)


def test_the_wording_goes_its_whole_way_and_a_changed_word_is_seen(workspace):
    assert state(workspace) == "not tried on a panel yet: coprod surveys panel ours"
    prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)
    assert state(workspace) == "waiting for its panel and sign-off"
    signed(workspace)
    assert state(workspace) == f"tried on a panel, and signed off by Sam Example on {TODAY}"
    assert state(workspace, TODAY + timedelta(days=400)).startswith("the sign-off ended on")
    (workspace.surveys / "ours.yaml").write_text(HEAD + START.replace("the room", "this room") + END)
    assert state(workspace) == "the wording was changed after a panel was asked"


def test_the_first_page_says_that_young_people_tried_it_only_once_they_did(workspace, monkeypatch, capsys):
    monkeypatch.chdir(workspace.root)
    path = workspace.surveys / "ours.yaml"
    chosen = "finding-help,staff-listen,best-thing"
    path.unlink()
    assert main(["surveys", "make", "ours", "--from", chosen, "--made-by", "Riverside panel"]) == 0
    assert "coprod surveys panel ours" in capsys.readouterr().out
    assert not say_it_was_tried(workspace, path, TODAY)
    prepare_review(workspace, path, TODAY)
    assert not say_it_was_tried(workspace, path, TODAY)
    signed(workspace)
    monkeypatch.setattr("coprod.clock.today", lambda: TODAY)
    assert main(["surveys", "panel", "ours"]) == 0
    said = capsys.readouterr().out
    assert "The first page now says: Made by Riverside panel. Young people have tried it out." in said
    assert "Next: coprod surveys run ours" in said
    assert load_questionnaire(path).made_by.en == "Riverside panel. Young people have tried it out"
    assert state(workspace).startswith("tried on a panel"), "the words that were tried are still the same"
    assert not say_it_was_tried(workspace, path, TODAY)


def test_a_sign_off_by_a_key_of_nobody_here_counts_for_nothing(workspace):
    prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)
    signed(workspace)
    (workspace.campaigns / "approvers.yaml").unlink(missing_ok=True)
    for path in workspace.campaigns.glob("approvers*"):
        path.unlink()
    assert (workspace.campaigns / f"{PREFIX}ours" / SIGNOFF_FILE).is_file()
    assert state(workspace) == "the sign-off does not fit these words"


def test_words_a_panel_has_seen_are_never_replaced(workspace):
    prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)
    prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY + timedelta(days=1))
    (workspace.surveys / "ours.yaml").write_text(HEAD + START.replace("the room", "this room") + END)
    with pytest.raises(BadInputError, match="other words stand here already"):
        prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_ready_made_questionnaire_can_go_to_a_panel_with_nothing_that_blocks(path, workspace):
    material = prepare_review(workspace, path, TODAY)
    name = material.parent.name
    assert checked(case_of(workspace, name), TODAY).at_least("block") == ()
    asked = load_questionnaire(prepare_panel(workspace, name, TODAY))
    assert asked.minutes <= 12
    shown = " ".join(page.ask.en for page in asked.pages)
    assert [page.id for page in load_questionnaire(path).pages if page.ask.en not in shown] == []


def test_nothing_in_a_wording_becomes_markup(workspace):
    (workspace.surveys / "ours.yaml").write_text(
        HEAD + START.replace("How is the room?", "'# Is *this* [room](https://x.org) `ok` <b>?'") + END
    )
    path = prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)
    assert "# Is *this* [room](https://x.org) `ok` <b>?" in [
        block.text for block in load_material(path).blocks
    ]


def test_the_command_says_what_is_next_and_the_check_how_far_it_is(workspace, monkeypatch, capsys):
    monkeypatch.chdir(workspace.root)
    assert main(["surveys", "panel", "ours"]) == 0
    said = capsys.readouterr().out
    assert "So far: waiting for its panel and sign-off." in said
    assert "coprod campaigns panel wording-ours" in said
    assert main(["surveys", "check", "ours"]) == 0
    assert "Wording: waiting for its panel and sign-off." in capsys.readouterr().out


def test_a_material_is_the_same_for_the_same_words(workspace):
    asked = load_questionnaire(workspace.surveys / "ours.yaml")
    path = prepare_review(workspace, workspace.surveys / "ours.yaml", TODAY)
    front = load_material(path).front
    assert wording_material(asked, Terms(front.nation, front.contacts, front.review_by)) == path.read_text(
        "utf-8"
    )
