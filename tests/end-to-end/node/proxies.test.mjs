// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nginx, HAProxy and Caddy, with the configurations that the program makes.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { get as secureGet } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import WebSocket from 'ws';
import { freePort, isThere, madeConfig, selfSigned, startProxy } from './proxies.mjs';
import { startServer, until } from './server.mjs';

const player = '127.0.0.9'; // an address of this machine that neither proxy nor server use
const tls = selfSigned();
after(() => tls.remove());

const operatorToken = 'for-the-tests-of-proxies';
const operatorFolder = mkdtempSync(join(tmpdir(), 'glasshouse-operator-'));
const operatorFile = join(operatorFolder, 'token');
writeFileSync(operatorFile, operatorToken);
after(() => rmSync(operatorFolder, { recursive: true }));

/** GET https://localhost:port/path; resolves with {status, headers, text}. */
function ask(port, path, headers = {}) {
  return new Promise((resolve, reject) => {
    secureGet({ host: 'localhost', port, path, headers, ca: tls.ca, localAddress: player, family: 4, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    }).on('error', reject);
  });
}

/** A `ws` that trusts our certificate and comes from the player's address. */
class Through extends WebSocket {
  constructor(url, protocols, options) {
    super(url, protocols ?? [], { ca: tls.ca, localAddress: player, family: 4, ...options });
  }
}

function join_(port, path, options) {
  const socket = new Through(`wss://localhost:${port}${path}`, [], options);
  const heard = [];
  socket.on('message', (data, isBinary) => heard.push(isBinary ? { type: 'binary', data } : JSON.parse(data)));
  socket.on('error', () => {});
  return { socket, heard, next: (type) => until(() => heard.find((message) => message.type === type), type) };
}

/** The program's configuration for a proxy at `port` in front of a server at `upstream`. */
function configFor(kind, port, upstream, ...more) {
  const cert = kind === 'haproxy' ? tls.both : tls.cert;
  return madeConfig(kind, '--public-url', `https://localhost:${port}/prefix`, '--port', String(upstream), '--cert', cert, '--key', tls.key, ...more);
}

