// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of a room has: header, connection banner, players, chat. A page has these places, all optional but #top:
//   <header id="top"></header>  <main>…</main>  <section id="players"></section>  <section id="chat"></section>
//   <footer id="foot"></footer>
// and says:  const { client, on, roster } = openRoom("code-racer");   then on(…), roster.onChange(…) and connection.onChange(…).

import { Connection, connectionLamp } from "./connection.js";
import { dialog, errorText, icon, languageSwitch, make, makeText, toast, toastText } from "./dom.js";
import { Client, sessionStore } from "./glasshouse.js";
import { chatBox, playerList, Roster } from "./people.js";
import { hasText, onLanguage, remember, remembered, t, translate } from "./texts.js";

export { announce, errorText, glide, icon, languageSwitch, make, makeText, putText, toast, toastText, write } from "./dom.js";

export const pages = { "code-racer": "code-racer.html", "horse-race": "horse-race.html", relay: "relay.html" };
export const pageOf = (game) => (Object.hasOwn(pages, game) ? pages[game] : pages.relay);
export const gameName = (game) => (hasText(`game.${game}`) ? t(`game.${game}`) : game);
export const isRoomId = (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text);

// ---- the token of a server that asks for one ----

const longestName = 64; // code points, so that none is cut in two; the server cuts where people would

/** A link may carry it. This tab keeps it; the address, which people copy and share, does not. */
export const playerToken = (() => {
  const url = new URL(location.href);
  const given = url.searchParams.get("token");
  if (given) {
    url.searchParams.delete("token");
    history.replaceState(history.state, "", url);
  }
  try {
    if (given) sessionStorage.setItem("token", given);
    return given ?? sessionStorage.getItem("token") ?? "";
  } catch { return given ?? ""; }
})();

