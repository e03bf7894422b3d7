"""What may be shown of a count: rules R0 to R5, as pure functions over numbers.

Rules ("coprod-sdc 1"; every survey is treated as covering its whole population):

- R0 under 5 answers: only "fewer than 5".
- R1 5 to 9: three word bands; a sensitive question not below 8.
- R2 10 to 29: bands, or counts rounded to the nearest 5 with the total rounded too, one way for a whole survey.
- R3 30 and more: counts rounded to the nearest 5.
- R4 percentages from 20, to the nearest 5, worked out from rounded counts; means from 10, to the nearest 0.5,
  but not beside bands, which a mean would narrow too far.
- R5 a sensitive question never shows none or all.

Beyond them, a table of 10 or more is withheld when a reader who knows these rules would be left with
counts of 1 to 4 only for some value (see `analysis.publishing.feasible`), and a value known only because somebody
gave it is not named where few or none gave it, because its name alone says that somebody did.
"""

from typing import Literal

from msgspec import Struct, structs

from analysis.publishing.audit import Known, feasible_range
from analysis.publishing.feasible import (
    SMALL,
    Possible,
    Scheme,
    band_of,
    is_exposed,
    possible_counts,
    ranges_at,
    rounded,
)
from coprod.kernel.released import ReleasedCell, ReleasedTable, Status

LEAST_SHOWN = 5
LEAST_SENSITIVE = 8
LEAST_ROUNDED = 10
LEAST_PERCENT = 20
ROUNDED_ONLY = 30
STEP = 5
NUMBER_ENDS = (0, 10)
MOST_WEIGHT = 41
BAND_WORDS = {"few": "few or none", "half": "about half", "most": "most or all"}
NOT_SHOWN = "not shown"
TOO_FEW_TO_NAME = "Other answers, each given by too few to name"
ALL_ANSWERS = "All answers"
Reason = tuple[Status, str]
WORKED_OUT: Reason = (
    "hidden-protect",
    "Not shown: beside the total, it would tell that only one to four gave a rare answer.",
)


class Count(Struct, frozen=True):
    """How many gave one answer. True counts: never print this."""

    value: str
    number: int


class Tally(Struct, frozen=True):
    """The true counts of one question, before any rule.

    `exclusive` means that each person gave exactly one of the values, so that they add up to `answered`.
    `open_values` means that the values are known only from the answers. `apart` counts who did not answer.
    `numbers_sum` is the sum of the numbers given, for a question answered from 0 to 10.
    """

    question: str
    wording: str
    answered: int
    counts: tuple[Count, ...]
    exclusive: bool = True
    sensitive: str = ""
    open_values: bool = False
    apart: tuple[Count, ...] = ()
    numbers_sum: int | None = None

    def __repr__(self) -> str:
        """Give no counts: a representation may land in a log."""
        return f"Tally({self.question!r})"


class Policy(Struct, frozen=True):
    """How 10 to 29 answers are shown, chosen once for a survey."""

    small_counts: Literal["bands", "rounded"] = "rounded"


def release(tally: Tally, policy: Policy, by: str | None = None) -> ReleasedTable:
    """Give what may be shown of a question, each cell with its status and its reason in plain words."""
    withheld = withheld_reason(tally.answered, tally.sensitive)
    answered = answered_words(tally.answered, tally.sensitive)
    apart = _apart_cells(tally, policy, by)
    if withheld:
        values = (ALL_ANSWERS,) if tally.open_values else tuple(count.value for count in tally.counts)
        cells = tuple(_hidden(value, withheld, by) for value in values)
        return ReleasedTable(tally.question, tally.wording, answered, cells, apart)
    scheme = scheme_for(tally.answered, policy)
    named = _named(tally, scheme)
    if is_revealing(named, policy):
        cells = tuple(_hidden(count.value, WORKED_OUT, by) for count in named.counts)
        return ReleasedTable(tally.question, tally.wording, answered, cells, apart)
    cells = tuple(_cell(count, named, scheme, by) for count in named.counts)
    return ReleasedTable(tally.question, tally.wording, answered, cells, apart, _average(tally, policy))


def withheld_reason(answered: int, sensitive: str) -> Reason | None:
    """Give why nothing may be shown of a question (R0, and R1 for a sensitive one), or None."""
    if answered < LEAST_SHOWN:
        return "withheld", "Fewer than 5 young people answered this question."
    if sensitive and answered < LEAST_SENSITIVE:
        return (
            "withheld",
            f"This question counts as sensitive ({sensitive}) and fewer than 8 young people answered it.",
        )
    return None


def answered_words(answered: int, sensitive: str = "") -> str:
    """Give how many answered, as printed."""
    if answered < LEAST_SHOWN:
        return "fewer than 5"
    if sensitive and answered < LEAST_SENSITIVE:
        return "fewer than 8"
    return "between 5 and 9" if answered < LEAST_ROUNDED else f"about {rounded(answered)}"


def people_words(number: int) -> str:
    """Give a number of young people for running text, coarse enough to publish."""
    return f"fewer than {LEAST_ROUNDED}" if number < LEAST_ROUNDED else f"about {rounded(number)}"


def scheme_for(answered: int, policy: Policy) -> Scheme:
    """Give how counts of a question with this many answers are shown."""
    if answered < LEAST_ROUNDED:
        return "bands"
    return policy.small_counts if answered < ROUNDED_ONLY else "rounded"


