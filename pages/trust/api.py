"""Addresses for machines: what may be fetched, with which parameters, and how to try it.

Made from the declarations by which the server reads the addresses.
"""

from collections.abc import Iterator

from impact.address import declared
from impact.address.parameters import Parameter
from impact.charts import SIZES
from impact.model.language import N_
from impact.views import KINDS
from impact.views.kind import sizes_of
from impact.wording import markup
from pages.api import Address, addresses
from pages.parts.explore import chart
from pages.parts.shell import screen as st
from pages.parts.shell import session

TITLE = N_("For programs (API)")
ORDER = 50

words = session.words()

RULES = (
    N_(
        "`/api/openapi.json` says all that stands here for programs (OpenAPI 3.1): import it where "
        "a client or a form is made from such a document."
    ),
    N_(
        "Read-only, without a key, from the same store as the pages. GET and HEAD alone are "
        "answered; any web page may fetch them (CORS `*`)."
    ),
    N_(
        "A parameter that is unknown, misspelt, empty or given twice is answered with 400 and a "
        "JSON object that names what is right: `error`, `parameter`, `given`, `allowed`, `nearest`."
    ),
    N_(
        "One answer has {rows} rows unless `limit` says otherwise, and {most} at most. "
        "`X-Total-Count` says how many there are, `Link` (in JSON: `next`) where the next ones are."
    ),
    N_(
        "Answers carry `ETag` and `Last-Modified`: send `If-None-Match` and get 304 until "
        "something is published. Times are UTC, days are those of Kyiv."
    ),
    N_(
        "Each row is one claim. Rivals share the same `claim` and must not be added up; `leads=1` "
        "leaves the one that the charts show."
    ),
)


def told(address: Address) -> None:
    """One address: what it gives, commands to try, its parameters."""
    st.subheader(address.path, anchor=False)
    st.markdown(words._("Gives {what}.", what=words._(address.meaning)))
    for command in address.commands(session.base()):
        st.code(command, language=None, wrap_lines=True)
    if address.parameters:
        with st.expander(words._("Parameters of {address}", address=address.path)):
            st.markdown(markup.bullets(map(line, address.parameters)))
            if any(each.name == declared.KIND.name for each in address.parameters):
                st.markdown(markup.bullets(sizes()))


def sizes() -> Iterator[markup.Markdown]:
    """The kinds of picture that do not fill every size, and those that they fill."""
    limited: dict[tuple[str, ...], list[str]] = {}
    for kind in KINDS:
        if sizes_of(kind) != SIZES:
            limited.setdefault(sizes_of(kind), []).append(kind)
    for some, kinds in limited.items():
        yield markup.ours(
            words._("Kinds that have no room on every size: {kinds}. They take {sizes}."),
            kinds=markup.codes(kinds),
            sizes=markup.codes(some),
        )


def of_pages() -> list[Parameter]:
    """The parameters that no address for programs takes."""
    taken = {each.name for address in addresses() for each in address.parameters}
    return [each for name, each in declared.EVERY.items() if name not in taken]


def line(parameter: Parameter) -> markup.Markdown:
    """A parameter with its meaning, what it takes and its default."""
    form = parameter.form
    values = form.says(words) or markup.codes(form.options)
    told = markup.ours(
        words._("{name}: {meaning}. Takes {values}."),
        name=markup.code(parameter.name),
        meaning=words._(parameter.meaning),
        values=values,
    )
    usual = parameter.defaults if parameter.several else (parameter.default,)
    if not any(usual):
        return told
    default = markup.codes([str(each) for each in usual])
    left_out = markup.ours(words._("When left out: {default}."), default=default)
    return markup.ours("{told} {left_out}", told=told, left_out=left_out)


st.title(words._(TITLE))
st.markdown(words._("The published figures for programs: the same store, the same filters."))
if not session.reader().count():
    chart.unpublished()
for each in addresses():
    told(each)
st.subheader(words._("Addresses of pages"), anchor=False)
st.markdown(words._("Pages take the same parameters, and these beside them."))
with st.expander(words._("Parameters of pages alone")):
    st.markdown(markup.bullets(map(line, of_pages())))
st.subheader(words._("What holds for all of them"), anchor=False)
for rule in RULES:
    limits = {"rows": words.number(declared.ROWS), "most": words.number(declared.MOST_ROWS)}
    st.markdown(markup.ours("- {rule}", rule=markup.ours(words._(rule, **limits))))
