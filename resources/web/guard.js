// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Says so when the page could not load, and loads it again when the server has time. It stands in the page itself (see the
// server's OwnPages), so it needs no other file; it is written for browsers that do not know modules, too.
(function () {
  var texts = {
    en: { title: "This page could not load.", away: "The server does not answer.", said: "The server says: ", next: "Trying again in {s} s.",
      stuck: "This browser may be too old for it, or something keeps files from it.", now: "Try again" },
    de: { title: "Diese Seite konnte nicht geladen werden.", away: "Der Server antwortet nicht.", said: "Der Server sagt: ",
      next: "Neuer Versuch in {s} s.", stuck: "Vielleicht ist dieser Browser zu alt, oder etwas hält Dateien von ihm fern.", now: "Neu laden" }
  };
  var failed = []; // addresses of files that did not arrive
  var mostTries = 3; // without a reason: whatever it is, waiting does not help
  var key = "loads:" + location.pathname;

  function stored() { try { return localStorage.getItem("language"); } catch (e) { return null; } }
  var words = texts[(stored() || navigator.language || "en").slice(0, 2)] || texts.en;

  /** How often this tab has tried; with a number: keeps that. */
  function tries(count) {
    try {
      if (count !== undefined) sessionStorage.setItem(key, count);
      return Number(sessionStorage.getItem(key)) || 0;
    } catch (e) { return mostTries; } // who can not count does not load again and again
  }

  /** The module of the page has filled its header. */
  function hasStarted() { var top = document.getElementById("top"); return Boolean(top && top.firstChild); }

  function show(lines) {
    var box = document.getElementById("guard");
    if (!box) {
      box = document.createElement("div");
      box.id = "guard";
      box.setAttribute("role", "alert");
      box.style.cssText = "margin:1rem;padding:1rem;border:2px solid;border-radius:.5rem;font:1rem/1.5 system-ui,sans-serif";
      document.body.insertBefore(box, document.body.firstChild);
    }
    box.textContent = "";
    lines.forEach(function (line) { box.appendChild(document.createElement("p")).textContent = line; });
    var button = box.appendChild(document.createElement("button"));
    button.textContent = words.now;
    button.onclick = function () { location.reload(); };
  }

  function reloadIn(seconds, why) {
    var at = Date.now() + seconds * 1000;
    tries(tries() + 1);
    show([words.title, why, words.next.replace("{s}", Math.ceil(seconds))]);
    setTimeout(function () { location.reload(); }, Math.max(0, at - Date.now()));
  }

  /** Asks for the file again. Then it is known why it did not come, or it is there for the next try. */
  function ask(address) {
    return fetch(address, { cache: "no-cache" }).then(function (answer) {
      if (answer.ok) return null;
      var seconds = Number(answer.headers.get("Retry-After")) || 5;
      return answer.json().then(function (body) { return body.message; }, function () { return answer.statusText; })
        .then(function (message) { return { seconds: seconds, words: words.said + message }; });
    }, function () { return { seconds: 5, words: words.away }; });
  }

  function explain(addresses) {
    if (!addresses.length) {
      if (tries() >= mostTries) return show([words.title, words.stuck]);
      return reloadIn(1 + tries(), "");
    }
    return ask(addresses[0]).then(function (trouble) {
      if (!trouble) return explain(addresses.slice(1));
      reloadIn(trouble.seconds + Math.random(), trouble.words); // a class that was refused together does not come back at once
    });
  }

  function needed() {
    var found = document.querySelectorAll("script[src], link[rel=modulepreload], link[rel=stylesheet]");
    return Array.prototype.map.call(found, function (node) { return node.src || node.href; });
  }

  addEventListener("error", function (event) { if (/^(LINK|SCRIPT)$/.test(event.target.tagName)) failed.push(event.target); }, true);
  addEventListener("load", function () {
    var isBare = failed.some(function (node) { return node.rel === "stylesheet"; });
    if (hasStarted() && !isBare) return tries() && tries(0);
    show([words.title]);
    explain(needed());
  });
})();
