// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/conditionwords.h"

#include "match/condition.h"

#include <QLocale>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestConditionWords : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void hasWordsForAllFaults();
    void helpsWithAllFields();
};

void TestConditionWords::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    const auto row = [](const QString &typed, const QString &words) {
        QTest::newRow(qPrintable(typed.left(40))) << typed << words;
    };
    row(u"type == \"chat"_s, u"Character 9: \"chat is never closed"_s);
    row(u"size > big"_s, u"Character 8: big is nothing that size can be"_s);
    row(u"size >"_s, u"Character 7: there is nothing that size is compared with"_s);
    row(u"way == up"_s, u"Character 8: up is nothing that way can be; it is one of in, out"_s);
    row(u"kind == ping"_s,
        u"Character 9: ping is nothing that kind can be; it is one of message, control, event; there is opcode == ping"_s);
    row(u"typo > 3"_s, u"Character 1: there is no field typo; a text that is searched for as it is stands in quotes"_s);
    row(u"data.x == .5"_s,
        u"Character 11: .5 is no number as JSON writes them; a text stands in quotes; the number is 0.5"_s);
    row(u"data.x == 1e"_s, u"Character 11: 1e is no number as JSON writes them; a text stands in quotes"_s);
    row(u"type > 3"_s, u"Character 6: type can not be asked with >"_s);
    row(u"type == %1%2 %3"_s, u"Character 14: %3 does not belong here; a text of several words stands in quotes"_s);
    row(u"text ~ /a(b/"_s, u"Character 10: ( is never closed"_s);
    row(u"/a**b/"_s, u"Character 3: ** repeats a repetition"_s);
    row(QString(5000, u'x'), u"Not a condition: it is longer than 4,000 characters"_s);
    row(QString(60, u'(') + u"error"_s, u"Character 51: more than 50 parentheses stand in each other"_s);
    row(u"type == \"\u202E\n"_s + QString(50, u'x'),
        u"Character 9: \"·⏎"_s + QString(36, u'x') + u"… is never closed"_s);
}

void TestConditionWords::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, typed);
    const auto read = Condition::read(typed);
    QVERIFY(!read);
    QTEST(conditionWords(read.error()), "words");
}

void TestConditionWords::hasWordsForAllFaults()
{
    using Kind = ConditionFault::Kind;
    for (int kind = 0; kind <= int(Kind::ExpressionFaulty); ++kind) {
        const QString words = conditionWords({{.kind = Kind(kind), .part = u"xy"_s, .field = u"way"_s}, "text"});
        QVERIFY2(words.size() > 15 && !words.contains(u'%'), qPrintable(words));
    }
}

void TestConditionWords::helpsWithAllFields()
{
    for (const ConditionFieldRow &row : conditionFields())
        QVERIFY2(!conditionFieldHelp(row.field).isEmpty(), row.name.data());
}

QTEST_GUILESS_MAIN(TestConditionWords)
#include "tst_conditionwords.moc"
