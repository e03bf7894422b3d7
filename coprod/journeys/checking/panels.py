"""A panel from its questionnaire to its result: through the same sealed sessions as every survey."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.checking.check import CheckResult, check_material
from campaigns.materials.material import Material, load_material
from campaigns.panels.panel import HARM_CHOICES, HARM_QUESTION, panel_questionnaire, seen_in
from campaigns.panels.panelfile import PANEL_FILE, RESULT_FILE, panel_result_bytes
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.gate import panel_hash
from campaigns.releasing.history import Event, note_events
from coprod.journeys.asking.batches import open_boxes, read_batch, waiting_reviews
from coprod.journeys.asking.sessions import end_session, save_interview, start_session
from coprod.journeys.checking.citable import releases_for
from coprod.journeys.checking.panel_comments import ROUNDS, comments_of
from coprod.kernel.contacts import Audience, ContactRegistry, shipped_contacts
from coprod.kernel.files import read_bytes, read_text, write_whole, written_together
from coprod.kernel.panel_result import PanelResult
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.workspace import Workspace
from surveys.boxes.keys import Identity
from surveys.boxes.session import SessionPlan
from surveys.interviews.interview import Interview, page, records
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire, questionnaire_hash

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses

MATERIAL_FILE = "material.md"
SEEN_FILE = (
    "panel-saw"  # the material as the panel saw it; without an ending, so that no check reads it twice
)
KEPT_FOR = timedelta(days=90)
OPENED_HERE = "the review of a material: its pages say that the campaign team reads the comments"


def registry_of(workspace: Workspace) -> ContactRegistry:
    """Give the shipped contacts and the workspace's own."""
    shipped = shipped_contacts()
    own = workspace.settings.local_contacts
    return ContactRegistry(1, (*shipped.contacts, *own), shipped.ended)


def material_folder(workspace: Workspace, name: str) -> Path:
    """Give the folder of a material. Raises BadInputError for a name that is none."""
    folder = workspace.campaigns / name
    if not name or Path(name).name != name or not (folder / MATERIAL_FILE).is_file():
        what = f"there is no material `{name}` in this workspace"
        raise BadInputError.of(
            workspace.campaigns, what, f"put it at campaigns/{name or 'NAME'}/{MATERIAL_FILE}"
        )
    return folder


def check_in(workspace: Workspace, material: Material, today: date) -> CheckResult:
    """Give the check of a material with what its workspace knows: its contacts, and every number it released.

    Raises BadInputError when the ledger of releases was edited.
    """
    return check_material(
        material,
        registry_of(workspace),
        workspace.settings.confirmed,
        today,
        releases=releases_for(workspace, material),
    )


def prepare_panel(workspace: Workspace, name: str, today: date) -> Path:
    """Write the review questionnaire of a material beside it and give its path.

    Words the field disagrees on become questions. Raises BadInputError for a material with mistakes.
    """
    folder = material_folder(workspace, name)
    material = load_material(folder / MATERIAL_FILE)
    found = check_in(workspace, material, today).findings
    text = panel_questionnaire(
        material,
        tuple(finding.text for finding in found if finding.severity == "ask" and finding.text),
        registry_of(workspace).contacts,
        seen_hash(material, folder),
    )
    path = folder / PANEL_FILE
    parse_questionnaire(text, str(path))
    if path.exists() and read_text(path) == text:
        return path
    counted = Counter(finding.severity for finding in found)
    says = f"before the panel: {counted['block']} block, {counted['warn']} warn, {counted['ask']} ask"
    events = [
        Event("checked", today, material=name, says=says),
        Event("asked", today, material=name, says="the panel's questionnaire was made"),
    ]
    with written_together({folder / SEEN_FILE: material.source.encode(), path: text.encode()}):
        note_events(workspace.campaigns, events)
    return path


def run_panel(
    workspace: Workspace,
    name: str,
    review: Callable[[Questionnaire], Sequence[Interview]],
    plan: SessionPlan,
    identity: Identity,
    today: date,
) -> PanelResult:
    """Run a whole panel: its session, its interviews, its opening on the first day allowed; keep the result.

    `review` is given the questionnaire and gives back interviews as they ended; erased ones leave nothing.
    Raises RefusedError as a session and an opening do.
    """
    session = start_session(workspace, prepare_panel(workspace, name, today), plan, today)
    for interview in review(session.questionnaire):
        if page(interview).stage == "sent":
            save_interview(session, records(interview, session.plan.questionnaire))
    end_session(session)
    return open_panel(workspace, name, identity, max(today, plan.withdraw_by + timedelta(days=1)))


