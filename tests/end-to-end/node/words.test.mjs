// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever others say is text on the players' pages, and nothing else: names, chat, rooms, games, reasons. Here a server that is
// not to be trusted says all of it in HTML, on every page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';

setStage();

const evil = `"'><img src=x onerror="window.pwned = true"><script>window.pwned = true</script>`;
const player = (id) => ({ playerId: id, name: evil, status: 'ready' });
const race = { snippet: `${evil}\n${evil}`, language: evil, title: evil, secondsLimit: 600 };
const racer = (id) => ({ playerId: id, name: evil, position: 1, wpm: 1, place: null, done: false, accuracy: 1, errors: 0, elapsedMs: null });
const horses = [1, 2, 3, 4].map((number) => ({ number, name: evil, odds: 2.5 }));
const results = [{ playerId: 'p2', name: evil, place: 1, score: 1, wpm: 1, accuracy: 1, elapsedMs: 5, position: 1 }];

const rooms = {
  relay: { game: 'relay', gameState: {} },
  'a game without a page': { game: evil, gameState: { text: evil } },
  'code-racer': { game: 'code-racer', gameState: { phase: 'racing', ...race, startsAt: 1, racers: [racer('p1'), racer('p2')], watchers: [], results: null } },
  'horse-race': { game: 'horse-race', gameState: { phase: 'betting', roundId: 1, horses, secondsLeft: 20, bets: [{ playerId: 'p2', stake: 5 }],
    players: ['p1', 'p2'].map((playerId) => ({ playerId, name: evil, chips: 1000, staked: 0, loans: 0 })) } },
};
const said = [
  { type: 'player_joined', data: { ...player('p3'), players: 3 } },
  { type: 'chat', data: { playerId: 'p2', name: evil, text: evil } },
  { type: 'chat', data: { text: evil } },
  { type: 'notice', data: { text: evil } },
  { type: evil, data: { [evil]: evil }, from: 'p2' },
  { type: 'move', data: { [evil]: [evil] }, from: evil },
  { type: 'error', data: { code: evil, message: evil } },
  { type: 'server_closing', data: { reason: evil, secondsLeft: 9 } },
  { type: 'player_dropped', data: { playerId: 'p2', secondsLeft: 9 } },
  { type: 'player_left', data: { ...player('p3'), players: 2 } },
];
const ofGame = {
  'code-racer': [
    { type: 'code_submitted', data: { playerId: 'p2', correct: true, place: 1, elapsedMs: 5, wpm: 1, accuracy: 1 } },
    { type: 'game_finished', data: { results } },
  ],
  'horse-race': [
    { type: 'race_results', data: { roundId: 1, ranking: [1, 2, 3, 4], chips: { p1: 1, p2: 2 }, loans: [{ playerId: 'p2', amount: 500 }],
      payouts: [{ playerId: 'p2', horse: 1, stake: 5, payout: 12 }] } },
  ],
};

/** In place of the page's own: a WebSocket on which the server says this, and then closes. */
const fakeSocket = (room, messages) => `window.WebSocket = class {
  readyState = 1;
  constructor() { setTimeout(() => this.#begin()); }
  #begin() {
    const say = (message, at) => this.onmessage?.({ data: JSON.stringify({ ...message, seq: at + 1 }) });
    ${JSON.stringify([{ type: 'connected', data: { playerId: 'p1', name: evil, resume: null, resumed: false, serverTime: 5000,
      room: { id: evil, code: evil, state: 'playing', players: [player('p1'), player('p2')], ...room } } }, ...messages])}.forEach(say);
    window.allSaid = true;
    window.endBadly = () => this.onclose?.({ code: 4003, reason: ${JSON.stringify(evil)} });
  }
  send() {}
  close() {}
};`;
const fakeFetch = `window.fetch = async (path) => ({ status: 200, json: async () => (String(path).includes('config')
  ? { auth: 'open', games: [${JSON.stringify(evil)}, 'relay'] }
  : { rooms: [${JSON.stringify({ room: evil, code: evil, game: evil, state: evil, players: 1, maxPlayers: 8 })}] }) });`;

