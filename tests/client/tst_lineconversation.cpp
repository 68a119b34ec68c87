// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/lineconversation.h"
#include "tests/client/subject.h"
#include "tests/support/looprest.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Tone = LineConversation::Tone;
using Frames = QList<std::pair<quint8, QByteArray>>;

namespace {

constexpr auto text = quint8(Opcode::Text);

/// What a conversation says.
struct Heard
{
    LineConversation conversation;
    QByteArray out;
    QStringList bad;
    QStringList good;
    QList<bool> wanted;
    QList<int> finished;

    explicit Heard(const LineConversationOptions &options) : conversation(options)
    {
        auto *c = &conversation;
        QObject::connect(c, &LineConversation::printed, c, [this](const QByteArray &lines) { out += lines; });
        QObject::connect(c, &LineConversation::said, c,
                         [this](const QString &words, Tone tone) { (tone == Tone::Good ? good : bad) += words; });
        QObject::connect(c, &LineConversation::linesWanted, c, [this](bool wants) { wanted += wants; });
        QObject::connect(c, &LineConversation::finished, c, [this](int code) { finished += code; });
        c->start();
    }
    bool wantsLines() const { return !wanted.isEmpty() && wanted.last(); }
};

} // namespace

class TestLineConversation final : public QObject
{
    Q_OBJECT
private slots:
    void sendsLinesAndPrintsMessages();
    void executesAndLeaves();
    void waitsForAnswersBehindTheInput();
    void closesAtOnceWhereNobodyWaits();
    void staysWhereItIsTold();
    void printsPingsWhereItIsTold_data();
    void printsPingsWhereItIsTold();
    void takesSlashes();
    void sendsSlashesAsTheyAreOtherwise();
    void closesWithACode();
    void saysWhatIsNotSent();
    void endsAsTheServerDoes_data();
    void endsAsTheServerDoes();
    void failsWhereNobodyListens();
    void keepsATokenToItselfThatIsRefused();
    void isInterruptedInOrder();
    void isInterruptedAtOnceTheSecondTime();
    void readsNothingWhileTheOutputIsFull();
    void wantsNoLinesWhileTheServerReadsTooSlowly();
    void comesBackAndSaysItAgain();
    void failsIfItIsTold();

private:
    FakeServer m_server;

    LineConversationOptions options() const
    {
        LineConversationOptions options;
        options.client = optionsFor(m_server.url());
        options.waitMs = 50;
        return options;
    }
    FakePeer &peer() const { return *m_server.last(); }
};

void TestLineConversation::sendsLinesAndPrintsMessages()
{
    Heard heard(options());
    QVERIFY(heard.wanted.isEmpty()); // before it is open
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.takeLine("one");
    heard.conversation.takeLine("");
    QTRY_COMPARE(peer().frames, (Frames{{text, "one"}, {text, ""}}));
    peer().send(Opcode::Text, "answer");
    peer().send(Opcode::Binary, "\xFF");
    QTRY_COMPARE(heard.out, QByteArray("answer\n\xFF\n"));
    QVERIFY(heard.finished.isEmpty());
}

void TestLineConversation::executesAndLeaves()
{
    auto how = options();
    how.execute = {"one", "two"};
    Heard heard(how);
    QTRY_COMPARE(heard.finished, QList<int>{0});
    QCOMPARE(peer().frames.mid(0, 2), (Frames{{text, "one"}, {text, "two"}}));
    QCOMPARE(peer().close.first, quint16(1005)); // as wscat
    QVERIFY(!heard.wanted.contains(true));
    QCOMPARE(heard.good, QStringList());
}

void TestLineConversation::waitsForAnswersBehindTheInput()
{
    auto how = options();
    how.waitMs = 300;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.takeLine("one");
    heard.conversation.endInput(true);
    QTRY_COMPARE(peer().frames.size(), 1);
    peer().send(Opcode::Text, "late");
    QTRY_COMPARE(heard.finished, QList<int>{0});
    QCOMPARE(heard.out, QByteArray("late\n"));
}

void TestLineConversation::closesAtOnceWhereNobodyWaits()
{
    auto how = options();
    how.waitMs = 60'000;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.endInput(false);
    QTRY_COMPARE(heard.finished, QList<int>{0});
}

