"""A check for other programs and for people: SARIF, one web page, records, and what is remembered."""

import json
from pathlib import Path

import pytest

from coprod.cli.main import main

BAD = "# Leaflet\n\nShe shows risky behaviour <script>alert(1)</script>, and it is not a lifestyle choice.\n"


@pytest.fixture
def leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "leaflet.md"
    file.write_text(BAD, "utf-8")
    return file


def test_sarif_places_each_finding_and_suppresses_mentions(leaflet, capsys):
    assert main(["campaigns", "check", str(leaflet), "--format", "sarif"]) == 1
    document = json.loads(capsys.readouterr().out)
    (run,) = document["runs"]
    found = {one["ruleId"]: one for one in run["results"]}
    region = found["risky-behaviour"]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 26}
    assert found["risky-behaviour"]["level"] == "error"
    assert found["lifestyle-choice"]["suppressions"]
    assert document["version"] == "2.1.0"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(found)


def test_the_web_page_takes_nothing_from_a_material_as_markup(leaflet, capsys):
    leaflet.write_text("She is promiscuous <script>x</script>\n", "utf-8")
    name = leaflet.rename(leaflet.with_name("a<script>.md"))
    assert main(["campaigns", "check", str(name), "--format", "html"]) == 1
    page = capsys.readouterr().out
    assert "<mark>promiscuous</mark>" in page
    assert "<script" not in page


def test_a_record_is_checked_for_words_and_not_for_what_a_campaign_needs(leaflet, capsys):
    leaflet.write_text("Kim is streetwise. Most people in the area are hurt. " * 10, "utf-8")
    assert main(["campaigns", "check", str(leaflet), "--kind", "record", "--format", "json"]) == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["audience"] == "professionals"
    assert {finding["rule"] for finding in file["findings"]} == {"streetwise"}


def check(capsys, *arguments: str) -> str:
    main(["campaigns", "check", *arguments, "--format", "json"])
    return capsys.readouterr().out


def kept(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_remembered_check_says_the_same_and_a_changed_file_is_read_again(leaflet, own_cache, capsys):
    first = check(capsys, str(leaflet))
    assert len(kept(own_cache)) == 1
    assert check(capsys, str(leaflet)) == first
    leaflet.write_text("It is never your fault.\n", "utf-8")
    assert "risky-behaviour" not in check(capsys, str(leaflet))


def test_other_settings_are_never_answered_from_memory(leaflet, capsys):
    leaflet.write_text("A young person said that they were a victim.\n", "utf-8")
    check(capsys, str(leaflet), "--audience", "professionals")
    assert '"young-people"' in check(capsys, str(leaflet), "--audience", "young-people")


@pytest.mark.parametrize("option", [["--kind", "record"], ["--afresh"]])
def test_nothing_of_a_record_is_remembered(leaflet, own_cache, capsys, option):
    check(capsys, str(leaflet), *option)
    assert not kept(own_cache)


def test_memory_that_was_tampered_with_is_forgotten(leaflet, own_cache, capsys):
    first = check(capsys, str(leaflet))
    for file in kept(own_cache):
        file.write_bytes(b"\x93rubbish")
    assert check(capsys, str(leaflet)) == first


def test_memory_is_private_to_its_owner(leaflet, own_cache, capsys):
    check(capsys, str(leaflet))
    assert all(file.parent.stat().st_mode & 0o077 == 0 for file in kept(own_cache))
