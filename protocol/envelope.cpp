// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/envelope.h"

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

/// A string or a number, as raw JSON.
bool isId(QByteArrayView raw)
{
    return !raw.isEmpty() && (raw.front() == '"' || raw.front() == '-' || (raw.front() >= '0' && raw.front() <= '9'));
}

bool takeId(Envelope &envelope, QByteArrayView raw)
{
    if (!envelope.id.isNull())
        return false;
    envelope.id = raw;
    return isId(raw);
}

bool takeTo(Envelope &envelope, QByteArrayView raw)
{
    if (!raw.startsWith('"') || !envelope.to.isNull())
        return false;
    envelope.to = withoutQuotes(raw);
    return true;
}

// isKey(): "\u0074ype" is "type" to other readers of JSON, and must not pass here as something else.
bool takeMember(Envelope &envelope, QByteArrayView key, QByteArrayView raw)
{
    if (isKey(key, "type"))
        return takeType(envelope, raw);
    if (isKey(key, "data"))
        return takeData(envelope, raw);
    if (isKey(key, "id"))
        return takeId(envelope, raw);
    return !isKey(key, "to") || takeTo(envelope, raw);
}

/// What is wrong with the member of this name; null: with the whole.
Error<ErrorCode> badEnvelope(QByteArrayView key)
{
    const char *const text = isKey(key, "type") ? "type has to be 1 to 64 of a-z, 0-9 and _, and stand once"
        : isKey(key, "id")                      ? "id has to be a string or a number, and stand once"
        : isKey(key, "to")                      ? "to has to be a string, and stand once"
        : isKey(key, "data")                    ? "data may stand only once"
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
    case ErrorCode::RateLimited:
        return "rate_limited";
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
    QByteArrayView wrong;
    const bool good = forEachMember(checkedJson, [&](QByteArrayView key, QByteArrayView value) {
        if (takeMember(envelope, key, value))
            return true;
        wrong = key;
        return false;
    });
    if (!good || envelope.type.isNull())
        return badEnvelope(wrong);
    if (envelope.data.isNull())
        envelope.data = "{}";
    return envelope;
}

QByteArrayView requestIdOf(QByteArrayView checkedJson)
{
    const QByteArrayView id = checkedJson.startsWith('{') ? jsonMember(checkedJson, "id") : QByteArrayView();
    return isId(id) ? id : QByteArrayView();
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
