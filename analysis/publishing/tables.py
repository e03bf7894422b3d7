"""Tables of one question, and of one question by one other, that have passed the disclosure rules."""

import polars as pl

from analysis.inputs.answers import ANSWERED, Answers, answered_by, apart_of, counts_of
from analysis.publishing.disclosure import Count, Policy, Tally, answered_words, release
from analysis.publishing.groups import protected
from analysis.publishing.ledger import Release
from coprod.kernel.problem import RefusedError
from coprod.kernel.released import ReleasedTable

LEAST_LEVEL = 10
LEAST_TWO_WAY = 60
MOST_VALUES = 40
OTHER_GROUPS = "Other groups, and no group given"


def release_table(answers: Answers, policy: Policy) -> ReleasedTable:
    """Give the one-way table of a question as it may be shown (rules R0 to R5, R8)."""
    return release(_tally(answers), policy)


def release_breakdown(answers: Answers, groups: Answers, policy: Policy) -> ReleasedTable:
    """Give a question by the groups of one other question (rule R6). Cells name their group in `by`.

    Groups under 10, and those who gave no group, are put together; those who would rather not give theirs go first.
    Raises RefusedError when fewer than 60 answered, when a group and all the others together do not each have 10, when a
    question lets people pick several answers, or when the tables together would give a count away (rule R8).
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
    if len(next(iter(tallies.values())).counts) > MOST_VALUES:
        raise RefusedError(f"a breakdown takes at most {MOST_VALUES} different answers; this column has more")
    whole = release_of("", answers, release_table(answers, policy), policy)
    return protected(tallies, whole, groups.question, total, policy)


def release_of(data: str, answers: Answers, table: ReleasedTable, policy: Policy, by: str = "") -> Release:
    """Give a table as the ledger keeps it, with what a reader knows of how it was counted."""
    return Release(
        data,
        table,
        by,
        small_counts=policy.small_counts,
        exclusive=answers.exclusive,
        sensitive=bool(answers.sensitive),
    )


def _tally(answers: Answers) -> Tally:
    return Tally(
        answers.question,
        answers.wording,
        answered_by(answers),
        counts_of(answers),
        answers.exclusive,
        answers.sensitive,
        answers.values is None,
        apart_of(answers),
        sum(int(value) * times for value, times in answers.given.items()) if answers.ratings else None,
        ordered=answers.ordered,
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
