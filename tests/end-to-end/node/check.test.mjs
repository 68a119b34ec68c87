// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page that a device tries the way to the server with, and what the server hears of it.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { startServer, until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';

setStage();

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const checks = (of = server) => of.events().filter(({ event }) => event === 'device_checked');
const report = (steps, more = {}) => JSON.stringify({ run: '0123456789abcdef', steps, over: true, ...more });
const tell = (body, headers = {}, origin = server.http) => fetch(`${origin}/api/v1/check`, { method: 'POST', body, headers });

/** A phone in portrait that has opened the page. */
async function phone(address, { language = 'en', before = '' } = {}) {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setDeviceMetricsOverride', { width: 375, height: 667, deviceScaleFactor: 2, mobile: true });
  await page.call('Emulation.setUserAgentOverride', { userAgent: iPhone, acceptLanguage: language });
  await page.call('Page.enable');
  if (before) await page.call('Page.addScriptToEvaluateOnNewDocument', { source: before });
  await page.call('Page.navigate', { url: address });
  const step = (name) => page.evaluate(`document.getElementById('step-${name}')?.dataset.state`);
  return {
    ...page,
    step,
    text: (selector) => page.evaluate(`document.querySelector('${selector}')?.innerText ?? ''`),
    over: () => until(() => page.evaluate(`document.getElementById('again')?.disabled === false`).catch(() => false), 'the end of the check'),
    steps: () => page.evaluate(`Object.fromEntries([...document.querySelectorAll('#steps li')].map((node) => [node.id.slice(5), node.dataset.state]))`),
  };
}

/** A connection of the page, without the page. */
async function openCheck(ws, localAddress) {
  const socket = new WebSocket(`${ws}/check/echo`, { localAddress });
  const ends = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, ends };
}

const allPassed = { http: 'passed', socket: 'passed', echo: 'passed', reconnect: 'passed', silence: 'passed' };

