// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/seenpaths.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

CapturedRow rowOf(const QByteArray &payload, quint8 firstByte = 0x81)
{
    CapturedRow row;
    row.record.firstByte = firstByte;
    row.payload = payload;
    return row;
}

} // namespace

class TestSeenPaths : public QObject
{
    Q_OBJECT
private slots:
    void learns_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("envelope") << "{\"type\":\"move\",\"data\":{\"x\":3,\"at\":{\"y\":1}},\"seq\":4}"_ba
                                  << QStringList{u"json.type"_s, u"data"_s,      u"data.x"_s,
                                                 u"data.at"_s,   u"data.at.y"_s, u"json.seq"_s};
        QTest::newRow("no deeper") << "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}"_ba
                                   << QStringList{u"json.a"_s, u"json.a.b"_s, u"json.a.b.c"_s};
        QTest::newRow("odd keys") << "{\"data\":{\"a b\":1,\"\\u0078\":2}}"_ba
                                  << QStringList{u"data"_s, u"data[\"a b\"]"_s, u"data.x"_s};
        QTest::newRow("twice") << "{\"data\":{\"x\":1,\"x\":2}}"_ba << QStringList{u"data"_s, u"data.x"_s};
        QTest::newRow("a list") << "[{\"x\":1}]"_ba << QStringList();
        QTest::newRow("long key") << QByteArray("{\"" + QByteArray(100, 'k') + "\":1}") << QStringList();
        QTest::newRow("no JSON") << "{\"data\":{\"x\":1}"_ba << QStringList();
        QTest::newRow("long") << QByteArray("{\"x\":\"" + QByteArray(16 * 1024, 'k') + "\"}") << QStringList();
    }
    void learns()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QStringList, words);
        SeenPaths paths;
        paths.learn(rowOf(payload));
        paths.learn(rowOf(payload));
        QCOMPARE(paths.words(), words);
    }

    void hasABound()
    {
        QByteArray members;
        for (int i = 0; i < 500; ++i)
            members += "\"k" + QByteArray::number(i) + "\":{\"x\":1},";
        SeenPaths paths;
        for (int i = 0; i < 3; ++i)
            paths.learn(rowOf("{\"first\":1," + members + "\"last\":1}"));
        QVERIFY(paths.words().size() <= SeenPaths::most);
        QVERIFY(paths.words().contains(u"json.k7.x"_s));
    }

    void looksAtTextAlone()
    {
        SeenPaths paths;
        paths.learn(rowOf("{\"x\":1}", 0x82));
        QVERIFY(paths.words().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestSeenPaths)
#include "tst_seenpaths.moc"
