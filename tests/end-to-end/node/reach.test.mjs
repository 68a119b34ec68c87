// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pages on phones with a keyboard up, zoomed in four times, with the system's colours, by keys alone, and by ear.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';
import { nameless, visit } from './visitor.mjs';

setStage();

let made = 0;
async function newRoom(game, options) {
  const room = `reach${++made}`;
  const answer = await fetch(`${server.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, room, options }) });
  assert.equal(answer.status, 201);
  return room;
}

const endable = `(() => {
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(url) { super(window.isDown ? 'ws://127.0.0.1:1/' : url); window.lastSocket = this; }
  };
})()`;

async function enter(game, room, more = {}) {
  const page = await visit(chromium, server.http, { path: `/${game}.html?room=${room}`, name: 'Ada', script: endable, ...more });
  await page.isIn('open');
  await page.see(`document.querySelector('.players .me')`, 'ourselves');
  return page;
}

const long = { language: 'javascript', length: 'long', countdownSeconds: 1 };
async function race(page) {
  await page.click('#start');
  await page.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 15000);
}

/** Types the lines as they stand; the page fills in what they are indented by. */
async function typeLines(page, count) {
  const code = await page.evaluate(`document.getElementById('whole').textContent`);
  for (const letter of code.split('\n').slice(0, count).map((line) => line.trim()).join('\n') + '\n') await page.type(letter);
}

/** Is every letter of the caret's line to be seen, with nothing above it? */
const coveredLetters = (page) => page.evaluate(`(() => {
  const letter = document.querySelector('.next');
  const row = [...letter.closest('.line').children].filter((one) => Math.abs(one.offsetTop - letter.offsetTop) < 3);
  return row.filter((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return top < 0 || top + height > innerHeight || !(seen && document.getElementById('code').contains(seen));
  }).length;
})()`);

describe('a phone with its keyboard up', () => {
  for (const [name, width, height] of [['in portrait', 390, 430], ['small', 320, 256]]) {
    test(`${name}: nothing covers the line that is typed`, async () => {
      const page = await enter('code-racer', await newRoom('code-racer', long), { width, height: 844, touch: true });
      await race(page);
      await page.click('#tap');
      await page.resize({ width, height });
      await page.see(`document.body.classList.contains('typing')`, 'the keyboard');
      await typeLines(page, 4);
      await page.type('@@');
      await page.see(`document.querySelector('.next')`, 'the caret');
      const settled = (words) => until(async () => (await coveredLetters(page)) === 0, words); // it scrolls there
      await settled('the line');
      await page.type('@@@@@@@@@');
      await page.see(`document.getElementById('said').textContent.includes('Correct the mistake')`, 'what to do');
      await settled('the line, and what to do');
      await page.evaluate('isDown = true; lastSocket.close()');
      await page.isIn('lost');
      await settled('the line, and the banner');
      assert.equal(await page.focused(), 'field');
      await page.close();
    });
  }
});

/** Elements that can have the focus and are covered by something else, or out of sight, when they have it. */
const hiddenFocus = (page) => page.evaluate(`(async () => {
  const found = [];
  for (const one of document.querySelectorAll('main :is(button, input, select, textarea, summary):enabled')) {
    if (!one.checkVisibility({ checkVisibilityCSS: true }) || one.matches('#field')) continue;
    one.focus();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const box = (one.matches('.unseen') ? one.closest('label') : one).getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 20)];
    const seen = document.elementFromPoint(x, y);
    if (!seen || !(one.contains(seen) || seen.contains(one) || seen.closest('label')?.contains(one))) found.push(one.id || one.className || one.tagName);
  }
  return found;
})()`);

describe('zoomed in four times', () => {
  for (const [game, options] of [['horse-race', { betSeconds: 60 }], ['relay', undefined], ['code-racer', long]]) {
    test(`${game}: nothing lies above what has the focus, and nothing is cut off`, async () => {
      const page = await enter(game, await newRoom(game, options), { width: 320, height: 256 });
      if (game === 'horse-race') await page.see(`document.querySelector('#horses input')`, 'the horses');
      await page.evaluate(`window.isDown = true; lastSocket.close()`);
      await page.isIn('lost'); // with a banner
      assert.deepEqual(await hiddenFocus(page), []);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      await page.close();
    });
  }
});

describe('a banner', () => {
  const sizes = [['a phone', 390, 844, true], ['a phone on its side', 844, 390, true], ['a phone with its keyboard up', 390, 430, true], ['zoomed in four times', 320, 256, false], ['a desk', 1280, 800, false]];
  for (const [name, width, height, touch] of sizes) {
    for (const game of ['relay', 'horse-race']) {
      test(`on ${name} is seen at the end of ${game}'s page, and hides nothing at its beginning`, async () => {
        const page = await enter(game, await newRoom(game, game === 'horse-race' ? { betSeconds: 60 } : undefined), { width, height, touch });
        if (game === 'horse-race') await page.see(`document.querySelector('#horses input')`, 'the horses');
        await page.evaluate('isDown = true; lastSocket.close()');
        await page.isIn('lost');
        await page.see(`document.querySelector('.banner').getAnimations().length === 0`, 'the banner in its place');
        const covered = await page.evaluate(`(() => {
          const box = document.querySelector('.banner').getBoundingClientRect();
          const over = (one) => { const { top, bottom, left, right } = one.getBoundingClientRect(); return Math.min(bottom, box.bottom) - Math.max(top, box.top) > 1 && Math.min(right, box.right) - Math.max(left, box.left) > 1; };
          return [...document.querySelectorAll('main :is(h2, p, label, input, button, select), #top :is(a, button, h1)')].filter((one) => one.checkVisibility() && over(one)).map((one) => one.id || one.tagName);
        })()`);
        assert.deepEqual(covered, []);
        await page.evaluate(`scrollTo({ top: 1e6, behavior: 'instant' })`);
        await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
        const { top, bottom } = await page.evaluate(`document.querySelector('.banner').getBoundingClientRect().toJSON()`);
        assert.ok(top >= 0 && bottom <= height && bottom - top < height / 3, `${top} to ${bottom} of ${height}`);
        await page.close();
      });
    }
  }
});

