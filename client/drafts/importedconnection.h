// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/drafts/connectiondraft.h"
#include "protocol/httphead.h"

#include <QStringList>

namespace glasshouse {

/// A connection that was written down for another program, or seen. Its texts are escaped: braces in it are no variables.
struct ImportedConnection
{
    ConnectionDraft draft;
    QStringList notTaken = {}; ///< options and headers that have no place here, by name: "--limit-rate"
    bool lacksAddress = false; ///< the mark of what is hidden stands in it, in the place of what nobody knows
};

enum class ImportFault : quint8 { Nothing, OpenQuote, UnknownProgram, NoAddress, NoValue };
constexpr qsizetype longestImport = qsizetype(256) * 1024; ///< characters; nothing is read behind them

/// A line that begins with wscat, curl or "glasshouse connect". The error's text is the word that it is about.
[[nodiscard]] Result<ImportedConnection, ImportFault> importLine(const QString &line);
/// The request of a connection that was seen. Values that hold `redacted` are not known: their headers and parameters are among
/// notTaken; elsewhere in an address they stay.
[[nodiscard]] ImportedConnection importRequest(const QString &address, const HttpHead &request,
                                               QByteArrayView redacted);
/// For people, translated.
[[nodiscard]] QString importFaultText(ImportFault fault, const QString &word);

} // namespace glasshouse
