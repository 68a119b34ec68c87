// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The start page: a name, a room to join, or a new one.

import { gameName, icon, isRoomId, languageSwitch, leftOpen, make, makeText, pageOf, pages, playerToken, putText, roomAsked, saveName, savedName, tokenClaims } from "./common.js";
import "./home.texts.js";
import { hasText, onLanguage, t, translate } from "./texts.js";

const at = (id) => document.getElementById(id);
const refreshMs = 3000;
const answerMs = 5000;
const invited = roomAsked() ?? (tokenClaims.room || null);
let auth = ""; // how the server lets people in: "open" or "token"; empty: not heard yet
let rooms = null; // null: not heard of yet
let locked = false; // the list is for others than us
let resumeSeconds = 30; // as long as a seat waits
let refused = false; // nobody comes in with what we have
let polling = 0;
let busy = ""; // why the server wants to be left alone for a moment
let creating = 0; // the try that waits for its turn
let isAsking = false; // for a new room
let joins = 0; // an answer to an earlier one says nothing of what stands there now
let shown = ""; // what the list shows, to leave it alone where nothing changed
let games = Object.keys(pages);

const sameRoom = (asked) => ({ room, code }) => room === asked || code === asked.toUpperCase();

async function ask(path, options = {}) {
  const headers = playerToken ? { Authorization: `Bearer ${playerToken}` } : {};
  const answer = await fetch(path, { ...options, headers, signal: AbortSignal.timeout(answerMs) });
  const { status } = answer;
  const isBusy = status === 429 || status === 503;
  return { status, body: await answer.json(), waitSeconds: isBusy ? Number(answer.headers.get("Retry-After")) || 5 : 0 };
}

/** What a server says that has no time for us, and when we ask again. */
const busyText = ({ body, waitSeconds }) => `${t("link.busy", { reason: body.message ?? body.status })} ${t("link.next", { count: waitSeconds })}`;

// ---- who may come in ----

/** Says why before somebody tries in vain. */
function showGate() {
  const why = refused ? (playerToken ? "home.token.bad" : "home.token") : "";
  const whyNotOpen = why || (locked && playerToken ? "home.create.locked" : "");
  for (const [id, text, button] of [["gate", why, "enter"], ["create-gate", whyNotOpen, "open"]]) {
    putText(at(id), text);
    at(id).hidden = !text;
    at(button).disabled = Boolean(text);
  }
  at("games").disabled = Boolean(whyNotOpen);
  at("own-code").hidden = Boolean(whyNotOpen);
  at("welcome-about").hidden = refused; // a name alone is not enough
  at("rooms-card").hidden = refused; // there is no list to see
}

// ---- open rooms ----

/** The answer that is known before: to ask all the same would stand in the log of the server as an attempt to get in. */
function foreseen() {
  if (auth !== "token") return null;
  if (!playerToken) return { status: 401 };
  return tokenClaims.room ? { status: 403 } : null;
}

async function readRooms() {
  if (busy) return null;
  try {
    const held = auth ? null : await readConfig();
    const answer = held ?? foreseen() ?? await ask("api/v1/rooms");
    if (answer.waitSeconds) return waitForRooms(answer);
    const { status, body } = answer;
    const isKept = status === 401 || status === 403; // from us; asking again would change nothing
    locked = status === 403;
    refused = status === 401;
    showGate();
    rooms = isKept ? [] : body.rooms;
    if (isKept) clearInterval(polling);
    showRooms();
    welcome();
    putText(at("rooms-state"), rooms.length ? "" : locked ? "home.rooms.locked" : "home.rooms.none");
  } catch {
    putText(at("rooms-state"), "home.rooms.away");
    at("rooms").inert = true; // the last list, greyed out
    return null;
  }
  at("rooms").inert = false;
  return rooms;
}

function waitForRooms(answer) {
  busy = busyText(answer);
  setTimeout(() => { busy = ""; readRooms(); }, answer.waitSeconds * 1000);
  putText(at("rooms-state"), "");
  at("rooms-state").textContent = busy;
  at("rooms").inert = true;
  return null;
}

