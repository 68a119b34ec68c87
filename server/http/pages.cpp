// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/pages.h"

#include "server/config/serverconfig.h"
#include "server/http/httprequest.h"
#include "server/http/webroot.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

const QString folder = u":/web"_s;

QByteArray tagOf(const QByteArray &contents)
{
    return '"' + QCryptographicHash::hash(contents, QCryptographicHash::Sha256).first(12).toHex() + '"';
}

/// A target in the ways it may be meant, see destinationOf(); the likely one first.
QList<HttpHead> readingsOf(const HttpRequest &request)
{
    HttpHead whole = request.head;
    whole.target = request.receivedTarget;
    return whole.target == request.head.target ? QList{whole} : QList{request.head, whole};
}

std::optional<HttpAnswer> ownAnswer(const OwnPages &pages, const HttpHead &request)
{
    const Representation *found = pages.find(request.path());
    if (found == nullptr)
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        return methodNotAllowed("GET, HEAD");
    return answerFrom(*found, request);
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
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray path = file.fileName().sliced(folder.size()).toUtf8();
        const QByteArray body = file.readAll();
        m_pages.insert(path,
                       {contentTypeOf(path),
                        tagOf(body),
                        {{"Content-Security-Policy",
                          "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'"},
                         {"Cache-Control", "no-cache"}},
                        body});
    }
}

const Representation *OwnPages::find(QByteArrayView path) const
{
    const auto found = m_pages.constFind(path == QByteArrayView("/") ? QByteArray("/index.html") : path.toByteArray());
    return found == m_pages.cend() ? nullptr : &*found;
}

HttpAnswer answerPage(const HttpServices &services, const HttpRequest &request)
{
    const QByteArray &base = services.config.basePath;
    if (!base.isEmpty() && request.head.path() == base) // relative links need the slash
        return {308, {}, {}, {{"Location", base + '/' + request.head.target.sliced(base.size())}}};
    const QString &webRoot = services.config.webRoot;
    const QList<HttpHead> readings = readingsOf(request);
    if (webRoot.isEmpty())
        return pageOf(webRoot, *services.pages, readings);
    HttpAnswer later;
    later.fromDisk = [webRoot, pages = services.pages, readings] { return pageOf(webRoot, *pages, readings); };
    return later;
}

} // namespace glasshouse
