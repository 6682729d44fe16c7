"""A parameter that is declared is read, told and refused everywhere, and pages name no other."""

import ast
import inspect
import json
from types import MappingProxyType

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

import pages.api
from impact.address import declared, forms
from impact.address.parameters import Parameter
from pages.api import Address, in_json
from pages.api._serving import respond
from pages.parts.shell import address
from tests.pages import reading
from tests.test_architecture import PAGES, calls, tree

MADE_UP = Parameter(
    name="shade",
    meaning="how dark it is",
    help="The darker, the later.",
    form=forms.one_of(("dawn", "noon", "dusk")),
    default="noon",
    also=("shading",),
)


# One made up, declared once


@pytest.fixture
def made_up(monkeypatch):
    """An address for programs and every page know one parameter more."""
    every = MappingProxyType({**declared.EVERY, MADE_UP.name: MADE_UP})
    monkeypatch.setattr(declared, "EVERY", every)
    one = Address(
        path="/api/shade.json",
        meaning="a shade",
        answer=lambda asked: in_json(asked.values.of(MADE_UP)),
        parameters=(MADE_UP, declared.LANG),
        kept=False,
    )
    monkeypatch.setattr(pages.api, "addresses", lambda: (one,))
    return one


def page() -> None:
    """A page with the parameter made up and nothing else; Streamlit runs its text."""
    from pages.parts.shell import address, misread, session
    from pages.parts.shell import screen as st

    address.arrive()
    misread.above()
    session.choose_language()
    address.choose(st.selectbox, "Shade", ["dawn", "noon", "dusk"], key="shade", show=str)
    address.leave()


def opened(**query: str) -> AppTest:
    test = AppTest.from_function(page, default_timeout=60)
    test.query_params.update(query)
    return test.run()


def asked(one: Address, query: str):
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": one.path,
        "query_string": query.encode(),
        "headers": [],
    }
    response = respond(one, Request(scope))
    return response.status_code, json.loads(response.body)


@pytest.mark.parametrize(
    ("query", "shown", "stays"),
    [
        ({}, "noon", {}),
        ({"shade": "dusk"}, "dusk", {"shade": "dusk"}),
        ({"shading": "dawn"}, "dawn", {"shade": "dawn"}),
        ({"shade": "noon"}, "noon", {}),
    ],
)
def test_a_page_reads_and_writes_it_by_its_name_alone(made_up, query, shown, stays):
    test = opened(**query)
    assert not test.exception
    (field,) = test.selectbox
    assert (field.value, field.help) == (shown, MADE_UP.help)
    assert test.query_params == stays


def test_a_page_tells_of_a_wrong_value_and_of_a_misspelt_name(made_up):
    assert "Did you mean “dusk”?" in told_by(opened(shade="duks"))
    assert "You see: noon." in told_by(opened(shade="duks"))
    assert "Did you mean “shade”?" in told_by(opened(shadee="dusk"))


def told_by(test: AppTest) -> str:
    assert not test.exception
    return " ".join(reading.as_typed(each.value) for each in test.markdown)


def test_an_address_for_programs_reads_it_and_refuses_what_is_wrong(made_up):
    assert asked(made_up, "") == (200, "noon")
    assert asked(made_up, "shade=dusk") == (200, "dusk")
    status, told = asked(made_up, "shade=duks")
    assert (status, told["nearest"], told["allowed"]) == (400, ["dusk"], ["dawn", "noon", "dusk"])
    status, told = asked(made_up, "shadee=dusk&lang=uk")
    assert (status, told["nearest"]) == (400, ["shade"])


def test_the_page_about_addresses_tells_of_it(made_up, stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    test = reading.open_page("pages/trust/api.py")
    assert not test.exception
    told = "\n".join(each.value for each in test.markdown)
    assert "`shade`: how dark it is. Takes `dawn`, `noon`, `dusk`. When left out: `noon`." in told


# No page names another


# What functions of pages/parts/shell/address.py call the names of parameters that they are given.
NAMES = ("key", "name", "names", "keys", "sign")


def named(name: str) -> set[str]:
    """The parameters that a file of pages names in texts, or by constants of its own."""
    found = [text for call in calls(name) for text in (*_of_filter(call), *_of_link(call))]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Subscript):
            asked = ast.unparse(node.value) in ("st.query_params", "asked.values")
            found += [node.slice] if asked else []
    constants = {
        ast.unparse(node.targets[0]): node.value
        for node in tree(name).body
        if isinstance(node, ast.Assign)
    }
    values = [getattr(constants.get(ast.unparse(each), each), "value", None) for each in found]
    return {text for text in values if isinstance(text, str)}


def _of_filter(call: ast.Call) -> list[ast.expr]:
    """What a call of the shell's address gives as names."""
    module, _, name = ast.unparse(call.func).partition(".")
    function = getattr(address, name, None) if module == "address" else None
    if function is None:
        return []
    takes = list(inspect.signature(function).parameters)
    # Names come last where there may be several.
    given = [each for n, each in enumerate(call.args) if takes[min(n, len(takes) - 1)] in NAMES]
    for each in call.keywords:
        if each.arg in NAMES:
            given += [part for part in ast.walk(each.value) if isinstance(part, ast.expr)]
    return given


def _of_link(call: ast.Call) -> list[ast.expr]:
    """The names that a call puts into a link, or asks of the address as it stands."""
    if ast.unparse(call.func) in ("st.query_params.get", "st.query_params.pop"):
        return call.args[:1]
    links = [each.value for each in call.keywords if each.arg == "query_params"]
    written = [part for link in links for part in ast.walk(link) if isinstance(part, ast.Dict)]
    return [key for each in written for key in each.keys if key is not None]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_no_parameter_that_is_not_declared(name):
    assert named(name) <= set(declared.EVERY)


def test_names_are_seen_where_pages_write_them():
    seen = set().union(*map(named, PAGES))
    assert {"place", "places", "period", "from", "event", "conflict", "length", "figure"} <= seen
    assert {"claim", "document", "words", "rule", "asof", "lang"} <= seen
