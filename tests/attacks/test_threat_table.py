"""To data protection officers: nothing is claimed in the threat table that no test shows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "why.md").read_text("utf-8")
SECTION = PAGE.split("## Who might try, and what stops them")[1].split("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line[:1] == "|"
][2:]
LISTED = {
    int(number): re.findall(r"`([\w/.]+)::(\w+)`", tests)
    for number, tests in re.findall(r"^(\d+)\. (.+)$", SECTION, re.MULTILINE)
}
WHO = (
    "facilitator with the laptop", "thief", "copies the box", "analyst with every batch",
    "facilitator and an analyst together", "IT administrator", "withdrawal slip", "ballot stuffer",
    "fellow respondent",
)  # fmt: skip


def test_everybody_who_might_try_is_in_the_table() -> None:
    people = [row[0] for row in ROWS]
    assert [who for who in WHO if not any(who in one for one in people)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_says_what_stops_them_with_a_test_and_what_is_left(row: list[str]) -> None:
    _, _, _, stops, left = row
    claims = [claim for claim in re.split(r"(?<=\.)\s+(?=[A-Z])", stops) if claim]
    assert [claim for claim in claims if not re.search(r"\(\d+\)", claim) and claim[-1:] == "."] == []
    assert len(left) > 30


def test_every_number_in_the_table_is_listed_and_every_listed_test_is_used() -> None:
    used = {int(number) for row in ROWS for cell in row for number in re.findall(r"\((\d+)\)", cell)}
    assert used == set(LISTED) == set(range(1, len(LISTED) + 1))


@pytest.mark.parametrize("number", LISTED)
def test_every_listed_test_exists(number: int) -> None:
    assert LISTED[number]
    for path, name in LISTED[number]:
        tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
        functions = {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert name in functions, f"{path}::{name}"
