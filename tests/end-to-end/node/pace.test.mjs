// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client library and the server's limit of messages: nothing is delayed below it, nothing is sent above it.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Client, FakeSocket, pass } from './library.mjs';

const messageLimit = { perSecond: 150, burst: 300 };
let states;
let lost;

beforeEach(() => {
  FakeSocket.made = [];
  states = [];
  lost = 0;
});

/** Is open, on a clock that stands still until it is moved on. */
function open(context, options = {}, limit = messageLimit) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  context.mock.method(performance, 'now', () => Date.now());
  const client = new Client({ url: 'ws://server/ws/main', WebSocket: FakeSocket, random: () => 0, heartbeatMs: 0, ...options });
  context.after(() => client.leave());
  client.connect();
  FakeSocket.last.connected({ messageLimit: limit });
  client.on(':state', ({ state, limited }) => states.push([state, limited]));
  client.on(':lost', ({ count }) => { lost += count; });
  return client;
}

/** A loop that sends `hertz` times a second; `each` is called every millisecond. */
function loop(context, client, hertz, ms, each = () => {}) {
  let sent = 0;
  for (let at = 0; at < ms; ++at) {
    for (; sent <= at * hertz / 1000; ++sent) client.send('move', { n: sent });
    each(at);
    context.mock.timers.tick(1);
  }
  return sent;
}

const numbers = () => FakeSocket.last.messages.map(({ data }) => data.n);

for (const hertz of [30, 60, 144, 150]) {
  test(`a loop at ${hertz} Hz is never delayed`, (context) => {
    const client = open(context);
    let sent = 0;
    loop(context, client, hertz, 20000, (at) => {
      sent = Math.floor(at * hertz / 1000) + 1;
      assert.equal(FakeSocket.last.sent.length, sent);
    });
    assert.deepEqual(states, []);
    assert.equal(client.limited, false);
  });
}

test('a whole burst goes at once, and what is above it waits and says so', (context) => {
  const client = open(context);
  for (let n = 0; n < 300; ++n) assert.equal(client.send('move', { n }), true);
  assert.equal(FakeSocket.last.sent.length, 300);
  assert.equal(client.send('move', { n: 300 }), false);
  assert.deepEqual([client.limited, client.queued, client.state], [true, 1, 'open']);
  assert.deepEqual(states, [['open', true]]);
  pass(context, 1000);
  assert.deepEqual(states, [['open', true], ['open', false]]);
  assert.deepEqual([client.limited, client.queued, numbers().at(-1), lost], [false, 0, 300, 0]);
});

test('what waits is bounded, the oldest goes, and the order stays', (context) => {
  const client = open(context, { queueLimit: 50 });
  for (let n = 0; n < 400; ++n) client.send('move', { n });
  assert.deepEqual([client.queued, lost], [50, 50]);
  pass(context, 2000);
  assert.deepEqual(numbers(), [...Array(300).keys(), ...Array.from({ length: 50 }, (_, n) => 350 + n)]);
});

for (const hertz of [165, 240, 1000]) {
  // A burst may go out as a whole; from when it waits it leaves room for that.
  test(`a loop at ${hertz} Hz waits below the server's limit, though the network bunches it`, (context) => {
    const client = open(context);
    let [tokens, dropped, seen, limitedAt] = [messageLimit.burst, 0, 0, Infinity];
    client.on(':state', () => { limitedAt = Date.now(); });
    loop(context, client, hertz, 30000, (at) => {
      tokens = Math.min(messageLimit.burst, tokens + messageLimit.perSecond / 1000);
      if (at % 400 < 399) return; // nothing arrives, and then all of it
      for (; seen < FakeSocket.last.sent.length; ++seen) {
        if (tokens >= 1) --tokens;
        else if (Date.now() > limitedAt + 1000) ++dropped;
      }
    });
    assert.equal(dropped, 0);
    assert.ok(seen > 30 * messageLimit.perSecond, `${seen} were sent`);
    assert.ok(client.queued >= 99, `${client.queued} wait`);
    assert.deepEqual(states, [['open', true]]);
    assert.ok(lost > 0);
  });
}

