"""What the attacks share."""

import multiprocessing
from typing import Any

import pytest


@pytest.fixture(scope="session")
def processes() -> Any:
    """Processes that start at once, because one has loaded everything beforehand."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.attacks.acting", "analysis.inputs.batchfile"])
    return context
