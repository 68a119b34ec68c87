// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>

namespace glasshouse {

/// `key = value` of a configuration file, without the blanks around both.
struct ConfigLine
{
    int number = 0; ///< from 1 on
    QString key;
    QString value;
};

enum class ConfigFileError : quint8 {
    Unreadable,
    TooLong,
    WrongEncoding,
    ControlCharacter,
    NoKey,
    NoValue,
    Quotes,
    Comment
};

/// What a file says, line by line, without knowing the keys.
struct ConfigFile
{
    static constexpr qint64 maxBytes = 256 * 1024;

    QList<ConfigLine> lines;
    QList<Error<ConfigFileError>> errors; ///< all of them; each names file and line

    /// UTF-8 with LF or CRLF, with or without a byte-order mark; blank lines and lines that begin with # say nothing.
    /// `name` stands in the errors.
    [[nodiscard]] static ConfigFile parse(QByteArray text, const QString &name);
    [[nodiscard]] static ConfigFile read(const QString &path);
};

} // namespace glasshouse
