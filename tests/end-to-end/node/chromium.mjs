// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

/** Chromium without a window, driven over its DevTools protocol, with more options of its command line. */
export async function startChromium(more = []) {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-chromium-'));
  const options = [
    ...more, '--headless', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps',
    '--host-resolver-rules=MAP games.example 127.0.0.1', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank',
  ];
  // Its sandbox refuses to work for root, as in a container.
  if (process.getuid?.() === 0) options.unshift('--no-sandbox');
  const child = spawn(process.env.CHROMIUM ?? 'chromium', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = [];
  const url = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${said.join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const found = line.match(/DevTools listening on (ws:\S+)/);
      if (found) resolve(found[1]);
    });
  });
  const browser = await connect(url);
  return {
    url,
    /** Any method of the protocol, on the browser. */
    call: (method, params) => browser.call(method, params),
    async newPage(address) {
      const { targetId } = await browser.call('Target.createTarget', { url: address });
      const { sessionId } = await browser.call('Target.attachToTarget', { targetId, flatten: true });
      return {
        id: targetId,
        async evaluate(expression) {
          const answer = await browser.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
          if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
          return answer.result.value;
        },
        /** Hears an event of the protocol, e.g. "Network.loadingFinished"; its domain has to be enabled. */
        on: (event, listener) => browser.on(event, sessionId, listener),
        /** Any method of the protocol, on this page. */
        call: (method, params) => browser.call(method, params, sessionId),
        close: () => browser.call('Target.closeTarget', { targetId }),
      };
    },
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await browser.call('Browser.close').catch(() => child.kill());
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function connect(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  const listeners = [];
  let last = 0;
  socket.on('message', (text) => {
    const { id, result, error, method, params, sessionId } = JSON.parse(text);
    for (const one of listeners) if (one.event === method && one.sessionId === sessionId) one.listener(params);
    const call = waiting.get(id);
    waiting.delete(id);
    if (call) error ? call.reject(new Error(error.message)) : call.resolve(result);
  });
  socket.on('close', () => waiting.forEach((call) => call.reject(new Error('Chromium is gone'))));
  return {
    on: (event, sessionId, listener) => listeners.push({ event, sessionId, listener }),
    call: (method, params = {}, sessionId = undefined) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      }),
  };
}
