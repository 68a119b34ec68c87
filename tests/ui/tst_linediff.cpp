// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/comparewindow.h"
#include "ui/messages/linediff.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// "a-b+c": a stays, b goes, c comes.
QString told(const LineDiff &diff)
{
    QString text;
    for (const DiffLine &line : diff.lines)
        text += (line.kind == DiffLine::Kind::Same        ? QString()
                     : line.kind == DiffLine::Kind::Added ? u"+"_s
                                                          : u"-"_s)
            + line.text;
    return text;
}

QStringList letters(const QString &text) { return text.split(QString(), Qt::SkipEmptyParts); }

CapturedRow row(const QByteArray &payload, quint8 firstByte = 0x81)
{
    CapturedRow row;
    row.record.firstByte = firstByte;
    row.payload = payload;
    return row;
}

} // namespace

class TestLineDiff final : public QObject
{
    Q_OBJECT
private slots:
    void finds_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QString() << QString() << QString();
        QTest::newRow("the same") << u"abc"_s << u"abc"_s << u"abc"_s;
        QTest::newRow("all new") << QString() << u"ab"_s << u"+a+b"_s;
        QTest::newRow("all gone") << u"ab"_s << QString() << u"-a-b"_s;
        QTest::newRow("one changed") << u"abc"_s << u"axc"_s << u"a-b+xc"_s;
        QTest::newRow("put in") << u"ac"_s << u"abc"_s << u"a+bc"_s;
        QTest::newRow("taken away at the end") << u"abc"_s << u"ab"_s << u"ab-c"_s;
        QTest::newRow("repeated") << u"aa"_s << u"aaa"_s << u"aa+a"_s;
        QTest::newRow("moved") << u"abcd"_s << u"bcda"_s << u"-abcd+a"_s;
        QTest::newRow("other way round") << u"abc"_s << u"cba"_s << u"-a-bc+b+a"_s;
    }
    void finds()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const LineDiff diff = diffLines(letters(before), letters(after));
        QVERIFY(diff.isFine);
        QCOMPARE(told(diff), expected);
    }

    void hasABound()
    {
        QStringList before{u"head"_s}, after{u"head"_s};
        for (int i = 0; i < 50'000; ++i) {
            before << u"a"_s + QString::number(i);
            after << u"b"_s + QString::number(i);
        }
        before << u"tail"_s;
        after << u"tail"_s;
        QElapsedTimer timer;
        timer.start();
        const LineDiff diff = diffLines(before, after);
        QVERIFY(!diff.isFine);
        QCOMPARE(diff.lines.size(), 100'002);
        QCOMPARE(diff.lines.first().kind, DiffLine::Kind::Same);
        QCOMPARE(diff.lines.last().kind, DiffLine::Kind::Same);
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void aWindowShowsIt_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("firstByte");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("JSON") << QByteArray("{\"type\":\"a\",\"x\":1}") << QByteArray("{\"type\":\"a\",\"x\":2}")
                              << 0x81 << QStringList{u"    \"type\": \"a\","_s, u"−   \"x\": 1"_s, u"+   \"x\": 2"_s};
        QTest::newRow("text") << QByteArray("a\nb") << QByteArray("a\nc") << 0x81
                              << QStringList{u"  a"_s, u"− b"_s, u"+ c"_s};
        QTest::newRow("binary") << QByteArray("a") << QByteArray("b") << 0x82
                                << QStringList{u"− 00000000  61"_s, u"+ 00000000  62"_s};
        QTest::newRow("without secrets") << QByteArray("{\"type\":\"auth\",\"data\":{\"token\":\"canary-1\"}}")
                                         << QByteArray("x") << 0x81 << QStringList{u"[redacted]"_s};
    }
    void aWindowShowsIt()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(int, firstByte);
        QFETCH(QStringList, lines);
        QWidget parent;
        auto *window = new CompareWindow(row(before, quint8(firstByte)), row(after, quint8(firstByte)),
                                         Viewpoint::Server, &parent);
        window->show();
        const QString text = window->findChild<QPlainTextEdit *>(u"lines"_s)->toPlainText();
        for (const QString &line : std::as_const(lines))
            QVERIFY2(text.contains(line), qPrintable(text));
        QVERIFY(!text.contains(u"canary"_s));
    }

    void aWindowShowsWhichValuesDiffer_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("firstByte");
        QTest::addColumn<QString>("values"); // null: there is no such page
        QTest::newRow("JSON") << QByteArray("{\"type\":\"a\",\"x\":1,\"y\":[3]}")
                              << QByteArray("{\"x\":2,\"type\":\"a\",\"z\":\"n\",\"y\":[3]}") << 0x81
                              << u"~ json.x  1 → 2\n+ json.z  \"n\"\n"_s;
        QTest::newRow("the same") << QByteArray("[1, 2]") << QByteArray("[1,2]") << 0x81 << u"Nothing has changed.\n"_s;
        QTest::newRow("text") << QByteArray("[1]") << QByteArray("a") << 0x81 << QString();
        QTest::newRow("binary") << QByteArray("[1]") << QByteArray("[2]") << 0x82 << QString();
        QTest::newRow("too long") << QByteArray("[1]") << '"' + QByteArray(2 * 1024 * 1024, 'x') + '"' << 0x81
                                  << u"They are too long to be compared by their values."_s;
    }
    void aWindowShowsWhichValuesDiffer()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(int, firstByte);
        QFETCH(QString, values);
        QWidget parent;
        auto *window = new CompareWindow(row(before, quint8(firstByte)), row(after, quint8(firstByte)),
                                         Viewpoint::Server, &parent);
        window->show();
        const auto *pages = window->findChild<QTabWidget *>();
        QCOMPARE(pages->isTabVisible(0), !values.isNull());
        QCOMPARE(pages->currentIndex(), values.isNull() ? 1 : 0);
        QTRY_COMPARE(window->findChild<QPlainTextEdit *>(u"values"_s)->toPlainText(), values);
    }

    /// 64 KiB of it would be 16 million characters.
    void deepNestingIsNotIndented()
    {
        QByteArray deep = QByteArray(200, '[');
        while (deep.size() < 60'000)
            deep += "1,";
        deep += '1' + QByteArray(200, ']');
        QWidget parent;
        auto *window = new CompareWindow(row(deep), row("{\"a\":[1]}"), Viewpoint::Server, &parent);
        const QString text = window->findChild<QPlainTextEdit *>(u"lines"_s)->toPlainText();
        QVERIFY2(text.size() < 100'000, qPrintable(QString::number(text.size())));
        QVERIFY(text.contains(u"+ {\"a\":[1]}"_s)); // both in the same way
        const auto labels = window->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(
            labels, [](const QLabel *label) { return label->text().contains(u"nested too deeply"_s); }));
    }
};

QTEST_MAIN(TestLineDiff)
#include "tst_linediff.moc"
