// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"javascript", SnippetLength::Short, "Wait for quiet", R"(const debounce = (fn, ms) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(fn, ms);
  };
};)"},
    {"javascript", SnippetLength::Short, "Unique and in order", R"(const unique = (items) => [...new Set(items)];

const ordered = unique([3, 1, 3, 2]).sort((a, b) => a - b);)"},
    {"javascript", SnippetLength::Medium, "Fetch with a deadline",
     R"(async function fetchJson(url, { seconds = 10 } = {}) {
  const signal = AbortSignal.timeout(seconds * 1000);
  const response = await fetch(url, { signal });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.json();
})"},
    {"javascript", SnippetLength::Medium, "Tell the listeners", R"(class Emitter {
  #listeners = new Map();

  on(name, listener) {
    const known = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, [...known, listener]);
  }

  emit(name, ...args) {
    for (const listener of this.#listeners.get(name) ?? []) {
      listener(...args);
    }
  }
})"},
    {"javascript", SnippetLength::Long, "A socket that comes back", R"(class StubbornSocket {
  constructor(url, onMessage) {
    this.url = url;
    this.onMessage = onMessage;
    this.failures = 0;
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => {
      this.failures = 0;
    };
    this.socket.onmessage = (event) => {
      this.onMessage(JSON.parse(event.data));
    };
    this.socket.onclose = ({ code }) => {
      if (code !== 1000) {
        this.failures += 1;
        const wait = Math.min(500 * 2 ** this.failures, 30000);
        setTimeout(() => this.connect(), wait * Math.random());
      }
    };
  }

  send(value) {
    this.socket.send(JSON.stringify(value));
  }
})"},
    {"javascript", SnippetLength::Long, "Table of scores", R"(function renderScores(table, scores) {
  const sorted = [...scores].sort((a, b) => b.points - a.points);
  const rows = sorted.map(({ name, points }, index) => {
    const row = document.createElement("tr");
    for (const text of [index + 1, name, points]) {
      const cell = document.createElement("td");
      cell.textContent = String(text);
      row.append(cell);
    }
    row.classList.toggle("winner", index === 0);
    return row;
  });
  table.tBodies[0].replaceChildren(...rows);
  table.caption.textContent = `${rows.length} players`;
})"},
};

} // namespace

std::span<const Snippet> javascriptSnippets() { return table; }

} // namespace glasshouse
