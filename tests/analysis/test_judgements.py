"""Several coders come together without losing who said what, and no share is worked out from answers a machine chose."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from analysis.codes.codebook import Code, shipped_codebook
from analysis.codes.coding import (
    MACHINE,
    Added,
    Coded,
    Coding,
    Event,
    Merged,
    Part,
    Picked,
    ReadAnswer,
    Renamed,
    Span,
    Split,
    Suggested,
    Uncoded,
    Undone,
    add_events,
    begin_coding,
    read_coding,
)
from analysis.codes.judgements import Mark, answers_with, codebook_after, unite
from coprod.kernel.problem import BadInputError, RefusedError

DAY = date(2027, 3, 1)


def coding(folder: Path, coder: str, events: Sequence[Event], question: str = "more") -> Coding:
    begun = begin_coding(folder / f"{coder}-{question}.coding", coder, "d" * 64, question)
    return add_events(begun, events, DAY, "because")


def test_each_coder_keeps_their_own_marks_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    files = [
        coding(tmp_path, "AB", [Coded("r1", "waits"), Coded("r2", "gp", Span(0, 4))]),
        coding(tmp_path, "CD", [Coded("r1", "gp"), ReadAnswer("r2")]),
        coding(tmp_path, MACHINE, [Suggested("r1", "waits", 0.7), Picked(("r1",), "diverse")]),
    ]
    together = unite(files)
    assert [coder.name for coder in together.coders] == ["AB", "CD"]
    assert together.coders[0].marks == {Mark("r1", "waits"), Mark("r2", "gp", Span(0, 4))}
    assert together.coders[1].codes_of("r1") == {"gp"}
    assert together.coders[1].judged == {"r1", "r2"}
    assert all(unite(order) == together for order in permutations(files))


def test_one_coder_cannot_take_away_what_another_gave(tmp_path: Path) -> None:
    files = [coding(tmp_path, "AB", [Coded("r1", "waits")]), coding(tmp_path, "CD", [Uncoded("r1", "waits")])]
    assert unite(files).coders[0].marks == {Mark("r1", "waits")}


def test_a_longer_copy_of_a_file_stands_for_the_shorter_one(tmp_path: Path) -> None:
    short = coding(tmp_path, "AB", [Coded("r1", "waits")])
    copy = tmp_path / "copy.coding"
    copy.write_bytes(short.path.read_bytes())
    longer = add_events(read_coding(copy), [Coded("r2", "gp")], DAY)
    assert unite([short, longer]) == unite([longer])


def test_two_laptops_with_the_same_initials_are_told_apart_not_mixed(tmp_path: Path) -> None:
    first = coding(tmp_path, "AB", [Coded("r1", "waits")])
    (tmp_path / "other").mkdir()
    second = coding(tmp_path / "other", "AB", [Coded("r1", "gp")])
    with pytest.raises(BadInputError, match="initials of its own"):
        unite([first, second])


def test_files_about_other_questions_are_not_put_together(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="same question"):
        unite([coding(tmp_path, "AB", []), coding(tmp_path, "CD", [], "other")])


def test_a_merge_moves_every_coders_answers_and_an_undone_merge_none(tmp_path: Path) -> None:
    merging = coding(tmp_path, "AB", [Merged("waits", "access-points"), Merged("access-points", "outreach")])
    other = coding(tmp_path, "CD", [Coded("r1", "waits", Span(0, 3)), Coded("r2", "access-points")])
    assert unite([merging, other]).coders[1].marks == {
        Mark("r1", "outreach", Span(0, 3)),
        Mark("r2", "outreach"),
    }
    undone = add_events(merging, [Undone(1), Undone(2)], DAY)
    assert {mark.code for mark in unite([undone, other]).coders[1].marks} == {"waits", "access-points"}


def test_codes_merged_into_each_other_by_two_people_are_put_to_them(tmp_path: Path) -> None:
    files = [coding(tmp_path, "AB", [Merged("gp", "waits")]), coding(tmp_path, "CD", [Merged("waits", "gp")])]
    with pytest.raises(BadInputError, match="in a circle"):
        unite(files)


def test_a_split_moves_the_named_answers_and_leaves_the_rest(tmp_path: Path) -> None:
    split = Split("waits", (Part("first-wait", ("r1", "r2")), Part("room", ("r2",))))
    file = coding(tmp_path, "AB", [*(Coded(f"r{place}", "waits") for place in (1, 2, 3)), split])
    assert unite([file]).coders[0].marks == {
        Mark("r1", "first-wait"), Mark("r2", "first-wait"), Mark("r2", "room"), Mark("r3", "waits"),
    }  # fmt: skip
    back = add_events(file, [Undone(4)], DAY)
    assert {mark.code for mark in unite([back]).coders[0].marks} == {"waits"}


def test_the_codebook_follows_and_tells_who_changed_what_and_why(tmp_path: Path) -> None:
    new = Code("stigma", "Stigma", "Being looked down on.", under="how-it-was")
    file = coding(tmp_path, "AB", [Added(new), Renamed("gp", "Family doctor"), Merged("waits", "outreach")])
    after = codebook_after(shipped_codebook(), [file])
    assert after.code("Family doctor").id == "gp"
    assert after.code("stigma") == new
    assert "waits" not in {code.id for code in after.codes}
    assert [(change.who, change.what) for change in after.history] == [
        ("AB", "added stigma: because"),
        ("AB", "renamed gp to Family doctor: because"),
        ("AB", "merged waits into outreach: because"),
    ]


def test_what_stood_under_a_merged_code_stands_under_the_one_it_went_into(tmp_path: Path) -> None:
    file = coding(tmp_path, "AB", [Merged("places", "getting-help")])
    assert codebook_after(shipped_codebook(), [file]).code("gp").under == "getting-help"


def test_a_suggestion_codes_nothing_and_one_turned_down_is_remembered(tmp_path: Path) -> None:
    machine = coding(tmp_path, MACHINE, [Suggested("r1", "waits", 0.9), Suggested("r1", "gp", 0.8)])
    person = coding(
        tmp_path, "AB", [Uncoded("r1", "waits", suggested=True), Coded("r1", "gp", suggested=True)]
    )
    together = unite([machine, person])
    assert together.coders[0].marks == {Mark("r1", "gp")}
    assert together.coders[0].turned_down == {("r1", "waits")}
    assert together.suggested == {("r1", "waits"), ("r1", "gp")}


def test_a_share_needs_all_answers_or_all_that_were_drawn_at_random(tmp_path: Path) -> None:
    answers = [f"r{place}" for place in range(10)]
    known = [Coded("r0", "waits"), Coded("r1", "waits"), ReadAnswer("r2")]
    picked = coding(tmp_path, MACHINE, [Picked(("r0", "r1", "r2"), "least-known")])
    some = coding(tmp_path, "AB", known)
    with pytest.raises(RefusedError, match="drawn at random"):
        answers_with(unite([some, picked]), "AB", answers)
    drawn = add_events(picked, [Picked(("r3", "r4", "r0"), "at-random")], DAY)
    with pytest.raises(RefusedError, match="drawn at random are coded yet"):
        answers_with(unite([some, drawn]), "AB", answers)
    more = add_events(some, [Coded("r3", "waits"), ReadAnswer("r4")], DAY)
    assert answers_with(unite([more, drawn]), "AB", answers) == (3, {"waits": 2})
    every = add_events(more, [ReadAnswer(one) for one in answers], DAY)
    assert answers_with(unite([every, drawn]), "AB", answers) == (10, {"waits": 3})
    with pytest.raises(BadInputError, match="coded nothing"):
        answers_with(unite([every]), "XY", answers)
