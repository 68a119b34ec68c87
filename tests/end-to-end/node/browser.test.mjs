// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { startServer, until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';

setStage();

const opened = (path) => `new Promise((resolve, reject) => {
  window.got = [];
  window.socket = new WebSocket(${JSON.stringify(path)}.replace('{host}', location.host));
  socket.onmessage = (event) => got.push(JSON.parse(event.data));
  socket.onopen = () => resolve(true);
  socket.onclose = (event) => { window.closed = event.code; reject(new Error('closed ' + event.code)); };
})`;

test('a page joins a room, plays, and its tab is closed', async () => {
  const page = await chromium.newPage(`${server.http}/health`);
  await until(() => page.evaluate(`location.host === '127.0.0.1:${server.port}' && document.readyState === 'complete'`), 'the page');
  assert.equal(await page.evaluate(opened('ws://{host}/ws/browser?name=Page')), true);
  await until(() => page.evaluate('got.length > 0'), 'connected');
  assert.equal(await page.evaluate('got[0].type'), 'connected');

  const other = new WebSocket(`${server.ws}/ws/browser?name=Other`);
  const seen = [];
  other.on('message', (text) => seen.push(JSON.parse(text)));
  await new Promise((resolve) => other.once('open', resolve));
  await page.evaluate(`socket.send(JSON.stringify({type: 'move', data: 'from the page'}))`);
  await until(() => seen.find((message) => message.data === 'from the page'), 'the move of the page');
  other.send(JSON.stringify({ type: 'move', data: 'to the page' }));
  await until(() => page.evaluate(`got.some((message) => message.data === 'to the page')`), 'the move to the page');

  const wasEnded = server.endings().filter((ending) => ending.cause !== 'http_served').length;
  await page.close();
  await until(() => seen.find((message) => message.type === 'player_dropped'), 'the page is gone, and its seat waits');
  const ending = await until(() => server.endings().filter((ending) => ending.cause !== 'http_served')[wasEnded], 'its ending');
  assert.equal(ending.cause, 'client_closed');
  assert.equal(ending.side, 'client');
  assert.equal(ending.codeReceived, 1001);
  other.terminate();
});

test('a page of another origin is refused with a code it can read', async () => {
  const elsewhere = await startServer(); // another port is another origin
  const page = await chromium.newPage(`${elsewhere.http}/health`);
  await until(() => page.evaluate(`location.host === '127.0.0.1:${elsewhere.port}'`), 'the page');
  const code = await page.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket('${server.ws}/ws/browser');
    socket.onclose = (event) => resolve(event.code);
  })`);
  assert.equal(code, 4003);
  await page.close();
  assert.equal(await elsewhere.stop(), 0);
});
