// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/errorpage.h"

#include "protocol/httpchars.h"
#include "protocol/quality.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

struct Page
{
    const char *title;
    const char *text;
};

struct Words
{
    int status; ///< 0: all the others
    bool leadsHome;
    std::array<Page, 2> pages; ///< in the order of `languages`
};

// The languages of the pages for players, see resources/web/texts.js. The first is for who wants neither.
constexpr std::array languages{"en", "de"};

constexpr Words words[] = {
    {400,
     false,
     {{{"Not understood", "The server can make nothing of this request."},
       {"Nicht verstanden", "Der Server kann mit dieser Anfrage nichts anfangen."}}}},
    {401,
     false,
     {{{"With a token only", "Only who has the right token gets in here."},
       {"Nur mit Token", "Hier kommt nur herein, wer das richtige Token hat."}}}},
    {403,
     true,
     {{{"Not allowed", "This is not open to everybody."}, {"Nicht erlaubt", "Das steht nicht allen offen."}}}},
    {404,
     true,
     {{{"Nothing here", "There is no such page on this server."},
       {"Hier ist nichts", "Diese Seite gibt es auf diesem Server nicht."}}}},
    {421,
     false,
     {{{"Another name", "This server does not answer to the name in the address."},
       {"Anderer Name", "Auf den Namen in der Adresse hört dieser Server nicht."}}}},
    {426,
     true,
     {{{"For games", "Games connect to this address. People find the rooms on the start page."},
       {"Für Spiele", "Mit dieser Adresse verbinden sich Spiele. Menschen finden die Räume auf der Startseite."}}}},
    {429,
     false,
     {{{"Too much at once", "Too much came from your address in a short time."},
       {"Zu viel auf einmal", "Von deiner Adresse kam in kurzer Zeit zu viel."}}}},
    {503,
     false,
     {{{"Not now", "The server has no time at the moment, or is about to close."},
       {"Gerade nicht", "Der Server hat im Moment keine Zeit oder schließt gleich."}}}},
    {0, false, {{{"An error", "This did not work."}, {"Ein Fehler", "Das hat nicht geklappt."}}}},
};

struct Phrases
{
    const char *again; ///< before and behind the seconds
    const char *behind;
    const char *home;
};
constexpr std::array<Phrases, 2> phrases{{
    {"This page tries again by itself every ", " s.", "To the start page"},
    {"Diese Seite versucht es alle ", " s von selbst noch einmal.", "Zur Startseite"},
}};

constexpr QByteArrayView style =
    ":root{color-scheme:light dark}"
    "body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem;overflow-wrap:anywhere}"
    "small{opacity:.75}";

const Words &wordsFor(int status)
{
    return *std::find_if(std::begin(words), std::end(words) - 1,
                         [status](const Words &row) { return row.status == status; });
}

/// How much a language is wanted (RFC 4647, 3.4: "de-AT" is served by "de").
int wishFor(QByteArrayView language, const QList<QByteArray> &accepted)
{
    int most = 0;
    for (const QByteArray &element : accepted) {
        const QByteArray range = element.split(';').constFirst().trimmed();
        if (httpchars::isSame(range.split('-').constFirst(), language))
            most = std::max(most, qualityOf(range, {element}).value_or(0));
    }
    return most;
}

size_t languageFor(const HttpHead &request)
{
    const QList<QByteArray> accepted = request.list("Accept-Language");
    size_t best = 0;
    for (size_t i = 1; i < languages.size(); ++i) {
        if (wishFor(languages[i], accepted) > wishFor(languages[best], accepted))
            best = i;
    }
    return best;
}

QByteArray escaped(QByteArrayView text) { return QString::fromUtf8(text).toHtmlEscaped().toUtf8(); }

QByteArray retryAfter(const HttpAnswer &answer)
{
    for (const HttpHeader &header : answer.headers) {
        if (header.name == "Retry-After")
            return header.value;
    }
    return {};
}

/// Relative, so that it holds behind every proxy.
QByteArray wayHome(const HttpHead &request)
{
    const QByteArray up = QByteArray("../").repeated(std::max<qsizetype>(0, request.path().count('/') - 1));
    return up.isEmpty() ? "./" : up;
}

QByteArray pageOf(const HttpAnswer &answer, const HttpHead &request)
{
    const size_t language = languageFor(request);
    const Words &row = wordsFor(answer.status);
    const Page &page = row.pages[language];
    const Phrases &phrase = phrases[language];
    const QByteArray seconds = retryAfter(answer);
    const bool comesBack = !seconds.isEmpty();
    QByteArray html = QByteArray("<!doctype html>\n<html lang=\"") + languages[language]
        + "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    if (comesBack)
        html += "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">\n";
    html += QByteArray("<title>") + page.title + "</title>\n<style>" + style.toByteArray()
        + "</style>\n</head>\n<body>\n<h1>" + page.title + "</h1>\n<p>" + page.text + "</p>\n";
    if (comesBack)
        html += QByteArray("<p>") + phrase.again + seconds + phrase.behind + "</p>\n";
    if (row.leadsHome)
        html += "<p><a href=\"" + wayHome(request) + "\">" + phrase.home + "</a></p>\n";
    // Whoever has to mend it wants to know in the words that the documentation has.
    return html + "<p lang=\"en\"><small>" + QByteArray::number(answer.status) + ' '
        + escaped(httpReason(answer.status)) + ": " + escaped(answer.problem) + "</small></p>\n</body>\n</html>\n";
}

QByteArray policy()
{
    static const QByteArray hash = QCryptographicHash::hash(style.toByteArray(), QCryptographicHash::Sha256).toBase64();
    return "default-src 'none'; style-src 'sha256-" + hash
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

} // namespace

HttpAnswer readable(HttpAnswer answer, const HttpHead &request)
{
    if (answer.problem.isEmpty() || qualityOf("text/html", request.list("Accept")).value_or(0) == 0)
        return answer;
    answer.contentType = "text/html; charset=utf-8";
    answer.body = pageOf(answer, request);
    answer.headers += {{"Cache-Control", "no-store"}, {"Vary", "Accept, Accept-Language"}};
    answer.headers += {{"Content-Security-Policy", policy()}, {"Referrer-Policy", "no-referrer"}};
    return answer;
}

} // namespace glasshouse
