"""The ledger promises that nothing once shown is forgotten, changed or undone by a second showing."""

from pathlib import Path

import pytest
from msgspec import structs

from analysis.publishing.disclosure import Count, Policy, Tally, release
from analysis.publishing.ledger import Entry, Override, Reissue, Release, check, read_ledger, record_all
from analysis.publishing.linked import against
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.released import ReleasedTable

NO = 17


def table(yes: int = 20, question: str = "q", policy: Policy | None = None) -> ReleasedTable:
    counts = (Count("yes", yes), Count("no", NO))
    return release(Tally(question, "Q?", yes + NO, counts), policy or Policy("rounded"))


def shown(data: str = "a", policy: Policy | None = None, **more: object) -> Release:
    counts = policy or Policy("rounded")
    return Release(data * 64, table(policy=counts, **more), small_counts=counts.small_counts, sensitive=False)  # type: ignore[arg-type]


def audit(entries: tuple[Entry, ...], new: Release) -> tuple[str, ...]:
    """The real audit; the true number is near enough to what is printed."""
    printed = int(new.table.answered.removeprefix("about "))
    return against(new, printed, entries)


def record(path: Path, new: Release) -> Entry:
    return record_all(path, (new,), audit)[0]  # type: ignore[arg-type]


SIGNED = Reissue("a whole new group joined", ("Ana Clerk", "Bo Lead"))
OVERRIDE = Override("the commissioner must see it", ("Ana Clerk", "Bo Lead"))


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


@pytest.mark.parametrize("names", [(), ("Ana",), ("Ana", " ana "), ("", "Bo"), ("Ana Lee", "ana  lee\u200b")])
def test_fewer_than_two_different_names_do_not_lift_the_refusal(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    for other_people in (False, True):
        again = structs.replace(shown("b", yes=21), reissue=Reissue("more came", names, other_people))
        with pytest.raises(RefusedError):
            record(ledger, again)


def test_two_people_may_sign_that_at_least_five_came_or_went(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    entry = record(ledger, structs.replace(shown("b", yes=25), reissue=SIGNED))
    assert entry.release.reissue == SIGNED


def test_where_what_is_printed_proves_that_many_came_nobody_need_sign(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    assert record(ledger, shown("b", yes=60)).id == "release-2"


def test_a_release_after_a_withdrawal_is_caught(tmp_path: Path) -> None:
    """One person took their answers back; the same table at once would show what they had said."""
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown(yes=23))
    with pytest.raises(RefusedError, match="if only a few people came or went"):
        record(ledger, shown("b", yes=22))


def test_two_people_may_override_and_what_spoke_against_it_is_kept(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    entry = record(ledger, structs.replace(shown("b", yes=21), override=OVERRIDE))
    assert entry.release.override is not None
    assert "release-1" in entry.release.override.against[0]
    assert read_ledger(ledger)[-1] == entry


@pytest.mark.parametrize(
    "override",
    [Override("why", ("Ana",)), Override("why", ("Ana", "ANA ")), Override(" ", ("Ana", "Bo"))],
    ids=["one name", "one name twice", "no reason"],
)
def test_an_override_needs_two_names_and_a_reason(override: Override, tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown())
    with pytest.raises(RefusedError):
        record(ledger, structs.replace(shown("b", yes=21), override=override))


def test_an_override_nothing_needed_is_not_kept(tmp_path: Path) -> None:
    entry = record(tmp_path / "releases.jsonl", structs.replace(shown(), override=OVERRIDE))
    assert entry.release.override is None


def test_asking_records_nothing_and_says_what_recording_would(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    check(ledger, shown(), audit)  # type: ignore[arg-type]
    assert not ledger.exists()
    record(ledger, shown())
    before = ledger.read_bytes()
    with pytest.raises(RefusedError):
        check(ledger, shown("b", yes=21), audit)  # type: ignore[arg-type]
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("data", ["a", "b"])
def test_one_surveys_counts_are_never_shown_in_two_ways_whoever_signs(data: str, tmp_path: Path) -> None:
    """The choice of bands, rounded or exact is made once: what is rounded here and exact there says more together."""
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown(policy=Policy("bands")))
    exact = shown(data, policy=Policy("exact"), question="q" if data == "b" else "another")
    with pytest.raises(RefusedError, match="never shown as “exact”"):
        record(ledger, structs.replace(exact, reissue=SIGNED, override=OVERRIDE))


def test_the_same_data_shown_in_another_way_is_refused_whoever_signs(tmp_path: Path) -> None:
    """Bands and rounded counts of one table say more together than either alone."""
    ledger = tmp_path / "releases.jsonl"
    record(ledger, shown(policy=Policy("exact")))
    with pytest.raises(RefusedError, match="another way"):
        record(ledger, structs.replace(shown(), reissue=SIGNED, override=OVERRIDE))


@pytest.mark.parametrize("change", ["cell", "first", "last", "order", "text", "header", "swapped"])
def test_a_ledger_edited_by_hand_is_found_and_left_alone(change: str, tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    for question in "qrst":
        record(ledger, shown(question=question))
    lines = ledger.read_bytes().splitlines(keepends=True)
    edited = {
        "cell": [lines[0], lines[1].replace(b"about 20", b"about 25"), *lines[2:]],
        "first": [lines[0], *lines[2:]],
        "last": [*lines[:-1], lines[-1].replace(b'"number":4', b'"number":5')],
        "order": [lines[0], lines[2], lines[1], *lines[3:]],
        "text": [*lines, b"not json\n"],
        "header": lines[1:],
        "swapped": lines[::-1],
    }[change]
    ledger.write_bytes(b"".join(edited))
    before = ledger.read_bytes()
    with pytest.raises(BadInputError, match="put back a copy"):
        record(ledger, shown(question="z"))
    assert ledger.read_bytes() == before


def test_two_commands_cannot_write_at_once(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    ledger.with_suffix(".jsonl.lock").touch()
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
