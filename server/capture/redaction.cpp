// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include "protocol/httpchars.h"
#include "protocol/upgrade.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

constexpr int maxNesting = 3;           // of percent-encoding; deeper than anybody writes by accident
constexpr qsizetype shortestToken = 20; // of those that nobody can guess

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

/// Is there no value with a name, no escape, no user of an address and no JWT? Then no secret but one behind a configured name.
bool announcesNothing(QByteArrayView text)
{
    return std::ranges::none_of(text, [](char c) { return c == '=' || c == '%' || c == '@'; })
        && !contains(text, "eyJ");
}

/// Does a secret stand behind the value's percent-encoding, as in next=%2Fws%3Ftoken%3D…?
bool hidesSecret(const Redactor &redactor, QByteArrayView value, int nesting)
{
    if (nesting == 0 || !contains(value, "%"))
        return false;
    const QByteArray plain = QByteArray::fromPercentEncoding(value.toByteArray());
    // Each name is looked at once: a head of nothing but "=" must not cost more than another.
    qsizetype from = 0;
    for (qsizetype equals = plain.indexOf('='); equals >= 0; equals = plain.indexOf('=', from)) {
        if (redactor.isSecretName(plainName(QByteArrayView(plain).sliced(from, equals - from))))
            return true;
        from = equals + 1;
    }
    return redactor.fields().isAssigned(plain) || hidesSecret(redactor, plain, nesting - 1);
}

bool isWithin(char c) { return !isSpace(c) && !QByteArrayView("/\\?#\"<>").contains(c); }

/// Up to where a name and a password stand in this piece of an address (user:password@host), and 0 if there is none. Behind
/// `slashes` a name alone is one.
qsizetype userInfoSize(QByteArrayView piece, bool slashes)
{
    const qsizetype end = piece.lastIndexOf('@');
    return end > 0 && (slashes || contains(piece.first(end), ":")) ? end : 0;
}

bool hidesUserInfo(QByteArrayView piece, int nesting)
{
    if (nesting == 0 || !contains(piece, "%"))
        return false;
    const QByteArray plain = QByteArray::fromPercentEncoding(piece.toByteArray());
    const qsizetype slashes = plain.indexOf("//");
    return userInfoSize(QByteArrayView(plain).sliced(slashes < 0 ? 0 : slashes + 2), slashes >= 0) > 0
        || hidesUserInfo(plain, nesting - 1);
}

/// Each piece between slashes and the like is looked at once.
QByteArray withoutUserInfo(const QByteArray &text)
{
    if (!text.contains('@') && !text.contains('%'))
        return text;
    QByteArray out;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = std::find_if_not(text.begin() + at, text.end(), isWithin) - text.begin();
        const QByteArrayView piece = QByteArrayView(text).sliced(at, end - at);
        const qsizetype secret = hidesUserInfo(piece, maxNesting)
            ? piece.size()
            : userInfoSize(piece, out.endsWith("//") || out.endsWith("\\\\"));
        out.append(secret > 0 ? redactedMark : QByteArrayView()).append(piece.sliced(secret));
        at = std::min(end + 1, text.size());
        out.append(QByteArrayView(text).sliced(end, at - end));
    }
    return out;
}