async function open(path, script) {
  const page = await chromium.newPage('about:blank');
  await page.call('Page.enable');
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: 'en' });
  await page.call('Page.addScriptToEvaluateOnNewDocument', { source: `try { sessionStorage.setItem('name', ${JSON.stringify(evil)}); } catch {}\n${script}` });
  await page.call('Page.navigate', { url: `${server.http}${path}` });
  return page;
}

async function assertHarmless(page) {
  const seen = await page.evaluate(`({ pwned: window.pwned === true, text: document.body.textContent.includes(${JSON.stringify(evil)}),
    nodes: document.querySelectorAll('img:not([src="icon.svg"]), body script, [onerror]').length })`);
  assert.deepEqual(seen, { pwned: false, text: true, nodes: 0 });
}

for (const [name, room] of Object.entries(rooms)) {
  test(`words of others are text in a room: ${name}`, async () => {
    const path = Object.hasOwn(ofGame, room.game) ? `/${room.game}.html?room=x` : '/relay.html?room=x';
    const page = await open(path, fakeSocket(room, [...said, ...(ofGame[room.game] ?? [])]));
    await until(() => page.evaluate('window.allSaid === true && Boolean(document.querySelector(".players .me"))'), 'all that was said');
    assert.equal(await page.evaluate(`document.querySelector('main').checkVisibility({ checkVisibilityCSS: true })`), true);
    await assertHarmless(page);
    await page.evaluate('endBadly()');
    await until(() => page.evaluate(`document.querySelector('.banner').textContent.includes('does not let this page in')`), 'the reason');
    await assertHarmless(page);
    await page.close();
  });
}

test('words of others are text on the start page', async () => {
  const page = await open(`/?room=${encodeURIComponent(evil)}#${encodeURIComponent(evil)}`, fakeFetch);
  await until(() => page.evaluate(`document.querySelectorAll('#rooms button').length > 0`), 'the rooms');
  await assertHarmless(page);
  await page.evaluate(`document.querySelector('#rooms button').focus()`); // its room is looked up when the list is drawn anew
  await page.evaluate(`document.querySelector('.language').value = 'de'; document.querySelector('.language').dispatchEvent(new Event('change'))`);
  await until(() => page.evaluate(`document.documentElement.lang === 'de'`), 'the other language');
  await assertHarmless(page);
  assert.equal(await page.evaluate(`document.activeElement.className`), 'entry');
  await page.evaluate('localStorage.clear()'); // the language
  await page.close();
});

test('who is not let in sees the reason, and no game', async () => {
  const refusing = `window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 4003, reason: ${JSON.stringify(evil)} })); } close() {} };`;
  for (const game of ['relay', 'code-racer', 'horse-race']) {
    const page = await open(`/${game}.html?room=x`, refusing);
    await until(() => page.evaluate(`document.querySelector('.banner')?.textContent.includes('does not let this page in')`), 'the reason');
    assert.equal(await page.evaluate(`document.querySelector('main').checkVisibility({ checkVisibilityCSS: true })`), false);
    await assertHarmless(page);
    await page.close();
  }
});

test('a name that nobody can see is asked for again', async () => {
  const page = await open('/', '');
  await until(() => page.evaluate(`document.querySelector('#games input') !== null`), 'the games');
  for (const [name, missing] of [['\u3164\u200B \u2800', true], ['\uD83D', true], ['\u200BAda', false], ['\u{1FAE8}', false]]) {
    await page.evaluate(`document.getElementById('name').value = ${JSON.stringify(name)}; document.getElementById('code').value = '!';
      document.getElementById('join').requestSubmit();`);
    await until(() => page.evaluate(`document.getElementById('name-error').hidden === ${!missing}`), `${escape(name)} is judged`);
  }
  await page.close();
});