describe('the page', () => {
  test('tries all of it, says so, and tells the server', async () => {
    const before = checks().length;
    const page = await phone(`${server.http}/check?quiet=1`);
    await page.over();
    assert.deepEqual(await page.steps(), allPassed);
    assert.match(await page.text('h1'), /^All is well/);
    await until(async () => /127\.0\.0\.1/.test(await page.text('#told')), 'the answer to the report');
    const [line] = await until(() => checks().length > before && checks().slice(before), 'a line in the log');
    assert.equal(line.level, 'info');
    assert.match(line.text, /127\.0\.0\.1 \(Safari, iPhone\): HTTP ✓ .*, WebSocket ✓ .*, Echo ✓ .*, Reconnect ✓ .*, Quiet line ✓/);
    await page.close();
  });

  test('speaks the language of the browser', async () => {
    const page = await phone(`${server.http}/check?quiet=1`, { language: 'de' });
    await page.over();
    assert.match(await page.text('h1'), /^Alles gut/);
    await page.close();
  });

  test('fits a phone', async () => {
    const page = await phone(`${server.http}/check?quiet=1`);
    await page.over();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 375);
    await page.close();
  });

  test('names what is in the way of a WebSocket', async () => {
    const page = await phone(`${server.http}/check?quiet=1`, {
      before: `window.WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 }), 10); } send() {} close() {} }` });
    await page.over();
    assert.deepEqual(await page.steps(), { ...allPassed, socket: 'failed', echo: 'waiting', reconnect: 'waiting', silence: 'waiting' });
    assert.match(await page.text('h1'), /in the way/);
    assert.match(await page.text('#step-socket .why'), /1006/);
    await page.close();
  });

  test('knows what the server itself says from what is in the way', async () => {
    const other = await startServer('--max-connections-per-address', '200', '--connection-burst', '200');
    const there = [];
    for (let i = 0; i < 8; ++i) there.push(await openCheck(other.ws));
    const page = await phone(`${other.http}/check?quiet=60`);
    await page.over();
    assert.match(await page.text('h1'), /^The server has ended/);
    assert.match(await page.text('#step-socket .why'), /server itself.*503/);
    for (const { socket } of there) socket.terminate();
    await Promise.all(there.map(({ ends }) => ends));
    await page.evaluate('document.getElementById("again").click()');
    await until(() => page.step('silence').then((state) => state === 'running'), 'the silence');
    assert.equal(await other.stop(), 0);
    await page.over();
    assert.match(await page.text('h1'), /^The server has ended/);
    assert.match(await page.text('#step-silence .why'), /server itself.*1001/);
    await page.close();
  });

  test('waits for nobody who swallows its reports, on phones that are older, too', async () => {
    const page = await phone(`${server.http}/check?quiet=1`, {
      before: `delete AbortSignal.timeout; const real = fetch; window.swallowed = 0;
        window.fetch = (what, options = {}) => (options.method === 'POST' ? (++window.swallowed, new Promise((_, fail) =>
          options.signal?.addEventListener('abort', () => fail(new Error('aborted'))))) : real(what, options));` });
    await page.over();
    assert.deepEqual(await page.steps(), allPassed);
    await until(() => page.evaluate('window.swallowed === 3'), 'the last report');
    await until(async () => /could not be told/.test(await page.text('#told')), 'the end of the patience');
    await page.close();
  });

  test('notices a quiet connection that is cut', async () => {
    const page = await phone(`${server.http}/check?quiet=60`, {
      before: `const Real = WebSocket; let count = 0;
        window.WebSocket = class extends Real {
          constructor(url) { super(url); if (++count === 2) window.cut = () => this.onclose({ code: 1006 }); } }` });
    await until(() => page.step('silence').then((state) => state === 'running'), 'the silence');
    await page.evaluate('window.cut()');
    await page.over();
    assert.equal(await page.step('silence'), 'failed');
    assert.match(await page.text('h1'), /in the way/);
    await page.close();
  });

  test('tells when it is left', async () => {
    const other = await startServer(); // which folds nothing of what the others told
    const page = await phone(`${other.http}/check?quiet=60`);
    await until(() => page.step('silence').then((state) => state === 'running'), 'the silence');
    await page.call('Page.navigate', { url: `${other.http}/health` });
    const [line] = await until(() => checks(other).length && checks(other), 'a line in the log');
    assert.match(line.text, /Reconnect ✓/);
    assert.doesNotMatch(line.text, /Quiet line/);
    await page.close();
    assert.equal(await other.stop(), 0);
  });

  test('works below a path, and where tokens are asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'glasshouse-check-'));
    writeFileSync(join(folder, 'key'), 'a secret that is long enough for it', { mode: 0o600 });
    const other = await startServer('--base-path', '/games', '--auth', 'token', '--jwt-secret-file', join(folder, 'key'));
    const page = await phone(`${other.http}/games/check?quiet=1`);
    await page.over();
    assert.deepEqual(await page.steps(), allPassed);
    await until(() => checks(other).length, 'a line in the log');
    await page.close();
    assert.equal(await other.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  test('names all that it needs', async () => {
    const page = await chromium.newPage('about:blank');
    await page.call('Network.enable');
    const scripts = [];
    page.on('Network.requestWillBeSent', ({ request, initiator }) => { if (request.url.endsWith('.js')) scripts.push({ url: request.url, by: initiator.type }); });
    await page.call('Page.navigate', { url: `${server.http}/check?quiet=1` });
    await until(() => page.evaluate(`document.getElementById('again')?.disabled === false`).catch(() => false), 'the end of the check');
    assert.ok(scripts.length > 3);
    for (const { url, by } of scripts) assert.equal(by, 'parser', url);
    assert.equal(new Set(scripts.map(({ url }) => url)).size, scripts.length);
    await page.close();
  });
});

describe('what strangers can do with it', () => {
  test('a report is small, whole and from our own page', async () => {
    assert.equal((await tell(report({}))).status, 200);
    assert.equal((await tell('{}')).status, 400);
    assert.equal((await tell(report({}, { more: 'x'.repeat(2048) }))).status, 413);
    assert.equal((await tell(report({}), { Origin: 'https://evil.example' })).status, 403);
    assert.equal((await fetch(`${server.http}/api/v1/check`)).status, 405);
  });

  test('the log folds what one address tells again and again', async () => {
    const other = await startServer('--log-level', 'info'); // debug writes each
    await tell(report({}, { over: false }), {}, other.http); // another one follows: no line
    for (let i = 0; i < 10; ++i) await tell(report({ http: { ok: true, ms: i } }, { run: `flood00000${i}` }), {}, other.http);
    await fetch(`${other.http}/api/v1/rooms`, { method: 'POST', body: '{}' });
    await until(() => other.events().some(({ event }) => event === 'room_created'), 'what came behind them');
    assert.equal(checks(other).length, 1);
    assert.equal(await other.stop(), 0);
  });

  test('its socket answers and leads nowhere', async () => {
    const socket = new WebSocket(`${server.ws}/check/echo`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send('{"type":"chat","data":{"text":"hello"}}');
    const [data] = await new Promise((resolve) => socket.once('message', (...all) => resolve(all)));
    assert.equal(data.toString(), '{"type":"chat","data":{"text":"hello"}}');
    assert.equal((await (await fetch(`${server.http}/health`)).json()).rooms, 0);
    socket.close();
  });

  test('it takes no places from players', async () => {
    const other = await startServer('--max-connections-per-address', '200', '--connection-burst', '200');
    const open = (host = 1) => openCheck(other.ws, `127.0.0.${host}`);
    const there = [];
    for (let i = 0; i < 8; ++i) there.push(await open());
    await assert.rejects(open(), /503/); // of one address
    for (let i = 8; i < 64; ++i) there.push(await open(1 + Math.floor(i / 8)));
    await assert.rejects(open(9), /503/); // of all
    assert.equal((await fetch(`${other.http}/check/echo`)).status, 503);
    there[0].socket.close();
    await there[0].ends;
    there[0] = await open(9);
    there[0].socket.send('again');
    await new Promise((resolve) => there[0].socket.once('message', resolve));
    for (const { socket } of there) socket.terminate();
    assert.equal(await other.stop(), 0);
  });

  test('other pages do not get in', async () => {
    const socket = new WebSocket(`${server.ws}/check/echo`, { origin: 'https://evil.example' });
    const code = await new Promise((resolve) => socket.once('close', resolve).once('error', () => {}));
    assert.equal(code, 4003);
  });
});
