"""The attack table: each attack fails on coprod, and works where its defence is taken away, so the test can see."""

import pytest

pytest.importorskip("fcntl", reason="not run: needs a pseudo-terminal")

from tests.attacks.measured import ATTACKS, Attack, tried

# The order of answers is tried at length in test_order.py.
TRIED_HERE = tuple(attack for attack in ATTACKS if not attack.tried.startswith("order of answers"))


@pytest.mark.parametrize("attack", TRIED_HERE, ids=lambda attack: attack.tried)
def test_an_attack_fails_with_its_defence_and_works_without_it(attack: Attack) -> None:
    found, bare = tried(attack)
    assert attack.holds(found)
    assert not attack.holds(bare)
