"""Denominators: the total numbers of people, apartment blocks, households and power customers, and
how many people live in a household.

What     statements from public pages, collected by hand; each row says who stated it and when
Unit     people, buildings, households or customers, as stated
Cadence  none; a row is added when somebody states another number

Traps
- The table keeps numbers that contradict each other. Kyiv has from 2.9 to 4 million people in it.
- What is counted stands there in the words of the page. QUANTITIES gives each wording its
  indicator. A wording that it lacks is refused, until a person has added it.
- Some counts were computed from a share ("5,635 buildings = 46%"). They are estimates with the
  bound "about", and their note says so.
- The customers of a supplier's area belong to no place. The customers of one heating plant would
  show where the plant is, and no place finer than a city is kept. Both are refused.
"""

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Populations, apartment blocks, households and power customers"),
    publisher=N_("the pages named in each row"),
    url="",
    licence=N_("facts cited from the pages named; the compilation Apache-2.0"),
    files=(DATA / "baselines" / "baselines.csv",),
)

# What is counted, in the words of the table -> our indicator.
QUANTITIES = {
    "population": "population",
    "population claimed by mayor": "population",
    "resident population": "population",
    "resident population (official)": "population",
    "apartment buildings in the city (denominator of heating losses)": "apartment_blocks",
    "apartment blocks in the city": "apartment_blocks",
    "housing stock implied by 5635 buildings = 46%": "apartment_blocks",
    "residential buildings served by Kyivenergo and connected to heating (86.1% = 8254)": (
        "apartment_blocks"
    ),
    "residential buildings due for central heating (3288 = 34.2%)": "apartment_blocks",
    "residential buildings to be connected by district (sum of the ten districts)": (
        "apartment_blocks"
    ),
    "household customers": "households",
    "people in an average household": "household_size",
    "electricity consumers (114000 = 10.5%)": "customers",
}
NO_PLACE = "a supplier's area is no city, oblast or country"
# What is counted, in the words of the table -> why it is no denominator.
UNFIT = {
    "half of apartment buildings": "a share of the whole, not the whole",
    "homes (flats) per building implied by 400000 flats in 3500 buildings": (
        "a ratio of two counts, not a count"
    ),
    (
        "residential buildings without heating 27 Dec 2025 called a third"
        " / more than 40% of the city"
    ): "a loss and its share, not the whole",
    "apartment buildings heated by Darnytska CHPP": "finer than a city: one plant's customers",
    "people supplied": NO_PLACE,
    "electricity generation capacity left (GW)": "generation capacity is no denominator",
}

UNJUDGED = "wording not in the table of quantities"
NO_DATE = "no date on the calendar"
UNREADABLE = "a cell cannot be read as its column says"


def parse(payload: bytes) -> Parsed:
    """One figure for each row. A row that is no denominator is refused with a reason.

    Raises ValueError if the payload is no table or lacks a column.
    """
    parsed = Parsed()
    for _, row in parsed.records(payload, ["id", "place", "quantity", "value"]):
        if reason := _unfit(row):
            parsed.refuse(row["id"], reason, row)
            continue
        try:
            parsed.figures.append(_figure(row))
        except UnknownPlace:
            parsed.refuse(row["id"], NO_PLACE, row)
        except ValueError:
            parsed.refuse(row["id"], UNREADABLE, row)
    return parsed


def _unfit(row: dict[str, str]) -> str:
    """The reason why a row is no denominator; "" if it is one."""
    if row["quantity"] not in QUANTITIES:
        return UNFIT.get(row["quantity"], UNJUDGED)
    # "before the war" is no day, month or year. The program does not invent a date for it.
    return "" if row["as_of"][:4].isdigit() else NO_DATE


def _figure(row: dict[str, str]) -> Figure:
    indicator = QUANTITIES[row["quantity"]]
    place = find(row["place"]).pcode
    role = speakers.identify(row["attributed_to"], place).role
    derived = row["note"].startswith("derived")
    return Figure(
        indicator=indicator,
        value=float(row["value"]),
        value_high=float(row["value_high"]) if row["value_high"] else None,
        bound="about" if derived else row["bound"],
        unit=row["unit"],
        place=place,
        date=row["as_of"],
        as_of=row["as_of"] if len(row["as_of"]) == len("2026-01-25") else "",
        cause="",
        attributed_to=row["attributed_to"],
        publisher=row["publisher"],
        url=row["url"],
        position=row["id"],
        # Rows differ in what exactly they count. This explains most contradictions.
        note="; ".join(filter(None, (row["quantity"], row["note"]))),
        verification="estimated" if derived else speakers.verification(indicator, role),
        source="baselines",
        source_key=row["id"],
    )
