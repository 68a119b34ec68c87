// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Clients and proxies of other people, as their own manuals begin.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import faye from 'faye-websocket';
import { WebSocket as UndiciWebSocket } from 'undici';
import WebSocket from 'ws';
import { freePort, isThere, startProxy } from './proxies.mjs';
import { startServer, until } from './server.mjs';

const run = promisify(execFile);

let server;
before(async () => { server = await startServer(); });
after(async () => { assert.equal(await server.stop(), 0); });

let rooms = 0;
const newRoom = () => `/ws/client-${++rooms}`;

/** The other player of the room: hears "hello" and says "back". */
async function otherPlayer(path) {
  const socket = new WebSocket(server.ws + path);
  const heard = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    heard.push(message);
    if (message.type === 'hello') socket.send(JSON.stringify({ type: 'back', data: message.data }));
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { heard, close: () => socket.close(1000) };
}

/** Lets `play` be a player of a new room; then the server has to know how it ended. */
async function playsAs(name, play) {
  const path = `${newRoom()}?name=[${encodeURIComponent(name)}]{100%}`; // as a browser leaves it
  const other = await otherPlayer(path.split('?')[0]);
  const before = server.endings().length;
  await play(server.ws + path, path);
  const ending = await until(() => server.endings()[before], `${name} has an ending`);
  assert.deepEqual([ending.cause, ending.side, ending.codeReceived, ending.cleanly], ['client_closed', 'client', 1000, true], JSON.stringify(ending));
  assert.equal(other.heard.find(({ type }) => type === 'hello')?.data, name);
  assert.equal(other.heard.find(({ type }) => type === 'player_joined')?.data.name, `[${name}]{100%}`);
  other.close();
  await until(() => server.endings()[before + 1], 'the other has one');
}

/** For clients with the interface of browsers. */
function browserLike(Client, name) {
  return (address) => new Promise((resolve, reject) => {
    const socket = new Client(address);
    const answers = { connected: { type: 'ping', data: { n: 1 } }, pong: { type: 'hello', data: name } };
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(data);
      if (answers[type]) socket.send(JSON.stringify(answers[type]));
      if (type === 'back') socket.close(1000);
    };
    socket.onerror = (event) => reject(new Error(`${name}: ${event.message ?? event.type}`));
    socket.onclose = ({ code }) => (code === 1000 ? resolve() : reject(new Error(`${name}: ${code}`)));
  });
}

for (const [name, Client] of [['undici', UndiciWebSocket], ['faye-websocket', faye.Client], ['ws', WebSocket]])
  test(`${name} plays`, () => playsAs(name, browserLike(Client, name)));

for (const name of ['websockets', 'websocket-client', 'tornado'])
  test(`Python's ${name} plays`, () => playsAs(name, (address) => run('/usr/bin/python3', ['clients.py', name, address], { timeout: 20000 })));

/** What curl says: [status, HTTP version of the answer, its body]. */
async function curl(...options) {
  const { stdout } = await run('curl', ['-s', '-g', '--max-time', '10', '-w', '\n%{http_code} %{http_version}', ...options]);
  const [, body, status, version] = /^([\s\S]*)\n(\d+) (\S+)$/.exec(stdout);
  return { status: Number(status), version, body };
}

for (const version of ['--http1.0', '--http1.1']) {
  test(`curl ${version} gets pages and makes rooms`, async () => {
    assert.equal(JSON.parse((await curl(version, `${server.http}/health`)).body).status, 'ok');
    assert.match((await curl(version, `${server.http}/`)).body, /<html/);
    assert.equal((await curl(version, '-I', `${server.http}/health`)).status, 200);
    assert.equal((await curl(version, `${server.http}/health?name=[a]{b}|^\`100%`)).status, 200);
    assert.equal((await curl(version, '-X', 'OPTIONS', `${server.http}/`)).status, 204);
    assert.equal((await curl(version, '-H', 'Host:', `${server.http}/health`)).status, version === '--http1.0' ? 200 : 400);
    const made = await curl(version, '-d', '{"game":"relay"}', `${server.http}/api/v1/rooms`);
    assert.equal(made.status, 201);
    assert.match(JSON.parse(made.body).url, /^ws:\/\/127\.0\.0\.1:\d+\/ws\//);
    const upgrade = ['-H', 'Upgrade: websocket', '-H', 'Connection: Upgrade', '-H', 'Sec-WebSocket-Version: 13', '-H', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC=='];
    const refused = await curl('--http1.0', ...upgrade, `${server.http}${newRoom()}`);
    assert.equal(refused.status, 426);
    assert.match(refused.body, /proxy_http_version 1\.1/);
  });
}

test('curl sends a body in chunks, and goes through the server as through a proxy', async () => {
  assert.equal((await curl('-H', 'Transfer-Encoding: chunked', '-d', '\ufeff{"game":"relay"}', `${server.http}/api/v1/rooms`)).status, 201);
  assert.equal((await curl('--request-target', `${server.http}/health`, server.http)).status, 200);
  assert.equal((await curl('-X', 'OPTIONS', '--request-target', '*', server.http)).status, 204);
});

/** GET through a proxy, as `http` does it. */
const ask = (port, path) => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port, path, agent: false }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject);
});

test('HAProxy with option httpchk takes the server for alive', { skip: !isThere('haproxy') }, async () => {
  const port = await freePort();
  let asked = 0;
  const requestsOfOthers = async () => {
    const metrics = await (await fetch(`${server.http}/metrics`, { headers: { connection: 'close' } })).text();
    return Number(/^glasshouse_http_requests_total (\d+)/m.exec(metrics)[1]) - asked++;
  };
  const before = await requestsOfOthers();
  const proxy = await startProxy('haproxy', port, `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend players
  bind 127.0.0.1:${port}
  default_backend games
backend games
  option httpchk
  server glasshouse 127.0.0.1:${server.port} check inter 100ms
`);
  // Three checks that fail make a server dead.
  await until(async () => await requestsOfOthers() >= before + 6, 'six checks');
  assert.equal(await ask(port, '/health'), 200);
  assert.doesNotMatch(proxy.said(), /DOWN/);
  const path = newRoom();
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.close(1000);
  assert.equal(await closed, 1000);
  await proxy.stop();
});

test('nginx with proxy_pass alone serves pages, and says what an upgrade takes', { skip: !isThere('nginx') }, async () => {
  const port = await freePort();
  const proxy = await startProxy('nginx', port, `server {
  listen 127.0.0.1:${port};
  location / {
    proxy_pass http://127.0.0.1:${server.port};
  }
}
`);
  assert.equal(await ask(port, '/'), 200);
  assert.equal(await ask(port, '/api/v1/rooms'), 200);
  assert.equal((await curl('-d', '{"game":"relay"}', `http://127.0.0.1:${port}/api/v1/rooms`)).status, 201);
  const socket = new WebSocket(`ws://127.0.0.1:${port}${newRoom()}`);
  socket.on('error', () => {});
  const answer = await new Promise((resolve) => socket.once('unexpected-response', (request, response) => resolve(response)));
  let body = '';
  for await (const part of answer) body += part;
  assert.equal(answer.statusCode, 426);
  assert.match(body, /proxy_http_version 1\.1/);
  await until(() => server.endings().some(({ cause }) => cause === 'upgrade_over_http10'), 'an ending');
  await proxy.stop();
});
