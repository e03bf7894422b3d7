"""From answers to young people's themes: only cleared words of people who agreed, never the group's own, nobody's name kept."""

import json
from pathlib import Path

import polars as pl
import pytest
import yaml

from coprod.cli.main import main
from coprod.cli.sorting_visit import sort_cards
from coprod.journeys.asking.sessions import help_contacts
from coprod.journeys.understanding.quotes import QUOTES_FILE
from coprod.journeys.understanding.sorting import deck_of
from coprod.journeys.understanding.sorting_words import sorting_words
from coprod.workspace import Workspace, find_workspace, new_workspace

from .simulated_answers import simulated_answers

PILES = {"Waits": ("wait",), "Kind people": ("kind", "friendly", "polite"), "Phones": ("phone", "rang")}
PILES |= {"Getting there": ("taxi", "lift", "bus", "driver"), "Private": ("priva", "confid")}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame({"said": simulated_answers(60)}).write_csv("answers.csv")
    return made


def sort(*words: str) -> int:
    return main(["analysis", "sort", *words])


def new_deck(*more: str) -> int:
    return sort("deck", "answers.csv", "--text", "said", "--name", "spring", "--most", "20", "--agreed", "made up",
                "--group-answered", *(more or ("none",)))  # fmt: skip


def change(**fields: object) -> None:
    """Edit every card of the deck as a person would."""
    path = Path("analysis/spring.deck.yaml")
    held = yaml.safe_load(path.read_text())
    for card in held["cards"]:
        card.update(json.loads(json.dumps(fields)))
    path.write_text(yaml.safe_dump(held, allow_unicode=True))


def cleared() -> None:
    assert new_deck() == 0
    change(cleared=True, keep_because="made up by a machine")
    assert sort("cards", "spring", "--read-by", "Ana Clerk", "--approved-by", "Bo Lead") == 0


def piles_of(people: int) -> str:
    deck = deck_of(find_workspace(Path.cwd()), "spring")  # type: ignore[arg-type]
    lines = []
    for name, signs in PILES.items():
        cards = [str(one.card) for one in deck.dealt if any(sign in one.words.lower() for sign in signs)]
        lines += [f"{name}: {', '.join(cards)}"] if cards else []
    return "\n\n".join(["\n".join(lines)] * people)


