// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of all pages in all their states, to be looked at: node pictures.mjs FOLDER [WORD …]
// Each is SIZE-LOOK-SCENE.png; only those whose names hold all the words are taken. A scene that is fleeting is played by hand.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { startChromium } from './chromium.mjs';
import { importPage } from './library.mjs';
import { startServer } from './server.mjs';
import { visit } from './visitor.mjs';

const [folder, ...words] = process.argv.slice(2);
if (!folder) throw new Error('pictures.mjs FOLDER [WORD …]');
mkdirSync(folder, { recursive: true });

const sizes = {
  phone: { width: 390, height: 844, mobile: true },
  keyboard: { width: 390, height: 430, mobile: true },
  desk: { width: 1280, height: 800, mobile: false },
  wide: { width: 1920, height: 1080, mobile: false },
  zoomed: { width: 320, height: 256, mobile: false },
};
const looks = {
  light: { media: { 'prefers-color-scheme': 'light' } },
  dark: { media: { 'prefers-color-scheme': 'dark' } },
  forced: { media: { 'prefers-color-scheme': 'dark', 'forced-colors': 'active' } },
  german: { media: { 'prefers-color-scheme': 'light' }, language: 'de' },
};
const pause = (ms) => new Promise((then) => setTimeout(then, ms));
const isWanted = (name) => words.every((word) => name.includes(word));

const server = await startServer('--resume-seconds', '60');
const chromium = await startChromium();

// ---- how a scene is played ----

/** Sockets can be ended and made to say things, and are kept from connecting where `isDown`. */
const wire = `(() => {
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(url) { super(window.isDown ? 'ws://127.0.0.1:1/' : url); window.lastSocket = this; }
  };
  window.endWith = (code, reason = '') => lastSocket.onclose({ code, reason });
  window.hear = (type, data = {}) => lastSocket.onmessage({ data: JSON.stringify({ type, data }) });
})()`;

const put = (id, value) => `{ const field = document.getElementById('${id}'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('input', { bubbles: true })); }`;

