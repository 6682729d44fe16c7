"""Who may import whom, and what must stand in no script (docs/architecture.md, "The rooms")."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit

from pages.parts.shell import screen

ROOT = Path(__file__).parents[1]
FOLDERS = ("impact", "etl", "pictures", "pages", "tests")
OURS = {"impact", "etl", "pictures", "pages", "dashboard", "tests"}
FILES = sorted([ROOT / "dashboard.py", *(p for f in FOLDERS for p in (ROOT / f).rglob("*.py"))])
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
APP = [name for name in NAMES if not name.startswith("tests/")]
PAGES = [name for name in NAMES if name.startswith("pages/")]
EACH_PAGE = pytest.mark.parametrize("name", [*PAGES, "dashboard.py"])

# Folder or file -> which of ours it may import.
MAY_IMPORT = {
    "impact/": {"impact"},
    "etl/": {"etl", "impact", "pictures"},
    "pictures/": {"pictures", "impact"},
    "pages/": {"pages", "impact", "etl.reports", "pictures"},
    "dashboard.py": {"pages", "impact", "etl.reports"},
    "tests/": OURS,
}
# Rooms of a package on their floors: a room imports rooms of lower floors alone.
FLOORS = {
    "impact": (
        {"model"}, {"sharing"}, {"access", "rules"}, {"summaries"}, {"store"}, {"queries"},
        {"address", "wording"}, {"charts", "exports"}, {"views"}, {"brief"},
    ),
    "etl.reports": (
        {"model", "text"}, {"formats", "mentions", "tables"}, {"opening", "resolution"},
        {"weighing"}, {"results"}, {"reader", "unnumbered"}, {"apart", "turns"}, {"intake"},
        {"mending"},
    ),
    "pages.parts": ({"shell"}, {"review"}, {"explore"}, {"publish"}),
}  # fmt: skip
# Package -> where alone it may be imported.
ONLY_IN = {
    "obstore": ("impact/store/shared",),
    "duckdb": ("impact/store/database.py", "impact/store/reader.py"),
    "plotly": ("impact/charts",),
    "psycopg": ("impact/access/register_shared.py", "impact/sharing", "impact/store/shared"),
    "sklearn": ("etl/learning/fit.py",),
    "streamlit": ("dashboard.py", "pages/"),
}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


@cache
def imports(name: str) -> set[str]:
    """Every module a file imports, anywhere in it."""
    found = set()
    for node in _statements(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement in a file's tree. Most of the tree are expressions, which import nothing."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(node, part, ()):
            yield each
            yield from _statements(each)


def within(module: str, packages: set[str]) -> bool:
    """Whether a module is one of the packages, lies in one, or is the way to one."""
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def texts(name: str) -> list[str]:
    """The string constants of a file, docstrings left out."""
    found = tree(name)
    told = {
        id(node.body[0].value) for node in ast.walk(found)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }  # fmt: skip
    constants = [each for each in ast.walk(found) if isinstance(each, ast.Constant)]
    return [each.value for each in constants if type(each.value) is str and id(each) not in told]


@pytest.mark.parametrize("place", [*MAY_IMPORT, *sum(ONLY_IN.values(), ())])
def test_every_place_the_rules_speak_of_is_there(place):
    assert [name for name in NAMES if name.startswith(place)]


def test_a_file_imports_only_what_its_folder_may():
    assert {name: found for name in NAMES if (found := forbidden(name))} == {}


def forbidden(name: str) -> set[str]:
    """What of ours a file imports though its folder may not."""
    allowed = next(allowed for place, allowed in MAY_IMPORT.items() if name.startswith(place))
    ours = {module for module in imports(name) if within(module, OURS)}
    # "from etl import reports" names etl on its way to etl.reports.
    ways = {each.rpartition(".")[0] for each in allowed} & {
        each.rpartition(".")[0] for each in ours & allowed
    }
    return {module for module in ours if not within(module, allowed)} - ways


def floor_of(package: str, module: str) -> tuple[str, int]:
    """The room of a package that a module lies in, and the room's floor."""
    room = module.removeprefix(f"{package}.").split(".")[0]
    found = [number for number, rooms in enumerate(FLOORS[package]) if room in rooms]
    assert len(found) == 1, f"{module}: {package} has no room {room}"
    return room, found[0]


