// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonplace.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestJsonPlace final : public QObject
{
    Q_OBJECT
private slots:
    void saysTheWay_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("path");
        QTest::newRow("a value") << uR"({"a":|1,"b":2})"_s << u"json.a"_s;
        QTest::newRow("a key") << uR"({"a":1,"|b":2})"_s << u"json.b"_s;
        QTest::newRow("deep") << uR"({"data":{"b":[1,{"c":|true}]}})"_s << u"data.b[1].c"_s;
        QTest::newRow("behind an object") << uR"({"a":{"b":1},"c":|2})"_s << u"json.c"_s;
        QTest::newRow("a text with signs") << uR"({"a":"},[|{","c":2})"_s << u"json.a"_s;
        QTest::newRow("an escaped quote") << uR"({"a":"\"|,","c":2})"_s << u"json.a"_s;
        QTest::newRow("on lines of their own") << u"{\n  \"a\": [\n    1,\n    |2\n  ]\n}"_s << u"json.a[1]"_s;
        QTest::newRow("the whole") << u"|{\"a\":1}"_s << QString();
        QTest::newRow("behind it") << u"{\"a\":1}|"_s << QString();
        QTest::newRow("a key with a dot") << uR"({"a.b":|1})"_s << uR"(json["a.b"])"_s;
        QTest::newRow("an empty key") << uR"({"":|1})"_s << uR"(json[""])"_s;
        QTest::newRow("elements") << u"[[0],[0,|7]]"_s << u"json[1][1]"_s;
        QTest::newRow("nothing in there") << u"{\"a\":[|]}"_s << QString();
        QTest::newRow("too deep") << u"["_s.repeated(17) + u"|1"_s + u"]"_s.repeated(17) << QString();
    }
    void saysTheWay()
    {
        QFETCH(QString, marked);
        const QByteArray text = marked.toUtf8();
        const auto path = jsonPathAt(QByteArray(text).replace('|', ""), text.indexOf('|'));
        QTEST(path ? path->wordsFromRoot() : QString(), "path");
    }
};

QTEST_GUILESS_MAIN(TestJsonPlace)
#include "tst_jsonplace.moc"