void TestLineConversation::staysWhereItIsTold()
{
    auto how = options();
    how.waitMs = -1;
    how.execute = {"one"};
    Heard heard(how);
    QTRY_VERIFY(m_server.last() && heard.conversation.client().state() == TestClientState::Open);
    QVERIFY(comesToRest());
    QVERIFY(heard.finished.isEmpty());
    peer().send(Opcode::Close, closePayload(1000));
    QTRY_COMPARE(heard.finished, QList<int>{0});
}

void TestLineConversation::printsPingsWhereItIsTold_data()
{
    QTest::addColumn<bool>("shows");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("seen");
    QTest::newRow("not told") << false << int(LineForm::Kind::Plain) << false;
    QTest::newRow("told") << true << int(LineForm::Kind::Plain) << true;
    QTest::newRow("JSON") << false << int(LineForm::Kind::Json) << true;
}

void TestLineConversation::printsPingsWhereItIsTold()
{
    QFETCH(bool, shows);
    QFETCH(int, kind);
    auto how = options();
    how.showsPings = shows;
    how.form.kind = LineForm::Kind(kind);
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    peer().send(Opcode::Ping, "abc");
    peer().send(Opcode::Text, "behind it");
    QTRY_VERIFY(heard.out.contains("behind it"));
    QTEST(heard.out.contains("ping"), "seen");
}

void TestLineConversation::takesSlashes()
{
    auto how = options();
    how.takesSlashes = true;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    for (const char *line : {"/ping a", "/pong b", "/none", "plain"})
        heard.conversation.takeLine(line);
    QTRY_COMPARE(peer().frames, (Frames{{quint8(Opcode::Ping), "a"}, {quint8(Opcode::Pong), "b"}, {text, "plain"}}));
    QCOMPARE(heard.bad.size(), 1);
    QVERIFY(heard.bad[0].startsWith("Unrecognized slash command."_L1));
}

void TestLineConversation::sendsSlashesAsTheyAreOtherwise()
{
    Heard heard(options());
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.takeLine("/ping a");
    QTRY_COMPARE(peer().frames, (Frames{{text, "/ping a"}}));
}

void TestLineConversation::closesWithACode()
{
    auto how = options();
    how.takesSlashes = true;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.takeLine("/close 4000 see you");
    QVERIFY(!heard.wantsLines());
    QTRY_COMPARE(heard.finished, QList<int>{0});
    QCOMPARE(peer().close, std::pair(quint16(4000), QByteArray("see you")));
}

void TestLineConversation::saysWhatIsNotSent()
{
    auto how = options();
    how.takesSlashes = true;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    for (const QByteArray &line : {QByteArray("\xFF"), "/ping " + QByteArray(126, 'x'), QByteArray("/close 1005"),
                                   QByteArray(17 * 1024 * 1024, 'x')})
        heard.conversation.takeLine(line);
    QCOMPARE(heard.bad.size(), 4);
    heard.conversation.endInput(true);
    QTRY_COMPARE(heard.finished, QList<int>{1});
}

void TestLineConversation::endsAsTheServerDoes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("normal") << 1000 << 0;
    QTest::newRow("going away") << 1001 << 0;
    QTest::newRow("fault") << 1011 << 1;
    QTest::newRow("own code") << 4001 << 1;
    QTest::newRow("without a word") << 0 << 1;
}

void TestLineConversation::endsAsTheServerDoes()
{
    QFETCH(int, code);
    Heard heard(options());
    QTRY_VERIFY(heard.wantsLines());
    if (code != 0)
        peer().send(Opcode::Close, closePayload(quint16(code), "why"));
    peer().end();
    QTRY_COMPARE(heard.finished.size(), 1);
    QTEST(heard.finished[0], "exitCode");
    QVERIFY(!heard.wantsLines());
    const QString words = (heard.finished[0] == 0 ? heard.good : heard.bad).join(u'\n');
    QVERIFY2(words.contains(code == 0 ? u"without a close frame"_s : u"why"_s), qPrintable(words));
    QCOMPARE(heard.out, QByteArray());
}

void TestLineConversation::failsWhereNobodyListens()
{
    FakeServer gone;
    auto how = options();
    how.client.url = gone.url();
    gone.stop();
    Heard heard(how);
    QTRY_COMPARE(heard.finished, QList<int>{1});
    QVERIFY(heard.bad.value(0).startsWith("Nobody listens"_L1));
    QCOMPARE(heard.out, QByteArray());
}

