"""SVGs small enough for a page, with nothing in them but a drawing."""

import pytest

from pictures.compact import NoDrawing, compact

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">'


def made(inner: str, prefix: str = "p") -> str:
    return compact(f"{HEAD}{inner}</svg>".encode(), prefix, "what it shows")


def test_numbers_colours_and_what_is_usual_grow_short():
    drawn = made('<path d="M1.2345,2.3456h3.14159" style="stroke: rgb(255, 0, 16); opacity: 1;"/>')
    assert '<path d="M1.2,2.3h3.1" style="stroke:#ff0010"/>' in drawn


def test_points_of_an_outline_that_lie_together_stand_once():
    assert 'd="M0,0L5,5Z"' in made('<path d="M0,0L0.2,0.3L5,5L5.1,5.1Z"/>')


def test_clips_are_kept_where_something_uses_them_under_a_name_of_the_picture():
    clips = '<defs><clipPath id="a"><rect width="1"/></clipPath><clipPath id="b"/></defs>'
    drawn = made(f'{clips}<g clip-path="url(#a)"><text>1</text></g>', "map-")
    assert drawn.count("<clipPath") == 1
    assert 'id="map-0"' in drawn and 'clip-path="url(#map-0)"' in drawn


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect width="1" onload="alert(1)"/>',
        '<image href="https://evil.example/x.png" width="9"/>',
        '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        "<style>@import url(https://evil.example)</style>",
        '<rect width="1" style="fill: url(https://evil.example/x)"/>',
        '<rect width="1" fill="url(//evil.example/x)"/>',
        r'<rect width="1" style="fill: u\72l(//evil.example)"/>',
    ],
)
def test_nothing_that_runs_or_loads_gets_through(hostile):
    drawn = made(f"{hostile}<text>kept</text>")
    assert "kept" in drawn
    for trace in ("script", "onload", "evil", "alert", "href", "foreign", "import", "\\"):
        assert trace not in drawn


def test_its_words_are_escaped_and_its_description_is_told():
    drawn = compact(f"{HEAD}<text>&lt;b&gt;</text></svg>".encode(), "p", 'a "b" <c>')
    assert "&lt;b&gt;" in drawn
    assert 'role="img"' in drawn and 'aria-label="a &quot;b&quot; &lt;c&gt;"' in drawn


@pytest.mark.parametrize("text", ["", "no picture", "<html/>", "<svg"])
def test_what_is_no_svg_is_refused(text):
    with pytest.raises(NoDrawing):
        compact(text.encode(), "p", "")
