// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/diskpool.h"

#include <QElapsedTimer>
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
    void leavesOutTheJobsOfWhoIsGone();
    void doesNotWaitForADiskThatHangs();

private:
    const std::shared_ptr<char> m_owner = std::make_shared<char>();
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
             },
             m_owner);
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
            [&](int one) { done += one; }, m_owner);
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
                [&](int one) { done += one; }, m_owner);
        QTRY_COMPARE(begun.loadRelaxed(), DiskPool::threads);
        disk.release(100);
    }
    QVERIFY(begun.loadRelaxed() <= 100);
    QCoreApplication::processEvents();
    QCOMPARE(done, 0); // nobody is there to hear of it
}

void TestDiskPool::leavesOutTheJobsOfWhoIsGone()
{
    DiskPool pool;
    QSemaphore disk;
    QAtomicInt begun;
    int done = 0;
    auto owner = std::make_shared<char>();
    for (int i = 0; i < 100; ++i) {
        pool.run(
            [&] {
                ++begun;
                disk.acquire();
                return 1;
            },
            [&](int) { ++done; }, owner);
    }
    QTRY_COMPARE(begun.loadRelaxed(), DiskPool::threads);
    owner.reset();
    disk.release(100);
    QTRY_COMPARE(done, 100);
    QCOMPARE(begun.loadRelaxed(), DiskPool::threads);
    QVERIFY(!pool.isBusy());
}

void TestDiskPool::doesNotWaitForADiskThatHangs()
{
    struct Disk
    {
        QSemaphore gate;
        QAtomicInt begun;
        QAtomicInt ended;
    };
    const auto disk = std::make_shared<Disk>(); // the jobs outlive the pool
    QElapsedTimer timer;
    {
        DiskPool pool;
        const auto job = [disk] {
            ++disk->begun;
            disk->gate.acquire();
            ++disk->ended;
            return 1;
        };
        for (int i = 0; i < DiskPool::threads; ++i)
            pool.run(
                job, [](int) { QFAIL("nobody is there to hear of it"); }, m_owner);
        QTRY_COMPARE(disk->begun.loadRelaxed(), DiskPool::threads);
        timer.start();
    }
    QVERIFY(timer.elapsed() < 2 * DiskPool::patienceMs);
    disk->gate.release(DiskPool::threads);
    QTRY_COMPARE(disk->ended.loadRelaxed(), DiskPool::threads);
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestDiskPool)
#include "tst_diskpool.moc"
