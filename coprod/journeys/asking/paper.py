"""A questionnaire on paper: the same questions, skip instructions in plain words, the same help for everybody.

Every copy is the same to the byte and carries no mark: no number, no code, no date.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.materials.material_document import contact_card
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import Language, Wording
from coprod.kernel.yamlfile import load_yaml_text
from surveys.interviews.choices import choices_of, end_label, offered_by
from surveys.interviews.composed import pairs_of
from surveys.interviews.phrases import phrases
from surveys.questionnaires.expressions import parse_expression
from surveys.questionnaires.piping import PIPE
from surveys.questionnaires.placed import Placed
from surveys.questionnaires.questionnaire import is_asked
from surveys.questionnaires.questions import (
    BestWorst,
    ChooseMany,
    Faces,
    FreeText,
    Frequency,
    HelpCard,
    Highlighter,
    Likert,
    Note,
    Number,
    Paired,
    QuestionPage,
    Ranking,
)
from surveys.questionnaires.skip_words import ConditionWords, Printed, condition_in_words

BOX = "☐"
BLANK = "\u00a0"
GAP = f"{BLANK}{BLANK} "
WRITING_LINES = 5
RULE = "_" * 78


class PaperWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a paper questionnaire says besides its questions."""

    format: Literal[1]
    about: tuple[Wording, ...]
    about_title: Wording
    questions_title: Wording
    end_title: Wording
    end: Wording
    help: Wording
    tick_one: Wording
    tick_many: Wording
    rank: Wording
    ring: Wording
    best_worst: Wording
    pairs: Wording
    mark: Wording
    part: Wording
    part_to_end: Wording
    only_if: Wording
    piped: Wording
    conditions: ConditionWords


@cache
def paper_words() -> PaperWords:
    """Give the words that come with coprod."""
    text = resources.files("coprod.journeys.asking").joinpath("paper-words.yaml").read_text("utf-8")
    return load_yaml_text(text, "paper-words.yaml", PaperWords).value


def paper_document(
    placed: Placed, contacts: tuple[HelpContact, ...], language: Language = "en", mark: str = ""
) -> Document:
    """Give a questionnaire as a document to print.

    Raises BadInputError where a skip rule cannot be said in plain words: then paper cannot ask it.
    """
    asked, words = placed.questionnaire, paper_words()
    printed = _printed(placed, language)
    blocks: list[Block] = [
        Heading(1, plain(asked.title.into(language))),
        Paragraph(plain(asked.purpose.into(language)), "lead"),
        Paragraph(plain(_made(placed, language)), "small"),
        Heading(2, plain(words.about_title.into(language))),
        ItemList(tuple(plain(one.into(language)) for one in _about(placed))),
        Heading(2, plain(words.questions_title.into(language))),
    ]
    for index, page in enumerate(asked.pages):
        blocks += _page(placed, index, page, printed)
    blocks += [
        Heading(2, plain(words.end_title.into(language))),
        Paragraph(plain(words.end.into(language))),
        *(contact_card(one, language) for one in contacts),
    ]
    return Document(asked.title.into(language), language, tuple(blocks), mark)


def _made(placed: Placed, language: Language) -> str:
    about, asked = phrases().about, placed.questionnaire
    made = about.made_by.into(language).replace("{name}", asked.made_by.into(language))
    return f"{made} {about.minutes.into(language).replace('{minutes}', str(asked.minutes))}"


def _about(placed: Placed) -> tuple[Wording, ...]:
    reads = placed.questionnaire.who_reads or phrases().about.someone_reads
    choice, *limits = paper_words().about
    return (choice, reads, *limits)


def _printed(placed: Placed, language: Language) -> Printed:
    pages = [page for page in placed.questionnaire.pages if is_asked(page)]
    return Printed(
        {page.id: number for number, page in enumerate(pages, 1)},
        {(page.id, one.id): one.label.into(language) for page in pages for one in choices_of(page)},
        paper_words().conditions,
        language,
    )


