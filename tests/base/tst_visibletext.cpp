// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visibletext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestVisibleText final : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatWouldNotBeSeen_data();
    void showsWhatWouldNotBeSeen();
    void leavesJsonAsItIs_data() { showsWhatWouldNotBeSeen_data(); }
    void leavesJsonAsItIs();
    void keepsLines();
};

void TestVisibleText::showsWhatWouldNotBeSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &text, const QString &shown) {
        QTest::newRow(name) << text << shown;
    };
    row("plain", u"Ada, 12 s"_s, u"Ada, 12 s"_s);
    row("of the world", u"Zoë 王 \U0001F3C7"_s, u"Zoë 王 \U0001F3C7"_s);
    row("joined", u"\u0645\u06CC\u200C\u062E 👩\u200D🚀"_s, u"\u0645\u06CC\u200C\u062E 👩\u200D🚀"_s);
    row("tab", u"a\tb"_s, u"a\tb"_s);
    row("escape sequence", u"\x1b[2Jgone"_s, u"\\u{1B}[2Jgone"_s);
    row("of eight bits", u"\u009b2Jgone"_s, u"\\u{9B}2Jgone"_s);
    row("a line of its own", u"a\r\nerror"_s, u"a\\u{D}\\u{A}error"_s);
    row("separators", u"a\u2028b\u2029c"_s, u"a\\u{2028}b\\u{2029}c"_s);
    row("nothing", u"a"_s + QChar(0) + u'b', u"a\\u{0}b"_s);
    row("delete", u"a\u007f"_s, u"a\\u{7F}"_s);
    row("right to left", u"exe.\u202Egnp"_s, u"exe.\\u{202E}gnp"_s);
    row("isolates", u"\u2066a\u2069"_s, u"\\u{2066}a\\u{2069}"_s);
    row("marks", u"\u200E\u200F\u061C"_s, u"\\u{200E}\\u{200F}\\u{61C}"_s);
    row("byte-order mark", u"a\uFEFF"_s, u"a\\u{FEFF}"_s);
    row("tags", u"\U000E0041"_s, u"\\u{E0041}"_s);
}

void TestVisibleText::showsWhatWouldNotBeSeen()
{
    QFETCH(QString, text);
    QTEST(visible(text), "shown");
    QTEST(QString::fromUtf8(visible(text.toUtf8())), "shown");
    QCOMPARE(visible(QString(QChar(0xD800))), u"\\u{D800}"_s);
}

void TestVisibleText::leavesJsonAsItIs()
{
    QFETCH(QString, text);
    const QJsonObject object{{u"text"_s, text}};
    const QByteArray json = visibleJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
    QCOMPARE(QJsonDocument::fromJson(json).object(), object);
    QCOMPARE(visible(json), json);
}

void TestVisibleText::keepsLines()
{
    QCOMPARE(visibleLines("a\n\x1b\n\nb"), QByteArray("a\n\\u{1B}\n\nb"));
    QCOMPARE(visibleLines("a\n"), QByteArray("a\n"));
    QCOMPARE(visibleLines({}), QByteArray());
}

QTEST_GUILESS_MAIN(TestVisibleText)
#include "tst_visibletext.moc"
