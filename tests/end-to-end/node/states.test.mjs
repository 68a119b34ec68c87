// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of a room says and lets people do, in each of its states.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { importPage } from './library.mjs';
import { startServer, until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';
import { nameless, visit } from './visitor.mjs';

const { states, stateOf } = await importPage('states.js');

setStage('--resume-seconds', '1');

/** The page's sockets can be ended as the test says, and those to come can be kept from connecting. */
const wire = `(() => {
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(url) { super(window.isDown ? 'ws://127.0.0.1:1/' : url); window.lastSocket = this; }
  };
  window.endWith = (code, reason = '') => lastSocket.onclose({ code, reason });
})()`;

let made = 0;
/** A room of its own with a page in it. */
async function inRoom(game = 'relay', { name = 'Ada', options, at = server, ...more } = {}) {
  const room = `room${++made}`;
  const answer = await fetch(`${at.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, room, options }) });
  assert.equal(answer.status, 201);
  const page = await visit(chromium, at.http, { path: `/${game}.html?room=${room}`, name, script: wire, ...more });
  await page.isIn('open');
  await page.see(`document.querySelector('.players .me')`, 'ourselves');
  return Object.assign(page, { room });
}

const shown = (page) => page.evaluate(`(() => {
  const main = document.querySelector('main');
  const button = document.querySelector('.banner button');
  return { words: document.querySelector('.banner').hidden ? '' : document.querySelector('.banner p').textContent,
    button: button.checkVisibility() ? button.textContent : '', plays: !main.inert, seen: main.checkVisibility({ checkVisibilityCSS: true }) };
})()`);

const short = { language: 'python', length: 'short', countdownSeconds: 1 };
const begins = (page) => page.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 15000);

describe('the table', () => {
  const facts = { state: 'open', code: 0, reason: '', why: '', status: 0, wasIn: true, isRetrying: false, paused: false, silent: false, news: '' };
  const rows = [
    ['connecting', { state: 'connecting', wasIn: false }],
    ['unanswered', { state: 'waiting', code: 1006, wasIn: false, isRetrying: true }],
    ['unanswered', { state: 'connecting', code: 1006, wasIn: false, isRetrying: true }],
    ['busy', { state: 'waiting', code: 1006, status: 429, wasIn: false, isRetrying: true }],
    ['delayed', { state: 'waiting', code: 1006, status: 503, isRetrying: true }],
    ['full', { state: 'waiting', code: 4005, wasIn: false }],
    ['full', { state: 'connecting', code: 4005, wasIn: false, isRetrying: true }],
    ['lost', { state: 'waiting', code: 1006 }],
    ['lost', { state: 'connecting' }],
    ['closing', { state: 'connecting', code: 1001 }],
    ['tokenWanted', { state: 'ended', why: 'refused', code: 4010, wasIn: false }],
    ['tokenBad', { state: 'ended', why: 'refused', code: 4001, reason: 'The token has expired', hasToken: true, tokenRoom: 'den' }],
    ['tokenElsewhere', { state: 'ended', why: 'refused', code: 4001, reason: 'The token is for another room', hasToken: true, tokenRoom: 'den', wasIn: false }],
    ['refused', { state: 'ended', why: 'refused', code: 4003, wasIn: false }],
    ['notFound', { state: 'ended', why: 'gone', wasIn: false }],
    ['gone', { state: 'ended', why: 'gone' }],
    ['paused', { paused: true }],
    ['silent', { paused: true, silent: true, news: 'back' }],
    ['back', { paused: true, news: 'back' }],
    ['open', {}],
    ['protocol', { state: 'ended', why: 'protocol', code: 1002 }],
  ];
  for (const [name, change] of rows) test(`${JSON.stringify(change)} is ${name}`, () => assert.equal(stateOf({ ...facts, ...change }), name));

  test('who is not in can not play, and every banner has its button or passes by itself', () => {
    for (const [name, { tone, action, play }] of Object.entries(states)) {
      assert.ok(tone || name === 'open', name);
      if (!play && name !== 'connecting') assert.ok(action, name);
    }
  });
});

describe('the line', () => {
  const ends = [
    [1000, 'over', 'Back to the start', '“\u2068why\u2069”'],
    [1002, 'protocol', 'Reload', 'did not understand this page (1002)'],
    [4001, 'tokenWanted', 'Back to the start', 'a link of their own'],
    [4003, 'refused', 'Back to the start', 'does not let this page in: why'],
    [4004, 'gone', 'Back to the start', 'no such room any more'],
    [4008, 'replaced', 'Join again', 'another tab'],
    [4009, 'removed', 'Join again', 'from the room. “\u2068why\u2069”'],
  ];
  for (const [code, state, button, words] of ends) {
    test(`${code} is the end: ${state}`, async () => {
      const page = await inRoom();
      await page.evaluate(`document.querySelector('#chat input').focus(); endWith(${code}, 'why')`);
      await page.isIn(state);
      const { words: said, ...rest } = await shown(page);
      assert.deepEqual(rest, { button, plays: false, seen: true });
      assert.ok(said.includes(words), said);
      assert.equal(await page.focused(), 'banner'); // and not its button, which the next key would press
      assert.deepEqual([await nameless(page), page.errors], [[], []]);
      await page.close();
    });
  }

  const losses = [[1001, 'closing'], [1006, 'lost'], [1011, 'failed'], [4002, 'tooFast'], [4006, 'tooSlow'], [4007, 'unheard'], [4010, 'idle']];
  for (const [code, state] of losses) {
    test(`${code} is a loss: ${state}, and it plays on`, async () => {
      const page = await inRoom();
      await page.evaluate(`isDown = true; endWith(${code})`);
      await page.isIn(state);
      const { words, button, plays } = await shown(page);
      assert.deepEqual([Boolean(words), button, plays], [true, 'Try now', true]);
      await page.evaluate('isDown = false');
      await page.click('.banner button');
      await page.isIn('open');
      assert.deepEqual([await nameless(page), page.errors], [[], []]);
      await page.close();
    });
  }

  test('who joins again after a kick plays again', async () => {
    const page = await inRoom();
    await page.evaluate(`endWith(4009, 'removed by the operator')`);
    await page.isIn('removed');
    assert.equal((await shown(page)).words, 'The host has removed you from the room.'); // not what the server says for want of a reason
    await page.click('.banner button');
    await page.isIn('open');
    assert.deepEqual(await shown(page), { words: '', button: '', plays: true, seen: true });
    await page.close();
  });

  test('a line that has fallen silent shows it, and that it speaks again', async () => {
    const page = await inRoom();
    await page.evaluate(`window.heard = lastSocket.onmessage; window.kept = []; lastSocket.onmessage = (event) => kept.push(event)`);
    await page.evaluate(`document.querySelector('#chat input').value = 'Hello?'; document.querySelector('#chat form').requestSubmit()`);
    await page.isIn('silent', 6000);
    assert.match((await shown(page)).words, /Nothing comes from the server/);
    await page.evaluate('kept.forEach((event) => heard(event)); lastSocket.onmessage = heard');
    await page.isIn('open');
    await page.see(`document.querySelector('.log').textContent.includes('Hello?')`, 'what was said');
    await page.close();
  });

  test('what is heard is not written down each time, and a reload has its seat all the same', async () => {
    const page = await inRoom();
    const other = new WebSocket(`${server.ws}/ws/${page.room}?name=Bob`);
    await page.see(`document.querySelectorAll('.players li').length === 2`, 'Bob');
    await page.evaluate(`window.writes = 0; const { setItem } = Storage.prototype; Storage.prototype.setItem = function (...values) { ++writes; setItem.apply(this, values); }`);
    for (let i = 1; i <= 50; ++i) other.send(JSON.stringify({ type: 'move', data: i }));
    await page.see(`document.querySelectorAll('#wire .message.in').length > 50`, 'all of it');
    assert.equal(await page.evaluate('writes'), 0);
    const me = `document.querySelector('.players .me').textContent + document.querySelectorAll('.players li').length`;
    const before = await page.evaluate(me);
    await page.evaluate('window.isOld = true; location.reload()');
    await page.see(`!window.isOld && document.querySelector('.players .me')`, 'it is back');
    await page.isIn('open');
    assert.equal(await page.evaluate(me), before);
    await page.see(`document.querySelectorAll('#wire .message').length < 10`, 'and nothing comes twice');
    other.close();
    await page.close();
  });

  test('after a restart, and after a crash, the page says what happened', async () => {
    for (const end of ['stop', 'crash']) {
      const first = await startServer();
      const page = await inRoom('relay', { at: first });
      await first[end]();
      await page.isIn(end === 'stop' ? 'closing' : 'lost');
      await page.evaluate('window.firstSocket = lastSocket');
      await page.see('lastSocket !== firstSocket && lastSocket.readyState === 3', 'that it has tried in vain');
      await page.isIn(end === 'stop' ? 'closing' : 'lost');
      assert.equal(await page.evaluate(`[...document.querySelectorAll('.toast')].some((one) => one.textContent.includes('close'))`), false);
      const second = await startServer('--port', String(first.port));
      await page.isIn('restarted', 20000);
      assert.match((await shown(page)).words, /started anew/);
      await page.isIn('open');
      await page.close();
      assert.equal(await second.stop(), 0);
    }
  });
});

test('the playground shows what comes, but not the token of the own seat', async () => {
  const page = await inRoom('relay');
  const wire = await page.text('#wire');
  assert.match(wire, /"resumeSeconds": 1/);
  assert.match(wire, /"resume": "…"/);
  await page.close();
});

describe('a race', () => {
  test('a seat that expired in mid-race leaves no field that takes keys', async () => {
    const page = await inRoom('code-racer', { options: short });
    const other = new WebSocket(`${server.ws}/ws/${page.room}?name=Bob`);
    const heard = [];
    other.on('message', (text) => heard.push(...[JSON.parse(text)].flatMap((one) => (one.type === 'batch' ? one.data : one))));
    await page.see(`document.querySelectorAll('.players li').length === 2`, 'Bob');
    await page.click('#start');
    await begins(page);
    await page.type('d');
    await page.evaluate('isDown = true; lastSocket.close()');
    await page.isIn('lost');
    assert.equal(await page.focused(), 'field'); // he types on
    await until(() => heard.some(({ type }) => type === 'player_left'), 'the seat is gone', 20000);
    await page.evaluate('isDown = false');
    await page.isIn('expired', 20000);
    assert.match((await shown(page)).words, /away for too long/);
    const field = await page.evaluate(`(({ disabled }) => ({ disabled, focused: document.activeElement === field }))(document.getElementById('field'))`);
    assert.deepEqual(field, { disabled: true, focused: false });
    assert.equal(await page.evaluate(`document.getElementById('watching').checkVisibility() && !document.body.classList.contains('typing')`), true);
    assert.deepEqual(page.errors, []);
    other.close();
    await page.close();
  });

  test('who is removed sees a clock that stands', async () => {
    const page = await inRoom('code-racer', { options: short });
    await page.click('#start');
    await begins(page);
    await page.evaluate('endWith(4009)');
    await page.isIn('removed');
    const left = await page.text('#left');
    const passed = new Promise((resolve) => page.on('Emulation.virtualTimeBudgetExpired', resolve));
    await page.call('Emulation.setVirtualTimePolicy', { policy: 'advance', budget: 5000 });
    await passed;
    assert.equal(await page.text('#left'), left);
    assert.equal(await page.evaluate(`document.getElementById('field').disabled`), true);
    await page.close();
  });

  test('the end of a race takes the focus from nobody who writes', async () => {
    const page = await inRoom('code-racer', { options: { ...short, secondsLimit: 30 } });
    await page.evaluate(`document.getElementById('start').focus()`);
    await page.click('#start');
    await begins(page);
    assert.equal(await page.focused(), 'field');
    const code = await page.evaluate(`document.getElementById('whole').textContent`);
    const typed = code.trimEnd().split('\n').map((line) => line.trim()).join('\n');
    for (const [i, letter] of [...typed].entries()) {
      // The end comes when somebody writes, and not before.
      if (i === typed.length - 1) await page.evaluate(`window.heard = lastSocket.onmessage; window.kept = []; lastSocket.onmessage = (event) => kept.push(event)`);
      await page.type(letter);
      await new Promise((resolve) => setTimeout(resolve, 30)); // people have a speed, and the server knows it
    }
    await page.evaluate(`document.querySelector('#chat input').focus()`);
    await page.see(`kept.some(({ data }) => String(data).includes('game_finished'))`, 'the end');
    await page.evaluate('kept.forEach((event) => heard(event)); lastSocket.onmessage = heard');
    await page.see(`document.getElementById('results').checkVisibility()`, 'the results');
    assert.equal(await page.evaluate(`document.querySelector('#chat input') === document.activeElement`), true);
    await page.close();
  });

  test('text that comes without keys is not kept out: the server judges it', async () => {
    const page = await inRoom('code-racer', { options: { ...short, length: 'long' } });
    await page.click('#start');
    await begins(page);
    const isTaken = await page.evaluate(`['paste', 'drop'].every((name) => document.getElementById('field').dispatchEvent(new Event(name, { cancelable: true, bubbles: true })))`);
    assert.equal(isTaken, true);
    await page.call('Input.insertText', { text: await page.evaluate(`document.getElementById('whole').textContent`) });
    await page.see(`/So fast types nobody/.test(document.getElementById('said').textContent)`, 'the judgement');
    assert.equal(await page.focused(), 'field'); // on from there
    await page.close();
  });

  test('keys go to the code, Tab goes on and Escape goes out', async () => {
    const page = await inRoom('code-racer', { options: short });
    await page.click('#start');
    await begins(page);
    await page.key('Escape');
    assert.equal(await page.focused(), 'tap');
    await page.key('Enter');
    assert.equal(await page.focused(), 'field');
    await page.key('Tab');
    assert.notEqual(await page.focused(), 'field');
    await page.close();
  });

  test('all pages agree who may start, and the button moves once', async () => {
    const ada = await inRoom('code-racer', { options: short });
    const bob = await visit(chromium, server.http, { path: `/code-racer.html?room=${ada.room}`, name: 'Bob', script: wire });
    await bob.isIn('open');
    const starter = (page) => page.evaluate(`(() => ({ button: !document.getElementById('start').hidden,
      tag: [...document.querySelectorAll('.players li')].find((line) => line.textContent.includes('may start'))?.querySelector('.name').textContent,
      words: document.getElementById('who-starts').textContent.replace(/[\\u2068\\u2069]/g, '') }))()`);
    await ada.see(`document.querySelectorAll('.players li').length === 2`, 'Bob');
    assert.deepEqual(await starter(ada), { button: true, tag: 'Ada', words: 'You start the race. 0 of 2 are ready.' });
    assert.deepEqual(await starter(bob), { button: false, tag: 'Ada', words: 'Ada starts the race. 0 of 2 are ready.' });
    await bob.evaluate(`window.moves = 0; new MutationObserver(() => ++moves).observe(document.getElementById('start'), { attributeFilter: ['hidden'] })`);
    await ada.evaluate('isDown = true; lastSocket.close()');
    await bob.see(`document.querySelector('.players .away')`, 'Ada is away');
    assert.deepEqual(await starter(bob), { button: true, tag: 'Bob', words: 'You start the race. 0 of 2 are ready.' });
    await bob.see(`document.querySelectorAll('.players li').length === 1`, 'Ada has gone', 20000);
    assert.equal(await bob.evaluate('moves'), 1);
    await ada.close();
    await bob.close();
  });
});

describe('who is not let in', () => {
  test('a room that is not there, and one that is full', async () => {
    const small = await startServer('--no-auto-create', '--max-players', '1');
    const none = await visit(chromium, small.http, { path: '/relay.html?room=nowhere', name: 'Ada' });
    await none.isIn('notFound');
    assert.deepEqual(await shown(none), { words: 'There is no room nowhere.', button: 'Back to the start', plays: false, seen: false });
    const ada = await inRoom('relay', { at: small });
    const bob = await visit(chromium, small.http, { path: `/relay.html?room=${ada.room}`, name: 'Bob' });
    await bob.isIn('full');
    assert.deepEqual(await shown(bob), { words: 'The room is full. We ask again for a free place.', button: 'Try now', plays: false, seen: false });
    await ada.click('#top button:last-child');
    await ada.click('dialog button:last-child');
    await ada.see(`location.pathname === '/'`, 'the start page');
    await bob.click('.banner button');
    await bob.isIn('open');
    for (const page of [none, ada, bob]) {
      assert.deepEqual([await nameless(page), page.errors], [[], []]);
      await page.close();
    }
    assert.equal(await small.stop(), 0);
  });

  test('a server that wants a token, and a token for another room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'glasshouse-states-'));
    const secret = join(folder, 'secret');
    writeFileSync(secret, randomBytes(48).toString('base64'));
    const strict = await startServer('--auth', 'token', '--jwt-secret-file', secret);
    const token = execFileSync(process.env.GLASSHOUSE, ['token', 'mint', '--jwt-secret-file', secret, '--sub', 'ada', '--room', 'den'], { encoding: 'utf8' }).trim();
    const open = async (path, state) => {
      const page = await visit(chromium, strict.http, { path, name: 'Ada' });
      await page.isIn(state);
      const seen = await shown(page);
      assert.deepEqual([seen.plays, seen.seen, await nameless(page), page.errors], [false, false, [], []]);
      return { page, ...seen };
    };
    const without = await open('/relay.html?room=den', 'tokenWanted');
    assert.match(without.words, /a link of their own/);
    await without.page.close();
    const forged = await open('/relay.html?room=den&token=x.y.z', 'tokenBad');
    assert.match(forged.words, /expired or is not right/);
    await forged.page.close();
    const elsewhere = await open(`/relay.html?room=hall&token=${token}`, 'tokenElsewhere');
    assert.deepEqual([elsewhere.words, elsewhere.button], ['Your link is good for room den only.', 'Go to room den']);
    await elsewhere.page.click('.banner button');
    await elsewhere.page.see(`location.search === '?room=den' && document.getElementById('code')?.value === 'den'`, 'its own room');
    await elsewhere.page.close();
    assert.equal(await strict.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  test('a link to a page of another game leads to the right one, without an error', async () => {
    for (const [game, wrong] of [['horse-race', 'code-racer'], ['code-racer', 'horse-race'], ['code-racer', 'relay'], ['relay', 'horse-race']]) {
      const room = `room${++made}`;
      await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, room }) });
      const page = await visit(chromium, server.http, { path: `/${wrong}.html?room=${room}`, name: 'Ada' });
      await page.see(`location.pathname === '/${game}.html' && document.querySelector('.players .me')`, game);
      await page.isIn('open');
      assert.deepEqual(page.errors, []);
      await page.close();
    }
  });
});

describe('the start page', () => {
  test('nobody is invited to a room that is not there', async () => {
    const page = await visit(chromium, server.http, { path: '/?room=nowhere' });
    await page.see(`document.getElementById('welcome').textContent === 'There is no room nowhere'`, 'the truth');
    const { room } = await (await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: '{"game":"relay"}' })).json();
    await page.call('Page.navigate', { url: `${server.http}/?room=${room}` });
    await page.see(`document.getElementById('welcome').textContent.startsWith('You are invited to room')`, 'the invitation');
    assert.deepEqual([await nameless(page), page.errors], [[], []]);
    await page.close();
  });

  test('who goes back finds the room while the seat waits', async () => {
    const slow = await startServer(); // 30 s
    const room = (await (await fetch(`${slow.http}/api/v1/rooms`, { method: 'POST', body: '{"game":"relay"}' })).json()).room;
    const page = await visit(chromium, slow.http, { path: `/?room=${room}` });
    await page.see(`document.querySelector('#rooms li')`, 'the rooms');
    await page.evaluate(`document.getElementById('name').value = 'Ada'; document.getElementById('join').requestSubmit()`);
    await page.isIn('open');
    const seat = await page.evaluate(`import('./glasshouse.js').then(() => JSON.parse(sessionStorage.getItem('room:${room}')).resume)`);
    assert.ok(seat);
    await page.evaluate('history.back()');
    await page.see(`location.pathname === '/' && document.getElementById('return').checkVisibility()`, 'the offer');
    assert.match(await page.text('#return-about'), /kept for \d+ s/);
    await page.click('#return-go');
    await page.see(`location.pathname === '/relay.html' && document.querySelector('.players .me')`, 'the room');
    assert.equal(await page.evaluate(`document.querySelectorAll('.players li').length`), 1); // it is the same seat
    await page.click('#top button:last-child');
    await page.click('dialog button:last-child');
    await page.see(`location.pathname === '/' && document.getElementById('return')?.hidden`, 'nothing is offered to who has left');
    await page.close();
    assert.equal(await slow.stop(), 0);
  });
});
