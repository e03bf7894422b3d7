"""One round of a panel as the team sees it: its questions, the sessions that ask them, what is met and what is not."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from campaigns.materials.material import load_material
from campaigns.panels.panel import seen_in
from campaigns.panels.panelfile import PANEL_FILE
from campaigns.panels.parts import MOST_HIGHLIGHTED, Reach, parts_of, reach_of
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.gate import Case
from campaigns.releasing.signoff import PRACTICE
from coprod.journeys.asking.standing import Standing, sessions_of
from coprod.journeys.checking.deciding import Deciding, deciding_of
from coprod.journeys.checking.editing import Tone
from coprod.journeys.checking.panels import MATERIAL_FILE, material_folder, registry_of
from coprod.journeys.checking.releases import case_of
from coprod.kernel.files import read_text
from coprod.workspace import Workspace
from surveys.interviews.choices import offered_by
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire, questionnaire_hash
from surveys.questionnaires.questions import FreeText, Highlighter, Note, QuestionPage, SaidPage

PRACTICE_WORDS = {
    "paid": "the panel was paid",
    "worker": "a worker was in the room",
    "rest": "there was a break",
    "support": "somebody stayed for support after",
}
IsMet = Literal["met", "not met", "not noted"]
Line = tuple[Tone, str]


class Goal(Struct, frozen=True):
    """One thing a panel should have, and whether it had it; `not noted` where nobody has said so yet."""

    words: str
    is_met: IsMet


class Answered(Struct, frozen=True):
    """How far the team's answers to a panel are."""

    comments: int
    answered: int
    harm_raised: bool
    harm_answered: bool
    shown_back: bool


class PanelNow(Struct, frozen=True):
    """A panel's round today: goals met or not, whether it saw these words, and how far the answers are."""

    goals: tuple[Goal, ...]
    saw_this: bool
    answers: Answered


def sessions_asking(workspace: Workspace, questionnaire: Path) -> tuple[Standing, ...]:
    """Give the sessions that ask exactly this questionnaire, those that go on first."""
    if not questionnaire.exists():
        return ()
    sha = questionnaire_hash(read_text(questionnaire))
    return tuple(one for one in sessions_of(workspace) if one.plan.questionnaire == sha)


def questions_now(workspace: Workspace, name: str) -> Path | None:
    """Give a panel's questions where they are about the words as they stand now; None where they have to be made."""
    folder = material_folder(workspace, name)
    path = folder / PANEL_FILE
    material = load_material(folder / MATERIAL_FILE)
    return path if path.exists() and seen_in(read_text(path)) == seen_hash(material, folder) else None


def still_sealed(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Give the sessions of a panel whose answers nobody has opened: new questions would leave them sealed."""
    path = material_folder(workspace, name) / PANEL_FILE
    return tuple(one.plan.name for one in sessions_asking(workspace, path) if one.state != "opened")


def reach_in(workspace: Workspace, name: str) -> str:
    """Give in words how closely a panel can mark a material, and what would let it mark every word."""
    material = load_material(material_folder(workspace, name) / MATERIAL_FILE)
    return reach_words(reach_of(parts_of(material, registry_of(workspace).contacts)))


def reach_words(reach: Reach) -> str:
    """Give in words how closely a panel can mark a material with so many words and parts."""
    whole = f"{reach.words} words in {reach.parts} parts"
    if reach.together:
        return (
            f"{whole}: too many to ask about one by one. Young people say which parts they would change. "
            "Cut it into shorter materials to have its words marked."
        )
    if reach.by_lines:
        return (
            f"{whole}. Single words can be marked in {reach.by_words} of them, and lines picked in the other "
            f"{reach.by_lines}: one sealed record holds the marks of {MOST_HIGHLIGHTED} words. A shorter text has all its words marked."
        )
    return f"{whole}. Every word can be marked: keep, lose, confusing."


def question_lines(questionnaire: Path) -> tuple[Line, ...]:
    """Give a questionnaire as its panel meets it, page after page. Raises BadInputError for mistakes in it."""
    asked = load_questionnaire(questionnaire)
    return tuple(_lines(asked))


def _lines(asked: Questionnaire) -> Iterator[Line]:
    yield ("title", asked.title.en)
    yield ("quiet", f"About {asked.minutes} minutes. Every page can be skipped, and stopping erases it.")
    yield ("body", asked.purpose.en if asked.purpose else "")
    yield ("body", asked.who_reads.en if asked.who_reads else "")
    for number, page in enumerate(asked.pages, 1):
        yield ("body", "")
        if isinstance(page, Note):
            yield ("body", page.ask.en)
            continue
        yield ("heading", f"{number}. {page.ask.en}")
        if page.help:
            yield ("quiet", page.help.en)
        yield from _answers(page)


def _answers(page: QuestionPage) -> Iterator[Line]:
    if isinstance(page, FreeText):
        yield ("quiet", "(they write, if they like)")
    elif isinstance(page, Highlighter):
        yield ("quiet", "(only after “change”, “take out” or “I do not understand it”)")
        yield ("body", page.passage)
    elif not isinstance(page, SaidPage):
        yield from (("body", f"○ {choice.label.en}") for choice in offered_by(page))


def panel_now(workspace: Workspace, name: str, today: date) -> PanelNow | None:
    """Give where a panel's round stands; None while nothing of it was opened. Raises BadInputError for broken files."""
    case = case_of(workspace, name)
    if case.panel is None:
        return None
    deciding = deciding_of(workspace, name, today)
    return PanelNow(
        (*_goals(case, deciding),),
        case.panel.material == seen_hash(case.material, case.folder),
        _answered(case, deciding),
    )


def _goals(case: Case, deciding: Deciding) -> Iterator[Goal]:
    quorum = f"at least {case.quorum} reviewed it together and said whether it could harm someone"
    yield Goal(quorum, "met" if case.panel is not None and case.panel.enough else "not met")
    draft = deciding.draft
    noted = {goal.who: goal.met for goal in draft.mix}
    yield from (Goal(who, _met(noted.get(who, ""))) for who in case.mix)
    for field in PRACTICE:
        said = str(getattr(draft.practice, field)) if draft.practice else ""
        yield Goal(PRACTICE_WORDS[field], _met(said))


def _met(said: str) -> IsMet:
    return "met" if said == "yes" else "not met" if said == "no" else "not noted"


def _answered(case: Case, deciding: Deciding) -> Answered:
    done = {one.id: one.is_done for one in deciding.open}
    comments = [is_done for what, is_done in done.items() if what.startswith("comment ")]
    return Answered(
        len(comments),
        sum(comments),
        case.harm_raised,
        done.get("harm", not case.harm_raised),
        done.get("shown", not comments),
    )


def can_be_opened(standing: Sequence[Standing], today: date) -> bool:
    """Tell whether a panel's answers wait sealed, none of its sessions goes on, and nobody can take answers back any more."""
    ended = [one.plan for one in standing if one.state == "ended"]
    return (
        bool(ended)
        and not any(one.state == "open" for one in standing)
        and max(plan.withdraw_by for plan in ended) < today
    )


def sessions_words(standing: Sequence[Standing], today: date) -> str:
    """Give in a few words where the sessions of a panel are: going on, ended, or none yet."""
    going = [one.plan.name for one in standing if one.state == "open"]
    if going:
        return f"{going[0]} goes on: hand over again, or end it"
    ended = [one.plan for one in standing if one.state == "ended"]
    if not ended:
        return ""
    last = max(plan.withdraw_by for plan in ended)
    return f"can be opened after {last}" if last >= today else "sealed, and can be opened now"
