// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Resolves with what `look` gives once that is truthy; asks again every 20 ms. */
export async function until(look, what, milliseconds = 20000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not seen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A running `glasshouse serve` on a free port. The program is what the environment variable GLASSHOUSE names. */
export async function startServer(...options) {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-test-'));
  const logFile = join(folder, 'log');
  const child = spawn(
    process.env.GLASSHOUSE,
    ['serve', '--port', '0', '--bind', '127.0.0.1', '--data', join(folder, 'data'), '--log-file', logFile, '--log-level', 'debug', ...options],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' } },
  );
  const lines = createInterface({ input: child.stdout });
  const listening = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    lines.on('line', (line) => {
      if (line.startsWith('{"event":"listening"')) resolve(JSON.parse(line));
    });
  });
  const events = () =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  return {
    port: listening.port,
    http: `http://127.0.0.1:${listening.port}`,
    ws: `ws://127.0.0.1:${listening.port}`,
    events,
    endings: () => events().filter((line) => line.ending).map((line) => line.ending),
    /** Ends it without a word to anybody. */
    async crash() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}
