"""Review: a report's text beside its figures; a person accepts, corrects or rejects each."""

from impact.access.actions import Action
from impact.model.language import N_
from impact.model.rows import record
from impact.store import inbox
from impact.wording import markup
from pages.parts.review import card, origin, publishing, reports, seconding, steps
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Review")
ORDER = 20

words = session.words()

st.title(words._(TITLE))
if not reports.shown_unreviewed():
    reports.closed(Action.ACCEPT)
    address.stop()
seconding.tell()
listed = reports.parts()
read = listed[listed["state"] == "read"].set_index("document_id")
if read.empty:
    st.info(words._("No report has been read yet. Bring one first."))
    st.page_link(reports.UPLOAD, label=words._("Upload"))
    address.stop()

first = reports.in_order(read)
names = reports.names(read)
closed = reports.closed(Action.ACCEPT)
named, chosen = st.columns([1, 2])
with named:
    who = reports.NOBODY if closed else reports.person()
with chosen:
    reports.follow("document")
    document = address.choose(
        st.selectbox,
        words._("Report"),
        first,
        key="document",
        default=first[0],
        show=lambda code: names[code],
    )
# The choice stands in the address even if it is the first: the order changes with every decision.
address.write("document", document, None)

row = record(read.loc[[document]].reset_index())
st.html(markup.lines("about", *reports.about(row, words)))
# Whoever may bring reports may say of one what it lacks, also where they decide about nothing.
origin.show(row, reports.who(), key="review")
proposed = inbox.proposed(reports.store(), document)
case = card.case(document, proposed, who, reports.named())
card.arrive(case)
card.overtaken(case)
# Containers keep what follows in its place: a card that moves would stand there twice for a while.
with st.container():
    card.lost(case)
with st.container():
    publishing.status(reports.publishing_thread(), decided=steps.stored())
left, right = st.columns([5, 6], gap="medium")
with left:
    card.text(case)
with right:
    if case.questions:
        card.progress(case)
        card.card(case)
        card.overview(case)
    else:
        st.info(reports.nothing_read(row))
card.missed(case)
card.not_figures(case)
