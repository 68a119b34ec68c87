// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

constexpr QByteArrayView redacted = "[redacted]";
constexpr int maxNesting = 3; // of percent-encoding; deeper than anybody writes by accident

bool isSpace(char c) { return static_cast<unsigned char>(c) <= ' '; }

bool contains(QByteArrayView text, QByteArrayView part) { return text.indexOf(part) >= 0; }

/// A parameter's name as any server might understand it: decoded, in lower case, without what stands in front of it.
QByteArray plainName(QByteArrayView name)
{
    QByteArray plain = name.toByteArray();
    for (int i = 0; i < maxNesting && plain.contains('%'); ++i)
        plain = QByteArray::fromPercentEncoding(plain);
    for (const char c : {'?', '&', ';', '#', '/'})
        plain = plain.mid(plain.lastIndexOf(c) + 1);
    return plain.replace('+', ' ').trimmed().toLower();
}

/// Does a secret stand behind the value's percent-encoding, as in next=%2Fws%3Ftoken%3D…?
bool hidesSecret(QByteArrayView value, int nesting)
{
    if (nesting == 0 || !contains(value, "%"))
        return false;
    const QByteArray plain = QByteArray::fromPercentEncoding(value.toByteArray());
    for (qsizetype equals = plain.indexOf('='); equals >= 0; equals = plain.indexOf('=', equals + 1)) {
        if (isSecretName(plainName(QByteArrayView(plain).first(equals))))
            return true;
    }
    return hidesSecret(plain, nesting - 1);
}

qsizetype endOfName(QByteArrayView text, qsizetype from)
{
    const auto end =
        std::find_if(text.begin() + from, text.end(), [](char c) { return QByteArrayView("?&;#=").contains(c); });
    return end - text.begin();
}

/// Only '&' ends a value: whatever else stands in it may belong to the secret.
qsizetype endOfValue(QByteArrayView text, qsizetype from)
{
    const qsizetype end = text.indexOf('&', from);
    return end < 0 ? text.size() : end;
}

bool isWordByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

/// Where the first "bearer" stands that something follows, and how long it is with its separator.
std::pair<qsizetype, qsizetype> findBearer(QByteArrayView line)
{
    constexpr QByteArrayView word = "bearer";
    const QByteArray lower = line.toByteArray().toLower();
    for (qsizetype at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
        const auto behind = lower.begin() + at + word.size();
        const auto token = std::find_if(behind, lower.end(), isWordByte);
        if (token != behind && token != lower.end() && std::find(behind, token, ',') == token)
            return {at, token - lower.begin() - at};
    }
    return {-1, 0};
}

/// Everything behind "bearer." and "Bearer " up to a comma.
QByteArray withoutBearers(QByteArrayView line)
{
    QByteArray out;
    for (;;) {
        const auto [at, length] = findBearer(line);
        if (at < 0)
            return out.append(line);
        out.append(line.first(at + length)).append(redacted);
        const qsizetype comma = line.indexOf(',', at + length);
        if (comma < 0)
            return out;
        line = line.sliced(comma);
    }
}

QByteArrayView withoutLeadingSpace(QByteArrayView line)
{
    const auto begin = std::find_if_not(line.begin(), line.end(), isSpace);
    return line.sliced(begin - line.begin());
}

bool isSecretHeader(QByteArrayView lowerName)
{
    return contains(lowerName, "authorization") || contains(lowerName, "cookie") || contains(lowerName, "api-key")
        || contains(lowerName, "token") || contains(lowerName, "secret") || contains(lowerName, "password");
}

/// Splits a head into lines at any kind of line end and redacts one after the other.
class HeadRedactor
{
public:
    [[nodiscard]] QByteArray redact(QByteArrayView head);

private:
    QByteArray m_out;
    bool m_secret = false; ///< the last line had a secret
    bool m_first = true;

    void takeLine(QByteArrayView line);
    void takeFirstLine(QByteArrayView line, QByteArrayView name);
    void takeHeader(QByteArrayView line, QByteArrayView name);
    void add(QByteArrayView line);
};

