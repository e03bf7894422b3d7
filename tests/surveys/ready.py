"""A simulated workspace that is ready for a session, and interviews to save in it."""

from datetime import date
from pathlib import Path

import pyrage
import pytest
from msgspec.structs import replace

from coprod.journeys.asking import rehearsals, sessions
from coprod.kernel.record import Chosen, Declined, MainRecord, TextRecord, Wrote
from coprod.workspace import Workspace, load_workspace, new_workspace, save_settings
from surveys.boxes.keys import Identity
from surveys.boxes.session import SessionPlan

TODAY = date(2026, 11, 23)  # a Monday
OPENING_DAY = date(2026, 11, 25)
KEEP_UNTIL = date(2027, 11, 25)
QUESTIONNAIRE = """\
format: 1
survey: after-a-visit
title: After your visit
made_by: a test
purpose: To see whether a promise is kept.
minutes: 2
ages: [11-15]
pages:
- ask: Did people listen to you?
  id: listened
  kind: frequency
- ask: What would you change?
  id: change
  kind: text
"""


def make_identity() -> Identity:
    """A key holder without the slow passphrase."""
    return Identity(pyrage.x25519.Identity.generate())


def ready_workspace(
    folder: Path, monkeypatch: pytest.MonkeyPatch, holders: tuple[Identity, ...], *, simulated: bool = True
) -> Workspace:
    """A workspace with key holders who have rehearsed on this device, an opener and a questionnaire."""
    monkeypatch.setenv("COPROD_HOME", str(folder / "home"))
    workspace = new_workspace(folder / "workspace", "Riverside", "wales", simulated=simulated)
    workspace = save_settings(workspace, replace(workspace.settings, safeguarding_lead="Sal, room 2"))
    for number, holder in enumerate(holders):
        workspace = rehearsals.add_key_holder(workspace, f"holder {number}", holder.public_key)
    (workspace.surveys / "after-a-visit.yaml").write_text(QUESTIONNAIRE)
    return rehearsed(workspace, folder, holders)


def rehearsed(workspace: Workspace, folder: Path, holders: tuple[Identity, ...]) -> Workspace:
    rehearsals.start_rehearsal(workspace, "blue laptop", folder / "rehearsal.json")
    for holder in holders:
        rehearsals.answer(folder / "rehearsal.json", holder, folder / "token.json")
        rehearsals.finish_rehearsal(load_workspace(workspace.root), folder / "token.json")
    return load_workspace(workspace.root)


def a_plan(name: str = "monday") -> SessionPlan:
    return SessionPlan(
        name=name, label="autumn 2026", opener="Sam", open_by=OPENING_DAY, withdraw_by=date(2026, 11, 24)
    )


def started(workspace: Workspace, name: str = "monday") -> sessions.Session:
    return sessions.start_session(workspace, workspace.surveys / "after-a-visit.yaml", a_plan(name), TODAY)


def an_interview(session: sessions.Session, words: str = "") -> tuple[MainRecord | TextRecord, ...]:
    sha = session.plan.questionnaire
    if not words:
        return (MainRecord(sha, {"listened": Chosen(("always",)), "change": Declined()}),)
    main = MainRecord(sha, {"listened": Chosen(("never",)), "change": Wrote()})
    return (main, TextRecord(sha, "change", words, may_quote=True))
