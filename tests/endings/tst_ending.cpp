// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/connection.h"
#include "server/endings/ending.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

// The enumerators, spelled. The switch has no default: whoever adds one is reminded by the compiler.
QByteArray spelled(EndingCause cause)
{
#define GH_CASE(name)                                                                                                  \
    case EndingCause::name:                                                                                            \
        return #name;
    // The formatter takes the cases for nested statements, and never comes to an end with them.
    // clang-format off
    switch (cause) {
        GH_CASE(Unknown)
        GH_CASE(HeadTimeout)
        GH_CASE(HeadAbandoned)
        GH_CASE(NoData)
        GH_CASE(BadHead)
        GH_CASE(TlsToPlainPort)
        GH_CASE(PlainToTlsPort)
        GH_CASE(PlainRedirected)
        GH_CASE(TlsTimeout)
        GH_CASE(TlsVersion)
        GH_CASE(TlsCertificateRefused)
        GH_CASE(TlsBroken)
        GH_CASE(TlsFlood)
        GH_CASE(BadProxyHeader)
        GH_CASE(BadUpgrade)
        GH_CASE(UpgradeOverHttp10)
        GH_CASE(UpgradeExpected)
        GH_CASE(UnknownPath)
        GH_CASE(ForeignProtocol)
        GH_CASE(HostNotAllowed)
        GH_CASE(OriginRefused)
        GH_CASE(TooManyConnections)
        GH_CASE(TooManyFromAddress)
        GH_CASE(TooManyHeadsFromAddress)
        GH_CASE(TooManyUnderWay)
        GH_CASE(TooManyFiles)
        GH_CASE(ConnectingTooFast)
        GH_CASE(RequestingTooFast)
        GH_CASE(FailingTooFast)
        GH_CASE(GuessingTooFast)
        GH_CASE(OperatorRefused)
        GH_CASE(OutOfDescriptors)
        GH_CASE(ServerClosing)
        GH_CASE(HandshakeFailed)
        GH_CASE(HttpServed)
        GH_CASE(AnswerAbandoned)
        GH_CASE(AnswerCutShort)
        GH_CASE(TokenMissing)
        GH_CASE(TokenMalformed)
        GH_CASE(TokenWrongAlgorithm)
        GH_CASE(TokenBadSignature)
        GH_CASE(TokenIncomplete)
        GH_CASE(TokenExpired)
        GH_CASE(TokenNotYetValid)
        GH_CASE(TokenWrongIssuer)
        GH_CASE(TokenWrongRoom)
        GH_CASE(TooManyFromToken)
        GH_CASE(AuthTimeout)
        GH_CASE(AdmissionTimeout)
        GH_CASE(TokenRanOut)
        GH_CASE(NoSuchRoom)
        GH_CASE(RoomFull)
        GH_CASE(TooManyRooms)
        GH_CASE(LeftRoom)
        GH_CASE(RoomClosed)
        GH_CASE(RoomFailed)
        GH_CASE(ClientClosed)
        GH_CASE(ClientVanished)
        GH_CASE(ConnectionReset)
        GH_CASE(NetworkTimeout)
        GH_CASE(NetworkUnreachable)
        GH_CASE(NetworkError)
        GH_CASE(ProtocolError)
        GH_CASE(InvalidUtf8)
        GH_CASE(MessageTooBig)
        GH_CASE(TooManyFragments)
        GH_CASE(MessageTimeout)
        GH_CASE(TooManyBadMessages)
        GH_CASE(MessageRateExceeded)
        GH_CASE(ByteRateExceeded)
        GH_CASE(ControlRateExceeded)
        GH_CASE(ReadTooSlowly)
        GH_CASE(NoPong)
        GH_CASE(Kicked)
        GH_CASE(Replaced)
        GH_CASE(CheckOver)
        GH_CASE(ServerShutdown)
    }
    // clang-format on
#undef GH_CASE
    return {};
}

QByteArray snakeCase(const QByteArray &name)
{
    QByteArray result;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !result.isEmpty())
            result += '_';
        result += capital ? char(c - 'A' + 'a') : c;
    }
    return result;
}

