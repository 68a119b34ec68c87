// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/colourrulesdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<glasshouse::Tint>)

namespace {

Condition condition(const QString &words) { return Condition::read(words).value(); }

CapturedRow text(const QByteArray &payload, bool out = false)
{
    CapturedRow row;
    row.record.firstByte = 0x81;
    row.record.flags = out ? RecordOut : 0;
    row.record.connection = 7;
    row.record.wireLength = row.record.storedLength = quint32(payload.size());
    row.payload = payload;
    return row;
}

} // namespace

class TestColourRules : public QObject
{
    Q_OBJECT
private:
    template <typename Widget>
    [[nodiscard]] static Widget *labelled(QDialog &dialog, const QString &text)
    {
        const auto all = dialog.findChildren<Widget *>();
        for (Widget *one : all) {
            if (QString(one->text()).remove(u'&') == text)
                return one;
        }
        return nullptr;
    }

private slots:
    void theFirstThatFitsCounts_data()
    {
        QTest::addColumn<CapturedRow>("row");
        QTest::addColumn<std::optional<Tint>>("ground");
        QTest::newRow("a value") << text("{\"data\":{\"x\":301}}") << std::optional(Tint::MarkedRed);
        QTest::newRow("another value") << text("{\"data\":{\"x\":300}}") << std::optional<Tint>();
        QTest::newRow("both") << text("{\"data\":{\"x\":301}}", true) << std::optional(Tint::MarkedRed);
        QTest::newRow("the second") << text("{}", true) << std::optional(Tint::MarkedBlue);
        QTest::newRow("only one that is off") << text("off") << std::optional<Tint>();
        QTest::newRow("too long to be looked at")
            << text("{\"data\":{\"x\":301},\"y\":\"" + QByteArray(40'000, 'y') + "\"}") << std::optional<Tint>();
        QTest::newRow("long, by what it need not be looked at for")
            << text(QByteArray(40'000, 'y'), true) << std::optional(Tint::MarkedBlue);
    }
    void theFirstThatFitsCounts()
    {
        QFETCH(CapturedRow, row);
        const ColourRules rules({{condition(u"off"_s), Tint::MarkedGreen, false},
                                 {condition(u"data.x > 300"_s), Tint::MarkedRed},
                                 {condition(u"way == out"_s), Tint::MarkedBlue}});
        QCOMPARE(rules.rules().size(), 3);
        const auto rule = rules.ruleOf(row);
        QTEST(rule ? std::optional(rules.rules().at(*rule).ground) : std::nullopt, "ground");
    }

    void areKept_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("condition") << u"type == chat && size > 100"_s;
        QTest::newRow("text") << u"some words"_s;
        QTest::newRow("expression") << u"/a+\\n/"_s;
        QTest::newRow("a line break") << u"text contains \"a\\nb\""_s;
        QTest::newRow("beyond ASCII") << u"\"\u00e4 \U0001F3C7\""_s;
    }
    void areKept()
    {
        QFETCH(QString, words);
        const ColourRules rules({{condition(words), Tint::MarkedViolet, false}, {condition(u"error"_s), Tint::Marked}});
        QCOMPARE(rules.toText().count(u'\n'), 1);
        const ColourRules again = ColourRules::fromText(rules.toText());
        QCOMPARE(again.rules().size(), 2);
        QVERIFY(again == rules);
    }

    void leavesOutWhatItCanNotRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "\n\n", "+", "+9 error", "+:error", "x1 error", "+1error", "+1 type =="})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void leavesOutWhatItCanNotRead()
    {
        QFETCH(QString, text);
        QCOMPARE(ColourRules::fromText(text).rules().size(), 0);
        QCOMPARE(ColourRules::fromText(text + u"\n-4 error"_s).rules().size(), 1);
    }

    void haveABound()
    {
        QList<ColourRule> many;
        for (int i = 0; i < 100; ++i)
            many.append({condition(u"size > %1"_s.arg(i))});
        QCOMPARE(ColourRules(many).rules().size(), ColourRules::mostRules);
    }

    void theDialogMakesThem()
    {
        ColourRulesDialog dialog({}, u"error"_s);
        auto *list = dialog.findChild<QListWidget *>();
        auto *words = dialog.findChild<QLineEdit *>();
        QCOMPARE(list->count(), 1); // with the filter of the log
        QCOMPARE(words->text(), u"error"_s);
        labelled<QToolButton>(dialog, u"Add"_s)->click();
        words->setFocus();
        words->selectAll();
        QTest::keyClicks(words, u"data.x > 300"_s);
        auto *ground = dialog.findChild<QComboBox *>();
        ground->setCurrentIndex(3);
        emit ground->activated(3);
        labelled<QToolButton>(dialog, u"Up"_s)->click();
        list->item(1)->setCheckState(Qt::Unchecked);
        const ColourRules expected(
            {{condition(u"data.x > 300"_s), Tint::MarkedRed, true}, {condition(u"error"_s), Tint::MarkedGreen, false}});
        QVERIFY(dialog.rules() == expected);
        labelled<QToolButton>(dialog, u"Down"_s)->click();
        QCOMPARE(list->item(1)->text(), u"data.x > 300"_s);
        labelled<QToolButton>(dialog, u"Remove"_s)->click();
        QCOMPARE(dialog.rules().rules().size(), 1);
    }

    void theDialogSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("wrong");
        QTest::newRow("nothing") << QString() << true;
        QTest::newRow("no condition") << u"type =="_s << true;
        QTest::newRow("who sat there") << u"player == Ada"_s << false;
        QTest::newRow("a condition") << u"type == chat"_s << false;
    }
    void theDialogSaysWhatIsWrong()
    {
        QFETCH(QString, words);
        QFETCH(bool, wrong);
        ColourRulesDialog dialog(ColourRules({{condition(u"error"_s)}}), words);
        labelled<QToolButton>(dialog, u"Add"_s)->click();
        dialog.findChild<QListWidget *>()->setCurrentRow(0); // also said where the faulty one is not selected
        bool said = false;
        const auto labels = dialog.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            said = said || label->text().startsWith(u"Rule 2: "_s);
        QCOMPARE(said, wrong);
        QCOMPARE(labelled<QPushButton>(dialog, u"Use these rules"_s)->isEnabled(), !wrong);
    }
};

QTEST_MAIN(TestColourRules)
#include "tst_colourrules.moc"
