// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/basepath.h"

#include <QList>
#include <QUrl>
#include <algorithm>

namespace glasshouse {

namespace {

bool isName(const QByteArray &name)
{
    const auto isGood = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("-._~").contains(c);
    };
    return !name.isEmpty() && !name.startsWith('.') && std::all_of(name.begin(), name.end(), isGood);
}

} // namespace

bool isValidBasePath(QByteArrayView path)
{
    if (path.isEmpty())
        return true;
    const QList<QByteArray> names = path.sliced(1).toByteArray().split('/');
    return path.startsWith('/') && std::all_of(names.begin(), names.end(), isName);
}

QByteArray withoutBasePath(QByteArrayView target, QByteArrayView basePath)
{
    const bool isBehind = !basePath.isEmpty() && target.size() > basePath.size() && target.startsWith(basePath)
        && target.at(basePath.size()) == '/';
    return (isBehind ? target.sliced(basePath.size()) : target).toByteArray();
}

QByteArray publicSocketUrl(const QByteArray &publicUrl, const QByteArray &basePath)
{
    const QUrl url(QString::fromUtf8(publicUrl), QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool isSecure = scheme == QLatin1StringView("https") || scheme == QLatin1StringView("wss");
    const bool isPlain = scheme == QLatin1StringView("http") || scheme == QLatin1StringView("ws");
    if (!url.isValid() || url.host().isEmpty() || (!isSecure && !isPlain))
        return {};
    QByteArray path = url.path(QUrl::FullyEncoded).toUtf8();
    while (path.endsWith('/'))
        path.chop(1);
    return (isSecure ? "wss://" : "ws://") + url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo).toUtf8()
        + (path.isEmpty() ? basePath : path);
}

} // namespace glasshouse
