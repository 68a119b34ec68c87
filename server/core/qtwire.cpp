// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/qtwire.h"

#include <cstring>

namespace glasshouse {

QtWire::QtWire(const QByteArray &head) : m_unread(head)
{
    setSocketState(ConnectedState);
    QIODevice::open(ReadWrite | Unbuffered);
}

QtWire::~QtWire()
{
    setSocketState(UnconnectedState);
    QIODevice::close();
}

qint64 QtWire::readData(char *data, qint64 size)
{
    const qint64 count = qMin<qint64>(size, m_unread.size());
    if (count == 0)
        return 0; // Qt asks with a null pointer, too
    std::memcpy(data, m_unread.constData(), size_t(count));
    m_unread.remove(0, count);
    return count;
}

qint64 QtWire::writeData(const char *data, qint64 size)
{
    m_written.append(data, size);
    return size;
}

} // namespace glasshouse
