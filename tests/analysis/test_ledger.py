"""The ledger promises that nothing once shown is forgotten, changed or undone by a second showing."""

from pathlib import Path

import pytest
from msgspec import structs

from analysis.publishing.disclosure import Count, Policy, Tally, release
from analysis.publishing.ledger import Reissue, Release, read_ledger, record
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.released import ReleasedTable


def table(yes: int = 20, question: str = "q", policy: Policy | None = None) -> ReleasedTable:
    counts = (Count("yes", yes), Count("no", 7))
    return release(Tally(question, "Q?", yes + 7, counts), policy or Policy("rounded"))


def shown(data: str = "a", **more: object) -> Release:
    return Release(data * 64, table(**more))  # type: ignore[arg-type]


SIGNED = Reissue("a whole new group joined", ("Ana Clerk", "Bo Lead"))


def test_each_release_is_kept_in_order_and_can_be_cited(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    assert record(ledger, shown()).id == "release-1"
    assert record(ledger, shown(question="r")).id == "release-2"
    assert [entry.release.table.question for entry in read_ledger(ledger)] == ["q", "r"]


def test_showing_the_same_table_of_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    first = record(ledger, shown())
    before = ledger.read_bytes()
    assert record(ledger, shown()) == first
    assert ledger.read_bytes() == before


def test_the_same_table_from_other_data_is_refused(tmp_path: Path) -> None:
    """Two releases one person apart tell what that person said."""
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    with pytest.raises(RefusedError, match="release-1"):
        record(ledger, shown("b", yes=21))
    assert len(read_ledger(ledger)) == 1


@pytest.mark.parametrize("names", [(), ("Ana",), ("Ana", " ana "), ("", "Bo")])
def test_fewer_than_two_different_names_do_not_lift_the_refusal(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    with pytest.raises(RefusedError):
        record(ledger, Release("b" * 64, table(yes=30), reissue=Reissue("more came", names)))


def test_two_people_may_sign_that_at_least_five_came_or_went(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    entry = record(ledger, Release("b" * 64, table(yes=30), reissue=SIGNED))
    assert entry.release.reissue == SIGNED


def test_the_same_data_shown_in_another_way_is_refused_whoever_signs(tmp_path: Path) -> None:
    """Bands and rounded counts of one table say more together than either alone."""
    ledger = tmp_path / "releases.jsonl"
    record(ledger, Release("a" * 64, table(policy=Policy("bands"))))
    with pytest.raises(RefusedError, match="another way"):
        record(ledger, Release("a" * 64, table(policy=Policy("rounded")), reissue=SIGNED))


@pytest.mark.parametrize("change", ["cell", "first", "last", "order", "text"])
def test_a_ledger_edited_by_hand_is_found_and_left_alone(change: str, tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    for question in "qrst":
        record(ledger, shown(question=question))
    lines = ledger.read_bytes().splitlines(keepends=True)
    edited = {
        "cell": [lines[0].replace(b"about 20", b"about 25"), *lines[1:]],
        "first": lines[1:],
        "last": [*lines[:-1], lines[-1].replace(b'"number":4', b'"number":5')],
        "order": [lines[1], lines[0], *lines[2:]],
        "text": [*lines, b"not json\n"],
    }[change]
    ledger.write_bytes(b"".join(edited))
    before = ledger.read_bytes()
    with pytest.raises(BadInputError, match="put back a copy"):
        record(ledger, shown(question="z"))
    assert ledger.read_bytes() == before


def test_two_commands_cannot_write_at_once(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    ledger.with_suffix(".lock").touch()
    with pytest.raises(BadInputError, match="another command"):
        record(ledger, shown())


def test_nothing_but_the_ledger_is_left_on_disk(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    assert [path.name for path in tmp_path.iterdir()] == ["releases.jsonl"]


def test_other_words_for_the_same_numbers_are_the_same_release(tmp_path: Path) -> None:
    """A new version of coprod may explain a cell better; that gives nothing away."""
    ledger = tmp_path / "releases.jsonl"
    first = record(ledger, shown())
    cells = tuple(structs.replace(cell, reason="Said better.") for cell in first.release.table.cells)
    again = structs.replace(first.release, table=structs.replace(first.release.table, cells=cells))
    assert record(ledger, again) == first
