"""Evidence: every claim behind a mark, with who said it, where, when, and why one leads.

A drawer beside the page; Escape closes it. `?claim=…` in the address opens it straight away. It
stays open while the page below is drawn anew, as for a window that has become narrower.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from itertools import chain
from operator import itemgetter
from urllib.parse import urlencode

import pandas as pd

from impact import queries
from impact.access.actions import Action
from impact.model import vocabulary
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.queries.evidence import Kind, kinds
from impact.queries.many import NOTHING, Many
from impact.rules import headline, plausibility
from impact.wording import captions, markup
from pages.parts.explore import to_nights
from pages.parts.review import contesting, notes
from pages.parts.shell import access, alone, news, renewal, session
from pages.parts.shell import screen as st

_OPEN, _OVER, _ROUND, _LINKED = "_evidence", "_evidence_over", "_evidence_round", "_linked"
# The key of the folded list of figures in doubt.
DOUBTED = "doubted"
# So many claims of one kind are listed behind a mark, and so many figures in doubt.
MOST_LISTED = 300
# Where a figure is shown: it may stand on the page and, at once, in the drawer over it.
_PAGE, _DRAWER = "page", "drawer"
# One figure and every row that prints it.
Statement = Sequence[Row]


def show(
    claims: Sequence[str],
    behind: Many = NOTHING,
    *,
    added: bool = True,
    beside: Sequence[Many] = (),
) -> None:
    """Opens the drawer on one claim or on several.

    behind  the figures of the mark
    added   the mark is the sum of the claims; else it shows how many there are
    beside  the figures of each number that stands beside the mark's: listed after it, never added
    """
    st.session_state[_OPEN] = (tuple(claims), behind, added, tuple(beside))
    st.session_state.pop(_OVER, None)


def round_of() -> int:
    """A number that changes when the drawer closes. In a chart's key, it undoes the selection."""
    return st.session_state.get(_ROUND, 0)


def render(rule: str, about: str = "") -> None:
    """Draws the drawer over the page that asked for it, until a reader closes it, or if the address
    names a claim.

    about  what the page shows, where its address alone does not tell: over anything else, the
           drawer of before is closed
    """
    linked = st.query_params.get("claim")
    if linked and _LINKED not in st.session_state:
        show([linked])
    st.session_state[_LINKED] = True
    if not (asked := st.session_state.get(_OPEN)):
        return
    here = (st.context.url, about)
    if st.session_state.setdefault(_OVER, here) == here:
        _draw(asked, rule)
    else:
        _forget()


def _draw(asked: tuple, rule: str) -> None:
    renewal.rests()  # what a reader types in the drawer would be gone
    drawer = st.dialog(
        session.words()._("Evidence"), width="medium", position="right", on_dismiss=_close
    )
    claims, behind, added, beside = asked
    if len(claims) == 1 and not beside:
        drawer(_one)(claims[0], rule)
    else:
        drawer(_several)((behind, *beside), rule, added)


def _close() -> None:
    """Closed by the reader: the address names no claim any more, and no mark is selected."""
    _forget()
    st.query_params.pop("claim", None)
    st.session_state[_ROUND] = round_of() + 1
    contesting.close()


def _forget() -> None:
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_OVER, None)


def _several(numbers: Sequence[Many], rule: str, added: bool) -> None:
    """The claims behind a mark and beside it, grouped by kind of number. Choosing one opens it in
    the drawer.

    numbers  the figures of each number
    added    a number is the sum of its claims; else it shows how many there are
    """
    words, reader = session.words(), session.reader()
    groups = [kinds(reader, each, MOST_LISTED) for each in numbers]
    every = [kind for group in groups for kind in group]
    claims = {claim for kind in every for claim in kind.claims}
    if len(claims) == 1:
        _one(claims.pop(), rule)
        return
    names = {row["claim"]: _name(row, words) for group in groups for row in _in_order(group)}
    chosen = st.selectbox(
        words._("Open one claim"),
        list(names),
        index=None,
        placeholder=words._("Choose a claim"),
        format_func=names.get,
    )
    if chosen:
        _one(chosen, rule)
        return
    days = [sorted(day for kind in group for day in kind.days) for group in groups]
    to_nights.offer(chain.from_iterable(days), rule)
    for kind in every:
        _listed(kind, added, words)


def _in_order(group: Sequence[Kind]) -> list[Row]:
    """The rows of a number, whatever their kind, by day, place and id."""
    rows = [row for kind in group for row in records(kind.rows)]
    return sorted(rows, key=itemgetter("day", "place", "figure_id"))


