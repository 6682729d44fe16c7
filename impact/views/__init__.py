"""Views: from the codes of an address to a picture of the published figures.

    View.read(texts)            what is to be shown; WrongParameter says what cannot be
    draw(view, reader, sheet)   the Picture: chart, words, figures, name

view.py has the record, reading.py the address, kind.py what a kind of picture has, kinds/ one
module for each; picture.py draws, and keeps what it has drawn.
"""

from impact.views.kind import kinds_of
from impact.views.kinds import KINDS
from impact.views.picture import Picture, again, draw, redraw
from impact.views.reading import InvalidView, of_view
from impact.views.view import View

PARAMETERS = of_view()

__all__ = [
    "KINDS",
    "PARAMETERS",
    "InvalidView",
    "Picture",
    "View",
    "again",
    "draw",
    "kinds_of",
    "redraw",
]
