"""The check of materials: a thousand files cold and unchanged, one leaflet while typing, start to first finding.

The folder is measured twice: as dense with harm as our sets, of whose passages half are harmful, and like a charity's,
of their good passages and the starter materials alone. Every sentence of both is reworded.

Times are processor seconds of the whole command, so that a busy machine says nearly the same; what a person waits is
told beside them, for a folder is read by as many processes as there are cores. coprod has run once before, as after any installation: Python has compiled its modules, and the rules are kept made ready. Peers read the first
hundred of the same files and stand beside our time for as many: `proselint` where it is installed, and from npm
`alex`, `write-good` and `textlint` with the rules of both, none of which coprod needs.
"""

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.found import PASSAGE_SETS, labelled_cases, passages
from benchmarks.measures import Measure, seconds
from benchmarks.peers import installed_peers
from campaigns.checking.check import check_text
from coprod.clock import today
from coprod.journeys.beginnings import starter_files
from coprod.kernel.contacts import shipped_contacts

CHECK = (sys.executable, "-m", "coprod", "campaigns", "check")
FILES = 1000
WORDS = 450
BESIDE = 100
TYPED = 20
PEERS_FOLDER = Path(__file__).parent.parent / ".cache" / "peers"
SEED = 20261122
SWAPPED = 0.1
_SENTENCE = re.compile(r"[^.!?\n]+")
_REPLACEABLE = re.compile(r"\b[a-z]{3,}\b")


def measures(files: int = FILES) -> Iterator[Measure]:
    """Give the times, each beside what was promised."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, like_a_charity = Path(scratch) / "materials", Path(scratch) / "like-a-charity"
        write_files(folder, files)
        write_files(like_a_charity, files, good_texts())
        processor_seconds([*CHECK, str(min(folder.iterdir())), "--afresh"], Path(scratch))
        yield from _whole_folder(folder, Path(scratch) / "cache", files)
        yield _cold(like_a_charity, Path(scratch) / "cache", files, "like a charity's")[0]
        first = min(folder.iterdir())
        yield from _one_file(first, Path(scratch) / "other-cache")


def all_texts() -> list[str]:
    """Give the passages of our own sets, harmful and good alike."""
    texts = [one.text for one in labelled_cases()]
    return texts + [one.text for name in PASSAGE_SETS for one in passages(name)]


def good_texts() -> list[str]:
    """Give the good passages of our own sets, and the sections of the English starter materials."""
    texts = [one.text for one in labelled_cases() if not one.expect]
    texts += [one.text for name in PASSAGE_SETS for one in passages(name) if not (one.flags or one.missing)]
    english = (file.read_text("utf-8").split("\n---\n", 1)[1] for file in starter_files())
    return texts + [f"## {part}" for text in english for part in text.split("\n## ")[1:]]


def write_files(folder: Path, files: int, texts: Sequence[str] = ()) -> None:
    """Write Markdown files of about 450 words, each made of some of these texts, or of all of ours.

    Every text is reworded for the file it stands in, so that hardly a sentence comes twice: what a check
    remembers of sentences must not flatter it.
    """
    texts = texts or all_texts()
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
    measure, cold = _cold(folder, cache, files, "half of it harmful")
    yield measure
    warm = processor_seconds([*CHECK, str(folder), "--format", "json"], cache)
    size = f"{files:,} x {WORDS} words"
    yield Measure("check, unchanged", size, seconds(warm), promised="under 1 s", kept=warm < 1)
    yield from _beside_peers(folder, cold / files)


def _cold(folder: Path, cache: Path, files: int, what: str) -> tuple[Measure, float]:
    """Give the first check of a folder, and its processor seconds."""
    begun = time.perf_counter()
    cold = processor_seconds([*CHECK, str(folder), "--format", "json"], cache)
    waited = f"{seconds(time.perf_counter() - begun)} on the clock, {os.cpu_count()} cores"
    size = f"{files:,} x {WORDS} words, {what}"
    return Measure("check, cold", size, seconds(cold), waited, promised="under 3 s", kept=cold < 3), cold


def _beside_peers(folder: Path, ours: float) -> Iterator[Measure]:
    """Give the peers' times on some of the same files, beside our time for as many."""
    some = sorted(folder.iterdir())[:BESIDE]
    size = f"{len(some)} of them"
    for peer in installed_peers(PEERS_FOLDER, some):
        if not peer.command:
            yield Measure(f"beside {peer.name}", size, "", "not run")
            continue
        theirs = processor_seconds(list(peer.command), PEERS_FOLDER, peer.folder)
        mine = ours * len(some)
        yield Measure(f"beside {peer.name}", size, seconds(mine), seconds(theirs), f"{theirs / mine:.1f}")


def _one_file(file: Path, cache: Path) -> Iterator[Measure]:
    again = _typed(file.read_text("utf-8"))
    yield Measure(
        "one leaflet, a word typed",
        f"{WORDS} words",
        seconds(again),
        promised="under 50 ms",
        kept=again < 0.05,
    )
    processor_seconds([*CHECK, str(file)], cache)
    changed = file.with_name("changed.md")
    changed.write_text(file.read_text("utf-8") + "\n\nAnd one more line.\n", "utf-8")
    started = processor_seconds([*CHECK, str(changed)], cache)
    yield Measure(
        "start to finding", f"{WORDS} words", seconds(started), promised="under 300 ms", kept=started < 0.3
    )


def _typed(text: str) -> float:
    """Give the seconds of the slowest of some checks, each after another word was typed at another place."""
    registry, day = shipped_contacts(), today()
    words = text.split(" ")
    dice = random.Random(SEED)
    slowest = 0.0
    for number in range(TYPED + 1):
        words.insert(dice.randrange(len(words)), dice.choice(words))
        begun = time.process_time()
        check_text(" ".join(words), registry, day, path="leaflet.md", is_markdown=True)
        taken = time.process_time() - begun
        slowest = max(slowest, taken if number else 0.0)
    return slowest


def processor_seconds(command: list[str], cache: Path, folder: Path | None = None) -> float:
    """Give the processor seconds of a command, run in `folder`, that keeps its memory in `cache`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, check=False, capture_output=True, env=environment, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    from benchmarks.measures import print_table

    sys.exit(0 if print_table(measures()) else 1)
