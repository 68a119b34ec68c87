// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientanswers.h"

#include <QTest>

using namespace glasshouse;

namespace {

FrameRecord frame(quint8 firstByte, quint8 flags = 0, quint32 connection = 1)
{
    return {.connection = connection, .firstByte = firstByte, .flags = flags};
}

} // namespace

class TestClientAnswers final : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatAMessageAnswers_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<quint32>("rows");
        const QByteArray ask = "{\"type\":\"a\",\"id\":17}";
        QTest::newRow("number") << ask << QByteArray("{\"type\":\"b\",\"re\":17}") << 5U;
        QTest::newRow("another") << ask << QByteArray("{\"type\":\"b\",\"re\":18}") << 0U;
        QTest::newRow("text") << QByteArray("{\"id\":\"17\"}") << QByteArray("{\"re\":\"17\"}") << 5U;
        QTest::newRow("a text is no number") << ask << QByteArray("{\"re\":\"17\"}") << 0U;
        QTest::newRow("inside") << ask << QByteArray("{\"data\":{\"re\":17}}") << 0U;
        QTest::newRow("no JSON") << ask << QByteArray("{\"re\":17") << 0U;
        QTest::newRow("null") << QByteArray("{\"id\":null}") << QByteArray("{\"re\":null}") << 0U;
        QTest::newRow("a long name") << QByteArray("{\"id\":\"" + QByteArray(300, 'x') + "\"}")
                                     << QByteArray("{\"re\":\"" + QByteArray(300, 'x') + "\"}") << 0U;
    }
    void findsWhatAMessageAnswers()
    {
        QFETCH(QByteArray, asked);
        QFETCH(QByteArray, answer);
        ClientAnswers answers;
        QCOMPARE(answers.answers(frame(0x81), asked, 100), 0U);
        QCOMPARE(answers.answers(frame(0x81), answer, 104), 0U); // the same way
        QTEST(answers.answers(frame(0x81, RecordOut), answer, 105), "rows");
    }

    void knowsPongs()
    {
        ClientAnswers answers;
        QCOMPARE(answers.answers(frame(0x89), "x", 7), 0U);
        QCOMPARE(answers.answers(frame(0x8A), "x", 8), 0U);
        QCOMPARE(answers.answers(frame(0x8A, RecordOut), "y", 9), 0U);
        QCOMPARE(answers.answers(frame(0x8A, RecordOut), "x", 10), 3U);
        QCOMPARE(answers.answers(frame(0x8A, RecordOut), "x", 11), 0U);
    }

    void anotherConnectionKnowsNothing()
    {
        ClientAnswers answers;
        QCOMPARE(answers.answers(frame(0x81), "{\"id\":1}", 0), 0U);
        QCOMPARE(answers.answers(frame(0x89), "x", 1), 0U);
        QCOMPARE(answers.answers(frame(0x81, RecordOut, 2), "{\"re\":1}", 2), 0U);
        QCOMPARE(answers.answers(frame(0x8A, RecordOut, 2), "x", 3), 0U);
    }

    void whatIsBrokenOrNoMessageIsNone()
    {
        ClientAnswers answers;
        QCOMPARE(answers.answers(frame(0x81, RecordBroken), "{\"id\":1}", 0), 0U);
        QCOMPARE(answers.answers(frame(0x82), "{\"id\":1}", 1), 0U);
        QCOMPARE(answers.answers(frame(0x01, RecordEvent), "{\"id\":1}", 2), 0U);
        QCOMPARE(answers.answers(frame(0x81, RecordOut), "{\"re\":1}", 3), 0U);
    }

    void thereIsABound()
    {
        ClientAnswers answers;
        for (quint64 i = 0; i < 1'500; ++i)
            (void)answers.answers(frame(0x81), "{\"id\":" + QByteArray::number(i) + '}', i);
        QCOMPARE(answers.answers(frame(0x81, RecordOut), "{\"re\":499}", 1'500), 0U);
        QCOMPARE(answers.answers(frame(0x81, RecordOut), "{\"re\":500}", 1'501), 1'001U);
    }
};

QTEST_APPLESS_MAIN(TestClientAnswers)
#include "tst_clientanswers.moc"
