"""Views: from the codes of an address to a picture of the published figures.

    View.read(texts)        what is to be shown; WrongParameter says what cannot be
    draw(view, reader)      the Picture: chart, words, figures, name

view.py has the record, reading.py the address, kinds/ one module for each kind of picture.
"""

from impact.views.kinds import KINDS, kinds_of
from impact.views.picture import Picture, draw, redraw
from impact.views.reading import PARAMETERS, InvalidView
from impact.views.view import View

__all__ = [
    "KINDS",
    "PARAMETERS",
    "InvalidView",
    "Picture",
    "View",
    "draw",
    "kinds_of",
    "redraw",
]
