"""A process that saves interviews without end and says which ones were acknowledged; its parent kills it."""

import sys
from pathlib import Path

from coprod.journeys.asking import sessions
from coprod.workspace import load_workspace
from surveys.boxes import withdrawal
from tests.surveys.ready import TODAY, an_interview


def main(root: str, name: str, start: int, canary: str) -> None:
    withdrawal.MEMORY_KIBIBYTES = 64
    session = sessions.resume_session(load_workspace(Path(root)), name, TODAY)
    print("ready", flush=True)
    for number in range(start, start + 100_000):
        sessions.save_interview(session, an_interview(session, f"{canary} {number}"))
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
