"""Status: how the store is just now, as /health tells it to programs, in sentences for people."""

from impact.access.rules import Role
from impact.model.language import N_
from impact.queries.condition import condition
from impact.store.condition import free
from impact.wording import condition as told
from impact.wording import markup
from pages.parts.explore import chart
from pages.parts.shell import access, session
from pages.parts.shell import screen as st

TITLE = N_("Status")
ORDER = 60

words, reader = session.words(), session.present()
found = condition(reader)

st.title(words._(TITLE))
st.markdown(
    markup.ours(
        words._("How this dashboard is just now. Programs ask {address} for the same."),
        address=markup.code("/health"),
    )
)
for fault in found.faults:
    st.warning(markup.commands(fault.told(words)))
if not found.faults:
    st.success(words._(told.WELL))
st.subheader(words._("The figures"), anchor=False)
if found.published:
    st.markdown(markup.bullets(told.figures(found, words)))
else:
    chart.unpublished()
st.subheader(words._("Reports and decisions"), anchor=False)
st.markdown(markup.bullets(told.work(found, words)))
# How a machine is built is nobody's business but of those who look after it.
if access.role(access.present()) is Role.ADMIN:
    st.subheader(words._("Disk"), anchor=False)
    st.markdown(told.disk(free(reader.folder), words))
