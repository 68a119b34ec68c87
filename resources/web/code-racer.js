// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { announce, errorText, glide, make, openRoom, toast, write } from "./common.js";
import { number, onLanguage, place, t } from "./texts.js";
import "./code-racer.texts.js";
import { CodeView } from "./codeview.js";
import { colours, inOrder, Lanes } from "./racers.js";
import { Reporter } from "./reporter.js";
import { Typing } from "./typing.js";

const languages = { c: "C", cpp: "C++", go: "Go", java: "Java", javascript: "JavaScript", python: "Python", rust: "Rust", sql: "SQL" };
const at = (id) => document.getElementById(id);
const tickMs = 60; // what moves in between is moved by CSS
const ghosts = 12; // carets of others, beyond that it is a crowd
const finger = matchMedia("(pointer: coarse)");

const { client, on, roster, connection, room } = openRoom("code-racer", { batch: { count: 8, delayMs: 30 } });
const view = new CodeView(at("code"), at("lines"), at("caret"), at("field"));
const lanes = new Lanes(at("lanes"));
const field = at("field");
const names = new Map(); // also of those who have left

let race = { phase: "waiting", racers: new Map(), results: null };
let typing = null; // null: we watch
let reporter = null;
let pausedAt = 0;
let stoppedAt = 0; // we are out: what is shown stands still
let caughtUpAt = 0; // up to this message the state that we have knows it all already
const catchingUp = () => client.seq <= caughtUpAt;
let said = []; // key and values of what stands below the code

// ---- time ----

/** The room's clock, which stands still while the game is paused. */
const now = () => stoppedAt || pausedAt || client.serverNow();
const hasBegun = () => now() >= race.startsAt;
const secondsLeft = () => Math.max(0, (race.startsAt + race.secondsLimit * 1000 - Math.max(now(), race.startsAt)) / 1000);
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const percent = (part) => `${number(Math.floor(part * 1000) / 10, part < 1 ? 1 : 0)} %`;

// ---- what the server says ----

on("connected", ({ resumed, missed = 0, room: { gameState, paused, pausedAt: since, players } }) => {
  for (const player of players) names.set(player.playerId, player.name);
  pausedAt = paused ? since ?? client.serverNow() : 0;
  const knowsAll = resumed && race.known;
  if (knowsAll) return show(); // what was missed follows, in order
  caughtUpAt = resumed ? client.seq + missed : 0;
  takeState(gameState);
});

function takeState(state) {
  race = { ...state, known: true, racers: new Map() };
  for (const racer of state.racers) addRacer(racer);
  if (isOn()) enter(race.racers.get(client.playerId));
  show();
  if (isOn()) bringUp();
}

on("game_started", (data) => {
  if (catchingUp() && data.startsAt <= race.startsAt) return;
  race = { ...data, phase: "countdown", known: true, racers: new Map(), results: race.results };
  for (const id of data.racers) addRacer({ playerId: id, name: roster.name(id), position: 0, wpm: 0, place: null, done: false });
  forget();
  const wasPressed = at("lobby").contains(document.activeElement);
  enter(race.racers.get(client.playerId));
  show();
  announce(data.title);
  bringUp(wasPressed);
});

on("progress", ({ playerId, position, wpm }) => {
  const racer = race.racers.get(playerId);
  if (playerId === client.playerId) reporter?.confirmed(position);
  else if (racer && !racer.done) Object.assign(racer, { position, wpm });
});

on("code_submitted", ({ playerId, correct, place: rank, elapsedMs, wpm, accuracy }) => {
  const racer = race.racers.get(playerId);
  if (!racer) return;
  if (correct) Object.assign(racer, { done: true, place: rank, position: race.length, elapsedMs, wpm, accuracy });
  if (playerId !== client.playerId) return correct && announce(t("racer.done.other", { name: racer.name, rank, place: place(rank) }));
  reporter?.judged();
  say(correct ? "racer.done.you" : "racer.wrong", () => ({ rank, place: place(rank ?? 0) }));
  if (correct) leaveField();
  showFocus();
});

on("game_finished", ({ results }) => {
  if (catchingUp()) return;
  Object.assign(race, { phase: "finished", results });
  reporter?.stop();
  leaveField();
  if (roster.get(client.playerId)?.ready) client.send("ready", { status: "waiting" });
  const isElsewhere = at("chat").contains(document.activeElement) || document.activeElement?.closest("dialog");
  show();
  announce(at("results-title").textContent);
  if (isElsewhere) return; // who writes goes on writing
  at("results-title").focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: glide() });
});

