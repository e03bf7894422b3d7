"""The report: a document of blocks made from released tables, themes in bands, and what people typed about who is missing."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from analysis.publishing.redaction import CAUTION
from coprod.kernel.document import (
    Bar,
    BarChart,
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
from coprod.kernel.released import ReleasedCell, ReleasedTable

BRIEFING = (
    "Sharp-Jeffs, Coy and Kelly (2017) Key messages from research on child sexual exploitation: "
    "Commissioning health care services"
)
STANDING_CAUTION = (
    "Indicators are not evidence that sexual exploitation has taken place: all they suggest is that somebody should "
    "stay curious and use their judgement. Known cases are likely to be an under-estimate, because exploitation is "
    f"under-reported and under-identified. Source: {BRIEFING}."
)
LIMITS = (
    "What follows is what those who answered chose to say. It does not speak for young people who were not asked, "
    "could not come, or did not feel safe to answer. A low number does not mean that something does not happen here."
)
ROUNDING = (
    "Every number is rounded or put into words by the same published rules, so that nothing points at one person. "
    "Rounded numbers need not add up."
)
THEME_CAUTION = (
    "A machine sorted the answers into piles by the words they share; people then read them. A pile is a place to "
    "start, not a finding. Its size says how often something was written, not how much it matters."
)
NO_QUOTES = "No words are quoted here: nobody has yet read the quotes and taken them on their name."
CHART_NOTE = "The bars stand for bands of words, not for numbers."
PLAIN_ROUNDING = "Rounded to the nearest 5, so that no single answer shows."
QUESTIONS = (
    "Can young people get in along every care pathway, at the point of need, and is there enough for those who need it?",
    "Do waits, strict criteria or a lack of resources keep young people out, as inquiries found for CAMHS?",
    "Do staff see the whole young person, beyond the problem they came with?",
    "Do contracts last long enough for trust to grow, with outreach that goes on when it is turned down?",
    "Are the young people who are missing from this report being reached in some other way?",
)
TABLE_CAPTION = "In numbers and per cent, each rounded to the nearest 5"
SHOWN = frozenset({"ok", "rounded", "banded"})
MOST_TIED = 2
BAND_SHARES = {"few or none": 1 / 6, "about half": 1 / 2, "most or all": 5 / 6}
SIMULATED = "Nobody said any of this: the answers were made up by a machine to show how a report looks."


class Attended(Struct, frozen=True):
    """Who was reached in one session, as the facilitator typed it; numbers already in words."""

    session: str
    invited: str
    attended: str
    left_out: tuple[str, ...] = ()


class ThemeWords(Struct, frozen=True):
    """One theme as it may be printed: its size in words, and redacted quotes from people who agreed."""

    name: str
    phrases: tuple[str, ...]
    size: str
    stamp: str
    quotes: tuple[str, ...] = ()


class ThemesOf(Struct, frozen=True):
    """The themes of one free-text question, or in `none_because` why there are none."""

    wording: str
    answered: str
    themes: tuple[ThemeWords, ...] = ()
    none_because: str = ""


class ReportParts(Struct, frozen=True):
    """All that goes into a report. Nothing here is a true count or an unread answer."""

    title: str
    service: str
    surveys: tuple[str, ...]
    answered: str
    sessions: tuple[Attended, ...]
    tables: tuple[ReleasedTable, ...]
    themes: tuple[ThemesOf, ...]
    methods: tuple[str, ...]
    quotes_read_by: str = ""
    overrides: tuple[str, ...] = ()
    simulated: bool = False


def report_document(parts: ReportParts) -> Document:
    """Give the report as a document of blocks, marked where the answers are simulated."""
    blocks = (
        *_opening(parts),
        *_at_a_glance(parts.tables),
        *_who_is_missing(parts),
        *_questions(parts.tables),
        *_themes(parts),
        *_for_commissioners(),
        *_method(parts),
    )
    mark = "simulated" if parts.simulated else ""
    return Document(parts.title, "en", blocks, mark, ROUNDING)


def _opening(parts: ReportParts) -> Iterator[Block]:
    yield Heading(1, plain(parts.title))
    surveys = _listed(parts.surveys)
    lead = f"What young people told {parts.service}" + (f" in “{surveys}”" if surveys else "")
    yield Paragraph(
        plain(f"{lead}, with who answered, who did not, and how much weight the answers can bear."), "lead"
    )
    if parts.simulated:
        yield Paragraph(plain(SIMULATED), "caution")
    yield Paragraph(plain(STANDING_CAUTION), "caution")
    yield Paragraph(plain(LIMITS))


def _at_a_glance(tables: Sequence[ReleasedTable]) -> Iterator[Block]:
    """Give what was answered most to each question, from what is printed and nothing else."""
    lines = tuple(plain(line) for table in tables if (line := _most_often(table)))
    if lines:
        yield Heading(2, plain("At a glance"))
        yield ItemList(lines)


def _most_often(table: ReleasedTable) -> str:
    shares = {cell: _share(cell, table) for cell in table.cells if cell.status in SHOWN}
    most = max(shares.values(), default=0.0)
    cells = [cell for cell, share in shares.items() if share == most]
    if not most or len(cells) > MOST_TIED or cells == list(table.cells):
        return ""
    values = " and ".join(f"“{cell.value}”" for cell in cells)
    each = "each " if len(cells) > 1 else ""
    return f"{table.wording} Most often: {values} ({each}{cells[0].shown}; {table.answered} answered)."


def _who_is_missing(parts: ReportParts) -> Iterator[Block]:
    yield Heading(2, plain("Who is missing"))
    yield Paragraph(plain(f"Young people whose answers are in this report: {parts.answered}."))
    if not parts.sessions:
        yield Paragraph(
            plain("Nobody wrote down who was invited and who came, so this report cannot say who is missing.")
        )
        return
    rows = tuple((one.session, one.invited, one.attended) for one in parts.sessions)
    yield Table("Invited and came, as the facilitator wrote it down", ("Session", "Invited", "Came"), rows)
    left_out = tuple(plain(f"{one.session}: {reason}") for one in parts.sessions for reason in one.left_out)
    if left_out:
        yield Paragraph(plain("Left out, and why, in the facilitator’s words:"))
        yield ItemList(left_out)
    else:
        yield Paragraph(
            plain("Nobody wrote down who was left out. That is not the same as nobody being left out.")
        )


def _questions(tables: Sequence[ReleasedTable]) -> Iterator[Block]:
    if tables:
        yield Heading(2, plain("What they answered"))
        yield Paragraph(plain(ROUNDING), "small")
    for table in tables:
        yield Heading(3, plain(table.wording))
        yield from _question(table)


def _question(table: ReleasedTable) -> Iterator[Block]:
    answered = f"Young people who answered: {table.answered}."
    if not any(cell.status in SHOWN for cell in table.cells):
        yield Paragraph(plain(answered))
        yield Paragraph(plain(_listed_reasons(table.cells)), "small")
        return
    bars = tuple(Bar(cell.value, _share(cell, table), cell.shown) for cell in table.cells)
    spoken = "; ".join(f"{cell.value}: {cell.shown}" for cell in table.cells)
    banded = all(cell.status == "banded" for cell in table.cells)
    caption = f"{answered} {CHART_NOTE}" if banded else answered
    yield BarChart(caption, bars, f"Bar chart of {table.answered} answers. {spoken}.")
    if any(cell.percent for cell in table.cells):
        rows = tuple((cell.value, cell.shown, cell.percent or "–") for cell in table.cells)
        yield Table(TABLE_CAPTION, ("Answer", "Young people", "Per cent"), rows)
    if table.average:
        yield Paragraph(plain(f"Mean, to the nearest half: {table.average}."))
    if table.apart:
        apart = "; ".join(f"{cell.value}: {cell.shown}" for cell in table.apart)
        yield Paragraph(plain(f"Did not answer: {apart}."))
    if reasons := _listed_reasons((*table.cells, *table.apart)):
        yield Paragraph(plain(reasons), "small")


def _share(cell: ReleasedCell, table: ReleasedTable) -> float:
    """Give the length of a bar from what is printed and nothing else."""
    number, total = _number(cell.shown), _number(table.answered)
    if number is not None and total:
        return min(1.0, number / total)
    if total and cell.shown in BAND_SHARES and cell.status == "banded":
        return BAND_SHARES[cell.shown]
    return BAND_SHARES.get(cell.shown, 0.0)


def _number(shown: str) -> int | None:
    found = re.fullmatch(r"about (\d+)", shown)
    return int(found[1]) if found else None


def _themes(parts: ReportParts) -> Iterator[Block]:
    if not parts.themes:
        return
    yield Heading(2, plain("What they wrote"))
    yield Paragraph(plain(THEME_CAUTION))
    if not parts.quotes_read_by:
        yield Paragraph(plain(NO_QUOTES), "small")
    for question in parts.themes:
        yield Heading(3, plain(question.wording))
        yield Paragraph(plain(f"Young people who wrote something: {question.answered}."))
        if question.none_because:
            yield Paragraph(plain(question.none_because), "small")
        for theme in question.themes:
            yield from _theme(theme)


def _theme(theme: ThemeWords) -> Iterator[Block]:
    yield Paragraph((Span(theme.name, strong=True), Span(f" ({theme.size} answers)")))
    if len(theme.phrases) > 1:
        yield Paragraph(plain(f"Words they share: {', '.join(theme.phrases)}."))
    for quote in theme.quotes:
        yield Quote(plain(quote))
    yield Paragraph(plain(f"How well it holds: {theme.stamp}."), "small")


def _for_commissioners() -> Iterator[Block]:
    yield Heading(2, plain("Questions to take into commissioning"))
    yield ItemList(tuple(plain(question) for question in QUESTIONS))
    yield Paragraph(plain(f"After {BRIEFING}."), "small")


def _method(parts: ReportParts) -> Iterator[Block]:
    yield Heading(2, plain("How this was done"))
    yield ItemList(tuple(plain(step) for step in parts.methods), ordered=True)
    if parts.quotes_read_by:
        signed = f"{parts.quotes_read_by} read every quote here before it was printed (recorded, not proven). {CAUTION}"
        yield Paragraph(plain(signed))
    if parts.overrides:
        yield Paragraph(plain("Decisions that went beyond the rules, and who took them:"))
        yield ItemList(tuple(plain(override) for override in parts.overrides))


def _listed_reasons(cells: Sequence[ReleasedCell]) -> str:
    """Give each reason once, but for the one the whole report has given already."""
    return " ".join(dict.fromkeys(cell.reason for cell in cells if cell.reason != PLAIN_ROUNDING))


def _listed(words: Sequence[str]) -> str:
    return "”, “".join(words)
