// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/diskpool.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace glasshouse;

class TestDiskPool final : public QObject
{
    Q_OBJECT

private slots:
    void worksElsewhereAndTellsHere();
    void isBusyWhenItHasEnough();
    void forgetsWhatItHasNotBegun();
};

void TestDiskPool::worksElsewhereAndTellsHere()
{
    DiskPool pool;
    QThread *there = nullptr;
    QThread *here = nullptr;
    pool.run([] { return QThread::currentThread(); },
             [&](QThread *thread) {
                 there = thread;
                 here = QThread::currentThread();
             });
    QVERIFY(here == nullptr); // never inside of the call
    QTRY_VERIFY(here != nullptr);
    QCOMPARE(here, QThread::currentThread());
    QVERIFY(there != here);
}

void TestDiskPool::isBusyWhenItHasEnough()
{
    DiskPool pool;
    QSemaphore disk; // hangs
    int done = 0;
    for (int i = 0; i < DiskPool::mostJobs; ++i) {
        QVERIFY(!pool.isBusy());
        pool.run(
            [&] {
                disk.acquire();
                return 1;
            },
            [&](int one) { done += one; });
    }
    QVERIFY(pool.isBusy());
    disk.release(DiskPool::mostJobs);
    QTRY_COMPARE(done, DiskPool::mostJobs);
    QVERIFY(!pool.isBusy());
}

void TestDiskPool::forgetsWhatItHasNotBegun()
{
    QSemaphore disk;
    QAtomicInt begun;
    int done = 0;
    {
        DiskPool pool;
        for (int i = 0; i < 100; ++i)
            pool.run(
                [&] {
                    ++begun;
                    disk.acquire();
                    return 1;
                },
                [&](int one) { done += one; });
        QTRY_COMPARE(begun.loadRelaxed(), DiskPool::threads);
        disk.release(100);
    }
    QVERIFY(begun.loadRelaxed() <= 100);
    QCoreApplication::processEvents();
    QCOMPARE(done, 0); // nobody is there to hear of it
}

QTEST_GUILESS_MAIN(TestDiskPool)
#include "tst_diskpool.moc"
