// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/openinglines.h"

#include "protocol/frame.h"
#include "ui/messages/shellquoting.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

QByteArray comment(const CapturedRow &row, const char *why)
{
    return "# message " + QByteArray::number(row.number) + ": " + why;
}

/// They are of the connection, not of who asks for it, or are said by cURL itself.
bool isOfTheConnection(const QByteArray &name)
{
    static constexpr std::array<QByteArrayView, 7> names{"host",
                                                         "connection",
                                                         "upgrade",
                                                         "content-length",
                                                         "sec-websocket-key",
                                                         "sec-websocket-version",
                                                         "sec-websocket-extensions"};
    return std::ranges::find(names, QByteArrayView(name.toLower())) != names.end();
}

bool isToken(const QByteArray &name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

QByteArray headersOf(const QByteArray &head)
{
    QByteArray options;
    const QList<QByteArray> lines = head.split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        const QByteArray name = line.left(line.indexOf(':'));
        const auto word = isToken(name) && !isOfTheConnection(name) ? shellWord(line) : std::nullopt;
        if (word)
            options += " -H " + *word;
    }
    return options;
}

/// http:// instead of ws://, https:// instead of wss://: older versions of cURL know these.
QByteArray webAddress(const QByteArray &url) { return url.startsWith("ws") ? "http" + url.sliced(2) : url; }

} // namespace

QByteArray wscatLine(const CapturedRow &row, MessageWriter &writer)
{
    if (row.isEvent() || row.opcode() != quint8(Opcode::Text))
        return comment(row, "no text, and wscat sends nothing else");
    const auto url = shellWord(writer.originOf(row.connection()).url), text = shellWord(row.payload);
    if (!url || url->size() <= 2)
        return comment(row, "how its connection was opened is not known");
    if (!text)
        return comment(row, "it holds a NUL, which a shell can not hand over");
    // A text that looks like an option has to hang on its own.
    return "wscat -c " + *url + (row.payload.startsWith('-') ? " --execute=" : " -x ") + *text;
}

QByteArray curlLine(const CapturedRow &row, MessageWriter &writer)
{
    if (row.connection() == ConnectionId{} || !writer.isFirstOf(row.connection()))
        return {};
    const MessageOrigin origin = writer.originOf(row.connection());
    const auto url = shellWord(webAddress(origin.url));
    if (!url || url->size() <= 2)
        return comment(row, "how its connection was opened is not known");
    // The key is the one of RFC 6455, section 1.3: any will do.
    return "curl --include --no-buffer --globoff --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket'"
           " -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='"
        + headersOf(origin.requestHead) + ' ' + *url;
}

} // namespace glasshouse
