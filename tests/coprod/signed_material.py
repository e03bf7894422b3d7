"""A material that went the whole way, made once: reviewed, answered, signed with a key in a file, released."""

from datetime import timedelta
from pathlib import Path

import pytest

from campaigns.releasing.signing import add_approver, new_signing_key, unlock_signing_key
from campaigns.releasing.signoff import comment_id
from coprod.journeys.checking.deciding import decide
from coprod.journeys.checking.panels import run_panel
from coprod.journeys.checking.releases import load_decisions, release_material, sign_material
from coprod.workspace import Workspace
from tests.campaigns.sample_cases import good_folder
from tests.coprod.test_panels import interview_with
from tests.surveys.ready import OPENING_DAY, TODAY, a_plan, make_identity, ready_workspace

NAME = "not-your-fault"
WORDS = "four plain words here"
DAY = OPENING_DAY + timedelta(days=9)
CALM = {"harm": "could-not", "verdict": "use-it"}
SAID = {"words-to-change": "Make it bigger (simulated)."}
DECISIONS = (
    ("approver", "Kit Example"),
    ("safeguarding", "Sal"),
    ("facts", "Bo Example"),
    ("practice", "yes yes yes yes", "Ada Example"),
)


def signed_and_released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a workspace whose one material is signed and drawn, as a page and as text; the key lies beside it."""
    holders = make_identity(), make_identity()
    workspace = ready_workspace(folder, monkeypatch, holders)
    path = good_folder(workspace.campaigns) / "material.md"
    lines = path.read_text("utf-8").splitlines()
    lines[6] = "formats: [page, text]"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    key = folder / "kit.key"
    add_approver(workspace.campaigns, "Kit Example", new_signing_key(key, WORDS), TODAY)
    (folder / "words.txt").write_text(f"{WORDS}\n", "utf-8")
    result = run_panel(
        workspace,
        NAME,
        lambda asked: [interview_with(asked, one) for one in (SAID, *[CALM] * 5)],
        a_plan("panel"),
        holders[0],
        TODAY,
    )
    comments = (
        (f"comment {comment_id(one)}", "done", "We changed it as it was said.") for one in result.comments
    )
    for what, *typed in (*DECISIONS, *comments, ("shown", "Ada Example")):
        decide(workspace, NAME, what, tuple(typed), DAY)
    decisions = load_decisions(workspace.campaigns / NAME / "decisions.yaml")
    sign_material(workspace, NAME, decisions, unlock_signing_key(key, WORDS), DAY)
    release_material(workspace, NAME, DAY)
    return workspace
