"""The facilitator guide: one page made from a questionnaire, for the worker who runs the session."""

from functools import cache
from importlib import resources
from math import ceil
from typing import Literal

from msgspec import Struct

from campaigns.materials.material_document import contact_card
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import Block, Document, Heading, ItemList, Paragraph, Table, plain
from coprod.kernel.yamlfile import load_yaml_text
from surveys.questionnaires.minutes import minutes_needed
from surveys.questionnaires.questionnaire import Questionnaire, is_asked
from surveys.questionnaires.questions import Note, QuestionPage, Sensitivity

LANGUAGE: Literal["en"] = "en"


class GuideWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a guide, in English; {…} is filled in."""

    format: Literal[1]
    title: str
    about: str
    before_title: str
    before: tuple[str, ...]
    say_title: str
    say: tuple[str, ...]
    sensitive_title: str
    sensitive_header: tuple[str, ...]
    kinds: dict[Sensitivity, str]
    note_said: str
    none_sensitive: str
    help_title: str
    help_header: tuple[str, ...]
    help_none: str
    after_title: str
    after: tuple[str, ...]
    nobody: str


class GuidePlace(Struct, frozen=True):
    """What a guide says of the service: its help, who opens answers and within how many working days, who leads."""

    contacts: tuple[HelpContact, ...]
    opener: str = ""
    open_within_days: int = 2
    safeguarding_lead: str = ""
    mark: str = ""


@cache
def guide_words() -> GuideWords:
    """Give the words that come with coprod."""
    text = resources.files("coprod.journeys.asking").joinpath("guide-words.yaml").read_text("utf-8")
    return load_yaml_text(text, "guide-words.yaml", GuideWords).value


def guide_document(questionnaire: Questionnaire, place: GuidePlace) -> Document:
    """Give the guide to a questionnaire as a document that prints on one page."""
    words = guide_words()
    title = words.title.replace("{title}", questionnaire.title.en)
    blocks: tuple[Block, ...] = (
        Heading(1, plain(title)),
        Paragraph(plain(questionnaire.purpose.en), "lead"),
        Paragraph(plain(_about(questionnaire)), "small"),
        Heading(2, plain(words.before_title)),
        _list(words.before),
        Heading(2, plain(words.say_title)),
        _list(words.say),
        Heading(2, plain(words.sensitive_title)),
        *_sensitive(questionnaire),
        Heading(2, plain(words.help_title)),
        _help(place.contacts),
        Heading(2, plain(words.after_title)),
        _list(tuple(_after(one, place) for one in words.after)),
    )
    return Document(title, LANGUAGE, blocks, place.mark)


def _about(questionnaire: Questionnaire) -> str:
    asked = sum(is_asked(page) for page in questionnaire.pages)
    calm = ceil(minutes_needed(questionnaire.pages, "calm"))
    values = {
        "questions": str(asked),
        "minutes": str(questionnaire.minutes),
        "calm": str(calm),
        "ages": " and ".join(band.replace("-", " to ") for band in questionnaire.ages),
        "made_by": questionnaire.made_by.en.rstrip("."),
    }
    return _filled(guide_words().about, values)


def _list(items: tuple[str, ...]) -> ItemList:
    return ItemList(tuple(plain(item) for item in items))


def _sensitive(questionnaire: Questionnaire) -> tuple[Block, ...]:
    words, pages = guide_words(), questionnaire.pages
    rows = tuple(_row(page) for page in pages if getattr(page, "sensitive", None))
    if not rows:
        return (Paragraph(plain(words.none_sensitive)),)
    notes = [page.ask.en for page in pages if isinstance(page, Note) and page.covers]
    said = (Paragraph(plain(words.note_said.replace("{note}", " ".join(notes))), "small"),) if notes else ()
    return (Table("", words.sensitive_header, rows), *said)


def _row(page: QuestionPage) -> tuple[str, str, str]:
    kind = guide_words().kinds.get(getattr(page, "sensitive", None) or "safety", "")
    return (page.ask.en, kind, getattr(page, "sensitive_because", ""))


def _help(contacts: tuple[HelpContact, ...]) -> Block:
    """Give the help that everybody sees as a table, or what to do first where nobody has confirmed any."""
    if not contacts:
        return Paragraph(plain(guide_words().help_none))
    cards = [(contact, contact_card(contact, LANGUAGE)) for contact in contacts]
    rows = tuple((card.name, ", ".join(card.reach), contact.hours.en) for contact, card in cards)
    return Table("", guide_words().help_header, rows)


def _after(text: str, place: GuidePlace) -> str:
    lead = f" and tell {place.safeguarding_lead}" if place.safeguarding_lead.strip() else ""
    opener = place.opener.strip() or guide_words().nobody
    return _filled(text, {"opener": opener, "days": str(place.open_within_days), "lead": lead})


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
