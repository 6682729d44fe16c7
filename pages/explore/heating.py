"""Heating: buildings, households and people without heat, by day, beside the temperature."""

from pages.parts.explore import supply

supply.page("heating_loss")
