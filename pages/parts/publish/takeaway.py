"""What a journalist takes away beside the image: words, links, numbers, files."""

from collections.abc import Mapping, Sequence
from functools import partial

from impact import queries
from impact.model import dates, language
from impact.views import Picture, View, bundle, citation, draw
from impact.views.citation import Links, Quote
from impact.wording import markup
from pages.parts.publish import desk
from pages.parts.shell import screen as st
from pages.parts.shell import session
from pictures import chromium, drawings


def offer(chosen: View, picture: Picture) -> None:
    """The picture with its buttons, and under it everything that goes with it."""
    page = _page()
    links = _links(chosen, picture, page)
    own = citation.quote(picture, session.reader(), links)
    shown = citation.identity(picture, session.reader())
    desk.show(picture, own, links.pinned, shown, partial(_packed, picture, own, links))
    with st.container(key="takeaway"):
        _words_of(_quotes(picture, own, links))
        _links_of(chosen, picture, own, links, page)
    _numbers(picture)


def _page() -> str:
    """The address of this page. Without a browser, as in a test, it has none."""
    return (st.context.url or "figure").split("?")[0]


def _links(chosen: View, picture: Picture, page: str) -> Links:
    """Links to the view, pinned to the moment that the page shows, or to now."""
    gone_back, now = session.past(), dates.now()
    built_at = queries.extent(session.reader()).built_at
    at = gone_back.at if gone_back else citation.pin(built_at or now, now)
    return citation.links(chosen, picture.view, page, at)


def _quotes(picture: Picture, own: Quote, links: Links) -> list[Quote]:
    """The words to quote the picture with, in every language, its own first."""
    reader = session.reader()
    others = [code for code in language.languages() if code != own.language]
    return [
        own,
        *(
            citation.quote(draw(citation.in_language(picture.view, code), reader), reader, links)
            for code in others
        ),
    ]


def _packed(picture: Picture, own: Quote, links: Links, files: Mapping[str, bytes]) -> bytes:
    return bundle.pack(picture, _quotes(picture, own, links), links, files)


def _words_of(quotes: Sequence[Quote]) -> None:
    words = session.words()
    tabs = st.tabs([language.own_name(each.language) for each in quotes])
    for tab, each in zip(tabs, quotes, strict=True):
        with tab:
            _copied(words._("Caption"), each.caption)
            _copied(words._("Citation"), each.citation)
            _copied(words._("Alternative text"), each.alt)


def _links_of(chosen: View, picture: Picture, own: Quote, links: Links, page: str) -> None:
    words = session.words()
    _copied(words._("Link to exactly these numbers, whatever is corrected later"), links.pinned)
    _copied(words._("Link that follows the news"), links.live)
    with st.expander(words._("For a web page")):
        if chromium.find():
            embed = "/".join([*page.split("/")[:-1], "embed"])
            frame = citation.frame(own, chosen, embed)
            _copied(words._("A frame that follows the news and runs no script"), frame)
        st.caption(
            words._("Put the saved PNG beside your page, or change src to where you keep it.")
        )
        html = citation.embed(own, picture, links, f"{picture.name}-2x.png")
        st.code(html, language=None, wrap_lines=True)


def _copied(label: str, text: str) -> None:
    """A text with a button that copies it."""
    with st.container(gap="xxsmall"):
        st.markdown(markup.ours("**{label}**", label=label))
        st.code(text, language=None, wrap_lines=True)


def _numbers(picture: Picture) -> None:
    words = session.words()
    with st.container(horizontal=True):
        st.download_button(
            words._("These numbers as CSV"),
            picture.csv,
            file_name=f"{picture.name}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        if chromium.find():
            _from_server(picture)


def _from_server(picture: Picture) -> None:
    """The same files drawn on the server, for browsers in which a page cannot draw."""
    words, shown = session.words(), citation.identity(picture, session.reader())
    for label, ending, kind, scale in (
        (words._("PNG drawn by the server"), "-2x.png", "png", 2),
        (words._("SVG drawn by the server"), ".svg", "svg", 1),
    ):
        st.download_button(
            label,
            partial(drawings.file, picture, kind, scale, shown=shown),
            file_name=f"{picture.name}{ending}",
            mime=f"image/{'svg+xml' if kind == 'svg' else kind}",
            on_click="ignore",
        )
