"""How a report was made, written from what was actually done."""

import platform
from collections.abc import Sequence
from importlib.metadata import version

from analysis.inputs.responses import Responses
from analysis.themes.factors import RERUNS
from analysis.themes.themes import FEWEST_ANSWERS
from coprod.journeys.understanding.tables import Shown
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

LIBRARIES = ("coprod", "polars", "nltk", "scikit-learn", "scipy", "typst")


def methods_of(
    workspace: Workspace, responses: Responses, shown: Sequence[Shown], *, texts: bool
) -> tuple[str, ...]:
    """Give what was done, step by step."""
    steps = [_how_asked(responses)]
    if workspace.settings.opener:
        steps.append(
            f"{clean_line(workspace.settings.opener)} was named to open the answers and to read them."
        )
    if shown:
        steps += [_rules(workspace), releases_named(shown)]
    if texts:
        steps.append(
            "Written answers were sorted by the words they share (TF-IDF and non-negative matrix factorisation), the "
            f"number of piles chosen by how many come again from one half of the answers to the other, {RERUNS} times; under "
            f"{FEWEST_ANSWERS} answers none were made. A person reads every written answer, whatever the piles say."
        )
    made = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (*steps, f"Made with {made}, Python {platform.python_version()}.")


def releases_named(shown: Sequence[Shown]) -> str:
    """Give where the tables stand in the ledger, which also knows by its fingerprint the file they came from."""
    ids = [one.entry.id for one in shown if one.entry]
    if not ids:
        return "The tables were not audited against earlier releases."
    numbers = sorted(int(one.removeprefix("release-")) for one in ids)
    named = ids[0] if len(ids) == 1 else f"release-{numbers[0]} to release-{numbers[-1]}, {len(ids)} tables"
    return (
        f"Each table is in the workspace’s ledger: {named}. The ledger knows by its fingerprint the file they came from, "
        "which stands as FILE in the command below."
    )


def overrides_of(shown: Sequence[Shown]) -> tuple[str, ...]:
    """Give every decision that went beyond the rules and stands in the ledger for these tables (rule R10)."""
    return (
        tuple(
            f"{one.entry.id} ({one.table.wording}) was released again from other data"
            f"{', of other people' if reissue.other_people else ''}: {clean_line(reissue.reason)} "
            f"Signed by {' and '.join(map(clean_line, reissue.signed_by))} (recorded, not proven)."
            for one in shown
            if one.entry and (reissue := one.entry.release.reissue)
        )
        + tuple(
            f"{one.entry.id} ({one.table.wording}) was released although a rule held it back: {clean_line(override.reason)} "
            f"Signed by {' and '.join(map(clean_line, override.signed_by))} (recorded, not proven). "
            f"Held against it: {'; '.join(override.against) or 'not said'}."
            for one in shown
            if one.entry and (override := one.entry.release.override)
        )
        + tuple(
            f"{one.entry.id} ({one.table.wording}) was taken as not sensitive, because: {clean_line(reason)}"
            for one in shown
            if one.entry and (reason := one.entry.release.not_sensitive)
        )
    )


def _rules(workspace: Workspace) -> str:
    how = workspace.settings.small_counts
    small = "in three word bands" if how == "bands" else "rounded to the nearest 5"
    large = (
        "exact, with 0 to 4 and what would tell them hidden,"
        if how == "exact"
        else "rounded to the nearest 5"
    )
    return (
        "Tables follow the rules coprod-sdc 1: nothing under 5 answers, three word bands from 5 to 9, "
        f"{small} from 10 to 29, {large} from 30; sensitive questions not under 8, and never "
        "none or all. A table from which somebody could work out a small count was left out."
    )


def _how_asked(responses: Responses) -> str:
    if responses.about is None:
        return "Answers came from a file. How they were asked, and of whom, is not known to coprod."
    return (
        "Young people answered on a screen that told them who reads the answers and until when they could take them "
        "back; every question could be skipped. Each answer was sealed as it was sent. Answers were opened together, "
        "never fewer than 5, mixed, and kept without a time, an order or a device."
    )
