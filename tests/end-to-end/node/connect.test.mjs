// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `glasshouse connect` beside the real wscat: the same command line gives the same standard output, byte for byte, where it is
// piped. (One thing is meant to differ: wscat writes its prompt "> " into the pipe for each line that it sends.)

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createServer } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';
import { until } from './server.mjs';

let server;
let url;
const running = [];

/** What the server says at each path. */
const paths = {
  '/echo': (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })),
  '/headers': (socket, request) =>
    socket.send(JSON.stringify([request.headers['x-one'], request.headers['x-two'], request.headers.origin, request.headers.authorization])),
  '/subprotocol': (socket) => socket.send(socket.protocol),
  '/binary': (socket) => socket.send(Buffer.from([0, 1, 10, 0x7f, 0xc3, 0xa9])),
  '/lines': (socket) => socket.send('one\r\ntwo\n\u001b[31mred\u202e'),
  '/pings': (socket) => {
    socket.ping('first');
    socket.send('then');
    socket.ping();
    socket.on('message', (data) => socket.send(data.toString()));
  },
  '/close': (socket) => {
    socket.send('last');
    socket.close(4000, 'no more of it');
  },
  '/late': (socket) => socket.on('message', (data) => setTimeout(() => socket.send(`late ${data}`), 600)),
  '/heard': (socket) => {
    const heard = [];
    socket.on('ping', (data) => heard.push(`ping ${data}`));
    socket.on('pong', (data) => heard.push(`pong ${data}`));
    socket.on('message', (data) => socket.send(JSON.stringify([...heard, data.toString()])));
    socket.on('close', (code, reason) => { lastClose = `${code} ${reason}`; });
  },
};
let lastClose = '';

