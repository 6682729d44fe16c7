"""The parts of the Review page."""

from pages.parts.review.card.cases import arrive, case, overtaken
from pages.parts.review.card.listing import overview, progress
from pages.parts.review.card.looked_at import card, text
from pages.parts.review.card.remaining import lost, missed, not_figures

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
