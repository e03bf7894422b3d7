"""The check of materials: a thousand files cold and unchanged, one leaflet while typing, start to first finding.

Times are processor seconds of the whole command, so that a busy machine says the same. Peers are measured where
they are installed: `proselint` (PyPI), and `alex` and `write-good` (npm), none of which coprod needs.
"""

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.found import PASSAGE_SETS, labelled_cases, passages
from benchmarks.measures import Measure, seconds
from campaigns.checking.check import check_material
from campaigns.materials.material import load_material
from coprod.clock import today
from coprod.kernel.contacts import shipped_contacts

FILES = 1000
WORDS = 450
PEERS = ("proselint", "alex", "write-good")
SEED = 20261122
SWAPPED = 0.1
_SENTENCE = re.compile(r"[^.!?\n]+")
_REPLACEABLE = re.compile(r"\b[a-z]{3,}\b")


def measures(files: int = FILES) -> Iterator[Measure]:
    """Give the times, each beside what was promised."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "materials"
        write_files(folder, files)
        yield from _whole_folder(folder, Path(scratch) / "cache", files)
        first = min(folder.iterdir())
        yield from _one_file(first, Path(scratch) / "other-cache")


def write_files(folder: Path, files: int) -> None:
    """Write Markdown files of about 450 words, each made of passages of our own sets, harmful and good alike.

    Every passage is reworded for the file it stands in, so that hardly a sentence comes twice: what a check
    remembers of sentences must not flatter it.
    """
    texts = [one.text for one in labelled_cases()]
    texts += [one.text for name in PASSAGE_SETS for one in passages(name)]
    vocabulary = sorted({word for text in texts for word in _REPLACEABLE.findall(text)})
    dice = random.Random(SEED)
    folder.mkdir()
    for number in range(files):
        parts: list[str] = []
        while sum(len(part.split()) for part in parts) < WORDS:
            parts.append(reworded(dice.choice(texts), vocabulary, dice))
        (folder / f"{number:04}.md").write_text("\n\n".join(parts), "utf-8")


def reworded(text: str, vocabulary: list[str], dice: random.Random) -> str:
    """Give a text in which about one word in eight of each sentence, and one at least, is another one."""
    return _SENTENCE.sub(lambda sentence: _reworded_sentence(sentence.group(), vocabulary, dice), text)


def _reworded_sentence(sentence: str, vocabulary: list[str], dice: random.Random) -> str:
    places = [found.span() for found in _REPLACEABLE.finditer(sentence)]
    chosen = {dice.choice(places)} if places else set()
    chosen |= {place for place in places if dice.random() < SWAPPED}
    for start, end in sorted(chosen, reverse=True):
        sentence = sentence[:start] + dice.choice(vocabulary) + sentence[end:]
    return sentence


def _whole_folder(folder: Path, cache: Path, files: int) -> Iterator[Measure]:
    ours = [sys.executable, "-m", "coprod", "campaigns", "check", str(folder), "--format", "json"]
    cold = processor_seconds(ours, cache)
    size = f"{files:,} x {WORDS} words"
    yield Measure("check, cold", size, seconds(cold), promised="under 3 s", kept=cold < 3)
    warm = processor_seconds(ours, cache)
    yield Measure("check, unchanged", size, seconds(warm), promised="under 1 s", kept=warm < 1)
    for peer in PEERS:
        program = shutil.which(peer)
        if program is None:
            yield Measure(peer, size, "", "not installed here")
            continue
        theirs = processor_seconds([program, *_arguments(peer, folder)], cache)
        yield Measure(peer, size, seconds(cold), seconds(theirs), f"{theirs / cold:.1f}")


def _arguments(peer: str, folder: Path) -> list[str]:
    if peer == "proselint":
        return ["check", str(folder)]
    return ["--quiet", str(folder)] if peer == "alex" else [str(one) for one in sorted(folder.iterdir())]


def _one_file(file: Path, cache: Path) -> Iterator[Measure]:
    registry = shipped_contacts()
    check_material(load_material(file), registry, {}, today())
    begun = time.process_time()
    for _ in range(10):
        check_material(load_material(file), registry, {}, today())
    again = (time.process_time() - begun) / 10
    yield Measure(
        "one leaflet, while typing",
        f"{WORDS} words",
        seconds(again),
        promised="under 50 ms",
        kept=again < 0.05,
    )
    ours = [sys.executable, "-m", "coprod", "campaigns", "check", str(file)]
    started = processor_seconds([*ours, "--afresh"], cache)
    yield Measure(
        "start to finding", f"{WORDS} words", seconds(started), promised="under 300 ms", kept=started < 0.3
    )


def processor_seconds(command: list[str], cache: Path) -> float:
    """Give the processor seconds of a command that keeps its memory in `cache`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run(command, check=False, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    from benchmarks.measures import print_table

    sys.exit(0 if print_table(measures()) else 1)
