// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tries from a device how it gets to the server, one step behind the other, says it here, and tells the server, whose window shows it.

import "./check.texts.js";
import { icon, languageSwitch, make, makeText, putText, write } from "./dom.js";
import { number, onLanguage, t, translate } from "./texts.js";

const at = (id) => document.getElementById(id);
const answerMs = 5000;
const openMs = 10_000;
const echoes = 5;
/** Longer than what most devices on the way wait for: ?quiet=90 waits longer still. */
const quietSeconds = Math.min(150, Math.max(1, Number(new URLSearchParams(location.search).get("quiet")) || 65));
const marks = { waiting: "·", running: "…", passed: "✓", failed: "✗" };

const pause = (ms) => new Promise((then) => setTimeout(then, ms));

/** A fetch that gives up: a proxy may swallow it. (AbortSignal.timeout() is younger than many phones.) */
async function ask(what, options = {}) {
  const controller = new AbortController();
  const limit = setTimeout(() => controller.abort(), answerMs);
  try {
    const answer = await fetch(what, { cache: "no-store", ...options, signal: controller.signal });
    return { answer, body: await answer.json().catch(() => null) };
  } finally { clearTimeout(limit); }
}
const ms = (since) => Math.round(performance.now() - since);

/** What went wrong in a step. code: of a close frame, or a status of HTTP; 0: none. */
class Failure extends Error {
  constructor(code = 0) {
    super();
    this.code = code;
  }
}

/** Codes with which the server itself refuses or ends a connection, and nothing on the way does. The window knows the same. */
const isServersOwn = (code) => [1000, 1001, 1008, 1011, 1012, 1013, 429, 503].includes(code) || code >= 4000;

// ---- a socket whose messages and end are waited for ----

class Line {
  #socket;
  #end = null; // {code} when it has closed
  #heard = () => {};
  #closed;

  constructor() {
    const url = new URL("check/echo", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.search = url.hash = "";
    this.#socket = new WebSocket(url);
    this.#closed = new Promise((resolve) => { this.#socket.onclose = ({ code }) => resolve(this.#end = { code }); });
    this.#socket.onmessage = ({ data }) => this.#heard(data);
  }

  /** Resolves with `told`, or fails when the line ends or nothing came in time. */
  async #wait(told, limitMs) {
    const end = this.#closed.then(({ code }) => { throw new Failure(code); });
    end.catch(() => {}); // it may come later
    return Promise.race([told, end, pause(limitMs).then(() => { throw new Failure(); })]);
  }

