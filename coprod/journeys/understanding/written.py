"""What young people wrote, as a report may print it: themes in shared words, quotes where they belong, codes."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analysis.inputs.responses import Responses
from analysis.inputs.texts import says_something
from analysis.publishing.disclosure import people_words
from analysis.publishing.quotes import printable_phrases
from analysis.publishing.redaction import Decided
from analysis.reports.audiences import Audience
from analysis.reports.parts import QuoteWords, ThemesOf, ThemeWords
from analysis.themes.themes import Theme, find_themes
from analysis.words.collocations import named
from coprod.journeys.understanding.quotes import Printable
from coprod.journeys.understanding.tables import Shown
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedTable

TOO_FEW_FOR_THEMES = (
    "Too few answers, or too different from each other, to sort into piles: a person reads them."
)
BEGINNING = 4


class WrittenAnswers(Struct, frozen=True):
    """One question with text, the quotes of it that may be printed, and by text what a person decided of its redaction."""

    responses: Responses
    column: str
    quotes: tuple[Printable, ...]
    decided: Mapping[str, Decided] = {}

    def __repr__(self) -> str:
        """Give the question only: answers are never shown."""
        return f"WrittenAnswers({self.column!r})"


def themes_of(written: WrittenAnswers, codes: Shown | None, readers: Audience | None) -> ThemesOf:
    """Give the themes of one question, or why there are none, with each quote under the theme whose words it has."""
    texts = written.responses.texts(written.column)
    answers = int(says_something(texts).sum())
    wording, answered = _wording(written.responses, written.column), people_words(answers)
    coded = _codes_for(codes.table, readers) if codes else None
    quotes = tuple(QuoteWords(one.text, one.approval.written_by) for one in written.quotes)
    try:
        found = find_themes(texts, None, written.responses.quotable(written.column), written.decided)
    except RefusedError:
        return ThemesOf(wording, answered, none_because=TOO_FEW_FOR_THEMES, quotes=quotes, codes=coded)
    themes, left = _with_quotes(_theme_words(found.themes, texts.to_list(), written.decided), quotes)
    return ThemesOf(wording, answered, themes, quotes=left, codes=coded)


def _wording(responses: Responses, column: str) -> str:
    questions = responses.about.questions if responses.about else ()
    return next((one.question.wording for one in questions if one.key == column), column)


def _theme_words(
    themes: Sequence[Theme], texts: list[str | None], decided: Mapping[str, Decided]
) -> tuple[ThemeWords, ...]:
    """Give themes in phrases that at least 5 wrote, and that may be printed as they stand in the answers."""
    printable = printable_phrases(texts, {phrase for theme in themes for phrase in theme.phrases}, decided)
    phrases = [tuple(phrase for phrase in theme.phrases if phrase in printable) for theme in themes]
    return tuple(
        ThemeWords(name, said, people_words(theme.answers), theme.stamp)
        for name, said, theme in zip(named(phrases), phrases, themes, strict=True)
    )


def _with_quotes(
    themes: Sequence[ThemeWords], quotes: Sequence[QuoteWords]
) -> tuple[tuple[ThemeWords, ...], tuple[QuoteWords, ...]]:
    """Give themes with the quotes that share most of their words, and the quotes that share none with any theme."""
    under: dict[int, list[QuoteWords]] = {}
    left = []
    for quote in quotes:
        shares = [_shared(theme, quote.text) for theme in themes]
        if any(shares):
            under.setdefault(shares.index(max(shares)), []).append(quote)
        else:
            left.append(quote)
    placed = tuple(replace(theme, quotes=tuple(under.get(at, ()))) for at, theme in enumerate(themes))
    return placed, tuple(left)


def _shared(theme: ThemeWords, text: str) -> int:
    """Count the words of a theme that a text has, whatever their ending."""
    words = {word for phrase in (theme.name, *theme.phrases) for word in phrase.casefold().split()}
    said = text.casefold().split()
    return sum(any(one.startswith(word[: max(BEGINNING, len(word) - 2)]) for one in said) for word in words)


def _codes_for(table: ReleasedTable, readers: Audience | None) -> ReleasedTable:
    """Give the table of codes; for an audience, only those that concern it."""
    if readers is None:
        return table
    wanted = {code.replace("-", " ").casefold() for code in readers.codes}
    kept = tuple(cell for cell in table.cells if _plain(cell.value) in wanted)
    return ReleasedTable(table.question, table.wording, table.answered, kept or table.cells)


def _plain(name: str) -> str:
    return name.casefold().replace("&", "and").replace("-", " ")
