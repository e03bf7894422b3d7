"""The report: a document of blocks made from released tables, themes in words, and what people typed about who is missing."""

from collections.abc import Iterator, Sequence

from analysis.publishing.redaction import CAUTION
from analysis.reports.answered import most_often, table_blocks
from analysis.reports.missing import missing_blocks
from analysis.reports.parts import BRIEFING, QuoteWords, Readers, ReportParts, ThemesOf, ThemeWords
from coprod.kernel.document import (
    Block,
    Code,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Span,
    plain,
)
from coprod.kernel.released import ReleasedTable

STANDING_CAUTION = (
    "Indicators are not evidence that sexual exploitation has taken place: all they suggest is that somebody should "
    "stay curious and use their judgement. Known cases are likely to be an under-estimate, because exploitation is "
    "under-reported and under-identified (Sharp-Jeffs, Coy and Kelly, 2017)."
)
ROUNDING = (
    "Every number is rounded or put into words by the same published rules, so that nothing points at one person. "
    "Rounded numbers need not add up."
)
THEME_CAUTION = (
    "A machine sorted the answers into piles by the words they share; people then read them. A pile is a place to "
    "start, not a finding. Its size says how often something was written, not how much it matters."
)
NO_QUOTES = "No words are quoted here: two people have yet to read them and let them out on their names, for these readers."
NOT_HELD = (
    "The briefing series has a paper of its own for these readers, which coprod does not hold: read it beside this "
    "report. The messages below are from the paper for commissioners of health services."
)
TAKE_WITH_YOU = (
    "Can young people get in along every care pathway, at the point of need, and is there enough for those who need it?",
    "Do waits, strict criteria or a lack of resources keep young people out, as inquiries found for CAMHS?",
    "Do staff see the whole young person, beyond the problem they came with?",
    "Do contracts last long enough for trust to grow, with outreach that goes on when it is turned down?",
    "Are the young people who are missing from this report being reached in some other way?",
)
SIMULATED = "Nobody said any of this: the answers were made up by a machine to show how a report looks."
MOST_AT_A_GLANCE = 6
EACH_HEADING = f"Each heading is a statement of {BRIEFING}, put in coprod’s plain words; under it stands what young people here answered."
SHORT_CITE = "Sharp-Jeffs, Coy and Kelly, 2017."
AGAIN = "To make this report again, with your own key:"


def report_document(parts: ReportParts) -> Document:
    """Give the report as a document of blocks, marked where the answers are simulated."""
    blocks = (
        *_opening(parts),
        *missing_blocks(parts.answered, parts.sessions, parts.known),
        *_at_a_glance(parts.all_tables),
        *_by_message(parts.readers),
        *_questions(parts),
        *_themes(parts),
        *_to_take_with_you(parts.readers),
        *_involved(parts),
        *_method(parts),
    )
    mark = "simulated" if parts.simulated else ""
    return Document(parts.title, "en", blocks, mark, ROUNDING)


def _opening(parts: ReportParts) -> Iterator[Block]:
    yield Heading(1, plain(parts.title))
    surveys = "”, “".join(parts.surveys)
    readers = f" For {parts.readers.name}." if parts.readers else ""
    lead = f"What young people told {parts.service}" + (f" in “{surveys}”" if surveys else "")
    weight = "who answered, who did not, and how much weight the answers can bear"
    yield Paragraph(plain(f"{lead}: {weight}.{readers}"), "lead")
    if parts.simulated:
        yield Paragraph(plain(SIMULATED), "caution")
    yield Paragraph(plain(STANDING_CAUTION), "caution")


def _at_a_glance(tables: Sequence[ReleasedTable]) -> Iterator[Block]:
    """Give what was answered most to the first questions, from what is printed and nothing else."""
    lines = [line for table in tables if (line := most_often(table))][:MOST_AT_A_GLANCE]
    if lines:
        yield Heading(2, plain("At a glance"))
        yield ItemList(tuple(plain(line) for line in lines))


