// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

namespace glasshouse {

struct ServerConfig;

/// A file that decides who is believed, and is not for everybody.
struct OpenFile
{
    QByteArray option; ///< that names it
    QString text;      ///< for people: which, and how open
    QString help;      ///< what to do about it, for people
};

/// Others may change or replace this file; nullopt: they may not. Asks the disk.
[[nodiscard]] std::optional<OpenFile> whoElseWrites(const QByteArray &option, const QString &path);
/// Those that others may write: whoever does is believed. No start takes them. Asks the disk.
[[nodiscard]] QList<OpenFile> filesOthersWrite(const ServerConfig &config);
/// Those with secrets that others may read.
[[nodiscard]] QList<OpenFile> filesOthersRead(const ServerConfig &config);

} // namespace glasshouse
