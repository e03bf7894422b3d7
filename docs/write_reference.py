"""Write the reference in docs/reference from the code itself: `make reference`."""

import argparse
import importlib
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from textual.binding import Binding
from textual.screen import Screen

import coprod.tui
from analysis.codes.codebook import Codebook
from analysis.codes.coding import Entry as CodingEntry
from analysis.codes.journal import JournalEntry
from analysis.publishing.ledger import Entry as LedgerEntry
from analysis.publishing.raw import RawExport
from analysis.reports.audiences import Audiences
from analysis.reports.involvement import Involvement
from analysis.reports.pathway import TeamAudit
from analysis.reports.yousaid import YouSaid
from analysis.themes.deck import Deck
from analysis.themes.themework import ThemeEntry
from analysis.triage.triagelog import Action
from campaigns.checking.explained import whole_text_rules
from campaigns.checking.measured import shipped_measures
from campaigns.checking.rules import RulePack, shipped_rules
from campaigns.materials.material import FrontMatter
from campaigns.releasing.signing import Approvers
from campaigns.releasing.signoff import Decisions, SignOff
from campaigns.render.theme import Theme
from coprod.cli import main
from coprod.cli.main import ALONE, GROUPS
from coprod.journeys.asking.carrying import Carried
from coprod.kernel.panel_result import PanelResult
from coprod.tui.desk_screen import DeskScreen, key_name
from coprod.workspace import Settings
from surveys.boxes.session import SessionPlan
from surveys.questionnaires.craft import craft_book
from surveys.questionnaires.schema import questionnaire_schema

REFERENCE = Path(__file__).parent / "reference"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROLES = {
    "Home": "home",
    "Facilitator": "facilitator.",
    "Analyst": "analyst.",
    "Campaign team": "campaign.",
    "Service": "service.",
}
MANY = 20  # commands that share an option before it is said once for all
WRITTEN = "*Written by `make reference` from the code; a test compares. Do not edit.*"

# name of the schema, where the file lies, what it is and who writes it, its shape
FILES: tuple[tuple[str, str, str, type[Struct]], ...] = (
    ("settings", "coprod.toml", "the workspace: names, key holders, devices, thresholds", Settings),
    ("session", "boxes/NAME.session", "the plan of a session and who came, in numbers", SessionPlan),
    ("carried", "boxes/NAME.carried", "which copies of a session were made, by their hashes", Carried),
    ("codebook", "analysis/codebook.yaml", "codes: what each means and when to use it", Codebook),
    ("coding-event", "analysis/*.coding", "one line of a coder's events", CodingEntry),
    ("theme-event", "analysis/*.themes", "one line of what was done with found themes", ThemeEntry),
    ("journal-entry", "analysis/journal.jsonl", "one line of the reflexive journal", JournalEntry),
    (
        "raw-export",
        "analysis/raw-exports.jsonl",
        "one line for each time raw answers left, and why",
        RawExport,
    ),
    ("release", "analysis/releases.jsonl", "one line of the releases ledger", LedgerEntry),
    ("triage-action", "analysis/triage-log.jsonl", "one line of the safeguarding lead's log", Action),
    ("sorting-deck", "analysis/sorting/*.yaml", "excerpts that young people sort", Deck),
    ("audiences", "analysis/audiences.yaml", "which questions concern which readers", Audiences),
    ("involvement", "analysis/involvement.yaml", "aim, who uses services here, looking back", Involvement),
    ("pathway", "analysis/pathway.yaml", "a team's own audit of settings and access points", TeamAudit),
    ("you-said", "analysis/you-said.yaml", "what somebody answers to each theme", YouSaid),
    ("front-matter", "campaigns/NAME/material.md", "what stands above a material's text", FrontMatter),
    ("decisions", "campaigns/NAME/decisions.yaml", "answers to comments, checks, waivers", Decisions),
    ("panel-result", "campaigns/NAME/panel-result.json", "what a panel said, released", PanelResult),
    ("sign-off", "campaigns/NAME/signoff.json", "what was signed, by whom, until when", SignOff),
    ("approvers", "campaigns/approvers.yaml", "who may sign materials off", Approvers),
    ("theme", "campaigns/themes/*.yaml", "a team's own colours, logo and fonts", Theme),
    ("rule-pack", "campaigns/rules/*.yaml of coprod", "rules about wording", RulePack),
)


