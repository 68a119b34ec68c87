// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientproxy.h"

#include <QNetworkProxyFactory>
#include <QPromise>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

/// Systems know the proxies of web pages, and WebSockets take the same.
QNetworkProxyQuery queryFor(QUrl url)
{
    url.setScheme(url.scheme() == "wss"_L1 ? u"https"_s : u"http"_s);
    url.setUserInfo({});
    return QNetworkProxyQuery(url);
}

TestClientProxy fromQt(const QNetworkProxy &proxy)
{
    TestClientProxy found{
        .host = proxy.hostName(), .port = proxy.port(), .user = proxy.user(), .password = proxy.password()};
    switch (proxy.type()) {
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        found.kind = TestClientProxy::Kind::Http;
        return found;
    case QNetworkProxy::Socks5Proxy:
        found.kind = TestClientProxy::Kind::Socks5;
        return found;
    case QNetworkProxy::NoProxy:
    case QNetworkProxy::DefaultProxy:
    case QNetworkProxy::FtpCachingProxy:
        break;
    }
    return {};
}

} // namespace

QNetworkProxy qtProxy(const TestClientProxy &proxy)
{
    if (proxy.kind != TestClientProxy::Kind::Http && proxy.kind != TestClientProxy::Kind::Socks5)
        return QNetworkProxy::NoProxy;
    const bool isHttp = proxy.kind == TestClientProxy::Kind::Http;
    return {isHttp ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, proxy.host, proxy.port, proxy.user,
            proxy.password};
}

QFuture<TestClientProxy> systemProxyFor(const QUrl &url)
{
    auto promise = std::make_shared<QPromise<TestClientProxy>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, query = queryFor(url)] {
        const QList<QNetworkProxy> found = QNetworkProxyFactory::systemProxyForQuery(query);
        promise->addResult(found.isEmpty() ? TestClientProxy() : fromQt(found.first()));
        promise->finish();
    });
    return promise->future();
}

} // namespace glasshouse
