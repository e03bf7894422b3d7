"""Reports of opened answers, and what is done about what was said."""

from typing import TYPE_CHECKING

from coprod.tui.dialogs import Field, Filling
from coprod.tui.pick import Pick
from coprod.tui.widgets.choices import Shown

if TYPE_CHECKING:
    from coprod.tui.analyst.opened import OpenedScreen


def report(screen: "OpenedScreen") -> None:
    """Put a report together."""
    from coprod.tui.analyst.report import ReportScreen

    screen.open_over(ReportScreen(screen.workspace, screen.answers))


def you_said(screen: "OpenedScreen") -> None:
    """Answer what young people said."""
    from coprod.tui.analyst.yousaid import YouSaidScreen

    screen.open_over(YouSaidScreen(screen.workspace, screen.answers))


def pathway(screen: "OpenedScreen") -> None:
    """Draw the pathway audit, its tables recorded as released."""
    from coprod.journeys.understanding.at_the_desk import pathway_from
    from coprod.tui.analyst.opened import said_yes

    def go_on(typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            screen.work_on(
                None, "Drawing the pathway", pathway_from,
                then=lambda files: screen.tell("The pathway audit is written", *files),
            )  # fmt: skip

    field = Field("Its tables go into the ledger for good. Type yes", name="yes")
    screen.open_over(Filling("Write the pathway audit into out/", (field,), said_yes), go_on)


def involvement(screen: "OpenedScreen") -> None:
    """Begin the files that only people can fill in: involvement, what the team found, who reads reports."""
    from coprod.journeys.understanding.involvement import start_audiences, start_involvement
    from coprod.journeys.understanding.pathway import start_pathway

    starts = {"involvement": start_involvement, "pathway": start_pathway, "audiences": start_audiences}

    def go_on(what: str | None) -> None:
        if what == "show":
            show_involvement(screen)
        elif what is not None:
            path = screen.attempt(lambda: starts[what](screen.workspace))
            if path is not None:
                screen.tell(
                    "Fill it in, then come back", f"analysis/{path.name}", "Reports say what it says."
                )

    screen.open_over(
        Pick(
            "Files that only people can fill in",
            Shown("show", "See what the file on involvement says"),
            Shown("involvement", "Involvement: how young people were involved, and what changed"),
            Shown("pathway", "Pathway: what the team found at each access point"),
            Shown("audiences", "Audiences: who reads reports, and what concerns them"),
        ),
        go_on,
    )


def show_involvement(screen: "OpenedScreen") -> None:
    """Show what the team wrote down of how young people were involved."""
    from coprod.journeys.understanding.desk_pages import involvement_page
    from coprod.tui.analyst.page import PageScreen

    lines = screen.attempt(lambda: involvement_page(screen.workspace))
    if lines is not None:
        screen.open_over(PageScreen(screen.answers, "How young people were involved", lines))
