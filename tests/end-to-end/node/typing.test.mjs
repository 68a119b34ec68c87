// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Code Racer's page tells of what is typed, and what becomes of what no fingers typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importPage } from './library.mjs';

const { Typing } = await importPage('typing.js');
const { Reporter } = await importPage('reporter.js');

const snippet = `int main(void)\n{\n        int sum = 0;\n        for (int i = 0; i < 10; ++i)\n                sum += i * i;\n        return sum;\n}`;

/** The server as docs/protocol.md has it, behind a network that may hold messages back. */
class Server {
  state = 'open';
  position = 0;
  refused = 0;
  reports = [];
  #allowance = 20;
  #at = Date.now();
  #held = null;

  hold() { this.#held = []; }
  letGo() { for (const go of this.#held.splice(0)) go(); this.#held = null; }

  request(type, data) {
    return new Promise((resolve, reject) => {
      const arrive = () => (type === 'progress' ? this.#progress(data, reject) : this.#submit(resolve, reject));
      this.#held ? this.#held.push(arrive) : arrive();
    });
  }

  #progress({ position }, reject) {
    this.#allowance = Math.min(50, this.#allowance + (Date.now() - this.#at) * 0.04);
    this.#at = Date.now();
    this.reports.push(position);
    if (position - this.position > this.#allowance) {
      ++this.refused;
      return reject(Object.assign(new Error('too fast'), { code: 'not_allowed', data: { position: this.position } }));
    }
    this.#allowance -= position - this.position;
    this.position = position;
  }

  #submit(resolve, reject) {
    if (this.position < snippet.length) reject(Object.assign(new Error('not typed'), { code: 'not_allowed' }));
    else this.onJudged?.();
  }
}

/** A race on a clock that stands still until it is moved on. */
function race(context) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  context.mock.method(performance, 'now', () => Date.now());
  context.mock.timers.tick(1000);
  const server = new Server();
  const typing = new Typing(snippet);
  const back = [];
  const reporter = new Reporter(server, typing, 0, (position) => { back.push(position); reporter.stop(); });
  server.onJudged = () => reporter.judged();
  /** Time passes; the page reports every 60 ms as it does. */
  const pass = async (ms) => {
    for (let i = 0; i < ms; i += 20) {
      context.mock.timers.tick(20);
      if (i % 60 === 0) reporter.report();
      await null;
      await null;
    }
  };
  let field = '';
  const type = (text) => { field = typing.take(field + text); };
  /** So many letters a second; indentation is filled in by the page. */
  const typeAll = async (perSecond, text = snippet.replace(/\n +/g, '\n')) => {
    for (const letter of text) { type(letter); await pass(1000 / perSecond); }
  };
  return { server, typing, reporter, back, pass, type, typeAll };
}

for (const perSecond of [4, 12, 25]) {
  test(`${perSecond} letters a second are taken, with the indentation that is filled in`, async (context) => {
    const { server, typing, reporter, back, typeAll, pass } = race(context);
    await typeAll(perSecond);
    assert.ok(typing.done);
    const submitted = reporter.submit(typing.code);
    await pass(2000);
    assert.equal(await submitted, null);
    assert.deepEqual([server.position, server.refused, back], [snippet.length, 0, []]);
  });
}

test('words that a keyboard completes are taken', async (context) => {
  const { server, back, type, pass } = race(context);
  for (const word of ['int main(void)', '\n', '{', '\n', 'int sum = 0;']) {
    type(word);
    await pass(800);
  }
  assert.deepEqual([server.refused, back], [0, []]);
});

test('a whole snippet at once is told as it is, and goes back', async (context) => {
  const { server, typing, back, type, typeAll, pass } = race(context);
  await typeAll(10, 'int m');
  await pass(5000);
  type(snippet.slice(5));
  assert.ok(typing.done && typing.leapt);
  await pass(500);
  assert.deepEqual([server.position, back], [5, [5]]);
  assert.equal(server.reports.at(-1), snippet.length, 'it is not told little by little');
});

test('who waits for the code to be judged hears of it', async (context) => {
  const { reporter, typing, back, type, pass } = race(context);
  type(snippet);
  const submitted = reporter.submit(typing.code);
  await pass(2000);
  assert.equal(await submitted, null);
  assert.deepEqual(back, [0]);
});

test('what the network held back does not go back', async (context) => {
  const { server, typing, reporter, back, typeAll, pass } = race(context);
  server.hold();
  await typeAll(12, snippet.replace(/\n +/g, '\n').slice(0, 90)); // more than seven seconds
  server.letGo();
  await typeAll(12, snippet.replace(/\n +/g, '\n').slice(90));
  const submitted = reporter.submit(typing.code);
  await pass(8000);
  assert.equal(await submitted, null);
  assert.ok(server.refused > 0);
  assert.deepEqual([server.position, back], [snippet.length, []]);
});

test('what was typed without a connection is told little by little', async (context) => {
  const { server, typing, reporter, back, typeAll, pass } = race(context);
  server.state = 'waiting';
  await typeAll(12);
  server.state = 'open';
  const submitted = reporter.submit(typing.code);
  await pass(8000);
  assert.equal(await submitted, null);
  assert.deepEqual([server.position, server.refused, back], [snippet.length, 0, []]);
});

/** A client whose requests are answered by hand. */
function byHand(context) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const asked = [];
  const client = { state: 'open', request: (type, data) => new Promise((_, reject) => asked.push({ ...data, reject })) };
  const refuse = async (index, code, data) => {
    asked[index].reject(Object.assign(new Error(code), { code, data }));
    for (let i = 0; i < 4; ++i) await null;
  };
  const typing = new Typing(snippet);
  const back = [];
  return { asked, refuse, typing, back, reporter: new Reporter(client, typing, 0, (position) => back.push(position)) };
}

test('a leap that was taken is forgotten, and only a refusal that says a position puts back', async (context) => {
  const { asked, refuse, typing, back, reporter } = byHand(context);
  const field = typing.take(snippet.slice(0, 70));
  const { position } = typing;
  assert.ok(typing.leapt);
  reporter.report(1000);
  assert.deepEqual([asked[0].position, typing.leapt], [position, false]);
  typing.take(field + snippet[position]);
  reporter.report(2000);
  await refuse(1, 'not_allowed', { position });
  assert.deepEqual([back, reporter.reported], [[], position]);
  typing.leapt = true;
  reporter.report(3000);
  await refuse(2, 'not_allowed', {});
  assert.deepEqual([back, typing.leapt], [[], true]);
  reporter.report(4000);
  await refuse(3, 'not_allowed', { position });
  assert.deepEqual(back, [position]);
});

test('a refusal is nothing new where more was sent since a newer one', async (context) => {
  const { asked, refuse, typing, reporter } = byHand(context);
  let field = '';
  const type = (text) => { field = typing.take(field + text); };
  type(snippet.slice(0, 30));
  reporter.report(1000);
  type(snippet.slice(30, 40));
  reporter.report(1200);
  await refuse(0, 'not_allowed', { position: 10 });
  reporter.report(1400);
  const { position } = asked[2];
  assert.ok(position > 10 && position < 40);
  await refuse(1, 'not_allowed', { position: 10 });
  assert.equal(reporter.reported, position);
  await refuse(2, 'not_allowed', { position: 10 });
  assert.equal(reporter.reported, 10);
});