@pytest.mark.parametrize("package", FLOORS)
def test_a_room_imports_rooms_of_lower_floors_alone(package):
    upward = []
    for name in (each for each in APP if each.startswith(package.replace(".", "/") + "/")):
        module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if module == package:
            continue
        room, floor = floor_of(package, module)
        for other in imports(name):
            if other.startswith(f"{package}."):
                its_room, its_floor = floor_of(package, other)
                if its_room != room and its_floor >= floor:
                    upward.append(f"{name} imports {other}")
    assert upward == []


@pytest.mark.parametrize("package", FLOORS)
def test_every_room_on_the_floors_is_there(package):
    folder = ROOT / package.replace(".", "/")
    for room in set().union(*FLOORS[package]):
        assert (folder / room).is_dir() or (folder / f"{room}.py").is_file(), room


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_heavy_package_is_imported_in_its_places_and_nowhere_else(package):
    users = [name for name in APP if any(within(m, {package}) for m in imports(name))]
    assert [name for name in users if not name.startswith(ONLY_IN[package])] == []
    for place in ONLY_IN[package]:
        assert [name for name in users if name.startswith(place)]


SQL = re.compile(r"\b(SELECT|FROM|WHERE|INSERT INTO|GROUP BY|ORDER BY|JOIN)\b")
HTML = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>")


def test_a_page_holds_no_sql_no_patterns_and_no_html():
    told = [(name, text) for name in PAGES for text in texts(name)]
    assert [each for each in told if SQL.search(each[1]) or HTML.search(each[1])] == []
    assert [name for name in PAGES if {"re", "regex", "sqlite3", "html"} & imports(name)] == []


def test_the_patterns_know_sql_and_html_when_they_see_them():
    assert SQL.search("SELECT 1") and HTML.search('<div class="a">') and HTML.search("<br/>")
    assert not SQL.search("Selected from") and not HTML.search("1 < 2 > 0")


def test_a_file_names_no_folder_of_somebodys_machine_and_leaves_nothing_to_do():
    folders = "|".join(["home", "work", "root", "Users"])
    place = re.compile(rf"(?<![\w.])/({folders})/\w")
    left = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]))
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
    assert [name for name, text in texts.items() if place.search(text) or left.search(text)] == []


def test_tests_lie_among_tests():
    assert [name for name in APP if re.search(r"(^|/)(test_|conftest)", name)] == []


# Texts of others on pages: pages/parts/shell/screen.py is the one way to Streamlit, and shows every
# text as it is typed unless impact.wording.markup made it.

SCREEN = "pages/parts/shell/screen.py"
# Where else Streamlit is imported, and what of it: none of these puts a text on a page.
OTHERWISE = {
    "dashboard.py": {"streamlit", "streamlit.App", "streamlit.runtime.pages_manager"},
    "pages/parts/shell/access.py": {
        "streamlit",
        "streamlit.config",
        "streamlit.runtime.scriptrunner",
    },
    "pages/doors/channel.py": {
        "streamlit",
        "streamlit.runtime",
        "streamlit.proto.BackMsg_pb2",
        "streamlit.proto.BackMsg_pb2.BackMsg",
        "streamlit.proto.ForwardMsg_pb2",
        "streamlit.proto.ForwardMsg_pb2.ForwardMsg",
    },
    "pages/doors/sizes.py": {
        "streamlit.proto.BackMsg_pb2",
        "streamlit.proto.BackMsg_pb2.BackMsg",
        "streamlit.proto.ClientState_pb2",
        "streamlit.proto.ClientState_pb2.ClientState",
    },
    "pages/doors/uploads.py": {"streamlit", "streamlit.runtime"},
    "pages/parts/review/waiting.py": {
        "streamlit",
        "streamlit.runtime",
        "streamlit.runtime.memory_uploaded_file_manager",
        "streamlit.runtime.uploaded_file_manager",
    },
    "pages/parts/review/uploads.py": {"streamlit.runtime.uploaded_file_manager"},
    "pages/parts/shell/memory.py": {
        "streamlit",
        "streamlit.runtime",
        "streamlit.runtime.scriptrunner",
    },
    "pages/parts/shell/renewal.py": {
        "streamlit",
        "streamlit.runtime",
        "streamlit.runtime.app_session",
        "streamlit.runtime.scriptrunner",
    },
    "pages/parts/shell/session.py": {"streamlit.runtime.scriptrunner"},
    "pages/doors/guard.py": {"streamlit", "streamlit.runtime"},
    "pages/parts/shell/address.py": {"streamlit.runtime.scriptrunner"},
    "pages/parts/shell/answers.py": {"streamlit.runtime.forward_msg_queue"},
    "pages/parts/shell/html_document.py": {"streamlit", "streamlit.file_util"},
}
# Fixed words of a catalogue: what may be a template of ours.
FIXED = ("words._", "words.plural", "session.words()._")


