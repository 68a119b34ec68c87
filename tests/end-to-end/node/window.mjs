// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './server.mjs';

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** An X server of our own; resolves when it takes clients. */
async function startDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    child.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  child.removeAllListeners('exit');
  return { name: `:${number}`, stop: () => child.kill() };
}

/** The program with its windows, on a display without window manager. Others find it as games.example, which is this machine to our
 * Chromium: there is no code for an address that phones can not reach. */
export async function startWindow() {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-window-'));
  const display = await startDisplay();
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display.name, QT_QPA_PLATFORM: 'xcb', HOME: folder, XDG_CONFIG_HOME: folder, LC_ALL: 'C.UTF-8' };
  const child = spawn(process.env.GLASSHOUSE, ['--port', String(port), '--bind', '127.0.0.1', '--public-url', `http://games.example:${port}`, '--data', join(folder, 'data')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  const http = `http://127.0.0.1:${port}`;
  await until(() => fetch(`${http}/health`).then((answer) => answer.ok, () => false), 'the window and its server', 20000);
  const x = (program, ...words) => execFileSync(program, words, { env, encoding: 'utf8' }).trim();
  return {
    port,
    http,
    public: `http://games.example:${port}`,
    press: (keys) => x('xdotool', 'key', keys),
    /** Waits for a window of ours; gives its number. */
    window: (title) =>
      until(() => {
        try {
          return x('xdotool', 'search', '--onlyvisible', '--name', title).split('\n').pop();
        } catch {
          return ''; // there is none yet
        }
      }, `the window "${title}"`),
    focus: (window) => x('xdotool', 'windowfocus', '--sync', window),
    picture(window) {
      const file = join(folder, 'picture.png');
      x('import', '-window', window, file);
      return file;
    },
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      const code = await ended;
      display.stop();
      rmSync(folder, { recursive: true, maxRetries: 5 });
      return code;
    },
  };
}