for (const kind of ['nginx', 'haproxy', 'caddy']) {
  describe(`behind ${kind}`, { skip: isThere(kind) ? false : `${kind} is not installed` }, () => {
    let server;
    let port;
    let proxy;
    before(async () => {
      port = await freePort();
      server = await startServer('--connection-rate', '0', '--heartbeat-seconds', '1', '--pong-seconds', '2',
        '--trusted-proxy', '127.0.0.1', '--public-url', `https://localhost:${port}/prefix`, '--operator-token-file', operatorFile);
      proxy = await startProxy(kind, port, configFor(kind, port, server.port));
    });
    after(async () => {
      await proxy?.stop();
      assert.equal(await server?.stop(), 0);
    });

    test('two play a game, by the path of the server and by that of other servers', async () => {
      const ada = join_(port, '/prefix/ws/duel?game=relay&name=Ada');
      const bob = join_(port, '/prefix/api/match/game?matchId=duel&name=Bob');
      const { data } = await ada.next('connected');
      await bob.next('connected');
      ada.socket.send('{"type":"move","data":{"x":1}}');
      const move = await bob.next('move');
      assert.deepEqual([move.data, move.from], [{ x: 1 }, data.playerId]);
      bob.socket.send(Buffer.from([0, 255, 7]), { binary: true });
      assert.deepEqual((await ada.next('binary')).data, Buffer.from([0, 255, 7]));
      for (const { socket } of [ada, bob]) socket.close(1000);
      await until(() => server.endings().filter(({ codeReceived }) => codeReceived === 1000).length >= 2, 'both ended as they said');
    });

    test('pages, API and redirects work under the prefix', async () => {
      const bare = await ask(port, '/prefix?room=x');
      assert.equal(bare.status, 308);
      assert.equal(new URL(bare.headers.location, `https://localhost:${port}/prefix?room=x`).href, `https://localhost:${port}/prefix/?room=x`);
      const page = await ask(port, '/prefix/');
      assert.equal(page.status, 200);
      for (const [, link] of page.text.matchAll(/(?:href|src)="([^"]+)"/g)) {
        const address = new URL(link, `https://localhost:${port}/prefix/`);
        assert.ok(address.pathname.startsWith('/prefix/'), link);
        assert.equal((await ask(port, address.pathname)).status, 200, link);
      }
      assert.equal(JSON.parse((await ask(port, '/prefix/health')).text).status, 'ok');
      assert.equal((await ask(port, '/health')).status, 404, 'what is not behind the prefix is not the game');
      assert.equal((await ask(port, '/prefixed')).status, 404);
    });

    test('players are told the public address', async () => {
      const { webSocketUrl } = JSON.parse((await ask(port, '/prefix/api/v1/config')).text);
      assert.equal(webSocketUrl, `wss://localhost:${port}/prefix`);
      const { socket, next } = join_(port, `${new URL(webSocketUrl).pathname}/ws/told`);
      await next('connected');
      socket.close();
    });

    test('a page of the public origin may connect', async () => {
      const { socket, next } = join_(port, '/prefix/ws/origin', { origin: `https://localhost:${port}` });
      await next('connected');
      socket.close();
    });

    test('the server knows who is behind the proxy, and believes no player', async () => {
      const given = await fetch(`${server.http}/api/v1/reflect`, { method: 'POST', body: '', headers: { Authorization: `Bearer ${operatorToken}` } });
      assert.equal(given.status, 201);
      const { nonce } = await given.json();
      for (const forged of [{}, { 'X-Forwarded-For': '203.0.113.7' }, { 'X-Real-IP': '203.0.113.7', Forwarded: 'for=203.0.113.7;proto=http' }]) {
        const seen = JSON.parse((await ask(port, `/prefix/api/v1/reflect?nonce=${nonce}`, forged)).text);
        assert.deepEqual([seen.client, seen.peer, seen.secure, seen.doubt], [player, '127.0.0.1', true, '']);
      }
      assert.equal((await ask(port, '/prefix/api/v1/reflect?nonce=1')).status, 404);
    });

    test('a session goes on after the proxy was reloaded and after it was gone', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'glasshouse-client-'));
      writeFileSync(join(folder, 'glasshouse.mjs'), (await ask(port, '/prefix/glasshouse.js')).text);
      const { Client } = await import(pathToFileURL(join(folder, 'glasshouse.mjs')));
      const make = (name) => new Client({ url: `https://localhost:${port}/prefix/ws/again`, name, game: 'relay', WebSocket: Through, backoff: { firstMs: 20, maxMs: 100 } });
      const [ada, bob] = [make('Ada'), make('Bob')];
      const moves = [];
      const back = [];
      ada.on('move', (data) => moves.push(data));
      ada.on('connected', ({ resumed, playerId }) => back.push({ resumed, playerId }));
      for (const client of [ada, bob]) {
        client.connect();
        await until(() => client.state === 'open', 'open');
      }
      const first = ada.playerId;
      bob.send('move', 1);
      await until(() => moves.length === 1, 'the first move');
      // What a player sends at the moment of a cut is lost; what the server sends is not.
      const isThrough = () => Promise.all([ada, bob].map((client) => client.request('ping').then(() => true, () => false))).then((all) => all.every(Boolean));
      proxy.reload();
      await until(isThrough, 'both play on');
      bob.send('move', 2);
      await until(() => moves.length === 2, 'what was sent after the reload');
      // Before 2.6.3 Caddy ends what a reload cuts with a close frame that is not masked: the seat waits all the same.
      assert.equal(ada.playerId, first);
      const seat = ada.playerId;
      const before = back.length;
      await proxy.restart();
      await until(() => back.length > before, 'Ada is back', 20000);
      await until(isThrough, 'Bob as well', 20000);
      bob.send('move', 3);
      await until(() => moves.length === 3, 'what was sent after it');
      assert.deepEqual(moves, [1, 2, 3]);
      assert.deepEqual(back.at(-1), { resumed: true, playerId: seat });
      for (const client of [ada, bob]) client.leave();
      rmSync(folder, { recursive: true });
    });
  });

  describe(`what ${kind} passes on`, { skip: isThere(kind) ? false : `${kind} is not installed` }, () => {
    let upstream;
    let seen;
    let port;
    let proxy;
    before(async () => {
      upstream = createServer((request, response) => { seen = request; response.end('ok'); });
      upstream.on('upgrade', (request, socket) => { seen = request; socket.on('error', () => {}); socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'); });
      upstream.listen(0, '127.0.0.1');
      await until(() => upstream.listening, 'the upstream');
      port = await freePort();
      proxy = await startProxy(kind, port, configFor(kind, port, upstream.address().port));
    });
    after(async () => {
      await proxy?.stop();
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
    });

    test('addresses, scheme and host are right, and nothing of the client is believed', async () => {
      const forged = { 'X-Forwarded-For': '203.0.113.7', 'X-Real-IP': '203.0.113.7', Forwarded: 'for=203.0.113.7', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'evil.example' };
      assert.equal((await ask(port, '/prefix/a%20b?x=1&y=%2F', forged)).status, 200);
      const { headers } = seen;
      assert.equal(headers['x-forwarded-for'], player);
      assert.equal(headers['x-real-ip'], undefined);
      assert.equal(headers.forwarded, undefined);
      assert.equal(headers['x-forwarded-proto'], 'https');
      assert.equal(headers['x-forwarded-host'], `localhost:${port}`);
      assert.equal(headers.host, `localhost:${port}`);
      assert.equal(seen.httpVersion, '1.1');
      assert.equal(seen.url, '/a%20b?x=1&y=%2F');
    });

    test('an upgrade arrives whole, on the path that the server has', async () => {
      const { socket } = join_(port, '/prefix/api/match/game?matchId=7&name=a%26b', { headers: { 'X-Forwarded-For': '203.0.113.7' } });
      await until(() => socket.readyState === WebSocket.CLOSED, 'its refusal');
      assert.equal(seen.url, '/api/game?matchId=7&name=a%26b');
      assert.match(seen.headers.connection, /^upgrade$/i);
      assert.equal(seen.headers.upgrade, 'websocket');
      assert.equal(seen.headers['sec-websocket-version'], '13');
      assert.equal(seen.headers['x-forwarded-for'], player);
    });

    test('without a prefix and with one that the server knows the path stays as it is', async () => {
      for (const [address, options, path] of [['', [], '/ws/x?y=1'], ['/prefix', ['--base-path', '/prefix'], '/prefix/ws/x?y=1']]) {
        const other = await freePort();
        const cert = kind === 'haproxy' ? tls.both : tls.cert;
        const config = madeConfig(kind, '--public-url', `https://localhost:${other}${address}`, '--port', String(upstream.address().port), '--cert', cert, '--key', tls.key, ...options);
        const second = await startProxy(kind, other, config);
        try {
          assert.equal((await ask(other, path)).status, 200);
          assert.equal(seen.url, path);
        } finally {
          await second.stop();
        }
      }
    });
  });

  // Caddy has no idle time-out for open WebSockets.
  const idle = { nginx: [/proxy_(read|send)_timeout \d+s/g, 'proxy_$1_timeout 3s'], haproxy: [/timeout tunnel \d+s/, 'timeout tunnel 3s'] }[kind];
  if (idle) {
    describe(`the idle time-out of ${kind}, made three seconds`, { skip: isThere(kind) ? false : `${kind} is not installed`, concurrency: true }, () => {
      async function behind(...options) {
        const server = await startServer('--connection-rate', '0', ...options);
        const port = await freePort();
        const config = configFor(kind, port, server.port, ...options);
        assert.match(config, idle[0]);
        const proxy = await startProxy(kind, port, config.replace(idle[0], idle[1]));
        const client = join_(port, '/prefix/ws/quiet');
        await client.next('connected');
        return { client, server, stop: async () => { await proxy.stop(); assert.equal(await server.stop(), 0); } };
      }

      test('the heartbeat keeps a silent connection alive', async () => {
        const { client, stop } = await behind('--heartbeat-seconds', '1');
        const begun = performance.now();
        await until(() => performance.now() - begun > 7000, 'more than twice the time-out', 9000);
        assert.equal(client.socket.readyState, WebSocket.OPEN);
        client.socket.send('{"type":"ping","id":1}');
        await client.next('pong');
        await stop();
      });

      test('without it the connection is cut, and the ending says that nobody said goodbye', async () => {
        const { client, server, stop } = await behind('--heartbeat-seconds', '0');
        const begun = performance.now();
        await until(() => client.socket.readyState === WebSocket.CLOSED, 'the cut');
        const seconds = (performance.now() - begun) / 1000;
        assert.ok(seconds > 2 && seconds < 6, `after ${seconds} s`);
        const ending = await until(() => server.endings().find(({ stage }) => stage === 'open'), 'its ending');
        assert.ok(['client_vanished', 'connection_reset'].includes(ending.cause), JSON.stringify(ending));
        assert.deepEqual([ending.code, ending.codeReceived], [1006, 0]);
        assert.ok(ending.silenceMs > 2000, 'the silence before the end is its evidence');
        await stop();
      });
    });
  }
}

test('HAProxy begins with a PROXY header where it is told to', { skip: isThere('haproxy') ? false : 'haproxy is not installed' }, async () => {
  let bytes = Buffer.alloc(0);
  const upstream = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (part) => {
      bytes = Buffer.concat([bytes, part]);
      if (bytes.includes('\r\n\r\n', 16)) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
  }).listen(0, '127.0.0.1');
  await until(() => upstream.listening, 'the upstream');
  const port = await freePort();
  const proxy = await startProxy('haproxy', port, configFor('haproxy', port, upstream.address().port, '--proxy-protocol'));
  const answer = await ask(port, '/prefix/health', { 'X-Forwarded-For': '203.0.113.7' });
  assert.equal(answer.text, 'ok');
  assert.deepEqual(bytes.subarray(0, 12), Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'));
  assert.equal(bytes[12], 0x21); // version 2, PROXY
  assert.deepEqual([...bytes.subarray(16, 20)], player.split('.').map(Number));
  assert.equal(/x-forwarded-for/i.test(bytes.toString('latin1')), false);
  await proxy.stop();
  await new Promise((resolve) => upstream.close(resolve));
});
