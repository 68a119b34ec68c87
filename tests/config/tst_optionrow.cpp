// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/optionrow.h"

#include "server/config/configoptions.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

enum class Colour : quint8 { Red, Green };

/// One member of each kind that a row can keep its value in.
struct Part
{
    int number = 5;
    quint16 port = 80;
    qint64 bytes = 0;
    bool flag = false;
    Colour colour = Colour::Green;
    QString text;
    QByteArray bytesText;
    QStringList texts;
    QList<QByteArray> bytesTexts;
    bool operator==(const Part &) const = default;
};

struct Whole
{
    int before = 1;
    Part part;
};

using Row = OptionRow<Part>;

std::vector<Row> rows()
{
    return {
        {{.name = "number", .type = OptionType::Number}, fieldOf(&Part::number)},
        {{.name = "port", .type = OptionType::Number}, fieldOf(&Part::port)},
        {{.name = "bytes", .type = OptionType::Size}, fieldOf(&Part::bytes)},
        {{.name = "flag", .type = OptionType::Flag}, fieldOf(&Part::flag)},
        {{.name = "no-flag", .type = OptionType::Flag}, oppositeOf(fieldOf(&Part::flag))},
        {{.name = "colour", .type = OptionType::Word, .words = {u"red"_s, u"green"_s}}, fieldOf(&Part::colour)},
        {{.name = "text"}, fieldOf(&Part::text)},
        {{.name = "bytes-text"}, fieldOf(&Part::bytesText)},
        {{.name = "texts", .isList = true}, fieldOf(&Part::texts)},
        {{.name = "bytes-texts", .isList = true}, fieldOf(&Part::bytesTexts)},
    };
}

Row rowOf(const QString &name)
{
    const std::vector<Row> table = rows();
    return *findRow(table, name);
}

} // namespace

class TestOptionRow final : public QObject
{
    Q_OBJECT

private slots:
    void setsAndReads_data();
    void setsAndReads();
    void refusesAndKeeps_data();
    void refusesAndKeeps();
    void addsToLists();
    void clears();
    void copiesEveryKind();
    void standsForTheWhole();
    void isOffWhereTheOtherIsOn();
    void showsNoSecret();
    void keepsWhatNeedsARestart();
    void dataNamesTwoThings();
    void serverHasEachNameOnce();
    void everyRowGivesBackWhatItWrites_data();
    void everyRowGivesBackWhatItWrites();
};

void TestOptionRow::setsAndReads_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const QString &name, const QString &text, const QString &written) {
        QTest::newRow(qPrintable(name + u' ' + text)) << name << text << written;
    };
    row(u"number"_s, u"7"_s, u"7"_s);
    row(u"port"_s, u"65535"_s, u"65535"_s);
    row(u"bytes"_s, u"65536"_s, u"64k"_s);
    row(u"flag"_s, u"true"_s, u"on"_s);
    row(u"flag"_s, u"0"_s, u"off"_s);
    row(u"colour"_s, u"red"_s, u"red"_s);
    row(u"text"_s, u"a b"_s, u"a b"_s);
    row(u"bytes-text"_s, u"ä"_s, u"ä"_s);
    row(u"texts"_s, u"one"_s, u"one"_s);
    row(u"bytes-texts"_s, u"ä"_s, u"ä"_s);
}

void TestOptionRow::setsAndReads()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(QString, written);
    Part part;
    QVERIFY(rowOf(name).set(part, text));
    QCOMPARE(rowOf(name).get(part), QStringList{written});
}

void TestOptionRow::refusesAndKeeps_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    const auto row = [](const QString &name, const QString &text) {
        QTest::newRow(qPrintable(name + u' ' + text)) << name << text;
    };
    row(u"number"_s, u"-1"_s);
    row(u"number"_s, u"2147483648"_s);
    row(u"port"_s, u"65536"_s); // as its member says
    row(u"bytes"_s, u"much"_s);
    row(u"flag"_s, u"perhaps"_s);
    row(u"colour"_s, u"blue"_s);
    row(u"text"_s, QString());
    row(u"texts"_s, QString());
}

void TestOptionRow::refusesAndKeeps()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    Part part;
    QVERIFY(!rowOf(name).set(part, text));
    QVERIFY(part == Part());
}

void TestOptionRow::addsToLists()
{
    Part part;
    for (const QString &name : {u"texts"_s, u"bytes-texts"_s}) {
        QVERIFY(rowOf(name).set(part, u"one"_s) && rowOf(name).set(part, u"two"_s));
        QCOMPARE(rowOf(name).get(part), QStringList({u"one"_s, u"two"_s}));
    }
}

