// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/descriptors.h"

#include <QFile>
#include <QTest>
#include <sys/resource.h>

using namespace glasshouse;

class TestDescriptors final : public QObject
{
    Q_OBJECT

private slots:
    void raisesTheLimit();
    void countsWhatIsOpen();
    void keepsAReserve();
};

void TestDescriptors::raisesTheLimit()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlimit low = limit;
    low.rlim_cur = 200;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
    QCOMPARE(descriptorLimit(), 200);
    const int raised = raiseDescriptorLimit();
    QCOMPARE(raised, descriptorLimit());
    QCOMPARE(quint64(raised), quint64(qMin<rlim_t>(limit.rlim_max, 1'048'576)));
}

void TestDescriptors::countsWhatIsOpen()
{
    const int before = openDescriptors();
    QVERIFY(before >= 3);
    QFile files[5];
    for (QFile &file : files) {
        file.setFileName(QStringLiteral("/dev/null"));
        QVERIFY(file.open(QIODevice::ReadOnly));
    }
    QCOMPARE(openDescriptors(), before + 5);
    for (QFile &file : files)
        file.close();
    QCOMPARE(openDescriptors(), before);
}

void TestDescriptors::keepsAReserve()
{
    const int limit = descriptorLimit();
    QVERIFY(leavesReserve(0));
    QVERIFY(leavesReserve(limit - descriptorReserve - 1));
    QVERIFY(!leavesReserve(limit - descriptorReserve));
    QVERIFY(!leavesReserve(limit - 1));
    QVERIFY(hasReserve());
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit low = before;
    low.rlim_cur = descriptorReserve; // every number is within the reserve now
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
    const bool hasRoom = hasReserve();
    low.rlim_cur = 1; // not one can be opened
    ::setrlimit(RLIMIT_NOFILE, &low);
    const bool hasAny = hasReserve();
    ::setrlimit(RLIMIT_NOFILE, &before);
    QVERIFY(!hasRoom);
    QVERIFY(!hasAny);
}

QTEST_GUILESS_MAIN(TestDescriptors)
#include "tst_descriptors.moc"
