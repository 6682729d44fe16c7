"""Marked: whatever a report says is shown as text, and nothing of it is markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.wording import markup
from impact.wording.markup import Span

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
    "'; alert(1); '", "&lt;b&gt;", "<!--", "]]>", "</div></mark>", "javascript:alert(1)",
    "**bold** _it_ `code` [a](b) ![i](j)", ":red[x] :material/home: :smile: $x^2$", "<3 > 2 & 1",
    "\u202eright to left", "ﷺ", "👩‍👩‍👧", "Ω≈ç√∫", "\x00\x07\x1b[31m", "\ud800", "\ufeff", "​",
]  # fmt: skip


class Seen(HTMLParser):
    """What a browser would make of it: tags, attributes and text."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.text, self.marks = [], "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.marks.append([dict(attrs).get("class", ""), len(self.text), None])

    def handle_endtag(self, tag):
        if tag == "mark":
            self.marks[-1][2] = len(self.text)

    def handle_data(self, data):
        self.text += data


def shown(text: str) -> str:
    """As it can be sent to a browser at all."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(each if each >= " " or each in "\n\t" else "\ufffd" for each in text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text):
    for html in (
        markup.report(text, [Span(0, len(text), 'x" onclick="y', True)]),
        markup.passage(f"A {text} b", 2, 2 + len(text)),
        markup.quote(text, text, text),
        markup.lines('k" x="', text),
        markup.sources([(text, text)]),
    ):
        seen = Seen(html)
        assert {tag for tag, _ in seen.tags} <= {"div", "mark", "blockquote", "p", "ul", "li"}
        assert all(set(attrs) <= {"class", "lang"} for _, attrs in seen.tags)
        if text.strip() == text:
            assert shown(text) in seen.text


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)
)
def test_a_report_is_shown_whole_whatever_is_marked(text, pairs):
    spans = [Span(min(p), max(p), "plain", n == 0) for n, p in enumerate(pairs)]
    assert Seen(markup.report(text, spans)).text == shown(text)


def test_each_passage_is_marked_and_the_current_one_in_one_piece():
    text = "In Kyiv 5 killed, 2 of them children, and 9 injured."
    spans = [Span(8, 16, "deaths"), Span(8, 36, "deaths", True), Span(42, 51, "plain")]
    seen = Seen(markup.report(text, spans))
    assert seen.marks == [["said deaths now", 8, 36], ["said plain", 42, 51]]


def test_of_overlapping_passages_the_first_given_shows():
    seen = Seen(markup.report("0123456789", [Span(2, 4, "a"), Span(0, 8, "b")]))
    assert seen.marks == [["said b", 0, 2], ["said a", 2, 4], ["said b", 4, 8]]


def test_a_long_report_is_shown_around_the_current_passage():
    text = "word " * 100_000 + "5 killed" + " word" * 100_000
    start = text.index("5 killed")
    html = markup.report(text, [Span(start, start + 8, "deaths", True), Span(0, 4, "plain")])
    assert "5 killed</mark>" in html and len(html) < 2 * markup.WINDOW
    assert Seen(html).text.startswith("… ") and Seen(html).text.endswith(" …")


def test_a_passage_is_shown_in_its_sentence():
    text = "Nothing here. In Kyiv 5 were killed, he said. Nothing there."
    start = text.index("5 were killed")
    assert Seen(markup.passage(text, start, start + 13)).text == "In Kyiv 5 were killed, he said."


def test_only_an_address_on_the_web_becomes_a_link():
    seen = Seen(markup.sources([("a", "https://a.org/?x=1&y=2"), ("b", "javascript:alert(1)")]))
    links = [attrs for tag, attrs in seen.tags if tag == "a"]
    assert [each["href"] for each in links] == ["https://a.org/?x=1&y=2"]
    assert links[0]["rel"] == "noopener"


# Elements with which this module sets a sign apart, and what else a backslash makes plain.
SET_APART = re.compile(r":color\[\\(.)\]\{\}")


@given(st.text(max_size=40) | st.text(":/@.<->=~w htps[]()*_`$!#|\\1a", max_size=20))
def test_markdown_has_every_mark_escaped_and_stands_on_one_line(text):
    escaped = markup.markdown(text)
    assert "\n" not in escaped
    bare = SET_APART.sub("\0", escaped).replace("\\\\", "")
    assert not re.search(r"(?<!\\)[*_`\[\]<>$#~&|{}]", bare)
    # A backslash hides nothing of these from Streamlit: they stand apart.
    assert not re.search(r":[^\s\d\0]|@|www\.|->|<-|--|>=|<=|~=", bare.replace("\\", ""), re.I)


@given(st.text(max_size=40))
def test_markdown_holds_every_character_of_the_text(text):
    escaped = SET_APART.sub(r"\1", markup.markdown(text))
    unescaped = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped)
    assert " ".join(unescaped.split()) == " ".join(shown(text).split())


def test_only_what_is_ours_is_markup():
    made = markup.ours("**{who}** · {page}", who="**x**", page=markup.link("[a]", "https://a.org"))
    assert made == r"**\*\*x\*\*** · [\[a\]](https://a.org)"
    assert markup.markdown(made) is made
    # Put together by anybody else it is a text again.
    assert markup.markdown(f"{made}") == markup.markdown(str(made)) != made


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//a.org", "https://a.org/\x00", ""])
def test_an_address_elsewhere_leaves_the_words_of_a_link(url):
    assert markup.link("UNN", url) == "UNN"


@given(st.text(max_size=20))
def test_code_is_longer_than_any_fence_within(text):
    fence = re.match("`+", markup.code(text))[0]
    assert fence not in markup.code(text).strip("`")


def test_a_command_in_a_sentence_is_code_and_the_rest_is_text():
    said = "It *stays*. Make it anew: `python -m etl publish --anyway`, or `make_it`."
    assert markup.commands(said) == (
        r"It \*stays\*. Make it anew: `python -m etl publish --anyway`, or `make_it`."
    )
    assert markup.commands("A lone ` mark") == markup.markdown("A lone ` mark")


@given(st.text(alphabet="`\\ab *:~->\n ", max_size=30))
def test_a_sentence_with_any_marks_has_its_commands_and_no_other_code(text):
    made = markup.commands(text)
    for typed in re.findall("`(.+?)`", text, re.DOTALL):
        assert markup.code(typed) in made
    if "`" not in text:
        assert made == markup.markdown(text)
