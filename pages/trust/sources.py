"""Sources: who printed and who said the figures, what was loaded, what words and columns mean."""

from impact import queries
from impact.model.language import N_
from impact.queries import accuracy
from impact.queries.feeds import states
from impact.wording import feeds, glossary, markup
from pages.parts.explore import chart, stale
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Sources")
ORDER = 20

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not reader.count():
    chart.unpublished()
    address.stop()

fresh, tables, publishers, speakers, dictionary, reading, limits = st.tabs(
    [
        words._("How fresh"),
        words._("Loaded tables"),
        words._("Publishers"),
        words._("Speakers"),
        words._("Data dictionary"),
        words._("Reading accuracy"),
        words._("Limits"),
    ]
)
with fresh:
    st.caption(words._(feeds.EXPLAINED))
    chart.listing(feeds.table(states(reader), stale.today(), words), "feeds")
with tables:
    chart.listing(glossary.documents(queries.documents(reader), words), "tables")
with publishers:
    chart.listing(glossary.publishers(queries.publishers(reader), words), "publishers")
with speakers:
    chart.listing(glossary.speakers(queries.speakers(reader), words), "speakers")
with dictionary:
    chart.listing(glossary.indicators(queries.counts(reader), words), "indicators")
    chart.listing(glossary.columns(words), "columns")
with reading:
    for line in accuracy.EXPLAINED:
        st.markdown(markup.ours("- {line}", line=words._(line)))
    chart.listing(accuracy.table(words), "accuracy")
with limits:
    for limit in glossary.LIMITS:
        st.markdown(markup.ours("- {limit}", limit=words._(limit)))
