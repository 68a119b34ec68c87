// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client library: what is asked is always answered, and what can not be sent is said so at once.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Client, FakeSocket, pass } from './library.mjs';

beforeEach(() => { FakeSocket.made = []; });

/** A client on fake sockets whose time stands still until it is moved on. */
function make(context, options = {}) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  context.mock.method(performance, 'now', () => Date.now());
  const client = new Client({ url: 'ws://server/ws/main', WebSocket: FakeSocket, random: () => 0, heartbeatMs: 0, ...options });
  context.after(() => client.leave());
  return client;
}

/** The code that a request rejects with, once it does; undefined until then. */
function ask(client, data = {}) {
  const asked = {};
  client.request('x', data).catch(({ code }) => { asked.code = code; });
  return asked;
}

test('a request settles where nobody ever connects, and is not sent later', async (context) => {
  const client = make(context, { queueMs: 5000 });
  const lost = [];
  client.on(':lost', ({ count }) => lost.push(count));
  const asked = ask(client);
  pass(context, 4999);
  await null;
  assert.deepEqual([asked.code, client.queued], [undefined, 1]);
  pass(context, 1);
  await null;
  assert.deepEqual([asked.code, client.queued, lost], ['lost', 0, [1]]);
  client.connect();
  FakeSocket.last.connected();
  assert.deepEqual(FakeSocket.last.types, []);
});

test('a request settles where the line never comes back', async (context) => {
  const client = make(context, { queueMs: 5000 }).connect();
  FakeSocket.last.connected();
  FakeSocket.last.end(1006);
  const asked = ask(client);
  for (let second = 0; second < 6; ++second) {
    pass(context, 1000);
    FakeSocket.last.end(1006);
    await null;
  }
  assert.equal(asked.code, 'lost');
});

test('a request that was sent has its time to be answered, however long it waited', async (context) => {
  const client = make(context, { queueMs: 5000, answerMs: 10000 }).connect();
  const asked = ask(client);
  pass(context, 4000);
  FakeSocket.last.connected();
  pass(context, 9999);
  await null;
  assert.equal(asked.code, undefined);
  pass(context, 1);
  await null;
  assert.equal(asked.code, 'timeout');
});

test('a request that is no JSON rejects, and leaves nothing behind', async (context) => {
  const client = make(context).connect();
  FakeSocket.last.connected();
  const round = {};
  round.round = round;
  await assert.rejects(client.request('x', round), TypeError);
  assert.equal(client.queued, 0);
});

test('what is sent after the end is lost at once', (context) => {
  const client = make(context).connect();
  FakeSocket.last.connected();
  FakeSocket.last.end(4009);
  const lost = [];
  client.on(':lost', ({ count }) => lost.push(count));
  assert.equal(client.send('x'), false);
  assert.equal(client.sendBinary(new Uint8Array([1])), false);
  assert.deepEqual([lost, client.queued], [[1, 1], 0]);
});

test('silence is told where something was asked, and only there', async (context) => {
  const client = make(context).connect();
  const told = [];
  client.on(':silent', ({ silent }) => told.push(silent));
  FakeSocket.last.connected();
  pass(context, 60000);
  client.send('x'); // nobody has to answer it
  pass(context, 60000);
  assert.deepEqual([told, client.silent], [[], false]);
  const asked = ask(client);
  pass(context, 2999);
  assert.deepEqual(told, []);
  pass(context, 1);
  assert.deepEqual([told, client.silent], [[true], true]);
  FakeSocket.last.say({ type: 'y', seq: 2 });
  assert.deepEqual([told, client.silent], [[true, false], false]);
  ask(client);
  pass(context, 3000);
  FakeSocket.last.end(1006);
  await null;
  assert.deepEqual([told, asked.code], [[true, false, true, false], 'lost']);
});

test('a server that waits for a token is not asked again without one', (context) => {
  for (const [options, state] of [[{}, 'ended'], [{ token: 't' }, 'waiting']]) {
    const client = make(context, options).connect();
    FakeSocket.last.onopen();
    pass(context, 11000); // its own word comes after ten seconds, and some more on the way
    FakeSocket.last.end(4010, 'no token came in time');
    assert.equal(client.state, state);
    context.mock.timers.reset();
  }
});
