// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditioncompletion.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const KnownValues known{.types = {u"chat"_s, u"move"_s},
                        .players = {u"Ada"_s, u"Bob \"x\""_s},
                        .rooms = {u"main"_s},
                        .paths = {u"data.x"_s, u"data.list"_s, u"json.seq"_s},
                        .connections = {7, 12}};

/// The cursor stands at | or at the end.
ConditionCompletion complete(QString words)
{
    const qsizetype cursor = words.indexOf(u'|');
    if (cursor < 0)
        return completeCondition(words, words.size(), known);
    return completeCondition(words.remove(cursor, 1), cursor, known);
}

QStringList textsOf(const ConditionCompletion &completion)
{
    QStringList texts;
    for (const ConditionOffer &offer : completion.offers)
        texts += offer.text;
    return texts;
}

} // namespace

class TestConditionCompletion : public QObject
{
    Q_OBJECT
private slots:
    void offersWhatFits_data();
    void offersWhatFits();
    void offersAllFieldsAtTheBeginning();
    void offersNoneTwiceAndIdsLate_data();
    void offersNoneTwiceAndIdsLate();
    void knowsFieldsByTheirRow();
    void staysWithinBounds();
    void takesAnything();
};

void TestConditionCompletion::offersWhatFits_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<qsizetype>("position");
    QTest::addColumn<QStringList>("offers");
    const auto row = [](const QString &words, qsizetype position, const QStringList &offers) {
        QTest::newRow(qPrintable(words)) << words << position << offers;
    };
    const QStringList order{u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s, u"in"_s, u"not in"_s};
    const QStringList connectives{u"&&"_s, u"||"_s, u"and"_s, u"or"_s};
    row(u"ty"_s, 0, {u"type"_s});
    row(u"TY"_s, 0, {u"type"_s});
    row(u"t"_s, 0, {u"type"_s, u"text"_s, u"to"_s, u"time"_s});
    row(u"t|ype == x"_s, 0, {u"type"_s, u"text"_s, u"to"_s, u"time"_s});
    row(u"data.l"_s, 0, {u"data.list"_s});
    row(u"json.s"_s, 0, {u"json.seq"_s});
    row(u"n"_s, 0, {u"number"_s, u"not"_s});
    row(u"xyz"_s, 0, {});
    row(u"mo"_s, 0, {u"type == \"move\""_s});
    row(u"error && AD"_s, 9, {u"player == \"Ada\""_s});
    row(u"ma"_s, 0, {u"room == \"main\""_s});
    row(u"m"_s, 0, {});
    row(u"has mo"_s, 4, {});
    row(u"error && br"_s, 9, {u"broken"_s});
    row(u"error && (!br"_s, 11, {u"broken"_s});
    row(u"not has ty"_s, 8, {u"type"_s});
    row(u"has err"_s, 4, {});
    row(u"size "_s, 5, order);
    row(u"size n"_s, 5, {u"not in"_s});
    row(u"size >"_s, 5, {u">"_s, u">="_s});
    row(u"size >="_s, 5, {u">="_s});
    row(u"size > "_s, 7, {});
    row(u"way "_s, 4, {u"=="_s, u"!="_s, u"in"_s, u"not in"_s});
    row(u"text "_s, 5, {u"=="_s, u"!="_s, u"contains"_s, u"~"_s});
    row(u"type con"_s, 5, {u"contains"_s});
    row(u"type == "_s, 8, {u"\"chat\""_s, u"\"move\""_s});
    row(u"type == m"_s, 8, {u"\"move\""_s});
    row(u"type == \"M"_s, 8, {u"\"move\""_s});
    row(u"type == \"move\""_s, 14, connectives);
    row(u"type in (\"chat\", m"_s, 17, {u"\"move\""_s});
    row(u"type in (chat "_s, 14, {u","_s, u")"_s});
    row(u"type in (chat) "_s, 15, connectives);
    row(u"type not in ("_s, 13, {u"\"chat\""_s, u"\"move\""_s});
    row(u"from == b"_s, 8, {u"\"Bob \\\"x\\\"\""_s});
    row(u"room=="_s, 4, {u"=="_s});
    row(u"room== "_s, 7, {u"\"main\""_s});
    row(u"connection == 1"_s, 14, {u"12"_s});
    row(u"way == o"_s, 7, {u"out"_s});
    row(u"opcode in (p"_s, 11, {u"ping"_s, u"pong"_s});
    row(u"data.x == t"_s, 10, {u"true"_s});
    row(u"error "_s, 6, connectives);
    row(u"error a"_s, 6, {u"and"_s});
    row(u"size > 1 KiB "_s, 13, connectives);
    row(u"answer > 50 ms "_s, 15, connectives);
    row(u"answer "_s, 7, order);
    row(u"answer > 50 KiB "_s, 16, {});
    row(u"(error) "_s, 8, connectives);
    row(u"\"text\" o"_s, 7, {u"or"_s});
    row(u"/a/ "_s, 4, connectives);
    row(u"hello "_s, 6, connectives);
    row(u"hello wor"_s, 6, {});
    row(u"error wrong "_s, 12, {});
    row(u"unknown == "_s, 11, {});
}

