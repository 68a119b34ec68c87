// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/coderacer.h"
#include "tests/games/recordingoutput.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestCodeRacer final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void startsWithEveryoneWhoIsThere();
    void startsOnlyWhereItCan();
    void tellsLateJoinersWhatTheyHaveToKnow();
    void believesWhatCanBeTyped_data();
    void believesWhatCanBeTyped();
    void refusesWhatCanNot_data();
    void refusesWhatCanNot();
    void refusesOtherMessages_data();
    void refusesOtherMessages();
    void refusesWhoeverDoesNotRace();
    void toleratesReportsThatComeInABunch();
    void refusesSmallStepsThatAddUp();
    void sharesProgressTenTimesASecond();
    void sharesTheLatestWhenTicked();
    void sharesNothingAfterTheFinish();
    void judgesCode_data();
    void judgesCode();
    void takesNoCodeThatWasNotTyped_data();
    void takesNoCodeThatWasNotTyped();
    void takesTwentyTries();
    void measuresSpeedAndAccuracy();
    void givesPlacesInTheOrderOfArrival();
    void endsWhenTimeIsUp();
    void countsNothingThatComesTooLate();
    void goesOnWithoutThoseWhoLeave();
    void endsWhenTheLastOneTypingLeaves();
    void keepsAFinisherWhoLeaves();
    void racesAnewWithAnotherSnippet();
    void endsWhenTheOperatorSaysSo_data();
    void endsWhenTheOperatorSaysSo();
    void movesItsDeadlinesWhenItStoodStill();

private:
    static constexpr qint64 joinMs = 1'750'000'000'000;
    static constexpr qint64 startMs = joinMs + 3'000; // the countdown
    static constexpr qint64 limitMs = 60'000;

    std::unique_ptr<Game> m_game;
    RecordingOutput m_out;
    QByteArray m_snippet;

    void startRace(const QList<PlayerId> &players = {"anna", "ben"});
    /// Milliseconds are after the start of the race.
    void send(const PlayerId &from, const QByteArray &type, const QByteArray &data, qint64 ms);
    void report(const PlayerId &from, int position, qint64 ms, int errors = 0);
    /// The same, typed until then from the first character on, 40 a second.
    void typeUpTo(const PlayerId &from, int position, qint64 ms, int errors = 0);
    void submit(const PlayerId &from, const QByteArray &code, qint64 ms);
    /// Reports the whole snippet and hands it in.
    void finishFor(const PlayerId &player, qint64 ms, int errors = 0);
    [[nodiscard]] int length() const { return int(m_snippet.size()); }
    [[nodiscard]] QJsonObject state(qint64 ms) const;
    [[nodiscard]] int positionOf(const PlayerId &player, qint64 ms) const;
    [[nodiscard]] QByteArray lastCall() const { return m_out.calls.isEmpty() ? QByteArray() : m_out.calls.last(); }
    [[nodiscard]] QJsonArray results() const;
    [[nodiscard]] QJsonObject submitted() const;
    [[nodiscard]] int count(const char *beginning) const;
};

