"""To young people: answers are opened together or not at all, and what was taken back is never read."""

import pytest

from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Declined, Filler, MainRecord, Record, TextRecord
from surveys.boxes import opening
from surveys.boxes.box import Row, new_row
from surveys.boxes.opening import Source, open_sources
from surveys.boxes.sealing import seal

from .ready import make_identity

SHA = "a" * 64
HOLDERS = (make_identity(), make_identity())
KEYS = [holder.public_key for holder in HOLDERS]


def sealed(record: Record, tag: bytes | None = None) -> Row:
    return new_row(seal(record, KEYS), tag)


def main(number: int) -> MainRecord:
    return MainRecord(SHA, {f"q{number}": Declined()})


def text(words: str) -> TextRecord:
    return TextRecord(SHA, "change", words, may_quote=False)


def opened(*rows: Row | None, withdrawn: frozenset[bytes] = frozenset()) -> opening.Opened:
    source = Source("monday.box", rows)
    return open_sources([source], withdrawn, HOLDERS[0], lambda record: record.questionnaire == SHA)


FIVE = tuple(sealed(main(number)) for number in range(5))


def test_five_main_records_open_for_either_key_holder() -> None:
    for holder in HOLDERS:
        found = open_sources([Source("a", FIVE)], frozenset(), holder, lambda _: True)
        assert {next(iter(one.replies)) for one in found.mains} == {f"q{number}" for number in range(5)}


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_five_stay_sealed_and_the_message_holds_no_number_but_five(count: int) -> None:
    rows = [*FIVE[:count], *(sealed(text(f"words {n}")) for n in range(6)), sealed(Filler())]
    with pytest.raises(RefusedError) as caught:
        opened(*rows)
    assert [character for character in str(caught.value) if character.isdigit()] == ["5"]


def test_two_sessions_of_three_open_together() -> None:
    more = (*FIVE, sealed(main(5)))
    found = open_sources(
        [Source("a", more[:3]), Source("b", more[3:])], frozenset(), HOLDERS[0], lambda _: True
    )
    assert len(found.mains) == 6


def test_fillers_and_second_copies_are_left_out() -> None:
    found = opened(*FIVE, *FIVE, sealed(Filler()), sealed(text("once")))
    assert (len(found.mains), len(found.texts), found.damaged) == (5, 1, 0)


def test_a_withdrawn_record_is_not_even_decrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = b"t" * 16
    row = sealed(text("taken back"), tag)
    read: list[bytes] = []
    real = opening.unseal
    monkeypatch.setattr(opening, "unseal", lambda slot, key: read.append(slot) or real(slot, key))
    found = opened(*FIVE, row, withdrawn=frozenset({tag}))
    assert found.texts == ()
    assert row.sealed not in read


def test_withdrawals_count_before_the_five_do() -> None:
    row = sealed(main(9), b"t" * 16)
    assert opened(*FIVE[:4], row)
    with pytest.raises(RefusedError):
        opened(*FIVE[:4], row, withdrawn=frozenset({b"t" * 16}))


def test_damage_is_counted_and_never_stops_the_rest() -> None:
    broken = sealed(text("lost"))
    broken = Row(broken.id, broken.tag, broken.sealed[:2_000] + bytes(3_120))
    found = opened(
        *FIVE, None, None, broken, sealed(TextRecord("b" * 64, "x", "other survey", may_quote=False))
    )
    assert (len(found.mains), found.damaged) == (5, 4)


def test_a_whole_copy_makes_up_for_a_damaged_one() -> None:
    row = FIVE[0]
    broken = Row(row.id, row.tag, bytes(5_120))
    found = open_sources(
        [Source("a", (broken, *FIVE[1:])), Source("b", FIVE)], frozenset(), HOLDERS[0], lambda _: True
    )
    assert (len(found.mains), found.damaged) == (5, 0)


def test_a_wrong_key_gives_one_message_that_names_the_file() -> None:
    stranger = make_identity()
    with pytest.raises(BadInputError, match=r"monday\.box.*your key does not open these answers") as caught:
        open_sources([Source("monday.box", FIVE)], frozenset(), stranger, lambda _: True)
    assert len(caught.value.problems) == 1


def test_what_is_sealed_to_other_keys_is_not_called_damaged_and_is_told() -> None:
    """A key holder who came in the middle of a session opens only what was sealed since."""
    newcomer = make_identity()
    since = [new_row(seal(main(number), [newcomer.public_key, *KEYS])) for number in range(5, 10)]
    both = [Source("monday.box", (*FIVE, *since))]
    found = open_sources(both, frozenset(), newcomer, lambda _: True)
    assert (len(found.mains), found.damaged, found.for_others) == (5, 0, True)
    found = open_sources(both, frozenset(), HOLDERS[0], lambda _: True)
    assert (len(found.mains), found.damaged, found.for_others) == (10, 0, False)


def test_the_order_of_opened_answers_is_new_each_time() -> None:
    rows = [sealed(main(number)) for number in range(12)]
    orders = {tuple(next(iter(one.replies)) for one in opened(*rows).mains) for _ in range(4)}
    assert len(orders) > 1


def test_the_order_of_opened_texts_is_new_each_time_and_follows_nobodys_row() -> None:
    rows = [*FIVE, *(sealed(text(f"words {number}")) for number in range(12))]
    orders = {tuple(one.text for one in opened(*rows).texts) for _ in range(4)}
    assert len(orders) > 1


def test_no_repr_of_what_was_opened_shows_an_answer() -> None:
    assert "secret words" not in repr(opened(*FIVE, sealed(text("secret words"))))
