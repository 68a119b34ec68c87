// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How smooth the pages are on a slow device: node frames.mjs [--rounds N] [--slow TIMES] [--game NAME] [FOLDER …]
// A FOLDER with other pages (resources/web of another commit) is measured beside those inside the program, in turns. It measures and
// judges nothing: figures depend on the machine, and on what else it does. The quietest round is the one that counts.

import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { startChromium } from './chromium.mjs';
import { startServer, until } from './server.mjs';
import { visit } from './visitor.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, slow: { type: 'string', default: '6' }, game: { type: 'string', default: '' } } });
const [rounds, slow] = [Number(values.rounds), Number(values.slow)];
const others = 29;
const measuredMs = 6000;
const keyMs = 120; // a quick person
const pause = (ms) => new Promise((then) => setTimeout(then, ms));

/** People in a room; `act(socket, index, seconds)` eight times a second once the game has begun. */
async function company(server, room, act) {
  const sockets = Array.from({ length: others }, (_, i) => new WebSocket(`${server.ws}/ws/${room}?name=Player${i + 1}`));
  let began = Infinity;
  sockets[0].on('message', (text) => { if (String(text).includes('"game_started"')) began = Date.now() + 1000; });
  const timer = setInterval(() => { if (Date.now() > began) sockets.forEach((socket, i) => act(socket, i, (Date.now() - began) / 1000)); }, 125);
  await Promise.all(sockets.map((socket) => new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))));
  return () => { clearInterval(timer); for (const socket of sockets) socket.terminate(); };
}

/** From now on: when there were frames, and how long it took from a key until the frame that shows it was handed on. */
const watch = `(() => {
  window.seen = { frames: [], keys: [] };
  const frame = (at) => { seen.frames.push(at); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  const { port1, port2 } = new MessageChannel(); // its message comes after the frame's layout and paint
  port1.onmessage = ({ data }) => seen.keys.push(performance.now() - data);
  document.addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => port2.postMessage(timeStamp)), true);
})()`;

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
const sort = (list) => list.sort((one, other) => one - other);

/** Measures while `during(page, end)` runs: first how much the page works, which hardly depends on what else the machine does; then on
 * a slow device. */
async function measure(page, during) {
  await page.call('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await page.call('Performance.enable');
  const metrics = async () => Object.fromEntries((await page.call('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  await page.evaluate(watch);
  const before = await metrics();
  await during(page, Date.now() + measuredMs);
  const after = await metrics();
  const { length: drawn } = await page.evaluate('seen.frames');
  await page.call('Emulation.setCPUThrottlingRate', { rate: slow });
  await page.evaluate('seen.frames.length = seen.keys.length = 0');
  await during(page, Date.now() + measuredMs);
  const { frames, keys } = await page.evaluate('seen');
  await page.call('Emulation.setCPUThrottlingRate', { rate: 1 });
  const gaps = sort(frames.slice(1).map((time, i) => time - frames[i]));
  sort(keys);
  const each = (name) => (after[name] - before[name]) / drawn;
  return { 'work ms/frame': each('TaskDuration') * 1000, script: each('ScriptDuration') * 1000, style: each('RecalcStyleDuration') * 1000, layout: each('LayoutDuration') * 1000,
    'styles/frame': each('RecalcStyleCount'), 'layouts/frame': each('LayoutCount'),
    'slow: frames/s': gaps.length / ((frames.at(-1) - frames[0]) / 1000), 'gap p95': at(gaps, 0.95), 'key p50': at(keys, 0.5), 'key p95': at(keys, 0.95) };
}

let typed = 0;
async function typeOn(page, end) {
  const code = await page.evaluate(`document.getElementById('whole').textContent`);
  let next = Date.now();
  for (const letter of code.split('\n').map((line) => line.trim()).join('\n').slice(typed)) {
    if (Date.now() > end) return;
    ++typed;
    page.type(letter);
    next += keyMs;
    await pause(next - Date.now());
  }
}

const games = {
  /** Each of the others types evenly, at a speed of his own. */
  'code-racer': {
    options: { language: 'java', length: 'long', countdownSeconds: 1, secondsLimit: 600 },
    act: (socket, i, seconds) => socket.send(JSON.stringify({ type: 'progress', data: { position: Math.floor(seconds * (4 + i / 8)), errors: 0 } })),
    async run(page, size) {
      typed = 0;
      await page.click('#start');
      await page.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 30000);
      await page.evaluate(`document.getElementById('field').focus()`);
      if (size.touch) await page.resize({ width: 390, height: 430 }); // its keyboard comes up
      return measure(page, typeOn);
    },
  },
  'horse-race': {
    options: { betSeconds: 10, horses: 10 },
    act() {},
    async run(page) {
      await page.see(`document.body.dataset.phase === 'racing' && document.querySelector('#leaders li')`, 'the race', 60000);
      return measure(page, (_, end) => pause(end - Date.now()));
    },
  },
};
const sizes = { phone: { width: 390, height: 844, touch: true }, desk: { width: 1280, height: 800 } };

const servers = new Map();
for (const folder of ['', ...positionals]) servers.set(folder || 'inside', await startServer('--capture', 'off', ...(folder ? ['--web-root', folder] : [])));
const chromium = await startChromium();
let made = 0;
try {
  for (let round = 1; round <= rounds; ++round) {
    for (const [game, { options, act, run }] of Object.entries(games).filter(([name]) => name.includes(values.game))) {
      for (const [name, size] of Object.entries(sizes)) {
        for (const [pages, server] of servers) {
          const room = `frames${++made}`;
          await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, room, options }) });
          const page = await visit(chromium, server.http, { path: `/${game}.html?room=${room}`, name: 'Ada', ...size });
          await page.isIn('open');
          const leave = await company(server, room, act);
          await page.see(`document.querySelectorAll('.players li').length === ${others + 1}`, 'everybody', 30000);
          const found = await run(page, size);
          console.log([round, game, name, pages, ...Object.entries(found).map(([key, value]) => `${key} ${value.toFixed(1)}`)].join('\t'));
          leave();
          await page.close();
        }
      }
    }
  }
} finally {
  await chromium.stop();
  for (const server of servers.values()) await server.stop();
}
