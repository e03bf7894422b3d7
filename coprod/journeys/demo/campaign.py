"""Two make-believe materials through check, panel, sign-off and release: one gets out, one does not."""

import random
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from campaigns.checking.check import CheckResult
from campaigns.releasing.gate import checked, fingerprint
from campaigns.releasing.signing import SigningKey, add_approver, new_signing_key, unlock_signing_key
from campaigns.releasing.signoff import (
    AdultCheck,
    CommentAnswer,
    Decisions,
    HarmAnswer,
    Practice,
    ShownBack,
    Waiver,
    answers_hash,
    comment_id,
)
from coprod.journeys.asking.sessions import plan_session
from coprod.journeys.checking.panels import run_panel
from coprod.journeys.checking.releases import ReleasedFiles, case_of, release_material, sign_material
from coprod.journeys.checking.telling import tell_panel
from coprod.journeys.demo.respondents import simulate_interview, simulated_panel
from coprod.journeys.demo.service import DemoService
from coprod.journeys.understanding.yousaid import MATERIAL
from coprod.kernel.files import write_whole
from coprod.kernel.panel_result import PanelComment, PanelResult
from coprod.kernel.problem import RefusedError
from coprod.workspace import Workspace, save_settings
from surveys.boxes.session import staff_word_hash
from surveys.interviews.interview import Interview
from surveys.questionnaires.questionnaire import Questionnaire

GOOD, BAD = "not-your-fault", "what-not-to-write"
APPROVER = "Cam Campaigns (make-believe)"
SAFE = "Sal Safeguarding (make-believe)"
NOTHING_CHANGED = "Make-believe: the team met the panel and changed nothing."
TWO_ROLES = (f"{APPROVER}, campaign lead", f"{SAFE}, safeguarding lead")
STAYS = "Make-believe: the team read it with the panel, and it stays."
REVIEWERS = 9
STAFF_WORD = "harbour"
SIGNING_KEY = "cam-campaigns.signing-key"


class GoodOutcome(Struct, frozen=True):
    """What became of the good material."""

    check: CheckResult
    panel: PanelResult
    files: ReleasedFiles


class BadOutcome(Struct, frozen=True):
    """What became of the bad one."""

    check: CheckResult
    reasons: tuple[str, ...]


def add_bad_material(workspace: Workspace) -> None:
    """Put the demo's leaflet full of blame beside the starters."""
    source = resources.files("campaigns").joinpath("starters", "demo", f"{BAD}.md")
    write_whole(workspace.campaigns / BAD / "material.md", source.read_bytes())


def confirm_contacts(workspace: Workspace, today: date) -> Workspace:
    """Date the contacts as a service would after calling them; here nobody called, it is make-believe."""
    confirmed = dict.fromkeys(("emergency", "childline", "shout"), today)
    return save_settings(workspace, replace(workspace.settings, confirmed=confirmed))


def take_good_material_out(service: DemoService, chance: random.Random, today: date) -> GoodOutcome:
    """Check the good material, take it to a simulated panel, answer every comment, sign it off, release it."""
    return _taken_out(service, GOOD, chance, today, _approver_key(service, today))


def take_answers_out(service: DemoService, chance: random.Random, today: date) -> GoodOutcome:
    """Take the page that tells young people what was done the same way: check, panel, sign-off, release."""
    key = unlock_signing_key(service.keys / SIGNING_KEY, service.passphrase)
    return _taken_out(service, MATERIAL, chance, today, key)


def _taken_out(
    service: DemoService, name: str, chance: random.Random, today: date, key: SigningKey
) -> GoodOutcome:
    workspace = service.workspace
    panel, opened_on = _reviewed(service, name, chance, today)
    sign_material(workspace, name, _decisions(workspace, name, panel, opened_on), key, opened_on)
    files = release_material(workspace, name, opened_on)
    return GoodOutcome(checked(case_of(workspace, name), opened_on), panel, files)


def try_bad_material(workspace: Workspace, today: date) -> BadOutcome:
    """Check the bad material and try to release it all the same."""
    check = checked(case_of(workspace, BAD), today)
    try:
        release_material(workspace, BAD, today)
    except RefusedError as refusal:
        return BadOutcome(check, refusal.reasons)
    raise AssertionError("the gate let a harmful material out")


def _reviewed(
    service: DemoService, name: str, chance: random.Random, today: date
) -> tuple[PanelResult, date]:
    plan = replace(
        plan_session(service.workspace, f"panel-{name}", "autumn (make-believe)", today),
        staff_word=staff_word_hash(STAFF_WORD),
    )

    def review(questionnaire: Questionnaire) -> list[Interview]:
        people = simulated_panel(REVIEWERS, chance)
        return [simulate_interview(questionnaire, person, chance) for person in people]

    result = run_panel(service.workspace, name, review, plan, service.identity, today)
    return result, plan.withdraw_by + timedelta(days=1)


def _approver_key(service: DemoService, today: date) -> SigningKey:
    path: Path = service.keys / SIGNING_KEY
    public = new_signing_key(path, service.passphrase)
    add_approver(service.workspace.campaigns, APPROVER, public, today)
    return unlock_signing_key(path, service.passphrase)


def _decisions(workspace: Workspace, name: str, panel: PanelResult, today: date) -> Decisions:
    """Answer every comment, show it to the panel and keep each warning for a reason, all in make-believe words."""
    # Two people may write the same: an answer names their words once.
    comments = tuple({comment_id(one): _answer(one) for one in panel.comments}.values())
    harm = HarmAnswer(NOTHING_CHANGED, APPROVER) if panel.harm_raised else None
    tell_panel(workspace, name, comments, harm)
    return Decisions(
        1,
        APPROVER,
        AdultCheck(SAFE, today),
        AdultCheck("Fay Facts (make-believe)", today),
        comments,
        harm,
        _waivers(workspace, name, today),
        Practice("yes", "yes", "yes", "yes", SAFE, today),
        shown=ShownBack(answers_hash(comments, harm), SAFE, today),
    )


def _waivers(workspace: Workspace, name: str, today: date) -> tuple[Waiver, ...]:
    """Keep each warning, so that a rule learnt later never stops a demonstration; what is blocked stays blocked."""
    case = case_of(workspace, name)
    warned = (finding for finding in checked(case, today).findings if finding.severity == "warn")
    marks = dict.fromkeys(fingerprint(case, finding) for finding in warned)
    until = today + timedelta(days=30)
    return tuple(Waiver(mark, STAYS, until, TWO_ROLES) for mark in marks)


def _answer(comment: PanelComment) -> CommentAnswer:
    return CommentAnswer(
        comment_id(comment), "partly", "Make-believe answer: we read it and will bring it to the next draft."
    )
