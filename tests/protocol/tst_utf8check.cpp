// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/utf8check.h"

#include <QTest>

using namespace glasshouse;

class TestUtf8Check : public QObject
{
    Q_OBJECT
private slots:
    void judges_data();
    void judges();
    void agreesOnEveryCodePoint();
    void failsAtTheFirstWrongByte_data();
    void failsAtTheFirstWrongByte();
    void staysInvalidUntilReset();
    void findsOneWrongByteAtEveryPlaceOfLongAscii();
};

void TestUtf8Check::judges_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ASCII") << QByteArray("The quick brown fox jumps over the lazy dog 0123456789") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
    QTest::newRow("two, three, four bytes") << QByteArray("\xC2\x80 \xE2\x82\xAC \xF0\x9F\x98\x80") << true;
    QTest::newRow("byte-order mark") << QByteArray("\xEF\xBB\xBFhi") << true;
    QTest::newRow("noncharacter") << QByteArray("\xEF\xBF\xBF") << true;
    QTest::newRow("highest") << QByteArray("\xF4\x8F\xBF\xBF") << true;
    QTest::newRow("around the surrogates") << QByteArray("\xED\x9F\xBF\xEE\x80\x80") << true;
    QTest::newRow("after long ASCII") << QByteArray(45, 'x') + "\xE2\x82\xAC" + QByteArray(40, 'y') << true;
    QTest::newRow("lone continuation") << QByteArray("\x80") << false;
    QTest::newRow("overlong 2") << QByteArray("\xC0\xAF") << false;
    QTest::newRow("overlong C1") << QByteArray("\xC1\xBF") << false;
    QTest::newRow("overlong 3") << QByteArray("\xE0\x9F\xBF") << false;
    QTest::newRow("overlong 4") << QByteArray("\xF0\x8F\xBF\xBF") << false;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    QTest::newRow("last surrogate") << QByteArray("\xED\xBF\xBF") << false;
    QTest::newRow("above U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << false;
    QTest::newRow("F5") << QByteArray("\xF5\x80\x80\x80") << false;
    QTest::newRow("FF") << QByteArray("\xFF") << false;
    QTest::newRow("cut 2") << QByteArray("ab\xC3") << false;
    QTest::newRow("cut 3") << QByteArray("ab\xE2\x82") << false;
    QTest::newRow("cut 4") << QByteArray("ab\xF0\x9F\x98") << false;
    QTest::newRow("lead after lead") << QByteArray("\xE2\xE2\x82\xAC") << false;
    QTest::newRow("ASCII inside") << QByteArray("\xE2\x82z") << false;
    QTest::newRow("wrong after long ASCII") << QByteArray(71, 'x') + "\x80" << false;
}

void TestUtf8Check::judges()
{
    QFETCH(QByteArray, text);
    QTEST(Utf8Check::isValid(text), "valid");
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        Utf8Check check;
        (void)check.feed(text.first(cut));
        (void)check.feed(text.sliced(cut));
        QTEST(check.complete(), "valid");
    }
    Utf8Check bytewise;
    for (char c : text)
        (void)bytewise.feed({&c, 1});
    QTEST(bytewise.complete(), "valid");
}

void TestUtf8Check::agreesOnEveryCodePoint()
{
    for (char32_t c = 0; c < 0x120000; ++c) {
        const QByteArray encoded =
            c < 0x10000 ? QByteArray{3, char(0xE0 | (c >> 12))} : QByteArray{4, char(0xF0 | (c >> 18))};
        QByteArray bytes = encoded;
        bytes[bytes.size() - 1] = char(0x80 | (c & 0x3F));
        bytes[bytes.size() - 2] = char(0x80 | ((c >> 6) & 0x3F));
        if (c >= 0x10000)
            bytes[1] = char(0x80 | ((c >> 12) & 0x3F));
        const bool overlong = c < 0x800;
        const bool good = !overlong && (c < 0xD800 || c > 0xDFFF) && c <= 0x10FFFF;
        if (Utf8Check::isValid(bytes) != good)
            QFAIL(qPrintable(QString::number(c, 16)));
    }
}

void TestUtf8Check::failsAtTheFirstWrongByte_data()
{
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<char>("wrong");
    QTest::newRow("continuation") << QByteArray("abc") << '\x80';
    QTest::newRow("E0 9F") << QByteArray("\xE0") << '\x9F';
    QTest::newRow("ED A0") << QByteArray("\xED") << '\xA0';
    QTest::newRow("F0 8F") << QByteArray("\xF0") << '\x8F';
    QTest::newRow("F4 90") << QByteArray("\xF4") << '\x90';
    QTest::newRow("C0") << QByteArray() << '\xC0';
    QTest::newRow("third") << QByteArray("\xF0\x9F\x98") << 'a';
}

void TestUtf8Check::failsAtTheFirstWrongByte()
{
    QFETCH(QByteArray, good);
    QFETCH(char, wrong);
    Utf8Check check;
    QVERIFY(check.feed(good));
    QVERIFY(!check.feed({&wrong, 1}));
}

void TestUtf8Check::staysInvalidUntilReset()
{
    Utf8Check check;
    QVERIFY(!check.feed("\xFF"));
    QVERIFY(!check.feed("good"));
    QVERIFY(!check.valid());
    QVERIFY(!check.complete());
    check.reset();
    QVERIFY(check.feed("good"));
    QVERIFY(check.complete());
}

void TestUtf8Check::findsOneWrongByteAtEveryPlaceOfLongAscii()
{
    for (int place = 0; place < 400; ++place) {
        QByteArray text(400, 'a');
        text[place] = '\xBF';
        QVERIFY(!Utf8Check::isValid(text));
    }
}

QTEST_GUILESS_MAIN(TestUtf8Check)
#include "tst_utf8check.moc"
