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
const ms = (since) => Math.round(performance.now() - since);

/** What went wrong in a step. code: of a close frame, or a status of HTTP; 0: none. */
class Failure extends Error {
  constructor(code = 0) {
    super();
    this.code = code;
  }
}

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

async function open() {
  const line = new Line();
  await line.opened();
  return line;
}

// ---- the steps ----

let line = null;
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What each does; gives how long it took, in milliseconds. */
const work = {
  async http() {
    const since = performance.now();
    const answer = await fetch("api/v1/config", { cache: "no-store", signal: AbortSignal.timeout(answerMs) });
    if (!answer.ok) throw new Failure(answer.status);
    await answer.json();
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

function show(name, state, { code = 0, tookMs } = {}) {
  const node = entry(name);
  node.dataset.state = state;
  write(node.querySelector(".mark"), marks[state]);
  node.querySelector(".mark").setAttribute("aria-label", t(`check.${state}`));
  write(node.querySelector(".time"), tookMs === undefined ? "" : tookMs < 10_000 ? `${number(tookMs)} ms` : seconds(Math.round(tookMs / 1000)));
  putText(node.querySelector(".why"), state === "failed" ? `check.${name}.failed` : `check.${name}.about`, { code: code || "–", seconds: quietSeconds });
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

/** The server's window shows it. Whoever leaves says so while the page goes. */
async function tell(keepalive = false) {
  try {
    const answer = await fetch("api/v1/check", { method: "POST", body: JSON.stringify(report), keepalive, headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Failure(answer.status);
    putText(at("told"), "check.told", { address: (await answer.json()).address });
  } catch { putText(at("told"), "check.untold"); }
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
    if (isWell && (name === "http" || name === "reconnect")) await tell(); // news for who watches
  }
  report.over = true;
  line?.close();
  line = null;
  verdict(isWell ? "check.good" : "check.bad", isWell ? "good" : "bad");
  await tell();
  at("again").disabled = false;
}

build();
onLanguage(() => { for (const name of names) entry(name).querySelector(".mark").setAttribute("aria-label", t(`check.${entry(name).dataset.state}`)); });
at("again").addEventListener("click", check);
addEventListener("pagehide", () => {
  if (!report || report.over) return;
  report.over = true;
  tell(true);
});
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
check();
