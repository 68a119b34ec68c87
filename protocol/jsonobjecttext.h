// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace glasshouse {

/// Writes a JSON object member by member, in the order of the calls. For rows of which thousands are made a second: QJsonObject
/// sorts its members and converts each text three times. Keys are plain names, and nobody looks whether one comes twice.
class JsonObjectText
{
public:
    JsonObjectText();

    /// UTF-8; what is none becomes U+FFFD.
    JsonObjectText &text(QByteArrayView key, QByteArrayView value);
    JsonObjectText &text(QByteArrayView key, QStringView value);
    JsonObjectText &number(QByteArrayView key, qint64 value);
    JsonObjectText &flag(QByteArrayView key, bool value);
    /// A value that is JSON already.
    JsonObjectText &json(QByteArrayView key, QByteArrayView value);

    /// The whole object. Nothing can be added any more.
    [[nodiscard]] QByteArray take();

private:
    QByteArray m_out;

    void begin(QByteArrayView key);
};

} // namespace glasshouse