def is_revealing(tally: Tally, policy: Policy) -> bool:
    """Tell whether a reader who knows the rules would be left with counts of 1 to 4 only for some value.

    Between 5 and 9 answers to a question that is not sensitive the bands and the unprinted total never leave
    a single count (all tables of two to four choices are tried in tests/attacks/test_disclosure.py), so nothing
    more is held back there.
    """
    if not tally.exclusive or (tally.answered < LEAST_ROUNDED and not tally.sensitive):
        return False
    return any(is_exposed(possible) for possible in _possible(tally, policy))


def _possible(tally: Tally, policy: Policy) -> Possible:
    counts = tuple(count.number for count in tally.counts)
    return possible_counts(counts, tally.answered, scheme_for(tally.answered, policy), _totals(tally, policy))


def _totals(tally: Tally, policy: Policy) -> list[int]:
    """Give the totals that would be printed, and their table drawn up, like this one."""
    looks = _looks(tally.answered, tally.sensitive, policy)
    nearby = range(max(LEAST_SHOWN, tally.answered - STEP), tally.answered + STEP + 1)
    return [total for total in nearby if _looks(total, tally.sensitive, policy) == looks]


def _looks(answered: int, sensitive: str, policy: Policy) -> tuple[str, Scheme, bool]:
    """Give all that a table shows of its total: the words, the scheme, and whether there are percentages."""
    return answered_words(answered, sensitive), scheme_for(answered, policy), answered >= LEAST_PERCENT


def _named(tally: Tally, scheme: Scheme) -> Tally:
    """Give the tally with values that few or none gave put together, where only the answers name them."""
    if not tally.open_values:
        return tally
    kept = tuple(count for count in tally.counts if not _is_few(count.number, tally.answered, scheme))
    other = tally.answered - sum(count.number for count in kept)
    return structs.replace(tally, counts=(*kept, Count(TOO_FEW_TO_NAME, other)))


def _is_few(number: int, answered: int, scheme: Scheme) -> bool:
    return rounded(number) == 0 if scheme == "rounded" else band_of(number, answered) == "few"


def _cell(count: Count, tally: Tally, scheme: Scheme, by: str | None) -> ReleasedCell:
    if scheme == "bands":
        words = BAND_WORDS[band_of(count.number, tally.answered)]
        why = "In words only: so few answered that a number could point at somebody."
        return ReleasedCell(count.value, words, "banded", why, by)
    number, total = rounded(count.number), rounded(tally.answered)
    if tally.sensitive and number in {0, total}:
        words = BAND_WORDS["few" if number == 0 else "most"]
        why = (
            f"In words only: on a sensitive question ({tally.sensitive}) none or all could point at somebody."
        )
        return ReleasedCell(count.value, words, "banded", why, by)
    percent = percent_words(number, total) if tally.answered >= LEAST_PERCENT else ""
    if tally.sensitive and percent in {"0%", "100%"}:
        percent = ""
    why = "Rounded to the nearest 5, so that no single answer shows."
    return ReleasedCell(count.value, f"about {number}", "rounded", why, by, percent)


def percent_words(number: int, total: int) -> str:
    """Give a share of two rounded counts to the nearest 5 per cent, halves upwards."""
    return f"{STEP * ((200 * number + STEP * total) // (2 * STEP * total))}%"


def _average(tally: Tally, policy: Policy) -> str:
    """Give the mean to the nearest 0.5 (R4), or nothing where the rules allow none (R5: an end says "all")."""
    if tally.numbers_sum is None or scheme_for(tally.answered, policy) == "bands":
        return ""
    halves = (4 * tally.numbers_sum + tally.answered) // (2 * tally.answered)
    at_an_end = tally.sensitive and halves / 2 in NUMBER_ENDS
    return "" if at_an_end or _mean_is_revealing(tally, policy, halves) else f"about {halves / 2:g}"


def _mean_is_revealing(tally: Tally, policy: Policy, halves: int) -> bool:
    """Tell whether the table and a mean of so many halves would together leave only 1 to 4 for some number.

    With c people giving v, the mean is shown so exactly when the sum of c(4v - 2 halves + 1) is at least 0
    and the sum of c(4v - 2 halves - 1) is below 0. The true count always fits, so only rare ones are tried.
    """
    values = [count.value for count in tally.counts]
    counts, scheme = [count.number for count in tally.counts], scheme_for(tally.answered, policy)
    most = MOST_WEIGHT * (tally.answered + STEP)
    mean = (
        Known({value: 4 * int(value) - 2 * halves + 1 for value in values}, 0, most),
        Known({value: 4 * int(value) - 2 * halves - 1 for value in values}, -most, -1),
    )
    fits = [
        (dict(zip(values, ranges_at(total, counts, tally.answered, scheme), strict=True)), total)
        for total in _totals(tally, policy)
    ]
    rare = [count.value for count in tally.counts if count.number in SMALL]
    return any(
        all(
            SMALL.issuperset(
                feasible_range(ranges, (Known(dict.fromkeys(values, 1), total, total), *mean), value) or ()
            )
            for ranges, total in fits
        )
        for value in rare
    )


def _apart_cells(tally: Tally, policy: Policy, by: str | None) -> tuple[ReleasedCell, ...]:
    """Give who did not answer, by the rule for everybody who could have."""
    if not tally.apart:
        return ()
    counts = (Count("Answered", tally.answered), *tally.apart)
    everybody = Tally(
        tally.question,
        tally.wording,
        sum(count.number for count in counts),
        counts,
        sensitive=tally.sensitive,
    )
    return release(everybody, policy, by).cells[1:]


def _hidden(value: str, reason: Reason, by: str | None) -> ReleasedCell:
    status, why = reason
    return ReleasedCell(value, NOT_SHOWN, status, why, by)
