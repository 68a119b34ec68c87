// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is in the room, and what they say.

import { errorText, make, makeText, toast } from "./dom.js";
import { hasText, onLanguage, t } from "./texts.js";

/** Who is in the room, in the order of joining: {playerId, name, ready, awayUntil (ms since 1970; 0: is here)}. */
export class Roster {
  #client;
  #players = new Map();
  #names = new Map();
  #listeners = new Set();

  constructor(client) {
    this.#client = client;
    const changed = (what, player) => { for (const listener of this.#listeners) listener(what, player); };
    const on = (what, change) => (data) => {
      const player = this.#players.get(data?.playerId);
      if (!player) return;
      change(player, data);
      changed(what, player);
    };
    client.on("connected", ({ room }) => {
      this.#players = new Map((room?.players ?? []).map((player) => [player.playerId, this.#entry(player)]));
      changed("all");
    });
    client.on("player_joined", (data) => {
      const known = this.#players.has(data.playerId);
      this.#players.set(data.playerId, this.#entry(data));
      if (!known) changed("joined", this.#players.get(data.playerId));
    });
    client.on("player_left", on("left", (player) => this.#players.delete(player.playerId)));
    client.on("player_ready", on("ready", (player, { status }) => { player.ready = status === "ready"; }));
    client.on("player_dropped", on("dropped", (player, { secondsLeft }) => { player.awayUntil = Date.now() + secondsLeft * 1000; }));
    client.on("player_resumed", on("resumed", (player) => { player.awayUntil = 0; }));
  }

  #entry({ playerId, name, status, dropped, secondsLeft }) {
    const awayUntil = secondsLeft > 0 ? Date.now() + secondsLeft * 1000 : Infinity;
    this.#names.set(playerId, name);
    return { playerId, name, ready: status === "ready", awayUntil: dropped ? awayUntil : 0 };
  }

  get players() { return [...this.#players.values()]; }
  get(playerId) { return this.#players.get(playerId); }
  /** A name for every id, also of one who has left. */
  name(playerId) { return this.#names.get(playerId) ?? String(playerId); }
  /** Who may start the game: the first player who is here. */
  get starter() { return this.players.find((player) => !player.awayUntil); }
  get mayStart() { return this.starter?.playerId === this.#client.playerId; }
  /** listener(what, player): "all", "joined", "left", "ready", "dropped", "resumed" */
  onChange(listener) { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }
}

const awayText = (until) =>
  until === Infinity ? t("players.away") : t("players.away.until", { seconds: Math.max(0, Math.ceil((until - Date.now()) / 1000)) });

/** Fills `place` with the list. extra(player) gives a node or text to put behind a name, e.g. chips or a place.
 * Returns a function that draws it anew. */
export function playerList(place, client, roster, extra = () => null) {
  const list = make("ul", { className: "players" });
  place.replaceChildren(makeText("h2", "players.title"), list);
  let timer = 0;
  const line = (player) => {
    const me = player.playerId === client.playerId;
    const away = player.awayUntil > 0;
    const starts = player === roster.starter && roster.players.length > 1;
    const tags = [me && t("players.you"), starts && t("players.first"), player.ready && t("players.ready")];
    return make("li", { className: `${me ? "me" : ""}${away ? " away" : ""}` },
      make("bdi", { className: "name" }, player.name),
      ...tags.filter(Boolean).map((tag) => make("span", { className: "tag" }, tag)),
      away && make("span", { className: "soft" }, awayText(player.awayUntil)),
      make("span", { className: "extra" }, extra(player) ?? ""));
  };
  const draw = () => {
    list.replaceChildren(...roster.players.map(line));
    clearTimeout(timer);
    if (client.state !== "ended" && roster.players.some(({ awayUntil }) => awayUntil > Date.now() && awayUntil < Infinity)) timer = setTimeout(draw, 1000);
  };
  roster.onChange(draw);
  client.on(":state", ({ state }) => { if (state === "ended") clearTimeout(timer); }); // nothing is known any more
  onLanguage(draw);
  return draw;
}

// ---- chat ----

/** Fills `place` with what people say, and with who comes and goes. Returns note(key, values) for lines of the page's own. */
export function chatBox(place, client, roster) {
  const empty = makeText("p", "chat.empty", { className: "soft" });
  const log = make("div", { className: "log", role: "log", "aria-live": "polite", tabIndex: 0,
    "data-t-label": "chat.title", "aria-label": t("chat.title") }, empty);
  const text = make("input", { maxLength: 500, autocomplete: "off", enterKeyHint: "send", "data-t-placeholder": "chat.text",
    "data-t-label": "chat.text", "aria-label": t("chat.text"), placeholder: t("chat.text") });
  const form = make("form", { className: "row" }, text, makeText("button", "chat.send", { className: "quiet" }));
  place.replaceChildren(makeText("h2", "chat.title"), log, form);
  const add = (node) => {
    empty.remove();
    const follow = log.scrollTop + log.clientHeight > log.scrollHeight - 40;
    log.append(node);
    while (log.childElementCount > 200) log.firstElementChild.remove();
    if (follow) log.scrollTop = log.scrollHeight;
  };
  const note = (key, values) => add(makeText("p", key, { className: "soft" }, values));
  client.on("chat", ({ playerId, name, text: words }) => add(make("p", { className: playerId === client.playerId ? "me" : "" },
    name === undefined ? makeText("span", "chat.host", { className: "tag accent" }) : make("bdi", { className: "who" }, name), " ",
    make("bdi", {}, String(words))))); // no name looks like the host
  roster.onChange((what, player) => { if (hasText(`players.${what}`) && what !== "ready") note(`players.${what}`, { name: player.name }); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    // A request, so that a line that has fallen silent shows. What is wrong comes as an answer; the words themselves come to everybody.
    client.request("chat", { text: words }).catch((error) => { if (!["timeout", "lost"].includes(error.code)) toast(errorText(error)); });
    text.value = "";
    text.focus();
  });
  return note;
}