function roomEntry({ room, code, game, state, players, maxPlayers }) {
  const full = maxPlayers > 0 && players >= maxPlayers;
  const words = full ? t("room.full") : t(`room.${state}`);
  const button = make("button", { type: "button", className: "entry", disabled: full, onclick: () => go({ room, game }) },
    make("span", { className: "entry-code mono" }, code),
    make("span", { className: "grow" }, make("strong", {}, gameName(game)),
      make("span", { className: "soft small" }, room === code ? words : `${room} · ${words}`)),
    make("span", { className: `tag ${players ? "accent" : ""}` }, players ? t("room.players", { count: players }) : t("room.empty")));
  button.dataset.room = room;
  return make("li", {}, button);
}

function showRooms(anew = false) {
  const now = JSON.stringify(rooms);
  if (!rooms || (now === shown && !anew)) return;
  shown = now;
  const focused = document.activeElement?.dataset.room;
  at("rooms").replaceChildren(...rooms.map(roomEntry));
  if (focused) at("rooms").querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
}

// ---- join ----

/** Is there anything to see in it? The server makes the same of a name, and more. */
const isSeen = (text) =>
  /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2800\uFFFC\uFFFD\u{16FE4}\u{1D159}]/u.test(text);

function complain(field, error, key, values) {
  putText(at(error), key, values);
  at(error).hidden = !key;
  at(field).setAttribute("aria-invalid", String(Boolean(key)));
  if (key) at(field).focus();
}

/** The name, if there is one; says so if not. */
function name() {
  const wanted = at("name").value.trim();
  complain("name", "name-error", isSeen(wanted) ? "" : "home.name.missing");
  return isSeen(wanted) ? wanted : "";
}

function go({ room, game }) {
  const wanted = name();
  if (!wanted) return;
  saveName(wanted);
  location.assign(`${pageOf(game)}?room=${encodeURIComponent(room)}`);
}

/** A token for one room: there is no list. What looks like a code may be that room's, and the server knows. */
function joinByToken(asked) {
  const { room, game } = tokenClaims;
  const isElsewhere = room && asked !== room && !/^[A-Z0-9]{4,6}$/i.test(asked);
  complain("code", "code-error", isElsewhere ? "home.token.elsewhere" : "", { room });
  if (!isElsewhere) go({ room: asked, game });
}

async function join(event) {
  event.preventDefault();
  const asked = at("code").value.trim();
  const mine = ++joins;
  if (refused || !name()) return;
  complain("code", "code-error", isRoomId(asked) ? "" : asked ? "home.code.bad" : "home.code.none");
  if (!isRoomId(asked)) return;
  const list = await readRooms();
  if (mine !== joins) return;
  if (locked && playerToken) return joinByToken(asked);
  const found = list?.find(sameRoom(asked));
  if (found) return go(found);
  complain("code", "code-error", list ? "home.unknown" : busy ? "" : "home.create.away", { room: asked });
  if (!list && busy) sayBusy("code-error");
  if (!list) return;
  at("new-code").value = asked;
  at("own-code").open = true;
}

// ---- create ----

function gameChoice(game, index) {
  const about = hasText(`game.${game}.about`) ? t(`game.${game}.about`) : "";
  return make("label", { className: "choice" }, make("input", { type: "radio", name: "game", value: game, checked: index === 0 }),
    make("span", {}, make("strong", {}, gameName(game)), make("span", { className: "soft small" }, about)));
}

function showGames() {
  const chosen = at("create").elements.game?.value;
  at("games").replaceChildren(at("games").firstElementChild, ...games.map(gameChoice));
  const input = [...at("games").querySelectorAll("input")].find(({ value }) => value === chosen);
  if (input) input.checked = true;
}

