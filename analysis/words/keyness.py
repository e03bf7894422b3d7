"""Keyness: words that one group writes more than everybody else, one vote a person however often they repeat it.

For each word, people are counted in a table of two by two: in the group or not, wrote it or not.
Evidence is the log-likelihood ratio G² = 2 Σ O ln(O / E) over the four cells (Dunning 1993). How much is the log ratio,
log2 of the share in the group over the share elsewhere (Hardie 2014), with half a person added to both where one is none.
Exact values of either would give counts away, so what leaves is in steps: see `released`.

Only for people whose words are linked to their group: a file's rows, or questions that said `link: true`.
"""

import math
from typing import Literal

import polars as pl
from msgspec import Struct

from analysis.inputs.answers import ANSWERED, Answers
from analysis.inputs.responses import Responses
from analysis.inputs.texts import says_something
from analysis.publishing.disclosure import LEAST_ROUNDED, LEAST_SHOWN, people_words
from analysis.publishing.tables import LEAST_TWO_WAY
from analysis.words.words import split_words, stems_of, stop_words
from coprod.kernel.problem import RefusedError
from coprod.kernel.text import clean_line

LEAST_WROTE = LEAST_SHOWN
LEAST_LOG_RATIO = 0.5
MOST_LOG_RATIO = 3.0
STEP = 0.5
Evidence = Literal["very strong", "strong", "some"]
# Upper points of chi-squared with one degree of freedom: 1 in 10,000, 1 in 1,000 and 1 in 100.
CUTS: tuple[tuple[float, Evidence], ...] = ((15.13, "very strong"), (10.83, "strong"), (6.63, "some"))
LIMITS = (
    "A word here is a place to look, not a finding. Many words were tried, so some stand out by chance; and a word "
    "says nothing about why."
)


class KeyWord(Struct, frozen=True):
    """A word with its true counts: never print this. `group` of `group_size` people wrote it, `others` of `others_size`."""

    word: str
    group: int
    group_size: int
    others: int
    others_size: int

    def __repr__(self) -> str:
        """Give no counts: a representation may land in a log."""
        return f"KeyWord({self.word!r})"

    @property
    def log_likelihood(self) -> float:
        """Give G² over the four cells; 0 where both shares are the same."""
        wrote, people = self.group + self.others, self.group_size + self.others_size
        cells = (
            (self.group, wrote * self.group_size),
            (self.others, wrote * self.others_size),
            (self.group_size - self.group, (people - wrote) * self.group_size),
            (self.others_size - self.others, (people - wrote) * self.others_size),
        )
        return 2 * sum(seen * math.log(seen * people / expected) for seen, expected in cells if seen)

    @property
    def log_ratio(self) -> float:
        """Give log2 of the share in the group over the share elsewhere; above 0 where the group writes it more."""
        more = 0.5 if 0 in {self.group, self.others} else 0.0
        return math.log2(((self.group + more) / self.group_size) / ((self.others + more) / self.others_size))


class ReleasedKeyWord(Struct, frozen=True):
    """A word as it may leave: people in words, the log ratio to the nearest 0.5 and at most 3, evidence in words."""

    word: str
    by: str
    in_group: str
    elsewhere: str
    log_ratio: float
    evidence: Evidence
    sentence: str

    @property
    def in_short(self) -> str:
        """Give it as a line under its group."""
        return f"“{self.word}”: {self.in_group} people, {_times(self.log_ratio)} the share elsewhere; {self.evidence}"


def linked_texts(responses: Responses, column: str) -> pl.DataFrame:
    """Give a frame of `response` and `text`, one a person who wrote something.

    Raises RefusedError for a batch's question whose words are kept apart from everything else their writer said, and
    BadInputError for a column without text.
    """
    texts = responses.texts(column)
    if responses.about is None:
        rows = pl.DataFrame({"response": pl.int_range(texts.len(), eager=True), "text": texts})
    else:
        rows = responses.frame.filter(
            (pl.col("question") == column) & (pl.col("record") == "main") & pl.col("text").is_not_null()
        ).select("response", "text")
        if rows.is_empty():
            raise RefusedError(
                f"what was written to `{clean_line(column)}` is kept apart from everything else its writer said, so it "
                "cannot be set beside a group or another answer; a questionnaire may link them with `link: true` and a reason"
            )
    return rows.filter(says_something(rows["text"]))


