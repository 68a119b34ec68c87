# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A player with one of Python's WebSocket libraries: clients.py LIBRARY ADDRESS

Joins, pings, says "hello", waits for "back" of another player, and leaves with 1000.
"""
import asyncio
import json
import sys

PING = json.dumps({"type": "ping", "data": {"n": 1}})
HELLO = json.dumps({"type": "hello", "data": sys.argv[1]})


def type_of(message):
    return json.loads(message)["type"]


async def with_websockets(address):
    import websockets

    async with websockets.connect(address) as socket:
        for wanted, answer in (("connected", PING), ("pong", HELLO), ("back", None)):
            while type_of(await socket.recv()) != wanted:
                pass
            if answer:
                await socket.send(answer)
        await socket.close(1000)
        assert socket.close_code == 1000, socket.close_code


async def with_tornado(address):
    from tornado.websocket import websocket_connect

    socket = await websocket_connect(address)
    for wanted, answer in (("connected", PING), ("pong", HELLO), ("back", None)):
        while type_of(await socket.read_message()) != wanted:
            pass
        if answer:
            await socket.write_message(answer)
    socket.close(1000)
    while await socket.read_message() is not None:
        pass
    assert socket.close_code == 1000, socket.close_code


def with_websocket_client(address):
    import websocket

    socket = websocket.create_connection(address, timeout=10)
    for wanted, answer in (("connected", PING), ("pong", HELLO), ("back", None)):
        while type_of(socket.recv()) != wanted:
            pass
        if answer:
            socket.send(answer)
    socket.close(1000)


ADDRESS = sys.argv[2]
if sys.argv[1] == "websocket-client":
    with_websocket_client(ADDRESS)
else:
    asyncio.run({"websockets": with_websockets, "tornado": with_tornado}[sys.argv[1]](ADDRESS))
