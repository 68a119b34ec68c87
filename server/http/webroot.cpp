// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/webroot.h"

#include "net/transport/descriptors.h"
#include "server/http/representation.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// What games are made of. A table of our own says the same on every system.
constexpr std::pair<QByteArrayView, const char *> contentTypes[] = {
    {"html", "text/html; charset=utf-8"},
    {"htm", "text/html; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"ts", "text/plain; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/plain; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"xml", "application/xml"},
    {"wasm", "application/wasm"},
    {"pdf", "application/pdf"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"ico", "image/x-icon"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"mp3", "audio/mpeg"},
    {"ogg", "audio/ogg"},
    {"wav", "audio/wav"},
    {"mp4", "video/mp4"},
    {"webm", "video/webm"},
};

/// The path in the folder, or an empty string where it is not to be looked for.
QString pathInside(const HttpHead &request)
{
    const auto decoded = percentDecoded(request.path());
    if (!decoded || !decoded->startsWith('/'))
        return {};
    QByteArray path = decoded->sliced(1);
    if (path.isEmpty() || path.endsWith('/'))
        path += "index.html";
    const auto isBad = [](const QByteArray &name) {
        const auto isBadLetter = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\\' || c == ':'; };
        return name.isEmpty() || name.startsWith('.') || std::any_of(name.begin(), name.end(), isBadLetter);
    };
    const QList<QByteArray> names = path.split('/');
    return std::any_of(names.begin(), names.end(), isBad) ? QString() : QString::fromUtf8(path);
}

/// Where the file really is, with all links followed; empty: not in the folder, or no file.
QFileInfo fileInside(const QString &root, const QString &path)
{
    const QString folder = QFileInfo(root).canonicalFilePath();
    const QString real = QFileInfo(root + u'/' + path).canonicalFilePath();
    const QString start = folder.endsWith(u'/') ? folder : folder + u'/';
    if (folder.isEmpty() || !real.startsWith(start) || real.sliced(start.size()).contains("/."_L1)
        || real.at(start.size()) == u'.')
        return {};
    const QFileInfo info(real);
    return info.isFile() ? info : QFileInfo(); // no devices, no pipes
}

/// Small ones are read at once; the others piece by piece, while they are sent. HEAD needs nothing of them.
void fill(Representation &page, const std::shared_ptr<QFile> &file, const HttpHead &request)
{
    if (request.method == "GET" && file->size() <= smallWebFileBytes)
        page.body = file->read(smallWebFileBytes);
    else
        page.file = FilePart{file, 0, file->size()};
}

} // namespace

QByteArray contentTypeOf(QByteArrayView path)
{
    const QByteArray end = path.sliced(path.lastIndexOf('.') + 1).toByteArray().toLower();
    for (const auto &[name, type] : contentTypes) {
        if (name == QByteArrayView(end))
            return type;
    }
    return "application/octet-stream";
}

std::optional<HttpAnswer> webRootAnswer(const QString &root, const HttpHead &request)
{
    const QString path = pathInside(request);
    if (root.isEmpty() || path.isEmpty())
        return std::nullopt;
    const QFileInfo info = fileInside(root, path);
    if (info.filePath().isEmpty())
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        return methodNotAllowed("GET, HEAD");
    const auto file = std::make_shared<QFile>(info.filePath());
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return errorAnswer(403, "this file can not be read");
    if (!leavesReserve(file->handle()))
        return errorAnswer(503, "too many files are open: come back in a moment", {{"Retry-After", "5"}});
    const QByteArray tag = '"' + QByteArray::number(file->size(), 16) + '-'
        + QByteArray::number(info.lastModified().toMSecsSinceEpoch(), 16) + '"';
    Representation page{contentTypeOf(path.toUtf8()), tag, {{"Cache-Control", "no-cache"}}, {}};
    fill(page, file, request);
    return answerFrom(page, request);
}

} // namespace glasshouse
