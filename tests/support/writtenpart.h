// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QTest>

namespace glasshouse {

/// The part of a source file between two lines that a script writes from a table of the program. Compares it with what the
/// table says; writes it anew instead where GLASSHOUSE_REWRITE_DOCS is set.
inline void compareOrRewrite(const QString &path, const QByteArray &begin, const QByteArray &end,
                             const QByteArray &wanted)
{
    QFile file(path);
    QVERIFY2(
        file.open(qEnvironmentVariableIsSet("GLASSHOUSE_REWRITE_DOCS") ? QIODevice::ReadWrite : QIODevice::ReadOnly),
        qPrintable(path));
    const QByteArray page = file.readAll();
    const qsizetype from = page.indexOf(begin) + begin.size();
    const qsizetype to = page.indexOf(end, from);
    QVERIFY2(page.contains(begin) && to >= from, qPrintable(path));
    if (qEnvironmentVariableIsSet("GLASSHOUSE_REWRITE_DOCS")) {
        const QByteArray whole = page.first(from) + wanted + page.sliced(to);
        QVERIFY(file.resize(0) && file.seek(0) && file.write(whole) == whole.size());
        return;
    }
    const QList<QByteArray> lines = page.sliced(from, to - from).split('\n');
    const QList<QByteArray> wantedLines = wanted.split('\n');
    for (qsizetype i = 0; i < qMax(lines.size(), wantedLines.size()); ++i)
        QCOMPARE(lines.value(i), wantedLines.value(i)); // else: the script that the first mark names
}

} // namespace glasshouse
