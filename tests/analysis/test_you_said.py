"""Every theme gets an answer: what nobody answered can be neither closed nor left out. All words are simulated."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.yousaid import Answered, YouSaid, closed_with, load_you_said, you_said_text
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.yamlfile import load_yaml_text

TODAY = date(2027, 3, 1)
WHOLE = Answered(
    "waits",
    "The wait is too long.",
    "doing",
    "You get a text each week.",
    "We asked for the money.",
    "Sam",
    TODAY,
)
HELD = YouSaid(themes=(WHOLE, Answered("private")))


@pytest.mark.parametrize("part", ["you_said", "decision", "we_did", "because", "owner"])
def test_an_answer_without_any_of_its_parts_is_not_whole(part: str) -> None:
    assert WHOLE.missing() == ()
    assert len(msgspec.structs.replace(WHOLE, **{part: ""}).missing()) == 1
    assert "a date (on)" in msgspec.structs.replace(WHOLE, on=None).missing()


def test_what_was_not_done_needs_no_deed_but_a_reason() -> None:
    refused = msgspec.structs.replace(WHOLE, decision="not", we_did="")
    assert refused.missing() == ()
    assert msgspec.structs.replace(refused, because="no money").missing()


def test_a_theme_without_an_answer_cannot_be_closed_and_is_named_with_what_it_lacks() -> None:
    with pytest.raises(RefusedError, match=r"“private” cannot be closed: it lacks .*a decision.*an owner"):
        closed_with(HELD, (), TODAY)
    with pytest.raises(RefusedError, match="private"):
        closed_with(HELD, ("waits", "private"), TODAY)


def test_what_has_its_answer_is_closed_on_the_day_and_the_rest_stays_open() -> None:
    closed = closed_with(HELD, ("Waits",), TODAY)
    assert [one.closed for one in closed.themes] == [TODAY, None]
    later = closed_with(closed, ("waits",), date(2028, 1, 1))
    assert later.themes[0].closed == TODAY


def test_a_theme_there_is_not_is_bad_input() -> None:
    with pytest.raises(BadInputError, match="there is no such theme"):
        closed_with(HELD, ("wait",), TODAY)


def test_a_theme_closed_by_hand_without_its_answer_is_found(tmp_path: Path) -> None:
    path = tmp_path / "you-said.yaml"
    path.write_text("format: 1\nthemes:\n- theme: private\n  closed: 2027-03-01\n- theme: Private\n", "utf-8")
    with pytest.raises(BadInputError) as caught:
        load_you_said(path)
    assert [problem.line for problem in caught.value.problems] == [4, 5]


words = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=2, max_size=40).filter(
    lambda text: len(text.strip()) > 1
)


@given(words, words)
def test_what_is_written_is_read_back_whatever_the_words(said: str, did: str) -> None:
    held = YouSaid(
        themes=(msgspec.structs.replace(WHOLE, you_said=said.strip(), we_did=did.strip()), Answered("bb"))
    )
    assert load_yaml_text(you_said_text(held), "you-said.yaml", YouSaid).value == held
