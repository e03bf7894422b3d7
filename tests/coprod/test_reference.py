"""Somebody who looks something up finds what coprod does today."""

import json
import re

import pytest

from coprod.cli import main
from docs.write_reference import FILES, REFERENCE, reference

PAGES = reference()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_the_reference_says_what_the_code_does(path):
    """Written by `make reference`."""
    assert (REFERENCE / path).read_text("utf-8") == PAGES[path]


def test_nothing_in_the_reference_is_left_over_from_before():
    there = {found.relative_to(REFERENCE).as_posix() for found in REFERENCE.rglob("*") if found.is_file()}
    assert there == set(PAGES)


def test_every_command_says_what_it_does():
    entries = re.split(r"^#{2,5} (?=coprod )", PAGES["commands.md"], flags=re.MULTILINE)[1:]
    silent = [entry.split("\n")[0] for entry in entries if not re.search(r"^[A-Z].*\.$", entry, re.MULTILINE)]
    assert silent == []


@pytest.mark.parametrize("group", sorted(main.ORDER))
def test_the_help_of_a_group_names_each_of_its_commands_where_it_is_used(group):
    named = set(re.findall(r"[a-z][a-z-]+", main.ORDER[group]))
    there = set(re.findall(rf"^### coprod {group} (\S+)$", PAGES["commands.md"], re.MULTILINE))
    assert there - named == set()


def test_every_option_says_what_it_does():
    assert re.findall(r"^\| (`.*`) \|  \|$", PAGES["commands.md"], re.MULTILINE) == []


@pytest.mark.parametrize("name", [one[0] for one in FILES])
def test_a_schema_names_only_shapes_that_it_holds(name):
    schema = json.loads(PAGES[f"schemas/{name}.schema.json"])
    named = set(re.findall(r"#/\$defs/([A-Za-z_]+)", json.dumps(schema)))
    assert named <= set(schema["$defs"])


def test_the_keys_are_told_by_role_and_screen_in_words_for_staff():
    page = PAGES["keys.md"]
    assert re.findall(r"^## (.*)$", page, re.MULTILINE)[0] == "On every screen"
    for title in ("Coding", "Board", "Editor", "Themes", "Preparing"):
        assert f"\n### {title}\n" in page
    assert not re.search(r"[Ss]ubclass|`BIND|_", page)
    assert page.count("| Ctrl+P |") == 1
