"""axe-core, in a real browser, finds nothing to hold against any page: what its rules can see, it has looked at."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from coprod.journeys.asking.visit import KioskPlan
from coprod.web.server import Server
from tests.coprod.web.chromium import Chromium, chromium

pytestmark = pytest.mark.needs("chromium")
AXE = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
FOUND = "axe.run().then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`)))"
NAMES = {"en": "English", "cy": "Cymraeg"}
ANSWER = """
document.querySelectorAll('fieldset:not(:has(fieldset))').forEach((one, place) => one.querySelectorAll('input')[place]?.click());
document.querySelectorAll('select').forEach((one, place) => { one.selectedIndex = place + 1; });
document.querySelectorAll('textarea').forEach((one) => { one.value = 'My number is 07700 900123'; });
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as one:
        yield one


def breaches(tab: Chromium) -> list[str]:
    """Give what axe-core holds against the page on the screen, help open: this axe-core sees into closed help too."""
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.send("Runtime.evaluate", expression=AXE)
    return list(tab.run(FOUND))


def walked(tab: Chromium, link: str, language: str) -> Iterator[str]:
    """Go from a link to the end, and stop at each page once it is answered."""
    tab.open(link)
    yield "ready"
    tab.press("Start")
    yield "languages"
    tab.press(NAMES[language])
    while onward := tab.run("document.querySelector('button.first')?.innerText"):
        tab.run(ANSWER)
        yield str(tab.run("document.querySelector('h1').innerText"))
        tab.press(str(onward))
    yield "over"


@pytest.mark.parametrize(
    ("which", "language", "size"),
    [("plan", "en", "phone"), ("more_kinds", "en", "tablet"), ("plan", "cy", "laptop")],
)
def test_axe_finds_nothing_on_any_page(request, window, which, language, size):
    plan: KioskPlan = request.getfixturevalue(which)
    server = Server(plan, lambda _: None)
    server.start()
    try:
        window.new_tab()
        window.size(size)
        found = [(name, breaches(window)) for name in walked(window, server.new_link(), language)]
    finally:
        server.stop()
    assert len(found) > 14
    assert [one for one in found if one[1]] == []


def test_axe_would_find_a_field_without_a_name(window, tmp_path: Path):
    """A check that cannot fail proves nothing."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><main><h1>x</h1><input>", "utf-8")
    window.new_tab()
    window.open(page.as_uri())
    assert any(one.startswith("label") for one in breaches(window))
