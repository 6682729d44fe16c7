"""What stands before every page and address: who asks, whether they may, from where, and how the
browser treats what it gets.

Everything here runs before Streamlit sees a request or a message. dashboard.py puts it there.
"""

import os

# Cookies of many kilobytes, which other applications under the same name may have set, come in one
# line. The library that reads it takes 8 KB unless told otherwise, and no WebSocket would open.
os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", "65536")
