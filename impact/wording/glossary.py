"""What the Sources page explains: limits of the data, documents, outlets, speakers, columns."""

import pandas as pd

from impact.model.figure import COLUMNS
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.outlets import called
from impact.model.rows import records
from impact.model.vocabulary import UNIT_NAMES
from impact.wording.captions import who

# What a reader must know before quoting.
COVERAGE = N_(
    "The shipped figures follow October 2025 to 21 March 2026 day by day and are not a complete "
    "count; of the three winters before they have large attacks and outages only."
)
RIVALS = N_("A figure is what one page stated. Rival figures stand side by side; none is added up.")
TOTALS = N_(
    "A total is the area's own claim, or else the sum of its parts, marked “at least”: "
    "places that nobody reported on are missing from it, not zero."
)
LEVELS = N_("Power, heating, water and gas are levels of a day. They are never summed over days.")
CAUSES = N_(
    "Losses from weather, accidents and planned cuts are not drawn with those from strikes."
)
FINEST = N_("Energy plants have no place here: a city or oblast is the finest that is kept.")
NO_SENTENCES = N_(
    "The shipped table keeps numbers and pages, not the sentences; open the page to read them."
)
DEGREES = N_("Daily temperatures end in January 2024; later winters show what reports mention.")
SHARES = N_("Populations are of 2022 and older: shares are orders of magnitude.")
BORDERS = N_("Ukraine is shown in its internationally recognised borders.")
# All of them, as the Sources page has them.
LIMITS = (
    *(COVERAGE, RIVALS, TOTALS, LEVELS, CAUSES),
    *(FINEST, NO_SENTENCES, DEGREES, SHARES, BORDERS),
)


def documents(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Loaded tables: rows in, kept and refused, with licence and time of loading."""
    return pd.DataFrame(
        {
            words._("Table"): [words._(title) for title in rows["title"]],
            words._("Rows"): rows["rows_in"],
            words._("Kept"): rows["rows_kept"],
            words._("Refused"): rows["rows_refused"],
            words._("Publisher"): [words._(name) for name in rows["publisher"]],
            words._("Licence"): [words._(licence) for licence in rows["licence"]],
            words._("Page"): rows["url"],
            words._("Loaded"): [words.time(at) for at in rows["received_at"]],
        }
    )


def publishers(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Outlets by number of figures."""
    return pd.DataFrame(
        {
            words._("Published by"): [called(name, words.language) for name in rows["outlet"]],
            words._("Figures"): rows["figures"],
            words._("Pages"): rows["pages"],
            words._("Latest"): rows["latest"],
            words._("Licence"): [words._(licence) for licence in rows["licence"]],
        }
    )


def speakers(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Speakers by number of figures, with what kind of body they speak for."""
    return pd.DataFrame(
        {
            words._("Said by"): [who(row, words) for row in records(rows)],
            words._("Role"): [words._(ROLES.get(role, role)) for role in rows["role"]],
            words._("Figures"): rows["figures"],
            words._("Latest"): rows["latest"].dt.date,
        }
    )


def indicators(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Indicators with their kind, units, HXL tag and the days they cover."""
    known = [INDICATORS[name] for name in rows["indicator"]]
    return pd.DataFrame(
        {
            words._("Indicator"): [each.title[words.language] for each in known],
            words._("Column value"): rows["indicator"],
            words._("Kind"): [words._(KINDS[each.kind]) for each in known],
            words._("Units"): [
                ", ".join(words._(UNIT_NAMES[unit]) for unit in each.units) for each in known
            ],
            words._("HXL tag"): [each.hxl for each in known],
            words._("Figures"): rows["figures"],
            words._("First"): rows["first"].dt.date,
            words._("Last"): rows["last"].dt.date,
        }
    )


def columns(words: Words) -> pd.DataFrame:
    """The data dictionary: every column of a figure with its meaning and HXL tag."""
    meanings = [each.metadata["meaning"] for each in COLUMNS]
    return pd.DataFrame(
        {
            words._("Column"): [each.name for each in COLUMNS],
            words._("Meaning"): [words._(meaning) for meaning in meanings],
            words._("HXL tag"): [each.metadata["hxl"] for each in COLUMNS],
        }
    )


KINDS = {
    "stock": N_("level of a day"),
    "flow": N_("toll or count of an event"),
    "baseline": N_("baseline"),
}
ROLES = {
    "recorder": N_("independent recorder"),
    "un": N_("United Nations body"),
    "operator": N_("operator"),
    "mayor": N_("mayor or city council"),
    "city_administration": N_("city military administration"),
    "governor": N_("governor or oblast administration"),
    "rescue_service": N_("rescue service"),
    "police": N_("police"),
    "prosecutor": N_("prosecutor"),
    "ministry": N_("ministry or government"),
    "air_force": N_("Air Force"),
    "president": N_("president"),
    "local_authority": N_("local authority"),
    "meteorologist": N_("weather service"),
    "statistics": N_("statistics office"),
    "media": N_("media"),
    "other": N_("other"),
    "": N_("not known"),
}
