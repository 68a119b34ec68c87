// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/messagetypes.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestMessageTypes : public QObject
{
    Q_OBJECT
private slots:
    void findsTheTypeOf_data();
    void findsTheTypeOf();
    void givesEachNameOneNumber();
    void takesNoMoreNamesThanANumberCanTell();
    void beginsAgainAfterClear();
};

void TestMessageTypes::findsTheTypeOf_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("type"); // "-": none, "?": unknown
    const QByteArray longest(64, 'a');
    QTest::newRow("as usual") << R"({"type":"move","data":{"x":3}})"_ba
                              << "move"_ba;
    QTest::newRow("nothing else") << R"({"type":"a_1"})"_ba
                                  << "a_1"_ba;
    QTest::newRow("with spaces") << "  { \"type\" : \"move\" }"_ba
                                 << "move"_ba;
    QTest::newRow("behind other members") << R"({"id":7,"data":{"type":"no"},"type":"move"})"_ba
                                          << "move"_ba;
    QTest::newRow("the longest") << "{\"type\":\"" + longest + "\"}" << longest;
    QTest::newRow("without its end, as in a first fragment") << R"({"type":"move","da)"_ba
                                                             << "move"_ba;
    QTest::newRow("cut off") << R"({"type":"mov)"_ba
                             << "-"_ba;
    QTest::newRow("cut off right behind it") << R"({"type":"move")"_ba
                                             << "move"_ba;
    QTest::newRow("an object without one") << R"({"id":7})"_ba
                                           << "-"_ba;
    QTest::newRow("empty") << ""_ba
                           << "-"_ba;
    QTest::newRow("plain text") << "hello"_ba
                                << "-"_ba;
    QTest::newRow("text that begins above ASCII") << "\xc3\xbc {\"type\":\"a\"}"_ba
                                                  << "-"_ba;
    QTest::newRow("an array") << R"([{"type":"move"}])"_ba
                              << "-"_ba;
    QTest::newRow("too long") << "{\"type\":\"" + longest + "a\"}"
                              << "?"_ba;
    QTest::newRow("letters that no type has") << R"({"type":"Move"})"_ba
                                              << "?"_ba;
    QTest::newRow("an escape") << R"({"type":"mo\u0076e"})"_ba
                               << "?"_ba;
    QTest::newRow("an empty one") << R"({"type":""})"_ba
                                  << "?"_ba;
    QTest::newRow("a redacted one") << R"({"type":"[redacted]"})"_ba
                                    << "?"_ba;
    QTest::newRow("far behind") << "{\"data\":\"" + QByteArray(1000, 'x') + R"(","type":"move"})"
                                << "?"_ba;
}

void TestMessageTypes::findsTheTypeOf()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, type);
    MessageTypes types;
    for (const QByteArray &before : {"hello"_ba, R"({"type":"move"})"_ba, R"({"type":"mo"})"_ba}) {
        (void)types.of(before); // what was found last makes no difference
        const quint16 number = types.of(payload);
        const QByteArray found = number == MessageTypes::unknown ? "?"_ba
            : number == MessageTypes::none                       ? "-"_ba
                                                                 : types.name(number).toByteArray();
        QCOMPARE(found, type);
    }
}

void TestMessageTypes::givesEachNameOneNumber()
{
    MessageTypes types;
    const quint16 move = types.numberOf("move");
    const quint16 chat = types.of(R"({"type":"chat"})");
    QCOMPARE(move, MessageTypes::firstName);
    QCOMPARE(chat, move + 1);
    QCOMPARE(types.of(R"({"type":"move"})"), move);
    QCOMPARE(types.numberOf("chat"), chat);
    QCOMPARE(types.numberOf(""), MessageTypes::unknown);
    QCOMPARE(types.numberOf("a b"), MessageTypes::unknown);
}

void TestMessageTypes::takesNoMoreNamesThanANumberCanTell()
{
    MessageTypes types;
    for (int i = 0; i < 10'000; ++i) {
        const quint16 number = types.of("{\"type\":\"t" + QByteArray::number(i) + "\"}");
        QCOMPARE(number, i < MessageTypes::most ? MessageTypes::firstName + i : MessageTypes::unknown);
    }
    QCOMPARE(types.numberOf("t253"), 255);
    QCOMPARE(types.numberOf("t254"), MessageTypes::unknown);
}

void TestMessageTypes::beginsAgainAfterClear()
{
    MessageTypes types;
    for (int i = 0; i < 300; ++i)
        (void)types.numberOf("t" + QByteArray::number(i));
    types.clear();
    QCOMPARE(types.of(R"({"type":"t7"})"), MessageTypes::firstName);
    QCOMPARE(types.numberOf("other"), MessageTypes::firstName + 1);
    QCOMPARE(types.name(MessageTypes::firstName + 1), "other"_ba);
}

QTEST_APPLESS_MAIN(TestMessageTypes)
#include "tst_messagetypes.moc"