on("game_paused", () => {
  if (!catchingUp()) pausedAt = client.serverNow();
});
on("game_resumed", ({ pausedMs }) => {
  if (catchingUp()) return;
  pausedAt = 0;
  race.startsAt += pausedMs;
});

roster.onChange((what, player) => {
  for (const one of roster.players) names.set(one.playerId, one.name);
  const racer = player && race.racers.get(player.playerId);
  if (racer) racer.away = what === "dropped" || (what === "left" && !racer.done);
  showLobby();
});

/** wasPressed: by a button of this page, which is gone now. */
function bringUp(wasPressed = false) {
  if (at("chat").contains(document.activeElement)) return; // who writes sees the race, and comes by himself
  if (isTyping() && !finger.matches) field.focus({ preventScroll: true });
  else if (wasPressed) (at("tap").hidden ? at("race-title") : at("tap")).focus({ preventScroll: true });
  at("race").scrollIntoView({ block: "nearest" });
}

function addRacer(racer) {
  race.length = [...race.snippet ?? ""].length;
  const name = racer.name ?? names.get(racer.playerId);
  const colour = racer.playerId === client.playerId ? "me" : race.racers.size % colours;
  race.racers.set(racer.playerId, { ...racer, name, colour, away: roster.get(racer.playerId)?.awayUntil > 0 });
}

// ---- typing ----

const isOn = () => race.phase === "countdown" || race.phase === "racing";
const isTyping = () => isOn() && typing !== null && !typing.done && !stoppedAt;

function enter(me) {
  view.show(race.snippet, race.language);
  at("whole").textContent = race.snippet;
  at("race-title").textContent = race.title;
  at("race-title").dataset.language = languages[race.language] ?? race.language;
  lanes.clear();
  say("");
  reporter?.stop();
  const { position, errors } = remembered();
  typing = me && !me.done ? new Typing(race.snippet, Math.max(me.position, position), errors) : null;
  reporter = typing && new Reporter(client, typing, me.position, putBack);
  field.value = "";
  view.paint(typing);
}

/** What no fingers typed does not count: on from what the server has. */
function putBack(position) {
  reporter.stop();
  typing = new Typing(race.snippet, position, typing.errors);
  reporter = new Reporter(client, typing, position, putBack);
  field.value = "";
  view.paint(typing);
  remember();
  say("racer.put_back");
  announce(t("racer.put_back"));
  showFocus();
  bringUp();
}

// A reload loses the page, not the race. The server knows how far we were when it heard from us last, but not our mistakes.
const storeKey = `race:${room}`;
function remember() {
  if (!typing || !isOn()) return;
  const { position, errors } = typing;
  try { sessionStorage.setItem(storeKey, JSON.stringify({ title: race.title, position, errors })); } catch { /* see Reporter */ }
}
function remembered() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storeKey));
    if (stored?.title === race.title) return stored;
  } catch { /* as if there were nothing */ }
  return { position: 0, errors: 0 };
}
addEventListener("pagehide", remember);
document.addEventListener("visibilitychange", remember); // a phone that puts a page away may never come back to it
function forget() {
  try { sessionStorage.removeItem(storeKey); } catch { /* nothing was remembered either */ }
}

field.addEventListener("input", ({ isComposing }) => take(isComposing));
field.addEventListener("compositionend", () => take(false));

function take(composing) {
  if (!isTyping() || !hasBegun() || pausedAt) {
    if (!composing) field.value = typing?.typed.join("") ?? "";
    return;
  }
  const [settled, mistaken] = [typing.settled, typing.mistaken];
  const value = typing.take(field.value, composing);
  if (value !== field.value) field.value = value;
  if (field.selectionEnd !== value.length) field.setSelectionRange(value.length, value.length);
  view.paint(typing);
  if (typing.mistaken && !mistaken) announce(t("racer.mistake", { letter: letterName(typing.goal[typing.position]) }));
  if (typing.settled > settled) announceLine();
  say(typing.blocked && typing.mistaken ? "racer.fix" : "");
  if (typing.done) finish();
}

const letterName = (letter) => ({ " ": t("racer.letter.space"), "\n": t("racer.letter.enter") })[letter] ?? letter;

