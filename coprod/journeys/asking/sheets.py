"""Printing what goes around a survey, filled in from the workspace: sheets for people, key cards, slips, the assessment."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from campaigns.render import draw
from coprod.journeys.asking.sessions import help_contacts
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import Document
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.wording import Language
from coprod.workspace import KeyHolder, Workspace
from surveys.boxes.keys import fingerprint
from surveys.sheets import Sheet, blanks_of, load_sheet, sheet_document

FOR = ("young-people", "carers", "dpia", "before-a-session")
MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ),
}  # fmt: skip


class Printed(Struct, frozen=True):
    """Files that were written, and blanks that nobody has filled in yet."""

    files: tuple[Path, ...]
    missing: tuple[str, ...] = ()


def day_in_words(day: date, language: Language) -> str:
    """Give a day as it is printed: 24 November 2026, 24 Tachwedd 2026."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def print_sheet(workspace: Workspace, name: str, today: date, keep_until: date | None = None) -> Printed:
    """Write a sheet into `out/` as page and PDF, in each of the workspace's languages it is written in.

    Raises BadInputError when there is no such sheet or the disk refuses.
    """
    if name not in FOR:
        raise BadInputError.of(name, "there is no such sheet", f"choose from {', '.join(FOR)}")
    sheet = load_sheet(name)
    files: list[Path] = []
    missing: set[str] = set()
    for language in _languages(workspace, sheet):
        filled = _filled(workspace, language, today, keep_until)
        missing |= {blank for blank in blanks_of(sheet) if not filled[blank]}
        contacts = _contacts(workspace, sheet, today)
        document = sheet_document(sheet, language, filled, contacts, _mark(workspace))
        files += _write(workspace, f"{name}-{language}", document)
    return Printed(tuple(files), tuple(sorted(missing)))


def print_key_card(workspace: Workspace, name: str) -> Printed:
    """Write a key holder's card into `out/`. Raises BadInputError when nobody has this name."""
    holder = next((one for one in workspace.settings.key_holders if one.name == name), None)
    if holder is None:
        known = ", ".join(one.name for one in workspace.settings.key_holders) or "nobody yet"
        raise BadInputError.of(name, "no key holder has this name", f"the workspace knows: {known}")
    number = workspace.settings.key_holders.index(holder) + 1
    sheet = load_sheet("key-card")
    files: list[Path] = []
    for language in _languages(workspace, sheet):
        document = sheet_document(sheet, language, _of_holder(workspace, holder), mark=_mark(workspace))
        files += _write(workspace, f"key-card-{number}-{language}", document)
    return Printed(tuple(files))


def print_slips(workspace: Workspace, session: str, until: date) -> Printed:
    """Write a slip for four words, with the last day printed on it. The words are written in by hand, by their owner.

    It names neither service nor survey, so that who finds it learns little.
    """
    sheet = load_sheet("slip")
    files: list[Path] = []
    for language in _languages(workspace, sheet):
        document = sheet_document(sheet, language, {"until": day_in_words(until, language)})
        files += _write(workspace, f"slip-{session}-{language}", document)
    return Printed(tuple(files))


def _write(workspace: Workspace, name: str, document: Document) -> list[Path]:
    page, pdf = workspace.out / f"{name}.html", workspace.out / f"{name}.pdf"
    write_whole(page, draw(document, "report-page"))
    write_whole(pdf, draw(document, "report-pdf"))
    return [page, pdf]


def _languages(workspace: Workspace, sheet: Sheet) -> tuple[Language, ...]:
    wanted = workspace.settings.languages
    return tuple(one for one in wanted if one == "en" or sheet.title.cy is not None) or ("en",)


def _mark(workspace: Workspace) -> str:
    return "simulated" if workspace.settings.simulated else ""


def _filled(workspace: Workspace, language: Language, today: date, keep_until: date | None) -> dict[str, str]:
    settings = workspace.settings
    return {
        "service": clean_line(settings.name),
        "nation": settings.nation.replace("-", " ").title(),
        "lead": clean_line(settings.safeguarding_lead),
        "opener": clean_line(settings.opener),
        "open_within_days": str(settings.open_within_days),
        "key_holders": ", ".join(clean_line(holder.name) for holder in settings.key_holders),
        "keep_until": day_in_words(keep_until, language) if keep_until else "",
        "today": day_in_words(today, language),
    }


def _of_holder(workspace: Workspace, holder: KeyHolder) -> dict[str, str]:
    return {
        "service": clean_line(workspace.settings.name),
        "lead": clean_line(workspace.settings.safeguarding_lead),
        "holder": clean_line(holder.name),
        "fingerprint": fingerprint(holder.public_key),
        "public_key": holder.public_key,
    }


def _contacts(workspace: Workspace, sheet: Sheet, today: date) -> tuple[HelpContact, ...]:
    """Give the help for whom a sheet is for; facilitators hang up that for young people."""
    return help_contacts(workspace, today, "families" if sheet.audience == "families" else "young-people")
