"""Power: customers, households and people without electricity, by day."""

from impact.model.language import N_
from pages.parts.explore import supply

TITLE = N_("Power")
ORDER = 20
SHOWS = {"indicator": "power_outage", "places": "UA"}

supply.page("power_outage")
