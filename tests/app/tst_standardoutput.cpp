// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardoutput.h"
#include "app/terminationsignals.h"

#include <QSignalSpy>
#include <QTest>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace glasshouse;

// Where one can ask whether a write waits.
class TestStandardOutput final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
#ifndef Q_OS_WIN
    void init() { QCOMPARE(pipe(m_ends), 0); }
    void cleanup();
    void writesAtOnce();
    void saysThatItIsFull();
    void saysThatNobodyReads();

private:
    int m_ends[2] = {-1, -1};

    [[nodiscard]] QByteArray read(qsizetype most) const
    {
        QByteArray bytes(most, '\0');
        bytes.truncate(::read(m_ends[0], bytes.data(), size_t(most)));
        return bytes;
    }
#endif
};

void TestStandardOutput::initTestCase()
{
    ignoreFailedWrites();
#ifdef Q_OS_WIN
    QSKIP("a write waits here");
#endif
}

#ifndef Q_OS_WIN
void TestStandardOutput::cleanup()
{
    for (int &end : m_ends)
        ::close(std::exchange(end, -1));
}

void TestStandardOutput::writesAtOnce()
{
    StandardOutput output(m_ends[1]);
    output.write("hello\n");
    QVERIFY(!output.isFull());
    QCOMPARE(read(100), QByteArray("hello\n"));
}

void TestStandardOutput::saysThatItIsFull()
{
    StandardOutput output(m_ends[1]);
    QSignalSpy changes(&output, &StandardOutput::fullChanged);
    QByteArray sent;
    for (int i = 0; !output.isFull() && i < 10'000; ++i) {
        const QByteArray piece = QByteArray::number(i).repeated(1'000);
        sent += piece;
        output.write(piece);
    }
    QVERIFY(output.isFull()); // and this line was reached
    QCOMPARE(changes, (QList<QVariantList>{{true}}));
    sent += "the last";
    output.write("the last");
    QByteArray got;
    while (got.size() < sent.size()) {
        got += read(sent.size());
        QCoreApplication::processEvents();
    }
    QCOMPARE(got, sent);
    QTRY_VERIFY(!output.isFull());
    QCOMPARE(changes.last(), QVariantList{false});
    QCOMPARE(changes.size(), 2);
}

void TestStandardOutput::saysThatNobodyReads()
{
    StandardOutput output(m_ends[1]);
    QSignalSpy failed(&output, &StandardOutput::failed);
    ::close(std::exchange(m_ends[0], -1));
    output.write("hello\n");
    QCOMPARE(failed.size(), 1);
    QVERIFY(!output.isFull());
    output.write("hello\n");
    QCOMPARE(failed.size(), 1);
}
#endif

QTEST_GUILESS_MAIN(TestStandardOutput)
#include "tst_standardoutput.moc"