QByteArray HeadRedactor::redact(QByteArrayView head)
{
    while (!head.isEmpty()) {
        const auto end = std::ranges::find_if(head, [](char c) { return c == '\r' || c == '\n'; }) - head.begin();
        if (end > 0)
            takeLine(head.first(end));
        if (end == head.size())
            break;
        m_out.append(head[end]);
        head = head.sliced(end + 1);
    }
    return m_out;
}

void HeadRedactor::takeLine(QByteArrayView line)
{
    const QByteArrayView text = withoutLeadingSpace(line);
    const auto nameEnd = std::ranges::find_if(text, [](char c) { return c == ':' || c == '=' || isSpace(c); });
    const QByteArrayView name = text.first(nameEnd - text.begin());
    // Folded, or the rest of a value that was broken by a bare line end.
    const bool continues = isSpace(line.front()) || !contains(line, ":");
    m_out.append(line.first(line.size() - text.size()));
    if (m_first)
        takeFirstLine(text, name);
    else if (continues && m_secret)
        m_out.append(redacted);
    else
        takeHeader(text, name);
}

/// METHOD target HTTP/1.1; a space inside of the target belongs to it.
void HeadRedactor::takeFirstLine(QByteArrayView line, QByteArrayView name)
{
    m_first = false;
    const bool header = name.size() < line.size() && line[name.size()] == ':';
    if (header || isSecretHeader(name.toByteArray().toLower()))
        return takeHeader(line, name);
    const qsizetype version = line.lastIndexOf(" HTTP/");
    const bool hasVersion = version >= 0 && line.size() - version <= qsizetype(sizeof " HTTP/1.1");
    const qsizetype end = hasVersion ? version : line.size();
    add(line.first(end));
    m_out.append(line.sliced(end));
}

void HeadRedactor::takeHeader(QByteArrayView line, QByteArrayView name)
{
    const QByteArray lowerName = name.toByteArray().toLower();
    if (isSecretHeader(lowerName)) {
        m_secret = true;
        m_out.append(name).append(": ").append(redacted);
        return;
    }
    add(line);
    m_secret = m_secret || lowerName == "sec-websocket-protocol"; // a token may be folded in any place
}

/// A line without what is secret in it. If there was something, the next line may bring the rest of it.
void HeadRedactor::add(QByteArrayView line)
{
    const QByteArray shown = redactedTarget(withoutBearers(line));
    m_secret = shown != line;
    m_out.append(shown);
}

} // namespace

bool isSecretName(QByteArrayView lowerName)
{
    static constexpr std::array<QByteArrayView, 5> names{"resume", "key", "apikey", "api_key", "passwd"};
    static constexpr std::array<QByteArrayView, 4> parts{"token", "secret", "password", "jwt"};
    return std::ranges::find(names, lowerName) != names.end()
        || std::ranges::any_of(parts, [lowerName](QByteArrayView part) { return contains(lowerName, part); });
}

QByteArray redactedTarget(QByteArrayView target)
{
    QByteArray out;
    for (qsizetype at = 0; at < target.size();) {
        const qsizetype nameEnd = endOfName(target, at);
        const QByteArrayView name = target.sliced(at, nameEnd - at);
        const bool hasValue = nameEnd < target.size() && target[nameEnd] == '=';
        at = std::min(nameEnd + 1, target.size());
        const bool secretInName = hidesSecret(name, maxNesting); // token%3D…
        out.append(secretInName ? redacted : name).append(target.sliced(nameEnd, at - nameEnd));
        if (!hasValue)
            continue;
        const qsizetype end = endOfValue(target, at);
        if (!secretInName && !isSecretName(plainName(name)) && !hidesSecret(target.sliced(at, end - at), maxNesting))
            continue;
        out.append(redacted);
        at = end;
    }
    return out;
}

QByteArray redactedHead(QByteArrayView rawHead) { return HeadRedactor().redact(rawHead); }

} // namespace glasshouse
