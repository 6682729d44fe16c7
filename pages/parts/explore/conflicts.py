"""The parts of the Conflicts page: its filters, the list, and one conflict side by side."""

from collections.abc import Sequence
from datetime import date

from impact import queries
from impact.model import places
from impact.model.places import PLACES
from impact.queries import conflicts
from impact.queries.conflicts import COUNTED, KINDS, Conflict, Gravest
from impact.store.reader import Reader
from impact.views import View, reading
from impact.wording import captions, conflict_captions
from pages.parts.explore import chart, evidence, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

CHOSEN = "conflict"
# Conflicts that are listed: more than that, nobody reads.
MOST = 300
# Rows of the list that are seen at once, and statements side by side.
ROWS_PX, CARD_PX = 388, 292
# Px wide that the words of a loss are.
WHAT_PX = 190


def found() -> tuple[list[Conflict], str]:
    """The gravest conflicts that the filters ask for, and the rule by which one statement of each
    leads. How many are left aside is told."""
    with filters.line():
        indicators = filters.choose_indicators(COUNTED)
        pcodes = filters.choose_anywhere(COUNTED)
        period = filters.choose_period(COUNTED)
        with filters.more():
            kinds = _choose_kinds()
            rule = filters.choose_rule()
    reader = session.reader()
    gravest = _gravest(reader.snapshot, reader, period, kinds, indicators, _within(pcodes), rule)
    _count(gravest, period)
    return gravest.some, rule


@st.cache_resource(max_entries=32, show_spinner=False)
def _gravest(
    snapshot: str,
    _reader: Reader,
    period: tuple[date, date],
    kinds: Sequence[str],
    indicators: Sequence[str],
    pcodes: Sequence[str],
    rule: str,
) -> Gravest:
    """The conflicts of a period, kept while the snapshot stands: looking at another one asks for
    the same list. Whoever asks gets the same: read it only."""
    return conflicts.gravest(
        _reader, *period, MOST, kinds=kinds, indicators=indicators, places=pcodes, rule=rule
    )


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


def _count(gravest: Gravest, period: tuple[date, date]) -> None:
    words, shown = session.words(), len(gravest.some)
    text = words.plural("{count} conflict", "{count} conflicts", shown)
    if gravest.less_grave:
        text = words.plural("The gravest conflict", "The {count} gravest conflicts", shown)
    st.header(f"{text}, {words.period(*period)}", anchor=False)
    for each in conflict_captions.besides(gravest, words):
        st.caption(each)


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
        column_config={words._("What"): st.column_config.TextColumn(width=WHAT_PX)},
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
    words = session.words()
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
    view = View(
        indicator=conflict.row["indicator"],
        kind=reading.OF_CONFLICT,
        conflict=conflict.claim,
        rule=address.value("rule"),
        language=words.language,
    )
    chart.show(chart.draw(view))
    chart.how_to_read(conflict_captions.READING)
    _statements(conflict)


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
