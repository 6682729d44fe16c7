"""Power: customers, households and people without electricity, by day."""

from pages.parts.explore import supply

supply.page("power_outage")
