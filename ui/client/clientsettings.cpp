// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientsettings.h"

#include "ui/client/clientsecrets.h"

#include <QSettings>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int maxUrls = 20;
constexpr qsizetype maxMessageLength = 16 * 1024;

QString key(const char *name) { return u"testClient/"_s + QLatin1String(name); }

QStringList headersToKeep(const HttpHeaders &headers)
{
    QStringList lines;
    for (const HttpHeader &header : headers)
        lines << QString::fromUtf8(header.name) + u':'
                + QString::fromUtf8(isSecretValue(header.name, header.value) ? QByteArray() : header.value);
    return lines;
}

} // namespace

void saveOptions(QSettings &settings, const TestClientOptions &options)
{
    QStringList subprotocols;
    const QList<QByteArray> secret = secretSubprotocols(options.subprotocols);
    for (const QByteArray &name : options.subprotocols) {
        if (!secret.contains(name))
            subprotocols << QString::fromUtf8(name);
    }
    settings.setValue(key("origin"), QString::fromUtf8(options.origin));
    settings.setValue(key("subprotocols"), subprotocols);
    settings.setValue(key("headers"), headersToKeep(options.headers));
    settings.setValue(key("openingMs"), options.openingMs);
    settings.setValue(key("pingMs"), options.pingMs);
    settings.setValue(key("answerPings"), options.answerPings);
    settings.setValue(key("reconnect"), options.reconnect.enabled);
}

TestClientOptions loadOptions(const QSettings &settings)
{
    TestClientOptions options; // certificate errors are ignored for one window only, never by default
    options.origin = settings.value(key("origin")).toString().toUtf8();
    for (const QString &name : settings.value(key("subprotocols")).toStringList())
        options.subprotocols.append(name.toUtf8());
    for (const QString &line : settings.value(key("headers")).toStringList())
        options.headers.append({line.section(u':', 0, 0).toUtf8(), line.section(u':', 1).toUtf8()});
    options.openingMs = qBound(100, settings.value(key("openingMs"), options.openingMs).toInt(), 600'000);
    options.pingMs = qBound(0, settings.value(key("pingMs"), 0).toInt(), 3'600'000);
    options.answerPings = settings.value(key("answerPings"), true).toBool();
    options.reconnect.enabled = settings.value(key("reconnect"), false).toBool();
    return options;
}

void saveMessages(QSettings &settings, const QStringList &messages)
{
    QStringList kept;
    std::ranges::copy_if(messages, std::back_inserter(kept),
                         [](const QString &m) { return m.size() <= maxMessageLength && !mayHoldSecret(m); });
    settings.setValue(key("messages"), kept);
}

QStringList loadMessages(const QSettings &settings) { return settings.value(key("messages")).toStringList(); }

void saveUrls(QSettings &settings, const QStringList &urls)
{
    QStringList kept;
    for (const QString &url : urls.mid(0, maxUrls))
        kept << withoutSecrets(QUrl(url)).toString();
    kept.removeDuplicates();
    settings.setValue(key("urls"), kept);
}

QStringList loadUrls(const QSettings &settings) { return settings.value(key("urls")).toStringList(); }

} // namespace glasshouse
