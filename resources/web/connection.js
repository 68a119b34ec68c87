// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the connection, in words.

import { announce, make, toast } from "./dom.js";
import { hasText, onLanguage, t } from "./texts.js";

const shortlyMs = 400; // a connection that comes within this time needs no words
const backMs = 3000;

/** Says when the connection is lost, when the next try comes, when it is back, and why it will not come back. */
export class ConnectionBanner {
  #client;
  #text = make("p");
  #countdown = make("p", { className: "countdown", "aria-hidden": "true" });
  #button = make("button", { type: "button" });
  #box = make("div", { className: "banner", hidden: true, role: "region", "data-t-label": "link.title", "aria-label": t("link.title") },
    make("div", {}, this.#text, this.#countdown), this.#button);
  #timer = 0; // of the countdown, or of what is shown next
  #seat = null; // the player that we were
  #away = false;
  #paused = false;
  #last;

  /** `above`: the element that it follows. */
  constructor(client, above) {
    this.#client = client;
    this.#last = { state: client.state };
    above.after(make("div", { className: "banner-place" }, this.#box));
    client.on(":state", (change) => { this.#last = change; this.#redraw(); });
    client.on("connected", (data) => this.#connected(data));
    client.on(":lost", ({ count }) => toast(t("link.lost", { count })));
    client.on("game_paused", () => this.#pause(true));
    client.on("game_resumed", () => this.#pause(false));
    client.on("server_closing", ({ reason }) => toast(t("link.closing", { reason })));
    onLanguage(() => { if (!this.#box.hidden) this.#redraw(); });
  }

  #redraw() {
    const { state } = this.#last;
    if (state === "connecting") this.#connecting();
    else if (state === "waiting") this.#waiting(this.#last);
    else if (state === "ended") this.#ended(this.#last);
    else this.#rest();
  }

  #show(tone, words, action = null) {
    clearTimeout(this.#timer);
    if (this.#box.hidden || this.#text.textContent !== words) announce(words); // once, and not the countdown
    this.#box.hidden = false;
    this.#box.dataset.tone = tone;
    this.#text.textContent = words;
    this.#countdown.textContent = "";
    this.#button.hidden = !action;
    this.#button.textContent = action ? t(action.key) : "";
    this.#button.onclick = action?.run ?? null;
  }

  #rest() {
    clearTimeout(this.#timer);
    if (this.#paused) this.#show("pause", t("link.paused"));
    else this.#box.hidden = true;
  }

  #pause(paused) {
    this.#paused = paused;
    this.#rest();
  }

  #connecting() {
    clearTimeout(this.#timer);
    if (!this.#seat && !this.#away) {
      this.#timer = setTimeout(() => this.#show("calm", t("link.connecting")), shortlyMs);
      return;
    }
    if (!this.#away) this.#show("bad", t("link.waiting"));
    this.#away = true;
    this.#countdown.textContent = t("link.trying");
    this.#button.hidden = true;
  }

  #waiting({ code, reason, status, nextTryAt }) {
    this.#away = true;
    const words = status ? "link.busy" : hasText(`link.why.${code}`) ? `link.why.${code}` : this.#seat ? "link.waiting" : "link.waiting.first";
    this.#show("bad", t(words, { reason }), { key: "link.now", run: () => this.#client.connect() });
    this.#countDown(nextTryAt);
  }

  #countDown(until) {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    this.#countdown.textContent = seconds > 0 ? t("link.next", { count: seconds }) : t("link.trying");
    this.#timer = setTimeout(() => this.#countDown(until), 250);
  }

  #ended(change) {
    this.#seat = null;
    this.#away = false;
    const home = { key: "app.back", run: () => location.assign("./") };
    const again = { key: "link.again", run: () => this.#client.connect() };
    this.#show("bad", t(`link.end.${change.why}`, change), ["over", "gone", "protocol"].includes(change.why) ? home : again);
  }

  #connected({ resumed, playerId, room }) {
    const kept = this.#seat === playerId;
    const wasAway = this.#away;
    this.#seat = playerId;
    this.#away = false;
    this.#paused = room?.paused === true;
    if (!wasAway) return this.#rest();
    this.#show("good", t(resumed ? "link.back" : kept ? "link.back.late" : "link.back.new"));
    this.#timer = setTimeout(() => this.#rest(), backMs);
  }
}

/** A dot and a word for the footer. */
export function connectionLamp(client) {
  const lamp = make("span", { className: "lamp" });
  const words = { connecting: "link.connecting", open: "link.open" };
  const show = () => {
    const ms = client.state === "open" ? client.rttMs : null;
    lamp.dataset.state = client.state;
    lamp.textContent = ms === null ? t(words[client.state] ?? "link.away") : t("link.rtt", { ms: Math.round(ms) });
  };
  client.on(":state", show);
  client.on("pong", () => setTimeout(show)); // after the library has measured
  onLanguage(show);
  show();
  return lamp;
}