before(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: (offered) => [...offered].at(-1) });
  server.on('connection', (socket, request) => {
    socket.on('error', () => {});
    const { pathname, search } = new URL(request.url, 'ws://x');
    paths[pathname]?.(socket, request);
    if (search === '?greets') socket.send('hello');
  });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${server.address().port}`;
});
after(() => {
  running.forEach((child) => child.kill('SIGKILL'));
  server.clients.forEach((socket) => socket.terminate());
  server.close();
});

const programs = {
  wscat: (options) => ['node_modules/.bin/wscat', options],
  connect: (options) => [process.env.GLASSHOUSE, ['connect', ...options]],
};

/** One of the two as somebody starts it in a pipe. Standard input stays open, because wscat leaves when it ends. */
function start(program, options, environment = {}) {
  const [command, line] = programs[program](options);
  const child = spawn(command, line, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  running.push(child);
  child.stdin.on('error', () => {});
  const run = { child, out: Buffer.alloc(0), errors: '' };
  child.stdout.on('data', (data) => { run.out = Buffer.concat([run.out, data]); });
  child.stderr.on('data', (data) => { run.errors += data; });
  run.ended = once(child, 'close').then(([code]) => code);
  return run;
}

async function outputOf(program, options) {
  const run = start(program, options);
  run.code = await run.ended;
  return run;
}

// The named command lines; the address is what comes first in each.
const same = [
  ['one message', '/echo', ['-x', 'hello']],
  ['several messages', '/echo', ['-x', 'one', '--execute', 'two', '-x', '']],
  ['a wait that is long enough', '/late', ['-x', 'a', '-w', '1.2']],
  ['a wait that is too short', '/late', ['-x', 'a', '--wait', '0.2']],
  ['headers', '/headers', ['-H', 'X-One:1', '--header', 'X-Two: two: three', '-x', 'a', '-w', '0.3']],
  ['a name and a password', '/headers', ['--auth', 'ada:secret', '-x', 'a', '-w', '0.3']],
  ['an origin', '/headers', ['-o', 'http://page.example', '-x', 'a', '-w', '0.3']],
  ['a subprotocol', '/subprotocol', ['-s', 'chat', '-x', 'a', '-w', '0.3']],
  ['two subprotocols', '/subprotocol', ['-s', 'chat', '--subprotocol', 'other', '-x', 'a', '-w', '0.3']],
  ['a binary message', '/binary', ['-x', 'a', '-w', '0.3']],
  ['text of several lines with control characters', '/lines', ['-x', 'a', '-w', '0.3']],
  ['pings and pongs', '/pings', ['-P', '-x', 'a', '-w', '0.3']],
  ['pings that are not shown', '/pings', ['-x', 'a', '-w', '0.3']],
  ['a server that closes', '/close', []],
  ['a server that closes, and a message', '/close', ['-x', 'a']],
];
for (const [name, path, options] of same) {
  test(`as wscat: ${name}`, async () => {
    const line = ['-c', url + path, ...options];
    const [theirs, ours] = await Promise.all([outputOf('wscat', line), outputOf('connect', line)]);
    assert.deepEqual(ours.out, theirs.out);
    assert.ok(theirs.out.length > 0 || name.includes('too short'), 'there is something to compare');
  });
}

test('as wscat: a refused connection', async () => {
  const line = ['-c', 'ws://127.0.0.1:1/', '-x', 'a'];
  const [theirs, ours] = await Promise.all([outputOf('wscat', line), outputOf('connect', line)]);
  assert.equal(theirs.out.length, 0);
  assert.equal(ours.out.length, 0);
  assert.equal(ours.code, 1);
  assert.match(ours.errors, /Nobody listens at this address and port/);
});

// What is typed once it is open, line after line; then Ctrl+C.
const typed = [
  ['lines', '/echo', [], ['one', 'two', '', '/ping a'], ['one', 'two', '', '/ping a']],
  ['slash commands', '/heard', ['--slash', '-P'], ['/ping a', '/pong b', 'c'], ['Received pong (data: "a")', '["ping a","pong b","c"]']],
];
for (const [name, path, options, lines, expected] of typed) {
  test(`as wscat, but for its prompt: ${name}`, async () => {
    const wanted = ['hello', ...expected].map((text) => `${text}\n`).join('');
    for (const program of ['wscat', 'connect']) {
      const run = start(program, ['-c', `${url}${path}?greets`, ...options]);
      await until(() => run.out.includes('hello'), `${program} is connected`); // wscat drops lines before
      run.child.stdin.write(lines.map((line) => `${line}\n`).join(''));
      const seen = () => run.out.toString().replaceAll(program === 'wscat' ? '> ' : '\0', '');
      await until(() => seen().length >= wanted.length, `${program} prints all`);
      assert.equal(seen(), wanted, program);
      run.child.kill('SIGINT');
      const code = await run.ended;
      if (program === 'connect') assert.equal(code, 130);
    }
  });
}

test('a slash closes with a code and a reason', async () => {
  for (const program of ['wscat', 'connect']) {
    lastClose = '';
    const run = start(program, ['-c', `${url}/heard?greets`, '--slash']);
    await until(() => run.out.includes('hello'), `${program} is connected`);
    run.child.stdin.write('/close 4001 see you\n');
    assert.equal(await run.ended, 0);
    await until(() => lastClose !== '', 'the server heard it');
    assert.equal(lastClose, '4001 see you');
  }
});

test('a pipe is sent to its end, and the answers come', async () => {
  const run = start('connect', [`${url}/late`, '-w', '1.2']);
  run.child.stdin.end('one\ntwo');
  assert.equal(await run.ended, 0);
  assert.equal(run.out.toString(), 'late one\nlate two\n');
  assert.equal(run.errors, '');
});

test('bytes that are no text go out as they came', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0xe2, 0x82]);
  paths['/bytes'] = (socket) => socket.send(bytes);
  const run = start('connect', [`${url}/bytes`]);
  run.child.stdin.end();
  assert.equal(await run.ended, 0);
  assert.deepEqual(run.out, Buffer.concat([bytes, Buffer.from('\n')]));
});

test('JSON: an object a line, and its cause at the end', async () => {
  const run = start('connect', [`${url}/close?token=secret`, '--json', '-s', 'chat']);
  assert.equal(await run.ended, 1);
  const lines = run.out.toString().trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ event }) => event), ['opened', 'message', 'ended']);
  assert.equal(lines[0].subprotocol, 'chat');
  assert.equal(lines[1].data, 'last');
  assert.equal(lines[2].cause, 'closedByServer');
  assert.equal(lines[2].code, 4000);
  assert.equal(lines[2].reason, 'no more of it');
  assert.ok(!run.out.includes('secret'));
});

test('a large pipe in both directions loses nothing', async () => {
  const run = start('connect', [`${url}/echo`, '-w', '3']);
  const lines = Array.from({ length: 50_000 }, (_, i) => `${i} ${'x'.repeat(i % 500)}`);
  run.child.stdin.end(`${lines.join('\n')}\n`);
  assert.equal(await run.ended, 0);
  assert.equal(run.out.toString(), `${lines.join('\n')}\n`);
});

test('nobody reads its output: it stops reading, and an interrupt ends it', async () => {
  let sent = 0;
  paths['/flood'] = (socket) => {
    const flood = () => {
      while (socket.bufferedAmount < 1_000_000) { socket.send('y'.repeat(10_000)); sent += 10_000; }
      if (socket.readyState === 1) setTimeout(flood, 5);
    };
    flood();
  };
  const run = start('connect', [`${url}/flood`]);
  run.child.stdout.pause();
  const settled = async () => {
    const seen = sent;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return sent > 0 && sent === seen;
  };
  await until(settled, 'the server is slowed down');
  assert.ok(sent < 50_000_000);
  run.child.kill('SIGINT');
  assert.equal(await once(run.child, 'exit').then(([code]) => code), 130);
});

async function freePort() {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

test('as wscat, but for its prompt: a throw-away server', async () => {
  for (const program of ['wscat', 'connect']) {
    const port = await freePort();
    const run = start(program, ['-l', String(port)]);
    const client = await until(async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/any`);
      return once(socket, 'open').then(() => socket, () => null);
    }, `${program} listens`);
    const heard = [];
    client.on('message', (data) => heard.push(data.toString()));
    client.send('one');
    client.send(Buffer.from('two'));
    const seen = () => run.out.toString().replaceAll(program === 'wscat' ? '> ' : '\0', '');
    await until(() => seen().length >= 8, `${program} prints what came`);
    assert.equal(seen(), 'one\ntwo\n', program);
    run.child.stdin.write('hello\n');
    await until(() => heard.length > 0, `${program} sends what is typed`);
    assert.deepEqual(heard, ['hello']);
    client.terminate();
    run.child.kill('SIGINT');
    const code = await run.ended;
    if (program === 'connect') assert.equal(code, 130);
  }
});

