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
        QTest::addColumn<QByteArray>("marked");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("a value") << "{\"a\":|1,\"b\":2}"_ba
                                 << "json.a"_ba;
        QTest::newRow("a key") << "{\"a\":1,\"|b\":2}"_ba
                               << "json.b"_ba;
        QTest::newRow("deep") << "{\"data\":{\"b\":[1,{\"c\":|true}]}}"_ba
                              << "data.b[1].c"_ba;
        QTest::newRow("behind an object") << "{\"a\":{\"b\":1},\"c\":|2}"_ba
                                          << "json.c"_ba;
        QTest::newRow("a text with signs") << "{\"a\":\"},[|{\",\"c\":2}"_ba
                                           << "json.a"_ba;
        QTest::newRow("an escaped quote") << "{\"a\":\"\\\"|,\",\"c\":2}"_ba
                                          << "json.a"_ba;
        QTest::newRow("on lines of their own") << "{\n  \"a\": [\n    1,\n    |2\n  ]\n}"_ba
                                               << "json.a[1]"_ba;
        QTest::newRow("the whole") << "|{\"a\":1}"_ba << QByteArray();
        QTest::newRow("behind it") << "{\"a\":1}|"_ba << QByteArray();
        QTest::newRow("a key with a dot") << "{\"a.b\":|1}"_ba
                                          << "json[\"a.b\"]"_ba;
        QTest::newRow("an empty key") << "{\"\":|1}"_ba
                                      << "json[\"\"]"_ba;
        QTest::newRow("elements") << "[[0],[0,|7]]"_ba
                                  << "json[1][1]"_ba;
        QTest::newRow("a closing bracket") << "{\"a\":[|]}"_ba
                                           << "json.a"_ba;
        QTest::newRow("too deep") << "["_ba.repeated(17) + "|1"_ba + "]"_ba.repeated(17) << QByteArray();
    }
    void saysTheWay()
    {
        QFETCH(const QByteArray, marked);
        const auto path = jsonPathAt(QByteArray(marked).replace('|', ""), marked.indexOf('|'));
        QTEST(path ? path->wordsFromRoot().toUtf8() : QByteArray(), "path");
    }
};

QTEST_GUILESS_MAIN(TestJsonPlace)
#include "tst_jsonplace.moc"
