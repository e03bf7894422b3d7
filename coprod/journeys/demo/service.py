"""The make-believe service: keys beside its workspace, a rehearsed device, two groups of young people."""

import random
import secrets
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coprod.journeys.asking.batches import OpenedSummary, open_boxes
from coprod.journeys.asking.rehearsals import add_key_holder, answer, finish_rehearsal, start_rehearsal
from coprod.journeys.asking.sessions import (
    Session,
    bundle_session,
    end_session,
    plan_session,
    save_interview,
    start_session,
    withdraw,
)
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.demo.respondents import Person, simulate_interview, simulated_people
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, save_settings
from surveys.boxes.keys import Identity, new_identity, unlock
from surveys.boxes.session import Attendance, LeftOut, SessionPlan, staff_word_hash
from surveys.interviews.interview import records

HOLDERS = ("ana-analyst", "sal-safeguarding")
SERVICE = "Riverside (make-believe)"
STAFF_WORD = "lantern"
GROUPS = {"autumn-group-a": 24, "autumn-group-b": 22}
QUESTIONNAIRE = "experience-of-health-services"
BATCH = "autumn"
KEPT_FOR = timedelta(days=365)


class DemoService(Struct, frozen=True):
    """The make-believe service: its workspace, its key files beside it, and one holder's opened key."""

    workspace: Workspace
    keys: Path
    passphrase: str
    identity: Identity


class AskedGroups(Struct, frozen=True):
    """What the facilitators know when the last group has gone."""

    plans: tuple[SessionPlan, ...]
    withdrew: bool


def make_service(root: Path) -> DemoService:
    """Make the workspace and two keys beside it, and rehearse this device with both holders.

    Raises BadInputError when the folder, or the folder of keys beside it, already holds something.
    """
    keys = root.with_name(f"{root.name}-keys")
    if keys.exists():
        raise BadInputError.of(keys, "this folder exists", "name another folder for the demo")
    workspace = begin_workspace(root, SERVICE, "england", simulated=True)
    settings = replace(
        workspace.settings,
        small_counts="rounded",
        opener="Ana Analyst (make-believe)",
        safeguarding_lead="Sal Safeguarding (make-believe), room 2",
    )
    workspace = save_settings(workspace, settings)
    passphrase = secrets.token_hex(8)
    for name in HOLDERS:
        workspace = add_key_holder(workspace, name, new_identity(keys / f"{name}.key", passphrase))
    (keys / "passphrase.txt").write_text(f"{passphrase}\n", "utf-8")
    identities = [unlock(keys / f"{name}.key", passphrase) for name in HOLDERS]
    workspace = _rehearse(workspace, keys, identities)
    return DemoService(workspace, keys, passphrase, identities[0])


def _rehearse(workspace: Workspace, keys: Path, identities: list[Identity]) -> Workspace:
    sealed = keys / "rehearsal"
    workspace = start_rehearsal(workspace, "demo laptop", sealed)
    for name, identity in zip(HOLDERS, identities, strict=True):
        token = keys / f"{name}.token"
        answer(sealed, identity, token)
        workspace = finish_rehearsal(workspace, token)
    return workspace


def ask_groups(service: DemoService, chance: random.Random, today: date) -> AskedGroups:
    """Hand the device round two groups; one person takes the answers back. Gives their plans."""
    plans, withdrew = [], False
    for name, size in GROUPS.items():
        session = _start(service.workspace, name, QUESTIONNAIRE, today)
        people = simulated_people(size, chance)
        withdrew = ask_people(session, people, chance, None if withdrew else today) or withdrew
        end_session(session, _attendance(size, chance))
        bundle_session(service.workspace, name)
        plans.append(session.plan)
    return AskedGroups(tuple(plans), withdrew)


def ask_people(
    session: Session, people: tuple[Person, ...], chance: random.Random, withdraw_on: date | None
) -> bool:
    """Take each person through the real interview into the real box; tell whether somebody took theirs back.

    Without a day to take answers back on, nobody does.
    """
    withdrew = False
    for person in people:
        interview = simulate_interview(session.questionnaire, person, chance)
        if interview.stage != "sent":
            continue
        words = save_interview(session, records(interview, session.plan.questionnaire))
        if person.withdraws and withdraw_on is not None:
            withdrew = withdraw(session.workspace, words, withdraw_on)
    return withdrew


def open_groups(service: DemoService, asked: AskedGroups) -> OpenedSummary:
    """Open both bundles together, on the promised day."""
    opened_on = max(plan.open_by for plan in asked.plans)
    sources = [service.workspace.boxes / f"{plan.name}.bundle" for plan in asked.plans]
    return open_boxes(
        service.workspace,
        sources,
        service.identity,
        BATCH,
        today=opened_on,
        keep_until=opened_on + KEPT_FOR,
    )


def _start(workspace: Workspace, name: str, questionnaire: str, today: date) -> Session:
    plan = replace(
        plan_session(workspace, name, "autumn (make-believe)", today), staff_word=staff_word_hash(STAFF_WORD)
    )
    return start_session(workspace, workspace.surveys / f"{questionnaire}.yaml", plan, today)


def _attendance(size: int, chance: random.Random) -> Attendance:
    """Give what a facilitator would type: some who were invited stayed away, for reasons they gave."""
    away = chance.randint(3, 6)
    why = LeftOut(count=away, why="could not come: school, travel, or not ready yet (make-believe)")
    return Attendance(invited=size + away, attended=size, left_out=(why,))
