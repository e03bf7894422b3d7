"""What a front end needs to run interviews: of a session, where answers are sealed, or of a preview, where none are."""

import secrets

from coprod.journeys.asking.rehearsals import key_words
from coprod.journeys.asking.sessions import Session, save_interview, save_without_words
from coprod.journeys.asking.visit import KioskPlan, Receipt
from coprod.kernel.contacts import HelpContact, shipped_contacts
from coprod.kernel.record import Filler, Record
from coprod.kernel.wording import Language
from coprod.workspace import Workspace
from surveys.boxes.session import is_staff_word
from surveys.questionnaires.questionnaire import Questionnaire, languages_offered


def session_plan(session: Session, contacts: tuple[HelpContact, ...]) -> KioskPlan:
    """Give the plan of a session: every interview is sealed before it counts as saved."""
    simulated = session.workspace.settings.simulated
    return KioskPlan(
        questionnaire=session.questionnaire,
        sha256=session.plan.questionnaire,
        languages=languages_offered(session.questionnaire, unread=simulated),
        contacts=contacts,
        save=lambda records, words_in: saved(session, records, words_in),
        is_staff_word=lambda word: is_staff_word(word, session.plan.staff_word),
        shuffled=by_chance,
        gives_words=True,
        sealed_to=key_words(session.workspace),
        label="simulated" if simulated else "",
    )


def preview_plan(questionnaire: Questionnaire, workspace: Workspace | None) -> KioskPlan:
    """Give the plan of a preview: every language that is written, nothing kept, anybody may leave."""
    nation = workspace.settings.nation if workspace else "england"
    own = workspace.settings.local_contacts if workspace else ()
    return KioskPlan(
        questionnaire=questionnaire,
        sha256="",
        languages=languages_offered(questionnaire, unread=True),
        contacts=tuple(
            one
            for one in (*shipped_contacts().contacts, *own)
            if nation in one.nations and "young-people" in one.audiences
        ),
        save=_kept_nowhere,
        is_staff_word=_is_anything,
        shuffled=by_chance,
        label="preview",
    )


def saved(session: Session, records: tuple[Record, ...], words_in: Language | None) -> Receipt | None:
    """Seal one interview and give its receipt, with words of this language; without one, no words ever delete it.

    Raises CoprodError when it is not safe.
    """
    answers = [record for record in records if not isinstance(record, Filler)]
    if words_in is None:
        save_without_words(session, answers)
        return None
    return Receipt(save_interview(session, answers, words_in).words, session.plan.withdraw_by)


def by_chance(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Give choices in an order that nobody can know or repeat."""
    return tuple(secrets.SystemRandom().sample(choices, len(choices)))


def _kept_nowhere(records: tuple[Record, ...], words_in: Language | None) -> None:
    del records, words_in


def _is_anything(word: str) -> bool:
    del word
    return True