namespace {

QJsonObject object(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

QStringList ids(const QJsonArray &racers)
{
    QStringList found;
    for (const auto &racer : racers)
        found += racer.isObject() ? racer.toObject().value("playerId"_L1).toString() : racer.toString();
    return found;
}

} // namespace

void TestCodeRacer::init()
{
    m_game = std::move(builtInGames().make("code-racer", 5, R"({"language":"c","length":"short"})").value());
    m_out.calls.clear();
    m_snippet.clear();
}

void TestCodeRacer::startRace(const QList<PlayerId> &players)
{
    for (const PlayerId &id : players)
        m_game->joined({id, QString::fromUtf8(id).toUpper()}, joinMs, m_out);
    QByteArray data;
    QVERIFY(m_game->start(joinMs, data, m_out));
    m_snippet = object(data).value("snippet"_L1).toString().toUtf8();
    QVERIFY(length() >= 60 && length() <= 140);
}

void TestCodeRacer::send(const PlayerId &from, const QByteArray &type, const QByteArray &data, qint64 ms)
{
    const QByteArray text = "{\"type\":\"" + type + "\",\"data\":" + data + '}';
    const auto envelope = parseEnvelope(text);
    QVERIFY2(envelope, text.constData());
    m_game->message(from, envelope.value(), startMs + ms, m_out);
}

void TestCodeRacer::report(const PlayerId &from, int position, qint64 ms, int errors)
{
    send(from, "progress",
         "{\"position\":" + QByteArray::number(position) + ",\"errors\":" + QByteArray::number(errors) + '}', ms);
}

void TestCodeRacer::typeUpTo(const PlayerId &from, int position, qint64 ms, int errors)
{
    constexpr int step = 40;
    int at = positionOf(from, ms);
    for (qint64 then = ms - (position - at + step - 1) / step * 1'000 + 1'000; at < position; then += 1'000) {
        at = std::min(at + step, position);
        report(from, at, then, errors);
    }
}

void TestCodeRacer::submit(const PlayerId &from, const QByteArray &code, qint64 ms)
{
    send(from, "submit_code", "{\"code\":" + jsonQuoted(code) + '}', ms);
}

void TestCodeRacer::finishFor(const PlayerId &player, qint64 ms, int errors)
{
    typeUpTo(player, length(), ms, errors);
    submit(player, m_snippet, ms);
}

QJsonObject TestCodeRacer::state(qint64 ms) const { return object(m_game->state(startMs + ms)); }

int TestCodeRacer::positionOf(const PlayerId &player, qint64 ms) const
{
    for (const QJsonValue &racer : state(ms).value("racers"_L1).toArray()) {
        if (racer["playerId"_L1].toString() == QLatin1StringView(player))
            return racer["position"_L1].toInt();
    }
    return 0;
}

QJsonArray TestCodeRacer::results() const
{
    const QByteArray call = lastCall();
    return call.startsWith("finished ") ? QJsonDocument::fromJson(call.sliced(9)).array() : QJsonArray();
}

QJsonObject TestCodeRacer::submitted() const
{
    for (auto call = m_out.calls.crbegin(); call != m_out.calls.crend(); ++call) {
        if (call->startsWith("all code_submitted "))
            return object(call->sliced(19));
    }
    return {};
}

int TestCodeRacer::count(const char *beginning) const
{
    return int(std::count_if(m_out.calls.begin(), m_out.calls.end(),
                             [&](const QByteArray &call) { return call.startsWith(beginning); }));
}

void TestCodeRacer::startsWithEveryoneWhoIsThere()
{
    m_game->joined({"anna", u"A \"q\""_s}, joinMs, m_out);
    m_game->joined({"ben", u"B"_s}, joinMs, m_out);
    const QJsonObject waiting = object(m_game->state(joinMs));
    QCOMPARE(waiting.value("phase"_L1).toString(), u"waiting"_s);
    QCOMPARE(ids(waiting.value("racers"_L1).toArray()), (QStringList{u"anna"_s, u"ben"_s}));
    QCOMPARE(waiting.value("racers"_L1).toArray()[0].toObject().value("name"_L1).toString(), u"A \"q\""_s);
    QVERIFY(!waiting.contains("snippet"_L1));
    QVERIFY(!waiting.contains("results"_L1));
    QCOMPARE(m_game->nextTickMs(), -1);

    QByteArray data;
    QVERIFY(m_game->start(joinMs, data, m_out));
    const QJsonObject started = object(data);
    QCOMPARE(started.value("startsAt"_L1).toInteger(), startMs);
    QCOMPARE(started.value("secondsLimit"_L1).toInt(), 60);
    QCOMPARE(started.value("language"_L1).toString(), u"c"_s);
    QVERIFY(!started.value("title"_L1).toString().isEmpty());
    QVERIFY(!started.value("snippet"_L1).toString().isEmpty());
    QCOMPARE(ids(started.value("racers"_L1).toArray()), (QStringList{u"anna"_s, u"ben"_s}));
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    QCOMPARE(m_out.calls, {}); // the room sends game_started
}

void TestCodeRacer::startsOnlyWhereItCan()
{
    QByteArray data;
    QVERIFY(!m_game->start(joinMs, data, m_out)); // nobody is there
    startRace();
    QVERIFY(!m_game->start(startMs, data, m_out));
}

void TestCodeRacer::tellsLateJoinersWhatTheyHaveToKnow()
{
    startRace();
    QCOMPARE(state(-1).value("phase"_L1).toString(), u"countdown"_s);
    report("anna", 40, 6'000);
    m_game->joined({"carl", u"Carl"_s}, startMs + 6'000, m_out);
    const QJsonObject racing = state(6'000);
    QCOMPARE(racing.value("phase"_L1).toString(), u"racing"_s);
    QCOMPARE(racing.value("snippet"_L1).toString().toUtf8(), m_snippet);
    QCOMPARE(racing.value("startsAt"_L1).toInteger(), startMs);
    QCOMPARE(racing.value("secondsLimit"_L1).toInt(), 60);
    QCOMPARE(ids(racing.value("racers"_L1).toArray()), (QStringList{u"anna"_s, u"ben"_s}));
    QCOMPARE(ids(racing.value("watchers"_L1).toArray()), QStringList{u"carl"_s});
    const QJsonObject anna = racing.value("racers"_L1).toArray()[0].toObject();
    QCOMPARE(anna.value("position"_L1).toInt(), 40);
    QCOMPARE(anna.value("wpm"_L1).toDouble(), 80.0); // 8 words in a tenth of a minute
    QVERIFY(anna.value("place"_L1).isNull());
    QVERIFY(anna.value("accuracy"_L1).isNull());
    QCOMPARE(anna.value("done"_L1), QJsonValue(false));
    finishFor("anna", 10'000);
    QCOMPARE(state(30'000).value("racers"_L1), state(10'000).value("racers"_L1)); // her speed stays, ben has none
    const QJsonObject done = state(10'000).value("racers"_L1).toArray()[0].toObject();
    QCOMPARE(done.value("place"_L1).toInt(), 1);
    QCOMPARE(done.value("accuracy"_L1).toDouble(), 1.0);
    QCOMPARE(done.value("done"_L1), QJsonValue(true));
}

void TestCodeRacer::believesWhatCanBeTyped_data()
{
    QTest::addColumn<int>("before"); // at 0.5 s
    QTest::addColumn<int>("position");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("nothing, as it starts") << 0 << 0 << qint64{500};
    QTest::newRow("a first burst") << 0 << 20 << qint64{500};
    QTest::newRow("the same again") << 10 << 10 << qint64{501};
    QTest::newRow("a burst after a rest") << 0 << 50 << qint64{1'500};
    QTest::newRow("indentation at once") << 10 << 30 << qint64{500};
    QTest::newRow("after a rest") << 10 << 59 << qint64{2'000};
}

void TestCodeRacer::believesWhatCanBeTyped()
{
    QFETCH(int, before);
    QFETCH(int, position);
    QFETCH(qint64, ms);
    startRace();
    report("anna", before, 500);
    report("anna", position, ms);
    m_game->tick(startMs + 5'000, m_out);
    QCOMPARE(count("reject"), 0);
    QVERIFY2(
        lastCall().startsWith("all progress {\"playerId\":\"anna\",\"position\":" + QByteArray::number(position) + ','),
        lastCall().constData());
}

void TestCodeRacer::refusesWhatCanNot_data()
{
    QTest::addColumn<QByteArray>("data"); // after 30 characters and 2 errors at 5 s
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("code");
    const auto bad = [](const char *name, const char *data) {
        QTest::newRow(name) << QByteArray(data) << qint64{8'000} << QByteArray("bad_data");
    };
    bad("position missing", R"({"errors":2})");
    bad("errors missing", R"({"position":31})");
    bad("empty", "{}");
    bad("a string", R"({"position":"31","errors":2})");
    bad("a fraction", R"({"position":31.5,"errors":2})");
    bad("an exponent", R"({"position":4e1,"errors":2})");
    bad("null", R"({"position":null,"errors":2})");
    bad("true", R"({"position":31,"errors":true})");
    bad("a list", R"({"position":[31],"errors":2})");
    bad("negative", R"({"position":-1,"errors":2})");
    bad("more than there is", R"({"position":1000,"errors":2})");
    bad("more than an int", R"({"position":4294967327,"errors":2})");
    bad("more than anything", R"({"position":99999999999999999999999999,"errors":2})");
    bad("too many errors", R"({"position":31,"errors":1000001})");
    bad("negative errors", R"({"position":31,"errors":-2})");
    bad("no object", "[31,2]");
    bad("a number", "31");
    bad("backwards", R"({"position":29,"errors":2})");
    bad("fewer errors", R"({"position":31,"errors":1})");
    QTest::newRow("too fast since the last")
        << QByteArray(R"({"position":55,"errors":2})") << qint64{5'100} << QByteArray("not_allowed");
    QTest::newRow("just too fast since the last")
        << QByteArray(R"({"position":51,"errors":2})") << qint64{5'024} << QByteArray("not_allowed");
}

void TestCodeRacer::refusesWhatCanNot()
{
    QFETCH(QByteArray, data);
    QFETCH(qint64, ms);
    QFETCH(QByteArray, code);
    startRace();
    report("anna", 30, 5'000, 2);
    const QByteArray before = m_game->state(startMs + ms);
    m_game->tick(startMs + ms, m_out);
    m_out.calls.clear();
    send("anna", "progress", data, ms);
    QCOMPARE(m_out.calls, QList<QByteArray>{"reject " + code});
    QCOMPARE(m_out.lastMore, R"(,"position":30)"); // what stands
    QCOMPARE(m_game->state(startMs + ms), before);
    report("anna", 32, 9'000, 2); // and the race goes on
    QVERIFY(lastCall().startsWith("all progress"));
}

void TestCodeRacer::refusesOtherMessages_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("code");
    const QByteArray some = R"({"position":1,"errors":0})";
    QTest::newRow("unknown type") << QByteArray("dance") << some << qint64{100} << QByteArray("unknown_type");
    QTest::newRow("before the start") << QByteArray("progress") << some << qint64{-1} << QByteArray("not_allowed");
    QTest::newRow("code before the start")
        << QByteArray("submit_code") << QByteArray(R"({"code":""})") << qint64{-1} << QByteArray("not_allowed");
    QTest::newRow("no code") << QByteArray("submit_code") << some << qint64{100} << QByteArray("bad_data");
    QTest::newRow("code of another kind")
        << QByteArray("submit_code") << QByteArray(R"({"code":["int"]})") << qint64{100} << QByteArray("bad_data");
    QTest::newRow("more than an int") << QByteArray("progress") << QByteArray(R"({"position":9999999999,"errors":0})")
                                      << qint64{100} << QByteArray("bad_data");
    QTest::newRow("first burst too big") << QByteArray("progress") << QByteArray(R"({"position":21,"errors":0})")
                                         << qint64{0} << QByteArray("not_allowed");
    QTest::newRow("too fast since the start") << QByteArray("progress") << QByteArray(R"({"position":61,"errors":0})")
                                              << qint64{1'000} << QByteArray("not_allowed");
}

void TestCodeRacer::refusesOtherMessages()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(qint64, ms);
    QFETCH(QByteArray, code);
    startRace();
    const QByteArray before = m_game->state(startMs + ms);
    send("anna", type, data, ms);
    QCOMPARE(m_out.calls, QList<QByteArray>{"reject " + code});
    QCOMPARE(m_game->state(startMs + ms), before);
    m_game->binary("anna", "x", startMs + ms, m_out);
    QCOMPARE(lastCall(), "reject unsupported");
}

void TestCodeRacer::refusesWhoeverDoesNotRace()
{
    m_game->joined({"anna", u"A"_s}, joinMs, m_out);
    report("anna", 1, 0);
    QCOMPARE(lastCall(), "reject not_allowed"); // nothing runs
    startRace({"ben"});
    m_game->joined({"carl", u"C"_s}, joinMs, m_out);
    report("carl", 1, 1'000);
    QCOMPARE(lastCall(), "reject not_allowed");
    submit("carl", m_snippet, 9'000);
    QCOMPARE(lastCall(), "reject not_allowed");
    finishFor("anna", 9'000);
    report("anna", length(), 9'500);
    QCOMPARE(lastCall(), "reject not_allowed"); // done
    submit("anna", m_snippet, 9'500);
    QCOMPARE(lastCall(), "reject not_allowed");
    QCOMPARE(count("all code_submitted"), 1);
}

// The network held them back: they come at the same instant, and none is the player's fault.
void TestCodeRacer::toleratesReportsThatComeInABunch()
{
    startRace();
    for (int position = 0; position <= 50; position += 2)
        report("anna", position, 6'000);
    QCOMPARE(count("reject"), 0);
}

// Each of them could be somebody's burst.
void TestCodeRacer::refusesSmallStepsThatAddUp()
{
    startRace();
    for (int i = 1; i <= 3; ++i)
        report("anna", i * 20, i * 100);
    QCOMPARE(count("reject not_allowed"), 2);
    report("anna", 52, 800);
    QCOMPARE(count("reject"), 2);
}

void TestCodeRacer::sharesProgressTenTimesASecond()
{
    startRace();
    QList<qint64> heard;
    for (qint64 ms = 0; ms <= 5'000; ms += 10) {
        m_out.calls.clear();
        if (const qint64 next = m_game->nextTickMs(); next <= startMs + ms)
            m_game->tick(startMs + ms, m_out);
        report("anna", int(ms / 50), ms);
        QVERIFY(m_out.calls.size() <= 1);
        if (count("all progress") == 1)
            heard += ms;
    }
    QCOMPARE(heard.size(), 51);
    for (qsizetype i = 10; i < heard.size(); ++i)
        QVERIFY(heard[i] - heard[i - 10] >= 1'000);
}

void TestCodeRacer::sharesTheLatestWhenTicked()
{
    startRace();
    report("anna", 1, 1'000);
    QCOMPARE(m_out.calls, QList<QByteArray>{R"(all progress {"playerId":"anna","position":1,"wpm":12.0})"});
    QCOMPARE(m_game->nextTickMs(), startMs + limitMs); // nothing waits
    report("anna", 2, 1'010);
    report("anna", 4, 1'020);
    report("ben", 3, 1'050);
    QCOMPARE(m_out.calls.size(), 1);
    QCOMPARE(m_game->nextTickMs(), startMs + 1'100);
    m_game->tick(startMs + 1'099, m_out);
    QCOMPARE(m_out.calls.size(), 1);
    m_game->tick(startMs + 1'100, m_out);
    QCOMPARE(m_out.calls.size(), 2);
    QCOMPARE(lastCall(),
             R"(all batch [{"type":"progress","data":{"playerId":"anna","position":4,"wpm":43.6}},)"
             R"({"type":"progress","data":{"playerId":"ben","position":3,"wpm":32.7}}])");
    m_game->tick(startMs + 1'500, m_out);
    QCOMPARE(m_out.calls.size(), 2);
    report("ben", 4, 1'500);
    QVERIFY(lastCall().startsWith(R"(all progress {"playerId":"ben","position":4,)"));
}

void TestCodeRacer::sharesNothingAfterTheFinish()
{
    startRace();
    typeUpTo("anna", length() - 1, 9'990);
    finishFor("anna", 10'000);
    QCOMPARE(m_game->nextTickMs(), startMs + limitMs);
    report("ben", 1, 10'000);
    report("ben", 2, 10'010);
    m_game->end(startMs + 10'020, m_out);
    const qsizetype calls = m_out.calls.size();
    m_game->tick(startMs + 10'200, m_out);
    QCOMPARE(m_out.calls.size(), calls);
}

void TestCodeRacer::judgesCode_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to"); // what becomes of it
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<bool>("correct");
    const auto row = [](const char *name, const char *from, const char *to, const char *behind, bool correct) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(behind) << correct;
    };
    row("as it is", "", "", "", true);
    row("line ends of Windows", "\n", "\r\n", "\r\n", true);
    row("spaces at the ends of lines", "\n", " \t\n", "  ", true);
    row("empty lines behind", "", "", "\n\n \n", true);
    row("more text", "", "", "x", false);
    row("no indentation", "    ", "", "", false);
    row("tabs", "    ", "\t", "", false);
    row("empty lines between", "\n", "\n\n", "", false);
    row("no line ends", "\n", " ", "", false);
    row("line ends of long ago", "\n", "\r", "", false);
    row("another letter", "int", "lnt", "", false);
    row("spaces that are not ASCII", "    ", "\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0", "", false);
}

void TestCodeRacer::judgesCode()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, behind);
    QFETCH(bool, correct);
    startRace();
    typeUpTo("anna", length(), 10'000);
    submit("anna", (from.isEmpty() ? m_snippet : QByteArray(m_snippet).replace(from, to)) + behind, 10'000);
    const QJsonObject said = submitted();
    QCOMPARE(said.value("playerId"_L1).toString(), u"anna"_s);
    QCOMPARE(said.value("correct"_L1), QJsonValue(correct));
    QCOMPARE(said.value("place"_L1), correct ? QJsonValue(1) : QJsonValue());
    QCOMPARE(said.value("elapsedMs"_L1).toInt(), 10'000);
    if (!correct) {
        submit("anna", m_snippet, 11'000);
        QCOMPARE(submitted().value("correct"_L1), QJsonValue(true));
    }
}

void TestCodeRacer::takesNoCodeThatWasNotTyped_data()
{
    QTest::addColumn<int>("missing"); // characters that were not reported
    QTest::addColumn<qint64>("ms");
    QTest::newRow("nothing typed") << 1'000 << qint64{30'000};
    QTest::newRow("less than nine tenths") << 16 << qint64{30'000};
}

void TestCodeRacer::takesNoCodeThatWasNotTyped()
{
    QFETCH(int, missing);
    QFETCH(qint64, ms);
    startRace();
    if (missing < length())
        typeUpTo("anna", length() - missing, ms);
    QCOMPARE(count("reject"), 0);
    m_out.calls.clear();
    const QByteArray before = m_game->state(startMs + ms);
    submit("anna", m_snippet, ms);
    QCOMPARE(m_out.calls, QList<QByteArray>{"reject not_allowed"});
    QCOMPARE(m_game->state(startMs + ms), before);
    finishFor("anna", ms + 5'000); // honest at last
    QCOMPARE(submitted().value("place"_L1).toInt(), 1);
}

void TestCodeRacer::takesTwentyTries()
{
    startRace({"anna"});
    for (int i = 0; i < 19; ++i)
        submit("anna", "no", 1'000 + i);
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    submit("anna", "no", 2'000);
    QCOMPARE(count("all code_submitted"), 20);
    QCOMPARE(m_game->phase(), GamePhase::Finished); // nobody can finish any more
    QCOMPARE(results().size(), 1);
    QVERIFY(results()[0].toObject().value("place"_L1).isNull());
    QCOMPARE(state(2'000).value("racers"_L1).toArray()[0].toObject().value("done"_L1), QJsonValue(true));
}

void TestCodeRacer::measuresSpeedAndAccuracy()
{
    startRace();
    finishFor("anna", 12'000, 10);
    const double wpm = length() / 5.0 / 0.2;
    QVERIFY(qAbs(submitted().value("wpm"_L1).toDouble() - wpm) <= 0.05);
    QVERIFY(qAbs(submitted().value("accuracy"_L1).toDouble() - length() / (length() + 10.0)) <= 0.0001);
    QCOMPARE(submitted().value("elapsedMs"_L1).toInt(), 12'000);
}

void TestCodeRacer::givesPlacesInTheOrderOfArrival()
{
    startRace({"anna", "ben", "carl", "dora"});
    report("anna", 10, 5'000);
    report("dora", 20, 5'000);
    finishFor("carl", 10'000);
    QCOMPARE(submitted().value("place"_L1).toInt(), 1);
    finishFor("ben", 10'000);
    QCOMPARE(submitted().value("place"_L1).toInt(), 2);
    m_game->tick(startMs + limitMs + 7'000, m_out); // a late tick gives nobody more time
    QCOMPARE(ids(results()), (QStringList{u"carl"_s, u"ben"_s, u"dora"_s, u"anna"_s}));
    const QJsonObject first = results()[0].toObject();
    QCOMPARE(first.value("name"_L1).toString(), u"CARL"_s);
    QCOMPARE(first.value("place"_L1).toInt(), 1);
    QCOMPARE(first.value("elapsedMs"_L1).toInt(), 10'000);
    QCOMPARE(first.value("position"_L1).toInt(), length());
    QCOMPARE(first.value("score"_L1), first.value("wpm"_L1));
    QVERIFY(first.value("wpm"_L1).toDouble() > 0);
    const QJsonObject last = results()[3].toObject();
    QVERIFY(last.value("place"_L1).isNull());
    QVERIFY(last.value("elapsedMs"_L1).isNull());
    QCOMPARE(last.value("wpm"_L1).toDouble(), 2.0); // of the whole minute
}

void TestCodeRacer::endsWhenTimeIsUp()
{
    startRace();
    QCOMPARE(m_game->nextTickMs(), startMs + limitMs);
    m_game->tick(startMs + limitMs - 1, m_out);
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    m_game->tick(startMs + limitMs, m_out);
    QCOMPARE(m_game->phase(), GamePhase::Finished);
    QCOMPARE(results().size(), 2);
    QCOMPARE(m_game->nextTickMs(), -1);
    m_game->tick(startMs + limitMs + 1, m_out);
    QCOMPARE(count("finished"), 1);
}

void TestCodeRacer::countsNothingThatComesTooLate()
{
    startRace();
    typeUpTo("anna", length(), limitMs - 1);
    submit("anna", m_snippet, limitMs);
    QCOMPARE(count("all code_submitted"), 0);
    QCOMPARE(lastCall(), "reject not_allowed");
    QCOMPARE(m_game->phase(), GamePhase::Finished);
    QCOMPARE(count("finished"), 1);
}

void TestCodeRacer::goesOnWithoutThoseWhoLeave()
{
    startRace({"anna", "ben", "carl"});
    report("anna", 50, 5'000);
    report("ben", 10, 5'000);
    m_game->left("anna", startMs + 5'000, m_out);
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    QCOMPARE(ids(state(5'000).value("racers"_L1).toArray()), (QStringList{u"ben"_s, u"carl"_s}));
    finishFor("ben", 10'000);
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    finishFor("carl", 11'000);
    QCOMPARE(m_game->phase(), GamePhase::Finished);
    QCOMPARE(ids(results()), (QStringList{u"ben"_s, u"carl"_s, u"anna"_s}));
    QCOMPARE(results()[2].toObject().value("wpm"_L1).toDouble(), 120.0); // until she left
}

void TestCodeRacer::endsWhenTheLastOneTypingLeaves()
{
    startRace();
    m_game->joined({"carl", u"C"_s}, startMs, m_out);
    finishFor("anna", 10'000);
    m_game->left("carl", startMs + 11'000, m_out);
    QCOMPARE(m_game->phase(), GamePhase::Playing);
    m_game->left("ben", startMs + 12'000, m_out);
    QCOMPARE(m_game->phase(), GamePhase::Finished);
    QCOMPARE(ids(results()), (QStringList{u"anna"_s, u"ben"_s}));
    m_game->left("anna", startMs + 13'000, m_out);
    QCOMPARE(count("finished"), 1);
}

void TestCodeRacer::keepsAFinisherWhoLeaves()
{
    startRace();
    finishFor("anna", 10'000);
    m_game->left("anna", startMs + 11'000, m_out);
    QCOMPARE(ids(state(11'000).value("racers"_L1).toArray()), (QStringList{u"anna"_s, u"ben"_s}));
    finishFor("ben", 12'000);
    QCOMPARE(ids(results()), (QStringList{u"anna"_s, u"ben"_s}));
}

void TestCodeRacer::racesAnewWithAnotherSnippet()
{
    startRace();
    m_game->joined({"carl", u"C"_s}, startMs, m_out);
    m_game->left("ben", startMs, m_out);
    finishFor("anna", 10'000);
    QCOMPARE(m_game->phase(), GamePhase::Finished);
    QCOMPARE(state(11'000).value("phase"_L1).toString(), u"finished"_s);
    QCOMPARE(ids(state(11'000).value("results"_L1).toArray()), (QStringList{u"anna"_s, u"ben"_s}));
    QCOMPARE(ids(state(11'000).value("watchers"_L1).toArray()), QStringList{u"carl"_s});
    for (int race = 0; race < 10; ++race) {
        QByteArray data;
        QVERIFY(m_game->start(startMs + 20'000, data, m_out));
        QCOMPARE(ids(object(data).value("racers"_L1).toArray()), (QStringList{u"anna"_s, u"carl"_s}));
        QCOMPARE(object(data).value("startsAt"_L1).toInteger(), startMs + 23'000);
        const QByteArray snippet = object(data).value("snippet"_L1).toString().toUtf8();
        QVERIFY(snippet != std::exchange(m_snippet, snippet));
        const QJsonObject anna = state(23'000).value("racers"_L1).toArray()[0].toObject();
        QCOMPARE(anna.value("position"_L1).toInt(), 0);
        QVERIFY(state(23'000).contains("results"_L1)); // still those of the last race
        m_game->end(startMs + 30'000, m_out);
    }
}

void TestCodeRacer::endsWhenTheOperatorSaysSo_data()
{
    QTest::addColumn<bool>("started");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<int>("finished");
    QTest::newRow("waiting") << false << qint64{0} << 0;
    QTest::newRow("countdown") << true << qint64{-1'000} << 1;
    QTest::newRow("racing") << true << qint64{1'000} << 1;
}

void TestCodeRacer::endsWhenTheOperatorSaysSo()
{
    QFETCH(bool, started);
    QFETCH(qint64, ms);
    QFETCH(int, finished);
    if (started)
        startRace();
    m_game->end(startMs + ms, m_out);
    m_game->end(startMs + ms, m_out);
    QCOMPARE(count("finished"), finished);
    QCOMPARE(m_game->phase(), started ? GamePhase::Finished : GamePhase::Waiting);
    QCOMPARE(m_game->nextTickMs(), -1);
}

void TestCodeRacer::movesItsDeadlinesWhenItStoodStill()
{
    startRace();
    m_game->stoodStill(1'000); // in the countdown
    QCOMPARE(state(999).value("phase"_L1).toString(), u"countdown"_s);
    QCOMPARE(state(1'000).value("phase"_L1).toString(), u"racing"_s);
    QCOMPARE(state(1'000).value("startsAt"_L1).toInteger(), startMs + 1'000);
    report("anna", 20, 1'000);
    report("anna", 21, 1'025);
    m_game->stoodStill(50'000);
    QCOMPARE(m_game->nextTickMs(), startMs + 51'100);
    report("anna", 43, 51'050);
    QCOMPARE(lastCall(), "reject not_allowed"); // the pause is no time to type
    m_game->tick(startMs + 51'100, m_out);
    QVERIFY(lastCall().startsWith("all progress"));
    QCOMPARE(m_game->nextTickMs(), startMs + limitMs + 51'000);
    finishFor("anna", 61'000);
    QCOMPARE(submitted().value("elapsedMs"_L1).toInt(), 10'000);
}

QTEST_GUILESS_MAIN(TestCodeRacer)
#include "tst_coderacer.moc"
