// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/reflection.h"

#include "protocol/httpchars.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 validSeconds = 120;
constexpr qsizetype mostIssued = 8;

// A list of what is shown, so that nothing is shown that nobody thought of.
constexpr QByteArrayView shown[] = {
    "Host",
    "Upgrade",
    "Connection",
    "Origin",
    "Via",
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Real-IP",
    "Sec-WebSocket-Version",
    "Sec-WebSocket-Extensions",
    "Accept-Encoding",
    "CF-Connecting-IP",
};

bool isShown(QByteArrayView name)
{
    return std::any_of(std::begin(shown), std::end(shown),
                       [&](QByteArrayView one) { return httpchars::isSame(name, one); });
}

QByteArray nameOf(AddressSource source)
{
    switch (source) {
    case AddressSource::Peer:
        return "peer";
    case AddressSource::ForwardedFor:
        return "X-Forwarded-For";
    case AddressSource::RealIp:
        return "X-Real-IP";
    case AddressSource::Forwarded:
        return "Forwarded";
    }
    return {};
}

QString text(const QByteArray &bytes) { return QString::fromUtf8(bytes); }

QByteArray bytes(const QJsonObject &object, QLatin1StringView name) { return object.value(name).toString().toUtf8(); }

} // namespace

QByteArray Reflection::header(QByteArrayView name) const
{
    QByteArray all;
    for (const HttpHeader &one : headers) {
        if (httpchars::isSame(one.name, name))
            all = all.isNull() ? QByteArray("") + one.value : all + ", " + one.value;
    }
    return all;
}

Reflection reflectionOf(const HttpHead &request, const RequestContext &context, const Redactor &redactor)
{
    Reflection made;
    made.method = request.method;
    made.target = redactor.target(request.target);
    made.secure = context.secure;
    made.peer = withoutMapping(context.peer).toString().toLatin1();
    made.client = context.client.address.toString().toLatin1();
    made.clientSource = nameOf(context.client.source);
    if (context.client.doubt != AddressDoubt::None)
        made.doubt = describe(context.client.doubt).toByteArray();
    std::copy_if(request.headers.begin(), request.headers.end(), std::back_inserter(made.headers),
                 [](const HttpHeader &header) { return isShown(header.name); });
    return made;
}

QJsonObject toJson(const Reflection &reflection)
{
    QJsonArray headers;
    for (const HttpHeader &header : reflection.headers)
        headers.append(QJsonArray{text(header.name), text(header.value)});
    return {{u"method"_s, text(reflection.method)}, {u"target"_s, text(reflection.target)},
            {u"secure"_s, reflection.secure},       {u"peer"_s, text(reflection.peer)},
            {u"client"_s, text(reflection.client)}, {u"clientSource"_s, text(reflection.clientSource)},
            {u"doubt"_s, text(reflection.doubt)},   {u"headers"_s, headers}};
}

std::optional<Reflection> parseReflection(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object.value("headers"_L1).isArray() || !object.value("target"_L1).isString()
        || !object.value("clientSource"_L1).isString())
        return std::nullopt;
    Reflection read;
    read.method = bytes(object, "method"_L1);
    read.target = bytes(object, "target"_L1);
    read.secure = object.value("secure"_L1).toBool();
    read.peer = bytes(object, "peer"_L1);
    read.client = bytes(object, "client"_L1);
    read.clientSource = bytes(object, "clientSource"_L1);
    read.doubt = bytes(object, "doubt"_L1);
    const QJsonArray headers = object.value("headers"_L1).toArray();
    for (const auto header : headers)
        read.headers.append({header[0].toString().toUtf8(), header[1].toString().toUtf8()});
    return read;
}

QByteArray ReflectionDesk::issue(qint64 now)
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    const QByteArray raw(reinterpret_cast<const char *>(random.data()), sizeof(random));
    while (m_issued.size() >= mostIssued)
        m_issued.removeFirst();
    m_issued.append({raw.toHex(), now + validSeconds});
    return m_issued.constLast().nonce;
}

bool ReflectionDesk::knows(QByteArrayView nonce, qint64 now) const
{
    return std::any_of(m_issued.begin(), m_issued.end(), [&](const Issued &issued) {
        return now <= issued.until && QByteArrayView(issued.nonce) == nonce;
    });
}

} // namespace glasshouse
