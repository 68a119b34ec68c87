// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { startServer, until } from './server.mjs';

let server;
before(async () => { server = await startServer(); });
after(async () => { assert.equal(await server.stop(), 0); });

/** An open `ws` client that keeps what it gets. */
async function open(path, options = {}) {
  const client = new WebSocket(server.ws + path, options);
  const got = [];
  client.on('message', (data, binary) => got.push(binary ? data : JSON.parse(data)));
  await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
  const closed = new Promise((resolve) => client.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  const next = (type) => until(() => got.find((message) => message.type === type), `a message "${type}"`);
  return { client, got, closed, next, send: (value) => client.send(JSON.stringify(value)) };
}

test('echo gives text and binary back', async () => {
  const client = new WebSocket(`${server.ws}/echo`);
  await new Promise((resolve) => client.once('open', resolve));
  for (const sent of ['hello', '', 'é🐎', Buffer.from([0, 255, 128]), Buffer.alloc(60000, 7)]) {
    const answer = new Promise((resolve) => client.once('message', (data, binary) => resolve({ data, binary })));
    client.send(sent);
    const { data, binary } = await answer;
    assert.equal(binary, typeof sent !== 'string');
    assert.deepEqual(data, Buffer.from(sent));
  }
  client.close(1000, 'bye');
  const [code] = await new Promise((resolve) => client.once('close', (...args) => resolve(args)));
  assert.equal(code, 1000);
});

test('ping is answered by pong', async () => {
  const { client } = await open('/echo');
  const pong = new Promise((resolve) => client.once('pong', resolve));
  client.ping('are you there');
  assert.equal((await pong).toString(), 'are you there');
  client.close();
});

test('compression that a client offers is left alone', async () => {
  const { client } = await open('/echo', { perMessageDeflate: true });
  assert.equal(client.extensions, '');
  client.close();
});

test('two players see each other in a room', async () => {
  const ada = await open('/ws/node?name=Ada');
  const { data } = await ada.next('connected');
  const bob = await open('/ws/node?name=Bob');
  assert.equal((await ada.next('player_joined')).data.name, 'Bob');
  ada.send({ type: 'move', data: { x: 1 } });
  const move = await bob.next('move');
  assert.deepEqual(move.data, { x: 1 });
  assert.equal(move.from, data.playerId);
  bob.send({ type: 'leave' });
  assert.equal((await bob.closed).code, 1000);
  assert.equal((await ada.next('player_left')).data.name, 'Bob');
  ada.client.close();
});

test('a client that is terminated has vanished', async () => {
  const { client } = await open('/echo');
  client.terminate();
  const vanished = (ending) => ['client_vanished', 'connection_reset'].includes(ending.cause) && ending.codeReceived === 0;
  await until(() => server.endings().some(vanished), 'an ending without a close frame');
});

test('a message over the limit is answered by 1009', async () => {
  const { client, closed } = await open('/echo');
  client.send(Buffer.alloc(100000));
  assert.equal((await closed).code, 1009);
});

test('an unknown path is answered by 404', async () => {
  const client = new WebSocket(`${server.ws}/nowhere`);
  const error = await new Promise((resolve) => client.once('error', resolve));
  assert.match(error.message, /404/);
});
