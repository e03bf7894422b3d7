"""The second reader: it asks where no rule has spoken, names what weighed, and leaves good texts alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fitting import fit
from benchmarks.found import Outcome, outcome
from benchmarks.learn import examples
from benchmarks.writers import flagged_lines, good_lines, writer_passages, writers
from campaigns.checking.check import check_material
from campaigns.checking.initials import RULE as INITIALS
from campaigns.checking.resembling import RULE, shipped_kinds_of_lines
from campaigns.checking.secondreader import LONGEST, SecondReader, shipped_second_reader, stem, words_of
from campaigns.materials.material import parse_material
from coprod.cli.main import main
from coprod.clock import today
from coprod.kernel.contacts import shipped_contacts

HARMFUL = "He gave as good as he got. A sturdy lad like that was hardly a lamb. The whole thing will haunt his family name for ever.\n"


@pytest.fixture(scope="module")
def held() -> list[Outcome]:
    return [outcome(passage) for passage in writer_passages("held")]


def asked(text: str, rule: str = RULE) -> list[str]:
    result = check_material(
        parse_material(text, "text.md"), shipped_contacts(), {}, today(), "professionals", None
    )
    assert all(one.severity == "ask" for one in result.findings if one.rule == rule)
    return [one.text for one in result.findings if one.rule == rule]


def test_in_a_text_that_reads_like_harm_it_asks_where_rules_say_nothing():
    assert asked(HARMFUL)


def test_it_names_the_words_that_weighed_most():
    result = check_material(
        parse_material(HARMFUL, "text.md"), shipped_contacts(), {}, today(), "professionals", None
    )
    said = next(one for one in result.findings if one.rule == RULE)
    assert said.message.startswith("This reads like lines that ")
    assert said.instead.endswith("this is a guess from similar lines.")
    named = said.message.split("most: ")[1].strip(".").split(", ")
    assert named
    assert all(word.strip("“”") in said.text for word in named)


def test_it_never_asks_twice_about_a_good_text():
    text = "Training is on Thursday, bring a drink. Water is free. Coaches wear green. Lifts home can be arranged.\n"
    assert len(asked(text)) <= 1


@pytest.mark.parametrize("writer", [*writers("held"), *writers("tuned")], ids=lambda writer: writer.who)
def test_the_words_a_reviewer_marked_stand_in_the_line(writer):
    assert all(words in line.text for line in flagged_lines(writer) for words in line.marked)
    assert all(line.text for line in good_lines(writer))


def test_writers_kept_aside_are_not_learnt_from():
    held = {line.text.lower() for writer in writers("held") for line in flagged_lines(writer)}
    assert held.isdisjoint(example.text for example in examples())


def test_what_is_found_in_the_lines_of_writers_kept_aside_stays_found(held):
    """Rules alone found 146 of 306 (48 %), with the first second reader 241 (79 %), with this one 264 (86 %).

    Nothing was fitted to these lines, but whoever wrote the last of the others had read them.
    """
    found = sum(len(one.found) for one in held)
    assert found / sum(len(one.found) + len(one.missed) for one in held) >= 0.82


def test_no_good_lines_of_writers_kept_aside_are_blocked(held):
    good = [one.extra for one in held if not one.passage.flags]
    assert not any(finding.severity == "block" for extra in good for finding in extra)
    assert sum(len(extra) > 1 for extra in good) <= 3


def test_of_each_kind_it_can_say_what_harms_and_what_to_write():
    assert set(shipped_second_reader().kinds) <= set(shipped_kinds_of_lines())


def test_it_explains_how_it_came_to_what_it_asks(capsys):
    assert main(["campaigns", "explain", RULE]) == 0
    said = capsys.readouterr().out
    assert "never blocks" in said
    assert all(kind in said for kind in shipped_second_reader().kinds)


def test_it_explains_what_it_asks_of_a_line_and_where_it_asks_nothing(tmp_path, capsys):
    text = tmp_path / "text.txt"
    text.write_text(HARMFUL + "\nThe bus leaves at nine.\n", "utf-8")
    assert main(["campaigns", "explain", RULE, f"{text}:1"]) == 0
    assert "This reads like lines that" in capsys.readouterr().out
    assert main(["campaigns", "explain", RULE, f"{text}:3"]) == 0
    assert "says nothing about this line" in capsys.readouterr().out


def test_words_are_read_without_their_endings_and_numbers_by_their_length():
    assert stem("girls") == stem("girl")
    assert stem("choosing") == stem("choose")
    assert words_of("aged 14 in 2024") == ["aged", "##", "in", "###"]


def test_a_sentence_of_any_length_is_weighed_in_bounds():
    assert len(words_of("blame " * 100_000)) < LONGEST
    weight, kind = shipped_second_reader().weigh("blame " * 100_000)
    assert abs(weight) < 1_000_000
    assert kind in shipped_second_reader().kinds


def test_words_it_has_never_met_weigh_nothing():
    reader = shipped_second_reader()
    assert reader.weigh("") == reader.weigh(" ")
    assert all(weight == 0 for _, _, weight in reader.places("qqzxv wwkjq", reader.kinds[0]))


@settings(max_examples=20)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz '£%0123456789é\u4e00", max_size=200))
def test_any_text_is_weighed_alike_whatever_was_weighed_before(sentence: str):
    known, fresh = shipped_second_reader(), SecondReader(shipped_second_reader().weights)
    assert known.weigh(sentence) == fresh.weigh(sentence)


def test_what_a_sentence_weighs_is_what_its_words_weigh_together():
    reader = shipped_second_reader()
    sentence = "she puts herself at risk by going out at night"
    weight, kind = reader.weigh(sentence)
    start = reader.weights.start[reader.kinds.index(kind)]
    assert abs(sum(share for _, _, share in reader.places(sentence, kind)) + start - weight) <= 1


def test_the_same_lines_teach_the_same_table():
    lines = ["she asked for it", "nobody will ever know", "he is not to blame", "the bus leaves at nine"] * 3
    kinds = ["blame", "promise", "", ""] * 3
    taught = [fit(lines, kinds, [1.0] * 12, {"bus": np.array([1.0, 0.0])}, "twelve lines") for _ in range(2)]
    assert taught[0] == taught[1]
    reader = SecondReader(taught[0])
    assert [reader.weigh(line)[1] for line in lines[:2]] == ["blame", "promise"]
    assert all(reader.weigh(line)[0] > 0 for line in lines[:2])
    assert all(reader.weigh(line)[0] < 0 for line in lines[2:4])


def test_a_kind_of_harm_is_told_from_another():
    kinds = {
        "whatever you tell us, nobody will ever find out": "promise",
        "image: a crying girl on a dirty mattress, torn tights": "picture",
        "the girl, 13, and her boyfriend of 40 began an affair": "relationship",
    }
    reader = shipped_second_reader()
    assert {text: reader.weigh(text)[1] for text in kinds} == kinds


def test_initials_that_nothing_explains_are_asked_about_once():
    assert asked("The MACE met. The MACE will meet again.\n", INITIALS) == ["MACE"]


def test_initials_that_are_explained_or_known_to_all_are_left():
    text = "The multi-agency panel (MAP) met at the NHS office. DC Smith spoke for the MAP. PLEASE come.\n"
    assert not asked(text, INITIALS)


def test_a_path_or_an_address_is_no_line_that_anybody_would_mark():
    assert not asked(
        "See people/judging/words-that-blame-girls.yaml and https://example.org/blame/her/for/it.\n"
    )
