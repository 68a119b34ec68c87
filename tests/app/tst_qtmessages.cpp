// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qtmessages.h"

#include <QLoggingCategory>
#include <QTest>
#include <QThread>
#include <thread>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcTest, "qt.network.test")

class TestQtMessages final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_told.clear(); }
    void tellsWhatQtSays();
    void tellsItOnItsOwnThread();
    void hidesSecrets_data();
    void hidesSecrets();
    void takesNoMoreThanItTells();
    void tellsTheLastOnesAtItsEnd();

private:
    QStringList m_told;

    [[nodiscard]] QtMessages::Taker taker()
    {
        return [this](LogLevel level, const QString &category, const QString &text) {
            QCOMPARE(QThread::currentThread(), thread());
            m_told += QString::number(int(level)) + u' ' + category + u' ' + text;
        };
    }
};

void TestQtMessages::tellsWhatQtSays()
{
    QtMessages messages(taker());
    qCWarning(lcTest) << "a certificate" << 7;
    qCritical("of no category");
    QTRY_COMPARE(m_told, (QStringList{u"1 qt.network.test a certificate 7"_s, u"0 default of no category"_s}));
}

void TestQtMessages::tellsItOnItsOwnThread()
{
    QtMessages messages(taker());
    std::thread([] { qCWarning(lcTest) << "elsewhere"; }).join();
    QVERIFY(m_told.isEmpty());
    QTRY_COMPARE(m_told, QStringList{u"1 qt.network.test elsewhere"_s});
}

void TestQtMessages::hidesSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("parameter") << u"can not open wss://host/ws/blue?token=Canary"_s;
    QTest::newRow("header") << u"bad header Authorization: Bearer Canary"_s;
    QTest::newRow("subprotocol") << u"unknown subprotocol bearer.Canary"_s;
    QTest::newRow("resume") << u"GET /ws/blue?resume=Canary&seq=3"_s;
    QTest::newRow("json") << uR"(no: {"type":"auth","data":{"token":"Canary"}})"_s;
}

void TestQtMessages::hidesSecrets()
{
    QFETCH(QString, text);
    QtMessages messages(taker());
    qCWarning(lcTest).noquote() << text;
    QTRY_COMPARE(m_told.size(), 1);
    QVERIFY2(!m_told.first().contains("Canary"_L1), qPrintable(m_told.first()));
}

void TestQtMessages::takesNoMoreThanItTells()
{
    QtMessages messages(taker());
    for (int i = 0; i < 1'000; ++i)
        qCWarning(lcTest) << i;
    QTRY_COMPARE(m_told.size(), QtMessages::mostWaiting + 1);
    QVERIFY(m_told.last().endsWith("left out: 744"_L1));
}

void TestQtMessages::tellsTheLastOnesAtItsEnd()
{
    {
        QtMessages messages(taker());
        qCWarning(lcTest) << "goodbye";
    }
    QCOMPARE(m_told.size(), 1);
}

QTEST_GUILESS_MAIN(TestQtMessages)
#include "tst_qtmessages.moc"
