"""The map of one indicator and day, as the Map page and the overview show it."""

from datetime import date

from impact import charts, queries
from impact.model import places, vocabulary
from impact.views import View
from impact.wording import captions, titles
from impact.wording.captions import Caption
from pages.parts.explore import chart
from pages.parts.shell import session


def draw(indicator: str, day: date, status: str, unit: str, rule: str) -> None:
    """Oblasts and cities in absolute classes; what was said of the whole country stands below."""
    words, reader = session.words(), session.reader()
    areas = queries.area_totals(
        reader, indicator, places.parts(places.UKRAINE), day, unit=unit, status=status, rule=rule
    )
    claims = queries.leads(reader, [indicator], day, day, rule=rule)
    claims = claims[(claims["unit"] == unit) & (claims["status"] == status)]
    cities = claims[claims["place"].map(places.is_city) & (claims["part"] == "")]
    country, days = [places.UKRAINE.pcode], (day, day)
    title = titles.title(indicator, country, days, words, unit=unit, status=status)
    counted, how = words._(vocabulary.UNIT_NAMES[unit]), words._("the same classes every day")
    caption = Caption(
        title,
        titles.subtitle(counted, country, days, words, how=how),
        captions.foot(
            claims,
            words,
            queries.extent(reader).built_at,
            notes=(*captions.of_country(claims, words), words._(captions.ON_THE_MAP)),
        ),
        captions.describe(claims, words, title, queries.marks_of_map(areas, cities)),
    )
    picture = charts.country_map(
        areas, cities, indicator, caption, words, session.theme(), session.sheet()
    )
    view = View(
        indicator=indicator,
        kind="map",
        places=tuple(country),
        first=day,
        last=day,
        status=status,
        unit=unit,
        rule=rule,
        language=words.language,
    )
    chart.chart(f"map-{indicator}-{day}", picture, caption, claims, [view])
