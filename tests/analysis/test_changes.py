"""Change is told from what may be printed, and called change only where it is more than rounding and chance."""

import json
from pathlib import Path

import polars as pl
import pytest
from scipy.stats import binom

from analysis.publishing.disclosure import Count, Policy, Tally, release
from coprod.cli.main import main
from coprod.journeys.understanding.changes import changes
from coprod.journeys.understanding.tables import ledger_path
from coprod.kernel.released import ReleasedCell, ReleasedTable, Status
from coprod.workspace import new_workspace


def table(**cells: tuple[str, Status, str]) -> ReleasedTable:
    return ReleasedTable("q", "q", "about 40", tuple(
        ReleasedCell(code, shown, status, "", percent=percent) for code, (shown, status, percent) in cells.items()))  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (("20", "rounded", "30%"), ("35", "rounded", "60%"), "more"),
        (("35", "rounded", "60%"), ("20", "rounded", "30%"), "less"),
        (("20", "rounded", "30%"), ("30", "rounded", "55%"), "about the same"),
        (("few or none", "banded", ""), ("most or all", "banded", ""), "more"),
        (("about half", "banded", ""), ("about half", "banded", ""), "about the same"),
        (("few or none", "banded", ""), ("about half", "banded", ""), "about the same"),
        (("few or none", "banded", ""), ("35", "rounded", "60%"), "not comparable"),
        (("not shown", "hidden-small", ""), ("35", "rounded", "60%"), "not comparable"),
    ],
)
def test_a_change_is_more_than_rounding_and_chance(
    before: tuple[str, Status, str], after: tuple[str, Status, str], direction: str
) -> None:
    assert changes(table(waits=before), table(waits=after))[0].direction == direction


@pytest.mark.parametrize("answered", [20, 23, 30, 40, 60, 100])
@pytest.mark.parametrize("share", [0.2, 0.35, 0.5])
def test_where_nothing_changed_a_change_is_seldom_told(answered: int, share: float) -> None:
    """Two groups of one kind, every pair of counts by how likely it is: 20 points apart was told for half of all codes."""
    likely = binom.pmf(range(answered + 1), answered, share)
    shown = {}
    for count in range(answered + 1):
        tally = Tally(
            "q", "q", answered, (Count("waits", count), Count("else", answered - count)), exclusive=False
        )
        shown[count] = release(tally, Policy("rounded"))
    told = {
        (one.cells[0].percent, other.cells[0].percent): changes(one, other)[0].direction
        for one in shown.values()
        for other in shown.values()
    }
    wrong = sum(
        likely[count] * likely[other]
        for count in shown
        for other in shown
        if told[shown[count].cells[0].percent, shown[other].cells[0].percent] in {"more", "less"}
    )
    assert wrong < 0.06


def test_a_code_in_one_table_only_is_not_compared() -> None:
    found = changes(table(waits=("20", "rounded", "30%")), table(gp=("20", "rounded", "30%")))
    assert {one.direction for one in found} == {"not comparable"}


def test_two_files_are_compared_and_both_tables_are_in_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    for name, waits in (("before", 10), ("after", 40)):
        pl.DataFrame({"said": [f"{name} {row}" for row in range(60)]}).write_csv(f"{name}.csv")
        options = [f"{name}.csv", "--text", "said", "--by", "AB"]
        rows = [f"row-{row}" for row in range(1, 61)]
        assert main(["analysis", "code", "read", *options, *rows]) == 0
        for row in rows[:waits]:
            assert main(["analysis", "code", "give", *options, row, "waits"]) == 0
    capsys.readouterr()
    asked = [
        "analysis",
        "change",
        "before.csv",
        "after.csv",
        "--text",
        "said",
        "--by",
        "AB",
        "--format",
        "json",
    ]
    assert main(asked) == 3
    assert "other data" in capsys.readouterr().out
    assert (
        main(
            [*asked, "--reissue", "two visits, other people", "--signed", "Ana Clerk", "--signed", "Bo Lead"]
        )
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert {one["code"]: one["direction"] for one in found["changes"]}["Waits"] == "more"
    assert not any(one["before"].isdigit() for one in found["changes"])


def test_where_one_of_two_tables_is_refused_neither_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    for name in ("before", "after"):
        pl.DataFrame({"said": [f"{name} {row}" for row in range(12)]}).write_csv(f"{name}.csv")
        options = [f"{name}.csv", "--text", "said", "--by", "AB"]
        assert main(["analysis", "code", "read", *options, *(f"row-{row}" for row in range(1, 13))]) == 0
    assert main(["analysis", "change", "before.csv", "after.csv", "--text", "said", "--by", "AB"]) == 3
    assert not ledger_path(made).exists()
