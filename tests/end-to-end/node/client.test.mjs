// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { startChromium } from './chromium.mjs';
import { Client, comesBack, FakeSocket, pass, source, webFolder } from './library.mjs';
import { startServer, until } from './server.mjs';

/** What a room says by itself, as docs/protocol.md lists it. */
const protocol = readFileSync(join(webFolder(), '..', '..', 'docs', 'protocol.md'), 'utf8');
const serverTypes = [...protocol.split('written by scripts/messages -->')[1].split('<!--')[0].matchAll(/^\| `(\w+)`/gm)].map(([, type]) => type);

describe('with a turned clock', () => {
  let states;
  beforeEach(() => {
    FakeSocket.made = [];
    states = [];
  });

  /** A client on fake sockets, in a test whose time stands still until it is moved on. */
  function start(context, options = {}) {
    context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    context.mock.method(performance, 'now', () => Date.now());
    const client = new Client({ url: 'ws://server/ws/main', WebSocket: FakeSocket, random: () => 0, heartbeatMs: 0, ...options });
    client.on(':state', (change) => states.push(change));
    context.after(() => client.leave());
    return client.connect();
  }

  test('the address carries name, game, token and what it had', (context) => {
    start(context, { url: 'ws://server/ws/main?x=1#y', name: 'Ada & Bob', game: 'relay', token: 't' });
    assert.deepEqual(Object.fromEntries(FakeSocket.last.url.searchParams), { x: '1', name: 'Ada & Bob', game: 'relay', token: 't' });
    assert.equal(FakeSocket.last.url.hash, '');
  });

  test('http addresses become ws', (context) => {
    start(context, { url: 'https://server/ws/main' });
    assert.equal(FakeSocket.last.url.protocol, 'wss:');
  });

  test('connected tells who and where we are', (context) => {
    const client = start(context);
    const heard = [];
    client.on('connected', (data, envelope) => heard.push([data.playerId, envelope.seq, client.state]));
    assert.equal(client.state, 'connecting');
    FakeSocket.last.connected({ serverTime: Date.now() + 5000 }, 7);
    assert.deepEqual(heard, [['p1', 7, 'open']]);
    assert.deepEqual([client.playerId, client.name, client.room.code, client.seq], ['p1', 'Ada', 'K7QF', 7]);
    assert.equal(client.clockOffsetMs, 5000);
    assert.equal(client.serverNow(), Date.now() + 5000);
  });

  for (const [code, back, why] of [
    [1000, 'no', 'over'], [1001, 'yes'], [1002, 'no', 'protocol'], [1003, 'no', 'protocol'], [1005, 'yes'], [1006, 'yes'],
    [1007, 'no', 'protocol'], [1008, 'no', 'protocol'], [1009, 'no', 'protocol'], [1011, 'yes'], [1012, 'yes'],
    [4001, 'no', 'refused'], [4002, 'later'], [4003, 'no', 'refused'], [4004, 'no', 'gone'], [4005, 'later'], [4006, 'yes'],
    [4007, 'yes'], [4008, 'no', 'replaced'], [4009, 'no', 'removed'], [4010, 'yes'], [4999, 'yes'],
  ]) {
    test(`after ${code} it comes back: ${back}`, (context) => {
      const client = start(context, { backoff: { firstMs: 100, laterMs: 5000 } });
      FakeSocket.last.connected();
      FakeSocket.last.end(code, 'because');
      assert.equal(comesBack(code), back);
      const { state, code: said, reason, why: saidWhy, nextTryAt } = states.at(-1);
      assert.deepEqual([state, said, reason, saidWhy], [back === 'no' ? 'ended' : 'waiting', code, 'because', why]);
      if (back !== 'no') assert.equal(nextTryAt - Date.now(), back === 'later' ? 5100 : 100);
      pass(context, 60000);
      assert.equal(FakeSocket.made.length > 1, back !== 'no');
    });
  }

  /** As in a browser, whose plain requests are answered so. Returns the addresses that were asked. */
  function answerWith(context, status, seconds, message) {
    const asked = [];
    const before = globalThis.WebSocket;
    globalThis.WebSocket = FakeSocket;
    context.after(() => { globalThis.WebSocket = before; });
    context.mock.method(globalThis, 'fetch', async (url) => {
      asked.push(String(url));
      return { status, headers: new Headers(seconds ? { 'Retry-After': String(seconds) } : {}), json: async () => ({ message }) };
    });
    return asked;
  }
  const heard = () => new Promise((resolve) => setImmediate(resolve));

  test('a refused upgrade is explained, and waits as long as the server asks', async (context) => {
    const asked = answerWith(context, 429, 30, 'too many');
    const client = start(context, { url: 'wss://server/play/ws/main', token: 'secret', backoff: { firstMs: 100 } });
    FakeSocket.last.end(1006);
    assert.deepEqual(asked, ['https://server/play/ws/main']); // and the token stays here
    await heard();
    const { state, status, reason, nextTryAt, attempt } = states.at(-1);
    assert.deepEqual([state, status, reason, nextTryAt - Date.now(), attempt], ['waiting', 429, 'too many', 30100, 1]);
    pass(context, 30000);
    assert.equal(FakeSocket.made.length, 1);
    pass(context, 100);
    assert.equal(FakeSocket.made.length, 2);
    FakeSocket.last.connected();
    FakeSocket.last.end(1006); // a loss is no refusal
    assert.equal(asked.length, 1);
    client.leave();
  });

  for (const status of [426, 404, 500]) {
    test(`a plain ${status} explains nothing`, async (context) => {
      answerWith(context, status, 30, 'else');
      start(context, { backoff: { firstMs: 100 } });
      FakeSocket.last.end(1006);
      await heard();
      assert.deepEqual([states.length, states.at(-1).status], [2, undefined]);
      pass(context, 100);
      assert.equal(FakeSocket.made.length, 2);
    });
  }

  test('an explanation that comes too late changes nothing', async (context) => {
    answerWith(context, 503, 30, 'full');
    const client = start(context);
    FakeSocket.last.end(1006);
    client.connect();
    await heard();
    assert.equal(client.state, 'connecting');
    assert.equal(states.at(-1).status, undefined);
  });

  test('pauses grow up to a limit', (context) => {
    start(context, { backoff: { firstMs: 100, maxMs: 450, factor: 2 } });
    const pauses = [];
    for (let round = 0; round < 5; round += 1) {
      FakeSocket.last.end(1006);
      pauses.push(states.at(-1).nextTryAt - Date.now());
      pass(context, pauses.at(-1));
    }
    assert.deepEqual(pauses, [100, 200, 400, 450, 450]);
  });

  test('chance takes a part of each pause away', (context) => {
    start(context, { backoff: { firstMs: 1000, jitter: 0.4 }, random: () => 0.5 });
    FakeSocket.last.end(1006);
    assert.equal(states.at(-1).nextTryAt - Date.now(), 800);
  });

  for (const [held, pause] of [[4999, 400], [5000, 100]]) {
    test(`a connection that held for ${held} ms is followed by a pause of ${pause} ms`, (context) => {
      start(context, { backoff: { firstMs: 100, stableMs: 5000 } });
      for (const wait of [100, 200]) {
        FakeSocket.last.end(1006);
        pass(context, wait);
      }
      FakeSocket.last.connected();
      pass(context, held);
      FakeSocket.last.end(1006);
      assert.equal(states.at(-1).nextTryAt - Date.now(), pause);
    });
  }

  test('connect() while it waits tries at once', (context) => {
    const client = start(context);
    FakeSocket.last.end(1006);
    client.connect();
    assert.equal(FakeSocket.made.length, 2);
    client.connect();
    pass(context, 60);
    assert.equal(FakeSocket.made.length, 2, 'and only once');
  });

  test('a server that never says connected is given up', (context) => {
    start(context, { answerMs: 1000 });
    const first = FakeSocket.last;
    pass(context, 500);
    first.say({ type: 'wait_for_it' });
    pass(context, 499);
    assert.equal(states.at(-1).state, 'connecting');
    pass(context, 1);
    assert.equal(states.at(-1).state, 'waiting');
    assert.equal(first.closedWith, 'none');
    first.connected();
    assert.equal(states.at(-1).state, 'waiting', 'it is too late');
  });

  test('without reconnect a loss is the end', (context) => {
    const client = start(context, { reconnect: false });
    FakeSocket.last.end(1006);
    assert.deepEqual([client.state, states.at(-1).why], ['ended', 'lost']);
  });

  test('it comes back to its seat with the newest token and the last number', (context) => {
    const client = start(context);
    FakeSocket.last.connected({ resume: 'first' }, 1);
    FakeSocket.last.say({ type: 'move', data: {}, seq: 2 });
    FakeSocket.last.binary(1, 2); // counts as 3
    FakeSocket.last.end(1006);
    client.connect();
    const asked = () => [FakeSocket.last.url.searchParams.get('resume'), FakeSocket.last.url.searchParams.get('seq')];
    assert.deepEqual(asked(), ['first', '3']);
    FakeSocket.last.connected({ resume: 'second', resumed: true }, 4);
    FakeSocket.last.say({ type: 'batch', seq: 5, data: [{ type: 'a', data: {} }, { type: 'b', data: {} }] });
    FakeSocket.last.end(4007);
    client.connect();
    assert.deepEqual(asked(), ['second', '5']);
    FakeSocket.last.connected({ resume: 'third', resumed: false, reason: 'too late' }, 1);
    FakeSocket.last.end(1001);
    client.connect();
    assert.deepEqual(asked(), ['third', '1'], 'a new session begins with its own number');
  });

  test('a server without resume is not asked for it', (context) => {
    start(context);
    FakeSocket.last.connected({ resume: null });
    FakeSocket.last.end(1006);
    pass(context, 1000);
    assert.equal(FakeSocket.last.url.searchParams.has('resume'), false);
  });

  test('a store keeps the session until the end', (context) => {
    const saved = [];
    const store = { load: () => ({ resume: 'kept', seq: 41 }), save: (session) => saved.push(session) };
    const client = start(context, { store });
    assert.equal(FakeSocket.last.url.searchParams.get('resume'), 'kept');
    assert.equal(FakeSocket.last.url.searchParams.get('seq'), '41');
    FakeSocket.last.connected({ resume: 'new' }, 41);
    FakeSocket.last.say({ type: 'x', seq: 42 });
    assert.deepEqual(saved.at(-1), { resume: 'new', seq: 42 });
    client.leave();
    assert.equal(saved.at(-1), null);
  });

  for (const bad of [null, 'text', { resume: 5, seq: 1 }, { resume: 'x', seq: 'y' }]) {
    test(`a store that holds ${JSON.stringify(bad)} holds nothing`, (context) => {
      start(context, { store: { load: () => bad, save: () => {} } });
      assert.equal(FakeSocket.last.url.searchParams.has('resume'), false);
    });
  }

  test('what is sent while offline waits, in order, and the oldest go first', (context) => {
    const client = start(context, { queueLimit: 3 });
    const lost = [];
    client.on(':lost', ({ count }) => lost.push(count));
    for (const type of ['a', 'b', 'c', 'd']) assert.equal(client.send(type), false);
    assert.deepEqual([lost, client.queued], [[1], 3]);
    FakeSocket.last.connected();
    assert.deepEqual(FakeSocket.last.types, ['b', 'c', 'd']);
    assert.equal(client.queued, 0);
    assert.equal(client.send('e', { x: 1 }, { to: 'p2', id: 9 }), true);
    assert.deepEqual(FakeSocket.last.messages.at(-1), { type: 'e', data: { x: 1 }, id: 9, to: 'p2' });
  });

  test('without a queue it is lost at once', (context) => {
    const client = start(context, { queueLimit: 0 });
    const lost = [];
    client.on(':lost', ({ count }) => lost.push(count));
    assert.equal(client.send('a'), false);
    assert.deepEqual([lost, client.queued], [[1], 0]);
  });

  test('a listener of connected may clear the queue', (context) => {
    const client = start(context);
    client.send('old');
    client.on('connected', () => client.clearQueue());
    FakeSocket.last.connected();
    assert.deepEqual(FakeSocket.last.types, []);
  });

  test('messages are joined by count', (context) => {
    const client = start(context, { batch: { count: 3, delayMs: 50 } });
    FakeSocket.last.connected();
    for (const type of ['a', 'b', 'c', 'd']) client.send(type, { of: type });
    assert.deepEqual(FakeSocket.last.messages, [{ type: 'batch', data: ['a', 'b', 'c'].map((type) => ({ type, data: { of: type } })) }]);
    pass(context, 49);
    assert.equal(FakeSocket.last.sent.length, 1);
    pass(context, 1);
    assert.deepEqual(FakeSocket.last.messages[1], { type: 'd', data: { of: 'd' } }, 'one alone needs no batch');
  });

  test('a batch never holds more than 64 messages, nor more than a message may have', (context) => {
    const client = start(context, { batch: { count: 1000, delayMs: 50 }, queueLimit: 1000 });
    for (let at = 0; at < 150; at += 1) client.send('m', at);
    FakeSocket.last.connected();
    assert.deepEqual(FakeSocket.last.messages.map(({ data }) => data.length), [64, 64, 22]);
    for (let at = 0; at < 6; at += 1) client.send('m', 'é'.repeat(7000));
    pass(context, 50);
    assert.ok(FakeSocket.last.sent.every((text) => Buffer.byteLength(text) < 65536));
    assert.equal(FakeSocket.last.sent.length, 6);
  });

  test('batches keep the order with what can not be in one', (context) => {
    const client = start(context, { batch: { count: 10, delayMs: 50 } });
    FakeSocket.last.connected();
    client.send('a');
    client.send('b');
    client.sendBinary(new Uint8Array([1, 2]));
    client.send('c');
    client.send('batch', [{ type: 'd' }]);
    client.send('e');
    client.leave();
    const seen = FakeSocket.made[0].sent.map((data) => (typeof data === 'string' ? JSON.parse(data) : 'binary'));
    assert.deepEqual(seen.map((one) => one.data?.map?.(({ type }) => type) ?? one.type ?? one), [['a', 'b'], 'binary', 'c', ['d'], 'e']);
    assert.equal(FakeSocket.made[0].closedWith, 1000);
  });

  test('a batch that was not sent yet goes with the next connection', (context) => {
    const client = start(context, { batch: { count: 10, delayMs: 50 } });
    FakeSocket.last.connected();
    client.send('a');
    client.send('b');
    FakeSocket.last.end(1006);
    pass(context, 1000);
    FakeSocket.last.connected({ resumed: true });
    assert.deepEqual(FakeSocket.last.messages[0].data.map(({ type }) => type), ['a', 'b']);
  });

  test('bytes are those of the call, whatever becomes of their buffer', (context) => {
    const client = start(context);
    const bytes = new Uint8Array([1, 2, 3]);
    client.sendBinary(bytes);
    bytes.fill(0);
    FakeSocket.last.connected();
    assert.deepEqual(FakeSocket.last.sent, [new Uint8Array([1, 2, 3])]);
  });

  test('a batch of the server is taken apart', (context) => {
    const client = start(context);
    FakeSocket.last.connected();
    const heard = [];
    client.on('*', (data, { type }) => heard.push([type, data]));
    FakeSocket.last.say({ type: 'batch', seq: 2, data: [{ type: 'a', data: 1 }, { type: 'batch', data: [{ type: 'x' }] }, null, { type: 'b' }] });
    assert.deepEqual(heard, [['a', 1], ['b', {}]]);
  });

  test('a request gets its answer and nobody else\'s', async (context) => {
    const client = start(context);
    FakeSocket.last.connected();
    const first = client.request('place_bet', { horse: 1 });
    const second = client.request('place_bet', { horse: 2 });
    const [one, two] = FakeSocket.last.messages;
    assert.notEqual(one.id, two.id);
    FakeSocket.last.say({ type: 'bet_accepted', re: two.id, data: { horse: 2 }, seq: 2 });
    FakeSocket.last.say({ type: 'error', re: one.id, data: { code: 'not_allowed', message: 'no' }, seq: 3 });
    assert.equal((await second).data.horse, 2);
    await assert.rejects(first, { code: 'not_allowed', message: 'no' });
  });

  test('an error that answers a request is nobody else\'s', (context) => {
    const client = start(context);
    FakeSocket.last.connected();
    const heard = [];
    client.on('error', ({ code }) => heard.push(code));
    client.request('x').catch(() => {});
    FakeSocket.last.say({ type: 'error', re: FakeSocket.last.messages[0].id, data: { code: 'bad_data', message: '' } });
    FakeSocket.last.say({ type: 'error', data: { code: 'bad_json', message: '' } });
    assert.deepEqual(heard, ['bad_json']);
  });

  test('requests fail with the connection, those that wait do not', async (context) => {
    const client = start(context, { answerMs: 1000 });
    FakeSocket.last.connected();
    const sent = client.request('a');
    FakeSocket.last.end(1006);
    await assert.rejects(sent, { code: 'lost' });
    const waits = client.request('b');
    client.connect();
    FakeSocket.last.end(1006);
    client.connect();
    FakeSocket.last.connected();
    FakeSocket.last.say({ type: 'ok', re: FakeSocket.last.messages[0].id });
    assert.equal((await waits).type, 'ok');
    const slow = client.request('c');
    pass(context, 1000);
    await assert.rejects(slow, { code: 'timeout' });
    const last = client.request('d');
    client.leave();
    await assert.rejects(last, { code: 'lost' });
  });

  test('a quiet server is asked, and given up when it does not answer', (context) => {
    const client = start(context, { heartbeatMs: 20000, answerMs: 10000 });
    const first = FakeSocket.last;
    first.connected();
    for (let round = 0; round < 3; round += 1) first.answer(first.messages.at(-1)); // the clock's
    assert.equal(first.sent.length, 3);
    pass(context, 12000);
    first.say({ type: 'news', seq: 2 });
    pass(context, 19999);
    assert.equal(first.sent.length, 3, 'it was heard not long ago');
    pass(context, 1);
    assert.equal(first.messages[3].type, 'ping');
    pass(context, 5000);
    first.say({ type: 'anything', seq: 3 });
    pass(context, 15000);
    assert.equal(client.state, 'open', 'whatever comes is an answer');
    pass(context, 14999);
    assert.equal(client.state, 'open');
    pass(context, 1);
    assert.deepEqual([client.state, FakeSocket.made.length, first.closedWith], ['connecting', 2, 'none']);
    assert.equal(FakeSocket.last.url.searchParams.get('seq'), '3');
  });

  test('the clock goes by the fastest pong', (context) => {
    const client = start(context, { heartbeatMs: 20000 });
    const socket = FakeSocket.last;
    socket.connected();
    for (const [trip, ahead] of [[200, 1100], [40, 1020], [100, 1090]]) {
      pass(context, trip);
      socket.answer(socket.messages.at(-1), { serverTime: Date.now() + ahead - trip / 2 });
    }
    assert.equal(client.rttMs, 100);
    assert.equal(client.clockOffsetMs, 1020);
    assert.equal(socket.sent.length, 3, 'three are enough');
    socket.end(1006);
    client.connect();
    FakeSocket.last.connected();
    pass(context, 300);
    FakeSocket.last.answer(FakeSocket.last.messages[0], { serverTime: Date.now() + 7000 - 150 });
    assert.equal(client.clockOffsetMs, 7000, 'another connection may be slower');
  });

  test('after leave() nothing is left', (context) => {
    for (const moment of ['connecting', 'open', 'waiting']) {
      FakeSocket.made = [];
      const client = new Client({ url: 'ws://server/ws/main', WebSocket: FakeSocket });
      const timeouts = new Set();
      const set = context.mock.method(globalThis, 'setTimeout', () => { const timer = {}; timeouts.add(timer); return timer; });
      const clear = context.mock.method(globalThis, 'clearTimeout', (timer) => timeouts.delete(timer));
      client.connect();
      if (moment !== 'connecting') FakeSocket.last.connected();
      client.request('x').catch(() => {});
      if (moment === 'waiting') FakeSocket.last.end(1006);
      assert.equal(client.state, moment);
      assert.ok(timeouts.size > 0);
      client.leave();
      assert.equal(timeouts.size, 0, moment);
      assert.equal(client.state, 'ended');
      assert.equal(FakeSocket.last.onmessage, null);
      set.mock.restore();
      clear.mock.restore();
    }
  });

  test('connect() after the end begins anew', (context) => {
    const client = start(context);
    FakeSocket.last.connected();
    client.leave();
    assert.deepEqual([states.at(-1).why, states.at(-1).code], ['left', 1000]);
    client.connect();
    assert.equal(FakeSocket.last.url.searchParams.has('resume'), false);
    FakeSocket.last.connected();
    assert.equal(client.state, 'open');
  });

  for (const text of ['', '{', 'null', '[]', '5', '"x"', '{}', '{"type":5}', '{"type":"connected"}', '{"type":"connected","data":5,"seq":"x"}',
    '{"type":"batch","data":{}}', '{"type":"batch","data":[5,[],{"type":null}]}', '{"type":"pong","data":null}', '{"type":"error"}',
    '{"type":"error","data":"x","re":{}}', '{"type":"x","seq":1e999}', '{"__proto__":{"type":"x"}}', '{"type":":state"}', '{"type":"*"}',
    '['.repeat(100000)]) {
    test(`${text.slice(0, 50)} does no harm`, (context) => {
      const client = start(context);
      FakeSocket.last.say(text);
      FakeSocket.last.connected({}, 3);
      const seen = states.length;
      FakeSocket.last.say(text);
      assert.deepEqual([client.state, states.length, client.queued], ['open', seen, 0]);
      const heard = [];
      client.on('fine', (data) => heard.push(data));
      FakeSocket.last.say({ type: 'fine', data: 1, seq: 4 });
      assert.deepEqual([heard, client.seq], [[1], 4]);
    });
  }

  test('a player can not speak for the server', (context) => {
    const client = start(context);
    FakeSocket.last.connected();
    const heard = [];
    const all = [];
    for (const type of [...serverTypes, 'move']) client.on(type, (data, { from }) => heard.push([type, from]));
    client.on('*', (data, { type }) => all.push(type));
    for (const type of [...serverTypes, 'move']) FakeSocket.last.say({ type, data: { playerId: 'evil' }, from: 'p2', seq: 2 });
    FakeSocket.last.say({ type: 'batch', data: [{ type: 'player_left' }], from: 'p2', seq: 3 });
    assert.deepEqual(heard, [['move', 'p2']]);
    assert.deepEqual(all, [...serverTypes, 'move', 'batch']);
    assert.equal(client.playerId, 'p1');
  });

  test('a listener that throws harms nobody, and one that is undone hears nothing', (context) => {
    const client = start(context);
    const said = context.mock.method(console, 'error', () => {});
    const heard = [];
    client.on('move', () => { throw new Error('mine'); });
    const undo = client.on('move', () => heard.push('undone'));
    client.on('move', () => heard.push('kept'));
    undo();
    FakeSocket.last.connected();
    FakeSocket.last.say({ type: 'move' });
    assert.deepEqual(heard, ['kept']);
    assert.equal(said.mock.callCount(), 1);
  });

  test('an address that can not be is refused', (context) => {
    class Refusing { constructor() { throw new Error('insecure'); } }
    const client = start(context, { WebSocket: Refusing });
    assert.deepEqual([client.state, states.at(-1).why, states.at(-1).reason], ['ended', 'refused', 'insecure']);
    assert.throws(() => new Client({ url: 'no address', WebSocket: FakeSocket }), TypeError);
  });

  test('a page that wakes up asks at once', (context) => {
    const events = new EventTarget();
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    globalThis.addEventListener = events.addEventListener.bind(events);
    globalThis.document = page;
    context.after(() => { delete globalThis.addEventListener; delete globalThis.document; });
    const client = start(context, { backoff: { firstMs: 10000 } });
    FakeSocket.last.connected();
    page.dispatchEvent(new Event('visibilitychange'));
    assert.equal(FakeSocket.last.messages[0].type, 'ping');
    pass(context, 4000);
    assert.equal(FakeSocket.made.length, 2, 'no answer: the connection did not survive the sleep');
    FakeSocket.last.end(1006);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    assert.equal(client.state, 'waiting');
    page.visibilityState = 'visible';
    events.dispatchEvent(new Event('online'));
    assert.equal(client.state, 'connecting');
    FakeSocket.last.end(4002);
    events.dispatchEvent(new Event('pageshow'));
    assert.equal(client.state, 'waiting', 'the server asked for a pause');
    client.leave();
    events.dispatchEvent(new Event('online'));
    assert.equal(client.state, 'ended');
  });
});

