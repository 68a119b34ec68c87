// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a long session costs who looks at it elsewhere: in the frame list of Chrome's DevTools and on mitmproxy's page. A client sends
// half of the messages to an echo, so the list gets all of them; then it is jumped about and filtered. A table in Markdown.
//   node monitorpeers.mjs [MESSAGES]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket, { WebSocketServer } from 'ws';
import { startChromium } from './chromium.mjs';

const messages = Number(process.argv[2] ?? 20_000);
const jumps = 50;
const textOf = (n) => `{"type":"move","data":{"x":12.5,"y":-3.25,"n":${n}}}`; // as tests/ui/echoload.h
const patienceMs = 180_000; // for all of them to be in the list
const sought = (had) => String(Math.floor(had / 2) - 1);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo, what, patienceMs = 120_000) {
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await pause(20)) {
    const found = await isSo();
    if (found) return found;
  }
  throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
}

async function startEcho() {
  const http = createServer((request, answer) => answer.setHeader('Content-Type', 'text/html').end('<title>client</title>'));
  new WebSocketServer({ server: http, perMessageDeflate: false })
    .on('connection', (socket) => socket.on('message', (data) => socket.send(data, { binary: false })));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return { port: http.address().port, stop: () => { http.closeAllConnections(); http.close(); } };
}

/** Runs in a page: notes how long its event loop did not come round. */
const watchGaps = () => {
  const channel = new MessageChannel();
  let last = performance.now();
  globalThis.longestGap = 0;
  channel.port1.onmessage = () => {
    const now = performance.now();
    globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
    last = now;
    setTimeout(() => channel.port2.postMessage(0), 1);
  };
  channel.port2.postMessage(0);
};

/** Runs in a page: scrolls to places all over, and returns how long it took until each was painted. */
const jumpAbout = async (scroller, times) => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const ms = [];
  for (let i = 0; i < times; ++i) {
    const begun = performance.now();
    scroller.scrollTop = ((i * 7919) % times) / times * scroller.scrollHeight;
    await painted();
    ms.push(performance.now() - begun);
  }
  return ms.sort((a, b) => a - b);
};

const run = (page, what, ...args) => page.evaluate(`(${what})(${args.join(', ')})`);
const ownMiB = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/RssAnon:\s+(\d+)/)?.[1] ?? 0) / 1024;

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** A Chromium with a client of the echo, and the page of a tool beside it; work() gets them, and what says how much memory all pages take. */
async function beside(echoPort, addressOf, work) {
  const chromium = await startChromium(['--remote-allow-origins=*', '--window-size=1280,800',
    '--disable-background-timer-throttling', '--disable-renderer-backgrounding']);
  try {
    const client = await chromium.newPage(`http://127.0.0.1:${echoPort}/`);
    await until(() => client.evaluate(`document.readyState === 'complete' && document.title`).catch(() => false), 'the client is there');
    const tool = await chromium.newPage(addressOf(chromium, client));
    const pages = async () => sum((await chromium.call('SystemInfo.getProcessInfo')).processInfo
      .filter(({ type }) => type === 'renderer').map(({ id }) => ownMiB(id)));
    return await work(client, tool, pages);
  } finally {
    await chromium.stop();
  }
}

const connectTo = (client, port) => client.evaluate(`new Promise((resolve, reject) => {
  globalThis.socket = new WebSocket('ws://127.0.0.1:${port}/');
  socket.onopen = () => resolve(0);
  socket.onerror = () => reject(new Error('no connection'));
})`);

/** Sends until all are through or the time is up; count() says how many the tool has. */
async function record(client, tool, count) {
  await run(tool, watchGaps);
  const begun = performance.now();
  await client.evaluate(`(() => {
    const text = ${textOf};
    let sent = 0;
    let back = 0;
    const more = () => { while (sent < ${messages / 2} && sent - back < 256) socket.send(text(sent++)); };
    socket.onmessage = () => { ++back; more(); };
    more();
    globalThis.enough = () => { sent = Infinity; };
  })()`);
  let had = 0;
  while ((had = await count()) < messages && performance.now() - begun < patienceMs) await pause(50);
  const seconds = (performance.now() - begun) / 1000;
  await client.evaluate('enough()');
  return { had, perSecond: had / seconds, gapMs: await tool.evaluate('longestGap') };
}

