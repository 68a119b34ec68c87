// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The peer of scripts/bench that shows what npm's `ws` does: echo at /echo, everywhere else a broadcast to all others.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const room = new Set();

server.on('connection', (socket, request) => {
  socket.on('error', () => {});
  if (request.url === '/echo') {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    return;
  }
  room.add(socket);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary });
  });
});
server.on('listening', () =>
  console.log(JSON.stringify({ event: 'listening', port: server.address().port, pid: process.pid })));