Ending full(EndingCause cause)
{
    Ending ending;
    ending.cause = cause;
    ending.side = EndingSide::Operator;
    ending.stage = EndingStage::Closing;
    ending.codeReceived = 4999;
    ending.codeSent = 1001;
    ending.httpStatus = 429;
    ending.cleanly = true;
    ending.reasonReceived = "\"bye\"\n\xC3\xA4";
    ending.reasonSent = "\\ \x01";
    ending.detail = "a detail";
    ending.lifetimeMs = 9'000'000'000;
    ending.silenceMs = 17;
    ending.queuedBytes = 5'000'000'000;
    ending.rttMs = 23;
    ending.bytesIn = 6'000'000'000;
    ending.bytesOut = 1;
    ending.lastFrames = {{.direction = Direction::Out, .opcode = 9, .size = 8, .beforeEndMs = 20'003},
                         {.direction = Direction::In, .opcode = 2, .broken = true, .size = 9'000'000'000}};
    ending.lastRow = 8'000'000'000;
    return ending;
}

void compare(const Ending &a, const Ending &b)
{
    QCOMPARE(a.cause, b.cause);
    QCOMPARE(a.side, b.side);
    QCOMPARE(a.stage, b.stage);
    QCOMPARE(a.codeReceived, b.codeReceived);
    QCOMPARE(a.codeSent, b.codeSent);
    QCOMPARE(a.httpStatus, b.httpStatus);
    QCOMPARE(a.cleanly, b.cleanly);
    QCOMPARE(a.reasonReceived, b.reasonReceived);
    QCOMPARE(a.reasonSent, b.reasonSent);
    QCOMPARE(a.detail, b.detail);
    QCOMPARE(a.lifetimeMs, b.lifetimeMs);
    QCOMPARE(a.silenceMs, b.silenceMs);
    QCOMPARE(a.queuedBytes, b.queuedBytes);
    QCOMPARE(a.rttMs, b.rttMs);
    QCOMPARE(a.bytesIn, b.bytesIn);
    QCOMPARE(a.bytesOut, b.bytesOut);
    QCOMPARE(a.lastFrames, b.lastFrames);
    QCOMPARE(a.lastRow, b.lastRow);
}

} // namespace

class TestEnding final : public QObject
{
    Q_OBJECT

private slots:
    void hasWordsForEveryCause_data();
    void hasWordsForEveryCause();
    void hasUniqueWords();
    void hasWordsForValuesOutOfRange();
    void comesBackFromJson_data();
    void comesBackFromJson();
    void keepsItsSideAndStageInJson();
    void isUnknownForOtherJson_data();
    void isUnknownForOtherJson();
    void writesTheCodeOfABrowser_data();
    void writesTheCodeOfABrowser();
    void usesTheCodesOfTheProtocol_data();
    void usesTheCodesOfTheProtocol();
    void tellsFaultsFromOrdinaryEnds();
    void tellsWhoWasNotLetIn_data();
    void tellsWhoWasNotLetIn();
    void namesItsCodeInTheTable_data() { addCauses(); }
    void namesItsCodeInTheTable();
    void comesBackAsTheCodeSays_data() { addCauses(); }
    void comesBackAsTheCodeSays();
    void findsACauseByName();
    void keepsNoMoreFramesThanItShould();

private:
    static void addCauses();
};

void TestEnding::addCauses()
{
    QTest::addColumn<EndingCause>("cause");
    for (int i = 0; i < endingCauseCount; ++i)
        QTest::newRow(spelled(EndingCause(i)).constData()) << EndingCause(i);
}

void TestEnding::hasWordsForEveryCause_data() { addCauses(); }

void TestEnding::hasWordsForEveryCause()
{
    QFETCH(EndingCause, cause);
    const EndingText &text = endingText(cause);
    QCOMPARE(QByteArray(text.name), snakeCase(spelled(cause)));
    const QString sentence = QString::fromUtf8(text.sentence);
    QVERIFY(QRegularExpression(u"^[A-Z].*[^.]\\.$"_s).match(sentence).hasMatch());
    QVERIFY(text.advice != nullptr);
    const QString advice = QString::fromUtf8(text.advice);
    QVERIFY(QRegularExpression(u"^[A-Z].*[.)]$"_s).match(advice).hasMatch());
}

void TestEnding::hasUniqueWords()
{
    QSet<QByteArray> names;
    QSet<QByteArray> sentences;
    for (int i = 0; i < endingCauseCount; ++i) {
        names.insert(endingText(EndingCause(i)).name);
        sentences.insert(endingText(EndingCause(i)).sentence);
    }
    QCOMPARE(names.size(), endingCauseCount);
    QCOMPARE(sentences.size(), endingCauseCount);
}

void TestEnding::hasWordsForValuesOutOfRange()
{
    QCOMPARE(QByteArray(endingText(EndingCause(endingCauseCount)).name), "unknown");
    QCOMPARE(QByteArray(endingText(EndingCause(255)).name), "unknown");
}

void TestEnding::comesBackFromJson_data() { addCauses(); }

void TestEnding::comesBackFromJson()
{
    QFETCH(EndingCause, cause);
    compare(endingFromJson(endingToJson(full(cause))), full(cause));
    Ending plain;
    plain.cause = cause;
    compare(endingFromJson(endingToJson(plain)), plain);
    const QJsonObject object = QJsonDocument::fromJson(endingToJson(full(cause))).object();
    QCOMPARE(object["cause"_L1].toString().toUtf8(), QByteArray(endingText(cause).name));
    QVERIFY(!endingToJson(full(cause)).contains('\n'));
}

void TestEnding::keepsItsSideAndStageInJson()
{
    for (const auto side : {EndingSide::Client, EndingSide::Server, EndingSide::Network, EndingSide::Operator}) {
        for (const auto stage :
             {EndingStage::Head, EndingStage::Http, EndingStage::Handshake, EndingStage::Open, EndingStage::Closing}) {
            Ending ending;
            ending.side = side;
            ending.stage = stage;
            compare(endingFromJson(endingToJson(ending)), ending);
        }
    }
}

void TestEnding::isUnknownForOtherJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("bye");
    QTest::newRow("an array") << QByteArray("[1]");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("a cause of another version")
        << QByteArray(R"({"cause":"struck_by_lightning","side":"sky","stage":9})");
    QTest::newRow("wrong kinds") << QByteArray(R"({"cause":7,"codeSent":"x","rttMs":[],"lifetimeMs":{}})");
}

void TestEnding::isUnknownForOtherJson()
{
    QFETCH(QByteArray, json);
    const Ending ending = endingFromJson(json);
    QCOMPARE(ending.cause, EndingCause::Unknown);
    QCOMPARE(ending.codeSent, 0);
    QCOMPARE(ending.rttMs, -1);
}

void TestEnding::writesTheCodeOfABrowser_data()
{
    QTest::addColumn<EndingSide>("side");
    QTest::addColumn<int>("received");
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("no close frame") << EndingSide::Network << 0 << 0 << 0 << 1006;
    QTest::newRow("the client closed, we answered") << EndingSide::Client << 1001 << 1001 << 0 << 1001;
    QTest::newRow("the client closed without a code") << EndingSide::Client << 1005 << 1005 << 0 << 1005;
    QTest::newRow("the client closed, no answer") << EndingSide::Client << 4000 << 0 << 0 << 4000;
    QTest::newRow("we closed, it answered") << EndingSide::Server << 1000 << 4006 << 0 << 4006;
    QTest::newRow("we closed, no answer") << EndingSide::Server << 0 << 1009 << 0 << 1009;
    QTest::newRow("the operator closed") << EndingSide::Operator << 1000 << 4009 << 0 << 4009;
    QTest::newRow("an HTTP status has no code") << EndingSide::Server << 0 << 0 << 404 << 0;
}

void TestEnding::writesTheCodeOfABrowser()
{
    QFETCH(int, received);
    QFETCH(int, sent);
    QFETCH(int, status);
    QFETCH(EndingSide, side);
    Ending ending;
    ending.side = side;
    ending.codeReceived = quint16(received);
    ending.codeSent = quint16(sent);
    ending.httpStatus = status;
    QTEST(int(ending.code()), "code");
}

void TestEnding::usesTheCodesOfTheProtocol_data()
{
    QTest::addColumn<EndingCause>("cause");
    QTest::addColumn<int>("code");
    const auto row = [](EndingCause cause, int code) { QTest::newRow(endingText(cause).name) << cause << code; };
    row(EndingCause::LeftRoom, 1000);
    row(EndingCause::RoomClosed, 1000);
    row(EndingCause::CheckOver, 1000);
    row(EndingCause::ServerShutdown, 1001);
    row(EndingCause::ProtocolError, 1002);
    row(EndingCause::InvalidUtf8, 1007);
    row(EndingCause::TooManyBadMessages, 1008);
    row(EndingCause::MessageTooBig, 1009);
    row(EndingCause::RoomFailed, 1011);
    row(EndingCause::MessageRateExceeded, 4002);
    row(EndingCause::ByteRateExceeded, 4002);
    row(EndingCause::OriginRefused, 4003);
    row(EndingCause::NoSuchRoom, 4004);
    row(EndingCause::RoomFull, 4005);
    row(EndingCause::ReadTooSlowly, 4006);
    row(EndingCause::NoPong, 4007);
    row(EndingCause::Replaced, 4008);
    row(EndingCause::Kicked, 4009);
    row(EndingCause::MessageTimeout, 4010);
    row(EndingCause::AuthTimeout, 4010);
    row(EndingCause::AdmissionTimeout, 4010);
    for (auto cause = int(EndingCause::TokenMissing); cause <= int(EndingCause::TokenWrongRoom); ++cause)
        row(EndingCause(cause), 4001);
    row(EndingCause::TokenRanOut, 4001);
    row(EndingCause::TooManyFromToken, 4002);
    row(EndingCause::ServerClosing, 1001);
    row(EndingCause::TooManyRooms, 4005);
    row(EndingCause::TooManyFragments, 1008);
    row(EndingCause::ControlRateExceeded, 1008);
}

void TestEnding::usesTheCodesOfTheProtocol()
{
    QFETCH(EndingCause, cause);
    QTEST(int(closeCodeFor(cause)), "code");
}

void TestEnding::tellsFaultsFromOrdinaryEnds()
{
    for (const auto cause :
         {EndingCause::LeftRoom, EndingCause::ServerShutdown, EndingCause::HttpServed, EndingCause::ClientClosed})
        QVERIFY(!isFault(cause));
    for (const auto cause :
         {EndingCause::Unknown, EndingCause::BadHead, EndingCause::ProtocolError, EndingCause::NoPong,
          EndingCause::ConnectionReset, EndingCause::ReadTooSlowly, EndingCause::RoomFailed})
        QVERIFY(isFault(cause));
}

void TestEnding::tellsWhoWasNotLetIn_data()
{
    QTest::addColumn<EndingCause>("cause");
    QTest::addColumn<bool>("refusal");
    const auto row = [](EndingCause cause, bool refusal) { QTest::newRow(endingText(cause).name) << cause << refusal; };
    for (const auto cause : {EndingCause::OriginRefused, EndingCause::HostNotAllowed, EndingCause::TokenMissing,
                             EndingCause::TokenWrongRoom, EndingCause::TooManyFromToken, EndingCause::AuthTimeout,
                             EndingCause::GuessingTooFast, EndingCause::NoSuchRoom, EndingCause::RoomFull,
                             EndingCause::TooManyRooms, EndingCause::ServerClosing})
        row(cause, true);
    for (const auto cause : {EndingCause::Unknown, EndingCause::HttpServed, EndingCause::TokenRanOut,
                             EndingCause::LeftRoom, EndingCause::RoomClosed, EndingCause::ClientClosed,
                             EndingCause::ProtocolError, EndingCause::Kicked, EndingCause::ServerShutdown})
        row(cause, false);
}

void TestEnding::tellsWhoWasNotLetIn()
{
    QFETCH(EndingCause, cause);
    QTEST(isRefusal(cause), "refusal");
}

void TestEnding::namesItsCodeInTheTable()
{
    QFETCH(EndingCause, cause);
    if (endingText(cause).closeCode == 0)
        QCOMPARE(closeCodeFor(cause), CloseCode::ProtocolError); // for what has no code of its own
    const QString statuses = QString::fromLatin1(endingText(cause).httpStatus);
    QVERIFY(QRegularExpression(u"^(|any|[345]\\d\\d(, [345]\\d\\d)*)$"_s).match(statuses).hasMatch());
}

void TestEnding::comesBackAsTheCodeSays()
{
    QFETCH(EndingCause, cause);
    const EndingText &text = endingText(cause);
    if (text.closeCode == 0 || text.comesBack == ComesBack::WithToken)
        return;
    const bool comesBack = text.comesBack == ComesBack::Yes || text.comesBack == ComesBack::AfterPause;
    QCOMPARE(comesBack, shouldReconnect(text.closeCode));
}

void TestEnding::findsACauseByName()
{
    for (int i = 0; i < endingCauseCount; ++i)
        QCOMPARE(endingCauseOf(endingText(EndingCause(i)).name), EndingCause(i));
    QCOMPARE(endingCauseOf("no_such_cause"), EndingCause::Unknown);
}

void TestEnding::keepsNoMoreFramesThanItShould()
{
    QByteArray frames = R"({"direction":"sideways","opcode":999,"size":-1})";
    for (int i = 0; i < 99; ++i)
        frames += R"(,{"direction":"out","opcode":1,"size":7,"beforeEndMs":3})";
    const Ending ending = endingFromJson(R"({"cause":"no_pong","lastFrames":[)" + frames + "]}");
    QCOMPARE(ending.lastFrames.size(), lastFramesKept);
    QCOMPARE(ending.lastFrames.constFirst().direction, Direction::In);
    QCOMPARE(ending.lastFrames.constFirst().opcode, 7);
    QCOMPARE(ending.lastFrames.constLast(),
             (LastFrame{.direction = Direction::Out, .opcode = 1, .size = 7, .beforeEndMs = 3}));
}

QTEST_GUILESS_MAIN(TestEnding)
#include "tst_ending.moc"