  opened() { return this.#wait(new Promise((resolve) => { this.#socket.onopen = resolve; }), openMs); }

  /** How long a message took to come back. */
  async echo() {
    const sent = `check ${performance.now()}`;
    const since = performance.now();
    const back = new Promise((resolve) => { this.#heard = (data) => data === sent && resolve(); });
    this.#socket.send(sent);
    await this.#wait(back, answerMs);
    return ms(since);
  }

  /** Does it stay for so long? */
  async stays(forMs) {
    const end = await Promise.race([this.#closed, pause(forMs).then(() => null)]);
    if (end) throw new Failure(end.code);
  }

  close() {
    this.#socket.close(1000);
    return Promise.race([this.#closed, pause(answerMs)]);
  }
}

/** The status of a refusal of the server, or 0. A page is told nothing of why a WebSocket was refused: the same address says it without one. */
async function refusal() {
  const { answer, body } = await ask("check/echo").catch(() => ({}));
  return body?.error && isServersOwn(answer.status) ? answer.status : 0;
}

async function open() {
  const line = new Line();
  try {
    await line.opened();
  } catch (error) {
    line.close();
    throw new Failure(await refusal() || error.code);
  }
  return line;
}

// ---- the steps ----

let line = null;
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What each does; gives how long it took, in milliseconds. */
const work = {
  async http() {
    const since = performance.now();
    const { answer, body } = await ask("api/v1/config");
    if (!answer.ok || !body) throw new Failure(answer.ok ? 0 : answer.status);
    return ms(since);
  },
  async socket() {
    const since = performance.now();
    line = await open();
    return ms(since);
  },
  async echo() {
    const times = [];
    for (let i = 0; i < echoes; ++i) times.push(await line.echo());
    return median(times);
  },
  async reconnect() {
    await line.close();
    const since = performance.now();
    line = await open();
    await line.echo();
    return ms(since);
  },
  async silence() {
    const since = performance.now();
    const count = setInterval(() => showTime("silence", Math.min(quietSeconds, ms(since) / 1000)), 500);
    try {
      await line.stays(quietSeconds * 1000);
      await line.echo(); // a line that was cut without a word looks open
    } finally { clearInterval(count); }
    return ms(since);
  },
};
const names = Object.keys(work);

// ---- what is shown ----

const entry = (name) => at(`step-${name}`);
const seconds = (value) => `${number(value)} s`;

function showTime(name, value) {
  write(entry(name).querySelector(".time"), `${seconds(Math.floor(value))} / ${seconds(quietSeconds)}`);
}

/** Over HTTP a proxy may have said it, too. */
const isOwn = (name, code) => name !== "http" && isServersOwn(code);

function show(name, state, { code = 0, tookMs } = {}) {
  const node = entry(name);
  node.dataset.state = state;
  write(node.querySelector(".mark"), marks[state]);
  node.querySelector(".mark").setAttribute("aria-label", t(`check.${state}`));
  write(node.querySelector(".time"), tookMs === undefined ? "" : tookMs < 10_000 ? `${number(tookMs)} ms` : seconds(Math.round(tookMs / 1000)));
  const failed = isOwn(name, code) ? "check.own" : `check.${name}.failed`;
  putText(node.querySelector(".why"), state === "failed" ? failed : `check.${name}.about`, { code: code || "–", seconds: quietSeconds });
}

function verdict(key, tone = "") {
  putText(at("verdict"), key);
  at("verdict").dataset.tone = tone;
  putText(at("about"), `${key}.about`);
}

function build() {
  const top = at("top");
  top.classList.add("top");
  top.append(make("a", { className: "brand", href: "./" }, icon(), makeText("span", "app.title")), make("span", { className: "grow" }), languageSwitch());
  at("steps").append(...names.map((name) => make("li", { id: `step-${name}` },
    make("span", { className: "mark", role: "img" }), makeText("span", `check.${name}`, { className: "title" }),
    make("span", { className: "time" }), make("span", { className: "why" }))));
  translate(document);
}

// ---- what the server is told ----

let report = null;

let told = Promise.resolve(); // one behind the other: an earlier one must not arrive last
let lastTold = "";

async function send(of, body, keepalive = false) {
  const { answer, body: said } = await ask("api/v1/check", { method: "POST", body, keepalive, headers: { "Content-Type": "application/json" } }).catch(() => ({}));
  if (answer?.ok) lastTold = body;
  if (report !== of) return; // it was asked for another check meanwhile
  if (answer?.ok && said) putText(at("told"), "check.told", { address: said.address });
  else putText(at("told"), "check.untold");
}

/** The server's window shows it. Nothing waits for that: whoever holds it back holds nothing else. */
function tell() {
  const of = report;
  const body = JSON.stringify(of);
  told = told.then(() => send(of, body));
}

function newRun() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return { run: [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""), over: false, steps: {} };
}

async function take(name) {
  show(name, "running");
  try {
    const tookMs = await work[name]();
    report.steps[name] = { ok: true, ms: tookMs };
    show(name, "passed", { tookMs });
    return true;
  } catch (error) {
    const code = error instanceof Failure ? error.code : 0;
    report.steps[name] = code ? { ok: false, code } : { ok: false };
    show(name, "failed", { code });
    verdict(isOwn(name, code) ? "check.refused" : "check.bad", "bad");
    return false;
  }
}

async function check() {
  at("again").disabled = true;
  putText(at("told"), "");
  report = newRun();
  for (const name of names) show(name, "waiting");
  verdict("check.running");
  let isWell = true;
  for (const name of names) {
    isWell = isWell && await take(name);
    if (isWell && (name === "http" || name === "reconnect")) tell(); // news for who watches
  }
  report.over = true;
  line?.close();
  line = null;
  if (isWell) verdict("check.good", "good");
  tell();
  at("again").disabled = false;
}

build();
onLanguage(() => { for (const name of names) entry(name).querySelector(".mark").setAttribute("aria-label", t(`check.${entry(name).dataset.state}`)); });
at("again").addEventListener("click", check);
addEventListener("pagehide", () => {
  if (!report) return;
  report.over = true;
  const body = JSON.stringify(report);
  if (body !== lastTold) send(report, body, true); // while the page goes
});
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
check();
