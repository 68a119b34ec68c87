// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/pages.h"

#include "server/config/serverconfig.h"
#include "server/http/contents/contenttypes.h"
#include "server/http/contents/webroot.h"
#include "server/http/httprequest.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

const QString folder = u":/web"_s;
constexpr QByteArrayView guardTag = "<script src=\"guard.js\"></script>";

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray sha256(const QByteArray &contents) { return QCryptographicHash::hash(contents, QCryptographicHash::Sha256); }

QByteArray policyFor(const QByteArray &guard)
{
    return "default-src 'self'; script-src 'self' 'sha256-" + sha256(guard).toBase64()
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'";
}

// Browsers of before 2022 do not take ws: and wss: of the same host for 'self'.
QByteArray socketsAt(QByteArrayView host)
{
    const auto isOfName = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView(".:-[]").contains(c);
    };
    const bool isName = !host.isEmpty() && std::all_of(host.begin(), host.end(), isOfName);
    return isName ? " ws://" + host.toByteArray() + " wss://" + host.toByteArray() : QByteArray();
}

HttpAnswer withSockets(HttpAnswer answer, QByteArrayView host)
{
    for (HttpHeader &header : answer.headers) {
        if (header.name == "Content-Security-Policy")
            header.value += socketsAt(host);
    }
    return answer;
}

Representation representationOf(const QByteArray &path, const QByteArray &guard)
{
    Representation page{contentTypeOf(path), {}, {{"Cache-Control", "no-cache"}, {"Vary", "Accept-Encoding"}}, {}};
    page.body = contentsOf(folder + QString::fromUtf8(path));
    if (path.endsWith(".html")) {
        page.body.replace(guardTag, "<script>" + guard + "</script>");
        // An address may hold a token until its page has taken it away.
        page.headers.append(HttpHeader{"Referrer-Policy", "no-referrer"});
        page.headers.append({"Content-Security-Policy", policyFor(guard)});
    }
    page.etag = '"' + sha256(page.body).first(12).toHex() + '"';
    return page;
}

std::optional<Representation> gzippedOf(Representation page)
{
    const qsizetype plainSize = page.body.size();
    page.body = gzipped(page.body);
    page.etag.insert(page.etag.size() - 1, "-gzip");
    page.headers.append(HttpHeader{"Content-Encoding", "gzip"});
    return !page.body.isEmpty() && page.body.size() < plainSize ? std::optional(page) : std::nullopt;
}

/// A target in the ways it may be meant, see destinationOf(); the likely one first.
QList<HttpHead> readingsOf(const HttpRequest &request)
{
    HttpHead whole = request.head;
    whole.target = request.receivedTarget;
    return whole.target == request.head.target ? QList{whole} : QList{request.head, whole};
}

/// Some pages have an address without their file's name, short enough to be typed.
QByteArray fileOf(QByteArrayView path)
{
    if (path == QByteArrayView("/"))
        return "/index.html";
    return path == QByteArrayView("/check") ? QByteArray("/check.html") : path.toByteArray();
}

std::optional<HttpAnswer> ownAnswer(const OwnPages &pages, const HttpHead &request)
{
    const Representation *found = pages.find(request);
    if (found == nullptr)
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        return methodNotAllowed("GET, HEAD");
    return withSockets(answerFrom(*found, request), request.value("Host"));
}

HttpAnswer pageOf(const QString &webRoot, const OwnPages &pages, const QList<HttpHead> &readings)
{
    for (const HttpHead &reading : readings) {
        if (auto file = webRootAnswer(webRoot, reading))
            return *file;
        if (auto own = ownAnswer(pages, reading))
            return *own;
    }
    return nothingHere();
}

} // namespace

OwnPages::OwnPages()
{
    const QByteArray guard = contentsOf(folder + u"/guard.js"_s);
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray path = files.next().sliced(folder.size()).toUtf8();
        const Representation plain = representationOf(path, guard);
        m_pages.insert(path, {plain, gzippedOf(plain)});
    }
}

const Representation *OwnPages::find(const HttpHead &request) const
{
    const auto found = m_pages.constFind(fileOf(request.path()));
    if (found == m_pages.cend())
        return nullptr;
    const bool isWanted = found->gzipped && preferredCoding(request, {ContentCoding::Gzip}) == ContentCoding::Gzip;
    return isWanted ? &*found->gzipped : &found->plain;
}

HttpAnswer answerPage(const HttpServices &services, const HttpRequest &request)
{
    const QByteArray &base = services.config.basePath;
    if (!base.isEmpty() && request.head.path() == base) // relative links need the slash
        return slashAnswer(request.head);
    const QString &webRoot = services.config.webRoot;
    const QList<HttpHead> readings = readingsOf(request);
    if (webRoot.isEmpty())
        return pageOf(webRoot, *services.pages, readings);
    HttpAnswer later;
    later.fromDisk = [webRoot, pages = services.pages, readings] { return pageOf(webRoot, *pages, readings); };
    return later;
}

} // namespace glasshouse
