"""The parts of the Review page."""

from pages.parts.judging.cases import arrive, case, overtaken
from pages.parts.judging.listing import overview, progress
from pages.parts.judging.looked_at import card, text
from pages.parts.judging.remaining import lost, missed, not_figures

__all__ = [
    "arrive",
    "card",
    "case",
    "lost",
    "missed",
    "not_figures",
    "overtaken",
    "overview",
    "progress",
    "text",
]
