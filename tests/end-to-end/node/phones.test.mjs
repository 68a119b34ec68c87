// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two phones scan the code that the window shows, play a race and bet on horses; all see the same results.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { until } from './server.mjs';
import { startWindow } from './window.mjs';

let host;
let chromium;

before(async () => {
  host = await startWindow();
  chromium = await startChromium();
});
after(async () => {
  await chromium?.stop();
  assert.equal(await host?.stop(), 0);
});

async function openRoom(game, options) {
  const answer = await fetch(`${host.http}/api/v1/rooms`, { method: 'POST', body: JSON.stringify({ game, options }) });
  assert.equal(answer.status, 201);
  return (await answer.json()).room;
}

/** What a camera reads off the Share window. */
async function scan() {
  host.focus(await host.window('^Glasshouse'));
  host.press('ctrl+shift+s');
  const share = await host.window('[Ss]hare');
  return until(() => {
    try {
      return execFileSync('zbarimg', ['--raw', '--quiet', host.picture(share)], { encoding: 'utf8' }).trim();
    } catch {
      return ''; // not drawn yet
    }
  }, 'a QR code in the Share window');
}

/** A phone in portrait that opens the link, gives a name and goes into the room. */
async function phone(link, name, room) {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setDeviceMetricsOverride', { width: 375, height: 667, deviceScaleFactor: 2, mobile: true });
  await page.call('Emulation.setTouchEmulationEnabled', { enabled: true });
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Phone', acceptLanguage: 'en' });
  await page.call('Page.navigate', { url: link });
  const has = (look) => until(() => page.evaluate(`!!(${look})`).catch(() => false), `${name}: ${look}`, 20000);
  await has(`document.querySelector('#name') && document.querySelector('#rooms li')`);
  await page.evaluate(`(() => {
    const put = (id, text) => { const field = document.getElementById(id); field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); };
    put('name', ${JSON.stringify(name)});
    put('code', ${JSON.stringify(room)});
    document.getElementById('join').requestSubmit();
  })()`);
  return Object.assign(page, { has, text: (selector) => page.evaluate(`document.querySelector('${selector}')?.innerText ?? ''`) });
}

const results = async (game) => (await (await fetch(`${host.http}/api/v1/results?game=${game}`)).json()).games;

/** Types like a quick person: line by line, because the field fills the indentation in by itself. */
async function type(page) {
  await page.has(`!document.querySelector('#race').hidden && document.querySelector('#countdown').hidden`);
  await page.evaluate(`document.querySelector('#field').focus()`);
  const snippet = await page.evaluate(`document.querySelector('#whole').textContent`);
  for (const letter of snippet.trimEnd().split('\n').map((line) => line.trim()).join('\n')) {
    if (letter === '\n') {
      const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
      await page.call('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter });
      await page.call('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    } else {
      await page.call('Input.insertText', { text: letter });
    }
    await new Promise((resolve) => setTimeout(resolve, 40)); // people have a speed, and the server knows it
  }
}

test('two phones race by the code in the window and see the same results', { timeout: 90000 }, async () => {
  const room = await openRoom('code-racer', { language: 'python', length: 'short', countdownSeconds: 1 });
  const link = await scan();
  assert.ok(link.startsWith(host.public), `the code leads to ${link}`);
  const ada = await phone(link, 'Ada', room);
  await ada.has(`location.pathname === '/code-racer.html' && document.querySelector('#players li')`);
  const bob = await phone(link, 'Bob', room);
  await ada.has(`document.querySelectorAll('#players li').length === 2`);
  await ada.has(`document.querySelector('#start') && !document.querySelector('#start').hidden`);
  await ada.evaluate(`document.querySelector('#start').click()`);
  await Promise.all([type(ada), type(bob)]);
  for (const page of [ada, bob]) await page.has(`!document.querySelector('#results').hidden && document.querySelectorAll('#table tr').length === 2`);
  const table = (page) => page.evaluate(`[...document.querySelectorAll('#table tr')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim().replace(/ ?\\(you\\)/, ''))`);
  const seen = await table(ada);
  assert.deepEqual(await table(bob), seen);
  const [played] = await until(async () => { const games = await results('code-racer'); return games.length === 1 && games; }, 'the result in the API');
  assert.equal(played.room, room);
  assert.deepEqual(played.results.map(({ place }) => place), [1, 2]);
  played.results.forEach(({ name, wpm, place }, row) => {
    assert.ok(seen[row].includes(name), `${seen[row]} names ${name}`);
    assert.ok(seen[row].includes(String(place)) && seen[row].includes(String(Math.round(wpm))), `${seen[row]} shows place ${place} and ${wpm} wpm`);
  });
  await ada.close();
  await bob.close();
});

test('two phones bet in a round of Horse Race and see the same results', { timeout: 90000 }, async () => {
  const room = await openRoom('horse-race', { betSeconds: 8, horses: 4, pauseSeconds: 20 });
  const link = await scan();
  const pages = [await phone(link, 'Cleo', room), await phone(link, 'Dan', room)];
  for (const page of pages) {
    await page.has(`location.pathname === '/horse-race.html' && !document.querySelector('#betting').hidden && document.querySelector('#horses input')`);
    await page.evaluate(`(() => {
      document.querySelector('#horses input').click();
      const stake = document.querySelector('#stake');
      stake.value = '100';
      stake.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector('#slip').requestSubmit();
    })()`);
    await page.has(`document.querySelectorAll('#bets li').length === 1`);
  }
  for (const page of pages) await page.has(`!document.querySelector('#race').hidden`);
  for (const page of pages)
    await until(() => page.evaluate(`!document.querySelector('#outcome').hidden && document.querySelectorAll('#standing tr').length === 2`), 'the outcome', 40000);
  const ranking = await pages[0].text('#ranking');
  assert.equal(await pages[1].text('#ranking'), ranking);
  const [played] = await until(async () => { const games = await results('horse-race'); return games.length === 1 && games; }, 'the round in the API');
  const purses = await pages[0].text('#standing');
  for (const { name, chips, score } of played.results) {
    assert.ok(purses.includes(name));
    assert.ok(purses.replace(/[^0-9A-Za-z]/g, ' ').replace(/ /g, '').includes(String(chips)), `${purses} shows ${chips} chips of ${name}`);
    assert.equal(chips, 1000 + score);
  }
  for (const page of pages) await page.close();
});