/** A server that keeps what a session missed, as docs/protocol.md says; `cut` is asked before each message. */
async function startFake(cut) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const session = { token: null, log: [], number: 0, socket: null, connects: 0, resumes: 0 };
  const keep = (data) => { session.number += 1; session.log.push({ number: session.number, data: data(session.number) }); return session.log.at(-1); };
  const put = (entry) => {
    if (session.socket?.readyState !== WebSocket.OPEN) return;
    if (cut()) session.socket.terminate();
    else session.socket.send(entry.data);
  };
  server.on('connection', (socket, request) => {
    const asked = new URL(request.url, 'http://x').searchParams;
    const resumed = session.token !== null && asked.get('resume') === session.token;
    const seen = resumed ? Number(asked.get('seq')) : 0;
    session.socket?.terminate();
    session.socket = socket;
    session.connects += 1;
    session.resumes += resumed ? 1 : 0;
    session.token = `token${session.connects}`;
    if (!resumed) Object.assign(session, { log: [], number: 1 });
    socket.send(JSON.stringify({ type: 'connected', seq: resumed ? seen : 1, data: { playerId: 'p1', name: '', resume: session.token, resumed, serverTime: Date.now(), room: {} } }));
    session.log = session.log.filter(({ number }) => number > seen);
    for (const entry of [...session.log]) put(entry);
  });
  return {
    url: `ws://127.0.0.1:${server.address().port}/ws/main`,
    session,
    text: (type, data) => put(keep((seq) => JSON.stringify({ type, data, seq }))),
    batch: (type, list) => put(keep((seq) => JSON.stringify({ type: 'batch', seq, data: list.map((data) => ({ type, data })) }))),
    binary: (...bytes) => put(keep(() => Buffer.from(bytes))),
    stop: () => new Promise((resolve) => { server.clients.forEach((client) => client.terminate()); server.close(resolve); }),
  };
}

