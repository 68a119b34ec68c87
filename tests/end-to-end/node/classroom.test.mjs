// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Thirty people who scan one code: all of them come from one address, at once. And what one of them could do to the others.

import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import WebSocket from 'ws';
import { freePort, isThere, startProxy } from './proxies.mjs';
import { startServer, until } from './server.mjs';

const people = 30;

/** Asks as a browser does: over at most six connections at once. Resolves with the body; anything but 200 is an error. */
function load(port, path, agent, localAddress) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent, localAddress, headers: { 'Accept-Encoding': 'identity' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('error', reject);
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`${path}: ${answer.statusCode} ${text}`))));
    }).on('error', (error) => reject(new Error(`${path}: ${error.message}`)));
  });
}

/** What a page or a module needs besides. */
function needsOf(path, text) {
  const base = new URL(path, 'http://page/');
  const found = [...text.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"#]+)"/g), ...text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
  return found.map(([, target]) => new URL(target, base)).filter((url) => url.host === 'page' && /\.(js|css|svg)$/.test(url.pathname)).map((url) => url.pathname);
}

/** One browser loads a page and all its modules. Resolves with how many files that were. */
async function loadPage(port, page, { keepAlive = true, localAddress } = {}) {
  const agent = new Agent({ keepAlive, maxSockets: 6 });
  const seen = new Set();
  async function follow(path) {
    if (seen.has(path)) return;
    seen.add(path);
    const text = await load(port, path, agent, localAddress);
    await Promise.all(needsOf(path, text).map(follow));
  }
  try {
    await follow(page);
  } finally {
    agent.destroy();
  }
  return seen.size;
}

function openSocket(port, name) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/classroom?game=relay&name=${name}`);
    socket.on('message', () => resolve(socket)); // `connected`
    socket.on('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)));
    socket.on('error', reject);
  });
}

async function everybodyComesIn(port, keepAlive) {
  const began = performance.now();
  const pages = await Promise.all(Array.from({ length: people }, () => loadPage(port, '/code-racer.html', { keepAlive })));
  assert.ok(pages.every((files) => files > 5), `a page of ${pages[0]} files`);
  const sockets = await Promise.all(Array.from({ length: people }, (_, i) => openSocket(port, `p${i}`)));
  const took = performance.now() - began;
  sockets.forEach((socket) => socket.terminate());
  assert.ok(took < 5000, `it took ${took} ms`);
}

const proxies = {
  haproxy: (port, upstream) => `defaults\n  mode http\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n`
    + `frontend players\n  bind 127.0.0.1:${port}\n  default_backend glasshouse\nbackend glasshouse\n  server one 127.0.0.1:${upstream}\n`,
  nginx: (port, upstream) => `map $http_upgrade $connection_upgrade {\n  default upgrade;\n  '' close;\n}\nserver {\n  listen 127.0.0.1:${port};\n  location / {\n`
    + `    proxy_pass http://127.0.0.1:${upstream};\n    proxy_http_version 1.1;\n    proxy_set_header Upgrade $http_upgrade;\n`
    + `    proxy_set_header Connection $connection_upgrade;\n  }\n}\n`,
};

for (const [how, keepAlive] of [['connections that stay', true], ['a connection for each file', false]]) {
  test(`thirty people come in from one address with ${how}`, async () => {
    const server = await startServer();
    try {
      await everybodyComesIn(server.port, keepAlive);
    } finally {
      assert.equal(await server.stop(), 0);
    }
  });
}

for (const kind of Object.keys(proxies)) {
  test(`thirty people come in through ${kind}, which is not trusted`, { skip: !isThere(kind) }, async () => {
    const server = await startServer();
    const port = await freePort();
    const proxy = await startProxy(kind, port, proxies[kind](port, server.port));
    try {
      await everybodyComesIn(port, true);
    } finally {
      await proxy.stop();
      assert.equal(await server.stop(), 0);
    }
  });
}

// In a thread of its own, so that what is measured is the server. Says how much it has asked.
const attacker = `
const { connect } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const { port, silent, aSecond } = workerData;
const open = (text) => {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  socket.on('data', () => {});
  if (text) socket.write(text);
  return socket;
};
const hold = () => open().on('close', () => setTimeout(hold, 50));
for (let i = 0; i < silent; ++i) hold();
let asked = 0;
const began = Date.now();
setInterval(() => {
  for (; asked < (Date.now() - began) * aSecond / 1000; ++asked) open('GET /health HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n');
  parentPort.postMessage(asked);
}, 5);
`;

// A program with sanitizers needs three times as long.
const slowness = process.env.GLASSHOUSE_SANITIZED ? 3 : 1;

const timeOfPage = async (port, how) => {
  const began = performance.now();
  await loadPage(port, '/code-racer.html', how);
  return performance.now() - began;
};

test('a page is complete while its own address holds silent connections and floods the server', async () => {
  const server = await startServer();
  const worker = new Worker(attacker, { eval: true, workerData: { port: server.port, silent: 200, aSecond: 1000 } });
  let asked = 0;
  worker.on('message', (count) => { asked = count; });
  try {
    await until(() => asked > 1000, 'a flood');
    for (const [localAddress, most] of [['127.0.0.1', 3000], ['127.0.0.2', 1000]]) {
      for (const keepAlive of [true, false]) {
        const took = await timeOfPage(server.port, { keepAlive, localAddress });
        assert.ok(took < most * slowness, `from ${localAddress}: ${took} ms`);
      }
    }
  } finally {
    await worker.terminate();
    assert.equal(await server.stop(), 0);
  }
});
