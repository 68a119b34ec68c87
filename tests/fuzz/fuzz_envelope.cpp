// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: the text of a message. What we accept, QJsonDocument must read in the same way.
#include "protocol/envelope.h"
#include "protocol/utf8check.h"
#include "tests/fuzz/fuzzing.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using fuzzing::require;

namespace {

/// JSON knows numbers that no double holds; QJsonDocument refuses them.
bool mayExceedADouble(const QByteArray &text)
{
    static const QRegularExpression huge(u"[eE]\\+?\\d{3,}|\\d{200,}"_s);
    return huge.match(QString::fromUtf8(text)).hasMatch();
}

void requireSameString(QByteArrayView raw, const QJsonValue &value)
{
    const auto decoded = jsonString(raw);
    require(value.isString() == raw.startsWith('"') && value.isString() == decoded.has_value(), "strings are strings");
    if (decoded)
        require(QString::fromUtf8(*decoded) == value.toString(), "strings mean the same");
}

void requireReadableBody(const Envelope &envelope)
{
    const QByteArray body =
        envelopeBody(envelope.type, envelope.data, envelope.id, envelope.to) + "18446744073709551615}";
    const auto again = parseEnvelope(body);
    require(again.ok() && again.value().type == envelope.type && again.value().data == envelope.data,
            "a body is an envelope");
    require(jsonMember(body, "re") == envelope.id, "a body holds the id");
}

void checkAccepted(const QByteArray &text, const Envelope &envelope)
{
    requireReadableBody(envelope);
    if (mayExceedADouble(text))
        return;
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(text, &error).object();
    require(error.error == QJsonParseError::NoError, "QJsonDocument reads it too");
    require(object.value("type"_L1).toString().toUtf8() == envelope.type, "the type means the same");
    require(object.contains("to"_L1) == !envelope.to.isNull(), "\"to\" is seen by both");
    require(object.contains("id"_L1) == !envelope.id.isNull(), "\"id\" is seen by both");
    if (object.contains("data"_L1))
        requireSameString(envelope.data, object.value("data"_L1));
}

void walk(QByteArrayView value)
{
    forEachElement(value, [](QByteArrayView element) {
        (void)envelopeFromJson(element);
        return true;
    });
    forEachMember(value, [](QByteArrayView, QByteArrayView member) {
        require(checkJson(member, 512).ok(), "a member of checked JSON is JSON");
        return true;
    });
}

void checkQuoting(const QByteArray &text)
{
    if (!Utf8Check::isValid(text))
        return;
    const QByteArray quoted = jsonQuoted(text);
    require(checkJson(quoted).ok() && jsonString(quoted) == text, "quoting and decoding are inverse");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    require(Utf8Check::isValid(text) == text.isValidUtf8(), "Qt agrees on UTF-8");
    const auto json = checkJson(text);
    if (json)
        walk(json.value());
    else
        (void)jsonMember(text, "type"); // unchecked text may give nonsense, but no harm
    const auto envelope = parseEnvelope(text);
    require(json.ok() || !envelope.ok(), "an envelope is JSON");
    if (envelope)
        checkAccepted(text, envelope.value());
    checkQuoting(text);
    return 0;
}
