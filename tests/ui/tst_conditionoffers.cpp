// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"

#include <QTreeWidget>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestConditionOffers : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    void type(const QString &text) { QTest::keyClicks(m_log->field(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_log->field(), key, modifiers); }
    [[nodiscard]] QTreeWidget *list() const { return m_log->panel.findChild<QTreeWidget *>(u"offers"_s); }
    [[nodiscard]] bool isOpen() const { return list() != nullptr && list()->isVisible(); }
    [[nodiscard]] QStringList offered() const
    {
        QStringList texts;
        for (int row = 0; isOpen() && row < list()->topLevelItemCount(); ++row)
            texts << list()->topLevelItem(row)->text(0);
        return texts;
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
        m_log->panel.setKnownBeside([] {
            return KnownValues{
                .types = {}, .players = {u"Ada"_s}, .rooms = {u"main"_s}, .paths = {}, .connections = {7}};
        });
        m_log->field()->setFocus();
        QTRY_COMPARE(m_log->panel.model()->knownTypes().size(), 2); // of rows that showed
    }
    void cleanup() { m_log.reset(); }

    void opensWhereSomethingFits_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("offers"); // empty: it stays closed
        QTest::newRow("field") << u"ty"_s << QStringList(u"type"_s);
        QTest::newRow("operator") << u"way "_s << QStringList{u"=="_s, u"!="_s, u"in"_s, u"not in"_s};
        QTest::newRow("type") << u"type == "_s << QStringList{u"\"chat\""_s, u"\"move\""_s};
        QTest::newRow("player") << u"from == "_s << QStringList(u"\"Ada\""_s);
        QTest::newRow("room") << u"room == m"_s << QStringList(u"\"main\""_s);
        QTest::newRow("connection") << u"connection == "_s << QStringList(u"7"_s);
        QTest::newRow("path") << u"size > 3 && data."_s << QStringList(u"data.n"_s);
        QTest::newRow("a player's name") << u"ad"_s << QStringList(u"player == \"Ada\""_s);
        QTest::newRow("a type") << u"error && mo"_s << QStringList(u"type == \"move\""_s);
        QTest::newRow("behind a path") << u"data.n "_s
                                       << QStringList{u"=="_s, u"!="_s, u"<"_s,      u"<="_s,       u">"_s,
                                                      u">="_s, u"in"_s, u"not in"_s, u"contains"_s, u"~"_s};
        QTest::newRow("a text") << u"hello"_s << QStringList();
        QTest::newRow("behind a text") << u"hello "_s << QStringList();
        QTest::newRow("behind a condition") << u"type == x "_s << QStringList();
        QTest::newRow("what is whole") << u"size"_s << QStringList();
    }
    void opensWhereSomethingFits()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, offers);
        type(typed);
        QCOMPARE(offered(), offers);
        QVERIFY(m_log->field()->hasFocus());
    }

    void writesAWholeConditionByChoice()
    {
        type(u"ty"_s);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(m_log->field()->text(), u"type "_s);
        press(Qt::Key_Down); // the operators are open already
        press(Qt::Key_Tab);
        QCOMPARE(m_log->field()->text(), u"type == "_s);
        press(Qt::Key_Down);
        press(Qt::Key_Enter);
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
        QVERIFY(!isOpen());
        QTRY_COMPARE(m_log->rows(), 100);
    }

    void leavesTheKeysWhereNothingIsChosen()
    {
        type(u"t"_s);
        QVERIFY(isOpen());
        press(Qt::Key_Return);
        QCOMPARE(m_log->field()->text(), u"t"_s);
        QVERIFY(!isOpen());
        type(u"y"_s);
        QVERIFY(isOpen());
        press(Qt::Key_Tab);
        QVERIFY(!m_log->field()->hasFocus());
        QVERIFY(!isOpen());
        QCOMPARE(m_log->field()->text(), u"ty"_s);
    }

    void escapeClosesItFirst()
    {
        type(u"ty"_s);
        press(Qt::Key_Escape);
        QVERIFY(!isOpen());
        QCOMPARE(m_log->field()->text(), u"ty"_s);
        press(Qt::Key_Escape);
        QCOMPARE(m_log->field()->text(), QString());
    }

    void comesWhenAsked_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::newRow("Down") << int(Qt::Key_Down) << Qt::KeyboardModifiers();
        QTest::newRow("Ctrl+Space") << int(Qt::Key_Space) << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void comesWhenAsked()
    {
        QFETCH(int, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        press(Qt::Key(key), modifiers);
        QVERIFY(offered().contains(u"opcode"_s) && offered().contains(u"not"_s));
        QVERIFY(list()->currentItem() == nullptr);
        press(Qt::Key_Up); // the last one
        QCOMPARE(list()->currentItem()->text(0), offered().last());
        press(Qt::Key_Down);
        QVERIFY(list()->currentItem() == nullptr);
    }

    void aClickTakesOne()
    {
        type(u"op"_s);
        const QRect place = list()->visualItemRect(list()->topLevelItem(0));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place.center());
        QCOMPARE(m_log->field()->text(), u"opcode "_s);
        QVERIFY(m_log->field()->hasFocus());
    }

    void takesOnlyWhatIsBegun()
    {
        type(u"error && si > 3"_s);
        m_log->field()->setCursorPosition(11);
        press(Qt::Key_Down);
        QCOMPARE(offered(), QStringList(u"size"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(m_log->field()->text(), u"error && size  > 3"_s);
    }

    void saysWhatFieldsMean()
    {
        type(u"op"_s);
        QVERIFY(list()->topLevelItem(0)->text(1).contains(u"ping"_s));
    }

    void liesWithinTheWindow()
    {
        press(Qt::Key_Down);
        QVERIFY(m_log->panel.rect().contains(list()->geometry()));
        QVERIFY(list()->height() > 5 * list()->sizeHintForRow(0));
    }
};

QTEST_MAIN(TestConditionOffers)
#include "tst_conditionoffers.moc"
