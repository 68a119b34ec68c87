#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records a small session with a program, and notes what went over the wire beside it.

make.py PROGRAM FOLDER

The folders here were made with the last program that wrote that format; one is added before the format is raised.
"""
import base64
import glob
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

QUIET = 0.4  # seconds without a byte: the server has said what it had to say


class Client:
    def __init__(self, port, number, target, noted):
        self.number = number
        self.noted = noted
        self.rest = b""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(QUIET)
        key = base64.b64encode(bytes(16)).decode()
        self.socket.sendall(
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nUser-Agent: maker\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(4096)
        self.rest = self.rest.split(b"\r\n\r\n", 1)[1]

    def note(self, direction, first_byte, payload, key):
        shown = re.sub(rb'("resume":)"[^"]*"', rb'\1"[redacted]"', payload)  # as the capture shows it
        self.noted.append(
            {
                "connection": self.number,
                "direction": direction,
                "firstByte": first_byte,
                "payload": base64.b64encode(shown).decode(),
                "key": key,
                "length": len(payload),
            }
        )

    def send(self, first_byte, payload):
        key = 0x01020304 + len(self.noted)
        mask = struct.pack(">I", key)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + struct.pack(">H", size)
        self.note("in", first_byte, payload, key)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(bytes([first_byte]) + length + mask + masked)

    def take_frame(self):
        if len(self.rest) < 4:
            return False
        size, start = self.rest[1] & 127, 2
        if size == 126:
            size, start = struct.unpack(">H", self.rest[2:4])[0], 4
        if len(self.rest) < start + size:
            return False
        self.note("out", self.rest[0], self.rest[start : start + size], 0)
        self.rest = self.rest[start + size :]
        return True

    def read(self):
        try:
            while True:
                while self.take_frame():
                    pass
                received = self.socket.recv(65536)
                if not received:
                    return
                self.rest += received
        except (socket.timeout, ConnectionResetError):
            pass


def play(port, noted):
    echo = Client(port, 1, "/echo", noted)
    for first_byte, payload in [
        (0x81, b"hello"),
        (0x82, bytes(range(20))),
        (0x81, b'{"type":"move","data":{"x":3}}'),
        (0x01, b'{"type":"cut",'),
        (0x80, b'"data":1}'),
        (0x89, b"ping"),
        (0x81, "grüße ".encode() * 30),
    ]:
        echo.send(first_byte, payload)
        echo.read()
    ann = Client(port, 2, "/ws/main?name=Ann", noted)
    ann.read()
    bob = Client(port, 3, "/ws/main?name=Bob", noted)
    for client, payload in [
        (ann, b'{"type":"move","data":{"x":1},"id":7}'),
        (bob, b'{"type":"chat","data":{"text":"hi"}}'),
        (bob, b'{"type":"ping","data":{"n":1},"id":"a"}'),
        (bob, b"no json"),
    ]:
        bob.read()
        ann.read()
        client.send(0x81, payload)
    bob.read()
    ann.read()
    ann.send(0x88, struct.pack(">H", 1000) + b"bye")
    ann.read()
    bob.read()
    lost = socket.create_connection(("127.0.0.1", port))
    lost.sendall(f"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    while lost.recv(4096):
        pass
    echo.send(0xC1, b"rsv")  # breaks the protocol
    echo.read()
    return bob


def main():
    program, folder = sys.argv[1:]
    noted = []
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(
            [program, "serve", "--port", "0", "--bind", "127.0.0.1", "--data", data, "--heartbeat-seconds", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        bob = play(json.loads(server.stdout.readline())["port"], noted)
        time.sleep(QUIET)
        server.send_signal(signal.SIGTERM)
        bob.read()
        server.wait()
        session = os.path.dirname(glob.glob(data + "/*/session.json")[0])
        os.makedirs(folder, exist_ok=True)
        for path in glob.glob(session + "/*.ghcap") + [session + "/session.json"]:
            shutil.copy(path, folder)
    with open(folder + "/frames.json", "w", encoding="ascii") as file:
        file.write("[\n" + ",\n".join(json.dumps(frame) for frame in noted) + "\n]\n")


main()
