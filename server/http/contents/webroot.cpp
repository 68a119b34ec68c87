// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/webroot.h"

#include "net/transport/descriptors.h"
#include "server/http/contents/contenttypes.h"
#include "server/http/contents/representation.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

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

/// Where it really is, with all links followed; a path that is empty: not in the folder.
QFileInfo placeInside(const QString &root, const QString &path)
{
    const QString folder = QFileInfo(root).canonicalFilePath();
    const QString real = QFileInfo(root + u'/' + path).canonicalFilePath();
    const QString start = folder.endsWith(u'/') ? folder : folder + u'/';
    if (folder.isEmpty() || !real.startsWith(start) || real.sliced(start.size()).contains("/."_L1)
        || real.at(start.size()) == u'.')
        return {};
    return QFileInfo(real);
}

bool isFile(const QFileInfo &place) { return !place.filePath().isEmpty() && place.isFile(); } // no devices, no pipes

bool isFolder(const QFileInfo &place) { return !place.filePath().isEmpty() && place.isDir(); }

/// A file, and where others stand for it, which of them the client likes best.
struct Choice
{
    QFileInfo file;
    ContentCoding coding = ContentCoding::Identity; ///< besides what the name says
    bool isChosen = false;                          ///< there were others
};

Choice choose(const QString &root, const QString &path, const QFileInfo &plain, const HttpHead &request)
{
    QHash<ContentCoding, QFileInfo> others;
    QList<ContentCoding> there;
    for (const auto &[coding, end] : {std::pair{ContentCoding::Brotli, ".br"_L1}, {ContentCoding::Gzip, ".gz"_L1}}) {
        const QFileInfo other = placeInside(root, path + end);
        if (namesCoding(path.toUtf8()) || !isFile(other)
            || other.lastModified() < plain.lastModified()) // forgotten when the file was changed
            continue;
        others.insert(coding, other);
        there += coding;
    }
    const ContentCoding best = preferredCoding(request, there);
    return {others.value(best, plain), best, !there.isEmpty()};
}

QByteArray tagOf(const QFileInfo &file, ContentCoding coding)
{
    QByteArray tag =
        QByteArray::number(file.size(), 16) + '-' + QByteArray::number(file.lastModified().toMSecsSinceEpoch(), 16);
    if (coding != ContentCoding::Identity)
        tag += '-' + nameOf(coding).toByteArray();
    return '"' + tag + '"';
}

HttpHeaders headersOf(const Choice &choice, ContentCoding coding)
{
    HttpHeaders headers{{"Cache-Control", "no-cache"}};
    if (coding != ContentCoding::Identity)
        headers.append({"Content-Encoding", nameOf(coding).toByteArray()});
    if (choice.isChosen)
        headers.append(HttpHeader{"Vary", "Accept-Encoding"});
    return headers;
}

/// Small ones are read at once; the others piece by piece, while they are sent. HEAD needs nothing of them.
void fill(Representation &page, const std::shared_ptr<QFile> &file, const HttpHead &request)
{
    if (request.method == "GET" && file->size() <= smallWebFileBytes)
        page.body = file->read(smallWebFileBytes);
    else
        page.file = FilePart{file, 0, file->size()};
}

HttpAnswer fileAnswer(const Choice &choice, const QByteArray &path, const HttpHead &request)
{
    const auto file = std::make_shared<QFile>(choice.file.filePath());
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return errorAnswer(403, "this file can not be read");
    if (!leavesReserve(file->handle()))
        return errorAnswer(503, "too many files are open: come back in a moment", {{"Retry-After", "5"}});
    FileKind kind = fileKindOf(path, file->peek(kindBytes));
    if (choice.coding != ContentCoding::Identity)
        kind.coding = choice.coding;
    Representation page{kind.contentType, tagOf(choice.file, choice.coding), headersOf(choice, kind.coding), {}};
    fill(page, file, request);
    HttpAnswer answer = answerFrom(page, request);
    answer.isOfWebRoot = true;
    return answer;
}

} // namespace

HttpAnswer slashAnswer(const HttpHead &request)
{
    const QByteArrayView path = request.path();
    const QByteArray query = request.target.sliced(path.size());
    const QByteArray name = path.sliced(path.lastIndexOf('/') + 1).toByteArray();
    return {308, {}, {}, {{"Location", "./" + name + '/' + query}, {"Cache-Control", "no-cache"}}};
}

std::optional<HttpAnswer> webRootAnswer(const QString &root, const HttpHead &request)
{
    const QString path = pathInside(request);
    if (root.isEmpty() || path.isEmpty())
        return std::nullopt;
    const QFileInfo place = placeInside(root, path);
    const bool leadsOn = isFolder(place) && isFile(placeInside(root, path + "/index.html"_L1));
    if (!leadsOn && !isFile(place))
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        return methodNotAllowed("GET, HEAD");
    return leadsOn ? slashAnswer(request) : fileAnswer(choose(root, path, place, request), path.toUtf8(), request);
}

} // namespace glasshouse
