// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/lineform.h"

#include "base/visibletext.h"
#include "protocol/jsonobjecttext.h"
#include "protocol/utf8check.h"

#include <QDateTime>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype hexBytes = 48; // of a binary message on a terminal
constexpr qsizetype bodyShown = 600;

JsonObjectText event(QByteArrayView name)
{
    JsonObjectText object;
    object.text("event", name).number("time", QDateTime::currentMSecsSinceEpoch());
    return object;
}

QByteArray line(JsonObjectText &object) { return visibleJson(object.take()) + '\n'; }

void addBytes(JsonObjectText &object, const QByteArray &bytes, bool isText)
{
    isText ? object.text("data", bytes) : object.text("base64", bytes.toBase64());
}

QByteArray hexExcerpt(const QByteArray &bytes)
{
    const QByteArray hex = bytes.first(std::min(bytes.size(), hexBytes)).toHex(' ');
    return "binary, " + QByteArray::number(bytes.size()) + " bytes: " + hex + (bytes.size() > hexBytes ? " …" : "");
}

/// Lines behind the first are set in, so that none of them can pass for a message or a word of ours.
QByteArray visibleMessage(const QByteArray &text) { return visibleLines(text).replace('\n', "\n  "); }

/// Their advice speaks of places in a window.
bool advisesForWindows(TestClientFault fault)
{
    using enum TestClientFault;
    constexpr TestClientFault those[] = {BadResponseHead, Http400, HttpOther, UnofferedSubprotocol, ProtocolViolation};
    return std::ranges::find(those, fault) != std::end(those);
}

} // namespace

QByteArray LineForm::onTerminal(const QByteArray &text) const
{
    const QByteArray body = (marked ? "< " : "") + visibleMessage(text);
    return coloured ? "\x1B[34m" + body + "\x1B[39m\n" : body + '\n';
}

QByteArray LineForm::message(MessageKind messageKind, const QByteArray &payload) const
{
    const bool isText = messageKind == MessageKind::Text;
    switch (kind) {
    case Kind::Plain:
        return payload + '\n';
    case Kind::Terminal:
        return onTerminal(isText ? payload : hexExcerpt(payload));
    case Kind::Json:
        break;
    }
    JsonObjectText object = event("message");
    object.text("kind", isText ? "text" : "binary");
    addBytes(object, payload, isText);
    return line(object);
}

QByteArray LineForm::control(Opcode opcode, const QByteArray &payload) const
{
    const QByteArray name = opcode == Opcode::Ping ? "ping" : "pong";
    if (kind != Kind::Json) {
        const QByteArray text = "Received " + name + " (data: \"" + payload + "\")";
        return kind == Kind::Plain ? text + '\n' : onTerminal(text);
    }
    JsonObjectText object = event(name);
    addBytes(object, payload, Utf8Check::isValid(payload));
    return line(object);
}

QByteArray LineForm::opened(const QUrl &url, const QByteArray &subprotocol) const
{
    if (kind != Kind::Json)
        return {};
    JsonObjectText object = event("opened");
    object.text("url", publicAddress(url)).text("subprotocol", subprotocol);
    return line(object);
}

QByteArray LineForm::ended(const TestClientEnding &ending) const
{
    if (kind != Kind::Json)
        return {};
    const TestClientText words = testClientText(ending);
    JsonObjectText object = event("ended");
    object.text("cause", testClientFaultName(ending.fault)).flag("fault", isFault(ending));
    object.number("code", ending.code()).text("reason", ending.reasonReceived).flag("cleanly", ending.cleanly);
    if (ending.codeSent != 0)
        object.number("codeSent", ending.codeSent);
    if (ending.httpStatus != 0)
        object.number("httpStatus", ending.httpStatus);
    object.text("text", words.sentence).text("advice", advisesForWindows(ending.fault) ? QString() : words.advice);
    return line(object);
}

QByteArray LineForm::reconnecting(int attempt, int ms) const
{
    if (kind != Kind::Json)
        return {};
    JsonObjectText object = event("reconnecting");
    object.number("attempt", attempt).number("milliseconds", ms);
    return line(object);
}

QByteArray LineForm::listening(quint16 port) const
{
    if (kind != Kind::Json)
        return {};
    JsonObjectText object = event("listening");
    object.number("port", port);
    return line(object);
}

QString publicAddress(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString endingText(const TestClientEnding &whole)
{
    TestClientEnding ending = whole;
    if (ending.fault == TestClientFault::HttpUrl) // its query may hold a token, and standard error ends in logs
        ending.detail = publicAddress(QUrl::fromEncoded(ending.detail)).toUtf8();
    const TestClientText words = testClientText(ending);
    QStringList lines{words.sentence};
    if (!words.advice.isEmpty() && !advisesForWindows(ending.fault))
        lines += words.advice;
    if (const QByteArray body = ending.responseBody.first(std::min(ending.responseBody.size(), bodyShown)).trimmed();
        !body.isEmpty())
        lines += u"it says: "_s + QString::fromUtf8(body);
    for (QString &one : lines)
        one = visible(one);
    return lines.join(u'\n');
}

} // namespace glasshouse
