"""What stands together is told in steps and drawn from what many wrote; nothing in it points at a few."""

import json
from pathlib import Path

import polars as pl
import pytest

from analysis.codes.cooccurrence import cooccurrence
from analysis.codes.judgements import Coder, Mark
from analysis.words.word_network import near_words
from coprod.cli.main import main
from coprod.kernel.problem import RefusedError
from coprod.workspace import new_workspace

from .simulated_answers import simulated_answers

NAMES = {"waits": "Waits", "gp": "GP", "trust": "Trust", "rare": "Rare"}


def coded(**places: set[int]) -> Coder:
    marks = frozenset(Mark(f"row-{row}", code) for code, rows in places.items() for row in rows)
    return Coder("AB", marks, frozenset())


def answers(number: int) -> frozenset[str]:
    return frozenset(f"row-{row}" for row in range(number))


def test_pairs_are_told_in_steps_the_closest_first() -> None:
    coder = coded(waits=set(range(30)), gp=set(range(25)), trust=set(range(20, 50)))
    found = cooccurrence(coder, answers(100), NAMES)
    assert [(pair.first, pair.second, pair.how) for pair in found.pairs] == [
        ("Waits", "GP", "nearly always together"),
        ("GP", "Trust", "sometimes together"),
        ("Waits", "Trust", "sometimes together"),
    ]
    assert not any(character.isdigit() for character in repr(found.pairs))


@pytest.mark.parametrize(
    "places",
    [
        {"waits": set(range(30)), "rare": set(range(9))},
        {"waits": set(range(30)), "gp": set(range(28))},
        {"waits": set(range(95)), "gp": set(range(30))},
        {"waits": set(range(12)), "gp": set(range(8, 20))},
    ],
)
def test_a_pair_that_would_point_at_a_few_is_left_out_and_said_to_be(places: dict[str, set[int]]) -> None:
    found = cooccurrence(coded(**places), answers(100), NAMES)
    assert found.pairs == ()
    assert found.left_out


def test_no_table_of_two_codes_under_sixty() -> None:
    with pytest.raises(RefusedError, match="fewer than 60"):
        cooccurrence(coded(waits=set(range(30))), answers(59), NAMES)


def test_words_that_keep_company_are_tied_the_same_in_any_order() -> None:
    texts = pl.Series(simulated_answers(200))
    near = near_words(texts)
    assert near == near_words(texts.reverse())
    ties = {frozenset((near.words[first], near.words[second])) for first, second, _ in near.ties}
    assert frozenset(("taxi", "driver")) in ties
    groups = dict(zip(near.words, near.groups, strict=True))
    assert groups["nurse"] == groups["friendly"]
    assert groups["nurse"] != groups["taxi"]
    assert all(0 <= place <= 1 for pair in near.places for place in pair)


def test_a_name_and_a_word_of_few_are_in_no_picture() -> None:
    texts = (
        simulated_answers(100)
        + ["my worker Xanthe is kind"] * 4
        + ["call 07700 900123 about Sophie please"] * 8
    )
    words = near_words(pl.Series(texts), 60).words
    assert "xanthe" not in words
    assert "sophie" not in words
    assert not any(word.isdigit() for word in words)


@pytest.mark.parametrize("texts", [[], ["waiting"] * 14, ["one"] * 40, [None] * 20])
def test_too_little_to_draw_is_refused(texts: list[str | None]) -> None:
    with pytest.raises(RefusedError, match="read"):
        near_words(pl.Series(texts, dtype=pl.String))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": simulated_answers(120)}).write_csv("answers.csv")
    return Path("answers.csv")


def test_both_are_drawn_into_out_with_words_for_who_does_not_see_them(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "network", str(file), "--text", "said", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["groups"]
    page = Path("out/answers-words.html").read_text()
    assert 'class="network"' in page
    assert "Words that keep company, group by group" in page
    assert Path("out/answers-words.pdf").read_bytes().startswith(b"%PDF")


def test_codes_together_asks_for_all_answers_or_a_random_draw(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = simulated_answers(120)
    options = [str(file), "--text", "said", "--by", "AB"]
    for row, text in enumerate(said, start=1):
        if "wait" in text or "phone" in text:
            assert main(["analysis", "code", "give", *options, f"row-{row}", "waits", "access-points"]) == 0
    assert main(["analysis", "together", *options]) == 3
    rows = [f"row-{row}" for row, text in enumerate(said, start=1) if text.strip()]
    assert main(["analysis", "code", "read", *options, *rows]) == 0
    capsys.readouterr()
    assert main(["analysis", "together", *options, "--format", "json"]) == 0
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert pairs == [{"first": "Access points", "second": "Waits", "how": "nearly always together"}]
    assert next(Path("out").glob("*codes-together.pdf")).exists()