def test_the_whole_way_from_a_deck_to_themes_on_paper(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared()
    page = (workspace.out / "spring-cards.html").read_text()
    assert page.count('class="card"') == 20
    assert "0800 1111" in page
    Path("piles.txt").write_text(piles_of(6))
    assert sort("piles", "spring", "piles.txt") == 0
    for row in range(4, 60, 5):
        main(
            ["analysis", "code", "give", "answers.csv", "--text", "said", "--by", "AB", f"row-{row}", "waits"]
        )
    judged = [f"row-{row}" for row in range(1, 61) if row % 10 and simulated_answers(60)[row - 1].strip()]
    assert main(["analysis", "code", "read", "answers.csv", "--text", "said", "--by", "AB", *judged]) == 0
    capsys.readouterr()
    assert sort("map", "spring", "answers.csv", "--by", "AB", "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert {theme["name"] for theme in printed["themes"]} == set(PILES)
    assert printed["sorters"] == "fewer than 10"
    nearest = {one["theme"]: one["nearness"] for one in printed["map"]["nearest"]}
    assert nearest["Waits"] in {"the same", "mostly the same"}
    assert nearest["Phones"] == "different"
    written = (workspace.out / "spring-themes.html").read_text()
    assert "<svg" in written
    assert "Only young people made" in written
    assert (workspace.out / "spring-themes.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_kept_of_a_sorter_is_their_piles_and_nothing_else(workspace: Workspace) -> None:
    cleared()
    Path("piles.txt").write_text("Zeta: 2, 1\nAlpha: 3\n\nBeta: 1\n")
    assert sort("piles", "spring", "piles.txt") == 0
    held = yaml.safe_load((workspace.analysis / "spring.sorts.yaml").read_text())
    assert set(held) == {"format", "deck", "cards", "sorts"}
    assert all(set(one) == {"piles"} for one in held["sorts"])
    assert held["sorts"] == sorted(held["sorts"], key=lambda one: one["piles"][0]["cards"])
    assert [pile["name"] for pile in held["sorts"][1]["piles"]] == ["Zeta", "Alpha"]


def test_nobody_sorts_the_words_of_their_own_group(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("analysis/ours.csv").write_bytes(Path("answers.csv").read_bytes())
    assert new_deck("analysis/ours.csv") == 0
    assert "no excerpt was taken" in capsys.readouterr().out
    deck = deck_of(workspace, "spring")
    assert not any(card.words or card.taken for card in deck.cards)
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B") == 2
    change(in_other_words="Somebody had to wait for long", cleared=True)
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B") == 0
    assert "in other words" in (workspace.out / "spring-cards.html").read_text()


@pytest.mark.parametrize("group", [(), ("spring-of-last-year",)])
def test_no_deck_before_somebody_asked_which_batches_the_group_wrote_in(
    group: tuple[str, ...], workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--group-answered", *group) if group else ()
    assert sort("deck", "answers.csv", "--text", "said", "--name", "spring", "--agreed", "x", *asked) == 2
    assert "none" in capsys.readouterr().err
    assert not list(workspace.analysis.iterdir())


@pytest.mark.usefixtures("workspace")
def test_of_a_file_somebody_must_know_that_its_writers_agreed() -> None:
    assert sort("deck", "answers.csv", "--text", "said", "--name", "a", "--group-answered", "none") == 3


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"cleared": False}, "nobody has cleared it"),
        ({"words": "other words"}, "not the words that were taken"),
        ({"words": "", "taken": ""}, "nothing stands on it"),
        ({"cautions": ["rare"], "keep_because": ""}, "may tell who wrote it"),
        ({"in_other_words": "ring 07700 900123 for it"}, "a name, a place or a number"),
        ({"in_other_words": "long " * 80}, "over 300 letters"),
        ({"card": 7}, "two cards have the number 7"),
        ({"leave_out": True}, "0 cards that are not left out"),
        ({"in_other_words": "I want to kill myself tonight"}, "safeguarding lead"),
    ],
)
def test_no_card_is_handed_round_before_a_person_has_done_their_part(
    fields: dict[str, object], told: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_deck() == 0
    change(cleared=True, keep_because="made up")
    change(**fields)
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B") == 2
    assert told in capsys.readouterr().err
    assert not (workspace.analysis / QUOTES_FILE).exists()
    assert not list(workspace.out.glob("spring*"))


@pytest.mark.usefixtures("workspace")
def test_other_words_may_not_repeat_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    assert new_deck() == 0
    path = Path("analysis/spring.deck.yaml")
    held = yaml.safe_load(path.read_text())
    for card in held["cards"]:
        card.update(cleared=True, in_other_words=f"so {card['words']} they said")
    path.write_text(yaml.safe_dump(held))
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B") == 2
    assert "repeats 5 of their words" in capsys.readouterr().err


@pytest.mark.parametrize("names", [(), ("--read-by", "A"), ("--read-by", "A", "--approved-by", "a")])
def test_cards_leave_on_two_names(names: tuple[str, ...], workspace: Workspace) -> None:
    assert new_deck() == 0
    change(cleared=True, keep_because="made up")
    assert sort("cards", "spring", *names) == 3
    assert not (workspace.analysis / QUOTES_FILE).exists()
    Path("piles.txt").write_text("a: 1, 2\n")
    assert sort("piles", "spring", "piles.txt") == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Waits 1, 2", "no pile"),
        ("Waits:", "no pile"),
        ("Waits: 1, 99", "no card 99"),
        ("Waits: 1, 1", "in two piles"),
        ("Aa: 1\nBb: 1", "in two piles"),
        ("ring 07700 900123: 1", "cannot be a pile's name"),
        ("x" * 61 + ": 1", "cannot be a pile's name"),
    ],
)
def test_a_slip_in_typing_piles_is_told_with_its_line_and_nothing_is_kept(
    line: str, told: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared()
    Path("piles.txt").write_text(f"Fine: 3, 4\n\n{line}\n")
    assert sort("piles", "spring", "piles.txt") == 2
    assert told in capsys.readouterr().err
    assert not (workspace.analysis / "spring.sorts.yaml").exists()


@pytest.mark.usefixtures("workspace")
def test_piles_of_cards_that_were_changed_since_are_refused() -> None:
    cleared()
    Path("piles.txt").write_text(piles_of(4))
    assert sort("piles", "spring", "piles.txt") == 0
    assert sort("themes", "spring") == 0
    change(in_other_words="Something else was said")
    assert sort("themes", "spring") == 3
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B") == 0
    assert sort("themes", "spring") == 2


@pytest.mark.usefixtures("workspace")
def test_themes_wait_for_a_fourth_sorter(capsys: pytest.CaptureFixture[str]) -> None:
    cleared()
    assert sort("themes", "spring") == 2
    Path("piles.txt").write_text(piles_of(3))
    assert sort("piles", "spring", "piles.txt") == 0
    assert sort("themes", "spring") == 3
    assert "4 to 12" in capsys.readouterr().err


class Typed:
    """A terminal that types what it was given, and keeps what it showed."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.shown, self.wiped = list(lines), [""], 0

    def say(self, *lines: str) -> None:
        self.shown[-1] += "\n".join(lines) + "\n"

    def read(self) -> str | None:
        self.shown.append("")
        return self.lines.pop(0) if self.lines else None

    def read_hidden(self) -> str | None:
        return self.read()

    def wipe(self) -> None:
        self.wiped += 1


def visit(workspace: Workspace, *keys: str):
    from coprod.clock import today

    deck = deck_of(workspace, "spring")
    terminal = Typed(*keys)
    return sort_cards(deck.dealt[:4], terminal, "en", help_contacts(workspace, today())), terminal


def test_a_young_person_sorts_here_with_help_on_every_page(workspace: Workspace) -> None:
    cleared()
    kept, terminal = visit(workspace, "Waits", "2nd pile", "1", "l", "b", "2", "h", "", "1 The waiting", "d")
    assert kept is not None
    assert {pile.name for pile in kept.piles} == {"The waiting", "2nd pile"}
    assert sorted(card for pile in kept.piles for card in pile.cards) == [1, 2, 3, 4]
    assert all("0800 1111" in shown for shown in terminal.shown[:-2] if shown)
    assert terminal.wiped >= 9


@pytest.mark.parametrize("keys", [("Waits", "x"), ("Waits",), ("Waits", "d", "1", "x")])
def test_stopping_keeps_nothing(keys: tuple[str, ...], workspace: Workspace) -> None:
    cleared()
    kept, terminal = visit(workspace, *keys)
    assert kept is None
    assert "thrown away" in "".join(terminal.shown)


def test_a_card_with_a_note_shows_its_words_only_to_whoever_opens_it(workspace: Workspace) -> None:
    assert new_deck() == 0
    change(cleared=True, keep_because="made up", note="self-harm")
    words = deck_of(workspace, "spring").dealt[0].words
    kept, terminal = visit(workspace, "Waits", "l", "", "Waits", "l", "l", "d")
    assert kept is not None
    assert words not in terminal.shown[0]
    assert "self-harm" in terminal.shown[0]
    assert kept.piles[0].cards == (2,)


def test_welsh_is_written_and_waits_for_a_reader(workspace: Workspace) -> None:
    assert all(
        sorting_words().said(name, "cy") != sorting_words().said(name, "en") for name in ("title", "keys")
    )
    cleared()
    assert sort("cards", "spring", "--read-by", "A", "--approved-by", "B", "--language", "cy") == 0
    assert "Didoli cardiau" in (workspace.out / "spring-cards.html").read_text()
