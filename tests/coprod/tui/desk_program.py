"""The staff app as a program of its own, for tests and measurements in a real terminal: `desk_program.py FOLDER`."""

import sys
from pathlib import Path

from coprod.tui.desk import run_desk
from coprod.workspace import find_workspace

if __name__ == "__main__":
    sys.exit(run_desk(find_workspace(Path(sys.argv[1]))))
