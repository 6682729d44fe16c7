"""The front door: page set-up, language, and the menu. Served by `streamlit run dashboard.py`."""

import streamlit as st

from pages.parts import address, session

st.set_page_config(
    page_title="Impact", page_icon=":material/monitoring:", layout="wide", menu_items={}
)
address.arrive()
with st.sidebar:
    session.choose_language()
_ = session.words()._

menu = st.navigation(
    {
        _("Explore"): [
            st.Page("pages/explore/overview.py", title=_("Overview"), default=True),
            st.Page("pages/explore/power.py", title=_("Power"), url_path="power"),
            st.Page("pages/explore/heating.py", title=_("Heating"), url_path="heating"),
            st.Page("pages/explore/casualties.py", title=_("Casualties"), url_path="casualties"),
            st.Page("pages/explore/city.py", title=_("City"), url_path="city"),
            st.Page("pages/explore/map.py", title=_("Map"), url_path="map"),
        ],
        _("Trust"): [
            st.Page("pages/trust/sources.py", title=_("Sources"), url_path="sources"),
        ],
    }
)
session.style()
menu.run()
address.leave()
