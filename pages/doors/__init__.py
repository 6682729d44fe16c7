"""What stands before every page and address: who asks, whether they may, from where, and how the
browser treats what it gets.

Everything here runs before Streamlit sees a request or a message. dashboard.py puts it there.
"""

from websockets import http11

# Cookies of many kilobytes, which other applications under the same name may have set, come in one
# line. The library that reads it takes 8 KB unless told otherwise, and no WebSocket would open. It
# may have been loaded before us: a variable of the environment would then come too late.
http11.MAX_LINE_LENGTH = max(http11.MAX_LINE_LENGTH, 65_536)
