// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include "protocol/json.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

enum class Role : quint8 { None, Connected, Auth };

QByteArray wholeRedacted() { return R"({"type":"auth","data":"[redacted]"})"; }

bool hasWordAt(QByteArrayView text, qsizetype at, QByteArrayView word)
{
    return at >= 0 && at + word.size() <= text.size()
        && text.sliced(at, word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

constexpr qsizetype windowSize = 16; // a vector register of every machine

/// The rarest letter of "auth", "resume", "token" and the escape \u. Written so that compilers make a few wide comparisons of
/// it, without a branch, and so is the next.
template <qsizetype size>
bool hasRareLetter(const char *window)
{
    quint8 found = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const auto letter = static_cast<quint8>(window[i] | 0x20);
        found |= static_cast<quint8>((letter == 'u') | (letter == 'k'));
    }
    return found != 0;
}

/// That letter between its neighbours. Looks at one byte before the window and one behind it.
bool hasRareLetters(const char *window)
{
    quint8 found = 0;
    for (qsizetype i = 0; i < windowSize; ++i) {
        const auto before = static_cast<quint8>(window[i - 1] | 0x20);
        const auto letter = static_cast<quint8>(window[i] | 0x20);
        const auto behind = static_cast<quint8>(window[i + 1] | 0x20);
        const bool auth = (before == 'a') & (behind == 't');
        const bool resume = (before == 's') & (behind == 'm');
        const bool escape = before == ('\\' | 0x20);
        const bool token = (before == 'o') & (letter == 'k') & (behind == 'e');
        found |= static_cast<quint8>(((letter == 'u') & (auth | resume | escape)) | token);
    }
    return found != 0;
}

/// For one of the windows that cover [first, end), which holds one at least?
template <qsizetype size, typename Check>
bool anyWindow(const char *first, const char *end, const Check &check)
{
    bool found = false;
    for (; first < end - size && !found; first += size)
        found = check(first);
    return found || check(end - size);
}

/// Are they there? Never false where mayNameSecret() must be true. The first letter of a text is never one of them.
bool mayHaveSecretLetters(QByteArrayView text)
{
    constexpr qsizetype wide = 64; // some registers at once
    if (text.size() < windowSize + 2) {
        std::array<char, windowSize + 2> padded{};
        std::ranges::copy(text, padded.begin());
        return hasRareLetters(padded.data() + 1);
    }
    if (text.size() >= wide && !anyWindow<wide>(text.begin(), text.end(), hasRareLetter<wide>))
        return false;
    return anyWindow<windowSize>(text.begin() + 1, text.end() - 1, hasRareLetters) || text.endsWith("\\u")
        || text.endsWith("\\U");
}

/// Is there such a byte for which `check(where)` holds?
template <typename Check>
bool anyByte(QByteArrayView text, char byte, const Check &check)
{
    for (qsizetype at = text.indexOf(byte); at >= 0; at = text.indexOf(byte, at + 1)) {
        if (check(at))
            return true;
    }
    return false;
}

/// Text of a raw JSON string; what can not be decoded as it stands.
QByteArray plainText(QByteArrayView raw) { return jsonString(raw).value_or(raw.toByteArray()); }

QByteArray lowerKey(QByteArrayView key)
{
    if (!key.contains('\\'))
        return key.toByteArray().trimmed().toLower();
    QByteArray quoted("\"");
    quoted.append(key).append('"');
    return plainText(quoted).trimmed().toLower();
}

bool isEmptyValue(QByteArrayView value)
{
    const QByteArray text = value.toByteArray().simplified().replace(' ', QByteArray());
    return text == "null" || text == "\"\"" || text == "{}" || text == "[]";
}

/// Finds the values to replace in checked JSON.
class MessageRedactor
{
public:
    MessageRedactor(QByteArrayView text, const Redactor &redactor) : m_text(text), m_redactor(redactor) { }

    [[nodiscard]] std::optional<QByteArray> redact();

private:
    QByteArrayView m_text;
    const Redactor &m_redactor;
    QByteArray m_out;
    qsizetype m_copied = 0;
    bool m_changed = false;
    bool m_doubt = false;

    [[nodiscard]] static Role roleOf(QByteArrayView object);
    void visit(QByteArrayView value, Role role);
    void visitObject(QByteArrayView object, Role role);
    bool visitMember(QByteArrayView key, QByteArrayView value, Role role);
    void replace(QByteArrayView value);
    [[nodiscard]] bool assignsField(QByteArrayView value) const
    {
        return !m_redactor.fields().isEmpty() && value.startsWith('"')
            && m_redactor.fields().isAssigned(plainText(value));
    }
};

Role MessageRedactor::roleOf(QByteArrayView object)
{
    Role role = Role::None;
    forEachMember(object, [&role](QByteArrayView key, QByteArrayView value) {
        if (lowerKey(key) != "type" || !value.startsWith('"'))
            return true;
        const QByteArray type = plainText(value).trimmed().toLower();
        role = std::max(role, type == "auth" ? Role::Auth : type == "connected" ? Role::Connected : Role::None);
        return true;
    });
    return role;
}

void MessageRedactor::visit(QByteArrayView value, Role role)
{
    if (value.startsWith('{'))
        visitObject(value, role);
    else if (value.startsWith('['))
        forEachElement(value, [this, role](QByteArrayView element) {
            visit(element, role);
            return true;
        });
    else if (assignsField(value))
        replace(value); // JSON, or an address, in a string
}

void MessageRedactor::visitObject(QByteArrayView object, Role role)
{
    const Role own = roleOf(object);
    const Role here = std::max(role, own);
    bool handled = false;
    bool other = false; // something that might be the token under a wrong name
    forEachMember(object, [&](QByteArrayView key, QByteArrayView value) {
        const QByteArray name = lowerKey(key);
        const bool done = visitMember(key, value, here);
        handled = handled || done;
        other = other || (!done && name != "type" && name != "id" && name != "seq" && !isEmptyValue(value));
        return true;
    });
    m_doubt = m_doubt || (own == Role::Auth && other && !handled);
}

/// True if secrets in it were replaced.
bool MessageRedactor::visitMember(QByteArrayView key, QByteArrayView value, Role role)
{
    const QByteArray name = lowerKey(key);
    const bool secret =
        (role == Role::Auth && m_redactor.isSecretName(name)) || (role == Role::Connected && name == "resume");
    const qsizetype before = m_copied;
    m_doubt = m_doubt || m_redactor.fields().isAssigned(name);
    if (m_redactor.fields().contains(name))
        replace(value);
    else if (!secret)
        visit(value, role);
    else if (value.startsWith('"') && !isEmptyValue(value))
        replace(value);
    else if (!isEmptyValue(value))
        m_doubt = true;
    return m_copied != before;
}

void MessageRedactor::replace(QByteArrayView value)
{
    const qsizetype at = value.data() - m_text.data();
    m_out.append(m_text.sliced(m_copied, at - m_copied)).append("\"[redacted]\"");
    m_copied = at + value.size();
    m_changed = true;
}

std::optional<QByteArray> MessageRedactor::redact()
{
    visit(m_text, Role::None);
    if (m_doubt)
        return wholeRedacted();
    if (!m_changed)
        return std::nullopt;
    return m_out.append(m_text.sliced(m_copied));
}

bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

/// "auth" as a word of its own.
bool namesAuth(const QByteArray &lower)
{
    for (qsizetype at = lower.indexOf("auth"); at >= 0; at = lower.indexOf("auth", at + 1)) {
        const bool begins = at == 0 || !isLetter(lower.at(at - 1));
        if (begins && (at + 4 == lower.size() || !isLetter(lower.at(at + 4))))
            return true;
    }
    return false;
}

/// A word with a value behind it: token: …, 'token' = …
bool assigns(const QByteArray &lower, QByteArrayView word)
{
    for (qsizetype at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
        const auto behind = std::find_if_not(lower.begin() + at + word.size(), lower.end(), [](char c) {
            return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'';
        });
        if (behind != lower.end() && (*behind == ':' || *behind == '='))
            return true;
    }
    return false;
}

} // namespace