def open_panel(workspace: Workspace, name: str, identity: Identity, today: date) -> PanelResult:
    """Open the sealed reviews of a material that no batch holds yet, and write its `panel-result.json`.

    What the team decided about the panel before is put with that round: this one is answered anew. Raises RefusedError
    when there are none, when fewer than 5 reviewed, or while they can be taken back, and BadInputError for broken decisions.
    """
    from coprod.journeys.checking.newround import put_by, written_decisions

    folder = material_folder(workspace, name)
    before = written_decisions(folder)
    result = open_reviews(workspace, folder / PANEL_FILE, f"panel-{name}", identity, today)
    put_by(folder, before)
    write_whole(folder / RESULT_FILE, panel_result_bytes(result))
    _keep_round(folder)
    says = f"{result.reviewers} reviewers, {'enough' if result.enough else 'not enough'}"
    says += ", somebody saw harm" if result.harm_raised else ""
    opener = workspace.settings.opener
    opened = Event("opened", today, opener, name, says, files={"panel": panel_hash(result)})
    note_events(workspace.campaigns, [opened])
    return result


def open_reviews(
    workspace: Workspace, questionnaire: Path, batch: str, identity: Identity, today: date
) -> PanelResult:
    """Give what came back to one questionnaire about a material; a batch of it is kept for 90 days.

    Raises RefusedError when nobody answered it, when fewer than 5 did, or while answers can be taken back.
    """
    text = read_text(questionnaire)
    sha = questionnaire_hash(text)
    sources = waiting_reviews(workspace, sha)
    if not sources:
        asked = questionnaire.relative_to(workspace.root).as_posix()
        raise RefusedError(f"no panel has answered the questionnaire {asked} yet")
    summary = open_boxes(
        workspace,
        sources,
        identity,
        _free_name(workspace, batch),
        today=today,
        keep_until=today + KEPT_FOR,
        opened_here=OPENED_HERE,
    )
    material = load_material(questionnaire.parent / MATERIAL_FILE)
    audience = material.front.audience if material.front else "young-people"
    return panel_result(workspace, text, read_batch(summary.path, identity), audience)


def _keep_round(folder: Path) -> None:
    """Keep what a panel saw, was asked and said, so that a later round never takes its place."""
    rounds = folder / ROUNDS
    number = 1 + sum(path.is_dir() for path in rounds.iterdir()) if rounds.is_dir() else 1
    for name in (SEEN_FILE, PANEL_FILE, RESULT_FILE):
        if (folder / name).exists():
            write_whole(rounds / str(number) / name, read_bytes(folder / name))


def _free_name(workspace: Workspace, name: str) -> str:
    """Give a batch name that is not taken: one batch a round."""
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    return next(one for one in names if not (workspace.analysis / f"{one}.batch").exists())


def panel_result(
    workspace: Workspace, questionnaire: str, parquet: bytes, audience: Audience = "young-people"
) -> PanelResult:
    """Give what a panel hands to the campaign team: released tables, redacted comments in a chance order.

    `parquet` is an opened batch of nothing but this questionnaire; BadInputError otherwise.
    """
    from analysis.inputs.answers import answers_to
    from analysis.inputs.responses import responses_from_batch
    from analysis.publishing.disclosure import Policy, answered_words
    from analysis.publishing.tables import release_table

    sha = questionnaire_hash(questionnaire)
    responses = responses_from_batch(parquet, "the panel's batch")
    asked = responses.about.questions if responses.about else ()
    if not asked or any(question.questionnaires != (sha,) for question in asked):
        raise BadInputError.of("batch", "this batch holds answers to something else", "open the panel alone")
    policy = Policy(workspace.settings.small_counts)
    closed = [question.key for question in asked if question.question.kind != "text"]
    reviewers = _answered(responses)
    said_if_safe = _answered(responses, HARM_QUESTION)
    return PanelResult(
        material=seen_in(questionnaire),
        questionnaire=sha,
        enough=said_if_safe >= workspace.settings.quorum.people_for(audience),
        reviewers=answered_words(reviewers),
        harm_raised=_harm_raised(responses),
        tables=tuple(release_table(answers_to(responses, key), policy) for key in closed),
        comments=comments_of(responses),
        simulated=responses.simulated,
    )


def _answered(responses: "Responses", question: str = "") -> int:
    """Give how many answered a question, or at least one question."""
    rows = responses.frame
    answered = rows["reply"].is_in(["chosen", "rated", "wrote"]) & (rows["record"] == "main")
    if question:
        answered &= rows["question"] == question
    return rows.filter(answered)["response"].n_unique()


def _harm_raised(responses: "Responses") -> bool:
    """Tell whether anybody at all said yes or maybe."""
    rows = responses.frame
    said = rows.filter((rows["question"] == HARM_QUESTION) & (rows["record"] == "main"))
    picked = {choice for choices in said["choices"].drop_nulls() for choice in choices}
    return not picked.isdisjoint(HARM_CHOICES)
