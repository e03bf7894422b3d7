"""To young people: where two people's keys open the answers, neither of them opens a word alone."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from coprod.journeys.asking import batches, rehearsals, sessions
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Filler, TextRecord
from coprod.workspace import Workspace, load_workspace, save_settings
from surveys.boxes.device import device_folder, remember_key_made
from surveys.boxes.keys import Identity, fingerprint
from surveys.boxes.sealing import SLOT_SIZES, WrongKeyError, seal, seal_bytes, unseal
from surveys.boxes.sides import TOGETHER, sides_of, too_few_keys

from .ready import (
    KEEP_UNTIL,
    OPENING_DAY,
    TODAY,
    a_plan,
    an_interview,
    make_identity,
    ready_workspace,
    started,
)

FIRSTS = (make_identity(), make_identity())
SECONDS = (make_identity(), make_identity())
PAIRS = tuple(first.with_other(second) for first, second in zip(FIRSTS, SECONDS, strict=True))
KEYS = tuple(pair.public_key for pair in PAIRS)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return ready_workspace(tmp_path, monkeypatch, PAIRS)


def text(length: int) -> TextRecord:
    return TextRecord("a" * 64, "change", "w" * length, may_quote=False)


def test_one_of_each_side_opens_in_either_order_and_nobody_opens_alone() -> None:
    slot = seal(text(5), KEYS)
    for pair in (PAIRS[0], SECONDS[0].with_other(FIRSTS[0]), FIRSTS[0].with_other(SECONDS[1])):
        assert unseal(slot, pair) == text(5)
    for identity in (*FIRSTS, *SECONDS, FIRSTS[0].with_other(FIRSTS[1]), SECONDS[0].with_other(SECONDS[1])):
        with pytest.raises(WrongKeyError):
            unseal(slot, identity)


@pytest.mark.parametrize("holders", [2, 5])
def test_a_slot_has_the_size_it_has_for_people_who_open_alone(holders: int) -> None:
    keys = [f"{make_identity().public_key}{TOGETHER}{make_identity().public_key}" for _ in range(holders)]
    for record, size in (
        (Filler(), SLOT_SIZES[0]),
        (text(2_500), SLOT_SIZES[0]),
        (text(15_900), SLOT_SIZES[1]),
    ):
        assert {len(seal(record, keys)) for _ in range(20)} == {size}


def test_the_longest_header_age_can_write_still_fits() -> None:
    """age adds up to 166 random bytes to a header: the slot must hold two of the longest, for 5 keys on each side."""
    keys = [f"{make_identity().public_key}{TOGETHER}{make_identity().public_key}" for _ in range(5)]
    assert {len(seal_bytes(b"x" * 3_000, keys)) for _ in range(300)} == {SLOT_SIZES[0]}


def test_alone_and_together_are_never_mixed_and_nobody_stands_on_both_sides() -> None:
    with pytest.raises(BadInputError, match="the second key of a pair would protect nothing"):
        sides_of([KEYS[0], make_identity().public_key])
    with pytest.raises(BadInputError, match="could open alone"):
        sides_of([KEYS[0], SECONDS[0].with_other(FIRSTS[1]).public_key])
    with pytest.raises(BadInputError, match="could open alone"):
        sides_of([FIRSTS[0].with_other(FIRSTS[0]).public_key])


@pytest.mark.parametrize("keys", [KEYS[:1], [KEYS[0], FIRSTS[1].with_other(SECONDS[0]).public_key]])
def test_a_side_with_one_key_is_one_loss_away_from_losing_everything(keys: tuple[str, ...]) -> None:
    assert "each of the two sides needs a second key" in too_few_keys(keys)
    with pytest.raises(BadInputError, match="there are 1"):
        seal(text(5), keys)
    assert too_few_keys(KEYS) == ""


def test_a_workspace_of_pairs_goes_from_answers_to_a_batch_that_only_two_read(workspace: Workspace) -> None:
    session = started(workspace)
    words = [sessions.save_interview(session, an_interview(session, "made-up words")) for _ in range(6)]
    assert sessions.withdraw(workspace, words[0], TODAY)
    sources = batches.session_sources(workspace)
    for half in (FIRSTS[0], SECONDS[0]):
        with pytest.raises(BadInputError, match="opens only together with another"):
            batches.open_boxes(workspace, sources, half, "one", today=OPENING_DAY, keep_until=KEEP_UNTIL)
    strangers = make_identity().with_other(make_identity())
    with pytest.raises(BadInputError, match="your key does not open these answers"):
        batches.open_boxes(workspace, sources, strangers, "one", today=OPENING_DAY, keep_until=KEEP_UNTIL)
    summary = batches.open_boxes(
        workspace, sources, PAIRS[0], "one", today=OPENING_DAY, keep_until=KEEP_UNTIL
    )
    assert summary.answered == "5 to 9"
    assert batches.read_batch(summary.path, PAIRS[1]).startswith(b"PAR1")
    with pytest.raises(BadInputError, match="opens only together"):
        batches.read_batch(summary.path, FIRSTS[0])


def test_a_rehearsal_proves_both_and_half_of_one_says_so(workspace: Workspace, tmp_path: Path) -> None:
    bare = save_settings(workspace, replace(workspace.settings, devices=()))
    rehearsals.start_rehearsal(bare, "blue laptop", tmp_path / "r.json")
    for half in (FIRSTS[0], SECONDS[0]):
        with pytest.raises(BadInputError, match="sit down together and add the other key"):
            rehearsals.answer(tmp_path / "r.json", half, tmp_path / "t.json")
    with pytest.raises(BadInputError, match="for other key holders"):
        rehearsals.answer(tmp_path / "r.json", make_identity(), tmp_path / "t.json")
    rehearsals.answer(tmp_path / "r.json", SECONDS[0].with_other(FIRSTS[0]), tmp_path / "t.json")
    rehearsals.finish_rehearsal(load_workspace(bare.root), tmp_path / "t.json")
    left = rehearsals.not_rehearsed(load_workspace(bare.root))
    assert [holder.public_key for holder in left] == [KEYS[1]]
    reasons = sessions.reasons_not_to_start(load_workspace(bare.root), a_plan(), TODAY)
    assert [reason for reason in reasons if left[0].name in reason] == list(reasons)


def test_the_fingerprint_of_a_pair_is_what_each_of_the_two_has_on_their_card() -> None:
    assert (
        fingerprint(KEYS[0]) == f"{fingerprint(FIRSTS[0].public_key)} + {fingerprint(SECONDS[0].public_key)}"
    )


def test_half_of_a_pair_on_this_device_stops_a_real_session(workspace: Workspace, tmp_path: Path) -> None:
    key = tmp_path / "second.key"
    key.touch()
    remember_key_made(device_folder(), SECONDS[1].public_key, key)
    confirmed = {"emergency": TODAY, "childline": TODAY}
    real = save_settings(workspace, replace(workspace.settings, simulated=False, confirmed=confirmed))
    (reason,) = sessions.reasons_not_to_start(real, a_plan(), TODAY)
    assert "lies on this device" in reason


def test_a_lost_key_is_taken_out_and_the_others_still_open_what_was_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = (make_identity(), make_identity())
    workspace = ready_workspace(tmp_path, monkeypatch, alone)
    session = started(workspace)
    for _ in range(5):
        sessions.save_interview(session, an_interview(session, "made-up words"))
    workspace = rehearsals.remove_key_holder(workspace, "holder 0")
    sources = batches.session_sources(workspace)
    assert "at least 2 people" in "".join(sessions.reasons_not_to_start(workspace, a_plan(), TODAY))
    with pytest.raises(BadInputError, match="the workspace knows: holder 1"):
        rehearsals.remove_key_holder(workspace, "holder 0")
    workspace = rehearsals.add_key_holder(workspace, "spare", make_identity().public_key)
    summary = batches.open_boxes(
        workspace, sources, alone[1], "one", today=OPENING_DAY, keep_until=KEEP_UNTIL
    )
    assert summary.answered == "5 to 9"


def test_a_key_is_not_used_on_the_device_that_seals(workspace: Workspace, tmp_path: Path) -> None:
    rehearsals.start_rehearsal(workspace, "blue laptop", tmp_path / "r.json")
    with pytest.raises(RefusedError, match="a key used here may stay here"):
        rehearsals.answer(tmp_path / "r.json", PAIRS[0], tmp_path / "t.json", simulated=False)
    assert not (tmp_path / "t.json").exists()


def test_a_pair_has_no_repr_either() -> None:
    assert repr(PAIRS[0]) == "<Identity>"
    assert isinstance(PAIRS[0], Identity)
