// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startServer, until } from './server.mjs';

let server;
const running = [];
before(async () => { server = await startServer(); });
after(async () => {
  running.forEach((child) => child.kill());
  assert.equal(await server.stop(), 0);
});

/** A wscat as somebody types it; `slash` makes it send what is written to it. */
function wscat(...options) {
  const child = spawn('node_modules/.bin/wscat', [...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.push(child);
  const wscat = { child, seen: '' };
  child.stdout.on('data', (data) => { wscat.seen += data; });
  return wscat;
}

test('two wscats in one room see each other', async () => {
  const ada = wscat('-c', `${server.ws}/ws/wscat?name=Ada`);
  await until(() => ada.seen.includes('"connected"'), 'Ada is connected');
  const bob = wscat('-c', `${server.ws}/ws/wscat?name=Bob`);
  await until(() => bob.seen.includes('"connected"'), 'Bob is connected');
  await until(() => /player_joined.*Bob/.test(ada.seen), 'Ada sees Bob come');
  ada.child.stdin.write('{"type":"hello","data":"from Ada"}\n');
  await until(() => bob.seen.includes('from Ada'), 'Bob sees what Ada sent');
  bob.child.stdin.write('{"type":"hello","data":"from Bob"}\n');
  await until(() => ada.seen.includes('from Bob'), 'Ada sees what Bob sent');
  bob.child.kill();
  await until(() => ada.seen.includes('player_dropped'), 'Ada sees Bob go');
});

test('wscat sends one message and leaves', async () => {
  const before = server.endings().length;
  const one = wscat('-c', `${server.ws}/echo`, '-x', 'just this', '-w', '1');
  await until(() => one.seen.includes('just this'), 'the echo');
  const ending = await until(() => server.endings()[before], 'an ending');
  assert.equal(ending.side, 'client');
});