bool Redactor::mayNameSecret(QByteArrayView text) const
{
    if (!m_fields.isEmpty() && m_fields.mayOccur(text))
        return true;
    // Nearly every message ends here. In a long text the system's search for one letter is faster, and finds some.
    constexpr qsizetype shortText = 256;
    if (text.size() <= shortText && !mayHaveSecretLetters(text))
        return false;
    const auto aroundU = [text](qsizetype at) {
        return hasWordAt(text, at - 1, "auth") || hasWordAt(text, at - 3, "resume") || hasWordAt(text, at - 1, "\\u");
    };
    const auto aroundK = [text](qsizetype at) { return hasWordAt(text, at - 2, "token"); };
    return anyByte(text, 'u', aroundU) || anyByte(text, 'k', aroundK) || anyByte(text, 'U', aroundU)
        || anyByte(text, 'K', aroundK);
}

std::optional<QByteArray> Redactor::message(QByteArrayView text) const
{
    if (!mayNameSecret(text))
        return std::nullopt;
    if (const auto json = checkJson(text)) {
        const QByteArrayView value = json.value();
        return MessageRedactor(value, *this).redact();
    }
    // Broken or cut off: the words alone decide.
    const QByteArray lower = withoutEscapes(text).toLower();
    if (namesAuth(lower) || assigns(lower, "token") || assigns(lower, "resume"))
        return wholeRedacted();
    if (m_fields.occurs(text))
        return '"' + redactedMark.toByteArray() + '"';
    return std::nullopt;
}

} // namespace glasshouse
