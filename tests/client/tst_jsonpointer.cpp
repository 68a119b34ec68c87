// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/jsonpointer.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestJsonPointer final : public QObject
{
    Q_OBJECT
private slots:
    void leadsToAValue_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("value");
        // those of RFC 6901, section 5
        const QByteArray rfc = "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/"
                               "b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}";
        QTest::newRow("whole") << rfc << u""_s << rfc;
        QTest::newRow("member") << rfc << u"/foo"_s << "[\"bar\",\"baz\"]"_ba;
        QTest::newRow("element") << rfc << u"/foo/0"_s << "\"bar\""_ba;
        QTest::newRow("empty name") << rfc << u"/"_s << "0"_ba;
        QTest::newRow("slash") << rfc << u"/a~1b"_s << "1"_ba;
        QTest::newRow("percent") << rfc << u"/c%d"_s << "2"_ba;
        QTest::newRow("quote") << rfc << u"/k\"l"_s << "6"_ba;
        QTest::newRow("blank") << rfc << u"/ "_s << "7"_ba;
        QTest::newRow("tilde") << rfc << u"/m~0n"_s << "8"_ba;
        QTest::newRow("tilde before one") << "{\"~1\":9}"_ba << u"/~01"_s << "9"_ba;
        QTest::newRow("deep") << "{\"a\":[{\"b\":{\"c\":true}}]}"_ba << u"/a/0/b/c"_s << "true"_ba;
        QTest::newRow("first of two") << "{\"a\":1,\"a\":2}"_ba << u"/a"_s << "1"_ba;
        QTest::newRow("number as a name") << "{\"0\":\"x\"}"_ba << u"/0"_s << "\"x\""_ba;
        QTest::newRow("no member") << rfc << u"/nobody"_s << QByteArray();
        QTest::newRow("behind the end") << rfc << u"/foo/2"_s << QByteArray();
        QTest::newRow("the end itself") << rfc << u"/foo/-"_s << QByteArray();
        QTest::newRow("leading zero") << rfc << u"/foo/00"_s << QByteArray();
        QTest::newRow("a sign") << rfc << u"/foo/+1"_s << QByteArray();
        QTest::newRow("huge index") << rfc << u"/foo/99999999999999999999"_s << QByteArray();
        QTest::newRow("through a number") << rfc << u"/m~0n/x"_s << QByteArray();
        QTest::newRow("through a text") << rfc << u"/foo/0/0"_s << QByteArray();
    }
    void leadsToAValue()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pointer);
        QVERIFY(isJsonPointer(pointer));
        QTEST(jsonAt(json, pointer).toByteArray(), "value");
    }

    void knowsPointers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no slash") << u"a"_s;
        QTest::newRow("bare tilde") << u"/a~b"_s;
        QTest::newRow("tilde at the end") << u"/a~"_s;
        QTest::newRow("tilde two") << u"/~2"_s;
    }
    void knowsPointers()
    {
        QFETCH(QString, text);
        QVERIFY(!isJsonPointer(text));
    }
};

QTEST_APPLESS_MAIN(TestJsonPointer)
#include "tst_jsonpointer.moc"
