// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/webnames.h"

#include "protocol/basepath.h"

#include <QUrl>

namespace glasshouse {

using namespace Qt::StringLiterals;

bool isPublicUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return isWeb && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment()
        && isValidBasePath(url.path().toUtf8()) && !text.contains(u'@');
}

bool isOrigin(const QString &text)
{
    if (text == "*"_L1 || text == "null"_L1)
        return true;
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty()
        && text.compare(url.scheme() + u"://"_s + url.authority(), Qt::CaseInsensitive) == 0 && !text.contains(u'@');
}

QString originOfPage(const QString &url)
{
    const QUrl page(url, QUrl::StrictMode);
    return page.isValid() && !page.host().isEmpty() ? page.scheme() + u"://"_s + page.authority() : url;
}

bool isHostName(const QString &text)
{
    const QUrl url(u"http://"_s + text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && text.compare(url.authority(), Qt::CaseInsensitive) == 0
        && !text.contains(u'@');
}

} // namespace glasshouse