let made = 0;
async function newRoom(game, options, at = server) {
  const room = `${game}-${++made}`;
  const answer = await fetch(`${at.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, room, options }) });
  if (answer.status !== 201) throw new Error(await answer.text());
  return room;
}

/** Ada at a page of a room, and others, who are sockets. */
async function inRoom(game, { options, others = [] } = {}) {
  const room = await newRoom(game, options);
  const page = await visit(chromium, server.http, { path: `/${game}.html?room=${room}`, name: 'Ada', script: wire });
  await page.isIn('open');
  const sockets = others.map((name) => new WebSocket(`${server.ws}/ws/${room}?name=${encodeURIComponent(name)}`));
  await page.see(`document.querySelectorAll('.players li').length === ${others.length + 1}`, 'everybody');
  const tell = (type, data) => { for (const socket of sockets) socket.send(JSON.stringify({ type, data })); };
  return Object.assign(page, { room, sockets, tell, end: async () => { for (const socket of sockets) socket.terminate(); await page.close(); } });
}

async function atHome(path = '/', origin = server.http) {
  const page = await visit(chromium, origin, { path });
  await page.see(`document.getElementById('rooms-state')?.textContent || document.querySelector('#rooms li')`, 'the rooms');
  return Object.assign(page, { end: () => page.close() });
}

const crowd = ['Grace Hopper', 'Linus', 'Margaret Hamilton, who has a long name', 'Ken', 'אבג 123', 'Barbara'];
const slowRace = { language: 'java', length: 'long', countdownSeconds: 10, secondsLimit: 600 };
const quickRace = { ...slowRace, countdownSeconds: 1 };
const begun = (page) => page.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 20000);

async function racing({ options = quickRace, others = crowd, lines = 3 } = {}) {
  const page = await inRoom('code-racer', { options, others });
  await page.click('#start');
  await begun(page);
  await page.evaluate(`document.getElementById('field').focus()`);
  page.sockets.forEach((socket, i) => socket.send(JSON.stringify({ type: 'progress', data: { position: 7 + i * 2, errors: i } })));
  const code = await page.evaluate(`document.getElementById('whole').textContent`);
  for (const letter of code.split('\n').slice(0, lines).map((line) => line.trim()).join('\n')) { await page.type(letter); await pause(25); }
  return page;
}

async function bettingRoom(options = { betSeconds: 120, horses: 8 }) {
  const page = await inRoom('horse-race', { options, others: crowd.slice(0, 3) });
  await page.see(`document.querySelector('#horses input')`, 'the horses');
  return page;
}
async function bet(page, which, stake) {
  await page.evaluate(`document.querySelectorAll('#horses input')[${which}].click(); ${put('stake', stake)} document.getElementById('slip').requestSubmit()`);
  await pause(300);
}
const running = `{ roundId: 1, positions: [.31, .44, .29, .5, .38, .41, .35, .47], elapsedMs: 5000 }`;
const outcome = (page) => page.evaluate(`(() => {
  const roundId = Number(document.getElementById('round').textContent.match(/\\d+/)[0]);
  hear('timer_expired', { roundId });
  hear('race_start', { roundId, startsAt: Date.now() });
  hear('race_sync', { ...${running}, roundId });
})()`);

/** A server with tokens, and one that is small, for who is not let in. */
async function strict(play) {
  const secrets = mkdtempSync(join(tmpdir(), 'glasshouse-pictures-'));
  const secret = join(secrets, 'secret');
  writeFileSync(secret, randomBytes(48).toString('base64'));
  const other = await startServer('--auth', 'token', '--jwt-secret-file', secret);
  const token = execFileSync(process.env.GLASSHOUSE, ['token', 'mint', '--jwt-secret-file', secret, '--sub', 'ada', '--room', 'den'], { encoding: 'utf8' }).trim();
  const page = await play(other, token);
  const { end } = page;
  return Object.assign(page, { async end() { await (end ? end() : page.close()); await other.stop(); rmSync(secrets, { recursive: true }); } });
}
async function notLetIn(path, state, at = server) {
  const page = await visit(chromium, at.http, { path, name: 'Ada', script: wire });
  await page.isIn(state);
  return Object.assign(page, { end: () => page.close() });
}

// ---- the scenes ----

const { states } = await importPage('states.js');
const codes = { closing: 1001, lost: 1006, failed: 1011, tooFast: 4002, tooSlow: 4006, unheard: 4007, idle: 4010, over: 1000, protocol: 1002, refused: 4003,
  gone: 4004, replaced: 4008, removed: 4009 };

const scenes = {
  'home': async () => { for (const game of ['code-racer', 'horse-race', 'relay']) await newRoom(game); return atHome(); },
  'home-invited': async () => atHome(`/?room=${await newRoom('code-racer')}`),
  'home-gone': () => atHome('/?room=nowhere'),
  'home-complains': async () => {
    const page = await atHome();
    await page.evaluate(`${put('name', 'Ada')} ${put('code', 'nowhere')} document.getElementById('join').requestSubmit()`);
    await page.see(`!document.getElementById('code-error').hidden`, 'the complaint');
    await page.evaluate(`document.getElementById('new-code').value = 'not a code'; document.getElementById('create').requestSubmit()`);
    return page;
  },
  'home-return': async () => {
    const page = await atHome();
    await page.evaluate(`sessionStorage.setItem('left-open', JSON.stringify({ room: 'den', code: 'K7QF', game: 'relay', at: Date.now() }))`);
    await page.evaluate(`dispatchEvent(new Event('pageshow'))`);
    await page.see(`!document.getElementById('return').hidden`, 'the offer');
    return page;
  },
  'home-token': () => strict((other) => atHome('/', other.http)),
  'home-token-of-a-room': () => strict((other, token) => atHome(`/?token=${token}`, other.http)),
  'error-404': async () => { const page = await visit(chromium, server.http, { path: '/nowhere' }); return Object.assign(page, { end: () => page.close() }); },

  'relay': async () => {
    const page = await inRoom('relay', { others: ['Grace'] });
    await page.click('#send button');
    page.tell('move', { x: 1, y: 2, heading: 'north', path: [[1, 2], [3, 4]], note: 'a text that is long enough to need another line on a phone' });
    page.tell('chat', { text: 'Hello Ada!' });
    await pause(300);
    return page;
  },
  'relay-invite': async () => { const page = await inRoom('relay'); await page.click('#top button'); await pause(300); return page; },
  'relay-leave': async () => { const page = await inRoom('relay'); await page.click('#top button:last-child'); return page; },
  'relay-error': async () => {
    const page = await inRoom('relay');
    await page.evaluate(`${put('data', '{"x": 3,')} document.getElementById('send').requestSubmit(); document.querySelector('details').open = true`);
    return page;
  },

  'racer-alone': () => inRoom('code-racer', { options: slowRace }),
  'racer-lobby': async () => {
    const page = await inRoom('code-racer', { options: slowRace, others: crowd });
    page.sockets[0].send(JSON.stringify({ type: 'ready', data: { status: 'ready' } }));
    page.sockets[2].close();
    page.sockets[1].send(JSON.stringify({ type: 'chat', data: { text: 'Are you ready? This is a message that needs more than one line, and a-word-that-is-so-long-that-it-has-to-be-cut-somewhere.' } }));
    await page.see(`document.querySelector('.players .away')`, 'who is away');
    return page;
  },
  'racer-countdown': async () => {
    const page = await inRoom('code-racer', { options: slowRace, others: crowd });
    await page.click('#start');
    await page.see(`!document.getElementById('countdown').hidden`, 'the countdown');
    await page.evaluate(`{ // it stands still
      const [now, sheet] = [Date.now(), new CSSStyleSheet()];
      Date.now = () => now;
      sheet.replaceSync('#countdown span { animation-delay: -.4s !important; animation-play-state: paused !important; }');
      document.adoptedStyleSheets = [sheet];
    }`);
    return page;
  },
  'racer-racing': () => racing(),
  'racer-mistake': async () => { const page = await racing({ lines: 2 }); await page.type('@@@@@@@@@@'); return page; },
  'racer-outside': async () => { const page = await racing(); await page.key('Escape'); return page; },
  'racer-paused': async () => { const page = await racing(); await page.evaluate(`hear('game_paused')`); return page; },
  'racer-lost': async () => { const page = await racing(); await page.evaluate('isDown = true; endWith(1006)'); await page.isIn('lost'); return page; },
  'racer-kicked': async () => { const page = await racing(); await page.evaluate('endWith(4009)'); return page; },
  'racer-done': async () => {
    const page = await racing();
    const code = await page.evaluate(`document.getElementById('whole').textContent`);
    for (const letter of `\n${code.trimEnd().split('\n').slice(3).map((line) => line.trim()).join('\n')}`) { await page.type(letter); await pause(40); }
    await page.see(`/You are/.test(document.getElementById('said').textContent)`, 'the judgement', 60000);
    return page;
  },
  'racer-watching': async () => {
    const room = await newRoom('code-racer', quickRace);
    const first = new WebSocket(`${server.ws}/ws/${room}?name=Grace`);
    await new Promise((resolve) => first.once('message', resolve));
    first.send(JSON.stringify({ type: 'start', data: {} }));
    await new Promise((resolve) => first.on('message', (text) => { if (String(text).includes('game_started')) resolve(); }));
    const page = await visit(chromium, server.http, { path: `/code-racer.html?room=${room}`, name: 'Ada', script: wire });
    await begun(page);
    first.send(JSON.stringify({ type: 'progress', data: { position: 15, errors: 0 } }));
    await pause(500);
    return Object.assign(page, { end: async () => { first.terminate(); await page.close(); } });
  },
  'racer-results': async () => {
    const page = await racing();
    await page.evaluate(`(() => {
      const names = [...document.querySelectorAll('.lanes .name')].map((one) => one.textContent.replace(/ \\(.*/, ''));
      hear('game_finished', { results: names.map((name, i) => ({ playerId: name === 'Ada' ? 'me' : name, name, place: i < 5 ? i + 1 : null, score: 0, wpm: 71 - 6 * i, accuracy: .98 - i / 50,
        elapsedMs: i < 5 ? 61234 + 3456 * i : null, position: 150 })) });
    })()`);
    return page;
  },

  'horses-betting': () => bettingRoom(),
  'horses-chosen': async () => { const page = await bettingRoom(); await page.evaluate(`document.querySelectorAll('#horses input')[2].click(); ${put('stake', '150')}`); return page; },
  'horses-bets': async () => { const page = await bettingRoom(); for (const [i, stake] of [[0, 100], [3, 250], [5, 50]]) await bet(page, i, stake); return page; },
  'horses-racing': async () => { const page = await bettingRoom(); await bet(page, 3, 250); await outcome(page); return page; },
  'horses-results': async () => {
    const page = await bettingRoom();
    await bet(page, 3, 250);
    await outcome(page);
    await page.evaluate(`(() => {
      const roundId = Number(document.getElementById('round').textContent.match(/\\d+/)[0]);
      hear('race_results', { roundId, ranking: [4, 8, 2, 6, 5, 7, 1, 3], chips: {}, loans: [], payouts: [] });
    })()`);
    await page.see(`!document.getElementById('outcome').hidden`, 'the outcome');
    await pause(6500); // they run out
    return page;
  },
  'horses-paused': async () => { const page = await bettingRoom(); await page.evaluate(`hear('game_paused')`); return page; },
  'horses-lost': async () => { const page = await bettingRoom(); await page.evaluate('isDown = true; endWith(1006)'); return page; },
  'horses-finished': async () => {
    const page = await bettingRoom();
    await page.evaluate(`hear('game_finished', { results: ['Ada', 'Grace Hopper', 'Linus'].map((name, i) => ({ playerId: name, name, place: i + 1, score: 500 - 400 * i, chips: 1500 - 400 * i, loans: i === 2 ? 500 : 0 })) })`);
    return page;
  },

  'state-tokenWanted': () => strict((other) => notLetIn('/relay.html?room=den', 'tokenWanted', other)),
  'state-tokenBad': () => strict((other) => notLetIn('/relay.html?room=den&token=x.y.z', 'tokenBad', other)),
  'state-tokenElsewhere': () => strict((other, token) => notLetIn(`/relay.html?room=hall&token=${token}`, 'tokenElsewhere', other)),
  ...Object.fromEntries(Object.keys(states).filter((name) => name in codes).map((name) => [`state-${name}`, async () => {
    const page = await inRoom('relay', { others: ['Grace'] });
    await page.evaluate(`isDown = true; endWith(${codes[name]}, 'why')`);
    await page.isIn(name);
    return page;
  }])),
  'state-silent': async () => {
    const page = await inRoom('relay');
    await page.evaluate(`lastSocket.onmessage = () => {}; document.querySelector('#chat input').value = 'Hello?'; document.querySelector('#chat form').requestSubmit()`);
    await page.isIn('silent', 6000);
    return page;
  },
  'state-connecting': async () => {
    const page = await visit(chromium, server.http, { path: `/relay.html?room=${await newRoom('relay')}`, name: 'Ada', script: `window.WebSocket = class { close() {} };` });
    await page.see(`!document.querySelector('.banner')?.hidden`, 'the banner');
    return Object.assign(page, { end: () => page.close() });
  },
};

// ---- the pictures ----

async function speak(page, language) {
  await page.evaluate(`(() => {
    const box = document.querySelector('select.language');
    if (!box || box.value === '${language}') return;
    box.value = '${language}';
    box.dispatchEvent(new Event('change'));
  })()`);
}

try {
  for (const [scene, play] of Object.entries(scenes)) {
    const variants = Object.keys(sizes).flatMap((size) => Object.keys(looks).map((look) => ({ size, look, name: `${size}-${look}-${scene}` }))).filter(({ name }) => isWanted(name));
    if (variants.length === 0) continue;
    const page = await play();
    for (const { size, look, name } of variants) {
      const { media, language = 'en' } = looks[look];
      const { mobile, ...box } = sizes[size];
      await page.resize({ ...box, mobile });
      await page.call('Emulation.setTouchEmulationEnabled', { enabled: mobile });
      await page.call('Emulation.setEmulatedMedia', { features: Object.entries(media).map(([feature, value]) => ({ name: feature, value })) });
      await speak(page, language);
      await pause(450); // what moves has come to rest
      await page.picture(join(folder, `${name}.png`));
    }
    await speak(page, 'en');
    if (page.errors.length) console.error(scene, page.errors);
    await page.end();
    console.log(scene);
  }
} finally {
  await chromium.stop();
  await server.stop();
}