def _days(rows: pd.DataFrame) -> list[date]:
    """The days that figures are about; of a week or month none, which is no night."""
    return [day.date() for day in rows.loc[rows["period"] == "day", "day"]]


def _listed(kind: Kind, added: bool, words: Words) -> None:
    """The claims of one kind under what they come to."""
    rows = records(kind.rows)
    headed = captions.headed(rows[0], kind.count, kind.total if added else None, words)
    st.markdown(markup.ours("**{headed}**", headed=headed))
    for row in rows:
        st.markdown(
            markup.ours(
                "- {name} · {what} · {page}",
                name=_name(row, words),
                what=captions.what(row, words),
                page=captions.page(row, words),
            )
        )
    if (rest := kind.count - len(rows)) > 0:
        _all_of(kind, rest, words)


def _all_of(kind: Kind, rest: int, words: Words) -> None:
    """How many claims are not listed, and the way to all that was said of the same."""
    st.caption(
        words.plural(
            "{count} more claim is not listed here.",
            "{count} more claims are not listed here.",
            rest,
        )
    )
    first, last = kind.ends
    st.page_link(
        news.DATA,
        label=words._("See them"),
        query_params={
            "indicator": kind.rows["indicator"].iat[0],
            "from": first.isoformat(),
            "to": last.isoformat(),
        }
        | session.along(),
    )


def _name(row: Row, words: Words) -> str:
    place = PLACES[row["place"]].name(words.language)
    return f"{words.short_day(row['day'])}, {place}: {vocabulary.amount(row, words)}"


def _one(claim: str, rule: str) -> None:
    """One claim group: the leading claim, why it leads, and everything beside it."""
    words, reader = session.words(), session.reader()
    rows = queries.evidence(reader, claim, rule)
    if rows.empty:
        st.info(words._("This link names a claim that is not published here."))
        return
    doubts = queries.doubts(reader, rows["figure_id"].tolist())
    first, *others = headline.statements(rows)
    lead = first[0]
    st.markdown(
        markup.ours(
            "**{place}, {date}**",
            place=PLACES[lead["place"]].name(words.language),
            date=words.stated(lead["date"]),
        )
    )
    st.markdown(captions.what(lead, words))
    to_nights.offer(_days(rows), rule)
    if lead["doubted"]:
        st.markdown(words._("No claim leads: every one is in doubt."))
        others = [first, *others]
    else:
        with st.container(border=True):
            leading(first, doubts, words, _DRAWER)
    _others(others, doubts, words)
    if reason := access.closed(Action.DISPUTE):
        st.caption(words._(reason))
    label = words._("Link to this evidence")
    st.markdown(markup.own_link(label, urlencode({"claim": claim} | session.along())))


def leading(statement: Statement, doubts: pd.DataFrame, words: Words, place: str = _PAGE) -> None:
    """The leading figure, why it leads, and who said it."""
    lead = statement[0]
    st.header(vocabulary.amount(lead, words), anchor=False)
    _said(statement, words)
    # A statement without a number leads nothing.
    if why := lead["why"]:
        st.markdown(words._("Leads: {why}.", why=words._(why)))
    objections(lead, doubts, words)
    _printed(statement, words)
    notes.beside(statement)
    support = [
        words.plural("printed by {count} outlet", "printed by {count} outlets", lead["outlets"])
    ]
    if lead["bodies"]:
        stated = words.plural(
            "stated by {count} independent body",
            "stated by {count} independent bodies",
            lead["bodies"],
        )
        support.insert(0, stated)
    st.caption(" · ".join(support))
    contesting.offer(statement, place)


def _others(statements: Sequence[Statement], doubts: pd.DataFrame, words: Words) -> None:
    """The other figures, each once with every page that prints it, and their doubts in words."""
    if not statements:
        st.caption(words._("Nobody else gave a figure."))
        return
    count = words.plural("{count} claim beside it", "{count} claims beside it", len(statements))
    st.markdown(markup.ours("**{count}**", count=count))
    for each in statements:
        with st.container(border=True):
            beside(each, doubts, words, _DRAWER)


def beside(statement: Statement, doubts: pd.DataFrame, words: Words, place: str = _PAGE) -> None:
    """A figure that does not lead: why not, what speaks against it, who said it, and notes."""
    row = statement[0]
    amount, why = vocabulary.amount(row, words), row["why"]
    if why:
        st.markdown(markup.ours("**{amount}** · {why}", amount=amount, why=words._(why)))
    else:
        st.markdown(markup.ours("**{amount}**", amount=amount))
    _said(statement, words)
    objections(row, doubts, words)
    _printed(statement, words)
    notes.beside(statement)
    contesting.offer(statement, place)


