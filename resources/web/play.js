// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
const at = (id) => document.getElementById(id);
const endings = {
  1000: "You have left the room.", 1001: "The server is shutting down.", 1006: "The connection was lost.",
  1008: "The server did not understand this page.", 1009: "The message was too big.", 1011: "The room failed.",
  4002: "Too many messages: wait a moment.", 4003: "This page may not connect.", 4004: "There is no such room.",
  4005: "The room is full.", 4006: "Your device read too slowly.", 4007: "Your device did not answer.",
  4009: "You were removed by the host.", 4010: "You were away for too long.",
};
let socket = null;
let me = "";
const players = new Map();

async function showRooms() {
  try {
    const { rooms } = await (await fetch("/api/v1/rooms")).json();
    at("rooms").replaceChildren(...rooms.map((room) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = `${room.players} playing · ${room.game}`;
      button.append(room.room, count);
      button.type = "button";
      button.addEventListener("click", () => join(room.room));
      item.append(button);
      return item;
    }));
    at("no-rooms").hidden = rooms.length > 0;
  } catch { /* the server is away: the list stays as it was, and joining will say so */ }
}

function note(text, who) {
  const line = document.createElement("li");
  if (who) {
    const name = document.createElement("span");
    name.className = "who";
    name.textContent = `${who}: `;
    line.append(name);
  } else {
    line.className = "note";
  }
  line.append(text);
  const log = at("log");
  const follow = log.scrollTop + log.clientHeight > log.scrollHeight - 40;
  log.append(line);
  while (log.childElementCount > 500) log.firstElementChild.remove();
  if (follow) log.scrollTop = log.scrollHeight;
}

function showPlayers() {
  at("players").replaceChildren(...[...players].map(([id, name]) => {
    const item = document.createElement("li");
    item.textContent = name;
    if (id === me) item.className = "me";
    return item;
  }));
}

function state(text, bad = false) {
  at("state").textContent = text;
  at("state").className = bad ? "bad" : "";
}

const handlers = {
  connected({ playerId, room }) {
    me = playerId;
    players.clear();
    for (const player of room.players) players.set(player.playerId, player.name);
    at("room-title").textContent = `Room ${room.id}` + (room.code === room.id ? "" : ` · code ${room.code}`);
    state("Connected");
    at("text").focus();
  },
  player_joined({ playerId, name }) { players.set(playerId, name); note(`${name} came in.`); },
  player_left({ playerId, name }) { players.delete(playerId); note(`${name} left.`); },
  chat({ name, text }) { note(text, name); },
  game_started() { note("The game has started."); },
  error({ message }) { note(message); },
  server_closing({ reason }) { note(reason); },
};

function join(room) {
  const name = at("name").value.trim();
  localStorage.setItem("name", name);
  at("entrance").hidden = true;
  at("inside").hidden = false;
  at("log").replaceChildren();
  at("room-title").textContent = `Room ${room}`;
  state("Connecting …");
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/${encodeURIComponent(room)}${name ? `?name=${encodeURIComponent(name)}` : ""}`);
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return note("A binary message came in.");
    const message = JSON.parse(data);
    const known = Object.hasOwn(handlers, message.type) && !message.from;
    if (known) handlers[message.type](message.data);
    else note(`${message.type} ${JSON.stringify(message.data)}`, players.get(message.from) ?? message.from);
    showPlayers();
  });
  socket.addEventListener("close", ({ code }) => {
    state(endings[code] ?? `The connection ended (${code}).`, code !== 1000);
    at("leave").textContent = "Back";
  });
}

at("join").addEventListener("submit", (event) => { event.preventDefault(); join(at("room").value.trim()); });
at("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text || socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ type: "chat", data: { text } }));
  at("text").value = "";
});
at("leave").addEventListener("click", () => {
  socket?.close(1000);
  at("leave").textContent = "Leave";
  at("inside").hidden = true;
  at("entrance").hidden = false;
  showRooms();
});
at("name").value = localStorage.getItem("name") ?? "";
const asked = new URLSearchParams(location.search).get("room");
if (asked) at("room").value = asked;
showRooms();
setInterval(() => { if (!at("entrance").hidden) showRooms(); }, 3000);
