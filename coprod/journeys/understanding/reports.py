"""Writing a report: tables through the gate and the ledger, themes and quotes by the rules, drawn as page and PDF."""

import platform
from collections.abc import Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from msgspec import Struct

from analysis.inputs.responses import Responses
from analysis.inputs.texts import says_something
from analysis.publishing.disclosure import people_words
from analysis.publishing.ledger import Reissue
from analysis.publishing.quotes import LEAST_QUOTED, LONGEST_QUOTE, is_for_the_lead, shared_phrases
from analysis.publishing.redaction import redact
from analysis.publishing.report import Attended, ReportParts, ThemesOf, ThemeWords, report_document
from analysis.themes.themes import Theme, find_themes
from analysis.words.collocations import named
from campaigns.render import draw
from coprod.journeys.asking.batches import BATCH, SessionAbout, batch_header
from coprod.journeys.understanding.tables import Asked, Shown, show_tables
from coprod.kernel.document import Document
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

NOT_TYPED = "not written down"
TOO_FEW_FOR_THEMES = (
    "Too few answers, or too different from each other, to sort into piles: a person reads them."
)
LIBRARIES = ("coprod", "polars", "nltk", "scikit-learn", "scipy", "typst")


class ReportRequest(Struct, frozen=True):
    """What somebody wants in a report. Of a batch, no `questions` and `texts` means all of them.

    `quotes_read_by` is who has read the quotes and takes them on their name; without it none is printed.
    `command` is how the report was asked for, as its methods say it.
    """

    name: str
    title: str
    questions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    not_sensitive: str = ""
    quotes_read_by: str = ""
    reissue: Reissue | None = None
    command: str = ""


class WrittenReport(Struct, frozen=True):
    """Where a report is, and the releases it stands on."""

    page: Path
    pdf: Path
    releases: tuple[str, ...]
    simulated: bool


def write_report(
    workspace: Workspace, source: Path, responses: Responses, request: ReportRequest
) -> WrittenReport:
    """Write `out/NAME-report.html` and `.pdf` from a batch or a file, and record its tables as released.

    Raises RefusedError when a table was released otherwise before, BadInputError for a question that is not
    there or a name that cannot be a file's; then nothing is written.
    """
    stem = _stem(request.name)
    document, shown = compose_report(workspace, source, responses, request)
    page, pdf = draw(document, "report-page"), draw(document, "report-pdf")
    written = WrittenReport(
        workspace.out / f"{stem}-report.html",
        workspace.out / f"{stem}-report.pdf",
        tuple(one.entry.id for one in shown if one.entry),
        _is_simulated(workspace, responses),
    )
    write_whole(written.page, page)
    write_whole(written.pdf, pdf)
    return written


def compose_report(
    workspace: Workspace, source: Path, responses: Responses, request: ReportRequest
) -> tuple[Document, tuple[Shown, ...]]:
    """Give the report as a document, and the tables in it as they were recorded."""
    wanted = [
        Asked(question, not_sensitive=request.not_sensitive, reissue=request.reissue)
        for question in _questions(responses, request)
    ]
    themes = tuple(_themes_of(responses, text, request.quotes_read_by) for text in _texts(responses, request))
    shown = show_tables(responses, source, wanted, workspace)
    parts = ReportParts(
        clean_line(request.title),
        workspace.settings.name,
        responses.about.titles if responses.about else (),
        _answered(responses),
        _sessions(source),
        tuple(one.table for one in shown),
        themes,
        _methods(workspace, responses, shown, request),
        clean_line(request.quotes_read_by),
        _overrides(shown),
        _is_simulated(workspace, responses),
    )
    return report_document(parts), shown


def readable_texts(responses: Responses, column: str) -> list[str | None]:
    """Give the texts an analyst may print: a file's all, one a row; of a batch those whose writers agreed.

    Raises RefusedError for a batch where fewer than 10 wrote something (rule R9).
    """
    texts = responses.texts(column)
    if responses.about is None:
        return texts.to_list()
    if texts.len() < LEAST_QUOTED:
        raise RefusedError(
            "fewer than 10 young people wrote something here, so none of it may be shown outside the app"
        )
    return texts.filter(responses.quotable(column)).sort().to_list()


def _stem(name: str) -> str:
    stem = clean_line(name)
    if not stem or any(sign in stem for sign in '/\\:*?"<>|') or stem.startswith("."):
        raise BadInputError.of(name, "this cannot be a report's name", "use letters, digits and hyphens")
    return stem


def _is_simulated(workspace: Workspace, responses: Responses) -> bool:
    return responses.simulated or workspace.settings.simulated


def _questions(responses: Responses, request: ReportRequest) -> tuple[str, ...]:
    if request.questions or responses.about is None:
        return request.questions
    return tuple(one.key for one in responses.about.questions if one.question.kind != "text")


def _texts(responses: Responses, request: ReportRequest) -> tuple[str, ...]:
    return request.texts if request.texts or responses.about is None else responses.text_columns


