// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages say, and in which language. A game page brings its own texts along with addTexts().

const texts = {
  en: {
    "app.title": "Glasshouse",
    "app.language": "Language",
    "app.back": "Back to the start",
    "app.close": "Close",

    "game.code-racer": "Code Racer",
    "game.horse-race": "Horse Race",
    "game.relay": "Playground",

    "room.title": "Room {code}",
    "room.word": "Room",
    "room.invite": "Invite",
    "room.leave": "Leave",
    "room.leave.sure": "Leave the room? Your place is given away.",
    "room.stay": "Stay",
    "invite.title": "Come and play",
    "invite.about": "Open this address on a phone or computer in the same network, or enter the code on the start page.",
    "invite.here": "This server can be reached from its own device only. Its host can change that: it has to listen on the network.",
    "invite.token": "The link alone lets nobody in: everyone needs a link of their own from the host.",
    "invite.qr": "QR code of the address",
    "invite.link": "Address",
    "invite.copy": "Copy address",
    "invite.copied": "Copied.",
    "invite.share": "Share …",

    "players.title": "Players",
    "players.you": "you",
    "players.first": "may start",
    "players.ready": "ready",
    "players.away": "away",
    "players.away.until": "away, place kept for {seconds} s",
    "players.joined": "{name} came in.",
    "players.left": "{name} left.",
    "players.dropped": "{name} lost the connection.",
    "players.resumed": "{name} is back.",

    "chat.title": "Chat",
    "chat.text": "Message to everyone",
    "chat.send": "Send",
    "chat.host": "Host",
    "chat.empty": "Nobody has said anything yet.",

    "link.title": "Connection",
    "link.connecting": "Connecting …",
    "link.open": "Connected",
    "link.rtt": "Connected, {ms} ms",
    "link.away": "Not connected",
    "link.next": { one: "Next try in {count} second", other: "Next try in {count} seconds" },
    "link.trying": "Trying now …",
    "link.now": "Try now",
    "link.again": "Join again",
    "link.reload": "Reload",
    "link.own": "Go to room {room}",
    "link.unsent": { one: "{count} message could not be sent.", other: "{count} messages could not be sent." },
    "link.soon": "The server is about to close.",
    "link.unanswered": "The server does not answer.",
    "link.busy": "The server asks us to wait: {reason}.",
    "link.full": "The room is full. We ask again for a free place.",
    "link.tokenWanted": "This server lets in who has a link of their own. Ask the host for yours.",
    "link.tokenBad": "Your link has expired or is not right. Ask the host for a new one.",
    "link.tokenElsewhere": "Your link is good for room {room} only.",
    "link.refused": "The server does not let this page in: {reason}",
    "link.notFound": "There is no room {room}.",
    "link.paused": "The host has paused the game.",
    "link.silent": "Nothing comes from the server at the moment. We wait for it.",
    "link.back": "You are back. Nothing was missed.",
    "link.backLate": "You are back. Some messages were missed.",
    "link.expired": "You are back, with a new place: you were away for too long.",
    "link.restarted": "The server was started anew, and with it the game. You are in, with a new place.",
    "link.lost": "The connection is lost. Your place is kept for a short while.",
    "link.delayed": "The connection is lost, and the server asks us to wait: {reason}.",
    "link.closing": "The server shuts down. We come back when it does.",
    "link.failed": "The room failed. We try to come back.",
    "link.tooFast": "Too much was sent in a short time. We come back after a pause.",
    "link.tooSlow": "This device read too slowly. We come back.",
    "link.unheard": "The server did not hear from this device. We come back.",
    "link.idle": "You were away for too long. We come back.",
    "link.left": "You have left the room.",
    "link.over": "The room was closed. Thank you for playing!",
    "link.gone": "There is no such room any more.",
    "link.removed": "The host has removed you from the room.",
    "link.replaced": "You play on in another tab or window, so this one has stopped.",
    "link.protocol": "The server did not understand this page ({code}). Reloading may help.",

    "error.bad_json": "The server could not read that.",
    "error.bad_envelope": "The server could not read that.",
    "error.unknown_type": "This room does not know that.",
    "error.bad_data": "That does not fit.",
    "error.not_allowed": "That is not possible now.",
    "error.too_big": "That is too long.",
    "error.unsupported": "This room has no use for that.",
    "error.rate_limited": "That was too much at once.",
    "error.timeout": "The server did not answer.",
    "error.lost": "The connection was lost before the answer came.",
  },
  de: {
    "app.title": "Glasshouse",
    "app.language": "Sprache",
    "app.back": "Zurück zum Anfang",
    "app.close": "Schließen",

    "game.code-racer": "Code Racer",
    "game.horse-race": "Pferderennen",
    "game.relay": "Spielwiese",

    "room.title": "Raum {code}",
    "room.word": "Raum",
    "room.invite": "Einladen",
    "room.leave": "Verlassen",
    "room.leave.sure": "Den Raum verlassen? Dein Platz wird frei.",
    "room.stay": "Bleiben",
    "invite.title": "Spielt mit",
    "invite.about": "Öffnet diese Adresse auf einem Handy oder Computer im selben Netz oder gebt den Code auf der Startseite ein.",
    "invite.here": "Diesen Server erreicht man nur von seinem eigenen Gerät. Das kann der Gastgeber ändern: Er muss im Netz lauschen.",
    "invite.token": "Der Link allein lässt niemanden herein: Alle brauchen einen eigenen Link vom Gastgeber.",
    "invite.qr": "QR-Code der Adresse",
    "invite.link": "Adresse",
    "invite.copy": "Adresse kopieren",
    "invite.copied": "Kopiert.",
    "invite.share": "Teilen …",

    "players.title": "Spieler",
    "players.you": "du",
    "players.first": "darf starten",
    "players.ready": "bereit",
    "players.away": "weg",
    "players.away.until": "weg, Platz bleibt noch {seconds} s frei",
    "players.joined": "{name} ist da.",
    "players.left": "{name} ist gegangen.",
    "players.dropped": "{name} hat die Verbindung verloren.",
    "players.resumed": "{name} ist zurück.",

    "chat.title": "Chat",
    "chat.text": "Nachricht an alle",
    "chat.send": "Senden",
    "chat.host": "Gastgeber",
    "chat.empty": "Noch hat niemand etwas gesagt.",

    "link.title": "Verbindung",
    "link.connecting": "Verbinde …",
    "link.open": "Verbunden",
    "link.rtt": "Verbunden, {ms} ms",
    "link.away": "Nicht verbunden",
    "link.next": { one: "Nächster Versuch in {count} Sekunde", other: "Nächster Versuch in {count} Sekunden" },
    "link.trying": "Neuer Versuch …",
    "link.now": "Jetzt versuchen",
    "link.again": "Wieder mitspielen",
    "link.reload": "Neu laden",
    "link.own": "Zu Raum {room}",
    "link.unsent": { one: "{count} Nachricht ließ sich nicht senden.", other: "{count} Nachrichten ließen sich nicht senden." },
    "link.soon": "Der Server schließt gleich.",
    "link.unanswered": "Der Server antwortet nicht.",
    "link.busy": "Der Server bittet um Geduld: {reason}.",
    "link.full": "Der Raum ist voll. Wir fragen wieder nach einem freien Platz.",
    "link.tokenWanted": "Dieser Server lässt herein, wer einen eigenen Link hat. Bitte den Gastgeber um deinen.",
    "link.tokenBad": "Dein Link ist abgelaufen oder stimmt nicht. Bitte den Gastgeber um einen neuen.",
    "link.tokenElsewhere": "Dein Link gilt nur für Raum {room}.",
    "link.refused": "Der Server lässt diese Seite nicht herein: {reason}",
    "link.notFound": "Den Raum {room} gibt es nicht.",
    "link.paused": "Der Gastgeber hat das Spiel angehalten.",
    "link.silent": "Vom Server kommt gerade nichts. Wir warten auf ihn.",
    "link.back": "Du bist wieder da. Du hast nichts verpasst.",
    "link.backLate": "Du bist wieder da. Ein paar Nachrichten fehlen.",
    "link.expired": "Du bist wieder da, auf einem neuen Platz: Du warst zu lange weg.",
    "link.restarted": "Der Server wurde neu gestartet, und mit ihm das Spiel. Du bist dabei, auf einem neuen Platz.",
    "link.lost": "Die Verbindung ist weg. Dein Platz bleibt noch kurz frei.",
    "link.delayed": "Die Verbindung ist weg, und der Server bittet um Geduld: {reason}.",
    "link.closing": "Der Server fährt herunter. Wir kommen zurück, sobald er wieder da ist.",
    "link.failed": "Der Raum ist ausgefallen. Wir versuchen zurückzukommen.",
    "link.tooFast": "Es wurde zu viel auf einmal gesendet. Nach einer Pause geht es weiter.",
    "link.tooSlow": "Dieses Gerät hat zu langsam gelesen. Wir kommen zurück.",
    "link.unheard": "Der Server hat von diesem Gerät nichts gehört. Wir kommen zurück.",
    "link.idle": "Du warst zu lange weg. Wir kommen zurück.",
    "link.left": "Du hast den Raum verlassen.",
    "link.over": "Der Raum wurde geschlossen. Danke fürs Mitspielen!",
    "link.gone": "Diesen Raum gibt es nicht mehr.",
    "link.removed": "Der Gastgeber hat dich aus dem Raum entfernt.",
    "link.replaced": "Du spielst in einem anderen Tab oder Fenster weiter, darum ruht dieses hier.",
    "link.protocol": "Der Server hat diese Seite nicht verstanden ({code}). Neu laden hilft vielleicht.",

    "error.bad_json": "Das konnte der Server nicht lesen.",
    "error.bad_envelope": "Das konnte der Server nicht lesen.",
    "error.unknown_type": "Das kennt dieser Raum nicht.",
    "error.bad_data": "Das passt so nicht.",
    "error.not_allowed": "Das geht gerade nicht.",
    "error.too_big": "Das ist zu lang.",
    "error.unsupported": "Damit kann dieser Raum nichts anfangen.",
    "error.rate_limited": "Das war zu viel auf einmal.",
    "error.timeout": "Der Server hat nicht geantwortet.",
    "error.lost": "Die Verbindung ging verloren, bevor die Antwort kam.",
  },
};

