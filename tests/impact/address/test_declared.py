"""Declarations: each parameter stands in one place, and addresses take it or less of it."""

import ast
from dataclasses import replace

import pytest

from impact.address import declared
from impact.address.parameters import Parameter
from impact.model import language
from impact.views import PARAMETERS
from pages.api import addresses
from pages.parts.publish import briefing, viewing
from tests.test_architecture import APP, calls


def test_every_declaration_stands_under_its_own_name():
    made = [each for each in vars(declared).values() if isinstance(each, Parameter)]
    assert {each.name: each for each in made} == declared.EVERY
    assert len(made) == len(declared.EVERY)


@pytest.mark.slow
def test_a_parameter_is_declared_in_its_one_place():
    declaring = {
        name for name in APP
        if any(ast.unparse(each.func).split(".")[-1] == "Parameter" for each in calls(name))
    }  # fmt: skip
    assert declaring == {"impact/address/declared.py"}


TAKEN = [(one.path, each) for one in addresses() for each in one.parameters]
TAKEN += [("a view", each) for each in PARAMETERS]


@pytest.mark.parametrize(("path", "taken"), TAKEN, ids=[f"{p}-{each.name}" for p, each in TAKEN])
def test_an_address_takes_a_declared_parameter_or_less_of_it(path, taken):
    whole = declared.EVERY[taken.name]
    changed = replace(whole, form=taken.form, meaning=taken.meaning, default=taken.default)
    assert taken == changed
    if not whole.form.is_open:
        assert set(taken.form.options) <= set(whole.form.options)
        assert bool(taken.form.words) == bool(whole.form.words)


@pytest.mark.parametrize("parameter", declared.EVERY.values(), ids=lambda each: each.name)
def test_a_default_is_one_of_the_options_and_other_names_are_declared(parameter):
    usual = parameter.defaults if parameter.several else (parameter.default,)
    if parameter.form.options and all(usual):
        assert set(usual) <= set(parameter.form.options)
    assert set(parameter.also) <= set(declared.EVERY)


@pytest.mark.parametrize("lang", [code for code in language.languages() if code != "en"])
@pytest.mark.parametrize("parameter", declared.EVERY.values(), ids=lambda each: each.name)
def test_what_a_parameter_does_is_said_in_every_language(parameter, lang):
    words = language.words(lang)
    for text in filter(None, (parameter.meaning, parameter.help, parameter.form.words)):
        assert words._(text, count="1") != text.replace("{count}", "1")


@pytest.mark.parametrize(
    ("titles", "parameter"),
    [
        (briefing.LENGTHS, declared.LENGTH),
        (viewing.THEMES, declared.THEME),
        (viewing.NUMBERS, declared.NUMBER),
        (viewing.SIZES, next(each for each in PARAMETERS if each.name == "size")),
    ],
    ids=["length", "theme", "number", "size"],
)
def test_a_page_has_a_word_for_every_option_and_for_no_other(titles, parameter):
    assert set(titles) == set(parameter.form.options)
