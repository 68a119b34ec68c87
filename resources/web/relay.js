// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The playground: send any message to the others and watch what comes.

import { make, makeText, openRoom, putText } from "./common.js";
import "./relay.texts.js";
import { language, onLanguage, t } from "./texts.js";

const at = (id) => document.getElementById(id);
const shownMost = 300;
const shownBytes = 256;
const characterWidth = 8.2; // CSS pixels, of what we show
const { client, on, roster } = openRoom("relay");

// ---- what comes and goes ----

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

function bytesText(bytes) {
  const rest = bytes.length - shownBytes;
  return hex(bytes.subarray(0, shownBytes)) + (rest > 0 ? ` … ${t("relay.more", { count: rest })}` : "");
}

/** What fits on one line stays on one. */
function dataText(data, indent = "") {
  const line = JSON.stringify(data);
  const fits = indent.length + line.length <= at("wire").clientWidth / characterWidth - 6;
  if (fits || typeof data !== "object" || data === null) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(data)
    ? data.map((value) => inner + dataText(value, inner))
    : Object.entries(data).map(([key, value]) => `${inner}${JSON.stringify(key)}: ${dataText(value, inner)}`);
  const [open, close] = Array.isArray(data) ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

/** type and who: what follows the language is [key, values]. */
function show(direction, type, who, body) {
  const wire = at("wire");
  const time = new Date();
  const follow = wire.scrollTop + wire.clientHeight > wire.scrollHeight - 40;
  wire.append(make("div", { className: `message ${direction}` },
    make("div", { className: "head" },
      make("span", { className: "arrow", role: "img", "data-t-label": `relay.${direction}`, "aria-label": t(`relay.${direction}`) }, direction === "in" ? "↓" : "↑"),
      Array.isArray(type) ? makeText("strong", type[0], { className: "mono" }) : make("strong", { className: "mono" }, type),
      makeText("span", who[0], { className: "soft" }, who[1]),
      make("time", { className: "soft", dateTime: time.toISOString() }, time.toLocaleTimeString(language()))),
    make("pre", {}, body)));
  while (wire.childElementCount > shownMost) wire.firstElementChild.remove();
  if (follow) wire.scrollTop = wire.scrollHeight;
}

const from = (envelope) => (envelope.from ? ["relay.from", { name: roster.name(envelope.from) }] : ["relay.fromRoom"]);
on("*", (data, envelope) => {
  const ours = envelope.type === "pong" && typeof envelope.re === "string"; // the library's own heartbeat
  const isSeat = envelope.type === "connected" && !envelope.from; // whoever reads its token off a screen could take our seat
  if (!ours) show("in", envelope.type, from(envelope), dataText(isSeat ? { ...data, resume: "…" } : data));
});
on(":binary", (data) => {
  const bytes = new Uint8Array(data);
  show("in", ["relay.binary"], ["relay.bytes.count", { count: bytes.length }], bytesText(bytes));
});
at("clear").addEventListener("click", () => at("wire").replaceChildren());

// ---- send ----

function showReceivers() {
  const chosen = at("to").value;
  const others = roster.players.filter(({ playerId }) => playerId !== client.playerId);
  at("to").replaceChildren(make("option", { value: "" }, t("relay.everyone")),
    ...others.map(({ playerId, name }) => make("option", { value: playerId }, name)));
  if (others.some(({ playerId }) => playerId === chosen)) at("to").value = chosen;
}
roster.onChange(showReceivers);
onLanguage(showReceivers);
showReceivers();

function complain(field, error, key, values) {
  putText(at(error), key, values);
  at(error).hidden = !key;
  at(field).setAttribute("aria-invalid", String(Boolean(key)));
}

function readData() {
  try {
    const data = JSON.parse(at("data").value.trim() || "{}");
    complain("data", "send-error", "");
    return { data };
  } catch (error) {
    complain("data", "send-error", "relay.data.bad", { reason: error.message });
    return null;
  }
}

function send(event) {
  event.preventDefault();
  const type = at("type").value.trim();
  const good = /^[a-z0-9_]{1,64}$/.test(type);
  complain("type", "send-error", good ? "" : "relay.type.bad");
  if (!good) return at("type").focus();
  const read = readData();
  if (!read) return at("data").focus();
  const to = at("to").value || undefined;
  const went = client.send(type, read.data, { to });
  const who = to ? ["relay.sentTo", { name: roster.name(to) }] : ["relay.sentToAll"];
  show("out", type, went ? who : ["relay.queued"], dataText(read.data));
}

function sendBytes(event) {
  event.preventDefault();
  const digits = at("bytes").value.replace(/[\s:,]|0x/g, "");
  const good = /^([0-9a-f]{2})*$/i.test(digits);
  complain("bytes", "bytes-error", good ? "" : "relay.bytes.bad");
  if (!good) return at("bytes").focus();
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const went = client.sendBinary(bytes);
  show("out", ["relay.binary"], [went ? "relay.sentToAll" : "relay.queued"], bytesText(bytes));
}

at("send").addEventListener("submit", send);
at("send-bytes").addEventListener("submit", sendBytes);
at("data").addEventListener("input", () => { if (!at("send-error").hidden) readData(); });
at("data").addEventListener("change", readData);
at("data").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("send").requestSubmit();
});
