// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Elements, and what is said to people.

import { hasText, language, languages, setLanguage, t } from "./texts.js";

/** make("button", { className: "quiet", onclick }, "Text", node …). Nothing here ever sets HTML. */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** make() with a text that follows the language. */
export const makeText = (tag, key, properties = {}, values = {}) =>
  make(tag, { ...properties, "data-t": key, "data-t-values": JSON.stringify(values) }, t(key, values));

/** Gives a node that is there a text that follows the language; without a key: none. */
export function putText(node, key, values = {}) {
  if (!key) {
    for (const name of ["data-t", "data-t-values"]) node.removeAttribute(name);
    node.textContent = "";
    return;
  }
  Object.assign(node.dataset, { t: key, tValues: JSON.stringify(values) });
  node.textContent = t(key, values);
}

/** Has a node, that holds nothing but text, hold this one. The same again, or a new node, would be laid out anew. */
export function write(node, text) {
  if (node.textContent === text) return;
  if (node.firstChild) node.firstChild.data = text;
  else node.textContent = text;
}

/** A dialogue that closes where one clicks beside it, too. The key is that of its name. */
export function dialog(key, ...content) {
  const box = make("dialog", { "data-t-label": key, "aria-label": t(key) }, ...content);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return box;
}

export function languageSwitch() {
  const box = make("select", { className: "language" },
    ...Object.entries(languages).map(([tag, name]) => make("option", { value: tag, selected: tag === language(), lang: tag }, name)));
  box.dataset.tLabel = "app.language";
  box.setAttribute("aria-label", t("app.language"));
  box.addEventListener("change", () => setLanguage(box.value));
  return box;
}

export const icon = () => make("img", { src: "icon.svg", alt: "", width: 32, height: 32 });

const still = matchMedia("(prefers-reduced-motion: reduce)");
/** How a script scrolls. */
export const glide = () => (still.matches ? "instant" : "smooth");

// They are there from the beginning, because a screen reader only says what changes in a region that it knows.
const spoken = document.body.appendChild(make("div", { className: "unseen", role: "log", "aria-live": "polite" }));
const toasts = document.body.appendChild(make("div", { className: "toasts", role: "status", "aria-live": "polite" }));

/** Has a screen reader say it, when it has finished what it says. */
export function announce(text) {
  spoken.append(make("p", {}, text));
  while (spoken.childElementCount > 5) spoken.firstElementChild.remove();
}

/** A short note that goes away by itself; said by a screen reader, too. */
export const toast = (text) => showToast(make("p", {}, text));
export const toastText = (key, values) => showToast(makeText("p", key, {}, values));

function showToast(note) {
  toasts.append(note);
  while (toasts.childElementCount > 3) toasts.firstElementChild.remove();
  setTimeout(() => note.remove(), 4000);
}

/** What an `error` of the server, or what request() rejected with, means. */
export function errorText({ code, message } = {}) {
  const words = hasText(`error.${code}`) ? t(`error.${code}`) : t("error.bad_data");
  if (!message || code === "timeout" || code === "lost") return words;
  return language() === "en" ? message[0].toUpperCase() + message.slice(1) + "." : `${words} (${message})`;
}
