"""The form in which a person writes a figure: a correction, or one that the reader missed."""

from collections.abc import Iterable, Mapping

from impact.model import fields, vocabulary
from impact.model.figure import BOUNDS, CAUSES, NAMES, PERIODS, UNSTATED, Figure, InvalidFigure
from impact.model.indicators import IMPACTS, INDICATORS
from impact.model.lines import one_line
from impact.model.places import PLACES
from impact.queries import review_order
from pages.parts.shell import screen as st
from pages.parts.shell import session

STEP = 1.0


def fill(start: Mapping, key: str, *, quoted: bool = True) -> dict:
    """Draws the fields, filled from a figure's or a few of its columns; returns what they hold.

    quoted  whether the figure has a passage; those of tables have none
    """
    words = session.words()
    indicator = INDICATORS[_indicator(start, key)]
    chosen: dict[str, object] = {"indicator": indicator.name}
    with st.container(horizontal=True):
        for name in ("value", "value_high"):
            chosen[name] = _number(name, start, key)
        own = f"{key}-{indicator.name}"
        names = vocabulary.bound_names(indicator.units[0]) | fields.EXACTLY
        chosen["bound"] = _choice("bound", BOUNDS, names, start, key)
        chosen["unit"] = _choice("unit", indicator.units, vocabulary.UNIT_NAMES, start, own)
    with st.container(horizontal=True):
        chosen["place"] = _place(start, key)
        chosen["date"] = _text("date", start, key, "2026-01-24")
        chosen["as_of"] = _text("as_of", start, key, "2026-01-24T18:00").replace(" ", "T")
    with st.container(horizontal=True):
        known = (*vocabulary.PEOPLE, *({start.get("people", "all")} - {*vocabulary.PEOPLE}))
        chosen["people"] = _choice("people", known, vocabulary.PEOPLE, start, key)
        statuses = {each: indicator.says(each, words.language) for each in indicator.statuses}
        chosen["status"] = _choice("status", ("", *statuses), {"": "–"} | statuses, start, own)
        chosen["cause"] = _choice("cause", CAUSES, vocabulary.CAUSE_NAMES, start, key)
        chosen["period"] = _choice("period", PERIODS, fields.PERIODS, start, key)
    chosen["attributed_to"] = _text("attributed_to", start, key)
    if quoted:
        chosen["quote"] = st.text_area(
            _label("quote"),
            start.get("quote", ""),
            key=f"{key}-quote",
            height=80,
            help=words._("Exactly as the report has it, the number included."),
        )
    return chosen


def made(base: Mapping, chosen: Mapping, reading: Mapping | None) -> Figure | str:
    """The figure that the form describes, or the sentence that says what is wrong with it.

    reading  what was read from the report; None for a figure of a table, which has no passage
    """
    words = session.words()
    unstated = chosen["bound"] == UNSTATED
    if chosen["value"] is None and not unstated:
        return words._(
            "Number: write the number that the passage states. If it states none, choose the bound "
            "“no number given”."
        )
    if unstated and (chosen["value"] is not None or chosen["value_high"] is not None):
        return words._("Number: leave it empty, or choose another bound than “no number given”.")
    filled = {**base, **chosen} | ({"unit": ""} if unstated else {})
    if reading and chosen["quote"] != base.get("quote", ""):
        found = review_order.locate(reading["text"], chosen["quote"], base.get("start") or 0)
        if not found:
            return words._(
                "Passage: it does not stand in the report like this. Copy it from the text."
            )
        filled["start"], filled["end"] = found
        filled["quote"] = reading["text"][slice(*found)]
        filled["position"] = review_order.position_at(reading.get("marks", ()), found[0])
    try:
        figure = Figure(**filled)
    except InvalidFigure as error:
        return review_order.fault(error, words)
    if reading and not review_order.supported({name: getattr(figure, name) for name in NAMES}):
        return words._(
            "Number: the passage does not contain it. A number that its passage does not contain "
            "cannot be published; take in the words that state it."
        )
    return figure


def changes(base: Mapping, figure: Figure) -> dict[str, list]:
    """What a form has changed: name of the field -> [before, after]."""
    return {
        name: [base[name], getattr(figure, name)]
        for name in NAMES
        if base[name] != getattr(figure, name)
    }


def _label(name: str) -> str:
    label = fields.NAMES[name]
    return session.words()._(label)


def _indicator(start: Mapping, key: str) -> str:
    words = session.words()
    options = list(dict.fromkeys([*IMPACTS, start.get("indicator", IMPACTS[0])]))
    names = {name: INDICATORS[name].title[words.language] for name in options}
    return _choice("indicator", options, names, start, key)


def _number(name: str, start: Mapping, key: str) -> float | None:
    return st.number_input(
        _label(name),
        value=start.get(name),
        step=STEP,
        format="%g",
        key=f"{key}-{name}",
        width=150,
    )


def _choice(
    name: str, options: Iterable[str], names: Mapping[str, str], start: Mapping, key: str
) -> str:
    words = session.words()
    options = list(options)
    now = start.get(name)
    return st.selectbox(
        _label(name),
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda option: words._(names.get(option, option)),
        key=f"{key}-{name}",
        width=190,
    )


def _place(start: Mapping, key: str) -> str | None:
    words = session.words()
    options = list(PLACES)
    now = start.get("place")
    return st.selectbox(
        _label("place"),
        options,
        index=options.index(now) if now in options else None,
        format_func=lambda pcode: place_name(pcode, words.language),
        placeholder=words._("Type a name"),
        key=f"{key}-place",
        width=300,
    )


def place_name(pcode: str, language: str) -> str:
    """A place by its names in every language, a city with its oblast: typing any finds it."""
    place = PLACES[pcode]
    names = list(dict.fromkeys([place.name(language), *place.names.all()]))
    if place.oblast not in ("", pcode):
        names.append(PLACES[place.oblast].name(language))
    return " · ".join(names)


def _text(name: str, start: Mapping, key: str, placeholder: str = "") -> str:
    text = st.text_input(
        _label(name),
        start.get(name, ""),
        key=f"{key}-{name}",
        placeholder=placeholder,
        max_chars=200,
        width=190 if placeholder else "stretch",
    )
    return one_line(text)
