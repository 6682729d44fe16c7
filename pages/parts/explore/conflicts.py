"""The parts of the Conflicts page: its filters, the list, and one conflict side by side."""

from collections.abc import Sequence
from datetime import date

from impact import charts, queries
from impact.model import places, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES
from impact.queries import conflicts
from impact.queries.conflicts import COUNTED, KINDS, Conflict
from impact.views import View, kinds_of
from impact.wording import captions, conflict_captions
from pages.parts.explore import chart, evidence, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

CHOSEN = "conflict"
# Rows of the list that are seen at once, and statements side by side.
ROWS_PX, CARD_PX = 388, 292


def found(rule: str) -> list[Conflict]:
    """The conflicts that the filters ask for, and how many are left aside."""
    with st.container(horizontal=True):
        indicators = filters.choose_indicators(COUNTED)
        pcodes = filters.choose_anywhere(COUNTED)
        period = filters.choose_period(COUNTED, winter=True)
    kinds = _choose_kinds()
    every = conflicts.conflicts(
        session.reader(), *period, indicators=indicators, places=_within(pcodes), rule=rule
    )
    shown = [each for each in every if set(each.kinds) & set(kinds)]
    _count(len(shown), len(every), period)
    return shown


def _choose_kinds() -> list[str]:
    words = session.words()
    chosen = address.choose_some(
        st.segmented_control,
        words._("Kind of difference"),
        list(KINDS),
        key="kinds",
        show=lambda kind: words._(KINDS[kind]),
        selection_mode="multi",
    )
    return chosen or list(KINDS)


def _within(pcodes: Sequence[str]) -> list[str]:
    """The places, and the cities of oblasts among them."""
    known = [PLACES[pcode] for pcode in pcodes]
    cities = [city for each in known if each.level == "oblast" for city in places.inside(each)]
    return sorted({each.pcode for each in (*known, *cities)})


def _count(shown: int, every: int, period: tuple[date, date]) -> None:
    words = session.words()
    text = words.plural("{count} conflict", "{count} conflicts", shown)
    st.header(f"{text}, {words.period(*period)}", anchor=False)
    if every > shown:
        st.caption(
            words.plural(
                "{count} difference of another kind is not shown: choose its kind above.",
                "{count} differences of other kinds are not shown: choose their kind above.",
                every - shown,
            )
        )


def listing(some: list[Conflict]) -> Conflict:
    """The list, the gravest first.

    A row, or the box under it, chooses the conflict that is shown.
    """
    words = session.words()
    st.caption(words._(conflicts.RANKED), help=words._(conflicts.RANK_HELP))
    table = conflict_captions.table(some, words)
    st.dataframe(
        table,
        key="conflicts",
        hide_index=True,
        height=min(ROWS_PX, 38 + 35 * len(some)),
        on_select=lambda: _look_at(some),
        selection_mode="single-row",
        alt=words._("Conflicts, the gravest first"),
    )
    chart.download(table, "conflicts")
    names = {each.claim: conflict_captions.name(each, words) for each in some}
    claim = address.choose(
        st.selectbox,
        words._("Side by side"),
        list(names),
        key=CHOSEN,
        default=some[0].claim,
        show=lambda claim: names[claim],
    )
    return next(each for each in some if each.claim == claim)


def _look_at(some: list[Conflict]) -> None:
    for number in st.session_state["conflicts"]["selection"]["rows"]:
        address.put(CHOSEN, some[number].claim)


def side_by_side(conflict: Conflict) -> None:
    """One conflict on its time line, and each statement in words."""
    words, rows = session.words(), conflict.time_line
    kinds = conflict_captions.kinds(conflict, words)
    told = [f"{kinds[:1].upper()}{kinds[1:]}.", conflict_captions.farthest(conflict, words)]
    if conflict.untimed:
        told.append(
            words._(
                "Not every source says at which hour: a part of the difference may be the time "
                "between them."
            )
        )
    st.markdown(" ".join(told))
    caption = conflict_captions.caption(
        conflict,
        words,
        queries.extent(session.reader()).built_at,
        logarithmic=charts.far_apart(rows),
    )
    picture = charts.statements_over_time(rows, caption, words, session.theme(), session.sheet())
    chart.chart("statements", picture, caption, conflict.figures, _view(conflict))
    st.caption(
        words._(
            "Larger mark: leads. Slash: in doubt. Filled: verified or confirmed; hollow: reported. "
            "Triangle up: at least; down: up to; diamond: about. Dotted line: one source's words "
            "one after the other. Select a mark to see its evidence."
        )
    )
    _statements(conflict)


def _view(conflict: Conflict) -> View | None:
    """The picture nearest to a conflict: the statements of a toll, or the day's bars with their
    rivals.

    There is none for a part of a whole, or for a group of people without a word of ours.
    """
    row = conflict.row
    if row["part"] or row["people"] not in vocabulary.PEOPLE:
        return None
    kinds, day = kinds_of(INDICATORS[row["indicator"]]), row["day"].date()
    return View(
        indicator=row["indicator"],
        kind="toll" if "toll" in kinds else "bars",
        places=(row["place"],),
        first=day,
        last=day,
        unit=row["unit"],
        people=row["people"],
        rule=address.value("rule"),
        language=session.words().language,
    )


def _statements(conflict: Conflict) -> None:
    words = session.words()
    doubts = queries.doubts(session.reader(), conflict.figures["figure_id"].tolist())
    st.header(words._("Statement by statement"), anchor=False)
    with st.container(horizontal=True, key="statements"):
        for said in conflict.told:
            rows = conflicts.rows_of(said)
            with st.container(border=True, width=CARD_PX):
                what = captions.what(rows[0], words)
                st.caption(f"{what} · {conflict_captions.held(rows[0], words)}")
                if said[0].leads:
                    evidence.leading(rows, doubts, words)
                else:
                    evidence.beside(rows, doubts, words)