/** Numbers that look random and are the same every time. */
function chance(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

for (const seed of [1, 2, 3]) {
  test(`nothing is lost and nothing doubled over a cut line (seed ${seed})`, async (context) => {
    const random = chance(seed);
    const server = await startFake(() => random() < 0.1);
    const client = new Client({ url: server.url, WebSocket, backoff: { firstMs: 1, maxMs: 2 }, random });
    context.after(async () => { client.leave(); await server.stop(); });
    const heard = [];
    client.on('count', (value) => heard.push(value));
    client.on(':binary', (data) => { const view = new DataView(data); heard.push(view.getUint16(0)); });
    client.connect();
    await until(() => client.state === 'open', 'the first connection');
    let sent = 0;
    while (sent < 600) {
      const kind = random();
      if (kind < 0.2) server.binary(sent >> 8, sent++ & 255);
      else if (kind < 0.4) server.batch('count', [sent++, sent++, sent++]);
      else server.text('count', sent++);
      if (random() < 0.1) await until(() => client.state === 'open', 'it is back');
    }
    await until(() => heard.length >= sent, 'all of them', 20000);
    assert.deepEqual(heard, Array.from({ length: sent }, (_, at) => at));
    assert.ok(server.session.resumes > 5, `${server.session.resumes} times it came back`);
    assert.equal(server.session.resumes, server.session.connects - 1);
  });
}

test('a server that is away is found when it is back', async (context) => {
  const first = await startFake(() => false);
  const client = new Client({ url: first.url, WebSocket, backoff: { firstMs: 1, maxMs: 20 } });
  context.after(() => client.leave());
  client.connect();
  await until(() => client.state === 'open', 'connected');
  const port = Number(new URL(first.url).port);
  await first.stop();
  await until(() => client.state === 'waiting', 'the loss');
  client.send('kept', { x: 1 });
  const second = new WebSocketServer({ port, host: '127.0.0.1' });
  context.after(() => { second.clients.forEach((socket) => socket.terminate()); second.close(); });
  const got = [];
  second.on('connection', (socket) => {
    socket.on('message', (text) => got.push(JSON.parse(text)));
    socket.send(JSON.stringify({ type: 'connected', seq: 1, data: { playerId: 'p2', resume: null, resumed: false, room: {} } }));
  });
  await until(() => got.find(({ type }) => type === 'kept'), 'what was sent while it was away');
});

/** A `ws` that can be cut as a bad network cuts it: without a close frame. */
class Cuttable extends WebSocket {
  static open = new Set();
  constructor(...parameters) {
    super(...parameters);
    Cuttable.open.add(this);
    this.once('close', () => Cuttable.open.delete(this));
  }
  static cut() { Cuttable.open.forEach((socket) => socket.terminate()); }
}

describe('with the program', () => {
  let server;
  const clients = [];
  before(async () => { server = await startServer('--connection-rate', '0'); });
  after(async () => {
    clients.forEach((client) => client.leave());
    assert.equal(await server.stop(), 0);
  });

  async function join(room, options = {}) {
    const client = new Client({ url: `${server.ws}/ws/${room}`, WebSocket, backoff: { firstMs: 10 }, ...options });
    clients.push(client);
    const heard = [];
    client.on('*', (data, envelope) => heard.push(envelope));
    client.connect();
    await until(() => client.state === 'open', 'open');
    return { client, heard, next: (type) => until(() => heard.find((message) => message.type === type), type) };
  }

  test('the library that the server hands out is this one', async () => {
    const answer = await fetch(`${server.http}/glasshouse.js`);
    assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.ok(await answer.text() === source, 'the program was built with another one');
  });

  test('several clients play at once', async () => {
    const [ada, bob, eve] = await Promise.all(['Ada', 'Bob', 'Eve'].map((name) => join('several', { name, game: 'relay' })));
    assert.equal(ada.client.name, 'Ada');
    assert.equal(ada.client.room.id, 'several');
    bob.client.send('move', { x: 1 });
    bob.client.send('secret', {}, { to: ada.client.playerId });
    assert.deepEqual([(await ada.next('move')).data, (await ada.next('move')).from], [{ x: 1 }, bob.client.playerId]);
    await ada.next('secret');
    await eve.next('move');
    assert.equal(eve.heard.some(({ type }) => type === 'secret'), false);
  });

  test('bytes go both ways', async () => {
    const [ada, bob] = [await join('bytes'), await join('bytes')];
    const got = [];
    ada.client.on(':binary', (data) => got.push(new Uint8Array(data)));
    bob.client.sendBinary(new Uint8Array([0, 255, 7]));
    await until(() => got.length, 'bytes');
    assert.deepEqual(got, [new Uint8Array([0, 255, 7])]);
    ada.client.send('after', {});
    await bob.next('after');
  });

  test('requests are answered and refused', async () => {
    const { client } = await join('requests', { game: 'relay' });
    const pong = await client.request('ping', { timestamp: 5 });
    assert.deepEqual([pong.type, pong.data.timestamp], ['pong', 5]);
    await assert.rejects(client.request('ready', { status: 'asleep' }), { code: 'bad_data' });
    await until(() => client.rttMs !== null, 'a round trip');
    assert.ok(Math.abs(client.clockOffsetMs) < 1000);
  });

  test('batches arrive in order', async () => {
    const [ada, bob] = [await join('batches', { batch: { count: 10, delayMs: 5 } }), await join('batches')];
    for (let at = 0; at < 35; at += 1) ada.client.send('count', at);
    await until(() => bob.heard.filter(({ type }) => type === 'count').length === 35, 'all');
    assert.deepEqual(bob.heard.filter(({ type }) => type === 'count').map(({ data }) => data), Array.from({ length: 35 }, (_, at) => at));
  });

  test('who leaves is gone', async () => {
    const [ada, bob] = [await join('leaving'), await join('leaving')];
    bob.client.leave();
    assert.equal((await ada.next('player_left')).data.playerId, bob.client.playerId);
    const ending = await until(() => server.endings().find(({ codeReceived }) => codeReceived === 1000), 'its ending');
    assert.equal(ending.side, 'client');
  });

  test('a seat is taken again after a cut, and nothing is missed', async () => {
    const random = chance(4);
    const bob = await join('cuts');
    const ada = await join('cuts', { WebSocket: Cuttable, backoff: { firstMs: 1, maxMs: 5 } });
    const me = ada.client.playerId;
    const values = [];
    ada.client.on('count', (value) => values.push(value));
    ada.client.on(':binary', (data) => values.push(new DataView(data).getUint16(0)));
    let back = 0;
    ada.client.on('connected', ({ resumed, playerId }) => {
      assert.deepEqual([resumed, playerId], [true, me]);
      back += 1;
    });
    let lost = 0;
    ada.client.on(':state', ({ state }) => { lost += state === 'waiting' ? 1 : 0; });
    let sent = 0;
    for (let round = 0; round < 25; round += 1) {
      for (let count = Math.floor(random() * 8); count > 0; count -= 1) {
        if (random() < 0.3) bob.client.sendBinary(new Uint8Array([sent >> 8, sent & 255]));
        else bob.client.send('count', sent);
        sent += 1;
      }
      if (random() < 0.5) await bob.client.request('ping'); // all is with the server, not only on its way
      const before = lost;
      Cuttable.cut();
      await until(() => lost > before, 'the cut');
      if (random() < 0.8) await until(() => ada.client.state === 'open', 'it is back');
    }
    await until(() => values.length >= sent, 'all of them');
    assert.deepEqual(values, Array.from({ length: sent }, (_, at) => at));
    assert.ok(back >= 15, `${back} times it came back`);
    assert.equal(bob.heard.some(({ type }) => type === 'player_left'), false);
    assert.ok(bob.heard.some(({ type }) => type === 'player_dropped'));
    assert.ok(bob.heard.some(({ type }) => type === 'player_resumed'));
  });

  test('a session that a second client takes over is replaced', async () => {
    let session = null;
    const store = { load: () => session, save: (now) => { session = now; } };
    const first = await join('twice', { store });
    const states = [];
    first.client.on(':state', (change) => states.push(change));
    const second = await join('twice', { store });
    assert.equal(second.client.playerId, first.client.playerId);
    await until(() => first.client.state === 'ended', 'the first one rests');
    assert.equal(states.at(-1).why, 'replaced');
    assert.notEqual(session, null, 'it did not take the session of the second');
  });

  test('who is refused learns why', async () => {
    const closed = await startServer('--no-auto-create');
    const client = new Client({ url: `${closed.ws}/ws/nowhere`, WebSocket });
    const states = [];
    client.on(':state', (change) => states.push(change));
    client.connect();
    await until(() => client.state === 'ended', 'the end');
    assert.deepEqual([states.at(-1).code, states.at(-1).why], [4004, 'gone']);
    assert.equal(await closed.stop(), 0);
  });
});

describe('in Chromium', () => {
  let server;
  let chromium;
  before(async () => {
    server = await startServer('--connection-rate', '0');
    chromium = await startChromium();
  });
  after(async () => {
    await chromium?.stop();
    assert.equal(await server.stop(), 0);
  });

  /** A page, and what a person does with it. */
  async function open(address) {
    const page = await chromium.newPage(address);
    const see = (expression, what = expression) => until(() => page.evaluate(expression).catch(() => false), what); // it may be on its way to another address
    const text = (selector) => `document.querySelector(${JSON.stringify(selector)})?.textContent.replace(/[\\u2068\\u2069]/g, '')`; // names are isolated
    return {
      ...page,
      see,
      sees: (selector, words) => see(`${text(selector)}?.includes(${JSON.stringify(words)})`, `"${words}" in ${selector}`),
      fill: (selector, value) => page.evaluate(`{ const field = document.querySelector(${JSON.stringify(selector)});
        field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('input', { bubbles: true })); }`),
      click: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`),
    };
  }

  /** Opens the start page as the link of an invitation does, and goes in. */
  async function enter(room, name) {
    const page = await open(`${server.http}/?room=${room}`);
    await page.see(`document.querySelector('#top .brand')`, 'the start page');
    await page.fill('#name', name);
    await page.click('#join button');
    await page.see(`location.pathname === '/relay.html' && document.querySelector('.players .me')`, 'the room');
    return page;
  }
  const newRoom = async () => (await (await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: '{"game":"relay"}' })).json()).room;

  test('somebody opens a room, another joins by the link, and they talk', async () => {
    const ada = await open(`${server.http}/`);
    await ada.see(`document.querySelector('#games [value=relay]')`, 'the games');
    await ada.click('#create button');
    await ada.see(`!document.getElementById('name-error').hidden`, 'the name is missing');
    await ada.fill('#name', 'Ada');
    await ada.click('#games [value=relay]');
    await ada.click('#create button');
    await ada.see(`location.pathname === '/relay.html' && document.querySelector('.players .me')`, 'the room');
    assert.equal(await ada.evaluate(`location.search.includes('Ada')`), false, 'a name is not in the address');
    const bob = await enter(await ada.evaluate(`new URLSearchParams(location.search).get('room')`), '<b>Bob</b>');
    await ada.sees('.players', '<b>Bob</b>');
    await ada.fill('#chat input', 'Hello <i>you</i>');
    await ada.click('#chat button');
    await bob.sees('.log', 'Ada Hello <i>you</i>');
    await ada.fill('#data', '{"x": ');
    await ada.click('#send button');
    await ada.see(`!document.getElementById('send-error').hidden`, 'what is wrong with it');
    await ada.fill('#data', '{"x": "only for Bob"}');
    await ada.evaluate(`document.getElementById('to').selectedIndex = 1`);
    await ada.click('#send button');
    await bob.sees('#wire', '"only for Bob"');
    await bob.fill('#bytes', '00ff80');
    await bob.click('#send-bytes button');
    await ada.sees('#wire', '00 ff 80');
    await bob.click('#top button:last-child');
    await bob.click('dialog button:last-child');
    await bob.see(`location.pathname === '/'`, 'the start page');
    await ada.sees('.log', '<b>Bob</b> left.');
    await ada.close();
    await bob.close();
  });

  test('a reload comes back to the same seat', async () => {
    const room = await newRoom();
    const ada = await enter(room, 'Ada');
    const bob = await enter(room, 'Bob');
    const seat = `JSON.parse(sessionStorage.getItem('room:${room}'))?.resume`;
    const before = await ada.evaluate(seat);
    await ada.evaluate('location.reload()');
    await ada.see(`${seat} !== ${JSON.stringify(before)} && document.querySelectorAll('.players li').length === 2`, 'back');
    await bob.sees('.log', 'Ada is back.');
    assert.equal(await bob.evaluate(`document.querySelectorAll('.players li').length`), 2);
    await ada.close();
    await bob.close();
  });

  test('two clients on one page', async () => {
    const room = await newRoom();
    const page = await open(`${server.http}/icon.svg`);
    await page.see(`location.host === '127.0.0.1:${server.port}'`, 'the page');
    const heard = await page.evaluate(`(async () => {
      const { Client } = await import('/glasshouse.js');
      const [one, two] = [1, 2].map((at) => new Client({ url: '/ws/${room}', name: 'Client ' + at }));
      const heard = new Promise((resolve) => two.on('move', (data, { from }) => resolve([data, from === one.playerId])));
      await Promise.all([one, two].map((client) => new Promise((resolve) => { client.on('connected', resolve); client.connect(); })));
      one.send('move', 7);
      const answer = await heard;
      one.leave();
      two.leave();
      return answer;
    })()`);
    assert.deepEqual(heard, [7, true]);
    await page.close();
  });

  test('a page says that the server is gone, and that it is back', async () => {
    const first = await startServer();
    const page = await open(`${first.http}/`);
    await page.see(`document.querySelector('#games [value=relay]')`, 'the games');
    await page.fill('#name', 'Ada');
    await page.click('#games [value=relay]');
    await page.fill('#new-code', 'again');
    await page.click('#create button');
    await page.see(`document.querySelector('.players .me')`, 'the room');
    const stopped = first.stop();
    await page.sees('.banner p', 'The server shuts down.'); // until the next try
    await page.sees('.banner .countdown', 'Next try in');
    assert.equal(await stopped, 0);
    const second = await startServer('--port', String(first.port));
    await page.click('.banner button');
    await page.sees('.banner', 'The server was started anew');
    await page.see(`document.querySelector('.banner').hidden`, 'it goes away');
    await page.close();
    assert.equal(await second.stop(), 0);
  });

  test('the pages speak German, too', async () => {
    const page = await open(`${server.http}/`);
    await page.see(`document.querySelector('.language')`, 'the switch');
    await page.evaluate(`{ const box = document.querySelector('.language'); box.value = 'de'; box.dispatchEvent(new Event('change')); }`);
    await page.sees('#welcome', 'Komm rein');
    assert.equal(await page.evaluate('document.documentElement.lang'), 'de');
    await page.evaluate('location.reload()');
    await page.sees('#welcome', 'Komm rein');
    await page.evaluate('localStorage.clear()');
    await page.close();
  });
});
