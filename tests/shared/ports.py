"""Free ports of this machine's loopback, above those that services of the system use."""

import random
import socket


def free_port() -> int:
    """A port from 20000 on that nobody listens on."""
    for port in random.sample(range(20_000, 32_000), 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")
