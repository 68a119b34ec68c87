// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { glide, make } from "./common.js";

/**
 * Shows a piece of code letter by letter, with a caret of one's own and thin ones of the others. `box` scrolls; in it lie
 * `lines`, `caret` and `field` (see code-racer.html). Positions count code points.
 */
export class CodeView {
  #letters = [];
  #states = []; // of the letters, as they show
  #from = 0; // the first letter that may change its state, and the one behind the last
  #to = Infinity;
  #next = -1; // the letter that has the mark of the one to be typed
  #places = []; // of the letters, as far as they are measured
  #follows = -1; // the position that is kept in sight
  #line = null; // that it was scrolled to
  #room = 0; // how high the box is
  #scrolledIn = 0; // how high it was then
  #ghosts = new Map();

  constructor(box, lines, caret, field) {
    Object.assign(this, { box, lines, caret, field });
    // A keyboard, a banner or what is said below takes room away; the line that is typed stays in sight.
    const observer = new ResizeObserver(() => this.relaid());
    for (const node of [box, lines]) observer.observe(node);
  }

  show(code, language) {
    const kind = kinds(code, language);
    this.#letters = [...code].map((letter, i) => make("span", { className: kind[i] }, letter === "\n" ? "⏎" : letter));
    const lines = [make("div", { className: "line" })];
    [...code].forEach((letter, i) => {
      lines.at(-1).append(this.#letters[i]);
      if (letter !== "\n") return;
      this.#letters[i].classList.add("enter");
      lines.push(make("div", { className: "line" }));
    });
    if (!lines.at(-1).firstChild) lines.pop();
    // What does not fit goes on below, a little further in than the line itself.
    for (const line of lines) line.style.setProperty("--in", line.textContent.search(/[^ \t]|$/) + 2);
    this.lines.replaceChildren(...lines);
    this.#ghosts.clear();
    this.box.scrollTop = 0;
    [this.#states, this.#places, this.#from, this.#to, this.#next, this.#follows, this.#line] = [[], [], 0, Infinity, -1, -1, null];
  }

  /** `typing` null: nobody types here, everything shows as it is. */
  paint(typing) {
    this.box.classList.toggle("watched", typing === null);
    this.caret.hidden = typing === null || typing.done;
    const { settled = 0, caret = Infinity } = typing ?? {};
    const [from, to] = [Math.min(this.#from, settled), Math.max(this.#to, caret)];
    [this.#from, this.#to] = [settled, caret];
    for (let i = from; i < Math.min(to, this.#letters.length); ++i) {
      const state = typing?.stateAt(i) ?? "";
      if (this.#states[i] !== state) this.#letters[i].dataset.state = this.#states[i] = state;
    }
    if (typing) this.moveCaret(typing.caret);
  }

  moveCaret(position) {
    const { left, top, height } = this.#place(position);
    Object.assign(this.caret.style, { transform: `translate(${left}px, ${top}px)`, height: `${height}px` });
    this.field.style.top = `${top}px`; // the browser keeps it in sight, and what helps to write beside it
    if (position !== this.#next) {
      this.#letters[this.#next]?.classList.remove("next");
      this.#letters[position]?.classList.add("next");
      this.#next = position;
    }
    this.follow(position);
  }

  /** Keeps a position in sight. */
  follow(position) {
    this.#follows = position;
    const { top, height } = this.#place(position);
    const room = this.#room;
    if (top === this.#line && room === this.#scrolledIn) return;
    const behavior = this.#line === null || room !== this.#scrolledIn ? "instant" : glide();
    this.box.scrollTo({ top: top - (room - height) * 0.4, behavior });
    [this.#line, this.#scrolledIn] = [top, room];
  }

  /** others: [{playerId, position, colour}] */
  showOthers(others) {
    const ids = new Set(others.map(({ playerId }) => playerId));
    const spare = [...this.#ghosts].filter(([id]) => !ids.has(id));
    for (const [id] of spare) this.#ghosts.delete(id);
    for (const { playerId, position, colour } of others) {
      const ghost = this.#ghosts.get(playerId) ?? spare.pop()?.[1] ?? this.lines.appendChild(make("i", { className: "ghost" }));
      this.#ghosts.set(playerId, ghost);
      const { left, top, height } = this.#place(position);
      const shown = [left, top, height, colour].join();
      if (ghost.shown === shown) continue;
      ghost.shown = shown;
      ghost.dataset.colour = colour;
      Object.assign(ghost.style, { transform: `translate(${left}px, ${top}px)`, height: `${height}px` });
    }
    for (const [, ghost] of spare) ghost.remove();
  }

  /** Nothing stands where it stood. */
  relaid() {
    this.#places = [];
    this.#room = this.box.clientHeight;
    if (this.#follows < 0 || !this.#room) return;
    this.caret.hidden ? this.follow(this.#follows) : this.moveCaret(this.#follows);
  }

  #place(position) {
    const last = this.#letters.length - 1;
    if (last < 0) return { left: 0, top: 0, height: 0 };
    const at = Math.min(position, last);
    if (!this.#places[at]) this.#measure(at);
    const { left, top, width, height } = this.#places[at];
    return { left: position > last ? left + width : left, top, height };
  }

  // All of its line: to be told where something is, the browser lays out all that has changed.
  #measure(at) {
    const line = [...this.#letters[at].parentNode.children];
    const first = at - line.indexOf(this.#letters[at]);
    const box = this.box.getBoundingClientRect();
    const [x, y] = [box.left + this.box.clientLeft - this.box.scrollLeft, box.top + this.box.clientTop - this.box.scrollTop];
    line.forEach((letter, i) => {
      const { left, top, width, height } = letter.getBoundingClientRect();
      this.#places[first + i] = { left: left - x, top: top - y, width, height };
    });
  }
}

// ---- which kind each letter of a program is of; in this file, because each file more is a round trip for somebody far away ----

const words = (text) => new Set(text.split(" "));
const c = "auto bool break case char class const constexpr continue default delete do double else enum explicit extern false "
  + "float for if inline int long namespace new noexcept nullptr operator override private protected public return short "
  + "signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void while";
// Of the languages that the server has snippets in.
const keywords = {
  c: words(c), cpp: words(c),
  java: words("abstract boolean break byte case catch char class continue default do double else enum extends false final "
    + "finally float for if implements import int interface long new null package private protected public record return short "
    + "static super switch this throw throws true try var void while"),
  javascript: words("as async await break case catch class const continue default delete do else export extends false finally for "
    + "from function if import in instanceof let new null of return static super switch this throw true try typeof undefined "
    + "var void while yield"),
  python: words("and as assert async await break class continue def del elif else except False finally for from global if "
    + "import in is lambda None nonlocal not or pass raise return self True try while with yield"),
  rust: words("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move "
    + "mut pub ref return self Self static struct super trait true type unsafe use where while bool char f64 i32 i64 str u8 "
    + "u32 u64 usize"),
  go: words("break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    + "range return select struct switch type var nil true false int string bool byte error float64"),
  sql: words("add all alter and as asc between by case check create cross delete desc distinct drop else end exists for "
    + "foreign from group having in index inner insert integer into is join key left like limit not null on or order outer "
    + "over partition primary references select set table text then union unique update using values view when where with"),
};

const slashes = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const comments = { python: /#[^\n]*/y, sql: /--[^\n]*/y };
const text = /"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?:\\.|[^`\\])*`?/y;
const lifetime = /'[a-z_]\w*(?!')/y;
const include = /#\s*(?:include|define|pragma|if|endif|else)\b[^\n]*/y;
const number = /(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\w*/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/yu;

/** A kind for every code point of `code`: "comment", "text", "number", "keyword", "name" (of what is called) or "". */
function kinds(code, language) {
  const lower = language.toLowerCase();
  const result = [];
  const known = keywords[lower] ?? keywords.javascript;
  for (let at = 0; at < code.length;) {
    const [kind, length] = token(code, at, lower, known);
    for (const _ of code.slice(at, at + length)) result.push(kind);
    at += length;
  }
  return result;
}

function token(code, at, language, known) {
  const found = (pattern) => { pattern.lastIndex = at; return pattern.exec(code)?.[0]; };
  const first = [[comments[language] ?? slashes, "comment"], [language === "rust" ? lifetime : null, "keyword"],
    [["c", "cpp"].includes(language) ? include : null, "comment"], [text, "text"], [number, "number"]];
  for (const [pattern, kind] of first) {
    const match = pattern && found(pattern);
    if (match) return [kind, match.length];
  }
  const name = found(word);
  if (!name) return ["", String.fromCodePoint(code.codePointAt(at)).length];
  if (known.has(name) || (language === "sql" && known.has(name.toLowerCase()))) return ["keyword", name.length];
  return [/^[(!]\(?/.test(code.slice(at + name.length)) && code[at + name.length + 1] !== "=" ? "name" : "", name.length];
}
