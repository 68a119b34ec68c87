// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/messagepieces.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

using Pieces = QList<QByteArray>;
using Places = QList<qsizetype>;
Q_DECLARE_METATYPE(MessageCuts)

class TestMessagePieces final : public QObject
{
    Q_OBJECT
private slots:
    void cuts_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<MessageCuts>("cuts");
        QTest::addColumn<Pieces>("pieces");
        using Kind = MessageCuts::Kind;
        QTest::newRow("whole") << "hello"_ba << MessageCuts{} << Pieces{"hello"};
        QTest::newRow("every 2") << "hello"_ba << MessageCuts{Kind::Every, 2} << Pieces{"he", "ll", "o"};
        QTest::newRow("evenly") << "abcd"_ba << MessageCuts{Kind::Every, 2} << Pieces{"ab", "cd"};
        QTest::newRow("every 0 is every 1") << "ab"_ba << MessageCuts{Kind::Every, 0} << Pieces{"a", "b"};
        QTest::newRow("longer than it") << "ab"_ba << MessageCuts{Kind::Every, 9} << Pieces{"ab"};
        QTest::newRow("nothing") << ""_ba << MessageCuts{Kind::Every, 2} << Pieces{""};
        QTest::newRow("at places") << "hello"_ba << MessageCuts{Kind::At, 0, {1, 4}} << Pieces{"h", "ell", "o"};
        QTest::newRow("an empty piece") << "hello"_ba << MessageCuts{Kind::At, 0, {0, 2, 2}}
                                        << Pieces{"", "he", "", "llo"};
        QTest::newRow("at its end") << "ab"_ba << MessageCuts{Kind::At, 0, {2}} << Pieces{"ab", ""};
        QTest::newRow("behind its end") << "ab"_ba << MessageCuts{Kind::At, 0, {1, 3}} << Pieces{"a", "b"};
    }
    void cuts()
    {
        QFETCH(QByteArray, message);
        QFETCH(MessageCuts, cuts);
        const auto pieces = cutMessage(message, cuts);
        QVERIFY(pieces);
        QTEST(*pieces, "pieces");
        QCOMPARE(pieces->join(), message);
    }

    void hasABound()
    {
        const QByteArray message(mostPieces * 10, 'x');
        QCOMPARE(cutMessage(message, {MessageCuts::Kind::Every, 10})->size(), mostPieces);
        QVERIFY(!cutMessage(message, {MessageCuts::Kind::Every, 9}));
    }

    void readsPlaces_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Places>("places");
        QTest::newRow("one") << u"3"_s << Places{3};
        QTest::newRow("commas and blanks") << u" 3, 10 20,20 "_s << Places{3, 10, 20, 20};
        QTest::newRow("nothing") << u" "_s << Places{};
        QTest::newRow("falling") << u"3, 2"_s << Places{};
        QTest::newRow("negative") << u"-1"_s << Places{};
        QTest::newRow("no number") << u"3, x"_s << Places{};
        QTest::newRow("too large") << u"99999999999999999999"_s << Places{};
        QTest::newRow("too many") << u"1 "_s.repeated(20'000) << Places{};
    }
    void readsPlaces()
    {
        QFETCH(QString, text);
        QTEST(cutPlaces(text).value_or(Places{}), "places");
    }
};

QTEST_APPLESS_MAIN(TestMessagePieces)
#include "tst_messagepieces.moc"
