"""/api/openapi.json: every address for programs as an OpenAPI document, made from the declarations.

The form is that of https://spec.openapis.org/oas/v3.1.0. Examples that have the same name belong
together: with those of every parameter an address is one of the requests that the page shows.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from impact.address import declared, schema
from impact.address.parameters import Parameter
from impact.model.language import N_, Words
from impact.views.citation import PRODUCT
from pages.api import JSON, Address, Answer, Asked, addresses, in_json, version

OPENAPI = "3.1.0"
ABOUT = N_(
    "Published figures about power, heating and people. Each row is one claim: rivals share the "
    "same claim and must not be added up. Read-only, without a key. Licences stand with the "
    "documents in /api/sources.json."
)
_REFUSALS = {
    "400": N_("A parameter is wrong: what is right is named."),
    "503": N_("The figures cannot be read now, or too many ask at once."),
}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_REFUSED = {
    "type": "object",
    "required": ["error"],
    "properties": {
        **dict.fromkeys(("error", "parameter", "given", "help"), _TEXT),
        **dict.fromkeys(("allowed", "nearest"), _TEXTS),
    },
}


def answer(asked: Asked) -> Answer:
    """The document, in the language asked for."""
    words = asked.words
    told = {
        "openapi": OPENAPI,
        "info": {
            "title": words._(PRODUCT),
            "version": version(),
            "description": words._(ABOUT),
        },
        "servers": [{"url": asked.base}],
        "paths": {each.path: {"get": _operation(each, words)} for each in addresses()},
        "components": {"schemas": {"Refused": _REFUSED}},
    }
    return in_json(told)


def _operation(address: Address, words: Words) -> dict[str, Any]:
    refused = {"schema": {"$ref": "#/components/schemas/Refused"}}
    answered = {"schema": _in_words(address.shape, words)} if address.shape else {}
    return {
        "operationId": address.path.strip("/").replace("/", "_").replace(".", "_"),
        "summary": words._(address.meaning),
        "parameters": [_parameter(each, address, words) for each in address.parameters],
        "responses": {
            "200": {
                "description": words._(address.meaning),
                "content": {address.mime: answered},
            },
            **{
                status: {"description": words._(told), "content": {JSON: refused}}
                for status, told in _REFUSALS.items()
            },
        },
    }


def _parameter(parameter: Parameter[Any], address: Address, words: Words) -> dict[str, Any]:
    says = parameter.form.says(words)
    meaning = words._(parameter.meaning)
    told = {
        "name": parameter.name,
        "in": "query",
        "description": f"{meaning} ({says})" if says else meaning,
        "schema": schema.of(parameter),
    }
    if examples := dict(_examples(parameter, address)):
        told["examples"] = examples
    return told


def _examples(parameter: Parameter[Any], address: Address) -> list[tuple[str, dict[str, Any]]]:
    """What the parameter is in each of the address's examples that name it, by their number."""
    found = []
    for number, query in enumerate(address.examples, start=1):
        given = [text for name, text in parse_qsl(query) if name == parameter.name]
        if given:
            whole = schema.of(parameter).get("type") == "integer"
            one = int(given[0]) if whole else given[0]
            found.append((str(number), {"value": given if parameter.several else one}))
    return found


def _in_words(shape: Any, words: Words) -> Any:
    """A schema with its descriptions in the reader's language."""
    if isinstance(shape, Mapping):
        return {
            name: words._(each) if name == "description" and isinstance(each, str)
            else _in_words(each, words)
            for name, each in shape.items()
        }  # fmt: skip
    return [_in_words(each, words) for each in shape] if isinstance(shape, list) else shape


ADDRESSES = (
    Address(
        path="/api/openapi.json",
        meaning=N_("all of these addresses as an OpenAPI document, for programs that read one"),
        answer=answer,
        parameters=(declared.LANG,),
    ),
)
