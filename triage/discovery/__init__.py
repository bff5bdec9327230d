"""Floor 2: the IMAP server that an address is likely to have, found once, by `triage init`.

What is asked is the name server of this machine and, where that knows nothing, the web server of
the address's own domain. The address itself is told to nobody.
"""

from triage.discovery.network import Network
from triage.discovery.provider import Passwords, Provider, Server, Source, known_host
from triage.discovery.search import discover

__all__ = ["Network", "Passwords", "Provider", "Server", "Source", "discover", "known_host"]