/** The least contrast of texts that `selector` finds, by WCAG 2. */
const contrast = (page, selector) => page.evaluate(`(() => {
  const parse = (text) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const backOf = (node) => { for (let one = node; one; one = one.parentElement) { const back = parse(getComputedStyle(one).backgroundColor); if (back[3] === 255) return back; } return [255, 255, 255]; };
  const opacity = (node) => { let all = 1; for (let one = node; one; one = one.parentElement) all *= Number(getComputedStyle(one).opacity); return all; };
  return Math.min(...[...document.querySelectorAll(${JSON.stringify(selector)})].map((node) => {
    const back = backOf(node);
    const share = opacity(node);
    const text = parse(getComputedStyle(node).color).map((part, i) => part * share + (back[i] ?? 255) * (1 - share));
    const [one, other] = [light(text), light(back)].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  }));
})()`);

for (const scheme of ['light', 'dark']) {
  test(`what is to be typed and who is away can be read: ${scheme}`, async () => {
    const page = await enter('code-racer', await newRoom('code-racer', long), { media: { 'prefers-color-scheme': scheme } });
    const room = await page.evaluate(`new URLSearchParams(location.search).get('room')`);
    const other = new WebSocket(`${server.ws}/ws/${room}?name=Bob`);
    await page.see(`document.querySelectorAll('.players li').length === 2`, 'Bob');
    await race(page);
    other.close(); // without a code: the seat waits
    await page.see(`document.querySelector('.players .away') && document.querySelector('.lanes .away')`, 'Bob is away');
    await typeLines(page, 1);
    await page.type('@');
    for (const selector of ['.line span[data-state=""]:not(.enter)', '.line span[data-state="right"]:not(.enter)', '.line span[data-state="wrong"]', '.players .away .name', '.players .away .soft', '.lanes .away .name'])
      assert.ok(await contrast(page, selector) >= 4.5, `${selector}: ${await contrast(page, selector)}`);
    await page.close();
  });
}

