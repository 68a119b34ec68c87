// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"
#include "protocol/jsonpath.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestJsonPath final : public QObject
{
    Q_OBJECT
private slots:
    void findsAValue_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("value");
        const QByteArray move(R"( {"type":"move","data":{"x":300.50,"who":["Ada",{"n":"\u00e9"}]},"a b":null} )");
        QTest::newRow("a member") << u"type"_s << move << u"\"move\""_s;
        QTest::newRow("a number as it was written") << u"data.x"_s << move << u"300.50"_s;
        QTest::newRow("an element") << u"data.who[0]"_s << move << u"\"Ada\""_s;
        QTest::newRow("deeper") << u"data.who[1].n"_s << move << u"\"\\u00e9\""_s;
        QTest::newRow("a key with a space") << u"a b"_s << move << u"null"_s;
        QTest::newRow("an object") << u"data.who[1]"_s << move << u"{\"n\":\"\\u00e9\"}"_s;
        QTest::newRow("beyond the end") << u"data.who[2]"_s << move << QString();
        QTest::newRow("no such member") << u"data.y"_s << move << QString();
        QTest::newRow("a member of a text") << u"type.x"_s << move << QString();
        QTest::newRow("an array") << u"[1]"_s << QByteArray("[1,2]") << u"2"_s;
    }
    void findsAValue()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, payload);
        const auto parsed = JsonPath::parse(path);
        QVERIFY(parsed);
        const auto checked = checkJson(payload);
        QVERIFY(bool(checked));
        QTEST(QString::fromUtf8(parsed->find(checked.value())), "value");
    }

    void saysTheWayToAPlace_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("path");
        QTest::newRow("a value") << uR"({"a":|1,"b":2})"_s << u"a"_s;
        QTest::newRow("a key") << uR"({"a":1,"|b":2})"_s << u"b"_s;
        QTest::newRow("deep") << uR"({"a":{"b":[1,{"c":|true}]}})"_s << u"a.b[1].c"_s;
        QTest::newRow("behind an object") << uR"({"a":{"b":1},"c":|2})"_s << u"c"_s;
        QTest::newRow("a text with signs") << uR"({"a":"},[|{","c":2})"_s << u"a"_s;
        QTest::newRow("an escaped quote") << uR"({"a":"\"|,","c":2})"_s << u"a"_s;
        QTest::newRow("on lines of their own") << u"{\n  \"a\": [\n    1,\n    |2\n  ]\n}"_s << u"a[1]"_s;
        QTest::newRow("the whole") << u"|{\"a\":1}"_s << QString();
        QTest::newRow("behind it") << u"{\"a\":1}|"_s << QString();
        QTest::newRow("a key with a dot") << uR"({"a.b":|1})"_s << QString();
        QTest::newRow("elements") << u"[[0],[0,|7]]"_s << u"[1][1]"_s;
    }
    void saysTheWayToAPlace()
    {
        QFETCH(QString, marked);
        const QByteArray text = marked.toUtf8();
        const auto path = JsonPath::at(QByteArray(text).replace('|', ""), text.indexOf('|'));
        QTEST(path ? path->text() : QString(), "path");
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : {u""_s, u" "_s, u"."_s, u"a."_s, u".a"_s, u"a..b"_s, u"a["_s, u"a[]"_s, u"a[-1]"_s,
                                    u"a[+1]"_s, u"a[x]"_s, u"a[1"_s, u"a]"_s, u"a[1]b"_s, u"a.[1]"_s,
                                    u"a[99999999999]"_s, QString(201, u'a'), u"a"_s + u".a"_s.repeated(40)})
            QTest::addRow("%s", qPrintable(text.left(20))) << text;
    }
    void refusesWhatIsNone()
    {
        QFETCH(QString, text);
        QVERIFY(!JsonPath::parse(text));
    }
};

QTEST_GUILESS_MAIN(TestJsonPath)
#include "tst_payloadpath.moc"
