// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every page of a room has: header, connection banner, players, chat. A page has these places, all optional but #top:
//   <header id="top"></header>  <main>…</main>  <section id="players"></section>  <section id="chat"></section>
//   <footer id="foot"></footer>
// and says:  const { client, roster } = openRoom("code-racer");   then client.on(…) and roster.onChange(…).

import { connectionLamp, ConnectionBanner } from "./connection.js";
import { errorText, make, makeText, toast } from "./dom.js";
import { Client, sessionStore } from "./glasshouse.js";
import { chatBox, playerList, Roster } from "./people.js";
import { hasText, language, languages, onLanguage, remember, remembered, setLanguage, t, translate } from "./texts.js";

export { announce, errorText, make, makeText, toast } from "./dom.js";

export const pages = { "code-racer": "code-racer.html", "horse-race": "horse-race.html", relay: "relay.html" };
export const pageOf = (game) => (Object.hasOwn(pages, game) ? pages[game] : pages.relay);
export const gameName = (game) => (hasText(`game.${game}`) ? t(`game.${game}`) : game);
/** Is there anything to see in it? The server makes the same of a name, and more. */
export const isSeen = (text) =>
  /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2800\uFFFC\uFFFD\u{16FE4}\u{1D159}]/u.test(text);
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

export function languageSwitch() {
  const box = make("select", { className: "language" },
    ...Object.entries(languages).map(([tag, name]) => make("option", { value: tag, selected: tag === language(), lang: tag }, name)));
  box.dataset.tLabel = "app.language";
  box.setAttribute("aria-label", t("app.language"));
  box.addEventListener("change", () => setLanguage(box.value));
  return box;
}

const icon = () => make("img", { src: "icon.svg", alt: "", width: 32, height: 32 });

/** Header of a page that is not in a room. */
export function plainHeader(place) {
  place.classList.add("top");
  place.append(make("a", { className: "brand", href: "./" }, icon(), t("app.title")), make("span", { className: "grow" }), languageSwitch());
  translate(document);
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
    makeText("button", "room.invite", { type: "button", className: "quiet", onclick: () => inviteDialog(code()) }),
    makeText("button", "room.leave", { type: "button", className: "quiet", onclick: () => leaveDialog(client, room) }));
}

function dialog(label, ...content) {
  const box = make("dialog", { "aria-label": label }, ...content);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return box;
}

function leaveDialog(client, room) {
  const store = sessionStore(`room:${room}`);
  const go = () => {
    const session = store.load();
    client.leave();
    store.save(session); // the seat is given up; by its token a game knows who comes back, and what he has and owes
    setTimeout(() => location.assign("./"), 100);
  };
  if (client.state === "ended") return go();
  const box = dialog(t("room.leave"), make("p", {}, t("room.leave.sure")),
    make("div", { className: "buttons" },
      make("button", { type: "button", className: "quiet", autofocus: true, onclick: () => box.close() }, t("room.stay")),
      make("button", { type: "button", onclick: go }, t("room.leave"))));
}

function inviteDialog(code) {
  const address = new URL(`./?room=${encodeURIComponent(code)}`, location.href).href;
  const link = make("input", { value: address, readOnly: true, onfocus: () => link.select() });
  const said = make("p", { role: "status", className: "soft said" });
  // navigator.clipboard and navigator.share exist with HTTPS only; a game at home has none.
  const copy = async () => {
    link.select();
    try { await navigator.clipboard.writeText(address); } catch { document.execCommand("copy"); }
    said.textContent = t("invite.copied");
  };
  const share = navigator.share && make("button", { type: "button", className: "quiet",
    onclick: () => navigator.share({ title: t("app.title"), url: address }).catch(() => {}) }, t("invite.share"));
  const box = dialog(t("invite.title"), make("h2", {}, t("invite.title")), make("p", { className: "code" }, code),
    make("p", { className: "soft" }, t("invite.about")), make("label", {}, t("invite.link"), link), said,
    make("div", { className: "buttons" }, share, make("button", { type: "button", className: "quiet", onclick: copy }, t("invite.copy")),
      make("button", { type: "button", autofocus: true, onclick: () => box.close() }, t("app.close"))));
}

// ---- all together ----

/** The room that the address names, or null. */
export function roomAsked() {
  const asked = new URLSearchParams(location.search).get("room") ?? location.hash.slice(1);
  return isRoomId(asked) ? asked : null;
}

/** Enters the room that the address names, or goes back to the start page for what is missing. options: batch, extra (see playerList).
 * Errors of the server are shown as toasts, except those that answer a request(). */
export function openRoom(game, { batch, extra } = {}) {
  const room = roomAsked();
  const name = nameOfTab();
  if (!room || !name) location.replace(room ? `./?room=${encodeURIComponent(room)}` : "./");
  const client = new Client({ url: `ws/${encodeURIComponent(room ?? "main")}`, name, game, batch, token: playerToken || undefined, store: sessionStore(`room:${room}`) });
  const roster = new Roster(client);
  const at = (id) => document.getElementById(id);
  translate(document);
  roomHeader(at("top"), client, room);
  new ConnectionBanner(client, at("top"));
  const redrawPlayers = at("players") ? playerList(at("players"), client, roster, extra) : () => {};
  const note = at("chat") ? chatBox(at("chat"), client, roster) : () => {};
  at("foot")?.append(connectionLamp(client), languageSwitch());
  client.on("connected", (data) => {
    document.querySelector("main")?.removeAttribute("inert"); // until here it may be that we are not let in
    // The link named a room of another game: its page takes over the seat with the session of this tab.
    if (data.room?.game && pageOf(data.room.game) !== pageOf(game)) location.replace(`${pageOf(data.room.game)}?room=${encodeURIComponent(room)}`);
  });
  // What was meant for a seat that is gone would only be refused.
  let seat = null;
  client.on("connected", ({ playerId }) => {
    if (seat && seat !== playerId) client.clearQueue();
    seat = playerId;
  });
  client.on("error", (data) => toast(errorText(data)));
  // What the host says to everybody; a player can not speak for the host.
  client.on("notice", (data, { from }) => { if (!from && typeof data?.text === "string") toast(data.text); });
  if (room && name) client.connect();
  return { client, roster, room, name, note, redrawPlayers };
}
