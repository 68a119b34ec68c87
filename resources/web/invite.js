// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How others come into a room. Loaded when somebody asks for it.

import { dialog, make, makeText, putText } from "./dom.js";
import { t } from "./texts.js";

const svg = (tag, attributes) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const quiet = 4; // modules of margin that readers of QR codes need

/** qr: {size, path} as the server draws it. */
function qrPicture({ size, path }) {
  const side = size + 2 * quiet;
  const picture = svg("svg", { viewBox: `${-quiet} ${-quiet} ${side} ${side}`, role: "img", class: "qr", "data-t-label": "invite.qr", "aria-label": t("invite.qr") });
  picture.append(svg("rect", { x: -quiet, y: -quiet, width: side, height: side, fill: "#fff" }), svg("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }));
  return picture;
}

async function ask(path) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** Shows the address by which others come, as the server knows it: the one of this page may lead to this device alone. */
export function inviteDialog(code) {
  const link = make("input", { readOnly: true, onfocus: () => link.select() });
  const label = make("label", {}, makeText("span", "invite.link"), link);
  const about = makeText("p", "invite.about", { className: "soft" });
  const token = makeText("p", "invite.token", { className: "notice", hidden: true });
  const place = make("div", { className: "qr-place", hidden: true });
  const said = make("p", { role: "status", className: "soft said" });
  // navigator.clipboard and navigator.share exist with HTTPS only; a game at home has none.
  const copy = async () => {
    try { await navigator.clipboard.writeText(link.value); } catch { link.select(); document.execCommand("copy"); }
    putText(said, "invite.copied");
  };
  const buttons = [
    navigator.share && makeText("button", "invite.share", { type: "button", className: "quiet",
      onclick: () => navigator.share({ title: t("app.title"), url: link.value }).catch(() => {}) }),
    makeText("button", "invite.copy", { type: "button", className: "quiet", onclick: copy }),
  ].filter(Boolean);
  const show = ({ url, qr }) => {
    link.value = url ?? "";
    for (const node of [label, ...buttons]) node.hidden = !url;
    putText(about, url ? "invite.about" : "invite.here");
    place.hidden = !qr;
    place.replaceChildren(...(qr ? [qrPicture(qr)] : []));
  };
  show({ url: new URL(`./?room=${encodeURIComponent(code)}`, location.href).href });
  const box = dialog("invite.title", makeText("h2", "invite.title"), make("p", { className: "code" }, code), place, about, token, label, said,
    make("div", { className: "buttons" }, ...buttons, makeText("button", "app.close", { type: "button", autofocus: true, onclick: () => box.close() })));
  // Where the server knows no better, or does not answer, the page's own address stays.
  ask(`api/v1/invitation?room=${encodeURIComponent(code)}`).then((told) => { if (told.url || told.reason === "bound") show(told); }, () => {});
  ask("api/v1/config").then(({ auth }) => { token.hidden = auth !== "token"; }, () => {});
}
