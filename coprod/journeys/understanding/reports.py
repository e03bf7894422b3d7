"""Writing a report: tables through the gate and the ledger, quotes that two people let out, drawn in every format."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analysis.inputs.responses import Responses
from analysis.publishing.disclosure import people_words
from analysis.publishing.ledger import Override, Reissue
from analysis.publishing.redaction import Decided
from analysis.reports.answered import tables_document
from analysis.reports.audiences import Audience, concerns
from analysis.reports.involvement import involvement_statement, known_words
from analysis.reports.missing import NOT_TYPED
from analysis.reports.parts import Attended, Message, QuotesSigned, Readers, ReportParts
from analysis.reports.report import ROUNDING, STANDING_CAUTION, report_document
from campaigns.checking.evidence import shipped_evidence
from campaigns.render import Kind, draw
from campaigns.render.figures import drawn_figure, figures_of
from campaigns.render.text import drawn_text
from campaigns.render.theme import shipped_theme
from coprod.journeys.asking.batches import BATCH, SessionAbout, batch_header
from coprod.journeys.understanding.codings import CodingWork, coding_work, count_codes
from coprod.journeys.understanding.involvement import audiences_of, done_in, involvement_of
from coprod.journeys.understanding.methods import methods_of, overrides_of, releases_named
from coprod.journeys.understanding.quotes import (
    EVERYBODY,
    Asking,
    Printable,
    let_out_quotes,
    printable_quotes,
)
from coprod.journeys.understanding.redactions import decided_in
from coprod.journeys.understanding.tables import (
    Asked,
    Counted,
    Shown,
    let_out,
    rehearse,
    rehearse_tables,
    show_tables,
)
from coprod.journeys.understanding.written import WrittenAnswers, themes_of
from coprod.kernel.document import Document
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.released import ReleasedTable
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

Format = Literal["html", "pdf", "docx", "xlsx", "svg"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx", "xlsx")
ALL_FORMATS: tuple[Format, ...] = (*FORMATS, "svg")
KINDS: dict[Format, Kind] = {"html": "report-page", "pdf": "report-pdf", "docx": "report-word"}
THEME = "harbour"
TABLES_NOTE = (
    "Every number the report stands on, with how it may be shown and why. Nothing in this file is a true count.",
    STANDING_CAUTION,
    ROUNDING,
)


class LetOut(Struct, frozen=True):
    """Who read every quote and who agrees that they leave, and the day."""

    read_by: str
    approved_by: str
    on: date


class ReportRequest(Struct, frozen=True):
    """What somebody wants in a report. Of a batch, no `questions` and `texts` means all, or all that concern `audience`.

    `audience` is the id of its readers, or empty for everybody. `coder` is whose codes to count. `command` is how the
    report was asked for, as it prints it. `let_out` lets out the quotes the tool picks, for these readers.
    """

    name: str
    title: str
    audience: str = ""
    questions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    not_sensitive: str = ""
    coder: str = ""
    reissue: Reissue | None = None
    let_out: LetOut | None = None
    command: str = ""
    formats: tuple[Format, ...] = FORMATS
    override: Override | None = None


class WrittenReport(Struct, frozen=True):
    """Where a report is, by format, and the releases it stands on. `quotes` tells whether any are in it."""

    files: dict[str, Path]
    releases: tuple[str, ...]
    simulated: bool
    quotes: bool

    @property
    def page(self) -> Path:
        """Give the web page."""
        return self.files["html"]

    @property
    def pdf(self) -> Path:
        """Give the PDF."""
        return self.files["pdf"]


class Composed(Struct, frozen=True):
    """A report before it is drawn: its document, its tables for a workbook, and the tables as they were recorded."""

    report: Document
    tables: Document
    shown: tuple[Shown, ...]
    quotes: bool


def write_report(
    workspace: Workspace, source: Path, responses: Responses, request: ReportRequest
) -> WrittenReport:
    """Write `out/NAME-report` in every format asked for, from a batch or a file, and record its tables as released.

    Raises RefusedError when a table was released otherwise before or nothing here concerns the audience,
    BadInputError for a question that is not there or a name that cannot be a file's; then nothing is written.
    """
    readers = f"-for-{request.audience}" if request.audience else ""
    stem = f"{stem_of(request.name)}-report{readers}"
    if request.let_out is not None:
        _let_out(workspace, source, responses, request, request.let_out)
    composed = compose_report(workspace, source, responses, request)
    return write_composed(
        workspace, composed, stem, request.formats, simulated=is_simulated(workspace, responses)
    )


def write_composed(
    workspace: Workspace, composed: Composed, stem: str, formats: Sequence[Format], *, simulated: bool
) -> WrittenReport:
    """Write a report that is composed into `out/`, in every format asked for."""
    drawn = {path: content for name in formats for path, content in _drawn(composed, name, stem).items()}
    files: dict[str, Path] = {}
    for name, content in drawn.items():
        path = workspace.out / name
        write_whole(path, content)
        files.setdefault(path.suffix[1:], path)
    releases = tuple(one.entry.id for one in composed.shown if one.entry)
    return WrittenReport(files, releases, simulated, composed.quotes)


def preview_report(workspace: Workspace, source: Path, responses: Responses, request: ReportRequest) -> str:
    """Give a report as text, to look at before it is written: nothing is recorded, and no new quote is let out.

    Raises as `write_report` does where a table would be refused.
    """
    asked = replace(request, let_out=None)
    return drawn_text(compose_report(workspace, source, responses, asked, rehearsed=True).report).decode()


def compose_report(
    workspace: Workspace,
    source: Path,
    responses: Responses,
    request: ReportRequest,
    *,
    rehearsed: bool = False,
) -> Composed:
    """Give the report and its tables as documents, and the tables in them as they were recorded or only `rehearsed`."""
    readers = audiences_of(workspace).audience(request.audience) if request.audience else None
    questions = _questions(responses, request, readers)
    written = _written_answers(workspace, source, responses, request, readers)
    asked = [Asked(one, "", request.not_sensitive, request.reissue, request.override) for one in questions]
    shown = (rehearse_tables if rehearsed else show_tables)(responses, source, asked, workspace)
    works = [coding_work(responses, source, one.column, workspace) for one in written if request.coder]
    coded = _codes(workspace, works, request, rehearse if rehearsed else let_out)
    tables = tuple(one.table for one in shown)
    under = _messages(readers, tables) if readers else None
    told = {table.question for message in under.messages for table in message.tables} if under else set()
    all_shown = (*shown, *coded.values())
    involved = involvement_of(workspace)
    parts = ReportParts(
        title=clean_line(request.title),
        service=workspace.settings.name,
        surveys=responses.about.titles if responses.about else (),
        answered=answered_words_of(responses),
        sessions=sessions_of(source),
        tables=tuple(table for table in tables if table.question not in told),
        themes=tuple(themes_of(one, coded.get(one.column), readers) for one in written),
        methods=methods_of(workspace, responses, all_shown, texts=bool(written)),
        known=known_words(involved),
        readers=under,
        involved=involvement_statement(involved, done_in(workspace, responses)),
        quotes_signed=_signed(written),
        overrides=overrides_of(all_shown),
        command=clean_line(request.command),
        simulated=is_simulated(workspace, responses),
    )
    notes = (*TABLES_NOTE, releases_named(all_shown))
    held = [(one.table, one.entry.id if one.entry else "") for one in all_shown]
    workbook = tables_document(parts.title, notes, held, "simulated" if parts.simulated else "")
    return Composed(report_document(parts), workbook, all_shown, bool(parts.quotes_signed))


def _drawn(composed: Composed, wanted: Format, stem: str) -> dict[str, bytes]:
    """Give the files of one format by name."""
    if wanted == "xlsx":
        return {f"{stem}-tables.xlsx": draw(composed.tables, "report-workbook", theme=THEME)}
    if wanted == "svg":
        look = shipped_theme(THEME)
        return {
            f"{stem}-charts/chart-{number:02}.svg": drawn_figure(figure, look).encode()
            for number, figure in enumerate(figures_of(composed.report), start=1)
        }
    return {f"{stem}.{wanted}": draw(composed.report, KINDS[wanted], theme=THEME)}


def stem_of(name: str) -> str:
    """Give what files are called. Raises BadInputError for a name that cannot be a file's."""
    stem = clean_line(name)
    if not stem or any(sign in stem for sign in '/\\:*?"<>|') or stem.startswith("."):
        raise BadInputError.of(name, "this cannot be a report's name", "use letters, digits and hyphens")
    return stem