qsizetype endOfName(QByteArrayView text, qsizetype from)
{
    const auto ends = [](char c) { return c == '=' || c == '&' || c == '?' || c == ';' || c == '#'; };
    return std::find_if(text.begin() + from, text.end(), ends) - text.begin();
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

/// Does an element of a list begin there, as subprotocols are offered?
bool beginsElement(const QByteArray &line, qsizetype at)
{
    while (at > 0 && isSpace(line[at - 1]))
        --at;
    return at == 0 || line[at - 1] == ':' || line[at - 1] == ',';
}

/// Where the first "bearer" from there on stands that something follows, and how long it is with its separator. A list's element
/// needs none.
std::pair<qsizetype, qsizetype> findBearer(const QByteArray &lower, qsizetype from)
{
    constexpr QByteArrayView word = "bearer";
    for (qsizetype at = lower.indexOf(word, from); at >= 0; at = lower.indexOf(word, at + 1)) {
        const auto behind = lower.begin() + at + word.size();
        const auto token = std::find_if(behind, lower.end(), isWordByte);
        const bool isApart = token != behind || beginsElement(lower, at);
        if (isApart && token != lower.end() && std::find(behind, token, ',') == token)
            return {at, token - lower.begin() - at};
    }
    return {-1, 0};
}

/// `word` in lower case.
bool mentions(QByteArrayView text, QByteArrayView word)
{
    const auto same = [](char in, char wanted) { return (in | 0x20) == wanted; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

/// Everything behind "bearer.", "Bearer " and the "bearer" of a list's element up to a comma.
QByteArray withoutBearers(QByteArrayView line)
{
    if (!mentions(line, "bearer"))
        return line.toByteArray();
    const QByteArray lower = line.toByteArray().toLower();
    QByteArray out;
    for (qsizetype from = 0;;) {
        const auto [at, length] = findBearer(lower, from);
        if (at < 0)
            return out.append(line.sliced(from));
        out.append(line.sliced(from, at + length - from)).append(redactedMark);
        from = line.indexOf(',', at + length);
        if (from < 0)
            return out;
    }
}

/// A list of subprotocols, or a part of one, without the tokens among them. `before`: the element in front, and then the last one.
QByteArray withoutTokens(QByteArrayView list, QByteArray &before)
{
    QByteArray out;
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView element = comma < 0 ? list : list.first(comma);
        const QByteArrayView word = httpchars::stripped(element);
        const QByteArray shown = withoutBearers(element);
        const bool announces = isTokenSubprotocol({}, word);
        const bool isToken = isTokenSubprotocol(word, before) && !announces;
        out.append(isToken && shown == element && !word.isEmpty() ? QByteArrayView(redactedMark)
                                                                  : QByteArrayView(shown));
        if (!word.isEmpty())
            before = word.toByteArray();
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
        if (comma >= 0)
            out.append(',');
    }
    return out;
}

QByteArrayView withoutLeadingSpace(QByteArrayView line)
{
    const auto begin = std::find_if_not(line.begin(), line.end(), isSpace);
    return line.sliced(begin - line.begin());
}

bool isSecretHeader(QByteArrayView name)
{
    static constexpr std::array<QByteArrayView, 6> parts{"authorization", "cookie", "api-key",
                                                         "token",         "secret", "password"};
    return std::ranges::any_of(parts, [name](QByteArrayView part) { return mentions(name, part); });
}

/// Is there nothing behind it but the mark, up to the next parameter?
bool isMarked(QByteArrayView behind)
{
    return behind.startsWith(redactedMark)
        && (behind.size() == redactedMark.size() || behind[redactedMark.size()] == '&');
}

/// From the first value of a configured name on, nobody knows where it ends: all goes.
QByteArray withoutFields(const FieldNames &fields, const QByteArray &line)
{
    qsizetype at = fields.assigned(line);
    while (at >= 0 && isMarked(QByteArrayView(line).sliced(at)))
        at = fields.assigned(line, at);
    if (at >= 0)
        return line.first(at).append(redactedMark);
    const bool isDeeper = fields.assigned(line) < 0 && fields.isAssigned(line); // behind escapes
    return isDeeper ? redactedMark.toByteArray() : line;
}

bool isTokenByte(char c) { return isWordByte(c) || QByteArrayView("._~+/=%-").contains(c); }

/// The first letter is left out: a capital there makes no token of a word.
bool looksLikeToken(QByteArrayView word)
{
    const auto has = [word](char first, char last) {
        return std::any_of(word.begin() + 1, word.end(), [=](char c) { return c >= first && c <= last; });
    };
    return contains(word, "eyJ")
        || (word.size() >= shortestToken && int(has('0', '9')) + int(has('a', 'z')) + int(has('A', 'Z')) > 1);
}

/// Every word that is a secret, as `judge` says, is replaced; `belongs` says which bytes make words.
template <typename Belongs, typename Judge>
QByteArray withoutWords(QByteArrayView text, const Belongs &belongs, const Judge &judge)
{
    QByteArray out;
    while (!text.isEmpty()) {
        const qsizetype end = std::find_if_not(text.begin(), text.end(), belongs) - text.begin();
        const QByteArrayView word = text.first(end);
        out.append(judge(word) ? redactedMark : word);
        const qsizetype between = std::min(end + 1, text.size());
        out.append(text.sliced(end, between - end));
        text = text.sliced(between);
    }
    return out;
}

/// Tokens of players look like this wherever they stand: {" in Base64, and dots.
QByteArray withoutJwts(QByteArray text)
{
    if (!text.contains("eyJ"))
        return text;
    const auto belongs = [](char c) { return isWordByte(c) || c == '-' || c == '_' || c == '.'; };
    const auto judge = [](QByteArrayView word) {
        const qsizetype at = word.indexOf("eyJ");
        return at >= 0 && word.indexOf('.', at) >= 0;
    };
    return withoutWords(text, belongs, judge);
}

/// Splits a head into lines at any kind of line end and redacts one after the other.
class HeadRedactor
{
public:
    explicit HeadRedactor(const Redactor &redactor) : m_redactor(redactor) { }

    [[nodiscard]] QByteArray redact(QByteArrayView head);

private:
    const Redactor &m_redactor;
    QByteArray m_out;
    QByteArray m_offered;  ///< the last subprotocol, of whichever line
    bool m_secret = false; ///< the last line had a secret
    bool m_first = true;

    void takeLine(QByteArrayView line);
    void takeFirstLine(QByteArrayView line, QByteArrayView name);
    void takeHeader(QByteArrayView line, QByteArrayView name);
    void add(QByteArrayView line);
    [[nodiscard]] bool isSecret(QByteArrayView name) const
    {
        return isSecretHeader(name) || m_redactor.fields().contains(name);
    }
};

QByteArray HeadRedactor::redact(QByteArrayView head)
{
    m_out.reserve(head.size());
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
    // Folded, or the rest of a value that was broken by a line end.
    const bool continues = isSpace(line.front()) || !contains(line, ":") || !httpchars::isToken(name);
    m_out.append(line.first(line.size() - text.size()));
    if (m_first)
        takeFirstLine(text, name);
    else if (continues && m_secret)
        m_out.append(redactedMark);
    else
        takeHeader(text, name);
}

/// METHOD target HTTP/1.1; a space inside of the target belongs to it.
void HeadRedactor::takeFirstLine(QByteArrayView line, QByteArrayView name)
{
    m_first = false;
    const bool header = name.size() < line.size() && line[name.size()] == ':';
    if (header || isSecret(name))
        return takeHeader(line, name);
    const qsizetype version = line.lastIndexOf(" HTTP/");
    const bool hasVersion = version >= 0 && line.size() - version <= qsizetype(sizeof " HTTP/1.1");
    const qsizetype end = hasVersion ? version : line.size();
    add(line.first(end));
    m_out.append(line.sliced(end));
}

void HeadRedactor::takeHeader(QByteArrayView line, QByteArrayView name)
{
    if (isSecret(name)) {
        m_secret = true;
        m_out.append(name).append(": ").append(redactedMark);
        return;
    }
    if (!httpchars::isSame(name, "Sec-WebSocket-Protocol"))
        return add(line);
    const qsizetype value = name.size() + (name.size() < line.size() ? 1 : 0);
    m_out.append(line.first(value)).append(m_redactor.target(withoutTokens(line.sliced(value), m_offered)));
    m_secret = true; // a token may be folded in any place
}

/// A line without what is secret in it. If there was something, the next line may bring the rest of it.
void HeadRedactor::add(QByteArrayView line)
{
    const QByteArray shown = m_redactor.target(withoutBearers(line));
    m_secret = shown != line;
    m_out.append(shown);
}

} // namespace

bool Redactor::isSecretName(QByteArrayView lowerName) const
{
    static constexpr std::array<QByteArrayView, 15> names{"resume", "key",  "apikey",        "api_key", "passwd",
                                                          "pwd",    "pass", "passphrase",    "otp",     "sig",
                                                          "auth",   "sid",  "authorization", "session", "sessionid"};
    static constexpr std::array<QByteArrayView, 6> parts{"token", "secret",     "password",
                                                         "jwt",   "credential", "signature"};
    return std::ranges::find(names, lowerName) != names.end()
        || std::ranges::any_of(parts, [lowerName](QByteArrayView part) { return contains(lowerName, part); })
        || m_fields.contains(lowerName);
}

QByteArray Redactor::target(QByteArrayView target) const
{
    if (announcesNothing(target)) // as most lines of a head
        return m_fields.isEmpty() ? target.toByteArray() : withoutFields(m_fields, target.toByteArray());
    QByteArray out;
    qsizetype clear = 0; // up to here the values were looked into, and nothing hides in them
    for (qsizetype at = 0; at < target.size();) {
        const qsizetype nameEnd = endOfName(target, at);
        const QByteArrayView name = target.sliced(at, nameEnd - at);
        const bool hasValue = nameEnd < target.size() && target[nameEnd] == '=';
        at = std::min(nameEnd + 1, target.size());
        const bool secretInName = hidesSecret(*this, name, maxNesting); // token%3D…
        out.append(secretInName ? redactedMark : name).append(target.sliced(nameEnd, at - nameEnd));
        if (!hasValue)
            continue;
        const qsizetype end = endOfValue(target, at);
        const bool hides = end > clear && hidesSecret(*this, target.sliced(at, end - at), maxNesting);
        if (!secretInName && !isSecretName(plainName(name)) && !hides) {
            clear = std::max(clear, end);
            continue;
        }
        out.append(redactedMark);
        at = end;
    }
    out = withoutJwts(withoutUserInfo(out));
    return m_fields.isEmpty() ? out : withoutFields(m_fields, out);
}

QByteArray Redactor::head(QByteArrayView rawHead) const { return HeadRedactor(*this).redact(rawHead); }

QByteArray Redactor::headerValue(QByteArrayView name, QByteArrayView value) const
{
    const bool isSecret = isSecretHeader(name) || m_fields.contains(name);
    if (isSecret)
        return redactedMark.toByteArray();
    QByteArray offered;
    const bool isList = httpchars::isSame(name, "Sec-WebSocket-Protocol");
    return target(isList ? withoutTokens(value, offered) : withoutBearers(value));
}

// Not by words alone: "no token came in time" tells nobody anything.
QByteArray Redactor::text(QByteArrayView text) const
{
    static const FieldNames always(
        {"token", "resume", "password", "passwd", "secret", "jwt", "authorization", "cookie"});
    const bool isJson = contains(text, "{") || contains(text, "[") || contains(text, "\"");
    if (always.isAssigned(text) || m_fields.isAssigned(text) || (isJson && message(text)))
        return redactedMark.toByteArray();
    return withoutWords(target(withoutBearers(text)), isTokenByte, looksLikeToken);
}

} // namespace glasshouse
