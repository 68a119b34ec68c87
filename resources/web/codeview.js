// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { glide, make } from "./common.js";

/**
 * Shows a piece of code letter by letter, with a caret of one's own and thin ones of the others. `box` scrolls; in it lie
 * `lines`, `caret` and `field` (see code-racer.html). Positions count code points.
 */
export class CodeView {
  #letters = [];
  #line = null; // that it was scrolled to
  #room = 0; // how high the box was then
  #ghosts = new Map();

  constructor(box, lines, caret, field) { Object.assign(this, { box, lines, caret, field }); }

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
    this.#line = null;
    this.box.scrollTop = 0;
  }

  /** `typing` null: nobody types here, everything shows as it is. */
  paint(typing) {
    this.box.classList.toggle("watched", typing === null);
    this.caret.hidden = typing === null || typing.done;
    this.#letters.forEach((span, i) => {
      const state = typing?.stateAt(i) ?? "";
      if (span.dataset.state !== state) span.dataset.state = state;
    });
    if (typing) this.moveCaret(typing.caret);
  }

  moveCaret(position) {
    const { left, top, height } = this.#place(position);
    this.caret.style.transform = this.field.style.transform = `translate(${left}px, ${top}px)`;
    this.caret.style.height = `${height}px`;
    this.#letters.forEach((span, i) => span.classList.toggle("next", i === position));
    this.#scrollTo(top, height);
  }

  /** Keeps a position in sight. */
  follow(position) {
    const { top, height } = this.#place(position);
    this.#scrollTo(top, height);
  }

  /** others: [{playerId, position, colour}] */
  showOthers(others) {
    for (const [id, ghost] of this.#ghosts) if (!others.some((other) => other.playerId === id)) { ghost.remove(); this.#ghosts.delete(id); }
    for (const { playerId, position, colour } of others) {
      if (!this.#ghosts.has(playerId)) this.#ghosts.set(playerId, this.lines.appendChild(make("i", { className: "ghost" })));
      const ghost = this.#ghosts.get(playerId);
      const { left, top, height } = this.#place(position);
      ghost.style.transform = `translate(${left}px, ${top}px)`;
      ghost.style.height = `${height}px`;
      ghost.dataset.colour = colour;
    }
  }

  #place(position) {
    const letter = this.#letters[Math.min(position, this.#letters.length - 1)];
    if (!letter) return { left: 0, top: 0, height: 0 };
    const behind = position >= this.#letters.length ? letter.offsetWidth : 0;
    return { left: letter.offsetLeft + behind, top: letter.offsetTop, height: letter.offsetHeight };
  }

  #scrollTo(top, height) {
    const room = this.box.clientHeight;
    if (top === this.#line && room === this.#room) return;
    const wanted = top - (room - height) * 0.4;
    this.box.scrollTo({ top: wanted, behavior: this.#line === null || room !== this.#room ? "instant" : glide() });
    [this.#line, this.#room] = [top, room];
  }
}

// ---- which kind each letter of a program is of; in this file, because each file more is a round trip for somebody far away ----

const words = (text) => new Set(text.split(" "));
const c = "auto bool break case char class const constexpr continue default delete do double else enum explicit extern false "
  + "float for if inline int long namespace new noexcept nullptr operator override private protected public return short "
  + "signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void while";
const java = "abstract boolean break byte case catch char class continue default do double else enum extends false final "
  + "finally float for if implements import int interface long new null package private protected public record return short "
  + "static super switch this throw throws true try var void while";
const script = "as async await break case catch class const continue default delete do else export extends false finally for "
  + "from function if import in instanceof let new null of return static super switch this throw true try typeof undefined "
  + "var void while yield interface type enum implements readonly string number boolean";
const keywords = {
  c: words(c), cpp: words(c), "c++": words(c), java: words(java), javascript: words(script), typescript: words(script),
  csharp: words(`${java} async await bool decimal foreach get in internal is namespace out override params readonly ref sealed set string struct using value virtual where`),
  kotlin: words(`${java} data fun object override val when in is by companion sealed it`),
  python: words("and as assert async await break class continue def del elif else except False finally for from global if "
    + "import in is lambda None nonlocal not or pass raise return self True try while with yield"),
  rust: words("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move "
    + "mut pub ref return self Self static struct super trait true type unsafe use where while bool char f64 i32 i64 str u8 "
    + "u32 u64 usize"),
  go: words("break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    + "range return select struct switch type var nil true false int string bool byte error float64"),
  ruby: words("alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo "
    + "rescue retry return self super then true undef unless until when while yield"),
  shell: words("break case continue do done elif else esac exit export fi for function if in local read return set shift then "
    + "trap until while echo printf"),
  sql: words("add all alter and as asc between by case check create cross delete desc distinct drop else end exists for "
    + "foreign from group having in index inner insert integer into is join key left like limit not null on or order outer "
    + "over partition primary references select set table text then union unique update using values view when where with"),
  lua: words("and break do else elseif end false for function goto if in local nil not or repeat return then true until while"),
};
keywords.bash = keywords.sh = keywords.shell;
keywords["c#"] = keywords.csharp;
keywords.js = keywords.javascript;

const hash = /#[^\n]*/y;
const dashes = /--[^\n]*/y;
const slashes = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const comments = { python: hash, ruby: hash, shell: hash, bash: hash, sh: hash, sql: dashes, lua: dashes };
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
    [["c", "cpp", "c++"].includes(language) ? include : null, "comment"], [text, "text"], [number, "number"]];
  for (const [pattern, kind] of first) {
    const match = pattern && found(pattern);
    if (match) return [kind, match.length];
  }
  const name = found(word);
  if (!name) return ["", String.fromCodePoint(code.codePointAt(at)).length];
  if (known.has(name) || (language === "sql" && known.has(name.toLowerCase()))) return ["keyword", name.length];
  return [/^[(!]\(?/.test(code.slice(at + name.length)) && code[at + name.length + 1] !== "=" ? "name" : "", name.length];
}
