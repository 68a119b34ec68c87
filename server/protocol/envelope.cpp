// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/protocol/envelope.h"

#include <QByteArray>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype maxType = 64;

bool isTypeByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

QByteArrayView withoutQuotes(QByteArrayView raw) { return raw.sliced(1, raw.size() - 2); }

bool takeType(Envelope &envelope, QByteArrayView raw)
{
    if (!raw.startsWith('"') || !envelope.type.isNull())
        return false;
    envelope.type = withoutQuotes(raw);
    return !envelope.type.isEmpty() && envelope.type.size() <= maxType
        && std::all_of(envelope.type.begin(), envelope.type.end(), isTypeByte);
}

bool takeData(Envelope &envelope, QByteArrayView raw)
{
    if (!envelope.data.isNull())
        return false;
    envelope.data = raw;
    return true;
}

bool takeId(Envelope &envelope, QByteArrayView raw)
{
    if (!envelope.id.isNull())
        return false;
    envelope.id = raw;
    return raw.front() == '"' || raw.front() == '-' || (raw.front() >= '0' && raw.front() <= '9');
}

bool takeTo(Envelope &envelope, QByteArrayView raw)
{
    if (!raw.startsWith('"') || !envelope.to.isNull())
        return false;
    envelope.to = withoutQuotes(raw);
    return true;
}

bool takeNamed(Envelope &envelope, QByteArrayView key, QByteArrayView raw)
{
    if (key == "type")
        return takeType(envelope, raw);
    if (key == "data")
        return takeData(envelope, raw);
    if (key == "id")
        return takeId(envelope, raw);
    return key != "to" || takeTo(envelope, raw);
}

bool takeMember(Envelope &envelope, QByteArrayView key, QByteArrayView raw)
{
    if (!key.contains('\\'))
        return takeNamed(envelope, key, raw);
    // "\u0074ype" is "type" to other readers of JSON: it must not pass here as something else
    const auto decoded = jsonString({key.data() - 1, key.size() + 2});
    return !decoded || takeNamed(envelope, *decoded, raw);
}

/// What is wrong with the member that was looked at last; an empty key: there is none.
Error<ErrorCode> badEnvelope(QByteArrayView key)
{
    const char *const text = key == "type" ? "type has to be 1 to 64 of a-z, 0-9 and _, and stand once"
        : key == "id"                      ? "id has to be a string or a number, and stand once"
        : key == "to"                      ? "to has to be a string, and stand once"
        : key == "data"                    ? "data may stand only once"
                                           : "The message is not an object with a type";
    return {ErrorCode::BadEnvelope, text};
}

} // namespace

QByteArrayView errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadJson:
        return "bad_json";
    case ErrorCode::BadEnvelope:
        return "bad_envelope";
    case ErrorCode::UnknownType:
        return "unknown_type";
    case ErrorCode::BadData:
        return "bad_data";
    case ErrorCode::NotAllowed:
        return "not_allowed";
    case ErrorCode::TooBig:
        return "too_big";
    case ErrorCode::Unsupported:
        return "unsupported";
    }
    return {};
}

Result<Envelope, ErrorCode> parseEnvelope(QByteArrayView text, int maxDepth)
{
    const auto json = checkJson(text, maxDepth);
    if (!json)
        return Error<ErrorCode>{ErrorCode::BadJson, json.error().text};
    return envelopeFromJson(json.value());
}

Result<Envelope, ErrorCode> envelopeFromJson(QByteArrayView checkedJson)
{
    Envelope envelope;
    QByteArray last;
    const bool good = forEachMember(checkedJson, [&](QByteArrayView key, QByteArrayView value) {
        if (takeMember(envelope, key, value))
            return true;
        last = jsonString({key.data() - 1, key.size() + 2}).value_or(QByteArray()); // its quotes are around it
        return false;
    });
    if (!good || envelope.type.isNull())
        return badEnvelope(last);
    if (envelope.data.isNull())
        envelope.data = "{}";
    return envelope;
}

QByteArray envelopeBody(QByteArrayView type, QByteArrayView data, QByteArrayView re, QByteArrayView from)
{
    constexpr qsizetype names = 64; // all that is not a parameter, and the number that the caller appends
    const QByteArrayView shownData = data.isEmpty() ? QByteArrayView("{}") : data;
    QByteArray body;
    body.reserve(names + type.size() + shownData.size() + re.size() + from.size());
    body.append("{\"type\":\"").append(type).append("\",\"data\":").append(shownData);
    if (!re.isEmpty())
        body.append(",\"re\":").append(re);
    if (!from.isEmpty()) {
        body.append(",\"from\":");
        appendJsonQuoted(body, from);
    }
    body.append(",\"seq\":");
    return body;
}

} // namespace glasshouse
