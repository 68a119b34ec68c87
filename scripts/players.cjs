// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A small game for scripts/pictures: players move about in two rooms, one makes a mistake, one crashes, one leaves.
const { WebSocket } = require("ws");

const port = Number(process.argv[2]);
const address = `ws://127.0.0.1:${port}`;
const players = [["Ada", "main"], ["Grace", "main"], ["Linus", "main"], ["Margaret", "garden"], ["Ken", "garden"], ["Barbara", "main"], ["Dennis", "garden"]];

function message(step) {
  const place = { x: Math.round(Math.random() * 640), y: Math.round(Math.random() * 360), heading: ["north", "east", "south", "west"][step % 4] };
  if (step % 12 === 5) return { type: "chat", data: { text: "Good luck, everyone!" } };
  if (step % 7 === 3) return { type: "ping", data: { timestamp: Date.now() }, id: step };
  return { type: "move", data: place };
}

function play([name, room], index) {
  const socket = new WebSocket(`${address}/ws/${room}?name=${name}`);
  let step = 0;
  socket.on("error", () => {});
  socket.on("open", () => {
    socket.send(JSON.stringify({ type: "ready", data: {} }));
    const timer = setInterval(() => {
      step += 1;
      if (name === "Dennis" && step === 8) socket.terminate();
      if (name === "Barbara" && step === 12) socket.close(1000, "time for tea");
      if (socket.readyState !== WebSocket.OPEN) return clearInterval(timer);
      socket.send(name === "Ken" && step === 9 ? "move to 12,40" : JSON.stringify(message(step + index)));
    }, 260 + 60 * index);
  });
}

async function whenUp(tries) {
  try {
    await fetch(`http://127.0.0.1:${port}/health`);
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await whenUp(tries - 1);
  }
}

whenUp(50).then(() => {
  players.forEach(play);
  setTimeout(() => {
    new WebSocket(`${address}/lobby`).on("error", () => {});
    new WebSocket(`${address}/ws/main`, { origin: "https://elsewhere.example" }).on("error", () => {});
  }, 1500);
});
setTimeout(() => process.exit(0), 60_000);
