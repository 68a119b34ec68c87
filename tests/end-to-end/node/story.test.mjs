// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two pages, two test clients and the main window, in one race: whatever happens, all of them tell the same.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { until } from './server.mjs';
import { visit } from './visitor.mjs';
import { startWindows } from './windows.mjs';

let windows;
let chromium;
before(async () => {
  windows = await startWindows({ resumeSeconds: 2 });
  chromium = await startChromium();
});
after(async () => {
  await chromium?.stop();
  await windows?.stop();
});

const room = 'derby';
// Its socket can be cut, and kept from coming back.
const wire = `(() => {
  const Real = window.WebSocket;
  window.WebSocket = class extends Real { constructor(url) { super(window.isDown ? 'ws://127.0.0.1:1/' : url); window.lastSocket = this; } };
})()`;

/** Who a page says is here, sorted; "(away)" behind who is not. */
const listed = (page) => page.evaluate(`[...document.querySelectorAll('.players li')]
  .map((one) => one.querySelector('.name').textContent + (one.classList.contains('away') ? ' (away)' : '')).sort().join(', ')`).catch(() => '');

const types = (client) => client.tables.Messages.map((row) => row.Type);
const rowOf = (view, table, cells) => view.tables[table].filter((row) => Object.keys(cells).every((column) => row[column] === cells[column])).pop();

test('a restart, a kick, a pause, a loss with a return, and one without are the same story everywhere', async () => {
  await fetch(`${windows.http}/api/v1/rooms`, { method: 'POST',
    body: JSON.stringify({ game: 'code-racer', room, options: { language: 'python', length: 'short', countdownSeconds: 1 } }) });
  const page = async (name) => {
    const one = await visit(chromium, windows.http, { path: `/code-racer.html?room=${room}`, name, script: wire });
    await one.isIn('open');
    return one;
  };
  const ada = await page('Ada');
  const bob = await page('Bob');
  for (const name of ['Cleo', 'Dan']) await windows.do({ do: 'open', url: `${windows.ws}/ws/${room}?name=${name}` });
  const pages = { Ada: ada, Bob: bob };
  const here = async (people, seats) => {
    for (const [name, one] of Object.entries(pages)) {
      if (people.split(', ').includes(name)) await until(async () => await listed(one) === people, `${name}'s page lists ${people}`);
    }
    await windows.until((view) => rowOf(view, 'Rooms', { Room: room })?.Players === seats, `the window counts ${seats}`);
  };
  const hears = (client, type) => windows.until((view) => types(view.clients[client]).includes(type), `test client ${client} got ${type}`);
  await here('Ada, Bob, Cleo, Dan', '4');

  // the window pauses, in the middle of the race
  await ada.click('#start');
  for (const one of [ada, bob]) await one.see(`document.body.classList.contains('racing') && document.querySelector('#countdown').hidden`, 'the race', 15000);
  await windows.do({ do: 'act', table: 'Rooms', row: { Room: room }, action: 'Pause' });
  for (const one of [ada, bob]) await one.isIn('paused');
  for (const client of [0, 1]) await hears(client, 'game_paused');
  await windows.until((view) => /paused/i.test(rowOf(view, 'Rooms', { Room: room }).State), 'the window says so');
  await windows.do({ do: 'act', table: 'Rooms', row: { Room: room }, action: 'Go on' });
  for (const one of [ada, bob]) await one.isIn('open');
  for (const client of [0, 1]) await hears(client, 'game_resumed');

  // one page is cut off, and comes back
  await ada.evaluate('isDown = true; lastSocket.close()');
  await ada.isIn('lost');
  await here('Ada (away), Bob, Cleo, Dan', '3 + 1 away');
  await hears(0, 'player_dropped');
  await ada.evaluate('isDown = false');
  await here('Ada, Bob, Cleo, Dan', '4');
  await hears(1, 'player_resumed');

  // a test client is cut off, and does not
  await windows.do({ do: 'act', client: 1, action: 'Break off' });
  await here('Ada, Bob, Cleo, Dan (away)', '3 + 1 away');
  await here('Ada, Bob, Cleo', '3');
  await hears(0, 'player_left');
  await windows.until((view) => rowOf(view, 'Connections', { Player: 'Dan' })['Ended because'], 'the window says why Dan is gone');

  // the window removes a page and a test client
  for (const name of ['Bob', 'Cleo']) await windows.do({ do: 'act', table: 'Connections', row: { Player: name }, action: 'Kick…', text: 'too loud' });
  await bob.isIn('removed');
  await windows.until((view) => /too loud/.test(view.clients[0].says), 'Cleo is told why');
  await here('Ada', '1');
  for (const name of ['Bob', 'Cleo']) await windows.until((view) => /removed|kicked/i.test(rowOf(view, 'Connections', { Player: name })['Ended because']), `the window says why ${name} is gone`);

  // the server is started anew
  await windows.do({ do: 'act', client: 1, action: 'Connect' });
  await here('Ada, Dan', '2');
  await windows.do({ do: 'act', action: 'Stop' });
  await ada.isIn('closing');
  await windows.until((view) => /1001/.test(view.clients[1].says), 'Dan is told, too');
  await windows.start();
  await ada.isIn('restarted', 20000);
  await here('Ada', '1');
  assert.deepEqual([...ada.errors, ...bob.errors], []);
});
