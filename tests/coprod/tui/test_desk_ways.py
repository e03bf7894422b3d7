"""Nobody at the desk is sent to the command line: a refusal that names a command names what to press instead."""

import re
from pathlib import Path

import pytest

from coprod.kernel.problem import RefusedError
from coprod.tui.desk import Desk
from coprod.tui.desk_ways import OPTIONS, WAYS, at_the_desk
from coprod.tui.dialogs import plain_reasons
from tests.coprod.tui.pictures import screen_text
from tests.coprod.tui.waiting import until

HOUSE = Path(__file__).parents[3]
# Said in docstrings, or in a schema, never to anybody at the desk.
ONLY_WRITTEN_DOWN = {"surveys/questionnaires/schema.py"}
COMMAND = re.compile(r"`coprod ([a-z-]+(?: [a-z-]+)?)")


def _commands_named() -> list[tuple[str, str]]:
    return sorted(
        (words, path.relative_to(HOUSE).as_posix())
        for folder in ("surveys", "analysis", "campaigns", "coprod/kernel", "coprod/journeys")
        for path in (HOUSE / folder).rglob("*.py")
        if path.relative_to(HOUSE).as_posix() not in ONLY_WRITTEN_DOWN
        for words in COMMAND.findall(path.read_text("utf-8"))
    )


@pytest.mark.parametrize(("words", "place"), _commands_named())
def test_every_command_that_a_refusal_names_has_its_way_at_the_desk(words: str, place: str) -> None:
    assert "coprod" not in at_the_desk(f"do this: `coprod {words} x`"), f"{place}: add it to WAYS"


def test_a_reason_says_what_to_press_and_keeps_its_other_words() -> None:
    said = plain_reasons("Sam has not shown that their key opens its answers: `coprod keys rehearse`")
    assert said == ("• Sam has not shown that their key opens its answers: “Rehearse” (home: Service, K)",)
    assert at_the_desk("not tried on a panel yet: coprod surveys panel our-drop-in") == (
        f"not tried on a panel yet: {WAYS['surveys panel']}"
    )
    assert at_the_desk("quoted `code` stays") == "quoted `code` stays"


def test_every_option_that_a_refusal_names_is_said_in_the_words_of_the_desk() -> None:
    refused = "".join(
        (HOUSE / "analysis/publishing" / name).read_text("utf-8") for name in ("linked.py", "refusals.py")
    )
    whole = re.sub(r'"\n\s*"', "", refused)
    assert all(whole.count(option) == 1 for option in OPTIONS)
    assert "--reissue" not in at_the_desk(whole)


async def test_a_refusal_at_the_desk_names_no_command() -> None:
    app = Desk(None)

    def refused() -> None:
        raise RefusedError("no bundle is here: `coprod surveys bundle`")

    async with app.run_test(size=(80, 24)) as pilot:
        app.home.attempt(refused)
        assert "Copy the sealed answers" in await until(pilot, "This cannot be done yet")
        assert "coprod surveys" not in screen_text(app)
