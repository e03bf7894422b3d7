"""What a person who installs coprod can rely on."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\n")
CONTENT = [
    ROOT / name for name in TRACKED if re.match(r"(surveys|analysis|campaigns|coprod)/.*\.yaml$", name)
]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", "requirements-bench.lock"])
def test_the_lock_pins_every_package_by_hash_and_names_no_index(lock):
    text = (ROOT / lock).read_text("utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)
    assert "http" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_content_file_says_its_format_first(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "format: 1"


def test_every_dependency_is_justified_in_one_line():
    told = (ROOT / "docs/dependencies.md").read_text("utf-8")
    named = [re.match(r"[A-Za-z0-9_-]+", line)[0] for line in PROJECT["dependencies"]]
    assert [name for name in named if f"`{name}`" not in told] == []


def test_nothing_tracked_names_a_machine():
    somewhere_here = re.compile("/" + r"(root|work|home/[a-z]+)/")
    texts = (ROOT / name for name in TRACKED if name and not name.endswith((".lock", ".png")))
    assert [
        path for path in texts if path.is_file() and somewhere_here.search(path.read_text("utf-8", "replace"))
    ] == []


def test_one_place_alone_asks_msgspec_to_decode():
    """Elsewhere two threads that read the same shape for the first time would end the whole app."""
    decodes = re.compile(r"msgspec\.convert\(|(json|msgpack)\.(decode|Decoder)\(")
    places = [name for name in TRACKED if re.match(r"(surveys|analysis|campaigns|coprod)/.*\.py$", name)]
    found = [name for name in places if decodes.search((ROOT / name).read_text("utf-8"))]
    assert found == ["coprod/kernel/shapes.py"]


def test_the_wheel_holds_four_packages_with_their_content_and_nothing_else(tmp_path):
    build = "import sys, hatchling.build; hatchling.build.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "coprod",
        "surveys",
        "analysis",
        "campaigns",
    }
    assert "coprod/kernel/contacts.yaml" in names
    for content in CONTENT:
        assert str(content.relative_to(ROOT)) in names
