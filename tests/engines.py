"""Which engine stands behind the stores of tests: the folder alone, or PostgreSQL.

TEST_ENGINE=shared python -m pytest tests/impact/store

Then every folder is a machine's copy of a shared store (tests/shared/each_folder.py). What is true
of a folder alone is marked `folder_only`, with the reason, and left out.
"""

import os

import pytest

SHARED = os.environ.get("TEST_ENGINE") == "shared"


def folder_only(reason: str) -> pytest.MarkDecorator:
    """Marks what concerns a store in a folder and no shared one."""
    return pytest.mark.folder_only(reason)


def of_the_copy(problems: list[str]) -> list[str]:
    """What `check` says of a store that a test changed by hand. Behind a shared one only this
    machine's copy is changed so; that it differs from the database is told besides, and left out
    here (tests/shared/test_two_machines.py)."""
    differing = [each for each in problems if "of this machine's copy" in each]
    assert len(differing) == (SHARED and len(problems) > 0)
    return [each for each in problems if each not in differing]
