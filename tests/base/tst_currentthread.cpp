// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/currentthread.h"

#include <QTest>

using namespace glasshouse;

class TestCurrentThread final : public QObject
{
    Q_OBJECT

private slots:
    void measuresTheWorkOfAThread();
};

void TestCurrentThread::measuresTheWorkOfAThread()
{
    const qint64 before = threadCpuUs();
    QVERIFY(before >= 0);
    volatile double sink = 1;
    while (threadCpuUs() < before + 1'000) // ends, or the clock stands still
        sink = sink * 1.0000001;
    QVERIFY(threadCpuUs() > before);
}

QTEST_GUILESS_MAIN(TestCurrentThread)
#include "tst_currentthread.moc"
