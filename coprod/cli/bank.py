"""`coprod surveys bank`, `make` and `panel`: questions to choose from, a questionnaire made of them, young people's say."""

import argparse
from pathlib import Path
from typing import Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.workspace import find_workspace

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add `bank list`, `make` and `panel`."""
    bank = commands.add_parser("bank", help="questions to choose from, by theme")
    acts = bank.add_subparsers(metavar="COMMAND", required=True)
    listing = acts.add_parser("list", help="every question with its id")
    listing.add_argument("--theme", metavar="THEME", help="only those of one theme")
    add_format(listing)
    listing.set_defaults(run=list_bank)
    make = commands.add_parser("make", help="a questionnaire of your own from questions in the bank")
    make.add_argument("name", metavar="NAME", help="what the file is called, such as our-drop-in")
    make.add_argument(
        "--from", dest="ids", required=True, metavar="ID,ID,…", help="questions, as `bank list` names them"
    )
    make.add_argument("--title", metavar="TEXT", help="what young people read at the top")
    make.add_argument(
        "--welsh-title", metavar="TEXT", help="the same in Welsh; without it no Welsh is offered"
    )
    make.add_argument("--made-by", metavar="WHO", help="who chose the questions; stands on the first page")
    make.add_argument("--ages", default="11-15,16-25", metavar="BAND,…", help="age bands (11-15,16-25)")
    make.add_argument("-o", "--output", type=Path, metavar="DIR", help="the workspace's surveys/ if left out")
    make.set_defaults(run=make_questionnaire)
    panel = commands.add_parser(
        "panel", help="let young people review a questionnaire's wording like a material"
    )
    panel.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    panel.set_defaults(run=start_review)


def list_bank(arguments: argparse.Namespace) -> int:
    """Print the questions of the bank by theme."""
    from coprod.kernel.problem import BadInputError
    from coprod.kernel.yamlfile import nearest
    from surveys.questionnaires.bank import bank, themes
    from surveys.questionnaires.questions import kind_of

    wanted = [one for one in themes() if arguments.theme in {None, one.id}]
    if not wanted:
        known = {one.id for one in themes()}
        raise BadInputError.of(
            "--theme", f"there is no theme `{arguments.theme}`", nearest(arguments.theme, known)
        )
    listed = [one for one in bank() if one.theme in {theme.id for theme in wanted}]
    if arguments.format == "json":
        entries = [
            {
                "id": one.page.id,
                "theme": one.theme,
                "place": one.place,
                "kind": kind_of(one.page),
                "ask": one.page.ask.en,
                "sensitive": getattr(one.page, "sensitive", None),
            }
            for one in listed
        ]
        print_json({"themes": wanted, "questions": entries})
        return 0
    for theme in wanted:
        print_line(f"{theme.title} ({theme.id}). {theme.because}")
        for one in listed:
            if one.theme == theme.id:
                sensitive = getattr(one.page, "sensitive", None)
                about = f", sensitive: {sensitive}" if sensitive else ""
                print_line(f"  {one.page.id}: {one.page.ask.en} ({kind_of(one.page)}, {one.place}{about})")
    return 0


def make_questionnaire(arguments: argparse.Namespace) -> int:
    """Write a questionnaire file that a worker goes on to edit. Refuses to write over one."""
    from coprod.journeys.asking.wording_review import NOT_TRIED
    from coprod.kernel.files import write_whole
    from coprod.kernel.problem import BadInputError
    from coprod.kernel.text import clean_line
    from coprod.kernel.wording import Wording
    from surveys.questionnaires.bank import Making, chosen, made_of
    from surveys.questionnaires.questionnaire import parse_questionnaire
    from surveys.questionnaires.writing import questionnaire_text

    workspace = find_workspace(Path.cwd())
    name = arguments.name.removesuffix(".yaml")
    if Path(name).name != name:
        raise BadInputError.of(name, "this is not a name", "write a plain name; give the folder with -o DIR")
    path = (arguments.output or (workspace.surveys if workspace else Path())) / f"{name}.yaml"
    if path.exists():
        raise BadInputError.of(path, "this file exists", "choose another name, or edit it")
    title = clean_line(arguments.title or name.replace("-", " ").capitalize())
    welsh = clean_line(arguments.welsh_title) if arguments.welsh_title else None
    maker = clean_line(arguments.made_by or (workspace.settings.name if workspace else "a service"))
    making = Making(name, Wording(title, welsh), Wording(f"{maker}. {NOT_TRIED.en}"), _list(arguments.ages))
    text = questionnaire_text(made_of(chosen(_list(arguments.ids)), making))
    parse_questionnaire(text, str(path))
    write_whole(path, text.encode())
    print_line(f"{path}")
    tried = name if workspace and path.parent == workspace.surveys else path
    print_line(f"Next: edit it, then coprod surveys check {tried}")
    print_line(f"Then let young people try its words: coprod surveys panel {tried}")
    return 0


def start_review(arguments: argparse.Namespace) -> int:
    """Write a material from the wordings of a questionnaire and say how far it has come and what is next."""
    from coprod.clock import today
    from coprod.journeys.asking.wording_review import (
        SIGNED_OFF,
        prepare_review,
        review_state,
        say_it_was_tried,
    )
    from coprod.workspace import here
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import load_questionnaire

    workspace = here()
    path = find_questionnaire(arguments.name, workspace.surveys)
    material = prepare_review(workspace, path, today())
    print_line(f"{material}")
    told = say_it_was_tried(workspace, path, today())
    asked = load_questionnaire(path)
    state, name = review_state(workspace, asked, today()), material.parent.name
    print_line(f"So far: {state}.")
    if state.startswith(SIGNED_OFF):
        print_line(f"The first page {'now says' if told else 'says'}: Made by {asked.made_by.en}.")
        print_line(f"Next: coprod surveys run {asked.survey}")
    else:
        print_line(f"Next: coprod campaigns panel {name}, then coprod campaigns signoff {name}")
        print_line("Then run this once more, so that the first page says that young people tried it out.")
    return 0


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
