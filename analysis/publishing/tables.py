"""Tables of one question, and of one question by one other, that have passed the disclosure rules."""

import polars as pl

from analysis.inputs.answers import ANSWERED, Answers, answered_by, apart_of, counts_of
from analysis.publishing.disclosure import Count, Policy, Tally, answered_words, release, scheme_for
from analysis.publishing.feasible import rounded
from analysis.publishing.linked import is_exposed_with_margins
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedCell, ReleasedTable

LEAST_LEVEL = 10
LEAST_TWO_WAY = 60
MOST_VALUES = 40
OTHER_GROUPS = "Other groups, and no group given"


def release_table(answers: Answers, policy: Policy) -> ReleasedTable:
    """Give the one-way table of a question as it may be shown (rules R0 to R5)."""
    return release(_tally(answers), policy)


def release_breakdown(answers: Answers, groups: Answers, policy: Policy) -> ReleasedTable:
    """Give a question by the groups of one other question (rule R6). Cells name their group in `by`.

    Groups under 10, and those who gave no group, are put together. Raises RefusedError when fewer than
    60 answered, when a group and all the others together do not each have 10, when a question lets people
    pick several answers, or when the tables together would give a small count away.
    """
    if not groups.exclusive:
        raise RefusedError(f"`{groups.question}` lets people pick several answers, so it makes no groups")
    total = answered_by(answers)
    if total < LEAST_TWO_WAY:
        raise RefusedError(
            f"no breakdown under {LEAST_TWO_WAY} answers; "
            f"this question has {answered_words(total, answers.sensitive)}"
        )
    tallies = _level_tallies(answers, groups)
    _refuse_linked(tallies, policy)
    tables = {level: release(tally, policy, level) for level, tally in tallies.items()}
    cells = tuple(cell for table in tables.values() for cell in table.cells)
    why = "Rounded to the nearest 5, so that no single answer shows."
    sizes = tuple(
        ReleasedCell("Answered", table.answered, "rounded", why, level) for level, table in tables.items()
    )
    return ReleasedTable(
        answers.question, answers.wording, answered_words(total, answers.sensitive), cells, sizes
    )


def _tally(answers: Answers) -> Tally:
    numbers = answers.frame.filter(pl.col("state") == ANSWERED)["value"] if answers.ratings else None
    return Tally(
        answers.question,
        answers.wording,
        answered_by(answers),
        counts_of(answers),
        answers.exclusive,
        answers.sensitive,
        answers.values is None,
        apart_of(answers),
        None if numbers is None else int(numbers.cast(pl.Int64).sum()),
    )


def _level_tallies(answers: Answers, groups: Answers) -> dict[str, Tally]:
    """Give the tally of each level, small ones put together."""
    level = pl.when(pl.col("state") == ANSWERED).then(pl.col("value")).alias("level")
    levels = groups.frame.select("response", level)
    frame = answers.frame.filter(pl.col("state") == ANSWERED).join(levels, on="response", how="left")
    people = frame.select("response", "level").unique().group_by("level").len()
    sizes: dict[str | None, int] = dict(people.iter_rows())
    named = _large_levels(sizes, groups)
    merged = pl.when(pl.col("level").is_in(named)).then(pl.col("level")).otherwise(pl.lit(OTHER_GROUPS))
    frame = frame.with_columns(merged.alias("level"))
    present = [*named, OTHER_GROUPS] if sum(sizes.values()) > sum(sizes[name] for name in named) else named
    everyone = tuple(count.value for count in counts_of(answers))
    return {
        name: _level_tally(answers, frame.filter(pl.col("level") == name).drop("level"), everyone)
        for name in present
    }


def _large_levels(sizes: dict[str | None, int], groups: Answers) -> list[str]:
    """Give the levels that may stand alone. Raises RefusedError when fewer than two groups of 10 are left."""
    order = [count.value for count in counts_of(groups)]
    named = [name for name in order if sizes.get(name, 0) >= LEAST_LEVEL]
    total = sum(sizes.values())
    while named and 0 < total - sum(sizes[name] for name in named) < LEAST_LEVEL:
        named.remove(min(named, key=lambda name: (sizes[name], name)))
    parts = len(named) + (total > sum(sizes[name] for name in named))
    if not named or parts < 2:
        raise RefusedError(
            f"a breakdown by `{groups.question}` needs at least two groups of {LEAST_LEVEL} or more; "
            "put groups together in the file, or wait for more answers"
        )
    return named


def _level_tally(answers: Answers, frame: pl.DataFrame, values: tuple[str, ...]) -> Tally:
    """Give one level's tally. Values that only the answers tell stay so, so that rare ones are not named."""
    answered = frame["response"].n_unique()
    found: dict[str, int] = dict(frame.group_by("value").len().iter_rows())
    counts = tuple(Count(value, found.get(value, 0)) for value in values)
    return Tally(
        answers.question,
        answers.wording,
        answered,
        counts,
        answers.exclusive,
        answers.sensitive,
        answers.values is None,
    )


def _refuse_linked(tallies: dict[str, Tally], policy: Policy) -> None:
    """Refuse when cells, groups and totals, all rounded, would together leave only small counts for a cell."""
    counts = [[count.number for count in tally.counts] for tally in tallies.values()]
    shown = [
        column for column in zip(*counts, strict=True) if any(map(rounded, column)) or rounded(sum(column))
    ]
    if len(shown) > MOST_VALUES:
        raise RefusedError(f"a breakdown takes at most {MOST_VALUES} different answers; this column has more")
    rounded_all = all(scheme_for(tally.answered, policy) == "rounded" for tally in tallies.values())
    exclusive = all(tally.exclusive for tally in tallies.values())
    if rounded_all and exclusive and is_exposed_with_margins(list(zip(*shown, strict=True))):
        raise RefusedError(
            "this breakdown and the table of the whole question would together give a small count away; "
            "put groups or answers together in the file"
        )