def is_simulated(workspace: Workspace, responses: Responses) -> bool:
    """Tell whether any of it was made up by a machine."""
    return responses.simulated or workspace.settings.simulated


def _questions(responses: Responses, request: ReportRequest, readers: Audience | None) -> tuple[str, ...]:
    """Give the questions to count, in the order they were asked. Raises RefusedError when none concerns the readers."""
    if request.questions or (responses.about is None and readers is None):
        return request.questions
    asked = (
        responses.frame.columns
        if responses.about is None
        else [one.key for one in responses.about.questions if one.question.kind != "text"]
    )
    if readers is None:
        return tuple(asked)
    found = tuple(key for key in asked if concerns(key, readers.questions))
    if not found:
        raise RefusedError(
            f"nothing that was asked here concerns {readers.name}; add question ids to them in audiences.yaml "
            "(`coprod analysis audiences start`), or leave --for out"
        )
    return found


def _written_answers(
    workspace: Workspace,
    source: Path,
    responses: Responses,
    request: ReportRequest,
    readers: Audience | None,
) -> tuple[WrittenAnswers, ...]:
    columns = request.texts
    if not columns and responses.about is not None:
        columns = responses.text_columns
        if readers is not None:
            columns = tuple(key for key in columns if concerns(key, readers.questions))
    decided = {column: decided_in(workspace, source, responses, column) for column in columns}
    return tuple(
        WrittenAnswers(
            responses,
            column,
            _quotes(workspace, responses, column, request, decided[column]),
            decided[column],
        )
        for column in columns
    )