def held_back(
    indicators: Collection[str], places: Collection[str], period: tuple[date, date]
) -> None:
    """Figures in doubt, which are listed but not drawn until a person answers the doubt."""
    words = session.words()
    count = queries.count_in_doubt(session.reader(), indicators, *period, places)
    if not count:
        return
    label = words.plural(
        "{count} figure is in doubt and not drawn",
        "{count} figures are in doubt and not drawn",
        count,
    )
    found = partial(queries.in_doubt, session.reader(), indicators, *period, places)
    _folded_doubts(label, found)


@alone.part
def _folded_doubts(label: str, found: Callable[[], pd.DataFrame]) -> None:
    """The figures under a label. They are read and listed when a reader opens it."""
    folded = st.expander(label, key=DOUBTED, on_change="rerun")
    if folded.open:
        with folded:
            _doubted(found())


def _doubted(rows: pd.DataFrame) -> None:
    """Figures in doubt, each with the sentences of its doubts."""
    words, reader = session.words(), session.reader()
    listed = rows.head(MOST_LISTED)
    doubts = queries.doubts(reader, listed["figure_id"].tolist())
    for row in records(listed):
        with st.container(border=True):
            place = PLACES[row["place"]].name(words.language)
            st.markdown(
                markup.ours(
                    "**{amount}** · {place}, {day}, {what}",
                    amount=vocabulary.amount(row, words),
                    place=place,
                    day=words.day(row["day"]),
                    what=captions.what(row, words),
                )
            )
            _said([row], words)
            objections(row, doubts, words)
            _printed([row], words)
            contesting.offer([row], _PAGE)
    if (rest := len(rows) - len(listed)) > 0:
        st.caption(
            words.plural(
                "{count} more is not listed here.", "{count} more are not listed here.", rest
            )
        )


def objections(row: Row, doubts: pd.DataFrame, words: Words) -> None:
    """What is held against a figure, and who has answered it."""
    for doubt in records(doubts[doubts["figure_id"] == row["figure_id"]]):
        text = plausibility.sentence(doubt["rule"], json.loads(doubt["detail"]), words)
        st.markdown(markup.ours(":orange[{text}]", text=text))
        if doubt["answered"]:
            st.markdown(
                words._(
                    "Answered by {who}: {reason}", who=doubt["answered_by"], reason=doubt["answer"]
                )
            )


def _said(statement: Statement, words: Words) -> None:
    """The sentence that says it, who said it, when it held and how sure it is."""
    row = statement[0]
    if told := _told_by(statement):
        st.html(captions.sentence(told))
    standing, cause = vocabulary.standing(row, words), captions.cause(row, words)
    pieces = [captions.who(row, words), captions.when(row, words), standing, cause]
    st.markdown(" · ".join(each for each in pieces if each))


def _told_by(statement: Statement) -> Row | None:
    """The first page of a statement whose sentence is kept."""
    return next((each for each in statement if each["quote"]), None)


def _printed(statement: Statement, words: Words) -> None:
    """Each page that prints it, that of the sentence shown first. Pages that tell the same fact
    under the other status follow."""
    row, told = statement[0], _told_by(statement)
    beside = [each for each in statement if each["status"] != row["status"]]
    own = [each for each in statement if each["status"] == row["status"]]
    _pages(sorted(own, key=lambda each: each is not told), words, told)
    if beside := [*beside, *_told_again(statement)]:
        also = captions.also_told(next(each for each in statement if each["also_told"]), words)
        st.markdown(f"{also[:1].upper()}{also[1:]}:")
        _pages(beside, words, told)
    if not any(printed["quote"] for printed in [*statement, *beside]):
        st.caption(words._("The table keeps the number and its page, not the sentence."))


def _told_again(statement: Statement) -> list[Row]:
    """The other pages that tell the same fact, under the other status."""
    facts = {each["fact"] for each in statement} - {""}
    if not facts:
        return []
    ids = {printed["figure_id"] for printed in statement}
    again = queries.of_facts(session.reader(), facts)
    others = ~again["figure_id"].isin(ids) & (again["status"] != statement[0]["status"])
    return records(again[others])


def _pages(printed: Statement, words: Words, told: Row | None) -> None:
    """Each page with its date and note, and its sentence unless that has been shown."""
    fresh = news.documents()
    with st.container(gap=None):
        for each in printed:
            page = captions.page(each, words)
            if each["document_id"] in fresh:
                new = words._("new")
                st.markdown(markup.ours("- {page} · **{new}**", page=page, new=new))
            else:
                st.markdown(markup.ours("- {page}", page=page))
            if each["quote"] and (told is None or each["quote"] != told["quote"]):
                st.html(captions.sentence(each))
