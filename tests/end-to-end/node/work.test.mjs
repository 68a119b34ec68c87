// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How much Code Racer's page does where thirty race, counted and not timed; frames.mjs measures.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';
import { visit } from './visitor.mjs';

const others = 29;

setStage();

/** A race of thirty that has begun, and in which nobody but us moves, unless hear("progress", …) says so. */
async function race(size) {
  const options = { language: 'java', length: 'long', countdownSeconds: 1, secondsLimit: 600 };
  const { room } = await (await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game: 'code-racer', options }) })).json();
  const script = `{ const Real = window.WebSocket; window.WebSocket = class extends Real { constructor(url) { super(url); window.hear = (type, data) => this.onmessage({ data: JSON.stringify({ type, data }) }); } }; }`;
  const page = await visit(chromium, server.http, { path: `/code-racer.html?room=${room}`, name: 'Ada', script, ...size });
  await page.isIn('open');
  const ids = [];
  const sockets = Array.from({ length: others }, (_, i) => new WebSocket(`${server.ws}/ws/${room}?name=Player${i + 1}`));
  for (const socket of sockets) socket.once('message', (text) => ids.push(JSON.parse(text).data.playerId));
  await until(() => ids.length === others, 'the others');
  await page.see(`document.querySelectorAll('.players li').length === ${others + 1}`, 'everybody');
  await page.click('#start');
  await page.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 15000);
  await page.see(`document.querySelectorAll('.lanes li').length === ${others + 1}`, 'the lanes');
  await page.evaluate(`document.getElementById('field').focus()`);
  return Object.assign(page, { ids, async end() { for (const socket of sockets) socket.terminate(); await page.close(); } });
}

for (const [name, size] of [['a phone', { width: 390, height: 430, touch: true }], ['a desk', { width: 1280, height: 800 }]]) {
  test(`on ${name} a key touches its letters only, and has nothing measured`, async () => {
    const page = await race(size);
    const line = (await page.evaluate(`document.querySelector('.line').textContent`)).replace('⏎', '');
    assert.ok(line.length > 5, line);
    await page.type(line[0]);
    await page.see(`document.querySelectorAll('.line span')[1].classList.contains('next')`, 'the first letter');
    await page.evaluate(`(() => {
      window.count = { measured: 0, touched: 0 };
      const counting = (prototype, name, what) => {
        const own = Object.getOwnPropertyDescriptor(prototype, name);
        const key = own.get ? 'get' : 'value';
        Object.defineProperty(prototype, name, { ...own, [key](...values) { ++count[what]; return own[key].apply(this, values); } });
      };
      for (const name of ['offsetLeft', 'offsetTop', 'offsetWidth', 'offsetHeight']) counting(HTMLElement.prototype, name, 'measured');
      for (const name of ['clientWidth', 'clientHeight', 'getBoundingClientRect']) counting(Element.prototype, name, 'measured');
      for (const name of ['toggle', 'add', 'remove']) counting(DOMTokenList.prototype, name, 'touched');
      counting(HTMLElement.prototype, 'dataset', 'touched');
    })()`);
    for (const [i, letter] of [...line].entries()) {
      if (i === 0) continue;
      await page.type(letter);
      await page.see(`document.querySelectorAll('.line span')[${i + 1}].classList.contains('next')`, `letter ${i}`);
    }
    const { measured, touched } = await page.evaluate('count');
    const ticks = 500; // what else goes on meanwhile looks at a few elements each time
    assert.equal(measured, 0);
    assert.ok(touched < line.length * 10 + ticks, `${touched} touched by ${line.length} keys`);
    await page.end();
  });

  test(`on ${name} lanes that nobody sees are drawn once a second`, async () => {
    const page = await race(size);
    await page.evaluate(`for (const playerId of ${JSON.stringify(page.ids)}) hear('progress', { playerId, position: 1, wpm: 1 })`);
    await page.see(`document.querySelector('.lanes .me').style.getPropertyValue('--row') === '${others}'`, 'that we are the last');
    await page.see(`document.getElementById('lanes').getAnimations({ subtree: true }).length === 0`, 'that the lanes stand');
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    const found = await page.evaluate(`new Promise((resolve) => {
      const drawn = new Map();
      const lanes = document.getElementById('lanes');
      const seen = new Set(lanes.querySelectorAll('.seen'));
      new MutationObserver((records) => {
        const moved = new Set(records.map(({ target }) => (target.closest ?? (() => target.parentElement.closest('li'))).call(target, 'li'))); // one drawing each
        for (const item of moved) drawn.set(item, (drawn.get(item) ?? 0) + 1);
      }).observe(lanes, { subtree: true, attributes: true, attributeFilter: ['style', 'aria-valuenow'], characterData: true, childList: true });
      const began = performance.now();
      let position = 0;
      const timer = setInterval(() => {
        ++position;
        // All are equally fast, so that none overtakes.
        for (const playerId of ${JSON.stringify(page.ids)}) hear('progress', { playerId, position: 1 + position * 2, wpm: 50 + position });
        if (position < 40) return;
        clearInterval(timer);
        const seconds = (performance.now() - began) / 1000;
        const times = (items) => Math.max(0, ...items.map((item) => drawn.get(item) ?? 0));
        const all = [...lanes.children].filter((item) => !item.classList.contains('me'));
        resolve({ seconds, unseen: all.filter((item) => !seen.has(item)).length, mostUnseen: times(all.filter((item) => !seen.has(item))), mostSeen: times(all.filter((item) => seen.has(item))) });
      }, 60);
    })`);
    assert.ok(found.unseen >= 15, JSON.stringify(found));
    assert.ok(found.mostUnseen <= found.seconds + 2, JSON.stringify(found));
    assert.ok(found.mostSeen > 5 || size.touch, JSON.stringify(found)); // on a phone it may be only ourselves and the next
    await page.end();
  });
}
