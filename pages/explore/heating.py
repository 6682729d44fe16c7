"""Heating: buildings, households and people without heat, by day, beside the temperature."""

from impact.model.language import N_
from pages.parts.explore import supply

TITLE = N_("Heating")
ORDER = 30
SHOWS = {"indicator": "heating_loss", "places": "UA"}

supply.page("heating_loss")
