"""Evidence: every claim behind a mark, with who said it, where, when, and why one leads.

A drawer beside the page; Escape closes it. Its claim stands in the address while it is open, so
that a link can lead straight to it.
"""

import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from impact import captions, plausibility, queries
from impact.places import PLACES
from pages.parts import session

_OPEN, _ROUND = "_evidence", "_evidence_round"


def show(claims: Sequence[str], figure_ids: Sequence[str] = ()) -> None:
    """Opens the drawer on one claim group, or on several that make up a total."""
    st.session_state[_OPEN] = (tuple(claims), tuple(figure_ids))


def round_of() -> int:
    """Changes when the drawer closes: part of a chart's key, so that its selection is undone."""
    return st.session_state.get(_ROUND, 0)


def render(rule: str) -> None:
    """Draws the drawer if anything asked for it in this run, or if the address names a claim."""
    asked = st.session_state.pop(_OPEN, None)
    linked = st.query_params.get("claim") if "_linked" not in st.session_state else None
    st.session_state["_linked"] = True
    if not asked and linked:
        asked = ((linked,), ())
    if not asked:
        return
    claims, figure_ids = asked
    drawer = st.dialog(
        session.words()._("Evidence"), width="large", position="right", on_dismiss=_close
    )(_several if len(claims) != 1 else _one)
    drawer(claims if len(claims) != 1 else claims[0], figure_ids, rule)


def _close() -> None:
    st.session_state[_ROUND] = round_of() + 1


def _several(claims: Sequence[str], figure_ids: Sequence[str], rule: str) -> None:
    """The claims that a sum is made of; choosing one opens it in place."""
    words, reader = session.words(), session.reader()
    rows = queries.figures(reader, figure_ids)
    st.markdown(
        words.plural(
            "Sum of {count} claim, at least:", "Sum of {count} claims, at least:", len(rows)
        )
    )
    st.dataframe(
        captions.table(rows, words),
        hide_index=True,
        column_config={words._("Page"): st.column_config.LinkColumn()},
    )
    chosen = st.selectbox(
        words._("Open one claim"),
        rows["claim"].tolist(),
        index=None,
        placeholder=words._("Choose a claim"),
        format_func=dict(
            zip(rows["claim"], [_name(row, words) for row in rows.to_dict("records")], strict=True)
        ).get,
    )
    if chosen:
        _one(chosen, (), rule)


def _name(row, words) -> str:
    place = PLACES[row["place"]].name(words.language)
    return f"{words.short_day(row['day'])}, {place}: {captions.amount(row, words)}"


def _one(claim: str, figure_ids: Sequence[str], rule: str) -> None:
    """One claim group: the leading claim, why it leads, and everything beside it."""
    words, reader = session.words(), session.reader()
    rows = queries.evidence(reader, claim, rule)
    if rows.empty:
        st.info(words._("This link names a claim that is not published here."))
        return
    doubts = queries.doubts(reader, rows["figure_id"].tolist())
    records = rows.to_dict("records")
    lead = records[0]
    place = PLACES[lead["place"]].name(words.language)
    st.subheader(f"{place}, {words.stated(lead['date'])}")
    st.markdown(captions.what(lead, words))
    if lead["doubted"]:
        st.warning(words._("No claim leads: every one is in doubt."), icon=None)
    else:
        _leading(lead, words)
    _claims([row for row in records if row["doubted"] or row["rank"] > 0], doubts, words)
    st.caption(words._("Address of this evidence: add ?claim={claim} to the page.", claim=claim))


def _leading(lead, words) -> None:
    with st.container(border=True):
        st.markdown(f"### {captions.amount(lead, words)}")
        st.markdown(words._("Leads: {why}.", why=words._(lead["why"])))
        _said(lead, words)
        st.caption(
            words.plural(
                "Stated by {count} independent body",
                "Stated by {count} independent bodies",
                lead["bodies"],
            )
            + " · "
            + words.plural(
                "printed by {count} outlet", "printed by {count} outlets", lead["outlets"]
            )
        )


def _claims(records, doubts: pd.DataFrame, words) -> None:
    """The other claims: those that say otherwise first, those in doubt after their sentence."""
    if not records:
        st.caption(words._("Nobody else gave a figure."))
        return
    st.markdown(
        "**"
        + words.plural("{count} claim beside it", "{count} claims beside it", len(records))
        + "**"
    )
    for row in records:
        with st.container(border=True):
            st.markdown(f"**{captions.amount(row, words)}** · {words._(row['why'])}")
            _objections(row, doubts, words)
            _said(row, words)


def doubted(rows: pd.DataFrame) -> None:
    """Figures in doubt, each with the sentences that hold it back."""
    words, reader = session.words(), session.reader()
    doubts = queries.doubts(reader, rows["figure_id"].tolist())
    for row in rows.to_dict("records"):
        with st.container(border=True):
            place = PLACES[row["place"]].name(words.language)
            st.markdown(
                f"**{captions.amount(row, words)}** · {place}, {words.day(row['day'])}, "
                f"{captions.what(row, words)}"
            )
            _objections(row, doubts, words)
            _said(row, words)


def _objections(row, doubts: pd.DataFrame, words) -> None:
    for doubt in doubts[doubts["figure_id"] == row["figure_id"]].to_dict("records"):
        text = plausibility.sentence(doubt["rule"], json.loads(doubt["detail"]), words)
        st.markdown(f":orange[{text}]")


def _said(row, words) -> None:
    st.markdown(
        f"{captions.via(row, words)} · {words._(captions.VERIFICATIONS[row['verification']])}"
    )
    st.caption(
        " · ".join(
            part
            for part in (
                words._("Held: {when}", when=captions.when(row, words)),
                words._("Note: {note}", note=row["note"]) if row["note"] else "",
                row["figure_id"],
            )
            if part
        )
    )
    if row["quote"]:
        st.markdown(f"> {row['quote']}")
    else:
        st.caption(words._("The table kept the number and its page, not the sentence."))
    if row["url"]:
        st.link_button(words._("Open the page"), row["url"])
