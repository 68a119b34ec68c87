// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The main window and test clients, off the screen: see tests/end-to-end/windows/main.cpp for what can be done.

import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './server.mjs';

/** options: those of the command "start". */
export async function startWindows(options) {
  const program = join(dirname(process.env.GLASSHOUSE), '..', 'tests', 'end-to-end', 'windows');
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', LC_ALL: 'C.UTF-8' } });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (command) => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await Promise.race([lines.next(), ended.then((code) => { throw new Error(`the windows ended with ${code}`); })]);
    if (done) throw new Error('the windows say nothing more');
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(`${JSON.stringify(command)}: ${answer.error}`);
    return answer;
  };
  const look = () => ask({ do: 'look' });
  let port = 0;
  const start = async () => {
    await until(async () => !(await look()).port, 'no server runs');
    await ask({ do: 'start', port, ...options });
    port = (await until(async () => { const view = await look(); return view.port && view; }, 'the server runs')).port;
  };
  await start();
  return {
    start,
    do: ask,
    until: (isSo, what) => until(async () => isSo(await look()), what),
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    async stop() {
      child.stdin.end();
      return ended;
    },
  };
}
