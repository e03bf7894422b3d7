"""A material with everything a release needs, made up; tests take one thing away at a time."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from campaigns.materials.material import load_material
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.gate import Case
from campaigns.releasing.signing import Approver, SigningKey
from campaigns.releasing.signoff import (
    AdultCheck,
    CommentAnswer,
    Decisions,
    HarmAnswer,
    Practice,
    ShownBack,
    answers_hash,
    comment_id,
)
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.panel_result import PanelComment, PanelResult

TODAY = date(2026, 12, 1)
FIRST_DAY = date(2026, 11, 1)  # early enough for every test
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
APPROVERS = (Approver("Sam Example", KEY.public_key),)
COMMENT = PanelComment("Which words would you change?", "Make the numbers bigger (simulated).")


def good_folder(tmp_path: Path) -> Path:
    """Give a folder with the starter material that all rules pass."""
    folder = tmp_path / "not-your-fault"
    folder.mkdir(parents=True)
    starters = Path(str(resources.files("campaigns"))) / "starters"
    shutil.copy(starters / "not-your-fault.md", folder / "material.md")
    return folder


def case_in(folder, **changes):
    material = load_material(folder / "material.md")
    registry = shipped_contacts()
    parts = {
        "material": material,
        "folder": folder,
        "registry": registry,
        "confirmed": {contact.id: TODAY for contact in registry.contacts},
        "panel": panel_of(material, folder),
        "service": "Riverside",
    }
    return Case(**(parts | changes))


def panel_of(material, folder, /, **changes):
    result = PanelResult(
        material=seen_hash(material, folder),
        questionnaire="0" * 64,
        enough=True,
        reviewers="between 5 and 9",
        harm_raised=False,
        tables=(),
        comments=(COMMENT,),
    )
    return replace(result, **changes)


def decided(**changes):
    """Everything decided and shown back to the panel; `shown=None` for a panel that was not."""
    decisions = Decisions(
        format=1,
        approver="Sam Example",
        safeguarding=AdultCheck("Ada Example", TODAY),
        facts=AdultCheck("Bo Example", TODAY),
        comments=(CommentAnswer(comment_id(COMMENT), "done", "The numbers are larger on the poster now."),),
        practice=Practice("yes", "yes", "yes", "yes", "Ada Example", FIRST_DAY),
    )
    decisions = replace(decisions, **changes)
    shown = ShownBack(answers_hash(decisions.comments, decisions.harm), "Ada Example", FIRST_DAY)
    return replace(decisions, shown=changes.get("shown", shown))


HARM = HarmAnswer("We took the line out and asked the panel again about it.", "Ada Example")