test('with the colours of the system all that counts can be told apart', async () => {
  const page = await enter('code-racer', await newRoom('code-racer', long), { media: { 'forced-colors': 'active' } });
  await race(page);
  await typeLines(page, 1);
  await page.type('@');
  const style = (selector, name) => page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${name}`);
  const colours = await Promise.all(['right', 'wrong', ''].map((state) => style(`.line span[data-state="${state}"]`, 'color')));
  assert.equal(new Set(colours).size, 3, colours.join());
  assert.notEqual(await style('.line span[data-state="wrong"]', 'backgroundColor'), await style('.code', 'backgroundColor'));
  assert.notEqual(await style('#caret', 'backgroundColor'), await style('.code', 'backgroundColor'));
  await page.close();
  const bets = await enter('horse-race', await newRoom('horse-race', { betSeconds: 60 }), { media: { 'forced-colors': 'active' } });
  await bets.see(`document.querySelector('#horses input')`, 'the horses');
  await bets.click('#horses input');
  const outline = (which) => bets.evaluate(`getComputedStyle(document.querySelectorAll('.horse')[${which}]).outlineStyle`);
  assert.deepEqual([await outline(0), await outline(1)], ['solid', 'none']);
  await bets.close();
});

test('who moves nothing is not scrolled smoothly', async () => {
  for (const [value, expected] of [['reduce', 'instant'], ['no-preference', 'smooth']]) {
    const page = await visit(chromium, server.http, { media: { 'prefers-reduced-motion': value } });
    await page.see(`document.getElementById('top')?.firstChild`, 'the page');
    assert.equal(await page.evaluate(`import('./dom.js').then(({ glide }) => glide())`), expected);
    await page.close();
  }
});

test('a bet is placed by keys alone: the focus stays, and it is said', async () => {
  const page = await enter('horse-race', await newRoom('horse-race', { betSeconds: 60 }));
  await page.see(`document.querySelector('#horses input')`, 'the horses');
  assert.equal(await page.text('.most'), 'Most: 500'); // and not all 1,000 chips
  await page.evaluate(`document.querySelector('#horses input').focus()`);
  await page.key(' ', { code: 'Space' });
  await page.evaluate(`document.querySelector('.most').click(); document.querySelector('#place').focus()`);
  await page.key('Enter');
  await page.see(`document.querySelectorAll('#bets li').length === 1`, 'the bet');
  assert.equal(await page.focused(), 'place');
  const said = () => page.evaluate(`document.querySelector('body > .unseen').textContent`);
  assert.match(await said(), /500 on .+\. You have 500 chips left\./);
  assert.equal(await page.text('.most'), 'All in');
  await page.key('Enter'); // nothing is chosen to be staked any more
  await until(async () => /Choose a stake/.test(await said()), 'what is missing');
  assert.equal(await page.evaluate(`document.querySelectorAll('#bets li').length`), 1);
  await page.close();
});

test('a name from right to left leaves the words around it in their order', async () => {
  const name = 'אבג 123';
  const room = await newRoom('code-racer');
  const page = await enter('code-racer', room);
  const other = new WebSocket(`${server.ws}/ws/${room}?name=${encodeURIComponent(name)}`);
  await page.see(`document.querySelectorAll('.players li').length === 2`, 'the other');
  other.send(JSON.stringify({ type: 'chat', data: { text: 'שלום 1' } }));
  await page.see(`document.querySelectorAll('.log p').length === 2`, 'the chat');
  const lines = await page.evaluate(`[...document.querySelectorAll('.log p')].map((line) => [line.textContent, line.querySelectorAll('bdi').length])`);
  assert.deepEqual(lines[0], [`\u2068${name}\u2069 came in.`, 0]);
  assert.deepEqual(lines[1], [`${name} שלום 1`, 2]);
  assert.equal(await page.evaluate(`[...document.querySelectorAll('.players .name')].every((one) => one.tagName === 'BDI')`), true);
  other.close();
  await page.close();
});

test('the other language reaches what stands already', async () => {
  const room = await newRoom('code-racer');
  const page = await enter('code-racer', room);
  const other = new WebSocket(`${server.ws}/ws/${room}?name=Bob`);
  await page.see(`document.querySelectorAll('.log p').length === 1`, 'Bob');
  await page.click('#top button');
  await page.see(`document.querySelector('dialog[open]')`, 'the invitation');
  await page.evaluate(`{ const box = document.querySelector('.language'); box.value = 'de'; box.dispatchEvent(new Event('change')); }`);
  const words = (await page.evaluate('document.body.innerText')).replace(/[\u2068\u2069]/g, '');
  for (const text of ['Bob ist da', 'Spielt mit', 'Schließen', 'Rennen starten']) assert.ok(words.includes(text), `${text}: ${words}`);
  for (const text of ['came in', 'Come and play', 'Close', 'Start the race']) assert.ok(!words.includes(text), text);
  await page.evaluate('localStorage.clear()');
  other.close();
  await page.close();
  const relay = await enter('relay', await newRoom('relay'));
  await relay.click('#send button');
  await relay.evaluate(`{ const box = document.querySelector('.language'); box.value = 'de'; box.dispatchEvent(new Event('change')); }`);
  assert.match(await relay.text('#wire'), /vom Raum[^]*an alle/);
  await relay.evaluate('localStorage.clear()');
  await relay.close();
  const home = await visit(chromium, server.http, { path: '/' });
  await home.see(`document.getElementById('games')?.querySelector('input')`, 'the page');
  const joinRoom = (code) => `document.getElementById('code').value = '${code}'; document.getElementById('join').requestSubmit();`;
  await home.evaluate(`{
    window.held = [];
    const real = window.fetch;
    window.fetch = async (...all) => { const answer = await real(...all); await new Promise((go) => held.push(go)); return answer; };
    window.letCome = () => { window.fetch = real; for (const go of held) go(); };
    document.getElementById('name').value = 'Ada';
    ${joinRoom('nowhere')}
    ${joinRoom(' ')}
  }`);
  await home.see(`/Enter the code of a room/.test(document.getElementById('code-error').textContent) && held.length > 0`, 'that a code is wanted');
  await home.evaluate('letCome()');
  await home.evaluate(`document.getElementById('rooms-state').textContent = '?'; document.dispatchEvent(new Event('visibilitychange'))`);
  await home.see(`document.getElementById('rooms-state').textContent !== '?'`, 'an answer behind the one to the try before');
  assert.match(await home.evaluate(`document.getElementById('code-error').textContent`), /Enter the code of a room/);
  await home.evaluate(joinRoom('nowhere'));
  await home.see(`/There is no room nowhere/.test(document.getElementById('code-error').textContent)`, 'the complaint');
  await home.evaluate(`{ const box = document.querySelector('.language'); box.value = 'de'; box.dispatchEvent(new Event('change')); }`);
  await home.see(`/Den Raum nowhere gibt es nicht/.test(document.getElementById('code-error').textContent)`, 'the complaint in German');
  await home.evaluate('localStorage.clear()');
  assert.deepEqual(await nameless(home), []);
  await home.close();
});