def _by_message(readers: Readers | None) -> Iterator[Block]:
    """Give each key message with what young people here answered about it."""
    if readers is None:
        return
    yield Heading(2, plain("What they answered, beside what research says"))
    if not readers.held:
        yield Paragraph(plain(NOT_HELD))
    yield Paragraph(plain(f"{EACH_HEADING} {ROUNDING}"), "small")
    for message in readers.messages:
        yield Heading(3, plain(message.says))
        yield Paragraph(plain(f"{SHORT_CITE} {message.caveat}".strip()), "small")
        for table in message.tables:
            yield from table_blocks(table, 4)
    if readers.not_asked:
        yield Heading(3, plain("Key messages that nobody was asked about here"))
        yield ItemList(tuple(plain(message) for message in readers.not_asked))
        yield Paragraph(plain("Silence about these is not an answer: they were not asked."), "small")


def _questions(parts: ReportParts) -> Iterator[Block]:
    if not parts.tables:
        return
    yield Heading(2, plain("What else they answered" if parts.readers else "What they answered"))
    if parts.readers is None:
        yield Paragraph(plain(ROUNDING), "small")
    for table in parts.tables:
        yield from table_blocks(table, 3)


def _themes(parts: ReportParts) -> Iterator[Block]:
    if not parts.themes:
        return
    yield Heading(2, plain("What they wrote"))
    yield Paragraph(plain(THEME_CAUTION))
    if not parts.quotes_signed:
        yield Paragraph(plain(NO_QUOTES), "small")
    for question in parts.themes:
        yield from _theme_question(question)


def _theme_question(question: ThemesOf) -> Iterator[Block]:
    yield Heading(3, plain(question.wording))
    yield Paragraph(plain(f"Young people who wrote something: {question.answered}."))
    if question.none_because:
        yield Paragraph(plain(question.none_because), "small")
    for theme in question.themes:
        yield from _theme(theme)
    if question.quotes:
        yield Paragraph((Span("Others wrote", strong=True),))
    yield from _quotes(question.quotes)
    if question.codes is not None:
        yield from table_blocks(question.codes, 4)


def _theme(theme: ThemeWords) -> Iterator[Block]:
    yield Paragraph((Span(theme.name, strong=True), Span(f" ({theme.size} answers)")))
    shared = f"Words they share: {', '.join(theme.phrases)}. " if len(theme.phrases) > 1 else ""
    yield Paragraph(plain(f"{shared}How well it holds: {theme.stamp}."), "small")
    yield from _quotes(theme.quotes)


def _quotes(quotes: Sequence[QuoteWords]) -> Iterator[Block]:
    for quote in quotes:
        yield Quote(plain(quote.text), f"in other words, put so by {quote.put_by}" if quote.put_by else "")


def _to_take_with_you(readers: Readers | None) -> Iterator[Block]:
    yield Heading(2, plain("Questions to take with you"))
    questions = readers.take_with_you if readers and readers.take_with_you else TAKE_WITH_YOU
    yield ItemList(tuple(plain(question) for question in questions))
    yield Paragraph(plain(f"Written for this report after {BRIEFING}."), "small")


def _involved(parts: ReportParts) -> Iterator[Block]:
    if not parts.involved:
        return
    yield Heading(2, plain("How young people were involved"))
    yield Paragraph(
        plain("In the order of the short form of GRIPP2, the guidance for reporting involvement."), "small"
    )
    for item in parts.involved:
        yield Heading(3, plain(item.item))
        yield from (Paragraph(plain(said)) for said in item.said)


def _method(parts: ReportParts) -> Iterator[Block]:
    yield Heading(2, plain("How this was done"))
    yield ItemList(tuple(plain(step) for step in parts.methods), ordered=True)
    if parts.command:
        yield Paragraph(plain(AGAIN))
        yield Code(parts.command)
    for one in parts.quotes_signed:
        yield Paragraph(
            plain(f"{one.read_by} read every quote here and {one.approved_by} agreed that they leave, for {one.audience} (recorded, not proven). {CAUTION}")
        )  # fmt: skip
    yield Heading(3, plain("Decisions that went beyond the rules"))
    if not parts.overrides:
        yield Paragraph(plain("None is in the ledger for these tables."))
        return
    yield ItemList(tuple(plain(override) for override in parts.overrides))
