"""An IMAP server of our own on loopback: pymap's, its mail in memory, in a thread of its own."""

import asyncio
import logging
import threading
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage

from triage.demo.inbox import Delivered

Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

# What pymap's command line would say. There is no TLS: a connection to oneself needs none.
_ARGUMENTS = {
    "host": None,
    "port": 0,
    "debug": False,
    "cert": None,
    "key": None,
    "tls": False,
    "proxy_protocol": None,
    "inherited_sockets": None,
    "passlib_cfg": None,
    "demo_data": False,
}


@contextmanager
def serving(
    mailboxes: Mapping[str, Sequence[Delivered]],
    *,
    user: str,
    password: str,
    host: str,
    port: int,
) -> Iterator[int]:
    """Serves these mailboxes to one user until the block ends. Yields the port, any free one for 0.
    OSError when it is taken."""
    logging.getLogger("pymap").addHandler(logging.NullHandler())  # a client that goes is no news
    ready: Future[int] = Future()
    ended = threading.Event()

    async def serve() -> None:
        try:
            async with AsyncExitStack() as stack:
                connection = await _backend(mailboxes, user, password, stack)
                server = await asyncio.start_server(connection, host, port)
                ready.set_result(server.sockets[0].getsockname()[1])
                await asyncio.to_thread(ended.wait)
                server.close()
        except Exception as error:  # noqa: BLE001 - raised in the thread that waits
            ready.set_exception(error)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="demo server", daemon=True)
    thread.start()
    try:
        yield ready.result()
    finally:
        ended.set()
        thread.join()


async def _backend(
    mailboxes: Mapping[str, Sequence[Delivered]], user: str, password: str, stack: AsyncExitStack
) -> Connection:
    """What serves a connection, with all mail in place."""
    arguments = Namespace(**_ARGUMENTS, demo_user=user, demo_password=password)
    backend, config = await DictBackend.init(arguments)
    config.apply_context()
    await backend.start(stack)
    async with backend.login.demo_user_identity.new_session() as session:
        for name, mails in mailboxes.items():
            if name != "INBOX":  # which is always there
                await session.mailbox_set.add_mailbox(name)
            mailbox = await session.mailbox_set.get_mailbox(name)
            for mail in mails:
                await mailbox.append(AppendMessage(mail.raw, mail.date), recent=True)
    server = IMAPServer(backend.login, config)
    return ProxyProtocolReader(config.proxy_protocol).get_callback(server)
