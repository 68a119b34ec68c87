// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who reads too slowly hears so whenever its system still takes it, and the ending says what went.
#include "tests/support/certificatefiles.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QTest>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSlowReaders final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_files.make(u"server"_s)); }
    void hears4006_data();
    void hears4006();
    void saysWhatWent_data();
    void saysWhatWent();

private:
    CertificateFiles m_files;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RawClient> m_slow;
    std::unique_ptr<RawClient> m_fast;

    void serve(bool tls);
    [[nodiscard]] std::unique_ptr<RawClient> connectTo(bool tls, int receiveBuffer = 0) const;
    /// A room with one who sends much and one who takes nothing.
    void flood(bool tls);
};

void TestSlowReaders::serve(bool tls)
{
    m_slow.reset();
    m_fast.reset();
    const QStringList limits{u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s, u"--max-queue-bytes"_s, u"128k"_s};
    m_server = std::make_unique<ServerProcess>(limits + (tls ? m_files.options(u"server"_s) : QStringList()));
    QVERIFY2(m_server->start(), m_server->output().constData());
}

std::unique_ptr<RawClient> TestSlowReaders::connectTo(bool tls, int receiveBuffer) const
{
    RawClient::Options options{.receiveBuffer = receiveBuffer};
    if (tls)
        options.tls = RawClient::trusting();
    return std::make_unique<RawClient>(m_server->port(), options);
}

// 12 MB: more than any system holds.
void TestSlowReaders::flood(bool tls)
{
    m_slow = connectTo(tls, 16 * 1024);
    QVERIFY(m_slow->upgrade("/ws/slow"));
    QVERIFY(!m_slow->waitForType(u"connected"_s).isEmpty());
    m_fast = connectTo(tls);
    QVERIFY(m_fast->upgrade("/ws/slow"));
    m_slow->stopReading();
    const QByteArray payload(60'000, 'x');
    for (int i = 0; i < 200; ++i)
        m_fast->sendFrame(Opcode::Binary, payload);
    QTRY_COMPARE_WITH_TIMEOUT(m_fast->unsent(), 0, 20'000);
}

void TestSlowReaders::hears4006_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

// It takes something all the time: so little that the system is never said to have room again, for longer than a close frame is
// waited for elsewhere. Then it reads on.
void TestSlowReaders::hears4006()
{
    QFETCH(bool, tls);
    serve(tls);
    flood(tls);
    for (int i = 0; i < 60 && !m_slow->closed(); ++i) { // three seconds of it
        m_slow->readSome(8192);
        QTest::qWait(50);
    }
    QTRY_VERIFY_WITH_TIMEOUT((m_slow->readSome(1 << 20), m_slow->closed() || m_slow->ended()),
                             60'000); // megabytes wait in the system
    QCOMPARE(int(m_slow->closeCode()), 4006);
    const QJsonObject ending = m_server->ending(1, 10'000);
    QCOMPARE(ending["cause"_L1].toString(), u"read_too_slowly"_s);
    QCOMPARE(ending["codeSent"_L1].toInt(), 4006);
}

void TestSlowReaders::saysWhatWent_data() { hears4006_data(); }

// It takes nothing any more: no close frame went, and none is said to.
void TestSlowReaders::saysWhatWent()
{
    QFETCH(bool, tls);
    serve(tls);
    flood(tls);
    const QJsonObject ending = m_server->ending(1, 20'000);
    QCOMPARE(ending["cause"_L1].toString(), u"read_too_slowly"_s);
    QCOMPARE(ending["codeSent"_L1].toInt(), 0);
    QTRY_VERIFY_WITH_TIMEOUT((m_slow->readSome(1 << 20), m_slow->ended()), 20'000);
    QVERIFY(!m_slow->closed());
}

QTEST_GUILESS_MAIN(TestSlowReaders)
#include "tst_slow_readers.moc"