void TestConditionCompletion::offersWhatFits()
{
    QFETCH(QString, words);
    const ConditionCompletion completion = complete(words);
    QTEST(textsOf(completion), "offers");
    QTEST(completion.position, "position");
    const qsizetype cursor = words.contains(u'|') ? words.indexOf(u'|') : words.size();
    QCOMPARE(completion.position + completion.length, cursor);
}

void TestConditionCompletion::offersAllFieldsAtTheBeginning()
{
    for (const QString &words : {u""_s, u"error && "_s, u"("_s, u"not "_s, u"type == a or "_s}) {
        const QStringList texts = textsOf(complete(words));
        for (const ConditionFieldRow &row : conditionFields())
            QVERIFY2(texts.contains(row.name), row.name.data());
        QVERIFY(texts.contains(u"data.x"_s) && texts.contains(u"has"_s));
    }
}

void TestConditionCompletion::offersNoneTwiceAndIdsLate_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("offers"); // those that begin with data, json or a digit
    QTest::newRow("nothing typed") << QString() << QStringList{u"data"_s, u"json"_s, u"data.x"_s, u"data.scores"_s};
    QTest::newRow("a path, begun") << u"data.s"_s << QStringList{u"data.scores"_s};
    QTest::newRow("what is inside") << u"data.scores"_s
                                    << QStringList{u"data.scores"_s, u"data.scores.p_1"_s, u"data.scores[\"p 2\"]"_s};
    QTest::newRow("an id, begun") << u"data.scores.P"_s << QStringList{u"data.scores.p_1"_s};
    QTest::newRow("any JSON") << u"js"_s << QStringList{u"json"_s};
    QTest::newRow("any JSON, typed") << u"json"_s << QStringList{u"json"_s, u"json.seq"_s};
    QTest::newRow("connections") << u"connection == "_s
                                 << QStringList{u"30"_s, u"29"_s, u"28"_s, u"27"_s, u"26"_s, u"25"_s, u"24"_s, u"23"_s};
    QTest::newRow("connections, begun") << u"connection == 1"_s
                                        << QStringList{u"19"_s, u"18"_s, u"17"_s, u"16"_s, u"15"_s, u"14"_s,
                                                       u"13"_s, u"12"_s, u"11"_s, u"10"_s, u"1"_s};
}

void TestConditionCompletion::offersNoneTwiceAndIdsLate()
{
    QFETCH(QString, words);
    KnownValues many{.types = {u"chat"_s, u"chat"_s},
                     .players = {},
                     .rooms = {},
                     .paths = {u"data.x"_s, u"data"_s, u"data.scores"_s, u"data.scores.p_1"_s,
                               u"data.scores[\"p 2\"]"_s, u"data.x"_s, u"json.seq"_s, u"json.seq.id_3"_s},
                     .connections = {}};
    for (quint32 connection = 30; connection > 0; --connection)
        many.connections << connection;
    QStringList found = textsOf(completeCondition(words, words.size(), many));
    found.removeIf([](const QString &text) {
        return !text.startsWith(u"data"_s) && !text.startsWith(u"json"_s) && !text.front().isDigit();
    });
    QTEST(found, "offers");
    QCOMPARE(textsOf(completeCondition(u"type == ", 8, many)), QStringList(u"\"chat\""_s));
}

void TestConditionCompletion::knowsFieldsByTheirRow()
{
    const auto offers = complete(u"siz"_s).offers;
    QCOMPARE(offers, (QList<ConditionOffer>{{u"size"_s, ConditionField::Size}}));
}

void TestConditionCompletion::staysWithinBounds()
{
    KnownValues many;
    for (int i = 0; i < 10'000; ++i)
        many.types += QString::number(i);
    QCOMPARE(completeCondition(u"type == "_s, 8, many).offers.size(), mostOffers);
    QVERIFY(completeCondition(QString(100'000, u'('), 100'000, known).offers.isEmpty());
    QCOMPARE(completeCondition(u"ty"_s, 99, known).position, 0);
    QCOMPARE(completeCondition(u"ty"_s, -1, known).position, 0);
}

void TestConditionCompletion::takesAnything()
{
    const QString words =
        u"( type == \"a\\\"b\" && !data[\"x y\"][0].z >= -3.5e2 ) || text ~ /a\\/b/ and x in (1, 'b"_s;
    for (qsizetype from = 0; from < words.size(); ++from) {
        for (qsizetype cursor = 0; cursor <= words.size() - from; ++cursor) {
            const auto completion = completeCondition(QStringView(words).sliced(from), cursor, known);
            QVERIFY(completion.position >= 0 && completion.length >= 0
                    && completion.position + completion.length == cursor);
        }
    }
}

QTEST_GUILESS_MAIN(TestConditionCompletion)
#include "tst_conditioncompletion.moc"
