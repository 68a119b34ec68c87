// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filtershelf.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFilterShelf : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheNewestOnceEach()
    {
        FilterShelf shelf;
        for (int i = 0; i < 30; ++i)
            shelf.remember(u"#%1"_s.arg(i));
        shelf.remember(u"#15"_s);
        QCOMPARE(shelf.earlier().size(), FilterShelf::mostEarlier);
        QCOMPARE(shelf.earlier().first(), u"#15"_s);
        QCOMPARE(shelf.earlier().at(1), u"#29"_s);
        QCOMPARE(shelf.earlier().count(u"#15"_s), 1);
    }

    void keepsNoSecrets_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("type") << u"type == \"chat\""_s << true;
        QTest::newRow("a word that one may stand behind") << u"type == \"auth\""_s << false;
        QTest::newRow("path") << u"data.x > 300 && #7"_s << true;
        QTest::newRow("expression") << u"/a+\\d\\./"_s << true;
        QTest::newRow("token") << u"\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJl\""_s << false;
        QTest::newRow("assigned") << u"\"token=abcdef\""_s << false;
        QTest::newRow("compared") << u"data.token == \"abcdef\""_s << false;
        QTest::newRow("nothing") << u" "_s << false;
    }
    void keepsNoSecrets()
    {
        QFETCH(QString, words);
        QFETCH(bool, isKept);
        FilterShelf shelf;
        shelf.remember(words);
        QCOMPARE(!shelf.earlier().isEmpty(), isKept);
        QCOMPARE(shelf.save(u"name"_s, words), isKept);
    }

    void namesComeInOrder()
    {
        FilterShelf shelf;
        QVERIFY(shelf.save(u"room 10"_s, u"#10"_s));
        QVERIFY(shelf.save(u"room 9"_s, u"#8"_s));
        QVERIFY(shelf.save(u"room 9"_s, u"#9"_s)); // in its place
        QCOMPARE(shelf.named(), QList<FilterShelf::Named>({{u"room 9"_s, u"#9"_s}, {u"room 10"_s, u"#10"_s}}));
        shelf.rename(u"room 9"_s, u"z"_s);
        QCOMPARE(shelf.wordsOf(u"z"_s), u"#9"_s);
        QVERIFY(!shelf.wordsOf(u"room 9"_s));
        shelf.rename(u"z"_s, u"z"_s);
        shelf.rename(u"z"_s, {});
        shelf.rename(u"nobody"_s, u"y"_s);
        shelf.remove(u"room 10"_s);
        QCOMPARE(shelf.named(), QList<FilterShelf::Named>({{u"z"_s, u"#9"_s}}));
        QVERIFY(!shelf.save({}, u"#1"_s));
        QVERIFY(!shelf.save(QString(61, u'n'), u"#1"_s));
    }

    void hasABound()
    {
        FilterShelf shelf;
        for (int i = 0; i < FilterShelf::mostNamed; ++i)
            QVERIFY(shelf.save(QString::number(i), u"#1"_s));
        QVERIFY(!shelf.save(u"one more"_s, u"#1"_s));
        QVERIFY(shelf.save(u"7"_s, u"#2"_s));
        shelf.rename(u"8"_s, u"eight"_s); // also where it is full
        QVERIFY(shelf.wordsOf(u"eight"_s) && !shelf.wordsOf(u"8"_s));
    }

    void comesBack()
    {
        FilterShelf shelf, other;
        shelf.remember(u"#1"_s);
        shelf.remember(u"#2"_s);
        shelf.save(u"mine"_s, u"#3"_s);
        other.restoreState(shelf.saveState());
        QCOMPARE(other.earlier(), shelf.earlier());
        QCOMPARE(other.named(), shelf.named());
        const QByteArray state = shelf.saveState();
        for (qsizetype length = 0; length < state.size(); ++length)
            other.restoreState(state.first(length)); // ends, and keeps its bounds
        other.restoreState({});
        QVERIFY(other.earlier().isEmpty() && other.named().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestFilterShelf)
#include "tst_filtershelf.moc"
