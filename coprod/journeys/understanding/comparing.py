"""Comparing what was written at two times: one coder's codes or themes in each, released, and how each one changed."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from analysis.publishing.disclosure import Count, Tally, release
from analysis.publishing.ledger import Reissue, Release
from analysis.themes.themework import left_over, themes_now
from coprod.journeys.understanding.changes import Changed, changes
from coprod.journeys.understanding.codings import SENSITIVE, CodingWork, count_codes
from coprod.journeys.understanding.tables import Counted, Shown, let_out, policy_of
from coprod.journeys.understanding.themework import kept_themes
from coprod.workspace import Workspace

NO_THEME = "none of these themes"
Of = Literal["codes", "themes"]


class Compared(Struct, frozen=True):
    """What is compared: whose codes or themes in both, and why they are not sensitive or released from other data too."""

    coder: str
    of: Of = "codes"
    not_sensitive: str = ""
    reissue: Reissue | None = None


def compare(
    before: CodingWork, after: CodingWork, asked: Compared, workspace: Workspace | None
) -> tuple[tuple[Changed, ...], tuple[str, ...]]:
    """Release a table of each, both or neither, and give how every code or theme changed and how each was audited.

    Themes are compared by their names: name alike in both what is meant alike. Raises RefusedError as `release_codes`
    does, BadInputError where a coder has no codes or keeps no themes in one of them.
    """
    shown = _left(count_both(before, after, asked, workspace), workspace)
    return changes(shown[0].table, shown[1].table), tuple(one.audit for one in shown)


def count_both(
    before: CodingWork, after: CodingWork, asked: Compared, workspace: Workspace | None
) -> tuple[Counted, Counted]:
    """Give the tables that `compare` lets out, by their own rules, not yet held against the ledger. Raises as it does."""
    count = count_codes if asked.of == "codes" else count_themes
    first, second = (
        count(work, asked.coder, workspace, asked.not_sensitive, asked.reissue) for work in (before, after)
    )
    return first, second


def count_themes(
    work: CodingWork,
    coder: str,
    workspace: Workspace | None,
    not_sensitive: str = "",
    reissue: Reissue | None = None,
) -> Counted:
    """Give how many answers are in each theme an analyst keeps, by the disclosure rules, not yet held against the ledger.

    Themes set aside and answers that fit none are counted together. Raises BadInputError when no themes are kept.
    """
    held = kept_themes(work, coder)
    sizes: Counter[str] = Counter()
    for theme in themes_now(held):
        sizes[NO_THEME if theme.is_set_aside else theme.name] += len(theme.responses)
    sizes[NO_THEME] += len(left_over(held))
    tally = Tally(
        f"{work.question}: themes", f"{work.question}: themes by {coder}", sizes.total(),
        tuple(Count(name, number) for name, number in sizes.items()),
        sensitive="" if not_sensitive else SENSITIVE,
    )  # fmt: skip
    policy = policy_of(workspace)
    left = Release(
        work.data, release(tally, policy), not_sensitive=not_sensitive, reissue=reissue,
        small_counts=policy.small_counts, sensitive=bool(tally.sensitive),
    )  # fmt: skip
    return Counted(left, sizes.total())


def _left(counted: Sequence[Counted], workspace: Workspace | None) -> tuple[Shown, ...]:
    if workspace is None:
        return tuple(Shown(one.release.table, None) for one in counted)
    return let_out(workspace, counted)
