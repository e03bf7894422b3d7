"""A file of short comments from one end to the other, in a process of its own: read, counted, themes, the report written."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.measures import Measure, seconds

MOST_SECONDS, MOST_GIGABYTES = 60, 3.0
WORK = """
import json, resource, sys, time
from pathlib import Path
start = time.perf_counter()
from analysis.inputs.responses import read_responses
from analysis.words.words import count_words
from coprod.journeys.understanding.reports import ReportRequest, write_report
from coprod.workspace import new_workspace
file = Path(sys.argv[1])
workspace = new_workspace(file.parent / "w", "Benchmark", "england", simulated=True)
responses = read_responses(file)
counted = len(count_words(responses.texts("text")))
write_report(workspace, file, responses, ReportRequest("million", "A million", texts=("text",)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": time.perf_counter() - start, "kilobytes": peak, "words": counted}))
"""


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give the time and the most memory, both of the one process that does it all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comments.csv"
        pl.DataFrame({"text": texts}).write_csv(file)
        done = subprocess.run(
            [sys.executable, "-c", WORK, str(file)], capture_output=True, text=True, check=True
        )
    found = json.loads(done.stdout)
    gigabytes = found["kilobytes"] / 1_000_000
    size = f"{len(texts):,} comments"
    yield Measure("read, counts, themes, report: time", size, seconds(found["seconds"]),
                  promised=f"< {MOST_SECONDS} s", kept=found["seconds"] < MOST_SECONDS)  # fmt: skip
    yield Measure("read, counts, themes, report: memory", size, f"{gigabytes:.2f} GB",
                  promised=f"< {MOST_GIGABYTES:.0f} GB", kept=gigabytes < MOST_GIGABYTES)  # fmt: skip
