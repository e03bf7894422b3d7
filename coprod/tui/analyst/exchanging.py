"""Answers and codes to other programs, and from them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coprod.clock import today
from coprod.tui.analyst.signing import SIGNING, signed_by_two
from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from coprod.journeys.understanding.reading import Question
    from coprod.tui.analyst.opened import OpenedScreen
    from coprod.tui.desk_screen import DeskScreen
    from coprod.workspace import Workspace

RAW_FIELDS = (Field("Why raw answers leave coprod (recorded)", name="reason"), *SIGNING[1:])


def exchange(screen: "OpenedScreen") -> None:
    """Write answers or codes for another program, or bring those of one in."""
    ways = {
        "answers": lambda: export(screen),
        "coded": lambda: screen.with_written(lambda question: export_coded(screen, question)),
        "codebook": lambda: screen.with_written(lambda question: export_codebook(screen, question)),
        "bring": lambda: bring_in(screen, screen.workspace),
    }
    screen.open_over(
        Pick(
            "To other programs, and from them",
            Shown("answers", "Raw answers: CSV, Excel, Parquet or SPSS, on two names"),
            Shown("coded", "Answers with codes: REFI-QDA, CSV or Excel, on two names"),
            Shown("codebook", "The codebook alone: REFI-QDA, Taguette or YAML"),
            Shown("bring", "Bring in a codebook, a project, or a colleague’s coding"),
        ),
        lambda what: ways[what]() if what else None,
    )


def export(screen: "OpenedScreen") -> None:
    """Write answers for another program, on two names and a reason."""
    from coprod.journeys.understanding.at_the_desk import export_from

    fields = (
        Field("File, ending in .csv, .xlsx, .parquet or .sav", value=f"out/{screen.answers.source.stem}.csv"),
        *RAW_FIELDS,
    )

    def go_on(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            screen.work_on(
                None, "Writing answers", export_from, typed, today(),
                then=lambda told: screen.tell("Written", *told),
            )  # fmt: skip

    heading = "RAW answers, not for publishing. Two people sign; it is recorded."
    screen.open_over(Filling(heading, fields, signed_by_two), go_on)


def export_coded(screen: "OpenedScreen", question: "Question") -> None:
    """Write the answers to a question with everybody's codes, on two names and a reason."""
    from coprod.journeys.understanding.exchange_desk import export_coded_from

    fields = (
        Field("File, ending in .qdpx, .csv or .xlsx", value=f"out/{screen.answers.source.stem}.qdpx"),
        Field("Columns beside each answer, parted by ; (may stay empty)"),
        *RAW_FIELDS,
    )
    _fill(
        screen,
        "RAW answers with codes. Two people sign; it is recorded.",
        fields,
        question,
        export_coded_from,
    )


def export_codebook(screen: "OpenedScreen", question: "Question") -> None:
    """Write the codebook alone."""
    from coprod.journeys.understanding.exchange_desk import export_codebook_from

    field = Field("File, ending in .qdc, .taguette.csv or .yaml", value="out/codebook.qdc")
    _fill(screen, "The codebook holds no answers.", (field,), question, export_codebook_from)


def bring_in(screen: "DeskScreen", workspace: "Workspace") -> None:
    """Bring what another program wrote into a new folder of the workspace."""

    def bring(typed: tuple[str, ...]) -> tuple[str, ...]:
        from coprod.journeys.understanding.exchange_desk import bring_coded_in

        return bring_coded_in(workspace, typed[0], typed[1], today())

    fields = (
        Field("A .qdc or .qdpx file, a codebook of Taguette (.csv), or a colleague’s .coding"),
        Field("New folder in this workspace, for what other programs wrote", value="imported"),
    )
    form = Filling("From another program, or from a colleague who codes too", fields, bring)
    screen.open_over(form, lambda done: screen.tell("It is here", *done) if done else None)


def _fill(
    screen: "OpenedScreen",
    heading: str,
    fields: tuple[Field, ...],
    question: "Question",
    write: "Callable[..., tuple[str, ...]]",
) -> None:
    is_raw = fields[-1] in RAW_FIELDS

    def go_on(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            screen.work_on(
                question, "Writing it", write, typed, today(), then=lambda told: screen.tell("Written", *told)
            )

    form: Filling[tuple[str, ...]] = Filling(heading, fields, signed_by_two if is_raw else tuple)
    screen.open_over(form, go_on)
