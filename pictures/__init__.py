"""Charts as files, PNG and SVG, drawn by a browser: the reader's own, or one found on the server.

Neither `impact`, which knows no browser, nor a part of the pages: commands draw pictures too.
draw.js is the drawing itself, the same for both browsers; chromium.py runs it on the server.
"""

from pathlib import Path

# Plain functions, after plotly.min.js in the same page: drawn(figure, width, height, title, words)
# and bitmap(svg, width, height, scale, shown).
SCRIPT = Path(__file__).with_name("draw.js")
