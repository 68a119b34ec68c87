// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/forwardedheader.h"

#include "protocol/httpchars.h"

namespace glasshouse {

namespace {

/// Reads `for=1.2.3.4;proto=http, for="[::1]:80"` once, from left to right.
class ForwardedReader
{
public:
    explicit ForwardedReader(QByteArrayView text) : m_rest(text) { }

    /// False: this is not a Forwarded header.
    [[nodiscard]] bool run()
    {
        while (true) {
            if (!takeElement())
                return false;
            if (m_rest.isEmpty())
                return true;
            m_rest = m_rest.sliced(1); // the comma
        }
    }
    [[nodiscard]] const QList<QByteArray> &entries() const { return m_entries; }

private:
    QByteArrayView m_rest;
    QList<QByteArray> m_entries;

    void skipBlanks()
    {
        while (m_rest.startsWith(' ') || m_rest.startsWith('\t'))
            m_rest = m_rest.sliced(1);
    }

    /// Up to a comma or the end. An element without anything in it is none.
    bool takeElement()
    {
        QByteArray node;
        bool any = false;
        while (true) {
            skipBlanks();
            if (m_rest.isEmpty() || m_rest.startsWith(','))
                break;
            if (m_rest.startsWith(';')) {
                m_rest = m_rest.sliced(1);
                continue;
            }
            if (!takePair(node))
                return false;
            any = true;
        }
        if (any)
            m_entries += node;
        return true;
    }

    bool takePair(QByteArray &node)
    {
        const qsizetype equals = m_rest.indexOf('=');
        if (equals < 0 || !httpchars::isToken(m_rest.first(equals)))
            return false;
        const bool isFor = httpchars::isSame(m_rest.first(equals), "for");
        m_rest = m_rest.sliced(equals + 1);
        QByteArray value;
        if (!(m_rest.startsWith('"') ? takeQuoted(value) : takePlain(value)) || (isFor && !node.isEmpty()))
            return false;
        if (isFor)
            node = value;
        skipBlanks();
        return m_rest.isEmpty() || m_rest.startsWith(',') || m_rest.startsWith(';');
    }

    /// A token, and what proxies forget to quote in an address.
    bool takePlain(QByteArray &value)
    {
        qsizetype end = 0;
        while (end < m_rest.size()
               && (httpchars::isTokenByte(m_rest[end]) || QByteArrayView(":[]").contains(m_rest[end])))
            ++end;
        value = m_rest.first(end).toByteArray();
        m_rest = m_rest.sliced(end);
        return end > 0;
    }

    bool takeQuoted(QByteArray &value)
    {
        for (qsizetype i = 1; i < m_rest.size(); ++i) {
            if (m_rest[i] == '"') {
                m_rest = m_rest.sliced(i + 1);
                return !value.isEmpty();
            }
            if (m_rest[i] == '\\' && ++i == m_rest.size())
                break;
            value += m_rest[i];
        }
        return false;
    }
};

} // namespace

QList<QByteArray> forwardedForEntries(const HttpHead &request)
{
    QByteArray all;
    for (const HttpHeader &header : request.headers) {
        if (httpchars::isSame(header.name, "Forwarded"))
            all += header.value + ',';
    }
    ForwardedReader reader(all);
    return reader.run() ? reader.entries() : QList<QByteArray>{""};
}

} // namespace glasshouse
