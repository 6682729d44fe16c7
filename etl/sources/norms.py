"""Monthly norms of air temperature. They show whether a week was colder than usual.

What     mean temperature of each month in 57 places, from the building norm
         DSTU-N B V.1.1-27:2010 ("Construction climatology")
Unit     degrees Celsius
Cadence  none: one edition, 2010

The date of a figure is the year of the edition with the month of the norm. "2010-01" means January
in the edition of 2010, not January of that year.

Traps
- The norms come from older and colder decades. In Kyiv, Kharkiv and Odesa January of 2022 to 2024
  was about three degrees warmer. So they are for comparison and no limit.
- Ten of the places are weather stations or villages that the gazetteer does not have: refused.
- Two values for December do not fit the months around them (SLIPS). They are kept and marked as
  doubtful.
- The columns for the year and for the heating period are no months and are not read.
"""

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

EDITION = "2010"
STANDARD = f"DSTU-N B V.1.1-27:{EDITION}"

SOURCE = Source(
    title=N_("Monthly norms of air temperature"),
    publisher=STANDARD,
    url="https://github.com/bulhakovolexii/bilux-calc/blob/3878901/docs/appendixes/appendix-a.md",
    licence=N_("MIT (transcription in bilux-calc); figures of a state building norm"),
    files=(DATA / "weather" / "monthly_norms.csv",),
)

# Column -> month of the norm.
MONTHS = {f"m{month}": f"{EDITION}-{month:02}" for month in range(1, 13)}
# Probable errors of the transcription: December is warmer than November there. The pair below
# is for Henichesk. A second error is for Mizhhiria, which the gazetteer does not have.
SLIPS = {("UA6504001001", "m12")}
SLIP = "likely a slip of the transcription: out of line with the months around it"

NO_PLACE = "place is not in the gazetteer: a weather station or a village"
UNREADABLE = "a month cannot be read as a temperature"


def parse(payload: bytes) -> Parsed:
    """Twelve figures for each row, one for each month; or a refusal.

    Raises ValueError if the payload is no table or lacks a column.
    """
    parsed = Parsed()
    for position, row in parsed.records(payload, ["oblast", "place", *MONTHS]):
        try:
            place = find(row["place"], within=find(row["oblast"]))
            parsed.figures += [_figure(row, each, place.pcode, position) for each in MONTHS]
        except UnknownPlace:
            parsed.refuse(position, NO_PLACE, row)
        except ValueError:
            parsed.refuse(position, UNREADABLE, row)
    return parsed


def _figure(row: dict[str, str], column: str, pcode: str, position: str) -> Figure:
    slip = (pcode, column) in SLIPS
    role = speakers.identify(STANDARD, pcode).role
    return Figure(
        indicator="temperature_norm",
        value=float(row[column]),
        unit="celsius",
        place=pcode,
        date=MONTHS[column],
        cause="",
        period="average",
        attributed_to=STANDARD,
        publisher="bilux-calc",
        published=EDITION,
        url=SOURCE.url,
        position=f"{position}, column {column}",
        note=SLIP if slip else "",
        language="uk",
        verification=speakers.verification("temperature_norm", role),
        dubious=slip,
        source="norms",
        source_key=f"{pcode}, {MONTHS[column]}",
    )
