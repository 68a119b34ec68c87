// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page costs to load, and what becomes of it where the server has no time.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startServer, until } from './server.mjs';
import { chromium, server, setStage } from './stage.mjs';

const busy = { status: 429, message: 'too many requests from this address', seconds: 1 };
const pages = ['/', '/code-racer.html?room=load', '/horse-race.html?room=horses', '/relay.html?room=relay'];
const started = `Boolean(document.getElementById('top')?.firstChild)`;

setStage();

/** A page that has not loaded anything yet, in a tab that knows its player's name. It counts the bytes that come. */
async function freshPage(origin = server.http) {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: 'en' });
  await page.call('Page.enable');
  await page.call('Network.enable');
  await page.call('Page.navigate', { url: `${origin}/health` });
  await until(() => page.evaluate(`location.pathname === '/health' && document.readyState === 'complete'`), 'the page before');
  await page.evaluate(`sessionStorage.setItem('name', 'Ada')`);
  await page.call('Network.clearBrowserCache');
  await page.call('Page.addScriptToEvaluateOnNewDocument', { source: `new MutationObserver((changes, observer) => {
    if (!(${started})) return;
    window.startedAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true })` });
  const requests = new Map();
  let bytes = 0;
  const finished = new Set();
  page.on('Network.requestWillBeSent', ({ requestId, request, initiator }) => requests.set(requestId, { url: request.url, by: initiator.type }));
  page.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { bytes += encodedDataLength; finished.add(requestId); });
  page.on('Network.loadingFailed', ({ requestId }) => finished.add(requestId));
  const settled = async () => {
    await until(() => page.evaluate(`document.readyState === 'complete' && window.startedAt > 0`), 'the page');
    await until(() => [...requests.keys()].every((id) => finished.has(id)), 'all its files');
    return { bytes, requests: [...requests.values()], startedMs: await page.evaluate('window.startedAt') };
  };
  const forget = () => {
    requests.clear();
    finished.clear();
    bytes = 0;
  };
  return {
    ...page,
    async load(path) {
      forget();
      await page.call('Page.navigate', { url: `${origin}${path}` });
      return settled();
    },
    async reload() {
      await page.evaluate('window.startedAt = 0');
      forget();
      await page.call('Page.reload');
      return settled();
    },
    text: () => page.evaluate('document.body.innerText'),
    sees: (expression, what = expression) => until(() => page.evaluate(expression).catch(() => false), what),
  };
}

