"""Data: search every published figure, open its evidence, take the result along as a file."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from impact import queries
from impact.address import declared
from impact.address.parameters import LONGEST_VALUE, value
from impact.exports import atom, datapackage, tables
from impact.model import periods, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.rows import record
from impact.queries import search
from impact.wording import captions
from pages.parts.explore import chart, evidence, filters, whole
from pages.parts.shell import address, news, session
from pages.parts.shell import screen as st

TITLE = N_("Data")
ORDER = 30

SHOWN = 300
ANY = ""
words, reader = session.words(), session.reader()


def choose_words() -> str:
    """Words that the figures found must hold."""

    def field(label: str, _options: Sequence[str], *, format_func: object, **settings: Any) -> str:
        text: str = st.text_input(label, **settings)
        return text

    return address.choose(
        field,
        words._("Words of the quote, note, speaker, publisher or place"),
        [],
        key="words",
        default=ANY,
        show=str,
        accepts=lambda _any: True,
        type="search",
        placeholder=words._("Search"),
        max_chars=LONGEST_VALUE,
    )


def choose_period() -> tuple[date, date] | tuple[None, None]:
    """First and last day; both None for all time."""
    months = queries.months(reader)
    options = [ANY, *filters.winters_of(months), *months, periods.DAYS]
    chosen = filters.choose_period_of(options, ANY, period_name)
    if chosen == ANY:
        return None, None
    return filters.choose_days() if chosen == periods.DAYS else periods.span(chosen)


def period_name(code: str) -> str:
    """The words for a period."""
    return words._("All time") if code == ANY else filters.period_name(code, words)


def choose_one(
    label: str,
    key: str,
    options: list[str],
    every: str,
    show: Callable[[str], str],
    **settings: Any,
) -> str:
    """One of some options, or all."""
    return address.choose(
        st.selectbox,
        label,
        [ANY, *options],
        key=key,
        default=ANY,
        show=lambda code: show(code) if code else every,
        **settings,
    )


def choose_if_named(
    label: str,
    key: str,
    options: list[str],
    every: str,
    show: Callable[[str], str],
    **settings: Any,
) -> str:
    """One of some options where the address names one: a link from elsewhere may."""
    if not address.is_set(key):
        return ANY
    return choose_one(label, key, options, every, show, **settings)


def read_leads(text: str) -> str:
    """ "1" for those claims alone that lead."""
    return "1" if value(declared.LEADS, text) else ANY


def choose_indicator() -> str:
    """One indicator or all, by their titles."""

    def title(name: str) -> str:
        return INDICATORS[name].title[words.language]

    known = sorted(search.indicators(reader), key=title)
    return choose_one(
        words._("Indicator"),
        "indicator",
        known,
        words._("All indicators"),
        title,
    )


def choose_status(indicator: str) -> str:
    """Lost, without or restored, where the indicator knows them."""
    known = INDICATORS[indicator] if indicator else None
    if not known or not known.statuses:
        return ANY
    return choose_one(
        words._("What"),
        "status",
        list(known.statuses),
        words._("All"),
        lambda status: known.says(status, words.language),
    )


def choose_document() -> str:
    """One table or report, or all."""
    titles = atom.titles(queries.releases(reader), words)
    chosen = choose_one(
        words._("Document"),
        "document",
        list(titles),
        words._("All documents"),
        lambda code: titles[code],
    )
    news.looked_at(chosen)
    return chosen


def ask() -> search.Search:
    """The filters, and what they ask for."""
    text = choose_words()
    with st.container(horizontal=True):
        pcodes = filters.choose_anywhere(INDICATORS)
        first, last = choose_period()
        indicator = choose_indicator()
        status = choose_status(indicator)
        verification = choose_one(
            words._("Status"),
            "verification",
            search.verifications(reader),
            words._("All"),
            lambda each: words._(vocabulary.VERIFICATIONS[each]),
        )
        document = choose_document()
        unit = choose_if_named(
            words._("Unit"),
            "unit",
            list(vocabulary.UNIT_NAMES),
            words._("All"),
            lambda each: words._(vocabulary.UNIT_NAMES[each]),
        )
        people = choose_if_named(
            words._("Who"),
            "people",
            list(vocabulary.PEOPLE),
            words._("All"),
            lambda each: vocabulary.group(each, words),
        )
        leads = choose_if_named(
            words._("Claims"),
            "leads",
            ["1"],
            words._("All"),
            lambda _each: words._("Only those that lead"),
            read=read_leads,
        )
    return search.Search(
        places=pcodes,
        first=first,
        last=last,
        indicator=indicator,
        status=status,
        unit=unit,
        people=people,
        verification=verification,
        leads_by=rule if leads else "",
        document=document,
        text=text,
    )


def result(asked: search.Search, found: int) -> None:
    """The newest figures found; choosing a row opens its evidence."""
    rows = search.figures(reader, asked, SHOWN)
    count = words.plural("{count} figure found", "{count} figures found", found)
    st.subheader(count, anchor=False)
    if found > len(rows):
        st.caption(
            words._(
                "The newest {shown} are shown; the files hold all of them.",
                shown=words.number(len(rows)),
            )
        )
    st.caption(words._("Select a row on its left edge to see its evidence."))
    chosen = st.dataframe(
        news.flagged(captions.table(rows, words), rows),
        key=f"found-{evidence.round_of()}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        alt=count,
        column_config={words._("Page"): st.column_config.LinkColumn()},
    )
    for number in chosen["selection"]["rows"]:
        evidence.show([record(rows, number)["claim"]])


def downloads(asked: search.Search) -> None:
    """Everything found in four formats, made when it is asked for, and what the columns mean."""
    st.subheader(words._("Download all that was found"), anchor=False)
    hxl = st.checkbox(words._("HXL tags under the header (CSV and XLSX)"), key="hxl")
    with st.container(horizontal=True):
        for ending, each in tables.FORMATS.items():
            st.download_button(
                each.title,
                partial(write, each, asked, hxl),
                file_name=f"figures.{ending}",
                mime=each.mime,
                key=f"download-{ending}",
                on_click="ignore",
            )
        st.download_button(
            words._("Data package"),
            partial(package, asked),
            file_name="figures.zip",
            mime="application/zip",
            key="download-package",
            on_click="ignore",
        )
        st.download_button(
            words._("Data dictionary"),
            partial(tables.dictionary_csv, words),
            file_name="dictionary.csv",
            mime="text/csv",
            key="download-dictionary",
            on_click="ignore",
        )
    st.caption(
        words._(
            "Each row is one claim. Rivals share the same claim and must not be added up; the "
            "column leads marks the one that the charts show. A cell that begins like a formula "
            "gets an apostrophe in CSV and XLSX."
        )
    )


def write(into: tables.Format, asked: search.Search, hxl: bool) -> bytes:
    """A file of everything found; made outside the page's run, by the server."""
    return into.write(tables.table(search.figures(reader, asked)), words, hxl=hxl)


def package(asked: search.Search) -> bytes:
    """The CSV of everything found with its datapackage.json, in one ZIP."""
    exported = tables.table(search.figures(reader, asked))
    return datapackage.pack(exported, words._("Sourced figures"), words)


st.title(words._(TITLE))
if not reader.count():
    chart.unpublished()
    address.stop()

rule = filters.rule()
asked = ask()
found = search.count(reader, asked)
if found:
    result(asked, found)
    downloads(asked)
else:
    chart.nothing(
        words._("No published figure fits this search."),
        words._("Take away a word or a filter. No report is not zero."),
    )
whole.render()
evidence.render(rule)