/** Returns the answer of a server that has no time for us, else null. */
async function readConfig() {
  const answer = await ask("api/v1/config");
  if (answer.waitSeconds) return answer;
  const { body } = answer;
  if (!body.auth) throw new Error("no configuration");
  auth = body.auth;
  resumeSeconds = body.limits?.resumeSeconds ?? resumeSeconds;
  if (!body.games?.length) return null; // then we offer what we know
  games = [...Object.keys(pages).filter((game) => body.games.includes(game)), ...body.games.filter((game) => !Object.hasOwn(pages, game))];
  showGames();
  return null;
}

function failure(status) {
  if (status === 409) return "home.create.taken";
  if (status === 403 && playerToken) return "home.create.locked";
  if (status === 401) return playerToken ? "home.token.bad" : "home.token";
  return "home.create.failed";
}

/** Without taking the focus each time. */
function sayBusy(place, text = busy) {
  putText(at(place), "");
  at(place).textContent = text;
  at(place).hidden = false;
}

async function create(event) {
  event?.preventDefault();
  clearTimeout(creating);
  const room = at("new-code").value.trim();
  if (at("open").disabled || isAsking || !name()) return;
  if (room) at("own-code").open = true;
  complain("new-code", "create-error", !room || isRoomId(room) ? "" : "home.code.bad");
  if (room && !isRoomId(room)) return;
  const game = at("create").elements.game.value;
  isAsking = true;
  try {
    const answer = await ask("api/v1/rooms", { method: "POST", body: JSON.stringify(room ? { game, room } : { game }) });
    const { status, body, waitSeconds } = answer;
    if (status === 201) return go({ room: body.room, game });
    if (!waitSeconds) return complain(status === 409 ? "new-code" : "open", "create-error", failure(status), { reason: body.message ?? status });
    creating = setTimeout(create, waitSeconds * 1000);
    sayBusy("create-error", busyText(answer));
  } catch {
    complain("open", "create-error", "home.create.away");
  } finally {
    isAsking = false;
  }
}

// ---- page ----

function header(place) {
  place.classList.add("top");
  place.append(make("a", { className: "brand", href: "./" }, icon(), makeText("span", "app.title")), make("span", { className: "grow" }), languageSwitch());
  translate(document);
}

/** There is no list where a token is good for one room, so nothing is known of others. */
function welcome() {
  if (!invited) return;
  const found = rooms?.find(sameRoom(invited));
  const isGone = rooms && !found && !locked && !refused;
  putText(at("welcome"), isGone ? "home.invited.gone" : "home.invited", { room: found?.code ?? invited });
  putText(at("welcome-about"), isGone ? "home.invited.gone.about" : "home.invited.about");
}

/** Who went back from a room by the browser's button finds it here, as long as the seat waits. */
let returning = 0;
function offerReturn() {
  clearTimeout(returning);
  const left = leftOpen.load();
  const seconds = left ? Math.ceil((left.at + resumeSeconds * 1000 - Date.now()) / 1000) : 0;
  const isThere = seconds > 0 && isRoomId(left.room);
  at("return").hidden = !isThere;
  if (!isThere) return;
  putText(at("return-about"), "home.return", { room: left.code, seconds });
  at("return-go").onclick = () => location.assign(`${pageOf(left.game)}?room=${encodeURIComponent(left.room)}`);
  returning = setTimeout(offerReturn, 1000);
}

polling = setInterval(() => { if (!document.hidden) readRooms(); }, refreshMs);
header(at("top"));
at("name").value = tokenClaims.name || savedName();
at("code").value = invited ?? "";
showGames();
welcome();
onLanguage(() => { showGames(); showRooms(true); welcome(); showGate(); readRooms(); });
at("join").addEventListener("submit", join);
at("create").addEventListener("submit", create);
readRooms().then(offerReturn);
offerReturn();
// A page that comes out of the browser's memory may be shown before the one that goes has written what it leaves.
addEventListener("pageshow", () => { for (const ms of [0, 300, 1500]) setTimeout(offerReturn, ms); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) readRooms(); });
if (!at("name").value) at("name").focus({ preventScroll: true });
