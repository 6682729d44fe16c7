"""A store that fits on a screen: a range, a bound, rivals, a doubt, a part, tolls, degrees."""

from tests.made import BILA_TSERKVA, KHARKIV_OBLAST, KYIV, MAYOR, MINISTER, figure, toll

TEMPERATURE = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
POWER = {"indicator": "power_outage", "unit": "customers"}
SMALL = [
    figure(value=6000.0, bound="about", attributed_to=MAYOR, verification="confirmed"),
    figure(value=3300.0, status="without", attributed_to=MAYOR, verification="confirmed"),
    figure(value=3200.0, status="without", bound="at_least", attributed_to=MINISTER),
    figure(value=320_000.0, date="2026-01-25", published="2026-01-25"),
    figure(value=12_000.0, indicator="apartment_blocks", status="", date="2026"),
    figure(value=900.0, value_high=1200.0, place=BILA_TSERKVA, date="2026-01-26"),
    figure(value=40.0, part="one district", date="2026-01-26", published="2026-01-26"),
    figure(value=80_000.0, **POWER, place=KHARKIV_OBLAST, bound="at_least"),
    toll(5.0, attributed_to="Syniehubov (governor)"),
    toll(7.0, published="2026-01-25", attributed_to="Syniehubov (governor)"),
    toll(12.0, indicator="injured"),
    toll(2.0, people="children"),
    figure(value=-19.0, **TEMPERATURE, place=KYIV),
    figure(value=375.0, indicator="drones_launched", unit="drones", status="", place="UA"),
]
