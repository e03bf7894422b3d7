"""Whatever a check may print can be explained: what it looks for, why it is there, what to do, who says so."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import campaigns.checking
from campaigns.checking.check import check_text
from campaigns.checking.explained import whole_text_rules
from campaigns.checking.resembling import RULE
from campaigns.checking.rules import WaivedBy, shipped_rules
from coprod.cli.main import main
from coprod.kernel.contacts import AUDIENCES, NATIONS, shipped_contacts
from tests.campaigns.sample_cases import TODAY

# Words with hyphens in the code of the check that are no rules.
NO_RULES = {
    *AUDIENCES,
    *NATIONS,
    *get_args(WaivedBy),
    "dated-claim",  # what lifts a rule
    "spelling-out",
    "a-girl",  # a group of words
    "kinds-of-lines",  # what is kept ready
    "patterns-ready",
    "omission-groups",
    "second-reader",
}
EXPLAINED = {*(rule.id for rule in shipped_rules().rules), *whole_text_rules(), RULE}


def named_in_the_code() -> set[str]:
    """Give every word with hyphens that stands alone in the code of the check: an id of a rule, or one of NO_RULES."""
    folder = Path(campaigns.checking.__file__).parent
    trees = (ast.parse(path.read_text("utf-8")) for path in folder.glob("*.py"))
    literals = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {one for one in literals if isinstance(one, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", one)}


def test_every_id_that_a_check_can_print_is_explained() -> None:
    named = named_in_the_code()
    assert len(named & set(whole_text_rules())) > 30, "the code is still read as it was when this was written"
    assert named - EXPLAINED - NO_RULES == set()


def test_nothing_is_explained_that_no_check_says() -> None:
    assert set(whole_text_rules()) - named_in_the_code() == set()
    assert not set(whole_text_rules()) & {rule.id for rule in shipped_rules().rules}


def test_no_finding_weighs_more_than_its_explanation_says() -> None:
    heavy = ("ask", "warn", "block")
    found = check_text(
        "Girls meet older strangers online.\n\n![](x.png)\n\nShe was groomed\u202e. " * 9,
        shipped_contacts(),
        TODAY,
        "young-people",
        "england",
    ).findings
    of_whole = [one for one in found if one.rule in whole_text_rules()]
    assert len({one.rule for one in of_whole}) >= 3
    for one in of_whole:
        assert heavy.index(one.severity) <= heavy.index(whole_text_rules()[one.rule].weight)


@pytest.mark.parametrize("name", sorted(EXPLAINED))
def test_each_is_explained_on_the_command_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaigns", "explain", name]) == 0
    told = capsys.readouterr().out
    for words in ("why: ", "instead: ", "source: "):
        assert words in told


def test_a_rule_there_is_not_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaigns", "explain", "girl-only-framing"]) == 2
    assert capsys.readouterr().err.startswith("girl-only-framing: there is no rule `girl-only-framing`; ")
    assert main(["campaigns", "explain", "girl-only-framing", "nowhere.md:1"]) == 2
