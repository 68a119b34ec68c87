// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `glasshouse doctor` at servers and proxies of other people: it names the true cause of each that is broken, and calls none ill
// that is well.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createSecureHttpServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import faye from 'faye-websocket';
import { Server as SocketIo } from 'socket.io';
import { WebSocketServer } from 'ws';
import { freePort, isThere, madeConfig, selfSigned, startProxy } from './proxies.mjs';
import { startServer, until } from './server.mjs';

const tls = selfSigned();
const pem = { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
const folder = mkdtempSync(join(tmpdir(), 'glasshouse-doctor-'));
const secretFile = join(folder, 'secret');
const secret = 'a secret of more than 32 bytes, for these tests';
const endings = []; // what has to be stopped
let plain; // servers of ours, for all rows
let guarded;
let strict;

before(async () => {
  writeFileSync(secretFile, secret, { mode: 0o600 });
  [plain, guarded, strict] = await Promise.all([
    startServer('--connection-rate', '0'),
    startServer('--auth', 'token', '--jwt-secret-file', secretFile),
    startServer('--allow-origin', 'http://page.example', '--base-path', '/play'),
  ]);
  for (const server of [plain, guarded, strict]) endings.push(() => server.stop());
});
after(async () => {
  await Promise.all(endings.map((end) => end()));
  tls.remove();
  rmSync(folder, { recursive: true });
});

/** The command to its end: {code, lines (of --json), whole, out, errors}. */
async function doctor(...options) {
  const child = spawn(process.env.GLASSHOUSE, ['doctor', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { out: '', errors: '', child };
  child.stdout.on('data', (data) => { run.out += data; });
  child.stderr.on('data', (data) => { run.errors += data; });
  [run.code] = await once(child, 'close');
  if (options.includes('--json') && run.code !== 2) {
    run.lines = run.out.trimEnd().split('\n').map((line) => JSON.parse(line));
    run.whole = run.lines.at(-1);
  }
  return run;
}

/** Listens on a free port of this machine until the tests are over. */
async function listening(server) {
  const streams = new Set();
  server.on('connection', (stream) => { streams.add(stream); stream.on('error', () => {}); stream.on('close', () => streams.delete(stream)); });
  server.on('clientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => { streams.forEach((stream) => stream.destroy()); server.close(); });
  return server.address().port;
}

const echo = (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, binary) => socket.send(data, { binary }));
};

/** `ws` on a server of its own. */
async function ws(options = {}, handle = echo, server = createServer((request, response) => response.writeHead(426).end('Upgrade Required'))) {
  const sockets = new WebSocketServer({ server, ...options });
  sockets.on('connection', handle);
  sockets.on('error', () => {});
  return listening(server);
}

const http = (answer) => listening(createServer(answer));

/** A proxy of that kind with a configuration of our own. */
async function proxied(kind, config) {
  const port = await freePort();
  const proxy = await startProxy(kind, port, config(port));
  endings.push(() => proxy.stop());
  return port;
}

const nginx = (location) => proxied('nginx', (port) => `server { listen 127.0.0.1:${port}; ${location} }\n`);
const upgrading = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $http_host;';

async function python(library) {
  const child = spawn('/usr/bin/python3', ['servers.py', library], { stdio: ['pipe', 'pipe', 'inherit'] });
  endings.push(() => child.stdin.end());
  const [port] = await once(child.stdout, 'data');
  return Number(port);
}

const mint = (...options) => execFileSync(process.env.GLASSHOUSE, ['token', 'mint', '--jwt-secret-file', secretFile, '--sub', 'ada', ...options], { encoding: 'utf8' }).trim();

/** As `token mint` makes them, with times that it does not. */
function oldToken() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ada', iat: now - 7200, exp: now - 3600 })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const address = (port, path = '/', scheme = 'ws') => `${scheme}://127.0.0.1:${port}${path}`;

// [name, cause, start]: `start` gives the address, and the options behind it; `needs` a program.
const broken = [
  ['nobody listens', 'connectionRefused', async () => [address(await freePort())]],
  ['the address of a page', 'urlHttp', async () => [address(plain.port, '/echo', 'http')]],
  ['nginx without the Upgrade header, in front of ws', 'upgradeDropped',
    async () => [address(await nginx(`location / { proxy_pass http://127.0.0.1:${await ws()}; }`))], 'nginx'],
  ['nginx without the Upgrade header, in front of ours', 'upgradeDropped',
    async () => [address(await nginx(`location / { proxy_pass http://127.0.0.1:${plain.port}; }`), '/echo')], 'nginx'],
  ['nginx over HTTP/1.1 without the Upgrade header', 'upgradeDropped',
    async () => [address(await nginx(`location / { proxy_pass http://127.0.0.1:${plain.port}; proxy_http_version 1.1; }`), '/echo')], 'nginx'],
  ['nginx with nobody behind it', 'badGateway',
    async () => [address(await nginx(`location / { proxy_pass http://127.0.0.1:${await freePort()}; ${upgrading} }`))], 'nginx'],
  ['nginx with a server behind it that is silent', 'gatewayTimeout', async () => {
    const silent = await listening(createTcpServer(() => {}));
    return [address(await nginx(`location / { proxy_pass http://127.0.0.1:${silent}; proxy_read_timeout 1s; ${upgrading} }`))];
  }, 'nginx'],
  ['nginx that takes the path away', 'pathRewritten', async () => {
    const server = createServer((request, response) => response.writeHead(404, { 'Content-Type': 'text/html' }).end(`<pre>Cannot ${request.method} ${request.url}</pre>`));
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, stream, head) => {
      if (request.url === '/game/ws') return sockets.handleUpgrade(request, stream, head, echo);
      const text = `<pre>Cannot GET ${request.url}</pre>`;
      stream.end(`HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`);
    });
    const upstream = await listening(server);
    return [address(await nginx(`location /game/ { proxy_pass http://127.0.0.1:${upstream}/; ${upgrading} }`), '/game/ws')];
  }, 'nginx'],
  ['nginx that sends elsewhere', 'redirected',
    async () => [address(await nginx('location / { return 301 https://other.example$request_uri; }'))], 'nginx'],
  ['nginx with a page in that place', 'pageInstead',
    async () => [address(await nginx('location / { default_type text/html; return 200 "<h1>Welcome</h1>"; }'))], 'nginx'],
  ['nginx that lets nobody in', 'forbidden', async () => [address(await nginx('location / { deny all; }'))], 'nginx'],
  ['HAProxy in front of nothing', 'unavailable', async () => [address(await proxied('haproxy', (port) => `
defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
frontend front
  bind 127.0.0.1:${port}
  default_backend none
backend none
`))], 'haproxy'],
  ['Caddy with nobody behind it', 'badGateway', async () => {
    const nobody = await freePort();
    return [address(await proxied('caddy', (port) => `http://127.0.0.1:${port} {\n\treverse_proxy 127.0.0.1:${nobody}\n}\n`))];
  }, 'caddy'],
  ['ws that refuses the Origin with its 401', 'originRefused', async () => {
    const port = await ws({ verifyClient: ({ origin }) => origin === undefined || origin === `http://127.0.0.1:${origin.split(':')[2]}` });
    return [address(port), '-o', 'http://other.example'];
  }],
  ['ws that refuses the Origin with 403', 'originRefused', async () => {
    const port = await ws({ verifyClient: ({ origin }, answer) => answer(!origin?.includes('other'), 403, 'Forbidden') });
    return [address(port), '-o', 'http://other.example'];
  }],
  ['ws that wants an Origin', 'originMissing', async () => [address(await ws({ verifyClient: ({ origin }) => Boolean(origin) }))]],
  ['ws that chooses none of the subprotocols', 'subprotocolNotChosen', async () => [address(await ws({ handleProtocols: () => false })), '-s', 'chat']],
  ['ws that chooses another subprotocol', 'subprotocolNotOffered', async () => [address(await ws({ handleProtocols: () => 'other' })), '-s', 'chat']],
  ['Socket.IO', 'socketIo', async () => {
    const server = createServer((request, response) => response.writeHead(404).end());
    new SocketIo(server);
    return [address(await listening(server))];
  }],
  ['ws:// to a port with TLS', 'plainToTlsPort', async () => [address(await ws({}, echo, createSecureHttpServer(pem)))]],
  ['wss:// to a port without TLS', 'tlsToPlainPort', async () => [address(await ws(), '/', 'wss')]],
  ['a certificate that signs itself', 'certificateSelfSigned', async () => [address(await ws({}, echo, createSecureHttpServer(pem)), '/', 'wss')]],
  ['a certificate for another name', 'certificateWrongName',
    async () => [`wss://127.0.0.2:${await ws({ host: undefined }, echo, createSecureHttpServer(pem)).then((port) => forwarded('127.0.0.2', port))}/`, '--ca', tls.cert]],
  ['HTTP/2 and nothing else', 'http2Only', async () => [address(await listening(createSecureServer({ ...pem, allowHTTP1: false })), '/', 'wss'), '--ca', tls.cert]],
  ['ours, with a token that expired', 'tokenExpired', async () => [address(guarded.port, '/echo'), '--token', oldToken()]],
  ['ours, with a token of somebody else', 'tokenRefused', async () => [address(guarded.port, '/echo'), '--token', `${mint().slice(0, -8)}AAAAAAAA`]],
  ['ours, without a token', 'loginMissing', async () => [address(guarded.port, '/echo')]],
  ['ours, from a page that it does not know', 'originRefused', async () => [address(strict.port, '/play/echo'), '-o', 'http://other.example']],
  ['ours, at a path that it does not have', 'notFound', async () => [address(plain.port, '/nowhere/at/all')]],
  ['a WebSocket at another path', 'wrongPath', async () => [address(await ws({ path: '/ws' }))]],
  ['messages of 1 KiB', 'messagesTiny', async () => [address(await ws({ maxPayload: 1024 }))]],
  ['a connection that is cut after 2 s of silence', 'idleTooShort', async () => {
    const port = await ws({}, (socket) => {
      const cut = setTimeout(() => socket.terminate(), 2000);
      socket.on('message', () => cut.refresh());
      socket.on('ping', () => cut.refresh());
      socket.on('close', () => clearTimeout(cut));
      echo(socket);
    });
    return [address(port), '--idle', '6'];
  }],
  ['a handler that crashes', 'resetAfterUpgrade', async () => [address(await ws({}, (socket) => { socket.on('error', () => {}); socket._socket.resetAndDestroy(); }))]],
  ['a server that limits', 'tooManyRequests', async () => [address(await http((request, response) => response.writeHead(429, { 'Retry-After': '9' }).end()))]],
  ['a server that fails', 'serverError', async () => {
    const server = createServer();
    server.on('upgrade', (request, stream) => stream.end('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
    return [address(await listening(server))];
  }],
  ['a server of another kind', 'notHttp', async () => [address(await listening(createTcpServer((stream) => { stream.write('220 mail.example ESMTP\r\n'); })))]],
  ['nobody who answers pings', 'pongMissing', async () => [address(await ws({ autoPong: false }))]],
];

/** Another address of this machine for a port of the first. */
async function forwarded(host, port) {
  const { connect } = await import('node:net');
  const server = createTcpServer((stream) => {
    const further = connect(port, '127.0.0.1');
    for (const one of [stream, further]) one.on('error', () => { stream.destroy(); further.destroy(); });
    stream.pipe(further).pipe(stream);
  });
  server.listen(0, host);
  await once(server, 'listening');
  endings.push(() => server.close());
  return server.address().port;
}

const behind = (kind) => async () => {
  const port = await freePort();
  const server = await startServer('--connection-rate', '0', '--trusted-proxy', '127.0.0.1', '--public-url', `https://localhost:${port}/prefix`);
  endings.push(() => server.stop());
  const cert = kind === 'haproxy' ? tls.both : tls.cert;
  const proxy = await startProxy(kind, port, madeConfig(kind, '--public-url', `https://localhost:${port}/prefix`, '--port', String(server.port), '--cert', cert, '--key', tls.key));
  endings.unshift(() => proxy.stop());
  return [`wss://localhost:${port}/prefix/echo`, '--ca', tls.cert, '-o', `https://localhost:${port}`];
};

const healthy = [
  ['ws', async () => [address(await ws())]],
  ['ws with compression', async () => [address(await ws({ perMessageDeflate: true }))]],
  ['ws with a subprotocol', async () => [address(await ws({ handleProtocols: (offered) => [...offered].at(-1) })), '-s', 'chat', '-s', 'superchat']],
  ['ws that knows its own pages', async () => {
    const port = await ws({ verifyClient: ({ origin, req }) => origin === `http://${req.headers.host}` });
    return [address(port), '-o', `http://127.0.0.1:${port}`];
  }],
  ['ws over TLS', async () => [address(await ws({}, echo, createSecureHttpServer(pem)), '/', 'wss'), '--ca', tls.cert]],
  ['ws that says nothing', async () => [address(await ws({}, (socket) => socket.on('error', () => {})))]],
  ['ws that talks by itself', async () => [address(await ws({}, (socket) => {
    const talk = setInterval(() => socket.send(`{"time":${Date.now()}}`), 50);
    socket.on('error', () => {}).on('close', () => clearInterval(talk));
  }))]],
  ['a server of Node with other routes', async () => [address(await ws({ path: '/live/ws' }, echo,
    createServer((request, response) => response.end(request.url === '/health' ? 'ok' : '<h1>Hello</h1>'))), '/live/ws')],
  ],
  ['faye-websocket', async () => {
    const server = createServer((request, response) => response.writeHead(404).end());
    server.on('upgrade', (request, stream, body) => {
      const socket = new faye(request, stream, body);
      socket.onmessage = ({ data }) => socket.send(data);
    });
    return [address(await listening(server))];
  }],
  ["Python's websockets", async () => [address(await python('websockets'))]],
  ["Python's tornado", async () => [address(await python('tornado'), '/echo')]],
  ['ours', async () => [address(plain.port, '/echo')]],
  ['ours in a room', async () => [address(plain.port, '/ws/doctor')]],
  ['ours with a token in the header', async () => [address(guarded.port, '/echo'), '--token', mint()]],
  ['ours with a token in the query', async () => [address(guarded.port, '/echo'), '--token', mint(), '--token-as', 'query']],
  ['ours with a token as a subprotocol', async () => [address(guarded.port, '/echo'), '--token', mint(), '--token-as', 'subprotocol', '-s', 'game']],
  ['ours with a token in the first message', async () => [address(guarded.port, '/echo'), '--token', mint(), '--token-as', 'message']],
  ['ours under a path, from a page that it knows', async () => [address(strict.port, '/play/echo'), '-o', 'http://page.example']],
  ['ours over TLS', async () => {
    const server = await startServer('--tls-cert', tls.cert, '--tls-key', tls.key);
    endings.push(() => server.stop());
    return [address(server.port, '/echo', 'wss'), '--ca', tls.cert];
  }],
  ['nginx in front of ws', async () => [address(await nginx(`location / { proxy_pass http://127.0.0.1:${await ws()}; ${upgrading} }`))], 'nginx'],
  ['nginx in front of ours', behind('nginx'), 'nginx'],
  ['HAProxy in front of ours', behind('haproxy'), 'haproxy'],
  ['Caddy in front of ours', behind('caddy'), 'caddy'],
];

const skip = (needs) => (needs && !isThere(needs) ? `${needs} is not installed` : false);
const usual = (options) => ['--json', ...(options.includes('--idle') ? [] : ['--idle', '0']), ...options];
const shown = (run) => run.errors + JSON.stringify(run.whole?.stages.filter(({ verdict }) => verdict !== 'good'), null, 1);

describe('what is broken', { concurrency: 6 }, () => {
  for (const [name, cause, start, needs] of broken) {
    test(`${cause}: ${name}`, { skip: skip(needs) }, async () => {
      const run = await doctor(...usual(await start()));
      assert.equal(run.whole?.cause, cause, shown(run));
      assert.equal(run.code, 1);
    });
  }
});

describe('what is well', { concurrency: 6 }, () => {
  for (const [name, start, needs] of healthy) {
    test(name, { skip: skip(needs) }, async () => {
      const run = await doctor(...usual(await start()));
      assert.notEqual(run.whole?.verdict, 'ill', shown(run));
      assert.equal(run.whole?.cause, null, shown(run));
      assert.equal(run.code, 0);
      assert.ok(run.whole.over && !run.whole.stopped);
    });
  }
});

describe('the command', { concurrency: 4 }, () => {
  test('prints stage after stage, and the cause last', async () => {
    const run = await doctor(address(await freePort()));
    assert.equal(run.code, 1);
    assert.match(run.out, /^Examining ws:\/\/127\.0\.0\.1:\d+\/\n\n✓ Address/);
    assert.match(run.out, /\n✗ Ill: Nothing listens on port \d+ of 127\.0\.0\.1\.\n→ Start the server/);
    assert.doesNotMatch(run.out, /\u001b/);
  });

  test('takes an address without a scheme', async () => {
    assert.match((await doctor(`127.0.0.1:${await freePort()}`)).out, /^Examining ws:\/\/127/);
  });

  test('one object a line, and the last holds all', async () => {
    const run = await doctor('--json', '--idle', '0', address(await ws()));
    assert.equal(run.code, 0, run.out);
    assert.deepEqual([...new Set(run.lines.map(({ event }) => event))], ['stage', 'diagnosis']);
    assert.deepEqual(run.lines.slice(0, -1).map(({ stage }) => stage).sort(), run.whole.stages.map(({ stage }) => stage).sort());
  });

  test('a report for an issue', async () => {
    const run = await doctor('--markdown', address(await freePort()));
    assert.match(run.out, /^## /);
    assert.match(run.out, /\(`connectionRefused`\)/);
  });

  test('an interrupt ends the watch, and what was found is said', async () => {
    const child = spawn(process.env.GLASSHOUSE, ['doctor', '--json', '--idle', '1h', address(await ws())], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (data) => { out += data; });
    const ended = once(child, 'close');
    await until(() => out.includes('"stage":"close"'), 'the stage before the watch ends');
    child.kill('SIGINT');
    const [code] = await ended;
    const whole = JSON.parse(out.trimEnd().split('\n').at(-1));
    assert.equal(code, 130);
    assert.equal(whole.event, 'diagnosis');
    assert.ok(whole.stopped);
    assert.notEqual(whole.verdict, 'ill');
  });

  test('secrets are nowhere, also if the server repeats them', async () => {
    const port = await http((request, response) => {
      response.writeHead(403, { 'X-Echo': request.headers.authorization ?? '' });
      response.end(JSON.stringify([request.url, request.headers]));
    });
    for (const form of [['--json'], ['--markdown'], []]) {
      const run = await doctor(...form, '--idle', '0', `ws://ada:hunter22@127.0.0.1:${port}/?access_token=letmein22&room=lobby`,
        '-H', 'Cookie: session=swordfish', '-s', 'bearer.opensesame');
      assert.equal(run.code, 1);
      for (const word of ['hunter22', 'letmein22', 'swordfish', 'opensesame', Buffer.from('ada:hunter22').toString('base64')])
        assert.ok(!(run.out + run.errors).includes(word), `${form}: ${word}\n${run.out}`);
      const token = await doctor(...form, '--idle', '0', address(port), '--token', 'hunter22hunter22');
      assert.ok(!(token.out + token.errors).includes('hunter22'), token.out);
    }
  });

  test('what is wrong on the command line is said, with exit code 2', async () => {
    const run = await doctor('ws://a', '--idel', '1');
    assert.equal(run.code, 2);
    assert.match(run.errors, /did you mean --idle/);
    assert.equal(run.out, '');
  });
});

describe('our own server', { concurrency: 4 }, () => {
  test('that does not run is started for the test', async () => {
    const port = await freePort();
    const run = await doctor('--self', '--json', '--port', String(port), '--data', join(folder, 'none'));
    const remarks = run.lines[0].remarks.map(({ remark }) => remark);
    assert.equal(run.lines[0].event, 'self');
    assert.ok(remarks.includes('notRunning'), remarks);
    assert.equal(run.code, 0, run.out);
    const urls = run.lines.filter(({ event }) => event === 'diagnosis').map(({ url }) => url);
    assert.equal(urls[0], `ws://127.0.0.1:${port}/echo`);
  });

  test('that runs is examined where it is', async () => {
    const run = await doctor('--self', '--json', '--bind', '127.0.0.1', '--port', String(strict.port), '--allow-origin', 'http://page.example', '--base-path', '/play');
    const remarks = run.lines[0].remarks.map(({ remark }) => remark);
    for (const expected of ['running', 'loopbackOnly', 'basePath', 'pagesOfOrigins']) assert.ok(remarks.includes(expected), remarks);
    assert.equal(run.code, 0, run.out);
    assert.equal(run.lines.filter(({ event }) => event === 'diagnosis').length, 2); // its own page, and the one that is allowed
  });

  test('with TLS and tokens', async () => {
    const run = await doctor('--self', '--json', '--bind', '127.0.0.1', '--port', String(await freePort()), '--data', join(folder, 'none'),
      '--tls-cert', tls.cert, '--tls-key', tls.key, '--auth', 'token', '--jwt-secret-file', secretFile);
    const remarks = run.lines[0].remarks.map(({ remark }) => remark);
    for (const expected of ['certificateSelfSigned', 'tokenWanted']) assert.ok(remarks.includes(expected), remarks);
    assert.equal(run.code, 0, run.out);
    assert.ok(!run.out.includes(secret));
  });

  test('whose port another program has', async () => {
    const run = await doctor('--self', '--json', '--port', String(await ws()), '--bind', '127.0.0.1', '--data', join(folder, 'none'));
    assert.equal(run.lines[0].remarks[0].remark, 'anotherProgram');
    assert.equal(run.code, 1);
  });

  test('whose port another program has that waits for tokens', async () => {
    let visits = 0;
    const thief = createTcpServer((socket) => { ++visits; socket.destroy(); });
    await once(thief.listen(0, '127.0.0.1'), 'listening');
    const run = await doctor('--self', '--json', '--port', String(thief.address().port), '--bind', '127.0.0.1', '--data', join(folder, 'none'),
      '--auth', 'token', '--jwt-secret-file', secretFile);
    thief.close();
    assert.equal(run.code, 1);
    assert.equal(run.lines.length, 1, run.out);
    assert.equal(visits, 0);
  });

  test('with wrong options is not examined', async () => {
    const run = await doctor('--self', '--prot', '1');
    assert.equal(run.code, 2);
    assert.match(run.errors, /did you mean --port/);
  });
});