async function chromesFrameList() {
  const echo = await startEcho();
  const module = (path) => `import('devtools://devtools/bundled/${path}')`;
  const addressOf = ({ url }, { id }) => `devtools://devtools/bundled/devtools_app.html?ws=${new URL(url).host}/devtools/page/${id}`;
  try {
    return await beside(echo.port, addressOf, async (client, tools, pages) => {
      await until(() => tools.evaluate(`document.querySelector('.root-view') !== null`), 'DevTools are there');
      await tools.evaluate(`${module('ui/legacy/legacy.js')}.then((m) => m.ViewManager.ViewManager.instance().showView('network'))`);
      const before = await pages();
      await connectTo(client, echo.port);
      await until(() => tools.evaluate(`${module('models/logs/logs.js')}.then((m) => {
        globalThis.request = m.NetworkLog.NetworkLog.instance().requests().find((one) => one.url().startsWith('ws:'));
        return request !== undefined;
      })`), 'DevTools know the connection');
      await tools.evaluate(`${module('panels/network/network.js')}
        .then((m) => m.NetworkPanel.NetworkPanel.instance().selectAndActivateRequest(request, 'web-socket-frames')).then(() => 0)`);
      const live = await record(client, tools, () => tools.evaluate('request.frames().length'));
      await tools.evaluate(`(() => { // what is drawn lies in shadow roots
        const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
        globalThis.list = all(document).find((one) => one.matches('.data-grid *') && one.scrollHeight > 20 * ${live.had / 2});
        globalThis.field = all(document).find((one) => one.ariaLabel?.startsWith('Filter using regex'));
      })()`);
      const jumpMs = await run(tools, jumpAbout, 'list', jumps);
      const filterMs = await tools.evaluate(`(async () => {
        const begun = performance.now();
        field.focus();
        document.execCommand('insertText', false, '${sought(live.had)}');
        while (list.scrollHeight > 10_000) await new Promise((resolve) => setTimeout(resolve, 5));
        return performance.now() - begun;
      })()`);
      return { ...live, jumpMs, filterMs, memoryMiB: [before, await pages()] };
    });
  } finally {
    echo.stop();
  }
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

async function mitmproxysPage() {
  const echo = await startEcho();
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-mitmproxy-'));
  const [port, pagePort] = [await freePort(), await freePort()];
  const mitmweb = spawn('mitmweb', ['--mode', `reverse:http://127.0.0.1:${echo.port}`, '--listen-host', '127.0.0.1', '--listen-port', port,
    '--web-host', '127.0.0.1', '--web-port', pagePort, '--no-web-open-browser', '--set', `confdir=${folder}`], { stdio: 'ignore' });
  const page = `http://127.0.0.1:${pagePort}`;
  const flows = () => fetch(`${page}/flows`).then((answer) => answer.json(), () => []);
  try {
    await until(() => fetch(page).then(() => true, () => false), 'mitmproxy is there');
    return await beside(echo.port, () => `${page}/`, async (client, tool, pages) => {
      const before = await pages() + ownMiB(mitmweb.pid);
      await connectTo(client, port);
      const { id } = await until(async () => (await flows()).find((flow) => flow.websocket), 'mitmproxy knows the connection');
      await until(() => tool.evaluate(`document.querySelector('.flow-table') !== null`).catch(() => false), 'the page is there');
      await until(() => tool.evaluate(`(() => { // a click on the flow, then on its messages
        document.querySelector('.flow-table tbody tr[class]')?.click();
        [...document.querySelectorAll('.nav-tabs a')].find((tab) => tab.innerText === 'WebSocket')?.click();
        return document.querySelector('.flow-detail .contentview') !== null;
      })()`), 'the page shows the messages');
      const live = await record(client, tool, async () => (await flows()).find((flow) => flow.id === id).websocket.messages_meta.count);
      // It shows the first 80, and more by clicks; it looks for nothing within a connection.
      return { ...live, memoryMiB: [before, await pages() + ownMiB(mitmweb.pid)] };
    });
  } finally {
    mitmweb.kill();
    echo.stop();
    await once(mitmweb, 'exit');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const ms = (value) => (value === undefined ? '–' : value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`);
const middle = (sorted) => sorted[Math.floor(sorted.length / 2)];
const peers = [['Chrome’s frame list', chromesFrameList], ['mitmproxy’s page', mitmproxysPage]];
const found = [];
for (const [, measure] of peers) found.push(await measure());
const rows = [
  [`in the list, of ${messages}, after at most ${patienceMs / 1000} s`, ({ had }) => had],
  ['messages a second, live', ({ perSecond }) => perSecond.toFixed(0)],
  ['the event loop’s longest gap', ({ gapMs }) => ms(gapMs)],
  ['to any row, and shown: median, most', ({ jumpMs }) => (jumpMs ? `${ms(middle(jumpMs))}, ${ms(jumpMs.at(-1))}` : '–')],
  ['a text: all of its hits', ({ filterMs }) => ms(filterMs)],
  ['memory, before and after', ({ memoryMiB }) => memoryMiB.map((mib) => `${mib.toFixed(0)} MiB`).join(', ')],
];
console.log(`| ${['', ...peers.map(([name]) => name)].join(' | ')} |\n|${'---|'.repeat(peers.length + 1)}`);
for (const [what, say] of rows) console.log(`| ${[what, ...found.map(say)].join(' | ')} |`);