export const languages = { en: "English", de: "Deutsch" };
const listeners = new Set();
let current = pick();

function pick() {
  const wanted = [remembered("language"), ...(navigator.languages ?? [navigator.language])];
  return wanted.map((tag) => tag?.slice(0, 2)).find((tag) => Object.hasOwn(languages, tag)) ?? "en";
}

/** localStorage may be switched off, and throws then. */
export function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}
export function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* then the next visit asks again */ }
}

export const language = () => current;

export function setLanguage(tag) {
  remember("language", tag);
  current = tag;
  translate(document);
  for (const listener of listeners) listener();
}

/** Calls back after the language changed, for what a page has written itself. */
export function onLanguage(listener) { listeners.add(listener); }

/** Adds texts: addTexts({ en: { "racer.start": "Start" }, de: { "racer.start": "Los" } }). */
export function addTexts(more) {
  for (const tag of Object.keys(languages)) Object.assign(texts[tag], more[tag]);
  translate(document);
}

// A name that is written from right to left leaves the words around it where they are.
const isolated = (name, value) => (name === "name" ? `\u2068${value}\u2069` : value);

// To make one takes as long as to use it a hundred times.
const formats = new Map();
function format(Kind, tag, options) {
  const key = Kind.name + tag + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Kind(tag, options));
  return formats.get(key);
}

/** The text of a key; {name} is replaced by values.name. A text with {one, other} goes by values.count. */
export function t(key, values = {}) {
  const found = texts[current][key] ?? texts.en[key] ?? key;
  const text = typeof found === "string" ? found : (found[format(Intl.PluralRules, current).select(values.count)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined || values[name] === null ? whole : isolated(name, values[name])));
}
export const hasText = (key) => Object.hasOwn(texts.en, key);

/** 1234.5 → "1,234.5" or "1.234,5". */
export const number = (value, digits = 0) =>
  format(Intl.NumberFormat, current, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

const endings = { one: "st", two: "nd", few: "rd", other: "th" };
/** 1 → "1st" or "1." */
export const place = (value) =>
  current === "de" ? `${value}.` : value + endings[format(Intl.PluralRules, "en", { type: "ordinal" }).select(value)];

/** Fills what carries data-t (text, with the values in data-t-values), data-t-label (aria-label), data-t-placeholder. */
export function translate(root) {
  const valuesOf = ({ dataset }) => JSON.parse(dataset.tValues ?? "{}");
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t, valuesOf(node));
  for (const node of root.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  document.documentElement.lang = current;
}