void TestOptionRow::clears()
{
    Part part;
    part.text = u"x"_s;
    part.bytesTexts = {"x", "y"};
    rowOf(u"text"_s).clear(part);
    rowOf(u"bytes-texts"_s).clear(part);
    QVERIFY(part == Part());
    QCOMPARE(rowOf(u"text"_s).get(part), QStringList());
}

void TestOptionRow::copiesEveryKind()
{
    const Part from{1, 2, 3, true, Colour::Red, u"t"_s, "b", {u"ts"_s}, {"bs"}};
    Part to;
    for (const Row &row : rows()) {
        QVERIFY2(!row.isSame(from, to) || row.name == QByteArray("no-flag"), row.name);
        row.copy(from, to);
        QVERIFY2(row.isSame(from, to), row.name);
    }
    QVERIFY(from == to);
}

void TestOptionRow::standsForTheWhole()
{
    Whole whole;
    for (const Row &row : rows()) {
        const OptionRow<Whole> outer = partOf(&Whole::part, row);
        QCOMPARE(outer.get(whole), row.get(whole.part));
        QCOMPARE(outer.most, row.most);
    }
    QVERIFY(partOf(&Whole::part, rowOf(u"colour"_s)).set(whole, u"red"_s));
    QCOMPARE(whole.part.colour, Colour::Red);
}

void TestOptionRow::isOffWhereTheOtherIsOn()
{
    Part part;
    QCOMPARE(rowOf(u"no-flag"_s).get(part), QStringList{u"on"_s});
    QVERIFY(rowOf(u"no-flag"_s).set(part, u"off"_s));
    QVERIFY(part.flag);
}

void TestOptionRow::showsNoSecret()
{
    const Row row({.name = "secret", .isSecret = true}, fieldOf(&Part::bytesText));
    Part one;
    QCOMPARE(row.get(one), QStringList());
    QVERIFY(row.set(one, u"canary"_s));
    QCOMPARE(row.get(one), QStringList{u"(set)"_s});
    Part other;
    QVERIFY(row.set(other, u"another"_s));
    QVERIFY(!row.isSame(one, other));
}

void TestOptionRow::keepsWhatNeedsARestart()
{
    std::vector<Row> table = rows();
    for (Row &row : table)
        row.needsRestart = row.name == QByteArray("port") || row.name == QByteArray("text");
    const Part inForce;
    Part wanted;
    wanted.port = 81;
    wanted.number = 6;
    QCOMPARE(keepForRestart(table, inForce, wanted), QStringList{u"port"_s});
    QCOMPARE(wanted.port, 80);
    QCOMPARE(wanted.number, 6);
}

// A demo keeps captures and no results.
void TestOptionRow::dataNamesTwoThings()
{
    const ConfigOption &data = *findRow(configOptions(), u"data");
    ServerConfig config;
    QVERIFY(data.set(config, u"keep"_s));
    QCOMPARE(config.captureDirectory, u"keep"_s);
    QCOMPARE(config.historyFile, u"keep/results.sqlite"_s);
    ServerConfig demo = config;
    demo.historyFile.clear();
    QVERIFY(!data.isSame(config, demo));
    QCOMPARE(data.get(demo), QStringList{u"keep"_s});
    data.copy(demo, config);
    QVERIFY(config == demo);
}

void TestOptionRow::serverHasEachNameOnce()
{
    QSet<QByteArray> names;
    for (const ConfigOption &option : configOptions()) {
        QVERIFY2(!names.contains(option.name), option.name);
        names.insert(option.name);
    }
}

void TestOptionRow::everyRowGivesBackWhatItWrites_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const ConfigOption &option : configOptions())
        QTest::newRow(option.name) << index++;
}

void TestOptionRow::everyRowGivesBackWhatItWrites()
{
    QFETCH(int, index);
    const ConfigOption &option = configOptions().at(size_t(index));
    QVERIFY(option.rival == nullptr || findRow(configOptions(), QString::fromLatin1(option.rival)) != nullptr);
    const QStringList texts = option.get(ServerConfig());
    ServerConfig config;
    for (const QString &text : texts)
        QVERIFY2(option.set(config, text), qPrintable(text));
    QVERIFY(config == ServerConfig());
    QVERIFY(!option.expected().isEmpty());
}

QTEST_GUILESS_MAIN(TestOptionRow)
#include "tst_optionrow.moc"
