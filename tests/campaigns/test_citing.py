"""A claim that cites a number our own analysis released says what was released, and no more."""

from datetime import date

import pytest

from campaigns.checking.check import check_material
from campaigns.materials.material import parse_material
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.released import CitableRelease, ReleasedCell, ReleasedTable

TODAY = date(2026, 11, 22)
TABLE = ReleasedTable(
    "listened",
    "Did people listen to you?",
    "about 40",
    (
        ReleasedCell("always", "about 15", "rounded", "", percent="35%"),
        ReleasedCell("never", "about half", "banded", ""),
    ),
)
RELEASES = {
    "release-1": CitableRelease("release-1", TABLE),
    "release-2": CitableRelease("release-2", TABLE, ("release-5",)),
}
MATERIAL = """---
format: 1
title: Listened to
audience: professionals
nation: england
message: Listen.
claims:
- text: {text}
  source: {source}
---
# Listened to

Listen to young people.
"""


def faults(text: str, source: str = "ledger/release-1", releases=RELEASES) -> dict[str, str]:
    """Give what is said about the claim, by rule."""
    material = parse_material(MATERIAL.format(text=text, source=source), "m.md")
    result = check_material(material, shipped_contacts(), {}, TODAY, releases=releases)
    return {
        one.rule: f"{one.severity}: {one.message} {one.instead}"
        for one in result.findings
        if one.text == source
    }


@pytest.mark.parametrize(
    "text",
    [
        "35% said that people always listen.",
        "In our 2026 survey, 35 per cent said always.",
        "About 40 young people answered.",
        "About half said never.",
    ],
)
def test_a_claim_that_says_what_was_released_is_not_questioned(text):
    assert faults(text) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("45% said that people always listen.", "`45%`"),
        ("35% said that people never listen.", "`35%`"),
        ("Most said never.", "`most`"),
    ],
)
def test_another_number_or_the_number_of_another_row_is_blocked_beside_what_was_released(text, shown):
    (rule,), (said,) = zip(*faults(text).items(), strict=True)
    assert rule == "claim-differs"
    assert said.startswith(f"block: {shown} is not what release-1 released: always 35%; never about half")


def test_a_claim_without_a_number_cites_nothing():
    assert faults("Young people feel heard.")["claim-differs"].startswith("block: This names no number")


def test_a_number_nobody_released_is_blocked_with_the_one_that_may_be_meant():
    said = faults("35% said always.", "ledger/release-11")["claim-source-unknown"]
    assert "block: Nothing was released as `release-11`. did you mean `release-1`?" in said


def test_a_number_that_was_released_again_with_others_is_out_of_date():
    assert (
        "released again with other numbers, as release-5"
        in faults("35% said always.", "ledger/release-2")["claim-outdated"]
    )


def test_without_a_ledger_the_check_says_that_nothing_was_compared():
    assert faults("35% said always.", releases=None)["claim-not-compared"].startswith("ask: ")
