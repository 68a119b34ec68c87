// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows to those who want to bring others along, and what a browser learns of the program around its pages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startChromium } from './chromium.mjs';
import { startServer, until } from './server.mjs';
import { visit } from './visitor.mjs';

const folder = mkdtempSync(join(tmpdir(), 'glasshouse-invite-'));
let chromium;
before(async () => { chromium = await startChromium(); });
after(async () => {
  await chromium?.stop();
  rmSync(folder, { recursive: true });
});

/** A page in a room, with the invitation open. */
async function invitation(server, token = '') {
  const page = await visit(chromium, server.http, { path: `/relay.html?room=den${token && `&token=${token}`}`, name: 'Ada' });
  await page.isIn('open');
  await page.click('#top button');
  await page.see(`document.querySelector('dialog')?.open`, 'the invitation');
  return page;
}
const link = `document.querySelector('dialog input').value`;

test('the address is the one that others can open, and the code leads there', async () => {
  const server = await startServer('--public-url', 'https://play.example.org/games');
  const page = await invitation(server);
  const code = await page.evaluate(`document.querySelector('dialog .code').textContent`);
  const url = `https://play.example.org/games/?room=${code}`;
  await page.see(`${link} === ${JSON.stringify(url)} && document.querySelector('.qr')`, 'the address');
  const picture = join(folder, 'invite.png');
  assert.equal(await until(async () => {
    await page.picture(picture);
    try {
      return execFileSync('zbarimg', ['--raw', '--quiet', picture], { encoding: 'utf8' }).trim();
    } catch {
      return ''; // not drawn yet
    }
  }, 'a code that a phone reads'), url);
  assert.equal(await page.evaluate(`document.querySelector('dialog .notice').hidden`), true);
  assert.deepEqual(page.errors, []);
  await page.close();
  assert.equal(await server.stop(), 0);
});

test('where nobody else can come the page says so, and shows no address', async () => {
  const server = await startServer(); // on 127.0.0.1
  const page = await invitation(server);
  await page.see(`/from its own device only/.test(document.querySelector('dialog').innerText)`, 'the truth');
  assert.deepEqual(await page.evaluate(`[${link}, document.querySelector('dialog input').checkVisibility(), Boolean(document.querySelector('.qr'))]`), ['', false, false]);
  await page.close();
  assert.equal(await server.stop(), 0);
});

test('with tokens the page says that the link alone lets nobody in', async () => {
  const secret = join(folder, 'secret');
  writeFileSync(secret, randomBytes(48).toString('base64'));
  const server = await startServer('--auth', 'token', '--jwt-secret-file', secret);
  const token = execFileSync(process.env.GLASSHOUSE, ['token', 'mint', '--jwt-secret-file', secret, '--sub', 'ada'], { encoding: 'utf8' }).trim();
  const page = await invitation(server, token);
  await page.see(`document.querySelector('dialog .notice').checkVisibility()`, 'the notice');
  assert.match(await page.text('dialog .notice'), /link alone lets nobody in/);
  assert.ok(!(await page.evaluate(`document.querySelector('dialog').textContent`)).includes(token));
  await page.close();
  assert.equal(await server.stop(), 0);
});

test('a page tells no other where it came from, sends no form away, and connects to its own server only', async () => {
  const server = await startServer();
  const answer = await fetch(`${server.http}/relay.html?room=den`);
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  const policy = answer.headers.get('content-security-policy');
  assert.match(policy, /form-action 'none'/);
  assert.match(policy, new RegExp(`connect-src 'self' ws://127\\.0\\.0\\.1:${server.port} wss://127\\.0\\.0\\.1:${server.port}$`));
  const page = await visit(chromium, server.http, { path: '/relay.html?room=den', name: 'Ada' });
  await page.isIn('open');
  const elsewhere = await startServer();
  const blocked = await page.evaluate(`new Promise((resolve) => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    new WebSocket('${elsewhere.ws}/ws/den');
  })`);
  assert.equal(blocked, 'connect-src');
  assert.equal(await elsewhere.stop(), 0);
  await page.close();
  assert.equal(await server.stop(), 0);
});

test('a browser at an address with nothing reads so on a page, and finds icons and manifest', async () => {
  const server = await startServer();
  const page = await visit(chromium, server.http, { path: '/nothing' });
  await page.see(`document.contentType === 'text/html' && document.body.innerText.includes('there is nothing here')`, 'the page');
  assert.equal((await fetch(`${server.http}/nothing`)).headers.get('content-type'), 'application/json');
  await page.call('Page.navigate', { url: server.http });
  await page.see(`document.getElementById('top')?.firstChild`, 'the start page');
  const { errors, data, manifest } = await page.call('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.equal(JSON.parse(data).name, 'Glasshouse');
  const sizes = await page.evaluate(`Promise.all(${JSON.stringify(JSON.parse(data).icons)}.map(async ({ src, sizes }) => {
    const picture = new Image();
    picture.src = src;
    await picture.decode();
    return sizes === 'any' || sizes === picture.naturalWidth + 'x' + picture.naturalHeight;
  }))`);
  assert.ok(sizes.length === 3 && sizes.every(Boolean), JSON.stringify(manifest));
  await page.close();
  assert.equal(await server.stop(), 0);
});