def _answered(responses: Responses) -> str:
    if responses.about is None:
        return people_words(responses.frame.height)
    mains = responses.frame.filter(responses.frame["record"] == "main")
    return people_words(mains["response"].n_unique())


def _sessions(source: Path) -> tuple[Attended, ...]:
    if source.suffix.lower() != BATCH:
        return ()
    return tuple(_attended(one) for one in batch_header(source).sessions)


def _attended(session: SessionAbout) -> Attended:
    typed = session.attendance
    if not (typed.invited or typed.attended):
        return Attended(session.label, NOT_TYPED, NOT_TYPED)
    left_out = tuple(f"{people_words(one.count)}: {clean_line(one.why)}" for one in typed.left_out)
    return Attended(session.label, people_words(typed.invited), people_words(typed.attended), left_out)


def _themes_of(responses: Responses, column: str, quotes_read_by: str) -> ThemesOf:
    texts = responses.texts(column)
    answers = int(says_something(texts).sum())
    wording, answered = _wording(responses, column), people_words(answers)
    try:
        found = find_themes(texts, None, responses.quotable(column))
    except RefusedError:
        return ThemesOf(wording, answered, none_because=TOO_FEW_FOR_THEMES)
    may_quote = bool(quotes_read_by) and answers >= LEAST_QUOTED
    return ThemesOf(wording, answered, _theme_words(found.themes, texts.to_list(), may_quote=may_quote))


def _wording(responses: Responses, column: str) -> str:
    questions = responses.about.questions if responses.about else ()
    return next((one.question.wording for one in questions if one.key == column), column)


def _theme_words(
    themes: Sequence[Theme], texts: list[str | None], *, may_quote: bool
) -> tuple[ThemeWords, ...]:
    """Give themes in phrases that at least 5 wrote, with every word redacted as the whole column is."""
    shared = shared_phrases(texts, {phrase for theme in themes for phrase in theme.phrases})
    phrases = [[phrase for phrase in theme.phrases if phrase in shared] for theme in themes]
    names = named(phrases)
    quotes = [
        [
            quote
            for quote in theme.examples
            if may_quote and len(quote) <= LONGEST_QUOTE and not is_for_the_lead(quote)
        ]
        for theme in themes
    ]
    words = sorted({*names, *chain(*phrases), *chain(*quotes)})
    redacted = [row.text for row in redact([*texts, *words])[len(texts) :]]
    safe = dict(zip(words, redacted, strict=True))
    return tuple(
        ThemeWords(
            safe[names[place]],
            tuple(safe[phrase] for phrase in phrases[place]),
            people_words(theme.answers),
            theme.stamp,
            tuple(safe[quote] for quote in quotes[place]),
        )
        for place, theme in enumerate(themes)
    )


def _methods(
    workspace: Workspace, responses: Responses, shown: tuple[Shown, ...], request: ReportRequest
) -> tuple[str, ...]:
    """Give what was actually done, step by step."""
    small = (
        "in three word bands" if workspace.settings.small_counts == "bands" else "rounded to the nearest 5"
    )
    steps = [_how_asked(responses)]
    if shown:
        steps.append(
            "Tables follow the rules coprod-sdc 1: nothing under 5 answers, three word bands from 5 to 9, "
            f"{small} from 10 to 29, rounded to the nearest 5 from 30; sensitive questions not under 8, and never "
            "none or all. A table from which somebody could work out a small count was left out."
        )
        steps.append(f"Each table is in the workspace’s ledger: {_ledger_range(shown)}.")
    if _texts(responses, request):
        steps.append(
            "Written answers were sorted by the words they share (TF-IDF and non-negative matrix factorisation), the "
            "number of piles chosen by how well they hold when a fifth of the answers is left out, ten times. "
            "A person reads every written answer, whatever the piles say."
        )
    steps.append(
        f"Made with {', '.join(f'{name} {version(name)}' for name in LIBRARIES)}, Python {_python()}."
    )
    if request.command:
        steps.append(f"To make it again: {clean_line(request.command)}")
    return tuple(steps)


def _how_asked(responses: Responses) -> str:
    if responses.about is None:
        return "Answers came from a file. How they were asked, and of whom, is not known to coprod."
    return (
        "Young people answered on a screen that told them who reads the answers and until when they could take them "
        "back; every question could be skipped. Each answer was sealed as it was sent. Answers were opened together, "
        "never fewer than 5, mixed, and kept without a time, an order or a device."
    )


def _ledger_range(shown: tuple[Shown, ...]) -> str:
    ids = [one.entry.id for one in shown if one.entry]
    return ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}, {len(ids)} tables"


def _overrides(shown: tuple[Shown, ...]) -> tuple[str, ...]:
    return tuple(
        f"{one.entry.id} ({one.table.wording}) was released again from other data: {reissue.reason} "
        f"Signed by {' and '.join(reissue.signed_by)} (recorded, not proven)."
        for one in shown
        if one.entry and (reissue := one.entry.release.reissue)
    )


def _python() -> str:
    return platform.python_version()
