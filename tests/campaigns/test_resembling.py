"""The second reader: it asks where no rule has spoken, names what weighed, and leaves good texts alone."""

import pytest

from benchmarks.found import outcome
from benchmarks.learn import examples
from benchmarks.writers import flagged_lines, good_lines, writer_passages, writers
from campaigns.checking.check import check_material
from campaigns.checking.initials import RULE as INITIALS
from campaigns.checking.resembling import RULE, shipped_second_reader, stems_of
from campaigns.materials.material import parse_material
from coprod.clock import today
from coprod.kernel.contacts import shipped_contacts

HELD = writer_passages("held")


def asked(text: str, rule: str = RULE) -> list[str]:
    result = check_material(
        parse_material(text, "text.md"), shipped_contacts(), {}, today(), "professionals", None
    )
    assert all(one.severity == "ask" for one in result.findings if one.rule == rule)
    return [one.text for one in result.findings if one.rule == rule]


def test_in_a_text_that_reads_like_harm_it_asks_where_rules_say_nothing():
    text = (
        "She led him on. The little madam always wants paying in lipstick. Then she strutted out laughing.\n"
    )
    assert asked(text)


def test_it_names_the_words_that_weighed_most():
    text = (
        "She led him on. The little madam always wants paying in lipstick. Then she strutted out laughing.\n"
    )
    result = check_material(
        parse_material(text, "text.md"), shipped_contacts(), {}, today(), "professionals", None
    )
    said = next(one for one in result.findings if one.rule == RULE)
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


def test_what_is_found_in_the_lines_of_writers_kept_aside_stays_found():
    """Rules alone found 146 of 306 (48 %); what the second reader adds was learnt from other writers."""
    outcomes = [outcome(passage) for passage in HELD]
    found = sum(len(one.found) for one in outcomes)
    assert found / sum(len(one.found) + len(one.missed) for one in outcomes) >= 0.75


def test_no_good_lines_of_writers_kept_aside_are_blocked():
    good = [outcome(passage).extra for passage in HELD if not passage.flags]
    assert not any(finding.severity == "block" for extra in good for finding in extra)
    assert sum(len(extra) > 1 for extra in good) <= 3


def test_each_kind_that_words_weigh_for_can_be_named_in_a_question():
    weights = shipped_second_reader().weights
    assert set(weights.marked) <= set(weights.kinds)
    assert all(weight > 0 for entries in weights.marked.values() for weight in entries.values())
    assert all(weight < 0 for weight in weights.good.values())


def test_words_are_read_without_their_endings_and_numbers_by_their_length():
    assert stems_of("choosing girls") == stems_of("choose girl")
    assert stems_of("aged 14") == ["aged", "##"]


def test_initials_that_nothing_explains_are_asked_about_once():
    assert asked("The MACE met. The MACE will meet again.\n", INITIALS) == ["MACE"]


def test_initials_that_are_explained_or_known_to_all_are_left():
    text = "The multi-agency panel (MAP) met at the NHS office. DC Smith spoke for the MAP. PLEASE come.\n"
    assert not asked(text, INITIALS)
