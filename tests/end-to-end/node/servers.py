# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An echo server with one of Python's WebSocket libraries: servers.py LIBRARY

Prints its port and runs until its standard input ends.
"""
import asyncio
import sys


async def until_input_ends():
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def with_websockets():
    import websockets

    async def echo(socket, _path=None):
        async for message in socket:
            await socket.send(message)

    async with websockets.serve(echo, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await until_input_ends()


async def with_tornado():
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from tornado.web import Application
    from tornado.websocket import WebSocketHandler

    class Echo(WebSocketHandler):
        async def on_message(self, message):
            await self.write_message(message, isinstance(message, bytes))

    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([("/echo", Echo)]))
    server.add_sockets(sockets)
    print(sockets[0].getsockname()[1], flush=True)
    await until_input_ends()


asyncio.run({"websockets": with_websockets, "tornado": with_tornado}[sys.argv[1]]())
