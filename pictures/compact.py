"""A chart's SVG as part of a page: small, with names of its own, and nothing in it but a drawing.

What a reader's browser has drawn and sent comes through here too: only the elements and properties
that a drawing needs are taken over, so that no script, address or style sheet gets into a page.
"""

import math
import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {
    *("svg", "g", "defs", "clipPath", "pattern", "path", "rect", "circle", "line", "text", "tspan")
}
_ATTRIBUTES = {
    *("id", "d", "x", "y", "dx", "dy", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry"),
    *("width", "height", "viewBox", "transform", "clip-path", "text-anchor", "xml:space"),
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "opacity"),
    *("patternUnits", "patternTransform", "style"),
}
_STYLES = {
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "opacity"),
    *("stroke-dasharray", "stroke-linejoin", "stroke-linecap", "font-size", "font-weight"),
    *("font-style", "text-anchor", "display", "visibility"),
}
# What every element is without being told.
_USUAL = {
    *(("opacity", "1"), ("fill-opacity", "1"), ("stroke-opacity", "1"), ("font-weight", "400")),
    *(("font-style", "normal"), ("font-weight", "normal"), ("patternTransform", "")),
}
# Px by which points of an outline must lie apart to be told from each other in print.
_APART = 0.9
# Draw nothing by themselves.
_HOLLOW = ("g", "defs", "path", "text", "tspan", "clipPath")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COLOUR = re.compile(r"rgb\((\d+), ?(\d+), ?(\d+)\)")
_OWN = re.compile(r"""url\(["']?#([\w-]+)["']?\)""")
_CALLED = re.compile(r"([\w-]*)\s*\(")
_CALLS = {"rgb", "rgba", "translate", "scale", "rotate", "matrix"}
_OUTLINE = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+|Z)+")
_POINT = re.compile(r"([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?")
_NUMERIC = {"d", "x", "y", "dy", "dx", "width", "height", "transform", "stroke-width", "font-size"}


class NoDrawing(ValueError):
    """The text is not an SVG."""


def compact(svg: bytes, prefix: str, alt: str) -> str:
    """The SVG as an element of an HTML page, numbers to a tenth of a pixel.

    prefix  of the names in it, another for each picture of a page
    alt     what it shows, for those who do not see it
    What the page says once stays out: title and description, the family of its type, that spaces
    in it are kept. Raises NoDrawing.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as error:
        raise NoDrawing(f"not an SVG: {error}") from None
    if root.tag != f"{_SVG}svg":
        raise NoDrawing("not an SVG")
    clean = _copied(root)
    _drop_unused(clean)
    _rename(clean, prefix)
    clean.attrib.update({"role": "img", "aria-label": alt})
    return etree.tostring(clean, encoding="unicode")


def _copied(element: etree._Element) -> etree._Element:
    """The element with what a drawing needs of it, no name space, no empty parts."""
    name = element.tag.removeprefix(_SVG)
    made = etree.Element(name, _attributes(element))
    made.text = element.text if name in ("text", "tspan") else None
    for child in element:
        if not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) not in _ELEMENTS:
            continue
        part = _copied(child)
        if _draws(part):
            part.tail = child.tail if name in ("text", "tspan") else None
            made.append(part)
    return _unwrapped(made)


def _unwrapped(element: etree._Element) -> etree._Element:
    """The one part of a group that says nothing itself."""
    if element.tag == "g" and not element.attrib and len(element) == 1:
        return element[0]
    return element


def _attributes(element: etree._Element) -> dict[str, str]:
    found = {}
    for name, value in _said(element):
        if name not in _ATTRIBUTES or (name, value) in _USUAL:
            continue
        value = _styles(value) if name == "style" else _short(name, value)
        if value and _harmless(value):
            found[name] = value
    return found


def _said(element: etree._Element) -> list[tuple[str, str]]:
    """The attributes of an element, as texts."""
    return [
        (str(name), value if isinstance(value, str) else value.decode())
        for name, value in element.attrib.items()
    ]


def _styles(style: str) -> str:
    """The properties that a drawing needs, without what is usual."""
    kept = []
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), _short(name.strip(), value.strip())
        if name in _STYLES and _harmless(value) and (name, value) not in _USUAL:
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def _harmless(value: str) -> bool:
    """Whether a value calls nothing but what a drawing needs: no address outside, no escape."""
    called = set(_CALLED.findall(_OWN.sub("", value)))
    return bool(value) and called <= _CALLS and "\\" not in value


def _short(name: str, value: str) -> str:
    """Numbers to a tenth, colours in hex."""
    if name == "d" and _OUTLINE.fullmatch(value):
        return _outline(value)
    if name in _NUMERIC:
        return _NUMBER.sub(lambda found: _tenth(found[0]), value)
    return _COLOUR.sub(
        lambda found: "#{:02x}{:02x}{:02x}".format(
            *(min(int(each), 255) for each in found.groups())
        ),
        value,
    )


def _outline(path: str) -> str:
    """A path of straight lines without the points that lie on the one before."""
    kept, last = [], (math.inf, math.inf)
    for command, x, y in _POINT.findall(path):
        at = (float(x or 0), float(y or 0))
        if command == "L" and math.dist(at, last) < _APART:
            continue
        kept.append("Z" if command == "Z" else f"{command}{_tenth(x)},{_tenth(y)}")
        last = at
    return "".join(kept)


def _tenth(number: str) -> str:
    return f"{round(float(number), 1):g}"


def _draws(element: etree._Element) -> bool:
    """Whether an element can leave a mark, or holds one that can."""
    if len(element):
        return True
    style = f";{element.get('style', '')};"
    unseen = ";stroke:" not in style or ";stroke-opacity:0;" in style
    if element.tag == "path" and ";fill:none;" in style and unseen:
        return False
    return element.tag not in _HOLLOW or bool(element.get("d") or (element.text or "").strip())


def _drop_unused(root: etree._Element) -> None:
    """Clips and patterns that nothing refers to; of equal patterns all but one."""
    same: dict[str, str] = {}
    known: dict[str, str] = {}
    for pattern in root.iter("pattern"):
        own = pattern.get("id") or ""
        content = etree.tostring(pattern, encoding="unicode").replace(f'id="{own}"', "", 1)
        same[own] = known.setdefault(content, own)
    used = set()
    for element in root.iter():
        for name, value in _said(element):
            if "url(" in value:
                value = _OWN.sub(lambda found: f"url(#{same.get(found[1], found[1])})", value)
                element.set(name, value)
                used.update(_OWN.findall(value))
    for element in list(root.iter("clipPath", "pattern")):
        parent = element.getparent()
        if element.get("id") not in used and parent is not None:
            parent.remove(element)
    for element in list(root.iter("g", "defs")):
        while element is not root and len(element) == 0:
            parent = element.getparent()
            if parent is None:
                break
            parent.remove(element)
            element = parent


def _rename(root: etree._Element, prefix: str) -> None:
    """Names that are needed, short and of this picture alone."""
    values = (value for each in root.iter() for _, value in _said(each))
    needed = {name for value in values for name in _OWN.findall(value)}
    short = {name: f"{prefix}{number}" for number, name in enumerate(sorted(needed))}
    for element in root.iter():
        for name, value in _said(element):
            if name == "id" and value not in short:
                del element.attrib["id"]
            elif name == "id":
                element.set("id", short[value])
            elif "url(" in value:
                element.set(name, _OWN.sub(lambda found: f"url(#{short[found[1]]})", value))