def _page(placed: Placed, index: int, page: QuestionPage, printed: Printed) -> Iterator[Block]:
    words, language = paper_words(), printed.language
    ask = _with_pipes(page.ask.into(language), printed)
    if not is_asked(page):
        more = (
            words.help.into(language)
            if isinstance(page, HelpCard)
            else _way_round(placed, index, page, printed)
        )
        yield Paragraph(plain(f"{ask} {more}".strip()), "caution")
        return
    yield Heading(3, plain(f"{printed.numbers[page.id]}. {ask}"))
    how = _how(page)
    helps = [page.help.into(language)] if page.help else []
    condition = _condition(placed, index, page, printed)
    lines = [condition, *helps, how.into(language) if how else ""]
    said = _with_pipes(" ".join(line for line in lines if line), printed)
    yield from _answers(page, language, Span(said, emphasis=True))


def _condition(placed: Placed, index: int, page: QuestionPage, printed: Printed) -> str:
    """Give who answers a page, in words; empty for everybody."""
    if not page.relevant:
        return ""
    said = condition_in_words(parse_expression(page.relevant), printed)
    if said is None:
        spot = placed.spot(("pages", index, "relevant"))
        where = f"{placed.path}:{spot.line}:{spot.column}"
        what = f"paper cannot say this skip rule in plain words (at {where})"
        raise BadInputError.of(placed.path, what, "ask it of everybody, or skip by choices ticked before")
    return paper_words().only_if.into(printed.language).replace("{condition}", said)


def _way_round(placed: Placed, index: int, page: QuestionPage, printed: Printed) -> str:
    """Give where to go to skip the part that a content note covers."""
    if not isinstance(page, Note) or not page.covers:
        return ""
    later = placed.questionnaire.pages[index + 1 :]
    after = next((one for one in later if is_asked(one) and one.id not in page.covers), None)
    words = paper_words()
    if after is None:
        return words.part_to_end.into(printed.language)
    return words.part.into(printed.language).replace("{number}", str(printed.numbers[after.id]))


def _with_pipes(text: str, printed: Printed) -> str:
    piped = paper_words().piped.into(printed.language)
    return PIPE.sub(lambda found: piped.replace("{number}", str(printed.numbers.get(found[1], "…"))), text)


def _how(page: QuestionPage) -> Wording | None:
    words = paper_words()
    match page:
        case FreeText():
            return None
        case ChooseMany():
            return words.tick_many
        case Ranking():
            return words.rank
        case Number():
            return words.ring
        case BestWorst():
            return words.best_worst
        case Paired():
            return words.pairs
        case Highlighter():
            return words.mark
        case _:
            return words.tick_one


def _answers(page: QuestionPage, language: Language, said: Span) -> Iterator[Block]:
    """Give how to answer, and the room for it."""
    decline = f"{BOX} {phrases().actions.decline.into(language)}"
    match page:
        case FreeText():
            lines = [*([""] if said.text else []), *([RULE] * WRITING_LINES)]
            may_quote = f"{BOX} {phrases().page.quote.into(language)}"
            yield Paragraph((said, Span("\n".join([*lines, may_quote]))), "answers")
        case BestWorst():
            yield Paragraph((said,))
            yield _both_ends(page, language)
            yield Paragraph(plain(decline), "answers")
        case Highlighter(passage=passage):
            yield Paragraph((said,))
            yield Quote(plain(passage))
            yield Paragraph(plain(decline), "answers")
        case _:
            room = "\n".join(["", *_lines(page, language), decline])
            yield Paragraph((said, Span(room)), "answers")


def _both_ends(page: BestWorst, language: Language) -> Table:
    most, least = (end_label(end).into(language) for end in ("most", "least"))
    rows = tuple((BOX, choice.label.into(language), BOX) for choice in page.choices)
    return Table("", (most, BLANK, least), rows)


def _lines(page: QuestionPage, language: Language) -> Iterator[str]:
    """Give lines to tick or write on: a scale in one row, choices under each other."""
    labels = {one.id: one.label.into(language) for one in offered_by(page)}
    match page:
        case Number(low=low, high=high):
            yield f"0 = {low.into(language)}{GAP}10 = {high.into(language)}"
            yield (GAP * 3).join(str(number) for number in range(11))
        case Paired():
            either = paper_words().conditions.either.into(language)
            for one, other in pairs_of(list(labels)):
                yield f"{BOX} {labels[one]}{GAP}{either}{GAP}{BOX} {labels[other]}"
        case Faces() | Likert() | Frequency():
            yield (GAP * 2).join(f"{BOX}{BLANK}{label.replace(' ', BLANK)}" for label in labels.values())
        case _:
            mark = "____" if isinstance(page, Ranking) else BOX
            yield from (f"{mark} {label}" for label in labels.values())
