"""A parameter's declaration in JSON Schema (draft 2020-12), for documents that programs read.

https://json-schema.org/draft/2020-12/json-schema-validation
"""

from typing import Any

from impact.address.parameters import Parameter


def of(parameter: Parameter[Any]) -> dict[str, Any]:
    """What a parameter takes, with its default where it has one.

    One that may stand several times is a list, of so many as its form says.
    """
    form = parameter.form
    one: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": form.longest}
    if form.options:
        one = {"type": "string", "enum": list(form.options)}
    elif "type" in form.schema:
        one = {}
    one |= form.schema
    if not parameter.several:
        return one | _default(parameter.default)
    limits = {"maxItems": form.most} if form.most else {}
    return {"type": "array", "items": one, **limits}


def _default(value: object) -> dict[str, Any]:
    """What leaving it out stands for, as it would stand in the address; nothing where that is no
    value that could be given."""
    if value is None or value == "":
        return {}
    return {"default": str(int(value)) if isinstance(value, bool) else value}