test('a batch costs as many messages as it holds', (context) => {
  const client = open(context, { batch: { count: 10, delayMs: 50 } });
  client.send('batch', Array.from({ length: 60 }, () => ({ type: 'x' })));
  for (let n = 0; n < 250; ++n) client.send('move', { n });
  assert.equal(FakeSocket.last.messages.length, 25, '60 and 24 times 10');
  assert.deepEqual([client.queued, client.limited], [10, true]);
  pass(context, 1000);
  assert.deepEqual([client.queued, FakeSocket.last.messages.length], [0, 26]);
});

test('a batch that never passes the limit is lost, and said to be', async (context) => {
  const client = open(context, {}, { perSecond: 10, burst: 5 });
  const six = Array.from({ length: 6 }, () => ({ type: 'x' }));
  assert.equal(client.send('batch', six), false);
  await assert.rejects(client.request('batch', six), { code: 'lost' });
  assert.deepEqual([lost, client.queued, client.limited, FakeSocket.last.sent.length], [2, 0, false, 0]);
  FakeSocket.last.end(1006);
  client.send('batch', six);
  client.send('move', { n: 1 });
  pass(context, 600);
  FakeSocket.last.connected({ messageLimit: { perSecond: 10, burst: 5 } });
  assert.deepEqual([lost, client.queued, client.limited, numbers()], [3, 0, false, [1]]);
});

test('a request after the end fails at once', async (context) => {
  const client = open(context);
  client.leave();
  await assert.rejects(client.request('ping'), { code: 'lost' });
});

test('a server with a small burst gets small batches', (context) => {
  const client = open(context, { batch: { count: 50, delayMs: 10 } }, { perSecond: 10, burst: 5 });
  for (let n = 0; n < 12; ++n) client.send('move', { n });
  pass(context, 3000);
  for (const { type, data } of FakeSocket.last.messages) assert.ok(type === 'move' || data.length <= 5);
  assert.equal(client.queued, 0);
});

test('who hears rate_limited all the same waits, at the limit of then', (context) => {
  const client = open(context, {}, null);
  assert.equal(client.messageLimit, null);
  const errors = [];
  client.on('error', ({ code }) => errors.push(code));
  for (let n = 0; n < 500; ++n) client.send('move', { n });
  assert.equal(FakeSocket.last.sent.length, 500, 'it knows of no limit');
  FakeSocket.last.say({ type: 'error', seq: 2, data: { code: 'rate_limited', message: 'too many', perSecond: 20, burst: 40 } });
  assert.deepEqual([errors, client.messageLimit], [['rate_limited'], { perSecond: 20, burst: 40 }]);
  client.send('move', { n: 500 });
  assert.deepEqual([client.limited, client.queued], [true, 1]);
  pass(context, 600);
  assert.equal(client.queued, 0);
});

test('a new connection begins with a full bucket, and sends what waited', (context) => {
  const client = open(context);
  for (let n = 0; n < 350; ++n) client.send('move', { n });
  FakeSocket.last.end(1006);
  assert.equal(client.limited, false);
  pass(context, 600);
  FakeSocket.last.connected({ messageLimit });
  assert.equal(FakeSocket.last.sent.length, 50);
  assert.equal(client.limited, false);
});

test('a request that waits has its time from when it goes', async (context) => {
  const client = open(context, { answerMs: 100 }, { perSecond: 1, burst: 1 });
  client.send('move');
  const asked = client.request('ping');
  pass(context, 900);
  assert.equal(FakeSocket.last.sent.length, 1);
  pass(context, 150);
  const { id } = FakeSocket.last.messages.at(-1);
  FakeSocket.last.say({ type: 'pong', re: id, seq: 2, data: {} });
  assert.equal((await asked).re, id);
});
