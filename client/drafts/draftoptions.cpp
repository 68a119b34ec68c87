// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/draftoptions.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

using Options = TestClientOptions;
using Value = QJsonValue;

struct Row
{
    QLatin1StringView name;
    Value (*write)(const Options &options);
    void (*read)(Options &options, const Value &value);
};

QString text(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

int bounded(const Value &value, int least, int now, int most) { return qBound(least, value.toInt(now), most); }

Value listOf(const QList<QByteArray> &list)
{
    QJsonArray array;
    for (const QByteArray &one : list)
        array += text(one);
    return array;
}

Value headersOf(const HttpHeaders &headers)
{
    QJsonArray array;
    for (const HttpHeader &header : headers)
        array += QJsonObject{{u"name"_s, text(header.name)}, {u"value"_s, text(header.value)}};
    return array;
}

Value messageOf(const TestClientMessage &message)
{
    if (message.binary)
        return QJsonObject{{u"base64"_s, QString::fromLatin1(message.bytes.toBase64())}};
    return QJsonObject{{u"text"_s, text(message.bytes)}};
}

TestClientMessage messageFrom(const Value &value)
{
    const QJsonObject json = value.toObject();
    const bool isBinary = json.contains("base64"_L1);
    return {isBinary,
            isBinary ? QByteArray::fromBase64(json["base64"_L1].toString().toLatin1())
                     : json["text"_L1].toString().toUtf8()};
}

Value messagesOf(const QList<TestClientMessage> &messages)
{
    QJsonArray array;
    for (const TestClientMessage &message : messages)
        array += messageOf(message);
    return array;
}

constexpr std::array proxyNames{"none"_L1, "system"_L1, "http"_L1, "socks5"_L1}; // in the order of the enum

/// A password is kept as the name of a variable, and never as itself.
bool isVariable(const QString &text)
{
    static const QRegularExpression variable(u"^\\{\\{[\\w.-]+\\}\\}$"_s);
    return variable.match(text).hasMatch();
}

Value proxyOf(const TestClientProxy &proxy)
{
    QJsonObject json{{u"kind"_s, QString(proxyNames[size_t(proxy.kind)])},
                     {u"host"_s, proxy.host},
                     {u"port"_s, proxy.port},
                     {u"user"_s, proxy.user}};
    if (isVariable(proxy.password))
        json[u"password"_s] = proxy.password;
    return json;
}

TestClientProxy proxyFrom(const Value &value)
{
    const QJsonObject json = value.toObject();
    const auto *kind = std::ranges::find(proxyNames, json["kind"_L1].toString());
    TestClientProxy proxy;
    if (kind != proxyNames.end())
        proxy.kind = TestClientProxy::Kind(kind - proxyNames.begin());
    proxy.host = json["host"_L1].toString();
    proxy.port = quint16(bounded(json["port"_L1], 0, 0, 65'535));
    proxy.user = json["user"_L1].toString();
    proxy.password = json["password"_L1].toString();
    return proxy;
}

Value deflateOf(const TestClientDeflate &deflate)
{
    return QJsonObject{{u"offered"_s, deflate.offered},
                       {u"serverNoContextTakeover"_s, deflate.serverNoContextTakeover},
                       {u"clientNoContextTakeover"_s, deflate.clientNoContextTakeover},
                       {u"serverMaxWindowBits"_s, deflate.serverMaxWindowBits},
                       {u"clientMaxWindowBits"_s, deflate.clientMaxWindowBits}};
}

TestClientDeflate deflateFrom(const Value &value)
{
    const QJsonObject json = value.toObject();
    TestClientDeflate deflate;
    deflate.offered = json["offered"_L1].toBool();
    deflate.serverNoContextTakeover = json["serverNoContextTakeover"_L1].toBool();
    deflate.clientNoContextTakeover = json["clientNoContextTakeover"_L1].toBool();
    deflate.serverMaxWindowBits = bounded(json["serverMaxWindowBits"_L1], 9, 15, 15);
    deflate.clientMaxWindowBits = bounded(json["clientMaxWindowBits"_L1], 9, 15, 15);
    return deflate;
}

Value trustOf(const TlsTrust &trust)
{
    return QJsonObject{{u"system"_s, trust.system},
                       {u"authorities"_s, trust.authorities},
                       {u"certificate"_s, trust.certFile},
                       {u"key"_s, trust.keyFile}};
}

TlsTrust trustFrom(const Value &value)
{
    const QJsonObject json = value.toObject();
    return {json["system"_L1].toBool(true), json["authorities"_L1].toString(), json["certificate"_L1].toString(),
            json["key"_L1].toString()};
}

qint64 boundedBytes(const Value &value, qint64 least, qint64 now)
{
    return qBound<qint64>(least, value.toInteger(now), qint64(1) << 31);
}

void readSubprotocols(Options &options, const Value &value)
{
    const QJsonArray names = value.toArray();
    for (const auto &name : names)
        options.subprotocols += name.toString().toUtf8();
}

void readHeaders(Options &options, const Value &value)
{
    const QJsonArray headers = value.toArray();
    for (const auto &header : headers)
        options.headers.append({header["name"_L1].toString().toUtf8(), header["value"_L1].toString().toUtf8()});
}

void readFirst(Options &options, const Value &value)
{
    const QJsonArray messages = value.toArray();
    for (const auto &message : messages)
        options.first += messageFrom(message);
}

const Row rows[] = {
    {"origin"_L1, [](const Options &o) { return Value(text(o.origin)); },
     [](Options &o, const Value &v) { o.origin = v.toString().toUtf8(); }},
    {"subprotocols"_L1, [](const Options &o) { return listOf(o.subprotocols); }, readSubprotocols},
    {"headers"_L1, [](const Options &o) { return headersOf(o.headers); }, readHeaders},
    {"openingMs"_L1, [](const Options &o) { return Value(o.openingMs); },
     [](Options &o, const Value &v) { o.openingMs = bounded(v, 100, o.openingMs, 600'000); }},
    {"maxMessageBytes"_L1, [](const Options &o) { return Value(o.maxMessageBytes); },
     [](Options &o, const Value &v) { o.maxMessageBytes = boundedBytes(v, 0, o.maxMessageBytes); }},
    {"maxRedirects"_L1, [](const Options &o) { return Value(o.maxRedirects); },
     [](Options &o, const Value &v) { o.maxRedirects = bounded(v, 0, 0, 50); }},
    {"pingMs"_L1, [](const Options &o) { return Value(o.pingMs); },
     [](Options &o, const Value &v) { o.pingMs = bounded(v, 0, 0, 3'600'000); }},
    {"heartbeat"_L1, [](const Options &o) { return o.heartbeat ? messageOf(*o.heartbeat) : Value(); },
     [](Options &o, const Value &v) { o.heartbeat = v.isObject() ? std::optional(messageFrom(v)) : std::nullopt; }},
    {"answerPings"_L1, [](const Options &o) { return Value(o.answerPings); },
     [](Options &o, const Value &v) { o.answerPings = v.toBool(true); }},
    {"reconnect"_L1, [](const Options &o) { return Value(o.reconnect.enabled); },
     [](Options &o, const Value &v) { o.reconnect.enabled = v.toBool(); }},
    {"queueOffline"_L1, [](const Options &o) { return Value(o.queueOffline); },
     [](Options &o, const Value &v) { o.queueOffline = v.toBool(); }},
    {"first"_L1, [](const Options &o) { return messagesOf(o.first); }, readFirst},
    {"deflate"_L1, [](const Options &o) { return deflateOf(o.deflate); },
     [](Options &o, const Value &v) { o.deflate = deflateFrom(v); }},
    {"proxy"_L1, [](const Options &o) { return proxyOf(o.proxy); },
     [](Options &o, const Value &v) { o.proxy = proxyFrom(v); }},
    {"trust"_L1, [](const Options &o) { return trustOf(o.trust); },
     [](Options &o, const Value &v) { o.trust = trustFrom(v); }},
};

} // namespace

QJsonObject draftOptionsJson(const TestClientOptions &options)
{
    QJsonObject json;
    const Options plain;
    for (const Row &row : rows) {
        const Value value = row.write(options);
        if (value != row.write(plain))
            json.insert(row.name, value);
    }
    return json;
}

TestClientOptions draftOptionsFrom(const QJsonObject &json, QStringList *unknown)
{
    Options options;
    for (const Row &row : rows) {
        const Value value = json[row.name];
        if (!value.isUndefined() && value.toArray().size() <= mostListed)
            row.read(options, value);
    }
    const QStringList names = unknown != nullptr ? json.keys() : QStringList();
    for (const QString &name : names) {
        if (std::ranges::none_of(rows, [&](const Row &row) { return row.name == name; }))
            unknown->append(name);
    }
    return options;
}

} // namespace glasshouse
