"""What is printed of a questionnaire, as web page and PDF: the guide for the worker, and the paper form."""

from datetime import date
from pathlib import Path

from campaigns.render import Kind, draw
from coprod.journeys.asking.guides import GuidePlace, guide_document
from coprod.journeys.asking.paper import paper_document
from coprod.journeys.asking.sessions import PLAN, help_contacts
from coprod.journeys.asking.sheets import Printed, print_key_card, print_sheet, print_slips
from coprod.kernel.contacts import HelpContact, shipped_contacts
from coprod.kernel.document import Document
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.wording import Language
from coprod.workspace import Workspace
from surveys.boxes.session import load_plan
from surveys.questionnaires.library import find_questionnaire
from surveys.questionnaires.placed import placed_questionnaire
from surveys.questionnaires.questionnaire import LARGEST_FILE, languages_offered, load_questionnaire


def print_guide(path: Path, workspace: Workspace | None, today: date, folder: Path) -> Printed:
    """Write the facilitator guide of a questionnaire. Raises BadInputError for a questionnaire with mistakes."""
    asked = load_questionnaire(path)
    settings = workspace.settings if workspace else None
    place = GuidePlace(_contacts(workspace, today))
    if settings:
        place = GuidePlace(
            place.contacts,
            settings.opener,
            settings.open_within_days,
            settings.safeguarding_lead,
            "simulated" if settings.simulated else "",
        )
    return _written(guide_document(asked, place), folder / f"{asked.survey}-guide", "guide-pdf")


def print_paper(
    path: Path, workspace: Workspace | None, language: Language, today: date, folder: Path
) -> Printed:
    """Write a questionnaire for paper.

    Raises RefusedError while no help line is confirmed, BadInputError for a questionnaire that paper cannot ask.
    """
    placed = placed_questionnaire(read_text(path, LARGEST_FILE), str(path))
    marks = ["simulated"] if workspace is not None and workspace.settings.simulated else []
    marks += ["draft"] if language not in languages_offered(placed.questionnaire) else []
    contacts = _contacts(workspace, today)
    if not contacts:
        what = "a sheet for young people names help at its end, and no help line is confirmed"
        raise RefusedError(f"{what}: call each one you will show, then `coprod contacts confirm`")
    document = paper_document(placed, contacts, language, ", ".join(marks))
    ending = "" if language == "en" else f"-{language}"
    return _written(document, folder / f"{placed.questionnaire.survey}-paper{ending}", "report-pdf")


def print_named(workspace: Workspace, what: str, name: str, today: date) -> Printed:
    """Print into `out/` what was picked from a list: `guide`, `paper-en`, `paper-cy`, `slip`, `card` or a sheet.

    `name` is a questionnaire's, a session's or a key holder's; of a sheet it is the day by which the answers will
    have been destroyed, or empty. Raises what the printing of each raises.
    """
    match what:
        case "guide":
            path = find_questionnaire(name, workspace.surveys)
            return print_guide(path, workspace, today, workspace.out)
        case "paper-en" | "paper-cy":
            path = find_questionnaire(name, workspace.surveys)
            language: Language = "cy" if what == "paper-cy" else "en"
            return print_paper(path, workspace, language, today, workspace.out)
        case "slip":
            plan = load_plan(workspace.boxes / f"{name}{PLAN}")
            return print_slips(workspace, plan.name, plan.withdraw_by)
        case "card":
            return print_key_card(workspace, name)
        case "young-people" | "carers" | "before-a-session" | "dpia":
            return print_sheet(workspace, what, today, _day(name) if name else None)
        case _:
            raise BadInputError.of(what, "there is nothing of this name to print", "pick from the list")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        mend = "write year-month-day, such as 2027-03-31"
        raise BadInputError.of("day", f"`{typed}` is no day", mend) from None


def _contacts(workspace: Workspace | None, today: date) -> tuple[HelpContact, ...]:
    if workspace is not None:
        return help_contacts(workspace, today)
    return tuple(
        one
        for one in shipped_contacts().contacts
        if "england" in one.nations and "young-people" in one.audiences
    )


def _written(document: Document, base: Path, kind: Kind) -> Printed:
    page, printed = base.with_name(f"{base.name}.html"), base.with_name(f"{base.name}.pdf")
    drawn = draw(document, "report-page"), draw(document, kind)
    for path, content in zip((page, printed), drawn, strict=True):
        write_whole(path, content)
    return Printed((page, printed))
