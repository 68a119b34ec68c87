// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace glasshouse {

struct DiffLine
{
    enum class Kind : quint8 { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffLine &) const = default;
};

struct LineDiff
{
    QList<DiffLine> lines;
    /// False: what lies between the first and the last difference was too much to compare line by line.
    bool isFine = true;
};

/// What has to be taken away and put in to make `after` of `before`: as little as possible, in at most 4 million steps and 8 MiB.
[[nodiscard]] LineDiff diffLines(const QStringList &before, const QStringList &after);

} // namespace glasshouse