/** What the token says of itself. For filling fields only: whether it is true, the server alone can tell. */
export const tokenClaims = (() => {
  try {
    const bytes = atob(playerToken.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"));
    const { name, room, game } = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
    const isText = (value) => typeof value === "string" && value;
    return { name: isText(name) ? [...name].slice(0, longestName).join("") : "", room: isText(room) && isRoomId(room) ? room : "", game: isText(game) || "" };
  } catch { return { name: "", room: "", game: "" }; }
})();

// ---- name, header, footer ----

export const savedName = () => remembered("name") ?? "";
export function saveName(name) {
  remember("name", name);
  try { sessionStorage.setItem("name", name); } catch { /* the page of the room asks again */ }
}
function nameOfTab() {
  try { return sessionStorage.getItem("name") || savedName(); } catch { return savedName(); }
}

function roomHeader(place, client, room) {
  const title = make("h1", {}, makeText("span", "room.word", { className: "soft" }), " ", make("span", { className: "mono" }));
  const game = make("span", { className: "soft game" });
  const code = () => client.room?.code ?? room;
  const show = () => {
    title.lastElementChild.textContent = code();
    game.textContent = client.room ? gameName(client.room.game) : "";
    document.title = `${t("room.title", { code: code() })} · ${t("app.title")}`;
  };
  client.on("connected", show);
  onLanguage(show);
  show();
  place.classList.add("top");
  place.append(make("a", { className: "brand", href: "./", "data-t-label": "app.back", "aria-label": t("app.back") }, icon()), title, game,
    makeText("button", "room.invite", { type: "button", className: "quiet", onclick: () => invite(code()) }),
    makeText("button", "room.leave", { type: "button", className: "quiet", onclick: () => leaveRoom(client, room) }));
}

async function invite(code) {
  try {
    const { inviteDialog } = await import("./invite.js");
    if (!document.querySelector("dialog")) inviteDialog(code);
  } catch { toastText("link.unanswered"); }
}

function sureToLeave(go) {
  const box = dialog("room.leave", makeText("p", "room.leave.sure"),
    make("div", { className: "buttons" },
      makeText("button", "room.stay", { type: "button", className: "quiet", autofocus: true, onclick: () => box.close() }),
      makeText("button", "room.leave", { type: "button", onclick: go })));
}

function leaveRoom(client, room) {
  const store = sessionStore(`room:${room}`);
  const go = () => {
    const session = store.load();
    client.leave();
    store.save(session); // the seat is given up; by its token a game knows who comes back, and what he has and owes
    setTimeout(() => location.assign("./"), 100);
  };
  client.state === "ended" ? go() : sureToLeave(go);
}

// ---- the room that was left open ----

/** The start page offers it while its seat waits. */
export const leftOpen = sessionStore("left-open"); // {room, code, game, at}

function rememberRoom(client, room) {
  addEventListener("pagehide", () => {
    const isIn = client.state === "open" || client.state === "waiting" || client.state === "connecting";
    leftOpen.save(isIn && client.room ? { room, code: client.room.code, game: client.room.game, at: Date.now() } : null);
  });
  client.on("connected", () => leftOpen.save(null));
}

// ---- all together ----

/** The room that the address names, or null. */
export function roomAsked() {
  const asked = new URLSearchParams(location.search).get("room") ?? location.hash.slice(1);
  return isRoomId(asked) ? asked : null;
}

const soonMs = 500; // who is let in is in by then

/** A server that asks for tokens would wait for one for ten seconds, and say nothing. */
async function isTokenWanted() {
  try {
    const answer = await fetch("api/v1/config", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    return (await answer.json()).auth === "token";
  } catch { return false; }
}

/** A link named a room of another game: its page takes over the seat with the session of this tab, and this one hears no more.
 * Returns on(type, listener), for listeners that only hear of the page's own game. */
function listenHere(client, game, room) {
  let isElsewhere = false;
  client.on("connected", ({ room: there }) => {
    isElsewhere = Boolean(there?.game) && pageOf(there.game) !== pageOf(game);
    if (!isElsewhere) return;
    document.querySelector("main").hidden = true;
    location.replace(`${pageOf(there.game)}?room=${encodeURIComponent(room)}`);
  });
  return (type, listener) => client.on(type, (...values) => { if (!isElsewhere) listener(...values); });
}

/** Enters the room that the address names, or goes back to the start page for what is missing. options: batch, extra (see playerList).
 * Errors of the server are shown as toasts, except those that answer a request(). */
export function openRoom(game, { batch, extra } = {}) {
  const room = roomAsked();
  const name = nameOfTab();
  if (!room || !name) location.replace(room ? `./?room=${encodeURIComponent(room)}` : "./");
  const client = new Client({ url: `ws/${encodeURIComponent(room ?? "main")}`, name, game, batch, token: playerToken || undefined, store: sessionStore(`room:${room}`) });
  const on = listenHere(client, game, room);
  const roster = new Roster(client);
  const at = (id) => document.getElementById(id);
  translate(document);
  roomHeader(at("top"), client, room);
  const connection = new Connection(client, at("top"), { room, hasToken: Boolean(playerToken), tokenRoom: tokenClaims.room }, (path) => location.assign(path));
  const redrawPlayers = at("players") ? playerList(at("players"), client, roster, extra) : () => {};
  const note = at("chat") ? chatBox(at("chat"), client, roster) : () => {};
  at("foot")?.append(connectionLamp(client), languageSwitch());
  // What was meant for a seat that is gone would only be refused.
  let seat = null;
  client.on("connected", ({ playerId }) => {
    if (seat && seat !== playerId) client.clearQueue();
    seat = playerId;
  });
  client.on("error", (data) => toast(errorText(data)));
  // What the host says to everybody; a player can not speak for the host.
  client.on("notice", (data, { from }) => { if (!from && typeof data?.text === "string") toast(data.text); });
  rememberRoom(client, room);
  if (room && name) client.connect();
  if (!playerToken) setTimeout(() => client.state !== "open" && isTokenWanted().then((wanted) => { if (wanted && client.state !== "open") connection.wantToken(); }), soonMs);
  return { client, on, roster, connection, room, name, note, redrawPlayers };
}
