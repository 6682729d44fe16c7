"""Power: customers, households and people without electricity, by day."""

from pages.parts import supply

supply.page("power_outage")
