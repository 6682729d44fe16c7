"""A real server that is killed, and readers who press at the same moment (see tests/crash)."""

import random

import pytest

from tests import combining
from tests.crash import serving

SEED = 7
CROWD = (4, 2) if combining.ALL else (3, 1)  # readers, rounds


@pytest.mark.browser
def test_what_a_killed_server_acknowledged_is_read_and_published_at_its_next_start(
    browser, tmp_path
):
    assert serving.killed_rounds(browser, tmp_path, 1, random.Random(SEED)) == []


@pytest.mark.browser
def test_readers_who_send_the_same_file_at_once_bring_one_document(browser, tmp_path):
    assert serving.together(browser, tmp_path, *CROWD) == []
