// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpanswer.h"

#include "server/http/persistence.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray connectionHeaders(Persistence persistence)
{
    if (persistence == Persistence::Close)
        return "Connection: close\r\n";
    return "Connection: keep-alive\r\nKeep-Alive: timeout=" + QByteArray::number(persistence::idleSeconds) + "\r\n";
}

QByteArray bodyHeaders(const HttpAnswer &answer)
{
    const QByteArray type =
        answer.contentType.isEmpty() ? QByteArray() : "Content-Type: " + answer.contentType + "\r\n";
    return type + "Content-Length: " + QByteArray::number(answer.bodySize())
        + "\r\nX-Content-Type-Options: nosniff\r\n";
}

QString text(QByteArrayView view) { return QString::fromUtf8(view); }

} // namespace

QByteArray toBytes(const HttpAnswer &answer, bool withoutBody, Persistence persistence)
{
    const bool hasBody = answer.status != 204 && answer.status != 304; // RFC 9110, 8.6
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + httpReason(answer.status).toByteArray()
        + "\r\n" + "Server: Glasshouse\r\nDate: " + httpDate() + "\r\n" + (hasBody ? bodyHeaders(answer) : QByteArray())
        + connectionHeaders(persistence);
    for (const HttpHeader &header : answer.headers)
        bytes += header.name + ": " + header.value + "\r\n";
    bytes += "\r\n";
    return withoutBody || !hasBody ? bytes : bytes + answer.body;
}

HttpAnswer errorAnswer(int status, QByteArrayView message, HttpHeaders headers)
{
    const QJsonObject body{{u"error"_s, text(httpReason(status))}, {u"message"_s, text(message)}};
    HttpAnswer answer{status, "application/json", QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n',
                      std::move(headers)};
    answer.problem = message.toByteArray();
    return answer;
}

HttpAnswer nothingHere() { return errorAnswer(404, "there is nothing here"); }

HttpAnswer methodNotAllowed(const QByteArray &methods)
{
    return errorAnswer(405, "this method is not allowed here", {{"Allow", methods}});
}

} // namespace glasshouse
