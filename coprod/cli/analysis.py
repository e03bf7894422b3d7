"""`coprod analysis themes|words|find`; tables and the report add theirs from modules of their own."""

import argparse
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coprod.cli import (
    codebook,
    coding,
    pathway,
    quoting,
    reading,
    report,
    sharing,
    suggest,
    tables,
    understanding,
    yousaid,
)
from coprod.cli.output import ask, print_json, print_line
from coprod.cli.responses import add_responses, decided_here, responses_of

if TYPE_CHECKING:
    import polars as pl

    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided
    from analysis.themes.themes import Theme, Themes
    from analysis.words.concordance import Line

Commands = Any  # argparse's type for sub-commands is private

MOST_WORDS = 40
FEWEST_WITH_A_WORD = 5
CAUTION = (
    "Piles to look at, not findings: a machine made them from words alone. Read the answers, merge, split and rename. "
    "Examples are raw answers, for the analyst only."
)
NOT_AUDITED = "Sizes are rounded; they are not audited against earlier releases."


def add_commands(commands: Commands) -> None:
    """Add the commands of the group."""
    themes = commands.add_parser("themes", help="find themes without labels")
    add_responses(themes)
    _add_text(themes)
    themes.add_argument("--themes", type=int, metavar="N", help="how many; left out, coprod chooses")
    themes.set_defaults(run=run_themes)
    words = commands.add_parser("words", help="count words")
    add_responses(words)
    _add_text(words)
    words.add_argument(
        "--most", type=int, default=MOST_WORDS, metavar="N", help=f"how many words (default {MOST_WORDS})"
    )
    words.set_defaults(run=run_words)
    find = commands.add_parser("find", help="show a word or phrase where it stands")
    add_responses(find)
    _add_text(find)
    find.add_argument(
        "pattern",
        metavar="PATTERN",
        help="a word, its beginning, or a phrase",
    )
    find.add_argument("--again", action="store_true", help="then ask for the next word, and the next")
    find.set_defaults(run=run_find)
    for module in (suggest, coding, codebook, understanding):
        module.add_commands(commands)
    tables.add_commands(commands)
    report.add_commands(commands)
    pathway.add_commands(commands)
    quoting.add_commands(commands)
    yousaid.add_commands(commands)
    reading.add_commands(commands)
    sharing.add_commands(commands)


def _add_text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text", required=True, metavar="COLUMN", help="the column (in a batch, the question) to read"
    )


def run_themes(arguments: argparse.Namespace) -> int:
    """Print the themes of a column of text."""
    from analysis.themes.themes import find_themes

    responses = responses_of(arguments)
    themes = find_themes(
        responses.texts(arguments.text),
        arguments.themes,
        responses.quotable(arguments.text),
        decided_here(arguments, responses),
    )
    if arguments.format == "json":
        print_json(_themes_as_json(themes, responses))
    else:
        _print_themes(themes, responses, arguments.text)
    return 0


def _themes_as_json(themes: "Themes", responses: "Responses") -> dict[str, Any]:
    """Give the fixed shape. Of a batch, sizes are words, and assignments are left out since they could be counted."""
    sealed = responses.about is not None
    return {
        "answers": _size(themes.answers, sealed=sealed),
        "themes": [_theme_as_json(theme, sealed=sealed) for theme in themes.themes],
        "assignments": [] if sealed else themes.assignments,
        "agreement": round(themes.agreement, 3),
        "simulated": responses.simulated,
    }


def _theme_as_json(theme: "Theme", *, sealed: bool) -> dict[str, Any]:
    return {
        "name": theme.name,
        "phrases": theme.phrases,
        "answers": _size(theme.answers, sealed=sealed),
        "examples": theme.examples,
        "stamp": theme.stamp,
    }


def _size(number: int, *, sealed: bool) -> int | str:
    from analysis.publishing.disclosure import people_words

    return people_words(number) if sealed else number


