"""An SMTP server with STARTTLS: the last message comes back as the answer to VRFY."""

import asyncio
import hashlib
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Handler:
    def __init__(self):
        self.last = "nothing"

    async def handle_DATA(self, server, session, envelope):
        self.last = hashlib.sha256(envelope.content).hexdigest()
        size = len(envelope.content)
        return f"250 {size} bytes over {'TLS' if session.ssl else 'plain text'}"


async def main():
    port, cert, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, tls_context=context, data_size_limit=8 << 20), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


asyncio.run(main())
