"""The menu is what the folders under pages/ hold."""

from pathlib import Path

import pytest

from pages.parts.shell import menu


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder of pages of its own, which the menu reads anew."""
    monkeypatch.setattr(menu, "ROOT", tmp_path)
    for group in menu.GROUPS:
        (tmp_path / "pages" / group).mkdir(parents=True)
    menu.entries.cache_clear()
    yield tmp_path / "pages"
    menu.entries.cache_clear()


def test_the_shipped_pages_stand_in_this_order():
    assert [entry.name for entry in menu.entries()] == [
        *("overview", "attack", "power", "heating", "casualties", "city"),
        *("compare", "map", "hours", "coverage"),
        *("figure", "brief", "upload", "review"),
        *("method", "conflicts", "sources", "data", "changes", "check", "corrections", "api"),
        "status",
    ]


def test_a_script_stands_where_its_folder_and_its_order_say(folder):
    (folder / "trust" / "late.py").write_text('TITLE = N_("Late")\nORDER = 9\n')
    (folder / "trust" / "early.py").write_text('TITLE = N_("Early")\nORDER = 1\n')
    (folder / "explore" / "first.py").write_text('TITLE = N_("First")\nORDER = 5\n')
    told = [(entry.group, entry.path, entry.title) for entry in menu.entries()]
    assert told == [
        ("explore", "pages/explore/first.py", "First"),
        ("trust", "pages/trust/early.py", "Early"),
        ("trust", "pages/trust/late.py", "Late"),
    ]


@pytest.mark.parametrize("text", ["", "ORDER = 1", 'TITLE = N_("A")', 'TITLE = "A"\nORDER = 1'])
def test_a_script_without_title_or_order_is_named(folder, text):
    (folder / "publish" / "nameless.py").write_text(text)
    with pytest.raises(ValueError, match=r"pages/publish/nameless\.py lacks"):
        menu.entries()
