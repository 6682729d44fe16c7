"""What stands before every page and address: who asks, whether they may, from where, and how the
browser treats what it gets.

Everything here runs before Streamlit sees a request or a message. dashboard.py puts it there.
"""

from uvicorn.protocols.http import h11_impl
from websockets import http11

# Cookies of many kilobytes, which other applications under the same name may have set, come in one
# line. What reads a WebSocket's request takes 8 KB of it unless told otherwise; what reads any
# request takes 16 KB, and only where they come in one piece does it take more. Both may have been
# loaded before us: a variable of the environment would then come too late.
MOST_BYTES = 65_536
http11.MAX_LINE_LENGTH = max(http11.MAX_LINE_LENGTH, MOST_BYTES)
h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE = max(
    h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE, MOST_BYTES
)