void TestLineConversation::keepsATokenToItselfThatIsRefused()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 22\r\n\r\nnot good: s3cr3t-of-us");
    };
    auto how = options();
    how.client.url = server.url();
    how.client.headers = {{"Authorization", "Bearer s3cr3t-of-us"}};
    how.form.kind = LineForm::Kind::Json;
    Heard heard(how);
    QTRY_COMPARE(heard.finished, QList<int>{1});
    QVERIFY(heard.bad.value(0).contains(u"it says: not good: …"_s));
    QVERIFY(!(heard.bad.join(u' ').toUtf8() + heard.out).contains("s3cr3t"));
}

void TestLineConversation::isInterruptedInOrder()
{
    Heard heard(options());
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.interrupt();
    QTRY_COMPARE(heard.finished, QList<int>{130});
    QCOMPARE(peer().close.first, quint16(1000));
}

void TestLineConversation::isInterruptedAtOnceTheSecondTime()
{
    auto how = options();
    how.client.closingMs = 60'000;
    Heard heard(how);
    QTRY_VERIFY(heard.wantsLines());
    peer().answersClose = false;
    peer().endsAfterClose = false;
    heard.conversation.interrupt();
    QTRY_COMPARE(peer().close.first, quint16(1000));
    QVERIFY(heard.finished.isEmpty());
    heard.conversation.interrupt();
    QTRY_COMPARE(heard.finished, QList<int>{130});
}

void TestLineConversation::readsNothingWhileTheOutputIsFull()
{
    auto how = options();
    how.execute = {"one"};         // and the wait passes meanwhile
    how.client.closingMs = 60'000; // all of it comes before the answer to the close
    Heard heard(how);
    QTRY_VERIFY(heard.conversation.client().state() == TestClientState::Open);
    heard.conversation.setOutputFull(true);
    QTRY_COMPARE(peer().frames.size(), 1);
    const QByteArray big(1024 * 1024, 'x');
    for (int i = 0; i < 32; ++i)
        peer().send(Opcode::Text, big);
    QVERIFY(comesToRest());
    QCOMPARE(heard.out.size(), 0);
    QVERIFY(peer().socket()->bytesToWrite() > 8 * big.size()); // the server is slowed down
    QVERIFY(heard.finished.isEmpty());
    heard.conversation.setOutputFull(false);
    QTRY_COMPARE_WITH_TIMEOUT(heard.finished, QList<int>{0}, 60'000);
    QCOMPARE(heard.out.size(), 32 * (big.size() + 1));
}

void TestLineConversation::wantsNoLinesWhileTheServerReadsTooSlowly()
{
    Heard heard(options());
    QTRY_VERIFY(heard.wantsLines());
    peer().socket()->setReadBufferSize(1);
    const QByteArray line(256 * 1024, 'x');
    int lines = 0;
    while (heard.wantsLines() && lines < 1'000) {
        heard.conversation.takeLine(line);
        ++lines;
    }
    QVERIFY(lines < 100);
    QVERIFY(heard.conversation.client().queuedBytes() < 4 * 1024 * 1024);
    QCOMPARE(heard.bad, QStringList());
    peer().socket()->setReadBufferSize(0);
    peer().socket()->readAll();
    QTRY_VERIFY(heard.wantsLines());
}

void TestLineConversation::comesBackAndSaysItAgain()
{
    auto how = options();
    how.client.reconnect.enabled = true;
    how.execute = {"hello"};
    how.waitMs = -1;
    how.form.kind = LineForm::Kind::Json;
    Heard heard(how);
    QTRY_VERIFY(m_server.last() && m_server.last()->frames == (Frames{{text, "hello"}}));
    const qsizetype before = m_server.peers.size();
    peer().reset();
    QTRY_COMPARE(m_server.peers.size(), before + 1);
    QTRY_COMPARE(peer().frames, (Frames{{text, "hello"}}));
    QVERIFY(heard.out.contains("\"event\":\"reconnecting\""));
    QCOMPARE(heard.out.count("\"event\":\"opened\""), 2);
    QVERIFY(heard.finished.isEmpty());
    heard.conversation.interrupt();
    QTRY_COMPARE(heard.finished, QList<int>{130});
}

void TestLineConversation::failsIfItIsTold()
{
    Heard heard(options());
    QTRY_VERIFY(heard.wantsLines());
    heard.conversation.fail(u"the disk is full"_s);
    QTRY_COMPARE(heard.finished, QList<int>{1});
    QCOMPARE(heard.bad, QStringList{u"the disk is full"_s});
}

QTEST_GUILESS_MAIN(TestLineConversation)
#include "tst_lineconversation.moc"
