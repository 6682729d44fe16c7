"""The method says the same in every language, and its counts of themes are true."""

import re

import pytest

from impact.model import language
from impact.wording import method

STANDARDS = [name for name in method.sections("en") if name.startswith("against-")]
# A number with its parts: 1,149,631 · 1 149 631 · 238.4 · 24:48.
NUMBER = re.compile(r"\d+(?:[.,:\u00a0]\d+)*")


def numbers(text: str) -> list[str]:
    """The numbers of a text, however its language writes them."""
    plain = [re.sub(r"[,\u00a0](?=\d{3}\b)", "", each) for each in NUMBER.findall(text)]
    return sorted(each.replace(",", ".") for each in plain)


@pytest.mark.parametrize("code", [code for code in language.languages() if code != "en"])
@pytest.mark.parametrize("anchor", method.sections("en"))
def test_each_part_has_the_same_numbers_rows_links_and_paths_in_every_language(code, anchor):
    english, told = method.sections("en")[anchor], method.sections(code)[anchor]
    assert told.heading != english.heading
    assert numbers(told.text) == numbers(english.text)
    for mark in (r"(?m)^\|", r"https://[^)\s]+", r"`[^`]+`", r"(?m)^(?:- |\d\. )"):
        assert re.findall(mark, told.text) == re.findall(mark, english.text), mark


@pytest.mark.parametrize("anchor", STANDARDS)
def test_the_count_of_themes_is_that_of_the_table(anchor):
    text = method.sections("en")[anchor].text
    judged = re.findall(r"\| (met|partly|not met) \|$", text, re.MULTILINE)
    counts = [len(judged), *(judged.count(each) for each in ("met", "partly", "not met"))]
    told = re.search(r"Of (\d+) themes (\d+) are met, (\d+) partly, (\d+) not\.", text)
    assert list(map(int, told.groups())) == counts


@pytest.mark.parametrize("anchor", STANDARDS)
def test_each_theme_is_judged_alike_in_every_language(anchor):
    same = {"так": "met", "частково": "partly", "ні": "not met"}
    last = [
        re.findall(r"\| ([^|]+) \|$", method.sections(code)[anchor].text, re.MULTILINE)[1:]
        for code in ("en", "uk")
    ]
    assert last[0] == [same[each] for each in last[1]]


def test_a_language_without_a_file_reads_the_english_text():
    assert method.sections("xx") == method.sections("en")
