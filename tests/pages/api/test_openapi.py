"""/api/openapi.json: it is well formed, tells every address as it is declared, and each answers."""

import importlib.util
import json
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from pages.api import addresses
from pictures import chromium
from tests.pages.api.asking import ask, fetch, told

ADDRESS = "/api/openapi.json"
NEEDS_A_BROWSER = ("/api/chart.", "/embed")


@pytest.fixture
def shipped_here(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


@pytest.fixture
def document(shipped_here) -> dict:
    return told(ask(ADDRESS))


def operations(document: dict) -> dict[str, dict]:
    return {path: item["get"] for path, item in document["paths"].items()}


@pytest.mark.skipif(
    not importlib.util.find_spec("openapi_spec_validator"), reason="no validator is installed"
)
def test_a_validator_of_openapi_finds_nothing_wrong(document):
    importlib.import_module("openapi_spec_validator").validate(document)


def test_it_has_what_the_form_asks_for(document):
    assert document["openapi"].startswith("3.1.")
    assert set(document) == {"openapi", "info", "servers", "paths", "components"}
    assert document["info"]["title"] and document["info"]["version"]
    names = [each["operationId"] for each in operations(document).values()]
    assert len(set(names)) == len(names) and all(name.isidentifier() for name in names)
    for operation in operations(document).values():
        assert {"200", "400"} <= set(operation["responses"])
        assert all(each["description"] for each in operation["responses"].values())
        parameters = operation["parameters"]
        assert len({(each["name"], each["in"]) for each in parameters}) == len(parameters)
        for each in parameters:
            assert set(each) <= {"name", "in", "description", "schema", "examples"}


def schemas(document: dict):
    """Every schema of the document, with where it stands."""
    yield "Refused", document["components"]["schemas"]["Refused"]
    for path, operation in operations(document).items():
        for each in operation["parameters"]:
            yield f"{path} {each['name']}", each["schema"]
        for response in operation["responses"].values():
            for content in response["content"].values():
                if "schema" in content:
                    yield path, content["schema"]


def test_every_schema_is_one(document):
    found = list(schemas(document))
    assert len(found) > 100
    for _, each in found:
        Draft202012Validator.check_schema(each)


def test_a_default_and_every_example_fit_the_schema_of_their_parameter(document):
    seen = 0
    for operation in operations(document).values():
        for each in operation["parameters"]:
            schema = Draft202012Validator(each["schema"])
            given = [one["value"] for one in each.get("examples", {}).values()]
            if "default" in each["schema"]:
                given.append(each["schema"]["default"])
            for value in given:
                schema.validate(value)
                seen += 1
    assert seen > 50


def test_it_names_every_address_with_every_parameter_and_its_limits(document):
    found = operations(document)
    assert list(found) == [each.path for each in addresses()]
    for address in addresses():
        parameters = {each["name"]: each["schema"] for each in found[address.path]["parameters"]}
        assert list(parameters) == [each.name for each in address.parameters]
        for each in address.parameters:
            schema = parameters[each.name]
            if each.form.options:
                assert schema.get("items", schema)["enum"] == list(each.form.options)
            if each.form.limits:
                assert f"{schema['minimum']}–{schema['maximum']}" == each.form.limits
            if each.several:
                assert schema["maxItems"] == each.form.most


def requests(document: dict):
    """Every example of every address, put together from those of its parameters."""
    for path, operation in operations(document).items():
        names = {name for each in operation["parameters"] for name in each.get("examples", {})}
        for name in sorted(names) or [""]:
            given = {
                each["name"]: each["examples"][name]["value"]
                for each in operation["parameters"]
                if name in each.get("examples", {})
            }
            yield path, f"{path}?{urlencode(given, doseq=True)}"


def test_every_address_in_it_answers_its_examples_with_what_is_promised(document):
    asked = set()
    for path, target in requests(document):
        if path.startswith(NEEDS_A_BROWSER) and not chromium.find():
            continue
        response = ask(target)
        assert response.status_code == 200, target
        (content,) = operations(document)[path]["responses"]["200"]["content"].items()
        mime, promised = content
        assert response.headers["content-type"] == mime
        if "schema" in promised:
            Draft202012Validator(promised["schema"]).validate(told(response))
        asked.add(path)
    assert len(asked) >= len(addresses()) - 3


def test_what_is_refused_is_told_as_promised(document):
    refused = document["components"]["schemas"]["Refused"]
    response = ask("/api/figures.json?limit=0")
    assert response.status_code == 400
    Draft202012Validator(refused).validate(told(response))


def test_it_is_told_in_both_languages(shipped_here):
    english, ukrainian = (told(ask(f"{ADDRESS}?lang={lang}")) for lang in ("en", "uk"))
    assert english["info"]["description"] != ukrainian["info"]["description"]
    rows = [
        each["paths"]["/api/figures.json"]["get"]["responses"]["200"]["content"]
        for each in (english, ukrainian)
    ]
    assert rows[0] != rows[1]
    assert list(english["paths"]) == list(ukrainian["paths"])


def test_a_server_names_itself_in_it(url):
    _, _, body = fetch(url, ADDRESS)
    assert json.loads(body)["servers"] == [{"url": url}]