def reference() -> dict[str, str]:
    """Give every page and schema of the reference by its path under docs/reference."""
    return {"commands.md": commands(), "rules.md": rules(), "keys.md": keys(), **dict(files())}


def commands() -> str:
    """Give every command with its options."""
    lines = [
        "# Every command",
        "",
        WRITTEN,
        "",
        (
            "Exit codes: 0 done · 1 findings · 2 bad input, one message a problem, with its place and what to do · "
            "3 refused, with every reason · 70 a bug, which never shows an answer."
        ),
        "",
    ]
    for name, summary in GROUPS.items():
        parser = main._parser([name])  # noqa: SLF001  the reference is written from the parser people meet
        group = next(inner for word, _, inner in _chosen(parser) if word == name)
        lines += [f"## coprod {name}", "", f"{_sentence(summary)}", ""]
        if name in ALONE:
            lines += _table(_rows(group))
        common = _common(group)
        lines += [*_heard_often(common), *_commands(f"coprod {name}", group, 3, common)]
    return "\n".join(lines).rstrip() + "\n"


def _common(group: argparse.ArgumentParser) -> tuple[str, ...]:
    """Give the rows that stand in many of a group's commands, so that they are said once."""
    every = Counter(row for command in _all_below(group) for row in _rows(command))
    return tuple(row for row, times in every.items() if times >= MANY)


