"""Pictures as a browser draws them: the words in them with their places, and the PNG."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import plotly

from impact.charts import Chart
from impact.views import Picture, View

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Every text that is seen: its lines' rectangles in px of the picture, its size and colour.
_TEXTS = """async ([figure, width, height]) => {
  const place = document.getElementById("picture");
  await Plotly.newPlot(place, figure.data, {...figure.layout, width, height}, {staticPlot: true});
  const origin = place.getBoundingClientRect();
  const found = [];
  for (const text of place.querySelectorAll("svg text")) {
    const lines = text.querySelectorAll("tspan.line");
    const style = getComputedStyle(text);
    for (const part of lines.length ? lines : [text]) {
      const box = part.getBoundingClientRect();
      if (!part.textContent.trim() || !box.width) continue;
      found.push({
        text: part.textContent, size: parseFloat(style.fontSize), colour: style.fill,
        left: box.left - origin.left, right: box.right - origin.left,
        top: box.top - origin.top, bottom: box.bottom - origin.top,
      });
    }
  }
  return found;
}"""
_PNG = """([figure, width, height]) =>
  Plotly.toImage(figure, {format: "png", width, height, scale: 1})"""

# What a page does with a chart: it shows it, and then hands it over once more, read anew.
_AGAIN = """async told => {
  const place = document.getElementById("picture");
  const set = Element.prototype.setAttribute;
  const counted = async (draw, figure) => {
    let count = 0;
    Element.prototype.setAttribute = function (...given) {
      count += 1;
      return set.apply(this, given);
    };
    await draw(place, figure.data, {...figure.layout, width: 1000});
    return count;
  };
  try {
    return [
      await counted(Plotly.newPlot, JSON.parse(told[0])),
      await counted(Plotly.react, JSON.parse(told[0])),
      await counted(Plotly.react, JSON.parse(told[1])),
    ];
  } finally {
    Element.prototype.setAttribute = set;
    Plotly.purge(place);
  }
}"""


@dataclass(frozen=True)
class Text:
    """One line of text in a picture, with its rectangle in px from the upper left corner."""

    text: str
    size: float
    colour: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Text") -> bool:
        """Whether two lines overlap; letters keep a fifth of their line's height free."""
        air = 0.12 * min(self.bottom - self.top, other.bottom - other.top)
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and high > 2 * air


class Easel:
    """A page on which pictures are drawn."""

    def __init__(self, browser):
        self._page = browser.new_page(viewport={"width": 1400, "height": 2000})
        self._page.set_content("<div id='picture'></div>")
        self._page.add_script_tag(path=str(PLOTLY))
        self._texts: dict[tuple[View, str], list[Text]] = {}

    def texts(self, picture: Picture, font: str = "") -> list[Text]:
        """Every line of text in it, optionally in another font than it names; looked at once."""
        at = picture.view, font
        if at not in self._texts:
            found = self._page.evaluate(_TEXTS, _asked(picture, font))
            self._texts[at] = [Text(**each) for each in found]
        return self._texts[at]

    def png(self, picture: Picture) -> bytes:
        """The picture as the reader's browser saves it."""
        url = self._page.evaluate(_PNG, _asked(picture))
        return base64.b64decode(url.partition(",")[2])

    def strokes(self, chart: Chart, other: Chart) -> list[int]:
        """How often a page sets an attribute to draw a chart, the same once more, and another in
        its place."""
        return self._page.evaluate(_AGAIN, [chart.to_json(), other.to_json()])


def _asked(picture: Picture, font: str = "") -> list:
    figure = json.loads(picture.chart.to_json())
    if font:
        figure["layout"]["font"]["family"] = font
    return [figure, picture.width, picture.height]


def faults(picture: Picture, texts: list[Text]) -> Iterator[str]:
    """What is wrong with where words stand: they overlap, or the picture's edge cuts them."""
    for one, other in combinations(texts, 2):
        if one.meets(other):
            yield f"{one.text!r} and {other.text!r} overlap"
    for each in texts:
        if each.left < 0 or each.right > picture.width:
            yield f"{each.text!r} is cut at a side"
        if each.top < 0 or each.bottom > picture.height:
            yield f"{each.text!r} is cut above or below"
