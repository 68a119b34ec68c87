// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/addressquery.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

using Items = QList<QueryItem>;

class TestAddressQuery final : public QObject
{
    Q_OBJECT
private slots:
    void takesApart_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<Items>("items");
        QTest::newRow("none") << u"ws://h/x"_s << Items{};
        QTest::newRow("empty") << u"ws://h/x?"_s << Items{};
        QTest::newRow("two") << u"h/x?a=1&b=2"_s << Items{{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}};
        QTest::newRow("encoded") << u"h?a%20b=c%26d+e"_s << Items{{u"a b"_s, u"c&d e"_s}};
        QTest::newRow("no value") << u"h?a&b="_s << Items{{u"a"_s, {}, false}, {u"b"_s, {}}};
        QTest::newRow("equals in a value") << u"h?a=b=c"_s << Items{{u"a"_s, u"b=c"_s}};
        QTest::newRow("a variable") << u"h?id={{uuid}}&n={{random:1:6}}"_s
                                    << Items{{u"id"_s, u"{{uuid}}"_s}, {u"n"_s, u"{{random:1:6}}"_s}};
        QTest::newRow("fragment") << u"h?a=1#b=2"_s << Items{{u"a"_s, u"1"_s}};
        QTest::newRow("unfinished") << u"w?="_s << Items{{{}, {}}};
        QTest::newRow("bad percent") << u"h?a=%zz%"_s << Items{{u"a"_s, u"%zz%"_s}};
    }
    void takesApart()
    {
        QFETCH(QString, address);
        QFETCH(Items, items);
        QCOMPARE(queryItems(address).size(), items.size());
        if (!address.contains("%zz"_L1)) // whatever Qt makes of it
            QCOMPARE(queryItems(address), items);
        if (!items.isEmpty())
            QCOMPARE(withQueryItems(address, queryItems(address)), address); // untouched: as it was written
    }

    void putsTogether_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<Items>("items");
        QTest::addColumn<QString>("after");
        QTest::newRow("the first") << u"ws://h/x"_s << Items{{u"a"_s, u"1"_s}} << u"ws://h/x?a=1"_s;
        QTest::newRow("none left") << u"ws://h/x?a=1#f"_s << Items{} << u"ws://h/x#f"_s;
        QTest::newRow("odd characters") << u"h"_s << Items{{u"a&=b"_s, u"c&d=e f#g+h%"_s}}
                                        << u"h?a%26%3Db=c%26d=e%20f%23g%2Bh%25"_s;
        QTest::newRow("umlauts") << u"h"_s << Items{{u"ü"_s, u"😀"_s}} << u"h?%C3%BC=%F0%9F%98%80"_s;
        QTest::newRow("variables stay") << u"h"_s << Items{{u"a"_s, u"{{last:/data/id}}"_s}}
                                        << u"h?a={{last:/data/id}}"_s;
        QTest::newRow("one removed before others")
            << u"h?x=1&sig=a%2Fb&bad=%2E"_s << Items{{u"sig"_s, u"a/b"_s}, {u"bad"_s, u"."_s}}
            << u"h?sig=a%2Fb&bad=%2E"_s;
        QTest::newRow("bytes that are no text stay")
            << u"h?x=1&sig=%FF"_s << Items{{u"sig"_s, u"\ufffd"_s}} << u"h?sig=%FF"_s;
        QTest::newRow("one put before others")
            << u"h?sig=a%2Fb"_s << Items{{u"x"_s, u"1"_s}, {u"sig"_s, u"a/b"_s}} << u"h?x=1&sig=a%2Fb"_s;
        QTest::newRow("in another order")
            << u"h?a=%41&b=%42"_s << Items{{u"b"_s, u"B"_s}, {u"a"_s, u"A"_s}} << u"h?b=%42&a=%41"_s;
        QTest::newRow("only the changed one")
            << u"h?a=%41&b=%42"_s << Items{{u"a"_s, u"A"_s}, {u"b"_s, u"C"_s}} << u"h?a=%41&b=C"_s;
    }
    void putsTogether()
    {
        QFETCH(QString, address);
        QFETCH(Items, items);
        QTEST(withQueryItems(address, items), "after");
        QCOMPARE(queryItems(withQueryItems(address, items)), items);
    }
};

QTEST_APPLESS_MAIN(TestAddressQuery)
#include "tst_addressquery.moc"
