// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// resources/web/glasshouse.js as somebody has it who took the one file along, and a WebSocket for it that does what a test says.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** resources/web of the tree that this file, or its copy in a build folder, lies in. */
export function webFolder() {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const web = join(folder, 'resources', 'web');
    if (existsSync(join(web, 'glasshouse.js'))) return web;
    if (folder === dirname(folder)) throw new Error('resources/web was not found');
  }
}

// Node wants .mjs where no package.json says what it is.
async function importText(text) {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-web-'));
  writeFileSync(join(folder, 'module.mjs'), text);
  const module = await import(pathToFileURL(join(folder, 'module.mjs')));
  rmSync(folder, { recursive: true });
  return module;
}

/** A module of the pages that imports no other. */
export const importPage = (name) => importText(readFileSync(join(webFolder(), name), 'utf8'));

export const source = readFileSync(process.env.GLASSHOUSE_CLIENT ?? join(webFolder(), 'glasshouse.js'), 'utf8');
export const { Client, comesBack } = await importText(source);

/** A WebSocket that does what the test says, at once. */
export class FakeSocket {
  static made = [];
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = new URL(url);
    FakeSocket.made.push(this);
  }
  static get last() { return FakeSocket.made.at(-1); }
  send(data) { this.sent.push(data); }
  close(code) { this.closedWith = code ?? 'none'; }
  get messages() { return this.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data)); }
  /** What the client sent, without its own pings. */
  get types() { return this.messages.map(({ type }) => type).filter((type) => type !== 'ping'); }
  // ---- the server's side ----
  say(message) { this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) }); }
  binary(...bytes) { this.onmessage?.({ data: new Uint8Array(bytes).buffer }); }
  end(code, reason = '') { this.onclose?.({ code, reason }); }
  connected(data = {}, seq = 1) {
    this.say({ type: 'connected', seq, data: { playerId: 'p1', name: 'Ada', resume: 'token', resumed: false, serverTime: Date.now(),
      room: { id: 'main', code: 'K7QF', game: 'relay', state: 'waiting', players: [] }, ...data } });
  }
  answer(ping, data = {}) { this.say({ type: 'pong', re: ping.id, data: { ...ping.data, serverTime: Date.now(), ...data } }); }
}

/** Moves a stopped clock on. In steps, because a timer that starts another one would start it too late otherwise. */
export function pass(context, ms) {
  for (let step = 0; step < ms; step += 1) context.mock.timers.tick(1);
}
