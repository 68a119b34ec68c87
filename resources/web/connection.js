// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the connection: the state that a page is in (see states.js), its banner, and what may be used.

import { announce, make, toastText } from "./dom.js";
import { stateOf, states } from "./states.js";
import { onLanguage, t } from "./texts.js";

const shortlyMs = 400; // a connection that comes within this time needs no words
const backMs = 3000;
const noReasons = ["removed by the operator", "the room was closed"]; // what the server says where the host gave none

/** Keeps `document.body.dataset.state`, the banner and whether `main` can be used. */
export class Connection {
  #client;
  #facts;
  #actions;
  #wasSeen = false; // what the page shows stays in sight
  #name = "connecting";
  #listeners = new Set();
  #text = make("p");
  #countdown = make("p", { className: "countdown", "aria-hidden": "true" });
  #button = make("button", { type: "button" });
  #box = make("div", { className: "banner", hidden: true, tabIndex: -1, role: "region", "data-t-label": "link.title", "aria-label": t("link.title") },
    make("div", {}, this.#text, this.#countdown), this.#button);
  #place = make("div", { className: "banner-place" }, this.#box);
  #seat = null; // the player that we were
  #lostAt = 0;
  #wasClosing = false;
  #timers = {};
  #main = document.querySelector("main");

  /** `above`: the element that the banner follows. known: {room, hasToken, tokenRoom}; go(path) leaves the page. */
  constructor(client, above, known, go) {
    this.#client = client;
    this.#facts = { ...known, state: client.state, wasIn: false, paused: false, silent: false, news: "" };
    this.#actions = {
      now: ["link.now", () => client.connect()],
      again: ["link.again", () => client.connect()],
      reload: ["link.reload", () => location.reload()],
      home: ["app.back", () => go("./")],
      own: ["link.own", () => go(`./?room=${encodeURIComponent(known.tokenRoom)}`)],
    };
    above.after(this.#place);
    this.#main.tabIndex = -1;
    new ResizeObserver(() => document.documentElement.style.setProperty("--banner", `${this.#box.offsetHeight}px`)).observe(this.#box);
    client.on(":state", (change) => this.#changed(change));
    client.on("connected", (data) => this.#connected(data));
    client.on(":silent", ({ silent }) => this.#learn({ silent }));
    client.on(":lost", ({ count }) => toastText("link.unsent", { count }));
    client.on("game_paused", () => this.#learn({ paused: true }));
    client.on("game_resumed", () => this.#learn({ paused: false }));
    client.on("server_closing", ({ secondsLeft }) => { if (secondsLeft > 0) toastText("link.soon"); }); // else the banner says it
    onLanguage(() => this.#show());
    this.#show();
  }

  get name() { return this.#name; }
  /** Can the game be used, and do its clocks run? */
  get plays() { return states[this.#name].play && this.#facts.wasIn; }
  /** listener(): the state is another one. */
  onChange(listener) { this.#listeners.add(listener); }
  /** The server asks for a token, and we have none. */
  wantToken() {
    this.#client.leave();
    this.#learn({ wantsToken: true });
  }

  #changed({ state, code, reason, status, why, nextTryAt = 0 }) {
    const isAnew = state === "connecting" && this.#facts.state === "ended";
    if (isAnew) Object.assign(this.#facts, { wasIn: false, isRetrying: false, code: 0 });
    if (this.#facts.wasIn && state !== "open") this.#lostAt ||= Date.now();
    this.#wasClosing ||= code === 1001;
    const told = state === "waiting" ? { isRetrying: true } : {};
    const isStillClosed = this.#wasClosing && code === 1006; // nobody answers, which was to be expected
    if (state === "waiting" || state === "ended") Object.assign(told, { code: isStillClosed ? 1001 : code, reason, status, why });
    this.#learn({ ...told, state, nextTryAt, silent: this.#client.silent, news: "" });
  }

  async #connected({ resumed, playerId, room }) {
    const [before, lostAt, wasClosing] = [this.#seat, this.#lostAt, this.#wasClosing];
    [this.#seat, this.#lostAt, this.#wasClosing, this.#wasSeen] = [playerId, 0, false, true];
    const wasIn = this.#facts.wasIn;
    this.#learn({ wasIn: true, isRetrying: false, paused: room?.paused === true, code: 0, status: 0 });
    if (!wasIn || !lostAt) return;
    if (resumed || before === playerId) return this.#tell(resumed ? "back" : "backLate");
    this.#tell(wasClosing || await isYoungerThan(lostAt) ? "restarted" : "expired");
  }

  #tell(news) {
    if (this.#client.state !== "open") return;
    this.#learn({ news });
    clearTimeout(this.#timers.news);
    this.#timers.news = setTimeout(() => this.#learn({ news: "" }), backMs);
  }

  #learn(more) {
    const [name, played] = [this.#name, this.plays];
    Object.assign(this.#facts, more);
    this.#name = stateOf(this.#facts);
    this.#show();
    if (name !== this.#name || played !== this.plays) for (const listener of this.#listeners) listener();
  }

  // ---- what is shown ----

  #show() {
    const { tone } = states[this.#name];
    document.body.dataset.state = this.#name;
    const held = this.#main.contains(document.activeElement);
    this.#main.inert = !this.plays;
    this.#main.classList.toggle("seen", this.#wasSeen);
    clearTimeout(this.#timers.shortly);
    if (this.#name === "connecting" && this.#box.hidden) this.#timers.shortly = setTimeout(() => this.#showBanner(), shortlyMs);
    else if (tone) this.#showBanner();
    else this.#hide();
    if (held && !this.plays) this.#box.focus({ preventScroll: true }); // not its button, which the next key would press
  }

  #hide() {
    const held = this.#box.contains(document.activeElement);
    clearTimeout(this.#timers.countdown);
    this.#box.hidden = true;
    if (held) this.#main.focus({ preventScroll: true });
  }

  #hostsWords() {
    const { reason } = this.#facts;
    return ["removed", "over"].includes(this.#name) && reason && !noReasons.includes(reason) ? ` “\u2068${reason}\u2069”` : "";
  }

  #showBanner() {
    const { tone, action } = states[this.#name];
    const isTrying = this.#client.state === "connecting" && this.#name !== "connecting";
    const values = { ...this.#facts, ...(this.#name === "tokenElsewhere" && { room: this.#facts.tokenRoom }) };
    const words = t(`link.${this.#name}`, values) + this.#hostsWords();
    if (this.#box.hidden || this.#text.textContent !== words) announce(words); // once, and not the countdown
    const held = this.#button === document.activeElement;
    this.#box.hidden = false;
    this.#box.dataset.tone = tone;
    this.#text.textContent = words;
    const [key, run] = this.#actions[isTrying ? "" : action] ?? [];
    this.#button.hidden = !key;
    this.#button.textContent = key ? t(key, values) : "";
    this.#button.onclick = run ?? null;
    if (held && !key) this.#box.focus({ preventScroll: true });
    this.#countDown(isTrying);
  }

  #countDown(isTrying) {
    clearTimeout(this.#timers.countdown);
    const { nextTryAt, state } = this.#facts;
    const seconds = Math.ceil((nextTryAt - Date.now()) / 1000);
    this.#countdown.textContent = isTrying || (nextTryAt && seconds <= 0) ? t("link.trying") : nextTryAt ? t("link.next", { count: seconds }) : "";
    if (state === "waiting") this.#timers.countdown = setTimeout(() => this.#countDown(isTrying), 250);
  }
}

/** Has the server been started since then? Where it does not tell, we do not claim it. */
async function isYoungerThan(time) {
  const asked = Date.now();
  try {
    const { uptimeSeconds } = await (await fetch("health", { cache: "no-store", signal: AbortSignal.timeout(2000) })).json();
    return asked - uptimeSeconds * 1000 > time;
  } catch { return false; }
}

/** A dot and a word for the footer. */
export function connectionLamp(client) {
  const lamp = make("span", { className: "lamp" });
  const words = { connecting: "link.connecting", open: "link.open" };
  const show = () => {
    const ms = client.state === "open" ? client.rttMs : null;
    lamp.dataset.state = client.silent ? "connecting" : client.state;
    lamp.textContent = client.silent ? t("link.away") : ms === null ? t(words[client.state] ?? "link.away") : t("link.rtt", { ms: Math.round(ms) });
  };
  for (const event of [":state", ":silent"]) client.on(event, show);
  client.on("pong", () => setTimeout(show)); // after the library has measured
  onLanguage(show);
  show();
  return lamp;
}
