"""To young people: the four words are fit to be read aloud anywhere, hard to confuse, and only delete."""

import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from coprod.kernel.wording import LANGUAGES, Language
from coprod.kernel.yamlfile import load_yaml
from surveys.boxes.boxfile import FIXED_TIME
from surveys.boxes.withdrawal import (
    WithdrawalWords,
    add_tombstones,
    new_words,
    read_tombstones,
    read_words,
    withdrawal_tags,
)
from surveys.boxes.wordlists import word_list

SALT = "00" * 16
KEPT_OUT = load_yaml(Path(__file__).parent / "words-kept-out.yaml", dict[str, tuple[str, ...]]).value


def plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def sounds_like(word: str) -> str:
    """A rough key of how an English word sounds: its first letter and its consonants."""
    for spelling, sound in (
        ("ph", "f"), ("ck", "k"), ("wh", "w"), ("kn", "n"), ("wr", "r"), ("gh", ""), ("qu", "kw"),
        ("c", "k"), ("x", "ks"), ("z", "s"), ("y", "i"),
    ):  # fmt: skip
        word = word.replace(spelling, sound)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[0] + re.sub("[aeiouh]", "", word[1:])


def differs_by_one(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes one word of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    return one[start + (len(one) == len(other)) :] == other[start + 1 :]


@pytest.mark.parametrize(("language", "fewest"), [("en", 512), ("cy", 256)])
def test_there_are_enough_words_and_none_comes_twice(language: Language, fewest: int) -> None:
    words = word_list(language).words
    assert len(words) >= fewest
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert all(word == word.casefold() and word.isalpha() for word in words)
    assert all(len(word) <= 12 for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_touches_what_a_child_should_not_meet_here(language: Language) -> None:
    words = [plain(word) for word in word_list(language).words]
    whole = {
        plain(word) for subject, kept_out in KEPT_OUT.items() if subject != "inside" for word in kept_out
    }
    assert sorted(whole.intersection(words)) == []
    if language == "en":
        assert [word for word in words if any(part in word for part in KEPT_OUT["inside"])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_letters_tell_every_word_apart(language: Language) -> None:
    starts = Counter(plain(word)[:4] for word in word_list(language).words)
    assert [start for start, count in starts.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slip_of_one_letter_makes_another_word(language: Language) -> None:
    words = [plain(word) for word in word_list(language).words]
    assert [pair for pair in combinations(words, 2) if differs_by_one(*pair)] == []


def test_no_two_english_words_sound_alike() -> None:
    sounds = Counter(sounds_like(word) for word in word_list("en").words)
    assert [sound for sound, count in sounds.items() if count > 1] == []


def test_the_checks_themselves_would_find_a_bad_word() -> None:
    assert differs_by_one("button", "mutton")
    assert differs_by_one("plum", "plumb")
    assert not differs_by_one("plum", "plough")
    assert sounds_like("whale") == sounds_like("wail")
    assert {"grope", "uncle", "abuse", "hotel"} <= {word for words in KEPT_OUT.values() for word in words}


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.data())
def test_words_are_understood_however_they_are_typed(language: Language, data: st.DataObject) -> None:
    words = data.draw(st.tuples(*[st.sampled_from(word_list(language).words)] * 4))
    ways = st.sampled_from(
        [str.upper, str.title, plain, lambda word: plain(word)[:4] if len(word) > 4 else word]
    )
    typed = data.draw(st.sampled_from([" ", ", ", "-", "  "])).join(data.draw(ways)(word) for word in words)
    try:
        read = read_words(typed).words
    except BadInputError as error:
        assert "write each word out in full" in str(error)  # noqa: PT017  either is right for short words
        read = read_words(" ".join(words)).words
    assert sum(one == other for one, other in zip(read, words, strict=True)) >= 3
    assert read_words(" ".join(words)).words == words


def test_short_words_that_are_english_and_welsh_are_asked_for_in_full() -> None:
    """Reading them in the wrong language would say that nothing is there, and leave the answers in."""
    with pytest.raises(BadInputError, match="write each word out in full"):
        read_words("magn magn magn magn")
    assert read_words("magnet magnet magnet magnet").words == ("magnet",) * 4


def test_a_slip_is_placed_but_never_repeated() -> None:
    with pytest.raises(BadInputError, match="the second word is not one") as caught:
        read_words("acorn zzzz abacus almond")
    assert "zzzz" not in str(caught.value)
    with pytest.raises(BadInputError, match="there are 3 words"):
        read_words("acorn abacus almond")


def test_new_words_are_listed_and_their_repr_shows_none() -> None:
    words = new_words("en")
    assert set(words.words) <= set(word_list("en").words)
    assert not any(word in repr(words) for word in words.words)


def test_tags_depend_on_every_word_their_order_and_the_service() -> None:
    words = WithdrawalWords(("acorn", "abacus", "almond", "anchovy"), "en")
    other = WithdrawalWords(("abacus", "acorn", "almond", "anchovy"), "en")
    tags = withdrawal_tags(words, SALT)
    assert len(set(tags)) == 32
    assert tags == withdrawal_tags(words, SALT)
    assert not set(tags) & set(withdrawal_tags(other, SALT))
    assert not set(tags) & set(withdrawal_tags(words, "11" * 16))


def test_the_list_of_withdrawals_does_not_tell_when(tmp_path: Path) -> None:
    add_tombstones(tmp_path / "withdrawn.json", [b"g" * 16])
    assert (tmp_path / "withdrawn.json").stat().st_mtime == FIXED_TIME


def test_tombstones_add_up_and_do_not_show_which_belong_together(tmp_path: Path) -> None:
    path = tmp_path / "withdrawn.json"
    assert read_tombstones(path) == frozenset()
    first, second = ([bytes([n, m] * 8) for n in range(9)] for m in (1, 2))
    add_tombstones(path, first)
    add_tombstones(path, second)
    assert read_tombstones(path) == {*first, *second}
    assert path.read_text().index("01010101") < path.read_text().index("01020102")
    path.write_text("{")
    with pytest.raises(BadInputError, match="is damaged"):
        read_tombstones(path)