def _quotes(
    workspace: Workspace,
    responses: Responses,
    column: str,
    request: ReportRequest,
    decided: Mapping[str, Decided],
) -> tuple[Printable, ...]:
    try:
        return printable_quotes(workspace, responses, column, request.audience or EVERYBODY, decided)
    except RefusedError:
        return ()


def _signed(written: Sequence[WrittenAnswers]) -> tuple[QuotesSigned, ...]:
    """Give each pair of people who let out quotes that are in the report, once."""
    approvals = [quote.approval for one in written for quote in one.quotes]
    found = (QuotesSigned(one.read_by, one.approved_by, _readers_named(one.audience)) for one in approvals)
    return tuple(dict.fromkeys(found))


def _readers_named(audience: str) -> str:
    return audience.replace("-", " ")


def _let_out(
    workspace: Workspace, source: Path, responses: Responses, request: ReportRequest, names: LetOut
) -> None:
    asking = Asking(names.read_by, names.approved_by, request.audience or EVERYBODY)
    let_out_quotes(workspace, source, responses, request.texts, asking, names.on)


def _codes(
    workspace: Workspace,
    works: Sequence[CodingWork],
    request: ReportRequest,
    let_out: Callable[[Workspace, Sequence[Counted]], tuple[Shown, ...]],
) -> dict[str, Shown]:
    """Give the table of one coder's codes for each question with text, through the gate and the ledger."""
    said = request.not_sensitive, request.reissue, request.override
    return {
        work.question: let_out(workspace, [count_codes(work, request.coder, workspace, *said)])[0]
        for work in works
    }


def _messages(readers: Audience, tables: Sequence[ReleasedTable]) -> Readers:
    """Give the key messages with the tables that bear on them, each table under the first message only."""
    evidence, left = shipped_evidence(), list(tables)
    messages, not_asked = [], []
    for bears in readers.messages:
        statement = evidence.statement(bears.statement)
        if statement is None:
            raise BadInputError.of(
                bears.statement, "the briefing has no such statement", "name one of evidence.yaml"
            )
        found = tuple(table for table in left if concerns(table.question, bears.questions))
        left = [table for table in left if table not in found]
        if found:
            messages.append(Message(statement.says, statement.caveat, found))
        else:
            not_asked.append(statement.says)
    return Readers(
        readers.name, readers.briefing == "held", tuple(messages), tuple(not_asked), readers.take_with_you
    )


def answered_words_of(responses: Responses) -> str:
    """Give how many answered, in words."""
    if responses.about is None:
        return people_words(responses.frame.height)
    mains = responses.frame.filter(responses.frame["record"] == "main")
    return people_words(mains["response"].n_unique())


def sessions_of(source: Path) -> tuple[Attended, ...]:
    """Give who was reached in each session of a batch, in words; nothing for a file."""
    if source.suffix.lower() != BATCH:
        return ()
    return tuple(_attended(one) for one in batch_header(source).sessions)


def _attended(session: SessionAbout) -> Attended:
    typed = session.attendance
    left_out = tuple(f"{people_words(one.count)}: {clean_line(one.why)}" for one in typed.left_out)
    if not (typed.invited or typed.attended):
        return Attended(session.label, NOT_TYPED, NOT_TYPED, left_out)
    return Attended(session.label, people_words(typed.invited), people_words(typed.attended), left_out)