function announceLine() {
  const before = typing.goal.slice(0, typing.settled).join("").split("\n").length;
  const text = race.snippet.split("\n")[before - 1];
  if (text !== undefined) announce(t("racer.line", { line: before, text: text.trim() || t("racer.empty") }));
}

async function finish() {
  say("racer.sending");
  leaveField();
  at("race-title").focus({ preventScroll: true });
  const sender = reporter;
  const failure = await sender.submit(typing.code);
  if (failure && isOn() && sender === reporter) say("racer.refused", () => ({ reason: errorText(failure) }));
}

function leaveField() {
  field.value = "";
  field.blur();
}

// Tab goes on to the next element by itself, Escape goes out: nobody is held by a field that takes all other keys.
field.addEventListener("keydown", ({ key, isComposing }) => {
  if (key !== "Escape" || isComposing) return;
  field.blur();
  at("tap").focus({ preventScroll: true });
});
// The letters are taken where the caret is, which is always at the end.
field.addEventListener("keydown", (event) => {
  if (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"].includes(event.key)) event.preventDefault();
});
field.addEventListener("focus", showFocus);
field.addEventListener("blur", showFocus);

// A phone brings up its keyboard only for a touch, and only when the field gets the focus with it.
function pick() {
  if (!isTyping()) return;
  if (document.activeElement === field && finger.matches) field.blur();
  field.focus({ preventScroll: true });
}
at("code").addEventListener("click", pick);
at("tap").addEventListener("click", pick);

function showFocus() {
  field.disabled = !isTyping(); // one that takes keys for nothing would swallow them
  const focused = document.activeElement === field;
  document.body.classList.toggle("typing", focused && isOn());
  const paused = pausedAt > 0 && isOn() && !stoppedAt;
  at("tap").hidden = !(paused || (isTyping() && !focused));
  at("tap").disabled = paused;
  at("tap").firstElementChild.textContent = t(paused ? "racer.paused" : finger.matches ? "racer.tap" : "racer.click");
  at("code").classList.toggle("focused", focused);
}

// With its keyboard up a phone shows a part of the page only: the race fills just that.
function fit() {
  const { height, offsetTop } = visualViewport;
  document.documentElement.style.setProperty("--view-height", `${height}px`);
  document.documentElement.style.setProperty("--view-top", `${offsetTop}px`);
  view.relaid();
}
for (const name of ["resize", "scroll"]) visualViewport?.addEventListener(name, fit);

// ---- what is shown ----

function say(key, values = () => ({})) {
  if (said[0] === key && !key) return;
  said = [key, values];
  sayAgain();
}
function sayAgain() {
  const [key, values] = said;
  const text = key ? t(key, values()) : "";
  write(at("said"), text);
}

function show() {
  const on = isOn();
  at("race").hidden = !on;
  at("lobby").hidden = on;
  at("results").hidden = on || !race.results;
  at("said").hidden = !typing;
  at("watching").hidden = typing !== null || race.racers.has(client.playerId);
  document.body.classList.toggle("racing", on);
  if (!on) leaveField();
  showLobby();
  showResults();
  showFocus();
  if (on) { fit(); tick(); }
}

function showLobby() {
  const { players, starter, mayStart } = roster;
  const values = { name: starter?.name ?? "", count: players.length, ready: players.filter(({ ready }) => ready).length };
  at("who-starts").textContent = players.length ? t(mayStart ? "racer.starts.you" : starter ? "racer.starts.other" : "racer.starts.nobody", values) : "";
  at("welcome").hidden = Boolean(race.results);
  at("start").hidden = !mayStart;
  at("start").textContent = t(race.results ? "racer.again" : "racer.start");
  const ready = roster.get(client.playerId)?.ready ?? false;
  at("ready").textContent = t(ready ? "racer.ready.off" : "racer.ready");
  at("ready").setAttribute("aria-pressed", ready);
  at("ready").hidden = players.length < 2;
}

at("start").addEventListener("click", async () => {
  const before = race.startsAt; // game_started goes to everyone; only a refusal answers the request
  try { await client.request("start"); } catch (error) { if (race.startsAt === before && error.code !== "timeout") toast(errorText(error)); }
});
at("ready").addEventListener("click", () => {
  client.send("ready", { status: roster.get(client.playerId)?.ready ? "waiting" : "ready" });
});

function resultsTitle(results) {
  const mine = results.find(({ playerId }) => playerId === client.playerId);
  if (mine) return mine.place === 1 ? t("racer.place.won") : mine.place ? t("racer.place.you", { rank: mine.place, place: place(mine.place) }) : t("racer.place.none");
  return results[0]?.place ? t("racer.place.watched", { name: results[0].name }) : t("racer.place.nobody");
}

function showResults() {
  if (!race.results) return;
  const mine = race.results.find(({ playerId }) => playerId === client.playerId);
  at("results-title").textContent = resultsTitle(race.results);
  at("results").dataset.place = mine?.place ?? "";
  at("own").hidden = !mine;
  if (mine) {
    at("own").replaceChildren(...[["racer.wpm", number(Math.round(mine.wpm))], ["racer.accuracy", percent(mine.accuracy ?? 0)],
      ["racer.time", mine.elapsedMs === null ? "–" : `${number(mine.elapsedMs / 1000, 1)} s`]].map(([key, value]) =>
      make("div", {}, make("dt", {}, t(key)), make("dd", {}, value))));
  }
  at("table").replaceChildren(...race.results.map(resultRow));
}

function resultRow(result) {
  const length = race.length || 1;
  const rank = make("span", { className: "rank" }, result.place ? place(result.place) : "–");
  rank.dataset.place = result.place ?? "";
  return make("tr", { className: result.playerId === client.playerId ? "me" : "" }, make("td", {}, rank),
    make("th", { scope: "row" }, make("bdi", {}, result.name)), make("td", {}, number(Math.round(result.wpm))), make("td", {}, `${Math.floor((result.accuracy ?? 0) * 100)} %`),
    make("td", {}, result.elapsedMs === null || !result.place
      ? t("racer.unfinished", { percent: Math.floor(100 * result.position / length) }) : `${number(result.elapsedMs / 1000, 1)} s`));
}

function showCountdown() {
  const left = Math.ceil((race.startsAt - now()) / 1000);
  const text = left > 0 ? String(left) : now() - race.startsAt < 700 ? t("racer.go") : "";
  const number_ = at("countdown").firstElementChild;
  if (at("countdown").hidden === Boolean(text)) at("countdown").hidden = !text;
  if (number_.textContent === text) return;
  number_.replaceWith(make("span", {}, text)); // a new one begins its animation anew
  if (text) announce(text);
}

function showFigures() {
  const elapsed = Math.max(0, now() - race.startsAt);
  const left = secondsLeft();
  write(at("left"), clock(Math.ceil(left)));
  at("left").classList.toggle("bad", left <= 10);
  const { position, errors } = typing ?? { position: 0, errors: 0 };
  const me = race.racers.get(client.playerId);
  const wpm = me?.done ? me.wpm : elapsed > 500 ? position / 5 / (elapsed / 60000) : 0;
  write(at("wpm"), number(Math.round(wpm)));
  write(at("accuracy"), position + errors ? percent(position / (position + errors)) : "–");
  for (const id of ["wpm", "accuracy"]) at(id).parentElement.hidden = !typing;
  if (me && typing && !me.done) Object.assign(me, { position, wpm });
}

function showOthers() {
  const others = inOrder(race.racers.values()).filter(({ playerId, done, away }) => playerId !== client.playerId && !done && !away).slice(0, ghosts);
  view.showOthers(race.phase === "countdown" ? [] : others);
  if (!typing && others.length > 0) view.follow(others[0].position);
}

let wasPaused = 0;
let timer = 0;
let ticks = 0;
function tick() {
  clearTimeout(timer);
  if (!isOn() || stoppedAt) return;
  timer = setTimeout(tick, tickMs);
  if (race.phase === "countdown" && hasBegun()) race.phase = "racing";
  if (wasPaused !== pausedAt) { wasPaused = pausedAt; showFocus(); }
  showCountdown();
  showFigures();
  if (++ticks % 2) showOthers();
  else lanes.show(race.racers.values(), race.length, client.playerId);
  if (typing && race.phase === "racing" && !pausedAt) reporter.report();
}

connection.onChange(() => {
  const isOut = !connection.plays;
  if (isOut === stoppedAt > 0) return;
  stoppedAt = isOut ? now() : 0;
  if (isOut) leaveField();
  showFocus();
  tick();
});

onLanguage(() => { lanes.clear(); sayAgain(); show(); });
