// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/frame.h"
#include "ui/base/formats.h"
#include "ui/base/prettyjson.h"
#include "ui/models/payloadtext.h"
#include "ui/models/ratemeter.h"

#include <QLocale>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestPayloadText : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void indentsJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pretty");
        QTest::newRow("object") << QByteArray("{\"a\":1,\"b\":[true,null]}")
                                << u"{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}"_s;
        QTest::newRow("numbers as written") << QByteArray("[1.50, 1e400]") << u"[\n  1.50,\n  1e400\n]"_s;
        QTest::newRow("empty ones stay") << QByteArray("{\"a\":{ },\"b\":[]}") << u"{\n  \"a\": {},\n  \"b\": []\n}"_s;
        QTest::newRow("signs in strings") << QByteArray("[\"a\\\"{[,:\\\\\"]") << u"[\n  \"a\\\"{[,:\\\\\"\n]"_s;
        QTest::newRow("a scalar") << QByteArray("42") << u"42"_s;
        QTest::newRow("none") << QByteArray("hello") << QString();
        QTest::newRow("cut off") << QByteArray("{\"a\":") << QString();
    }
    void indentsJson()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pretty);
        const auto made = prettyJson(json);
        QCOMPARE(made.has_value(), !pretty.isEmpty());
        QCOMPARE(made.value_or(QString()), pretty);
    }

    void dumpsHexadecimal()
    {
        QCOMPARE(hexDump(""), QString());
        const QString dump = hexDump("0123456789abcdef\x01");
        QCOMPARE(dump.count(u'\n'), 2);
        QVERIFY(dump.startsWith(u"00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n"_s));
        QVERIFY(dump.contains(u"00000010  01 "_s));
        QVERIFY(dump.endsWith(u" ·\n"_s));
    }

    void explainsTheHeader()
    {
        CapturedRow row;
        row.record.firstByte = 0x81;
        row.record.flags = RecordMasked | RecordBroken;
        row.record.headerSize = 8;
        row.record.wireLength = 300;
        row.record.key = 0xff;
        row.record.violation = quint8(FrameViolation::InvalidUtf8);
        const QString text = explainFrame(row);
        QVERIFY(text.contains(u"1000 0001"_s));
        QVERIFY(text.contains(u"1111 1110"_s)); // masked, 126
        QVERIFY(text.contains(u"0x000000ff"_s));
        QVERIFY(text.contains(QString::fromLatin1(describe(FrameViolation::InvalidUtf8))));
        QVERIFY(text.contains(u"308 B"_s));
    }

    void explainsWhatAFrameSays_data()
    {
        QTest::addColumn<quint8>("firstByte");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("says");
        QTest::newRow("close") << quint8(0x88) << "\x03\xe9 bye"_ba << u"1001 going away reason bye"_s;
        QTest::newRow("close without a reason") << quint8(0x88) << "\x03\xe8"_ba << u"1000 normal reason none"_s;
        QTest::newRow("close without a code") << quint8(0x88) << QByteArray() << u"close code none nothing was said"_s;
        QTest::newRow("a code of its own") << quint8(0x88) << "\x0f\xa0"_ba << u"4000 of an application of its own"_s;
        QTest::newRow("a code that may not be")
            << quint8(0x88) << "\x03\xed"_ba << u"1005 may not be in a close frame"_s;
        QTest::newRow("the first fragment") << quint8(0x01) << "a"_ba << u"The first fragment of a message."_s;
        QTest::newRow("one in the middle") << quint8(0x00) << "a"_ba << u"A fragment in the middle of a message."_s;
        QTest::newRow("the last one") << quint8(0x80) << "a"_ba << u"The last fragment of a message."_s;
        QTest::newRow("compressed") << quint8(0xC1) << "a"_ba << u"100 RSV1: compressed"_s;
        QTest::newRow("another bit") << quint8(0xA1) << "a"_ba << u"010 reserved bits without"_s;
    }
    void explainsWhatAFrameSays()
    {
        QFETCH(quint8, firstByte);
        QFETCH(QByteArray, payload);
        QFETCH(QString, says);
        CapturedRow row;
        row.record.firstByte = firstByte;
        row.record.headerSize = 2;
        row.record.wireLength = quint32(payload.size());
        row.payload = payload;
        const QString text = explainFrame(row).simplified();
        QVERIFY2(text.contains(says), qPrintable(text));
        row.record.firstByte = 0x81;
        row.payload = "whole";
        QVERIFY(!explainFrame(row).contains(u"fragment"_s));
    }

    void formatsForPeople()
    {
        QCOMPARE(formatBytes(1023), u"1023 B"_s);
        QCOMPARE(formatBytes(1536), u"1.5 KiB"_s);
        QCOMPARE(formatAbout(1'234'567), u"1.2 M"_s);
        QCOMPARE(formatDuration(999), u"999 ms"_s);
        QCOMPARE(formatDuration(200'000), u"3 min 20 s"_s);
        QCOMPARE(formatDelta(1234), u"+1.23 ms"_s);
        QCOMPARE(formatDelta(-12'345'678), u"−12.3 s"_s);
        QCOMPARE(formatRate(0), QString());
        QCOMPARE(oneLine(u"a\u2066b\n"_s), u"a·b⏎"_s);
        QCOMPARE(oneLine(u"a\u061C\u200B\u2060\uFEFF\U000E0041b\tc"_s), u"a·····b c"_s);
        QCOMPARE(oneLine(u"\U0001F469\u200D\U0001F4BB"_s), u"\U0001F469\u200D\U0001F4BB"_s); // joined
        QCOMPARE(harmless(u"a\n\tb\u200B"_s), u"a\n\tb·"_s);
        QCOMPARE(oneLine(u"abcdef"_s, 4), u"abc…"_s);
        QCOMPARE(oneLine(u"ab\U0001F600\U0001F600"_s, 4), u"ab…"_s); // not half of it
    }

    void copiesWhatCanBeShared_data()
    {
        const QByteArray likeToken = "abcdefgh\xe9\xe9"
                                     "0123456789ABCDEF";
        QTest::addColumn<quint8>("firstByte");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("copied");
        QTest::newRow("text") << quint8(0x81) << "{\"a\": 1}"_ba << u"{\"a\": 1}"_s;
        QTest::newRow("a token") << quint8(0x81) << "{\"type\":\"auth\",\"data\":{\"token\":\"canary\"}}"_ba
                                 << u"{\"type\":\"auth\",\"data\":{\"token\":\"[redacted]\"}}"_s;
        // Of a continuation nobody knows what stands in front.
        QTest::newRow("the end of a message") << quint8(0x80) << "Bearer hush"_ba << u"[redacted]"_s;
        QTest::newRow("named before") << quint8(0x80) << "canary\"}}"_ba << u"[redacted]"_s;
        QTest::newRow("from within a letter") << quint8(0x80) << "\xbc canary\"}}"_ba << u"[redacted]"_s;
        QTest::newRow("up to within a letter") << quint8(0x00) << "canary\xe2\x82"_ba << u"[redacted]"_s;
        QTest::newRow("an empty end") << quint8(0x80) << QByteArray() << QString();
        QTest::newRow("rest of binary") << quint8(0x80) << "\xff"_ba + likeToken
                                        << QString::fromLatin1(("\xff"_ba + likeToken).toHex(' '));
        QTest::newRow("rest of binary that names one")
            << quint8(0x80) << "\xff\"token\":\"canary\""_ba << u"[redacted]"_s;
        QTest::newRow("a token in binary")
            << quint8(0x82) << "{\"type\":\"auth\",\"data\":{\"token\":\"canary\"}}"_ba
            << QString::fromLatin1("{\"type\":\"auth\",\"data\":{\"token\":\"[redacted]\"}}"_ba.toHex(' '));
        QTest::newRow("a reason") << quint8(0x88) << "\x03\xe8token=hush"_ba << u"normal: [redacted]"_s;
        QTest::newRow("binary") << quint8(0x82) << "\0\xff{"_ba << u"00 ff 7b"_s;
        QTest::newRow("close") << quint8(0x88) << "\x03\xe8 bye"_ba << u"normal:  bye"_s;
    }
    void copiesWhatCanBeShared()
    {
        QFETCH(quint8, firstByte);
        QFETCH(QByteArray, payload);
        CapturedRow row;
        row.record.firstByte = firstByte;
        row.payload = payload;
        QTEST(copyText(row), "copied");
    }

    void metersRates()
    {
        RateMeter meter;
        QCOMPARE(meter.rate(), 0.0);
        for (int i = 0; i <= 50; ++i)
            meter.add(i * 100, quint64(i) * 10);
        QCOMPARE(meter.rate(), 100.0);
        meter.add(5100, 0); // began anew
        QCOMPARE(meter.rate(), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestPayloadText)
#include "tst_payloadtext.moc"
