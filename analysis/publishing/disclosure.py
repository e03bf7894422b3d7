"""What may be shown of a count: rules R0 to R5, as pure functions over numbers.

Rules ("coprod-sdc 1"; every survey is treated as covering its whole population):

- R0 under 5 answers: only "fewer than 5".
- R1 5 to 9: three word bands: under a third, a third to two thirds, over two thirds; a sensitive question not below 8.
  A table from which whoever knows how many answered would have a count of 1 to 4 as one number is withheld.
- R2 10 to 29: bands, or counts rounded to the nearest 5 with the total rounded too, one way for a whole survey.
- R3 30 and more: counts rounded to the nearest 5, or exact with 0 to 4 hidden and others hidden to protect them
  (see `analysis.publishing.suppression`), one way for a whole survey.
- R4 percentages from 20, to the nearest 5, worked out from rounded counts; means from 10, to the nearest 0.5,
  but not beside bands or hidden counts, which a mean would narrow too far; medians as the name of an answer, from what
  is printed; no standard deviation, least or most, ever.
- R5 a sensitive question never shows none or all.
- R8 a table of 10 or more, and a sensitive one of 8 or 9, is withheld when an outsider, a fellow respondent or the
  facilitator would be left with counts of 1 to 4 only, or with too few numbers, for some value
  (see `analysis.publishing.feasible`).

Beyond them, a value known only because somebody gave it is not named where few or none gave it, because its name alone
says that somebody did.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from analysis.publishing.audit import LARGEST_SMALL, SMALL, Known, feasible_range
from analysis.publishing.feasible import (
    Scheme,
    band_of,
    is_exposed,
    pins_a_small_count,
    ranges_at,
    rounded,
    totals_safe_from_the_facilitator,
)
from analysis.publishing.suppression import Hiding, hiding_of
from coprod.kernel.released import ReleasedCell, ReleasedTable, SmallCounts, Status

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
    "Not shown: beside the total, it would tell how few gave a rare answer.",
)
TOO_SMALL: Reason = ("hidden-small", "Hidden: fewer than 5 gave this answer, or nobody did.")
TOO_SMALL_OR_LARGE: Reason = (
    "hidden-small",
    "Hidden: fewer than 5 chose this, or fewer than 5 did not.",
)
PROTECTS: Reason = ("hidden-protect", "Hidden, because beside the total it would tell a smaller count.")
EXACT = "The exact count: what is smaller than 5 is hidden, and so is whatever would tell it."


class Count(Struct, frozen=True):
    """How many gave one answer. True counts: never print this."""

    value: str
    number: int


class Tally(Struct, frozen=True):
    """The true counts of one question, before any rule.

    `exclusive` means that each person gave exactly one of the values, so that they add up to `answered`.
    `open_values` means that the values are known only from the answers. `apart` counts who did not answer.
    `numbers_sum` is the sum of the numbers given, for a question answered from 0 to 10. `ordered` means that the values
    go from one end to another, so that there is one in the middle.
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
    ordered: bool = False

    def __repr__(self) -> str:
        """Give no counts: a representation may land in a log."""
        return f"Tally({self.question!r})"


class Policy(Struct, frozen=True):
    """How counts are shown, chosen once for a survey.

    `bands` puts 10 to 29 answers in words; `rounded` rounds them, and all others; `exact` rounds up to 29 and prints the
    counts of 30 and more, with the small ones hidden.
    """

    small_counts: SmallCounts = "rounded"


def release(tally: Tally, policy: Policy, by: str | None = None) -> ReleasedTable:
    """Give what may be shown of a question, each cell with its status and its reason in plain words."""
    withheld = withheld_reason(tally.answered, tally.sensitive)
    scheme = _scheme_of(tally, policy)
    answered = answered_words(tally.answered, tally.sensitive, scheme)
    apart = _apart_cells(tally, by)
    if withheld:
        values = (ALL_ANSWERS,) if tally.open_values else tuple(count.value for count in tally.counts)
        cells = tuple(hidden_cell(value, withheld, by) for value in values)
        return ReleasedTable(tally.question, tally.wording, answered, cells, apart)
    named = _named(tally, scheme)
    if is_revealing(named, policy):
        cells = tuple(hidden_cell(count.value, WORKED_OUT, by) for count in named.counts)
        return ReleasedTable(tally.question, tally.wording, answered, cells, apart)
    cells = tuple(_cells(named, scheme, by))
    average = _average(tally, policy) if all(cell.shown != NOT_SHOWN for cell in cells) else ""
    return ReleasedTable(
        tally.question, tally.wording, answered, cells, apart, average, _median(named, cells)
    )


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


def answered_words(answered: int, sensitive: str = "", scheme: Scheme = "rounded") -> str:
    """Give how many answered, as printed; exactly beside exact counts."""
    if scheme == "exact":
        return str(answered)
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
    if answered < ROUNDED_ONLY:
        return "bands" if policy.small_counts == "bands" else "rounded"
    return "exact" if policy.small_counts == "exact" else "rounded"


def _scheme_of(tally: Tally, policy: Policy) -> Scheme:
    """Give how a tally is shown; a lone value, such as how many wrote something, is never exact."""
    scheme = scheme_for(tally.answered, policy)
    return "rounded" if scheme == "exact" and len(tally.counts) < 2 else scheme


