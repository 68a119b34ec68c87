// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chattext.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestChatText final : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatPeopleWrite_data();
    void keepsWhatPeopleWrite();
    void takesOutWhatDoesHarm_data();
    void takesOutWhatDoesHarm();
    void isNothingWhereNothingShows_data();
    void isNothingWhereNothingShows();
};

void TestChatText::keepsWhatPeopleWrite_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"hello"_s, u"two\nlines\tand a tab"_s, u"  indented  "_s,
          u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_s, u"\u05E9\u05DC\u05D5\u05DD!\u200F"_s,
          u"\u17A2\u17D2\u1793\u1780\u200B\u1785\u17B6\u179F\u17CB"_s, u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s,
          u"soft\u00ADhyphen"_s, u"<img src=x onerror=alert(1)>"_s, u"\uE000 of a game's own font"_s, u"Zoe\u0308"_s,
          u"e\u0316\u0301\u0323\u0330"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestChatText::keepsWhatPeopleWrite()
{
    QFETCH(QString, text);
    QCOMPARE(chatText(text), text);
}

void TestChatText::takesOutWhatDoesHarm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("left");
    QTest::newRow("terminal") << u"\u001B[31mred\u009B0m\u0007"_s << u"[31mred0m"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s << u"ab"_s;
    QTest::newRow("line ends") << u"a\r\nb\rc"_s << u"a\nb\nc"_s;
    QTest::newRow("override") << u"\u202Eterces"_s << u"terces"_s;
    QTest::newRow("isolates") << u"\u2067a\u2069b\u2066"_s << u"ab"_s;
    QTest::newRow("noncharacter") << u"a\uFFFE"_s << u"a"_s;
    QTest::newRow("zalgo") << u"a"_s + u"\u0316"_s.repeated(100) + u"b\u0301"_s
                           << u"a\u0316\u0316\u0316\u0316b\u0301"_s;
    QTest::newRow("zalgo in pieces") << u"a"_s + u"\u0316\u034F"_s.repeated(6)
                                     << u"a\u0316\u034F\u0316\u034F\u0316\u034F\u0316\u034F\u034F\u034F"_s;
}

void TestChatText::takesOutWhatDoesHarm()
{
    QFETCH(QString, text);
    QTEST(chatText(text), "left");
}

void TestChatText::isNothingWhereNothingShows_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u""_s, u" "_s, u"\n\t"_s, u"\u200B"_s, u"\u3164\u2800"_s, u"\u202E"_s, u"\u0007"_s, u"\uFE0F\u200D"_s})
        QTest::addRow("%lld: %s", qlonglong(text.size()), text.toUtf8().toHex().constData()) << text;
}

void TestChatText::isNothingWhereNothingShows()
{
    QFETCH(QString, text);
    QVERIFY(chatText(text).isEmpty());
}

QTEST_GUILESS_MAIN(TestChatText)
#include "tst_chattext.moc"
