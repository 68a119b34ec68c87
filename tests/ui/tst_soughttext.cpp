// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/details/findline.h"
#include "ui/details/messagedetails.h"
#include "ui/details/soughttext.h"
#include "ui/details/textpage.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QTextDocument>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

Expression text(const QString &words) { return Expression::text(words).value(); }
Expression pattern(const QString &words) { return Expression::pattern(words).value(); }

/// What is marked, as it stands there.
QStringList marked(const TextPage &page)
{
    QStringList words;
    const auto all = page.extraSelections();
    for (const QTextEdit::ExtraSelection &one : all) {
        if (one.format.underlineStyle() != QTextCharFormat::NoUnderline)
            words << one.cursor.selectedText();
    }
    return words;
}

} // namespace

class TestSoughtText final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    [[nodiscard]] TextPage *page() const
    {
        return qobject_cast<TextPage *>(
            m_log->panel.findChild<MessageDetails *>()->findChild<QTabWidget *>()->currentWidget());
    }
    void show(const QByteArray &payload, int number) const
    {
        FrameRecord record;
        record.firstByte = 0x81;
        m_log->source.append(record, payload);
        m_log->panel.findChild<MessageDetails *>()->setCurrentPage(number);
        QTRY_COMPARE(m_log->source.endRow(), 1001U);
        m_log->panel.findChild<MessageDetails *>()->show(*m_log->source.row(1000));
        page()->complete();
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void findsPlaces_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QList<Expression>>("sought");
        QTest::addColumn<QList<TextStretch>>("places");
        using Places = QList<TextStretch>;
        QTest::newRow("nothing") << u"abc"_s << QList<Expression>() << Places();
        QTest::newRow("a text") << u"hello Hello"_s << QList{text(u"hell"_s)} << Places{{0, 4}, {6, 10}};
        QTest::newRow("characters, not bytes")
            << u"\u00e4\U0001F3C7x\u00e4x"_s << QList{text(u"x"_s)} << Places{{3, 4}, {5, 6}};
        QTest::newRow("two") << u"ab"_s << QList{text(u"b"_s), pattern(u"a|b"_s)} << Places{{1, 2}, {0, 1}, {1, 2}};
        QTest::newRow("inside of a character")
            << u"a\u00e4\u00e4b"_s << QList{pattern(u"\\Cb"_s), pattern(u"a\\C"_s)} << Places{{3, 4}, {0, 2}};
        QTest::newRow("bytes") << u"\U0001F3C7"_s << QList{pattern(u"\\C"_s)} << Places{{0, 2}};
        QTest::newRow("the first ones") << u"ab"_s
                                        << (QList<Expression>(mostSought - 1, text(u"none"_s))
                                            << text(u"a"_s) << text(u"b"_s))
                                        << Places{{0, 1}};
        QTest::newRow("an end") << u"aa"_s << QList{pattern(u"a$"_s)} << Places{{1, 2}};
    }
    void findsPlaces()
    {
        QFETCH(QString, line);
        QFETCH(QList<Expression>, sought);
        QTEST(soughtIn(line, sought), "places");
    }

    void goesOnAndBack()
    {
        QTextDocument document;
        document.setPlainText(u"a1\nb\na2 a3\n"_s);
        const QList<Expression> sought{pattern(u"a\\d"_s)};
        const auto next = [&](int from) { return nextSought(document, sought, from, false); };
        const auto before = [&](int from) { return nextSought(document, sought, from, true); };
        QCOMPARE(next(0), (TextStretch{0, 2}));
        QCOMPARE(next(2), (TextStretch{5, 7}));
        QCOMPARE(next(7), (TextStretch{8, 10}));
        QCOMPARE(next(9), (TextStretch{0, 2})); // from the other end
        QCOMPARE(before(8), (TextStretch{5, 7}));
        QCOMPARE(before(5), (TextStretch{0, 2}));
        QCOMPARE(before(0), (TextStretch{8, 10}));
        QCOMPARE(nextSought(document, {text(u"none"_s)}, 0, false), std::nullopt);
        document.setPlainText(u"a1"_s);
        QCOMPARE(next(2), (TextStretch{0, 2})); // the only one, again
    }

    void marksWhatIsSought_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("a text") << u"\"chat\""_s << QStringList{u"chat"_s, u"Chat"_s};
        QTest::newRow("an expression") << u"/h.t/"_s << QStringList{u"hat"_s, u"hat"_s};
        QTest::newRow("part of a condition")
            << u"text contains \"chat\" && size > 3"_s << QStringList{u"chat"_s, u"Chat"_s};
        QTest::newRow("what must not be there") << u"!(text contains \"chat\")"_s << QStringList();
        QTest::newRow("no text") << u"type == \"chat\""_s << QStringList();
    }
    void marksWhatIsSought()
    {
        QFETCH(QString, filter);
        QFETCH(QStringList, words);
        for (const int number : {1, 2}) { // Text, Raw
            m_log = std::make_unique<FilledLog>();
            QVERIFY(m_log->isReady());
            m_log->filter(filter);
            show("{\"type\":\"chat\",\"data\":[\"Chat\"]}", number);
            QTRY_COMPARE(marked(*page()), words);
            m_log->field()->setCondition({});
            QTRY_COMPARE(marked(*page()), QStringList());
        }
    }

    void marksWhatIsInSightAlone()
    {
        m_log->filter(u"\"needle\""_s);
        show(QByteArray(100'000, 'x') + "needle" + QByteArray(100'000, 'x'), 2);
        QTRY_VERIFY(page()->verticalScrollBar()->maximum() > 0);
        QCoreApplication::processEvents();
        QCOMPARE(marked(*page()), QStringList());
        page()->verticalScrollBar()->setValue(page()->verticalScrollBar()->maximum() / 2);
        QTRY_COMPARE(marked(*page()), QStringList(u"needle"_s));
        page()->verticalScrollBar()->setValue(0);
        QTRY_COMPARE(marked(*page()), QStringList());
    }

    void aFoldedLineIsNotMarked()
    {
        m_log->filter(u"\"needle\""_s);
        show("{\"data\":{\"needle\":1}}", 1);
        QTRY_COMPARE(marked(*page()).size(), 1);
        page()->setFolded(1, true);
        QTRY_COMPARE(marked(*page()).size(), 0);
    }

    void enterAloneGoesThroughThem()
    {
        m_log->filter(u"/n\\d/"_s);
        show("{\"n1\":[1,{\"n2\":0}]}", 1);
        auto *line = m_log->panel.findChild<FindLine *>();
        auto *field = line->findChild<QLineEdit *>();
        line->open();
        QVERIFY(field->text().isEmpty());
        QStringList found;
        for (const auto modifiers : {Qt::NoModifier, Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier}) {
            QTest::keyClick(field, Qt::Key_Return, modifiers);
            found << page()->textCursor().selectedText();
        }
        QCOMPARE(found, QStringList({u"n1"_s, u"n2"_s, u"n1"_s, u"n2"_s}));
        QVERIFY(field->hasFocus());
        m_log->field()->setCondition({});
        page()->moveCursor(QTextCursor::Start);
        QTest::keyClick(field, Qt::Key_Return); // there is nothing
        QVERIFY(!page()->textCursor().hasSelection());
    }

    void noWindowWaits_data()
    {
        QTest::addColumn<qsizetype>("expressions");
        for (const qsizetype expressions : {1, 2, 8, 100})
            QTest::addRow("%lld", qlonglong(expressions)) << expressions;
    }
    /// All of them together look at as much as one of them.
    void noWindowWaits()
    {
        QFETCH(qsizetype, expressions);
        const QList<Expression> sought = QList<Expression>(expressions, pattern(u"needles?"_s));
        const qsizetype one = sought.first().reach() / std::min(expressions, mostSought);
        SoughtRoom room(sought);
        QCOMPARE(room.left(), one);
        qsizetype lines = 0;
        while (room.take(1))
            ++lines;
        QVERIFY2(lines <= one / 64, qPrintable(QString::number(lines)));
        const auto isFound = [&](qsizetype line) {
            QTextDocument document;
            document.setPlainText(QString(line, u'\n') + u"needle"_s + QString(one / 64, u'\n'));
            return nextSought(document, sought, 0, false).has_value();
        };
        QVERIFY(isFound(lines - 1));
        QVERIFY(!isFound(lines));
        QCOMPARE(soughtIn(QString(one - 6, u'x') + u"needle"_s, sought).size(), std::min(expressions, mostSought));
        QCOMPARE(soughtIn(QString(one, u'x') + u"needle"_s, sought).size(), 0);
    }

    void whatIsInSightHasABoundAsWell()
    {
        const QString line = QString(200'000, u'x');
        TextPage page;
        page.resize(600, 400);
        page.setSought(QList<Expression>(8, pattern(u"needles?"_s)));
        page.setTexts(QStringList(20, u"needle"_s + line).join(u'\n'), {});
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.grab();
        const qsizetype first = marked(page).size();
        QVERIFY2(first > 0 && first < 8 * 5, qPrintable(QString::number(first)));
    }
};

QTEST_MAIN(TestSoughtText)
#include "tst_soughttext.moc"