def _print_themes(themes: "Themes", responses: "Responses", column: str) -> None:
    from analysis.publishing.disclosure import people_words

    _print_marks(responses)
    print_line(f"{column}: {len(themes.themes)} themes in {people_words(themes.answers)} answers")
    for line in textwrap.wrap(f"{CAUTION} {NOT_AUDITED}", 78):
        print_line(line)
    for number, theme in enumerate(themes.themes, start=1):
        print_line()
        print_line(f"{number:2}  {theme.name}")
        print_line(f"    {people_words(theme.answers)} answers; {theme.stamp}")
        if len(theme.phrases) > 1:
            _print_indented(f"in their words: {', '.join(theme.phrases)}")
        for example in theme.examples:
            _print_indented(f"“{textwrap.shorten(example, 300, placeholder=' …')}”")
    print_line()
    print_line(f"{_left_over(themes)} answers fit none of these.")


def _left_over(themes: "Themes") -> str:
    from analysis.publishing.disclosure import people_words

    words = people_words(themes.answers - sum(theme.answers for theme in themes.themes))
    return words[0].upper() + words[1:]


def _print_indented(text: str) -> None:
    for line in textwrap.wrap(text, 76, initial_indent="    ", subsequent_indent="      "):
        print_line(line)


def _print_marks(responses: "Responses") -> None:
    if responses.simulated:
        print_line("SIMULATED: nobody said this")


def run_words(arguments: argparse.Namespace) -> int:
    """Print the words most answers hold; those of fewer than five answers are left out."""
    from analysis.inputs.texts import says_something
    from analysis.publishing.disclosure import people_words
    from analysis.words.words import count_words

    responses = responses_of(arguments)
    texts = responses.texts(arguments.text)
    counted = _common(count_words(texts.filter(says_something(texts))), arguments.most)
    sealed = responses.about is not None
    if arguments.format == "json":
        rows = [_word_as_json(row, sealed=sealed) for row in counted.iter_rows(named=True)]
        print_json({"words": rows, "simulated": responses.simulated})
        return 0
    _print_marks(responses)
    print_line(f"{arguments.text}: words by the number of answers they stand in. {NOT_AUDITED}")
    for row in counted.iter_rows(named=True):
        print_line(f"  {row['word']:<24} {people_words(row['answers'])}")
    return 0


def _common(counted: "pl.DataFrame", most: int) -> "pl.DataFrame":
    return counted.filter(counted["answers"] >= FEWEST_WITH_A_WORD).head(max(1, most))


def _word_as_json(row: dict[str, Any], *, sealed: bool) -> dict[str, Any]:
    counts = {"answers": _size(row["answers"], sealed=sealed), "times": row["times"]}
    if sealed:
        del counts["times"]
    return {"word": row["word"], **counts}


def run_find(arguments: argparse.Namespace) -> int:
    """Print each place a phrase stands; of a batch, only in answers whose writers let them be quoted."""
    from analysis.words.concordance import find_lines

    responses = responses_of(arguments)
    texts = responses.texts(arguments.text).filter(responses.quotable(arguments.text))
    decided = decided_here(arguments, responses)
    if arguments.again:
        return _search_on(texts, responses, arguments.pattern, decided)
    lines = find_lines(texts, arguments.pattern, decided)
    if arguments.format == "json":
        shown = [{"before": one.before, "found": one.found, "after": one.after} for one in lines]
        print_json({"lines": shown, "simulated": responses.simulated})
        return 0
    _print_marks(responses)
    _print_lines(lines)
    return 0


def _search_on(
    texts: "pl.Series", responses: "Responses", pattern: str, decided: "Mapping[str, Decided]"
) -> int:
    """Show a word or phrase, then ask for the next again and again; an empty line ends it. The texts are read once."""
    from analysis.words.concordance import index_of, search

    index = index_of(texts, decided)
    _print_marks(responses)
    while pattern:
        start: int | None = 0
        while start is not None:
            page = search(index, pattern, start)
            _print_lines(page.lines)
            start = (
                page.more_from
                if page.more_from and ask("Enter for more, N for no more").lower() != "n"
                else None
            )
        pattern = ask("Look for (nothing to end)")
    return 0


def _print_lines(lines: "Sequence[Line]") -> None:
    for one in lines:
        print_line(f"{one.before.rjust(40)}{one.found}{one.after}")
    print_line("Raw answers, for the analyst only." if lines else "Nothing found.")
