"""`coprod analysis codebook|agree|import`: what codes mean, where coders differ, and what other programs made."""

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli import exporting
from coprod.cli.coding import add_coded, work_of
from coprod.cli.output import add_format, print_json, print_line
from coprod.kernel.problem import BadInputError

if TYPE_CHECKING:
    from analysis.codes.agreement import CodeAgreement, Disagreement
    from analysis.codes.codebook import Codebook
    from analysis.codes.judgements import Judgements

Commands = Any  # argparse's type for sub-commands is private

WIDTH = 78
MOST_SHOWN = 40
AGREEMENT_CAUTION = "A reason to talk, not a mark. Reflexive analysis does without figures like these."


def add_commands(commands: Commands) -> None:
    """Add `codebook`, `agree`, `import` and `export`."""
    book = commands.add_parser("codebook", help="check a codebook, or list its codes")
    kinds = book.add_subparsers(metavar="WHAT", required=True)
    check = kinds.add_parser("check", help="say what is wrong in a codebook, and where")
    check.add_argument(
        "book", type=Path, metavar="CODEBOOK", help="a .yaml or .qdc file, or a .csv of Taguette"
    )
    add_format(check)
    check.set_defaults(run=run_check)
    listed = kinds.add_parser("list", help="list the codes with what they mean")
    listed.add_argument("book", type=Path, nargs="?", metavar="CODEBOOK", help="left out, the one of coprod")
    add_format(listed)
    listed.set_defaults(run=run_list)
    agree = commands.add_parser("agree", help="where coders agree, code by code, and where to talk")
    add_coded(agree)
    agree.set_defaults(run=run_agree)
    _add_exchange(commands)
    exporting.add_commands(commands)


def _add_exchange(commands: Commands) -> None:
    taken = commands.add_parser("import", help="a codebook (.qdc) or a project (.qdpx) of another program")
    taken.add_argument(
        "source", type=Path, metavar="FROM", help="a .qdc or .qdpx file, or a codebook of Taguette (.csv)"
    )
    taken.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER", help="a new folder")
    add_format(taken)
    taken.set_defaults(run=run_import)


def _book_at(path: Path | None) -> "Codebook":
    from analysis.codes.codebook import load_codebook, shipped_codebook
    from analysis.codes.refi import qdc_to_codebook
    from analysis.codes.taguette import taguette_codebook
    from coprod.kernel.files import read_bytes

    if path is None:
        return shipped_codebook()
    if path.suffix.lower() == ".qdc":
        return qdc_to_codebook(read_bytes(path), path)
    if path.suffix.lower() == ".csv":
        return taguette_codebook(read_bytes(path), path)
    return load_codebook(path)


def run_check(arguments: argparse.Namespace) -> int:
    """Say that a codebook holds together; mistakes are told as bad input, each with its place."""
    book = _book_at(arguments.book)
    if arguments.format == "json":
        print_json({"codebook": book.codebook, "codes": len(book.codes)})
    else:
        print_line(f"{arguments.book}: {len(book.codes)} codes, nothing wrong")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print a codebook as a tree."""
    from analysis.codes.codebook import in_tree_order

    book = _book_at(arguments.book)
    if arguments.format == "json":
        print_json(book)
        return 0
    for depth, code in in_tree_order(book.codes):
        indent = "    " * depth
        print_line(f"{indent}{code.name}  [{code.id}]")
        for label, said in (("", (code.definition,)), ("for: ", code.include), ("not for: ", code.exclude),
                            ("simulated example: ", code.simulated_examples)):  # fmt: skip
            for one in said:
                print_line(textwrap.fill(label + one, WIDTH, initial_indent=f"{indent}  ", subsequent_indent=f"{indent}    "))  # fmt: skip
    return 0


def run_agree(arguments: argparse.Namespace) -> int:
    """Print kappa and alpha for each code, and the answers people coded differently."""
    from analysis.codes.agreement import agreement, disagreements
    from analysis.publishing.disclosure import people_words
    from coprod.journeys.understanding.codings import codebook_now, together

    work = work_of(arguments)
    judgements = together(work)
    names = {code.id: code.name for code in codebook_now(work).codes if code.kind == "code"}
    used = sorted({mark.code for coder in judgements.coders for mark in coder.marks} & names.keys())
    found = agreement(judgements, used)
    apart = disagreements(judgements)
    both = people_words(found[0].answers if found else 0)
    if arguments.format == "json":
        print_json(_agreement_as_json(found, apart, judgements, both))
        return 0
    print_line(f"{AGREEMENT_CAUTION} Judged by two or more: {both} answers.")
    print_line(f"{'code':<32} {'alpha (95 % interval)':<26} kappa")
    for one in found:
        print_line(f"{names[one.code][:31]:<32} {one.alpha.in_words:<26} {one.kappa.in_words}")
    print_line()
    for answer in apart[:MOST_SHOWN]:
        print_line(f"{answer.response}: {names.get(answer.code, answer.code)}: {', '.join(answer.given_by)} yes, {', '.join(answer.not_by)} no")  # fmt: skip
    if len(apart) > MOST_SHOWN:
        print_line("More with --format json.")
    return 0


def _agreement_as_json(
    found: "tuple[CodeAgreement, ...]", apart: "tuple[Disagreement, ...]", judgements: "Judgements", both: str
) -> dict[str, Any]:
    codes = [{"code": one.code, "alpha": one.alpha, "kappa": one.kappa} for one in found]
    coders = [coder.name for coder in judgements.coders]
    return {
        "coders": coders,
        "answers": both,
        "codes": codes,
        "disagreements": apart,
        "caution": AGREEMENT_CAUTION,
    }


def run_import(arguments: argparse.Namespace) -> int:
    """Write what another program made as a codebook, a table of answers and a file a coder, into a new folder."""
    from coprod.clock import today
    from coprod.journeys.understanding.exchange import import_coded

    if arguments.source.suffix.lower() not in {".qdc", ".qdpx", ".csv"}:
        raise BadInputError.of(
            arguments.source,
            "this is neither .qdc, .qdpx nor a codebook of Taguette (.csv)",
            "export one of those",
        )
    made, left_out = import_coded(arguments.source, arguments.output, today())
    if arguments.format == "json":
        print_json({"files": [str(path) for path in made], "left_out": left_out})
        return 0
    for path in made:
        print_line(f"Written: {path}")
    for one in left_out:
        print_line(f"Left out: {one}")
    return 0
