// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/filter/filterchips.h"

#include <QAction>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFilterChips : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    [[nodiscard]] FilterChips *chips() const { return m_log->panel.findChild<FilterChips *>(); }
    [[nodiscard]] QStringList shown() const
    {
        QStringList texts;
        for (const QWidget *chip : chips()->yielding()) {
            if (chip->isVisible())
                texts << qobject_cast<const QToolButton *>(chip)->text();
        }
        return texts;
    }
    [[nodiscard]] QWidget *chip(int number) const { return chips()->yielding().at(number); }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void standThereWhereThereIsMoreThanOne()
    {
        m_log->filter(u"type == chat"_s);
        QVERIFY(!chips()->isVisible());
        m_log->filter(u"type == chat && #5"_s);
        QTRY_COMPARE(shown(), QStringList({u"type == \"chat\""_s, u"#5"_s}));
        m_log->filter(u"type == chat || #5"_s); // one part
        QVERIFY(!chips()->isVisible());
        m_log->panel.setConnectionFilter({ConnectionId{5}}, u"#5 Ada"_s);
        QTRY_COMPARE(shown(), QStringList({u"#5 Ada"_s, u"type == \"chat\" || #5"_s}));
        m_log->panel.setConnectionFilter({});
        QVERIFY(!chips()->isVisible());
    }

    void moveNothing()
    {
        const QSize before = m_log->panel.view()->size();
        m_log->filter(u"type == chat && #5"_s);
        QTRY_VERIFY(chips()->isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(m_log->panel.view()->size(), before);
    }

    void asManyAsFit_data()
    {
        QTest::addColumn<int>("width"); // of the log
        QTest::addColumn<int>("parts");
        QTest::newRow("beside details, 1280") << 720 << 3;
        QTest::newRow("1280") << 1100 << 5;
        QTest::newRow("1920") << 1720 << 8;
    }
    void asManyAsFit()
    {
        QFETCH(int, width);
        QFETCH(int, parts);
        m_log->panel.resize(width, 600);
        m_log->panel.setDetailsVisible(false);
        QStringList words;
        for (int i = 0; i < 12; ++i)
            words << u"data.x%1 != %1"_s.arg(i);
        m_log->filter(words.first(parts).join(u" && "_s));
        QTRY_COMPARE(shown().size(), parts);
        QVERIFY(chips()->menu()->isEmpty());
        const auto *text = m_log->panel.findChild<QLabel *>(u"footer"_s);
        QTRY_VERIFY(text->width() > chips()->width() / 4); // and takes the rest
        m_log->filter(words.join(u" && "_s) + u" && "_s + words.join(u" && "_s));
        QTRY_VERIFY(shown().size() >= parts);
        const QString count = u"0 of 1,000 match"_s; // which gives no way
        QTRY_VERIFY(m_log->footer().startsWith(count));
        QVERIFY(text->width() >= text->fontMetrics().horizontalAdvance(count));
        QVERIFY(text->width() < text->minimumWidth() + chip(0)->width() + 4); // no room for another one
    }

    void goByAClick()
    {
        m_log->filter(u"type == chat && #5 && size > 3"_s);
        QTRY_COMPARE(shown().size(), 3);
        QTest::mouseClick(chip(1), Qt::LeftButton);
        QCOMPARE(m_log->field()->text(), u"type == \"chat\" && size > 3"_s);
        QTRY_COMPARE(shown().size(), 2);
    }

    void goByAKeyAndKeepTheFocusNear_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Del") << int(Qt::Key_Delete);
        QTest::newRow("Backspace") << int(Qt::Key_Backspace);
        QTest::newRow("Space") << int(Qt::Key_Space);
    }
    void goByAKeyAndKeepTheFocusNear()
    {
        QFETCH(int, key);
        m_log->filter(u"type == chat && #5 && size > 3"_s);
        QTRY_COMPARE(shown().size(), 3);
        chip(2)->setFocus();
        QTest::keyClick(chip(2), Qt::Key(key));
        QCOMPARE(m_log->field()->text(), u"type == \"chat\" && #5"_s);
        QTRY_COMPARE(shown().size(), 2);
        QVERIFY(chip(1)->hasFocus());
        QTest::keyClick(chip(1), Qt::Key(key));
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
        QTRY_VERIFY(m_log->field()->hasFocus());
    }

    void liftTheNarrowing()
    {
        QSignalSpy lifted(&m_log->panel, &MessageLogPanel::connectionFilterChanged);
        m_log->filter(u"type == chat"_s);
        m_log->panel.setConnectionFilter({ConnectionId{5}}, u"#5 Ada"_s);
        QTRY_COMPARE(m_log->rows(), 100);
        QTRY_COMPARE(shown().size(), 2);
        QTest::mouseClick(chip(0), Qt::LeftButton);
        QCOMPARE(lifted.size(), 1);
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
        QVERIFY(!chips()->isVisible());
    }

    void thoseWithoutRoomAreInTheMenu()
    {
        QStringList parts;
        for (int i = 0; i < 12; ++i)
            parts << u"data.number_%1 != 3"_s.arg(i);
        m_log->filter(parts.join(u" && "_s));
        QTRY_VERIFY(!chips()->menu()->isEmpty() && !shown().isEmpty());
        QCOMPARE(shown().size() + chips()->menu()->actions().size(), 12);
        chips()->menu()->actions().last()->trigger();
        QVERIFY(!m_log->field()->text().contains(u"number_11"_s));
    }
};

QTEST_MAIN(TestFilterChips)
#include "tst_filterchips.moc"