def _all_below(group: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for _, _, command in _chosen(group):
        yield command
        yield from _all_below(command)


def _heard_often(common: tuple[str, ...]) -> list[str]:
    return ["What most of these commands take:", "", *_table(common)] if common else []


def _commands(called: str, group: argparse.ArgumentParser, level: int, common: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for word, about, command in _chosen(group):
        rows = _rows(command)
        lines += [f"{'#' * level} {called} {word}", "", _sentence(command.description or about), ""]
        lines += _table(tuple(row for row in rows if row not in common))
        lines += _shared(tuple(row for row in rows if row in common), common)
        lines += _commands(f"{called} {word}", command, level + 1, common)
    return lines


def _shared(rows: tuple[str, ...], common: tuple[str, ...]) -> list[str]:
    named = ", ".join(f"`{row.split('`')[1].split(' ')[0]}`" for row in rows)
    said = "Also what most of these commands take." if rows == common else f"Also, as above: {named}."
    return [said, ""] if rows else []


def _chosen(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001  argparse has no public way to list what was added
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  likewise
            about = {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001  likewise
            yield from ((word, about.get(word, ""), command) for word, command in action.choices.items())


def _rows(parser: argparse.ArgumentParser) -> tuple[str, ...]:
    return tuple(
        f"| {_spelled(action)} | {_cell(_meaning(action))} |"
        for action in parser._actions  # noqa: SLF001  likewise
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)  # noqa: SLF001  likewise
    )


def _table(rows: tuple[str, ...]) -> list[str]:
    return ["| option | what it does |", "|---|---|", *rows, ""] if rows else []


def _spelled(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    shown = " ".join(value) if isinstance(value, tuple) else str(value)
    if not action.option_strings:
        return f"`{shown}`"
    named = ", ".join(action.option_strings)
    return f"`{named}`" if action.nargs == 0 else f"`{named} {shown}`".replace("|", "\\|")


def _meaning(action: argparse.Action) -> str:
    values = {**vars(action), "prog": "coprod"}
    return (action.help or "") % values + (" *(needed)*" if action.option_strings and action.required else "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def rules() -> str:
    """Give every rule of the check and of the questionnaire craft."""
    lines = ["# Every rule", "", WRITTEN, "", "## About wording in materials", ""]
    lines += [
        (
            "`block` stops a release, `warn` asks for a change or a waiver, `ask` is a question. Measured on our own sets, "
            "of which part was read while writing the rules."
        ),
        "",
        "| rule | weight | why | say instead | source | measured |",
        "|---|---|---|---|---|---|",
    ]
    measured = shipped_measures()
    for pack in shipped_rules().packs:
        for rule in pack.rules:
            figures = measured[rule.id].shown if rule.id in measured else "not met in our sets"
            cells = (f"`{rule.id}`", rule.severity, rule.why, rule.instead, ", ".join(rule.source), figures)
            lines.append(_row(*cells))
    lines += ["", "## About the text as a whole", ""]
    lines += ["| rule | weight | looks for | why | say instead | source |", "|---|---|---|---|---|---|"]
    for name, whole in whole_text_rules().items():
        lines.append(_row(f"`{name}`", whole.weight, whole.finds, whole.why, whole.instead, whole.source))
    lines += ["", "## About questionnaires", "", "| rule | weight | what it says | mend | source |"]
    lines.append("|---|---|---|---|---|")
    for craft in craft_book().rules:
        lines.append(_row(f"`{craft.id}`", craft.severity, craft.message, craft.instead, craft.source))
    lines += ["", "The disclosure rules are in [why](../why.md).", ""]
    return "\n".join(lines)


def keys() -> str:
    """Give every key of every staff screen, role by role; what works everywhere is said once."""
    lines = [
        "# Every key",
        "",
        WRITTEN,
        "",
        "`?` shows a screen's keys on the screen. A key's place can be tapped too.",
        "",
    ]
    lines += ["On the young person's screens every key stands beside what it does, and F12 or Esc hides.", ""]
    everywhere = _bound(DeskScreen)
    lines += ["## On every screen", "", *_key_table(everywhere.items())]
    for role, place in ROLES.items():
        lines += [f"## {role}", ""]
        for screen in sorted(_screens(), key=lambda one: one.__name__):
            own = [one for one in _bound(screen).items() if one not in everywhere.items()]
            if own and screen.__module__.startswith(f"coprod.tui.{place}") and not screen.__subclasses__():
                lines += [f"### {_title(screen)}", "", *_key_table(own)]
    return "\n".join(lines)


def _bound(screen: type[Screen[Any]]) -> dict[str, str]:
    """Give what each key does on a screen; what a screen binds anew takes the place of what it inherits."""
    bound = {
        one.key: one
        for base in reversed(screen.__mro__)
        for one in vars(base).get("BINDINGS", ())
        if base.__module__.startswith("coprod.") and isinstance(one, Binding)
    }
    named = ((" or ".join(map(key_name, one.key.split(","))), one.description) for one in bound.values())
    # The first of a row of digits stands for all of them.
    return {key: does for key, does in named if does and not (key.isdigit() and key in does)}


def _key_table(bound: Iterable[tuple[str, str]]) -> list[str]:
    rows = [f"| {_cell(key)} | {_cell(does)} |" for key, does in bound]
    return ["| key | what it does |", "|---|---|", *rows, ""]


def _title(screen: type[Screen[Any]]) -> str:
    words = re.findall(r"[A-Z][a-z]*", screen.__name__.removesuffix("Screen"))
    return " ".join(words).capitalize()


def _screens() -> set[type[Screen[Any]]]:
    for found in pkgutil.walk_packages(coprod.tui.__path__, "coprod.tui."):
        importlib.import_module(found.name)
    every: set[type[Screen[Any]]] = set()
    waiting: list[type[Screen[Any]]] = [Screen]
    while waiting:
        below = waiting.pop().__subclasses__()
        every.update(one for one in below if one.__module__.startswith("coprod."))
        waiting += below
    return every


def files() -> Iterator[tuple[str, str]]:
    """Give the page on file formats, and the JSON Schema of each."""
    lines = ["# Every file", "", WRITTEN, ""]
    lines += [
        "Every file that coprod writes starts with `format: 1`. `coprod.toml` is TOML; `.jsonl` files are",
        "",
    ]
    lines[-2] += (
        " chains of JSON lines, each sealed by a hash over itself and all before it, so that a change shows."
    )
    lines += ["Sealed files (`.box`, `.bundle`, `.batch`) are described in [why](../why.md).", ""]
    lines += ["| file | what it is | schema |", "|---|---|---|"]
    lines.append(
        "| `surveys/*.yaml` | a questionnaire | [questionnaire](schemas/questionnaire.schema.json) |"
    )
    yield "schemas/questionnaire.schema.json", _as_json(questionnaire_schema())
    for name, place, about, shape in FILES:
        lines.append(f"| `{place}` | {about} | [{name}](schemas/{name}.schema.json) |")
        yield f"schemas/{name}.schema.json", _as_json(_schema(name, shape))
    lines.append("")
    yield "files.md", "\n".join(lines)


def _schema(name: str, shape: type[Struct]) -> dict[str, Any]:
    (root,), shapes = msgspec.json.schema_components((shape,), ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": f"coprod {name}", **root, "$defs": shapes}


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in reference().items():
        target = REFERENCE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
