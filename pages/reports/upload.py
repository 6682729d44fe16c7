"""Upload: reports come in as files or as pasted text, and everybody sees how far each one is."""

from etl.reports.model import limits
from impact.access.actions import Action
from impact.model.language import N_
from pages.parts.review import origin, reports, uploads
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Upload")
ORDER = 10

words = session.words()
round_ = st.session_state.setdefault("_upload_round", 0)

st.title(words._(TITLE))
st.markdown(
    words._(
        "Bring situation reports and news in English or Ukrainian: PDF, DOCX, HTML, TXT, EML, CSV, "
        "XLSX, or a ZIP of these. Each is kept unchanged and read; nothing becomes public before a "
        "person has reviewed it."
    )
)
if reports.closed(Action.RECEIVE):
    if reports.shown_unreviewed():
        uploads.listing()
    address.stop()
who = reports.person()
# A new key empties the uploader: bytes that are kept in the store need not stay in memory too.
files_key = f"files-{round_}-{st.session_state.get(uploads.ROUND_OF_FILES, 0)}"
with st.container(key=f"drop-{words.language}"):
    chosen = st.file_uploader(
        words._("Files, up to {limit} MB each; drop them here", limit=limits.MEGABYTES),
        accept_multiple_files=True,
        key=files_key,
        max_upload_size=limits.MEGABYTES,
    )
files = uploads.whole(chosen, files_key)
st.caption(uploads.limit_of_files())
with st.expander(words._("Paste text instead")):
    text = st.text_area(words._("Text"), key=f"text-{round_}", height=160)
    title = st.text_input(words._("Title"), key=f"title-{round_}", max_chars=120)
    st.caption(words._("Leave empty what the text says itself."))
    # Above the field that it may fill in.
    link_only = uploads.is_only_a_link(text, f"paste-{round_}-link")
    told = origin.fields({}, f"paste-{round_}")
st.caption(
    words._(
        "Day of publication and publisher are read from each report; you can change them below, "
        "for each by itself."
    )
)

with st.container(horizontal=True):
    sending = st.button(words._("Send"), type="primary")
    trying = st.button(
        words._("Try it with an example"),
        help=words._("A short report of 24 January 2026 in our own words. One number is wrong."),
    )
if trying:
    if who.name:
        st.session_state["_sent"] = uploads.receive([uploads.example()], who)
        st.rerun()
    st.warning(words._("Write your name first: it is kept beside what you bring."))
if sending:
    brought = [uploads.Brought(each.name, each.getvalue()) for each in files]
    if text.strip() and not link_only:
        brought.append(uploads.pasted(text, title, told))
    if link_only:
        st.warning(words._("Nothing was sent: paste the report's text in place of its link."))
    elif not brought:
        st.warning(words._("Choose a file or paste a text first."))
    elif not who.name:
        st.warning(words._("Write your name first: it is kept beside what you bring."))
    else:
        st.session_state["_sent"] = uploads.receive(brought, who)
        st.session_state["_upload_round"] = round_ + 1
        uploads.let_go(files)
        st.rerun()
uploads.told(st.session_state.get("_sent", ()))

uploads.listing()