test('what is wrong on the command line is said, with exit code 2', async () => {
  const run = await outputOf('connect', [url, '--heder', 'X:1']);
  assert.equal(run.code, 2);
  assert.match(run.errors, /did you mean --header/);
  assert.equal(run.out.length, 0);
});

/** What a terminal shows of `connect` for somebody who types; without colours and moves of the cursor. */
async function onTerminal(steps, options) {
  const child = spawn('python3', ['terminal.py', JSON.stringify(steps), process.env.GLASSHOUSE, 'connect', ...options]);
  running.push(child);
  let shown = '';
  let errors = '';
  child.stdout.on('data', (data) => { shown += data; });
  child.stderr.on('data', (data) => { errors += data; });
  const [code] = await once(child, 'close');
  return { code, errors, shown: shown.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '') };
}

test('a line is edited on a terminal, and those before come back', async () => {
  const left = '\u001b[D';
  const up = '\u001b[A';
  const run = await onTerminal([{ sees: 'Connected.' }, { sees: '> ' }, { types: `hélo${left}l\r` }, { sees: '< héllo' }, { sees: '> ' },
    { types: up }, { sees: 'héllo' }, { types: ' again\r' }, { sees: '< héllo again' }, { sees: '> ' }, { types: '\u0004' }], [`${url}/echo`]);
  assert.equal(run.code, 0, run.errors);
});

test('what comes while somebody types leaves the line as it is', async () => {
  const run = await onTerminal([{ sees: '> ' }, { types: 'first\r' }, { types: 'half' }, { sees: 'half' }, { sees: '< late first' }, { sees: '> half' },
    { types: ' a line\r' }, { sees: '< late half a line' }, { types: '\u0004' }], [`${url}/late`]);
  assert.equal(run.code, 0, run.errors);
});

test('without standard streams nothing is written into a socket', async () => {
  const socket = new Promise((resolve) => server.once('connection', resolve));
  const child = spawn('sh', ['-c', 'exec "$@" <&- >&- 2>&-', 'sh', process.env.GLASSHOUSE, 'connect', `${url}/pings`, '-P', '-w', '0.2'], { stdio: 'inherit' });
  running.push(child);
  const heard = [];
  (await socket).on('message', (data) => heard.push(data.toString()));
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.deepEqual(heard, []);
});
