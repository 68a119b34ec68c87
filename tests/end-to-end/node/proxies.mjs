// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Real proxies in folders of their own, with the configuration that the program makes.

import { execFileSync, spawn } from 'node:child_process';
import { chownSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './server.mjs';

const nobody = 65534;

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

/** What the program says to `glasshouse proxy-config`. */
export function madeConfig(...options) {
  return execFileSync(process.env.GLASSHOUSE, ['proxy-config', ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A key and a certificate for localhost that signs itself. */
export function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-tls-'));
  const [cert, key, both] = ['cert.pem', 'key.pem', 'both.pem'].map((name) => join(folder, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  writeFileSync(both, readFileSync(cert, 'utf8') + readFileSync(key, 'utf8')); // as HAProxy likes it
  chmodSync(folder, 0o755);
  for (const file of [cert, key, both]) chmodSync(file, 0o644);
  return { cert, key, both, ca: readFileSync(cert), remove: () => rmSync(folder, { recursive: true }) };
}

// What is ours around the program's part: nothing but places, so that it runs without rights and beside others.
const kinds = {
  nginx: {
    write(folder, config) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n');
      writeFileSync(join(folder, 'glasshouse.conf'), config);
      writeFileSync(join(folder, 'nginx.conf'), `daemon off;\nworker_processes 1;\npid ${folder}/pid;\nevents { worker_connections 1024; }\n`
        + `http {\n  access_log off;\n${temporary}\n  include ${folder}/glasshouse.conf;\n}\n`);
    },
    command: (folder) => ['nginx', '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')],
    reload: (child) => child.kill('SIGHUP'),
    cut: 'SIGTERM', // of the master; its workers go with it
  },
  haproxy: {
    write: (folder, config) => writeFileSync(join(folder, 'haproxy.cfg'), config),
    command: (folder) => ['haproxy', '-W', '-f', join(folder, 'haproxy.cfg')],
    reload: (child) => child.kill('SIGUSR2'),
    cut: 'SIGTERM',
  },
  caddy: {
    write(folder, config, adminPort) {
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin localhost:${adminPort}\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${config}`);
    },
    command: (folder) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')],
    reload: (child, folder, adminPort) => execFileSync('caddy', ['reload', '--force', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile'),
      '--address', `localhost:${adminPort}`], { stdio: 'ignore' }),
    cut: 'SIGKILL', // it says goodbye otherwise
  },
};

export const isThere = (kind) => ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'].some((folder) => existsSync(join(folder, kind)));

/** A running proxy that listens on `port`. */
export async function startProxy(kind, port, config) {
  const folder = mkdtempSync(join(tmpdir(), `glasshouse-${kind}-`));
  const adminPort = await freePort();
  const isRoot = process.getuid() === 0;
  const own = kinds[kind];
  own.write(folder, config, adminPort);
  chmodSync(folder, 0o755);
  if (isRoot) chownSync(folder, nobody, nobody);
  let child;
  let said = '';
  async function start() {
    const [program, ...options] = own.command(folder);
    const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'], env: environment, ...(isRoot ? { uid: nobody, gid: nobody } : {}) });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said += text; });
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${kind} ended with ${child.exitCode}: ${said}`);
      return answers(port);
    }, `${kind} listens`).catch((error) => { throw new Error(`${error.message}\n${said}\n${config}`); });
  }
  async function halt(signal) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  }
  await start();
  return {
    said: () => said,
    reload: () => own.reload(child, folder, adminPort),
    /** Gone and back: every connection through it is cut. */
    async restart() {
      await halt(own.cut);
      await start();
    },
    async stop() {
      await halt('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
