"""What a commissioner holds in their hands: released numbers, who is missing, and how far to trust it."""

import re
from itertools import pairwise

import msgspec

from analysis.publishing.disclosure import Count, Policy, Tally, release
from analysis.reports.parts import (
    Attended,
    QuotesSigned,
    QuoteWords,
    ReportParts,
    ThemesOf,
    ThemeWords,
)
from analysis.reports.report import NO_QUOTES, STANDING_CAUTION, report_document
from coprod.kernel.document import BarChart, Document, Heading, ItemList, Paragraph, Quote, Table, text_of
from coprod.kernel.released import ReleasedTable

THEME = ThemeWords(
    "staff listened", ("staff listened", "my worker"), "about 15", "in 9 of 10", (QuoteWords("They rang me"),)
)


def table(*numbers: int, policy: Policy | None = None, sensitive: str = "") -> ReleasedTable:
    counts = tuple(Count(f"choice {place}", number) for place, number in enumerate(numbers))
    tally = Tally("q", "Did people listen?", sum(numbers), counts, sensitive=sensitive)
    return release(tally, policy or Policy("rounded"))


def report(**more: object) -> Document:
    parts = ReportParts(
        title="What young people told us",
        service="Riverside",
        surveys=("After a visit",),
        answered="about 40",
        sessions=(Attended("autumn", "about 50", "about 40", ("fewer than 10: could not come",)),),
        tables=(table(23, 17),),
        themes=(ThemesOf("Anything else?", "about 25", (THEME,)),),
        methods=("They answered.",),
    )
    return report_document(msgspec.structs.replace(parts, **more))


def words(document: Document) -> str:
    return msgspec.json.encode(document).decode()


def headings(document: Document) -> list[str]:
    return [text_of(block.inline) for block in document.blocks if isinstance(block, Heading)]


def test_the_standing_caution_comes_before_any_number_and_names_its_source() -> None:
    blocks = report().blocks
    place = next(
        at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.role == "caution"
    )
    numbers = next(at for at, block in enumerate(blocks) if isinstance(block, BarChart | Table | ItemList))
    assert place < numbers
    for part in ("Indicators are not evidence", "under-estimate", "Sharp-Jeffs, Coy and Kelly, 2017"):
        assert part in STANDING_CAUTION


def test_who_is_missing_comes_before_what_was_answered() -> None:
    order = headings(report())
    assert order.index("Who is missing") < order.index("What they answered")
    assert "could not come" in words(report())


def test_it_says_so_when_nobody_wrote_down_who_was_invited() -> None:
    assert "cannot say who is missing" in words(report(sessions=()))


def test_each_chart_says_every_number_and_percentage_in_words() -> None:
    chart = next(block for block in report().blocks if isinstance(block, BarChart))
    assert [bar.shown for bar in chart.bars] == ["about 25 (65%)", "about 15 (40%)"]
    assert all(f"{bar.label}: {bar.shown}" in chart.alt for bar in chart.bars)


def test_bars_are_drawn_from_what_is_printed_never_from_the_true_count() -> None:
    """23 and 22 of 40 print alike, so they must look alike to a ruler."""
    charts = [
        next(block for block in report(tables=(table(*numbers),)).blocks if isinstance(block, BarChart))
        for numbers in ((23, 17), (24, 16), (25, 15))
    ]
    assert charts[0].bars[0] == charts[1].bars[0] == charts[2].bars[0]
    assert all(0 <= bar.share <= 1 for chart in charts for bar in chart.bars)


def test_a_table_that_may_not_be_shown_gives_its_reason_and_no_chart() -> None:
    document = report(tables=(table(2, 1),))
    assert not any(isinstance(block, BarChart) for block in document.blocks)
    assert "Fewer than 5 young people answered" in words(document)
    assert "At a glance" not in headings(document)


def test_bands_are_drawn_as_bands_and_say_so() -> None:
    document = report(tables=(table(6, 2),))
    chart = next(block for block in document.blocks if isinstance(block, BarChart))
    assert "bands of words" in chart.caption


def test_what_was_answered_most_is_said_first() -> None:
    text = words(report())
    assert "Did people listen? Most often: “choice 0” (about 25; about 40 answered)." in text


SIGNED = QuotesSigned("Ana Clerk", "Bo Lead", "police")


def test_quotes_stand_only_under_the_names_of_who_let_them_out_and_for_whom() -> None:
    unread = report(
        themes=(ThemesOf("Anything else?", "about 25", (msgspec.structs.replace(THEME, quotes=()),)),)
    )
    assert NO_QUOTES in words(unread)
    signed = words(report(quotes_signed=(SIGNED,)))
    assert "Ana Clerk read every quote here and Bo Lead agreed that they leave, for police" in signed
    assert any(isinstance(block, Quote) for block in report(quotes_signed=(SIGNED,)).blocks)


def test_a_paraphrase_says_that_it_is_one_and_whose() -> None:
    put = msgspec.structs.replace(THEME, quotes=(QuoteWords("Somebody phoned.", "AC"),))
    document = report(themes=(ThemesOf("Anything else?", "about 25", (put,)),))
    quote = next(block for block in document.blocks if isinstance(block, Quote))
    assert quote.attribution == "in other words, put so by AC"


def test_quotes_carry_no_attribute_of_who_said_them() -> None:
    assert all(not block.attribution for block in report().blocks if isinstance(block, Quote))


def test_simulated_answers_are_marked_on_every_page_and_in_the_text() -> None:
    document = report(simulated=True)
    assert document.mark == "simulated"
    assert "Nobody said any of this" in words(document)
    assert report().mark == ""


def test_overrides_are_printed_and_so_is_that_there_are_none() -> None:
    assert "None is in the ledger" in words(report())
    assert "Signed by Ana and Bo" in words(report(overrides=("release-2 again. Signed by Ana and Bo.",)))


def test_no_two_headings_skip_a_level() -> None:
    levels = [block.level for block in report().blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert not re.search(r'"text":""', words(report()))