describe('what a load costs', () => {
  test('Code Racer takes 60 kB, and a reload 5', async (context) => {
    const page = await freshPage();
    const first = await page.load('/code-racer.html?room=load');
    const again = await page.reload();
    context.diagnostic(`first load ${first.bytes} bytes in ${first.requests.length} requests, reload ${again.bytes} bytes`);
    assert.ok(first.requests.length > 10);
    assert.ok(first.bytes > 10_000 && first.bytes <= 60_000, `${first.bytes} bytes`);
    assert.ok(again.bytes > 0 && again.bytes <= 5_000, `${again.bytes} bytes`);
    await page.close();
  });

  test('a page far away works soon', async (context) => {
    const page = await freshPage();
    await page.call('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: -1, uploadThroughput: -1 });
    const { startedMs } = await page.load('/code-racer.html?room=load');
    context.diagnostic(`interactive after ${Math.round(startedMs)} ms at 150 ms of round trip`);
    assert.ok(startedMs < 2_000, `${startedMs} ms`); // 0.9 s is the aim; a machine that tests has more to do
    await page.close();
  });

  for (const path of pages) {
    test(`${path} names all that it needs`, async () => {
      const page = await freshPage();
      const { requests } = await page.load(path);
      const modules = requests.filter(({ url }) => url.endsWith('.js'));
      assert.ok(modules.length > 3);
      for (const { url, by } of modules) assert.equal(by, 'parser', url); // none was found in another one
      assert.equal(new Set(modules.map(({ url }) => url)).size, modules.length); // and none came twice
      await page.close();
    });
  }
});

/** Stands in front of the server, and refuses what `refuses(request)` says. It can replace bodies as well. */
async function startDoor(refuses) {
  const target = Number(new URL(server.http).port);
  const refusal = (answer) => {
    const body = JSON.stringify({ error: 'Too Many Requests', message: busy.message });
    answer.writeHead(busy.status, { 'Retry-After': busy.seconds, 'Content-Type': 'application/json' }).end(body);
  };
  const door = http.createServer((request, answer) => {
    const verdict = refuses(request);
    if (verdict === true) return refusal(answer);
    if (verdict) return answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(verdict);
    const headers = { ...request.headers, host: `127.0.0.1:${target}` };
    if (headers.origin) headers.origin = `http://${headers.host}`;
    const onward = http.request({ port: target, host: '127.0.0.1', method: request.method, path: request.url, headers }, (from) => {
      answer.writeHead(from.statusCode, from.headers);
      from.pipe(answer);
    });
    request.pipe(onward);
  });
  door.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (refuses(request) === true) return socket.end(`HTTP/1.1 ${busy.status} Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const onward = net.connect(target, '127.0.0.1', () => {
      const lines = Object.entries({ ...request.headers, host: `127.0.0.1:${target}`, origin: `http://127.0.0.1:${target}` });
      onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    http: `http://127.0.0.1:${door.address().port}`,
    stop() {
      door.closeAllConnections();
      return new Promise((resolve) => door.close(resolve));
    },
  };
}

describe('a server without time', () => {
  for (const file of ['texts.js', 'code-racer.js', 'style.css']) {
    test(`a page without its ${file} says so and comes back`, async () => {
      let isBusy = true;
      const door = await startDoor(({ url }) => isBusy && url.endsWith(file));
      const page = await freshPage(door.http);
      await page.call('Page.navigate', { url: `${door.http}/code-racer.html?room=guard` });
      await page.sees(`document.getElementById('guard')?.textContent.includes('${busy.message}')`);
      assert.match(await page.text(), /could not load/);
      assert.match(await page.text(), /Trying again in \d+ s/);
      isBusy = false;
      await page.sees(`${started} && !document.getElementById('guard')`, 'the page, back by itself');
      await page.close();
      await door.stop();
    });
  }

  test('a page that can not work says so, and does not load again for ever', async () => {
    let loads = 0;
    const door = await startDoor(({ url }) => {
      loads += url.startsWith('/relay.html') ? 1 : 0;
      return url.endsWith('texts.js') && 'this is no module';
    });
    const page = await freshPage(door.http);
    await page.call('Page.navigate', { url: `${door.http}/relay.html?room=guard` });
    await page.sees(`document.getElementById('guard')?.textContent.includes('too old')`);
    assert.equal(loads, 4);
    await page.close();
    await door.stop();
  });

  test('a room whose socket is refused says why, and comes in later', async () => {
    let isBusy = true;
    const door = await startDoor(({ url }) => isBusy && url.startsWith('/ws/'));
    const page = await freshPage(door.http);
    await page.call('Page.navigate', { url: `${door.http}/relay.html?room=busy` });
    await page.sees(`document.querySelector('.banner')?.textContent.includes('${busy.message}')`);
    isBusy = false;
    await page.sees(`document.querySelectorAll('#players li').length === 1`, 'the room');
    await page.close();
    await door.stop();
  });

  test('the start page says why there is no list, and then there is one', async () => {
    let isBusy = true;
    const door = await startDoor(({ url }) => isBusy && url.startsWith('/api/'));
    const page = await freshPage(door.http);
    await page.call('Page.navigate', { url: door.http });
    await page.sees(`document.getElementById('rooms-state').textContent.includes('${busy.message}')`);
    assert.match(await page.text(), /Next try in 1 second/);
    await page.evaluate(`document.getElementById('name').value = 'Ada'; document.getElementById('open').click()`);
    await page.sees(`document.getElementById('create-error').textContent.includes('${busy.message}')`);
    isBusy = false;
    await page.sees(`location.pathname !== '/'`, 'the room that was asked for');
    await page.close();
    await door.stop();
  });

  test('a browser that is refused at the door gets a page that loads itself again', async () => {
    const most = 4; // a browser opens more than it needs
    const small = await startServer('--max-connections', String(most));
    const players = Array.from({ length: most }, () => new WebSocket(`${small.ws}/ws/full`));
    for (const player of players) await new Promise((resolve, reject) => player.once('open', resolve).once('error', reject));
    const program = await fetch(`${small.http}/`);
    assert.equal(program.status, 503);
    assert.ok(Number(program.headers.get('retry-after')) > 0);
    assert.match((await program.json()).message, /\w/);
    const page = await chromium.newPage(`${small.http}/health`);
    await until(() => page.evaluate(`document.body.innerText.includes('tries again by itself')`).catch(() => false), 'words');
    players.forEach((player) => player.close());
    await until(() => page.evaluate(`document.body.innerText.includes('"status":"ok"')`).catch(() => false), 'the answer, by itself');
    await page.close();
    assert.equal(await small.stop(), 0);
  });
});

test('without JavaScript every page says what it needs', async () => {
  for (const path of pages) {
    const page = await chromium.newPage('about:blank');
    await page.call('Emulation.setScriptExecutionDisabled', { value: true });
    await page.call('Page.navigate', { url: `${server.http}${path}` });
    await until(() => page.evaluate(`document.body?.innerText.includes('needs JavaScript')`), path);
    await page.close();
  }
});

test('the library can be imported by pages of allowed origins only', async () => {
  const friend = await startServer();
  const stranger = await startServer();
  const host = await startServer('--allow-origin', friend.http);
  for (const [from, expected] of [[friend, 'function'], [stranger, 'TypeError']]) {
    const page = await chromium.newPage(`${from.http}/health`);
    await until(() => page.evaluate(`location.port === '${from.port}'`), 'the page');
    assert.equal(await page.evaluate(`import('${host.http}/glasshouse.js').then((all) => typeof all.Client, (error) => error.name)`), expected);
    const types = `fetch('${host.http}/glasshouse.d.ts').then((answer) => answer.text()).then((text) => typeof text, (error) => error.name)`;
    assert.equal(await page.evaluate(types), expected === 'function' ? 'string' : expected);
    await page.close();
  }
  for (const one of [friend, stranger, host]) assert.equal(await one.stop(), 0);
});

test('a game in a folder of its own, compressed when it was built, loads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-game-'));
  mkdirSync(join(folder, 'game', 'Build'), { recursive: true });
  const emptyModule = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const files = {
    'index.html': '<!doctype html><title>Game</title><script src="Build/game.loader.js"></script>',
    'Build/game.loader.js': 'window.loader = "plain"',
    'Build/game.loader.js.gz': gzipSync('window.loader = "compressed"'),
    'Build/game.wasm.br': brotliCompressSync(emptyModule),
    'Build/game.wasm.gz': gzipSync(emptyModule),
    'Build/game.wasm.unityweb': gzipSync(emptyModule),
    'Build/game.data.br': brotliCompressSync('all the data'),
    'Build/game.data.unityweb': gzipSync('all the data'),
    'Build/plain.data.unityweb': 'all the data',
  };
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, 'game', name), contents);
  const games = await startServer('--web-root', folder, '--base-path', '/play');
  for (const path of ['/play/game?seat=1', '/game?seat=1']) { // the base path passed on, or taken away by a proxy
    const page = await chromium.newPage(`${games.http}${path}`);
    await until(() => page.evaluate(`window.loader === 'compressed'`), 'the game');
    assert.equal(await page.evaluate('location.pathname + location.search'), path.replace('game', 'game/'));
    for (const name of ['game.wasm.br', 'game.wasm.gz', 'game.wasm.unityweb'])
      assert.ok(await page.evaluate(`WebAssembly.compileStreaming(fetch('Build/${name}')).then((module) => module instanceof WebAssembly.Module)`), name);
    for (const name of ['game.data.br', 'game.data.unityweb', 'plain.data.unityweb'])
      assert.equal(await page.evaluate(`fetch('Build/${name}').then((answer) => answer.text())`), 'all the data', name);
    await page.close();
  }
  assert.equal(await games.stop(), 0);
  rmSync(folder, { recursive: true });
});
