"""How figures come in: sourced tables (sources/) and situation reports."""
