"""The whole check of a questionnaire: how it is made, how it reads, whom it could blame, and when it is asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from campaigns.checking.check import check_text
from campaigns.checking.findings import Finding as WordFinding
from campaigns.checking.readability import Readability, readability_of_texts
from campaigns.checking.resembling import RULE as TAUGHT_ON_MATERIALS
from coprod.journeys.asking.help_hours import hours_in, is_open
from coprod.kernel.contacts import Audience, ContactRegistry, HelpContact, Nation
from surveys.questionnaires.craft import Finding, craft_findings, finding, sharing_in, welsh_findings
from surveys.questionnaires.placed import Placed, Spot, Worded, placed_questionnaire, worded_in
from surveys.questionnaires.questionnaire import ADULT, Questionnaire, youngest_of
from surveys.questionnaires.sharing import USUAL_GROUP, Sharing

STILL_OPEN = timedelta(hours=1)
LATE = 15 * 60 + 30
FRIDAY = 4
_PROMPTS = frozenset({"purpose", "who_reads", "ask", "help"})


class Readers(Struct, frozen=True):
    """What a questionnaire for these readers may ask of them: a reading age and words a sentence."""

    name: str
    audience: Audience
    reading_age: float
    words: int
    hard_words: bool


CHILDREN = Readers("children under 11", "young-people", 9, 12, hard_words=True)
YOUNG_PEOPLE = Readers("young people", "young-people", 11, 16, hard_words=True)
ADULTS = Readers("adults", "families", 14, 22, hard_words=False)


class Brief(Struct, frozen=True):
    """What is known of the place and the time: `group` people expected, Welsh offered or not, `on` a day and time.

    `contacts` are the ones that will stand on the help page.
    """

    registry: ContactRegistry
    today: date
    group: int = USUAL_GROUP
    nation: Nation | None = None
    audience: Audience | None = None
    offers_welsh: bool = False
    contacts: tuple[HelpContact, ...] = ()
    on: datetime | None = None


class CheckedQuestionnaire(Struct, frozen=True):
    """Everything the check says. `sharing` is an estimate, also where it is no finding."""

    path: str
    findings: tuple[Finding, ...]
    sharing: Sharing
    readability: Readability


def check_questionnaire(text: str, name: str, brief: Brief) -> CheckedQuestionnaire:
    """Give the check of a questionnaire's text. Raises BadInputError with every structural mistake."""
    placed = placed_questionnaire(text, name)
    readability = readability_of_texts([one.wording.en for one in _prompts(placed)])
    found = (
        *craft_findings(placed, brief.group),
        *welsh_findings(placed, offered=brief.offers_welsh),
        *_blaming(placed, brief),
        *_hard_to_read(placed, readability),
        *_when(placed.questionnaire, brief),
    )
    return CheckedQuestionnaire(
        name,
        tuple(sorted(set(found), key=lambda one: one.order)),
        sharing_in(placed, brief.group),
        readability,
    )


def readers_of(questionnaire: Questionnaire) -> Readers:
    """Give who reads a questionnaire, by the youngest age it is for."""
    youngest = youngest_of(questionnaire)
    if youngest >= ADULT:
        return ADULTS
    return YOUNG_PEOPLE if youngest >= 11 else CHILDREN


def _prompts(placed: Placed) -> list[Worded]:
    return [one for one in worded_in(placed.questionnaire) if one.role in _PROMPTS]


def _blaming(placed: Placed, brief: Brief) -> Iterator[Finding]:
    """Give what the rules for campaign materials find in the words of a questionnaire, at its own places.

    A rule that blocks a material warns here: a person decides. The second reader keeps quiet: it was taught on
    materials, and a question about barriers reads like harm to it.
    """
    worded = list(worded_in(placed.questionnaire))
    lines = [(one, at, line) for one in worded for at, line in _lines(one.wording.en)]
    text = "\n\n".join(line for _, _, line in lines)
    audience = brief.audience or readers_of(placed.questionnaire).audience
    result = check_text(text, brief.registry, brief.today, audience, brief.nation)
    for one in result.findings:
        if one.text and one.category != "structure" and one.rule != TAUGHT_ON_MATERIALS:
            wording, at, _ = lines[(one.line - 1) // 2]
            yield _moved(placed, wording, at + one.column - 1, one)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give each line of a text that says something, with where it starts."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _moved(placed: Placed, wording: Worded, start: int, one: WordFinding) -> Finding:
    spot = placed.stretch((*wording.steps, "en"), wording.wording.en, start, start + len(one.text))
    return Finding(
        rule=one.rule,
        severity="ask" if one.severity == "ask" else "warn",
        line=spot.line,
        column=spot.column,
        end_line=spot.end_line,
        end_column=spot.end_column,
        text=one.text,
        message=one.message,
        instead=one.instead,
        source=one.source,
    )


def _hard_to_read(placed: Placed, read: Readability) -> Iterator[Finding]:
    readers, prompts = readers_of(placed.questionnaire), _prompts(placed)

    def spot(number: int, start: int, end: int) -> Spot:
        return placed.stretch((*prompts[number].steps, "en"), prompts[number].wording.en, start, end)

    for sentence in read.longest_sentences:
        if sentence.words > readers.words:
            where = spot(sentence.text, sentence.start, sentence.end)
            yield finding("long-sentence", where, words=sentence.words, limit=readers.words)
    for word in read.hard_words if readers.hard_words else ():
        yield finding("hard-word", spot(word.text, word.start, word.end), syllables=word.syllables)
    if read.grade_high is not None and read.grade_high + 5 > readers.reading_age:
        longest = read.longest_sentences[0]
        said = prompts[longest.text].wording.en[longest.start : longest.end].strip()
        yield finding(
            "reading-age",
            placed.spot(("title",)),
            age=f"{(read.grade_low or 0) + 5:.0f} to {read.grade_high + 5:.0f}",
            readers=readers.name,
            limit=f"{readers.reading_age:.0f}",
            longest=said,
        )


def _when(questionnaire: Questionnaire, brief: Brief) -> Iterator[Finding]:
    """Give what speaks against the time planned. Bank holidays are not known here."""
    if brief.on is None:
        return
    top, lasts = Spot(1, 1, 1, 1), timedelta(minutes=questionnaire.minutes) + STILL_OPEN
    when = f"{brief.on:%A} {brief.on:%H:%M}"
    for contact in brief.contacts:
        hours = hours_in(contact.hours.en)
        if hours is None:
            yield finding("help-hours-unknown", top, contact=contact.name, hours=contact.hours.en)
        elif not is_open(hours, brief.on, lasts):
            until = brief.on + lasts
            yield finding("help-closed", top, contact=contact.name, when=f"between {when} and {until:%H:%M}")
    day, minute = brief.on.weekday(), brief.on.hour * 60 + brief.on.minute
    if day > FRIDAY or (day == FRIDAY and minute >= LATE):
        yield finding("late-session", top, when=when, back="Monday")
