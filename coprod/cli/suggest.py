"""`coprod analysis suggest`: codes ranked for each answer from answers already coded, with the words that counted."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import print_json, print_line
from coprod.cli.responses import add_responses, responses_of
from coprod.kernel.problem import RefusedError

if TYPE_CHECKING:
    from analysis.codes.suggest import Learned, Similar, Suggestion

Commands = Any  # argparse's type for sub-commands is private

CODER = "machine"
CAUTION = (
    "Suggestions, not codes: a person reads every answer and decides. A score is no probability, and a code with "
    "few coded examples is suggested badly."
)


def add_commands(commands: Commands) -> None:
    """Add `suggest`."""
    suggest = commands.add_parser("suggest", help="rank codes for each answer, from answers already coded")
    add_responses(suggest)
    suggest.add_argument("--text", required=True, metavar="COLUMN", help="the column of text, in both files")
    suggest.add_argument(
        "--train", required=True, type=Path, metavar="CODED", help="coded answers, 1 in each code's column"
    )
    suggest.add_argument(
        "--codes", required=True, metavar="LINE", help="the codes, as one CSV line: names with commas quoted"
    )
    suggest.add_argument(
        "--by-meaning",
        action="store_true",
        help="compare what answers mean, not their words alone; needs the extra `coprod[meaning]`",
    )
    suggest.set_defaults(run=run_suggest)


def run_suggest(arguments: argparse.Namespace) -> int:
    """Print ranked codes, one row a row of FILE."""
    from analysis.codes.coded import code_names, read_coded
    from analysis.codes.suggest import learn_from_table, similar, suggest
    from analysis.inputs.responses import read_responses

    codes = code_names(arguments.codes)
    coded = read_coded(read_responses(arguments.train), arguments.text, codes)
    responses = responses_of(arguments)
    if responses.about is not None:
        raise RefusedError(
            "one line an answer would tell how many wrote something; suggestions for a batch are shown "
            "where it is coded, in the app"
        )
    texts = responses.texts(arguments.text)
    prepared, learned, rows = learn_from_table(coded, texts, by_meaning=arguments.by_meaning)
    few = _few(learned)
    alike = similar(prepared, learned, rows) if few else ((),) * len(texts)
    found = suggest(prepared, learned, rows)
    if arguments.format == "json":
        print_json(_as_json(found, alike, learned))
    else:
        _print_suggestions(found, alike, learned)
    return 0


def _few(learned: "Learned") -> bool:
    from analysis.codes.suggest import FEW_CODED

    return len(learned.learned) < FEW_CODED


def _as_json(
    found: "tuple[tuple[Suggestion, ...], ...]", alike: "tuple[tuple[Similar, ...], ...]", learned: "Learned"
) -> dict[str, Any]:
    """Give the fixed shape, who suggests, what it knows, and for few coded answers the most similar ones."""
    rows = [
        {"codes": codes, "similar": ones} if _few(learned) else {"codes": codes}
        for codes, ones in zip(found, alike, strict=True)
    ]
    return {"rows": rows, "coder": CODER, **_known(learned), "caution": CAUTION}


def _known(learned: "Learned") -> dict[str, Any]:
    """Give how much was learned from, how it held up, and the codes with too few examples."""
    from analysis.codes.suggest import FEW_CODED, held_up

    f1, in_three = held_up(learned)
    weak = [
        code
        for code, examples in zip(learned.codes, learned.examples.tolist(), strict=True)
        if examples < FEW_CODED
    ]
    return {
        "learned_from": len(learned.learned),
        "left_out_f1": round(f1, 3),
        "left_out_in_first_three": round(in_three, 3),
        "few_examples": weak,
    }


def _print_suggestions(
    found: "tuple[tuple[Suggestion, ...], ...]", alike: "tuple[tuple[Similar, ...], ...]", learned: "Learned"
) -> None:
    known = _known(learned)
    print_line(CAUTION)
    print_line(
        f"Learned from {known['learned_from']} coded answers. Each left out in turn, "
        f"{known['left_out_in_first_three']:.0%} of its codes were among the first three."
    )
    for row, (codes, ones) in enumerate(zip(found, alike, strict=True), start=1):
        print_line()
        print_line(f"row {row}" if codes else f"row {row}: blank")
        for one in codes[:3]:
            print_line(f"  {one.score:.2f} {'*' if one.chosen else ' '} {one.code}{_reasons(one)}")
        for like in ones[:3]:
            print_line(f"    like coded row {like.row + 1}: {', '.join(like.codes) or 'no code'}")


def _reasons(one: "Suggestion") -> str:
    return f"  because of: {', '.join(one.because)}" if one.because else ""