def keyness(texts: pl.DataFrame, groups: Answers) -> dict[str, tuple[KeyWord, ...]]:
    """Give for each group the words its people write more than all others, the strongest evidence first.

    `texts` is as `linked_texts` gives. Words of one stem count together, and stop-words do not count. Raises RefusedError
    under 60 people who wrote, where people may be in several groups, or where a group or all others together have
    under 10 who wrote (rule R6).
    """
    people = _people(texts, groups)
    sizes = dict(people.group_by("group").len().sort("group").iter_rows())
    _refuse_small(people.height, sizes, groups)
    wrote = _wrote(people)
    return {group: _key_words(wrote, group, size, people.height - size) for group, size in sizes.items()}


def released(word: KeyWord, group: str) -> ReleasedKeyWord | None:
    """Give a word as it may leave, or None where under 5 in the group wrote it or the evidence is slight."""
    evidence = next((words for cut, words in CUTS if word.log_likelihood >= cut), None)
    ratio = min(MOST_LOG_RATIO, round(word.log_ratio / STEP) * STEP)
    if evidence is None or word.group < LEAST_WROTE or ratio < LEAST_LOG_RATIO:
        return None
    in_group, elsewhere = people_words(word.group), people_words(word.others)
    sentence = (
        f"{in_group[0].upper()}{in_group[1:]} people in “{group}” wrote “{word.word}”, {_times(ratio)} as large a share "
        f"as elsewhere; the evidence that this is not chance is {evidence}."
    )
    return ReleasedKeyWord(word.word, group, in_group, elsewhere, ratio, evidence, sentence)


def _times(ratio: float) -> str:
    words = {
        0.5: "about one and a half times",
        1.0: "about twice",
        1.5: "about three times",
        2.0: "about four times",
        2.5: "about five or six times",
    }
    return words.get(ratio, "more than five times")


def _people(texts: pl.DataFrame, groups: Answers) -> pl.DataFrame:
    """Give `person`, `text` and `group` of everybody who wrote something and gave a group."""
    if not groups.exclusive:
        raise RefusedError(
            f"`{clean_line(groups.question)}` lets people pick several answers, so it makes no groups"
        )
    given = groups.frame.filter(pl.col("state") == ANSWERED).select("response", group="value")
    joined = texts.join(given, on="response", maintain_order="left")
    return joined.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("answer"), "text", "group")


def _refuse_small(total: int, sizes: dict[str, int], groups: Answers) -> None:
    if total < LEAST_TWO_WAY:
        raise RefusedError(f"no comparison of groups under {LEAST_TWO_WAY} people who wrote and gave a group")
    small = [group for group, size in sizes.items() if min(size, total - size) < LEAST_ROUNDED]
    if small:
        raise RefusedError(
            f"a group of `{clean_line(groups.question)}`, or everybody outside it, has under {LEAST_ROUNDED} people who "
            "wrote; put small groups together first"
        )


def _wrote(people: pl.DataFrame) -> pl.DataFrame:
    """Give how many people of each group wrote each stem: `word` (the commonest form), `group`, `people`."""
    said = split_words(people["text"]).filter(~pl.col("word").is_in(list(stop_words())))
    stems = stems_of(said["word"].unique())
    stemmed = said.with_columns(stem=pl.col("word").replace_strict(stems, return_dtype=pl.String))
    forms = stemmed.group_by("stem", "word").len().sort("len", "word", descending=[True, False])
    commonest = forms.unique("stem", keep="first", maintain_order=True).select("stem", "word")
    votes = stemmed.select("answer", "stem").unique().join(people.select("answer", "group"), on="answer")
    return votes.group_by("stem", "group").len("people").join(commonest, on="stem")


def _key_words(wrote: pl.DataFrame, group: str, size: int, others: int) -> tuple[KeyWord, ...]:
    inside = pl.col("people").filter(pl.col("group") == group).sum()
    counted = wrote.group_by("word").agg(inside=inside, total=pl.col("people").sum())
    words = [
        KeyWord(word, within, size, total - within, others)
        for word, within, total in counted.iter_rows()
        if within * others > (total - within) * size
    ]
    return tuple(sorted(words, key=lambda one: (-one.log_likelihood, one.word)))
