// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The start page of a server that asks for tokens: it says so before somebody tries in vain.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { startServer, until } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'glasshouse-home-'));
const secretFile = join(folder, 'secret');
let server;
let chromium;

before(async () => {
  writeFileSync(secretFile, randomBytes(48).toString('base64'));
  server = await startServer('--auth', 'token', '--jwt-secret-file', secretFile);
  chromium = await startChromium();
});
after(async () => {
  await chromium?.stop();
  assert.equal(await server.stop(), 0);
  rmSync(folder, { recursive: true });
});

const mint = (...options) =>
  execFileSync(process.env.GLASSHOUSE, ['token', 'mint', '--jwt-secret-file', secretFile, '--sub', 'ada', ...options], { encoding: 'utf8' }).trim();
/** Nobody signed it. */
const forged = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.e30`;

/** What the page at `path` shows, once `ready` holds there. */
async function shown(path, ready) {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: 'en' });
  await page.call('Page.navigate', { url: `${server.http}${path}` });
  await until(() => page.evaluate(`location.host !== '' && Boolean(document.getElementById('gate')) && (${ready})`), ready);
  const state = await page.evaluate(`(() => {
    const at = (id) => document.getElementById(id);
    const seen = (id) => (at(id).checkVisibility() ? at(id).textContent : '');
    return { join: !at('enter').disabled, create: !at('open').disabled, why: seen('gate'), whyNotOpen: seen('create-gate'),
      name: at('name').value, code: at('code').value, href: location.href, scripts: document.querySelectorAll('body script').length };
  })()`);
  await page.close();
  return state;
}

const closed = `document.getElementById('enter')?.disabled === true`;
const opened = `Boolean(document.getElementById('rooms-state')?.textContent)`;

test('without a token nothing can be pressed, and the page says why', async () => {
  const page = await shown('/', closed);
  assert.equal(page.create, false);
  assert.match(page.why, /link of their own/);
  assert.match(page.whyNotOpen, /link of their own/);
});

test('a token opens it, and its name stands there', async () => {
  const page = await shown(`/?token=${mint('--name', 'Zoë')}`, opened);
  assert.deepEqual([page.join, page.create, page.why, page.whyNotOpen], [true, true, '', '']);
  assert.equal(page.name, 'Zoë');
  assert.ok(!page.href.includes('token'));
});

test('a token for one room joins it and opens none', async () => {
  const page = await shown(`/?token=${mint('--room', 'den')}`, opened);
  assert.deepEqual([page.join, page.create, page.why], [true, false, '']);
  assert.match(page.whyNotOpen, /not open one/);
  assert.equal(page.code, 'den');
});

test('nothing is asked for that would be refused', async () => {
  /** What was refused until now. This one goes through the log behind all of it. */
  const refused = async (mark) => {
    await fetch(`${server.http}/api/v1/rooms?mark=${mark}`);
    const lines = () => server.events().filter(({ event }) => event === 'request_refused');
    await until(() => lines().some(({ request }) => request.includes(mark)), 'the mark');
    return lines().length;
  };
  const before = await refused('before');
  await shown('/', closed);
  await shown(`/?token=${mint('--room', 'den')}`, opened);
  await shown(`/?token=${mint()}`, opened);
  assert.equal(await refused('after'), before + 1);
});

test('a token for one room says so before another is entered', async () => {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: 'en' });
  await page.call('Page.navigate', { url: `${server.http}/?token=${mint('--room', 'den', '--name', 'Ada')}` });
  await until(() => page.evaluate(`location.host !== '' && ${opened}`), 'the page');
  await page.evaluate(`document.getElementById('code').value = 'elsewhere'; document.getElementById('join').requestSubmit()`);
  await until(() => page.evaluate(`/for room den only/.test(document.getElementById('code-error').textContent)`), 'the reason');
  assert.equal(await page.evaluate('location.pathname'), '/');
  // Only the server knows whether this is the code of the room. No game is shown until it says so.
  await page.evaluate(`document.getElementById('code').value = 'ABCD'; setTimeout(() => document.getElementById('join').requestSubmit())`);
  const refusal = `/good for room den only/.test(document.querySelector('.banner')?.textContent)`;
  await until(() => page.evaluate(refusal).catch(() => false), 'the refusal'); // the page changes meanwhile
  assert.equal(await page.evaluate(`document.querySelector('main').checkVisibility({ checkVisibilityCSS: true })`), false);
  await page.evaluate('localStorage.clear()'); // the name
  await page.close();
});

test('a token that is none closes it, whatever it says', async () => {
  const page = await shown(`/?token=${forged({ name: '<script>alert(1)</script>', room: '../x' })}`, closed);
  assert.equal(page.create, false);
  assert.match(page.why, /expired or is not right/);
  assert.equal(page.name, '<script>alert(1)</script>'); // text, and no more
  assert.equal(page.code, '');
  assert.equal(page.scripts, 0);
});

test('a token that can not be read is no trouble for the page', async () => {
  for (const token of ['x', 'a.b.c', `e30.${Buffer.from('null').toString('base64url')}.e30`, forged({ name: 7, room: {} })]) {
    const page = await shown(`/?token=${token}`, closed);
    assert.deepEqual([page.name, page.code], ['', '']);
  }
});
