// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include "server/protocol/json.h"

#include <algorithm>

namespace glasshouse {

namespace {

enum class Role : quint8 { None, Connected, Auth };

QByteArray wholeRedacted() { return R"({"type":"auth","data":"[redacted]"})"; }

bool hasWordAt(QByteArrayView text, qsizetype at, QByteArrayView word)
{
    return at >= 0 && at + word.size() <= text.size()
        && text.sliced(at, word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

bool hasLetterOfSecrets(QByteArrayView text)
{
    bool found = false;
    for (const char letter : text)
        found |= ((letter | 0x20) == 'u') | ((letter | 0x20) == 'k');
    return found;
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

// Nearly every message ends here, so it looks for the rarest letter of each word; in a short text for both at once, which
// compilers turn into a few wide comparisons.
bool Redactor::mayNameSecret(QByteArrayView text) const
{
    if (m_fields.mayOccur(text))
        return true;
    constexpr qsizetype shortText = 256;
    if (text.size() <= shortText && !hasLetterOfSecrets(text))
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