def is_revealing(tally: Tally, policy: Policy) -> bool:
    """Tell whether the whole table must be held back, because somebody who knows the rules could work a count out.

    Between 5 and 9 answers to a question that is not sensitive rule R1 decides: nobody, not even the facilitator who knows
    how many answered, is left with a single number for a count of 1 to 4 (all tables of two to five choices are tried in
    tests/attacks/test_disclosure.py). That it must be three numbers and not all small is for sensitive questions only: of
    five people "about half" is two or three, and so two words of three would never be printed.
    Exact counts hide what they must cell by cell.
    """
    if not tally.exclusive or len(tally.counts) < 2:
        return False
    if tally.answered < LEAST_ROUNDED and not tally.sensitive:
        return pins_a_small_count(_numbers(tally), tally.answered)
    scheme = _scheme_of(tally, policy)
    if scheme == "exact":
        return False
    totals = _reckoned(tally, policy)
    return tally.answered not in totals or is_exposed(_numbers(tally), tally.answered, scheme, totals)


def _reckoned(tally: Tally, policy: Policy) -> list[int]:
    """Give the totals a reader reckons with: those that print alike and at which nothing is held back."""
    scheme, totals = _scheme_of(tally, policy), _totals(tally, policy)
    return totals_safe_from_the_facilitator(_numbers(tally), tally.answered, scheme, totals)


def _numbers(tally: Tally) -> list[int]:
    return [count.number for count in tally.counts]


def _totals(tally: Tally, policy: Policy) -> list[int]:
    """Give the totals that would be printed, and their table drawn up, like this one."""
    looks = _looks(tally.answered, tally.sensitive, policy)
    nearby = range(max(LEAST_SHOWN, tally.answered - STEP), tally.answered + STEP + 1)
    return [total for total in nearby if _looks(total, tally.sensitive, policy) == looks]


def _looks(answered: int, sensitive: str, policy: Policy) -> tuple[str, Scheme, bool]:
    """Give all that a table shows of its total: the words, the scheme, and whether there are percentages."""
    scheme = scheme_for(answered, policy)
    return answered_words(answered, sensitive, scheme), scheme, answered >= LEAST_PERCENT


def _named(tally: Tally, scheme: Scheme) -> Tally:
    """Give the tally with values that few or none gave put together, where only the answers name them."""
    if not tally.open_values:
        return tally
    kept = tuple(count for count in tally.counts if not _is_few(count.number, tally.answered, scheme))
    other = tally.answered - sum(count.number for count in kept)
    return structs.replace(tally, counts=(*kept, Count(TOO_FEW_TO_NAME, other)))


def _is_few(number: int, answered: int, scheme: Scheme) -> bool:
    if scheme == "exact":
        return number <= LARGEST_SMALL
    return rounded(number) == 0 if scheme == "rounded" else band_of(number, answered) == "few"


def _cells(tally: Tally, scheme: Scheme, by: str | None) -> list[ReleasedCell]:
    if scheme != "exact":
        return [_cell(count, tally, scheme, by) for count in tally.counts]
    return [
        exact_cell(count, tally, hiding, by)
        for count, hiding in zip(tally.counts, _hidings(tally), strict=True)
    ]


def _hidings(tally: Tally) -> Sequence[Hiding]:
    """Give why each count is hidden; where people pick several, each stands beside those who did not pick it."""
    if tally.exclusive:
        return hiding_of([count.number for count in tally.counts])
    smaller = [min(count.number, tally.answered - count.number) for count in tally.counts]
    return ["small" if number <= LARGEST_SMALL else "" for number in smaller]


def exact_cell(count: Count, tally: Tally, hiding: Hiding, by: str | None) -> ReleasedCell:
    """Give a count as it is printed among exact ones, or hidden."""
    if hiding == "small":
        return hidden_cell(count.value, TOO_SMALL if tally.exclusive else TOO_SMALL_OR_LARGE, by)
    if hiding == "protect":
        return hidden_cell(count.value, PROTECTS, by)
    percent = percent_words(rounded(count.number), rounded(tally.answered))
    if tally.sensitive and percent in {"0%", "100%"}:
        percent = ""
    return ReleasedCell(count.value, str(count.number), "ok", EXACT, by, percent)


def _cell(count: Count, tally: Tally, scheme: Scheme, by: str | None) -> ReleasedCell:
    if scheme == "bands":
        words = BAND_WORDS[band_of(count.number, tally.answered)]
        why = "In words only: so few answered that a number could point at somebody. “About half” is a third to two thirds."
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
        for total in _reckoned(tally, policy)
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


def _median(tally: Tally, cells: Sequence[ReleasedCell]) -> str:
    """Give the answer in the middle, worked out from what is printed and nothing else, or nothing (R4)."""
    if (
        not tally.ordered
        or not tally.exclusive
        or any(cell.status not in {"ok", "rounded"} for cell in cells)
    ):
        return ""
    printed = [int(cell.shown.removeprefix("about ")) for cell in cells]
    reached = 0
    for cell, number in zip(cells, printed, strict=True):
        reached += number
        if reached and 2 * reached >= sum(printed):
            return cell.value
    return ""


def _apart_cells(tally: Tally, by: str | None) -> tuple[ReleasedCell, ...]:
    """Give who did not answer, by the rule for everybody who could have; always rounded, as they are few."""
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
    return release(everybody, Policy("rounded"), by).cells[1:]


def hidden_cell(value: str, reason: Reason, by: str | None) -> ReleasedCell:
    """Give a cell that shows nothing but why."""
    status, why = reason
    return ReleasedCell(value, NOT_SHOWN, status, why, by)