def calls(name: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]


@EACH_PAGE
def test_a_page_has_no_other_way_to_streamlit_than_the_screen(name):
    found = {module for module in imports(name) if within(module, {"streamlit"})}
    if name != SCREEN:
        allowed = OTHERWISE.get(name, set())
        assert {
            module for module in found if not within(module, allowed - {"streamlit"})
        } <= allowed
    screens = [
        alias.asname
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "screen"
    ]
    assert set(screens) <= {"st"}


@EACH_PAGE
def test_a_text_is_never_put_into_a_part_of_the_page_past_the_screen(name):
    """`column.caption(text)` would go to Streamlit itself; pages write `with column:`."""
    methods = {*screen.MARKDOWN, "html", "write", "latex", "toast", "table", "radio", "pills"}
    past = [
        ast.unparse(call.func)
        for call in calls(name)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in methods
        and ast.unparse(call.func.value).split(".")[0] in (_containers(name))
    ]
    assert past == []
    assert not [call for call in calls(name) if any("unsafe" in str(k.arg) for k in call.keywords)]


def _containers(name: str) -> set[str]:
    """Names that a page gives to parts of itself."""
    makers = ("st.container", "st.columns", "st.tabs", "st.expander", "st.popover", "st.form",
              "st.sidebar", "st.empty")  # fmt: skip
    found = {"st.sidebar"}
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith(makers):
            targets = getattr(node.targets[0], "elts", node.targets)
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
        if isinstance(node, ast.withitem) and node.optional_vars is not None:
            found.add(ast.unparse(node.optional_vars))
        if isinstance(node, ast.For) and "tabs" in ast.unparse(node.iter):
            found |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    return found


def test_markup_is_made_of_fixed_words_alone():
    """Nobody else makes Markdown or HTML, and no text of others is a template."""
    wrong = []
    for name in (each for each in APP if each != "impact/wording/markup.py"):
        for call in calls(name):
            made = ast.unparse(call.func)
            if made in ("Markdown", "Html", "markup.Markdown", "markup.Html") or (
                made in ("markup.ours", "ours") and not _is_fixed(call.args[0], name)
            ):
                wrong.append((name, ast.unparse(call)))
    assert wrong == []


def _is_fixed(node: ast.expr, name: str) -> bool:
    """Whether an expression is a text of the code: a constant, one of a catalogue, a name that
    stands for nothing else."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in FIXED and all(_is_fixed(a, name) for a in node.args[:2])
    if not isinstance(node, ast.Name):
        return False
    bound = [
        each.value
        for each in ast.walk(tree(name))
        if isinstance(each, ast.Assign) and node.id in {ast.unparse(t) for t in each.targets}
    ]
    looped = [
        each.iter
        for each in ast.walk(tree(name))
        if isinstance(each, ast.For) and ast.unparse(each.target) == node.id
    ]
    return bool(bound or looped) and all(
        [*(_is_fixed(each, name) for each in bound), *(_is_list(each, name) for each in looped)]
    )


def _is_list(node: ast.expr, name: str) -> bool:
    """Whether a loop runs over a table of constants of the file."""
    return any(
        isinstance(each, ast.Assign)
        and ast.unparse(each.targets[0]) == ast.unparse(node)
        and isinstance(each.value, ast.Tuple)
        for each in tree(name).body
    )


def test_the_screen_says_of_everything_it_offers_how_it_takes_texts():
    for name, texts in screen.MARKDOWN.items():
        parameters = inspect.signature(getattr(streamlit, name)).parameters
        known = set(texts) & set(parameters)
        assert known and known >= {"label", "body"} & set(parameters), name
    for name in ("write", "latex", "toast", "radio", "pills", "table", "chat_message"):
        with pytest.raises(AttributeError):
            getattr(screen, name)
    with pytest.raises(TypeError):
        screen.html("<b>a text</b>")
