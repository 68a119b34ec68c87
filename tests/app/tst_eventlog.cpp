// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventlog.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 noon = 1'700'000'000'000;

ServerEvent eventOf(EventCode code, ConnectionId connection = {})
{
    ServerEvent event;
    event.code = code;
    event.timeMs = noon;
    event.connection = connection;
    return event;
}

News busyNews()
{
    News news;
    news.timeMs = noon;
    ConnectionInfo info;
    info.id = ConnectionId{7};
    info.address = u"192.0.2.1"_s;
    info.sinceMs = noon - 5'000;
    news.opened = {info};
    ConnectionEnded left;
    left.counters.id = ConnectionId{7};
    left.address = u"192.0.2.1"_s;
    left.counters.room = u"blue"_s;
    left.counters.messagesIn = 3;
    left.counters.bytesOut = 5'000'000'000;
    left.ending.cause = EndingCause::ClientClosed;
    left.counters.messagesOut = 1'200;
    left.ending.codeReceived = 1000;
    left.ending.lifetimeMs = 4'960;
    left.ending.reasonReceived = "\"bye\"\n";
    ConnectionEnded refused;
    refused.counters.id = ConnectionId{8};
    refused.counters.state = ConnectionState::Refused;
    refused.ending.cause = EndingCause::BadHead;
    refused.ending.httpStatus = 400;
    refused.ending.lifetimeMs = 20;
    ConnectionEnded served;
    served.counters.state = ConnectionState::Refused;
    served.ending.cause = EndingCause::HttpServed;
    news.ended = {left, served, refused};
    news.events = {eventOf(EventCode::RoomCreated), eventOf(EventCode::ConnectionEnded, ConnectionId{7}),
                   eventOf(EventCode::RequestRefused, ConnectionId{8}), eventOf(EventCode::AcceptingPaused)};
    news.events[0].room = u"blue"_s;
    news.events[1].cause = EndingCause::ClientClosed;
    news.events[1].player = u"Ada"_s;
    news.events[1].address = u"192.0.2.1"_s;
    news.events[2].cause = EndingCause::BadHead;
    news.events[2].address = u"192.0.2.2"_s;
    return news;
}

/// A refused request from each address.
News strangers(const QStringList &addresses)
{
    News news;
    news.timeMs = noon;
    for (const QString &address : addresses) {
        ConnectionEnded ended;
        ended.counters.id = ConnectionId{quint32(news.ended.size())};
        ended.counters.state = ConnectionState::Refused;
        ended.ending.cause = EndingCause::BadHead;
        ended.address = address;
        news.ended.append(ended);
    }
    return news;
}

} // namespace

class TestEventLog final : public QObject
{
    Q_OBJECT

private slots:
    void writesOneObjectALine();
    void writesWhatItsLevelWants_data();
    void writesWhatItsLevelWants();
    void writesEndings();
    void writesLevelAndTextInEachLine();
    void writesLinesForPeople();
    void saysWhatARefusedOneAskedFor();
    void keepsTheRequestsOfOneConnectionApart();
    void foldsStrangers_data();
    void foldsStrangers();
    void leavesPlayersTheirLines();
    void foldsWhatComesInFloods();
    void writesMessages();
    void foldsWhatLibrariesRepeat();
    void keepsTheLevelOfWhatItFolds();
    void foldsNothingThatItsLevelDoesNotWant();
    void countsWhatAFullDiskTakes();
    void saysWhereLinesAreMissing();
    void writesNothingThatATerminalObeys();
    void appends();
    void saysWhyAFileCanNotBeWritten();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString file() const
    {
        return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())) + u"-"_s
            + QString::fromLatin1(QTest::currentDataTag());
    }
    [[nodiscard]] std::unique_ptr<LogFile> toFile() const
    {
        return std::make_unique<LogFile>(file(), LogFile::Bounds(), LogFile::Readers::Group);
    }
    [[nodiscard]] QList<QJsonObject> lines() const;
};

QList<QJsonObject> TestEventLog::lines() const
{
    QFile log(file());
    QList<QJsonObject> objects;
    if (!log.open(QIODevice::ReadOnly))
        return {};
    while (!log.atEnd()) {
        const QByteArray line = log.readLine();
        objects += QJsonDocument::fromJson(line).object();
        if (objects.last().isEmpty() || !line.endsWith('\n'))
            return {};
    }
    return objects;
}

void TestEventLog::writesOneObjectALine()
{
    EventLog log(LogLevel::Debug, toFile());
    QVERIFY(log.open());
    log.add(busyNews());
    QCOMPARE(lines().size(), 6);
    for (const QJsonObject &object : lines()) {
        QVERIFY(!object.value("event"_L1).toString().isEmpty());
        const QDateTime time = QDateTime::fromString(object.value("time"_L1).toString(), Qt::ISODateWithMs);
        QVERIFY(time.isValid());
        QVERIFY(object.value("time"_L1).toString().endsWith(u'Z'));
        const bool opened = object.value("event"_L1) == "connection_opened"_L1;
        QCOMPARE(time.toMSecsSinceEpoch(), opened ? noon - 5'000 : noon);
    }
}

void TestEventLog::writesWhatItsLevelWants_data()
{
    QTest::addColumn<LogLevel>("level");
    QTest::addColumn<QByteArray>("events");
    QTest::newRow("error") << LogLevel::Error << QByteArray("accepting_paused");
    QTest::newRow("warning") << LogLevel::Warning << QByteArray("request_refused accepting_paused");
    QTest::newRow("info") << LogLevel::Info
                          << QByteArray("connection_ended http_served request_refused room_created accepting_paused");
    QTest::newRow("debug")
        << LogLevel::Debug
        << QByteArray("connection_opened connection_ended http_served request_refused room_created accepting_paused");
}

void TestEventLog::writesWhatItsLevelWants()
{
    QFETCH(LogLevel, level);
    EventLog log(level, toFile());
    QVERIFY(log.open());
    log.add(busyNews());
    QByteArrayList events;
    for (const QJsonObject &object : lines())
        events += object.value("event"_L1).toString().toLatin1();
    QTEST(events.join(' '), "events");
}

void TestEventLog::writesEndings()
{
    EventLog log(LogLevel::Info, toFile());
    QVERIFY(log.open());
    log.add(busyNews());
    const QJsonObject left = lines().value(0);
    QCOMPARE(left.value("connection"_L1), 7);
    QCOMPARE(left.value("address"_L1), u"192.0.2.1"_s);
    QCOMPARE(left.value("room"_L1), u"blue"_s);
    QCOMPARE(left.value("messagesIn"_L1), 3);
    QCOMPARE(left.value("bytesOut"_L1).toInteger(), 5'000'000'000);
    const QJsonObject ending = left.value("ending"_L1).toObject();
    QCOMPARE(ending.value("cause"_L1), u"client_closed"_s);
    QCOMPARE(ending.value("reasonReceived"_L1), u"\"bye\"\n"_s);
    const QJsonObject refused = lines().value(2);
    QCOMPARE(refused.value("event"_L1), u"request_refused"_s);
    QCOMPARE(refused.value("ending"_L1).toObject().value("cause"_L1), u"bad_head"_s);
    QVERIFY(!refused.contains("messagesIn"_L1)); // it never had any
}

void TestEventLog::writesLevelAndTextInEachLine()
{
    EventLog log(LogLevel::Debug, toFile());
    QVERIFY(log.open());
    log.add(busyNews());
    QStringList told;
    for (const QJsonObject &object : lines())
        told += object.value("level"_L1).toString() + u": "_s + object.value("text"_L1).toString();
    QCOMPARE(told,
             (QStringList{u"debug: Somebody connected: #7, 192.0.2.1"_s,
                          u"info: The client closed the connection. #7 “Ada”, 192.0.2.1"_s,
                          u"info: A plain HTTP request was answered."_s,
                          u"warning: The request breaks HTTP. #8, 192.0.2.2"_s, u"info: Room blue was created"_s,
                          u"error: Too few file descriptors: no new connections are accepted"_s}));
}

void TestEventLog::writesLinesForPeople()
{
    std::FILE *lines = std::fopen(file().toLocal8Bit().constData(), "w");
    QVERIFY(lines != nullptr);
    EventLog(LogLevel::Info, lines).add(busyNews());
    std::fclose(lines);
    QFile written(file());
    QVERIFY(written.open(QIODevice::ReadOnly));
    QByteArrayList told;
    for (const QByteArray &line : written.readAll().split('\n'))
        told += line.sliced(qMin(line.size(), line.indexOf(' ') + 1));
    QCOMPARE(
        told.mid(0, 3),
        (QByteArrayList{
            "info Room blue was created",
            "info The client closed the connection. #7 “Ada”, 192.0.2.1 (code 1000, 5.0 s, 3 messages in, 1200 out)",
            "warning The request breaks HTTP. #8, 192.0.2.2 (HTTP 400, 0.0 s)"}));
}

void TestEventLog::saysWhatARefusedOneAskedFor()
{
    News news = busyNews();
    news.ended.last().requestHead = "GET /ws/bl\x1B\xC3\xBC"
                                    "e?token=[redacted] HTTP/1.1\r\nHost: a\r\norigin:https://evil.example\r\n"
                                    "X: "
        + QByteArray(1000, 'x');
    news.ended.last().ending.detail = "a byte\nthat may not stand there";
    EventLog log(LogLevel::Warning, toFile());
    QVERIFY(log.open());
    log.add(news);
    QCOMPARE(lines().first().value("request"_L1).toString(), u"GET /ws/bl???e?token=[redacted]"_s);
    QCOMPARE(lines().first().value("origin"_L1).toString(), u"https://evil.example"_s);

    std::FILE *const text = std::tmpfile();
    EventLog forPeople(LogLevel::Warning, text);
    forPeople.add(news);
    std::rewind(text);
    QFile read;
    QVERIFY(read.open(text, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
    const QByteArray written = read.readAll();
    QVERIFY2(
        written.contains("The request breaks HTTP. #8, 192.0.2.2 (HTTP 400, 0.0 s; a byte?that may not stand there; "
                         "GET /ws/bl???e?token=[redacted], origin https://evil.example)\n"),
        written.constData());
}

// A connection that stays may be refused more than once.
void TestEventLog::keepsTheRequestsOfOneConnectionApart()
{
    News news;
    news.timeMs = noon;
    for (const EndingCause cause : {EndingCause::BadUpgrade, EndingCause::HttpServed, EndingCause::UnknownPath}) {
        ConnectionEnded ended;
        ended.counters.id = ConnectionId{8};
        ended.counters.state = ConnectionState::Refused;
        ended.ending.cause = cause;
        ended.ending.httpStatus = 400 + int(news.ended.size());
        news.ended.append(ended);
        if (cause == EndingCause::HttpServed)
            continue;
        news.events.append(eventOf(EventCode::RequestRefused, ConnectionId{8}));
        news.events.last().cause = cause;
    }
    EventLog log(LogLevel::Debug, toFile());
    QVERIFY(log.open());
    log.add(news);
    for (const QJsonObject &line : lines()) {
        const EndingCause cause =
            endingCauseOf(line.value("ending"_L1).toObject().value("cause"_L1).toString().toLatin1());
        QVERIFY(line.value("text"_L1).toString().startsWith(QString::fromLatin1(endingText(cause).sentence)));
    }

    std::FILE *const text = std::tmpfile();
    EventLog forPeople(LogLevel::Debug, text);
    forPeople.add(news);
    std::rewind(text);
    QFile read;
    QVERIFY(read.open(text, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
    const QByteArrayList written = read.readAll().trimmed().split('\n');
    QCOMPARE(written.size(), 2);
    QVERIFY(written.at(0).contains("(HTTP 400"));
    QVERIFY(written.at(1).contains("(HTTP 402"));
}

void TestEventLog::writesMessages()
{
    EventLog log(LogLevel::Info, toFile());
    QVERIFY(log.open());
    log.message(LogLevel::Debug, u"unheard"_s);
    log.message(LogLevel::Error, u"a \"quoted\"\nä"_s);
    QCOMPARE(lines().size(), 1);
    QCOMPARE(lines().first().value("event"_L1), u"message"_s);
    QCOMPARE(lines().first().value("level"_L1), u"error"_s);
    QCOMPARE(lines().first().value("text"_L1), u"a \"quoted\"\nä"_s);
}

void TestEventLog::writesNothingThatATerminalObeys()
{
    const QString evil = u"exe.\u202Egnp\x1b[2J\nerror"_s;
    std::FILE *lines = std::tmpfile();
    {
        EventLog people(LogLevel::Info, lines);
        people.message(LogLevel::Info, evil);
    }
    std::rewind(lines);
    QByteArray text(1024, '\0');
    text.resize(qsizetype(std::fread(text.data(), 1, size_t(text.size()), lines)));
    std::fclose(lines);
    QVERIFY2(text.endsWith(" info exe.\\u{202E}gnp\\u{1B}[2J\\u{A}error\n"), text.constData());
    EventLog programs(LogLevel::Info, toFile());
    QVERIFY(programs.open());
    programs.message(LogLevel::Info, evil);
    QCOMPARE(this->lines().first()[u"text"_s].toString(), evil);
    QFile written(file());
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray json = written.readAll();
    QVERIFY(json.contains("\\u202egnp\\u001b[2J\\nerror"));
}

void TestEventLog::appends()
{
    for (int i = 1; i <= 2; ++i) {
        EventLog log(LogLevel::Info, toFile());
        QVERIFY(log.open());
        log.message(LogLevel::Info, u"hello"_s);
        QCOMPARE(lines().size(), i);
    }
}

void TestEventLog::saysWhyAFileCanNotBeWritten()
{
    EventLog log(LogLevel::Info,
                 std::make_unique<LogFile>(m_folder.path(), LogFile::Bounds(), LogFile::Readers::Group));
    QVERIFY(!log.open());
    QVERIFY(!log.errorString().isEmpty());
}

void TestEventLog::foldsStrangers_data()
{
    QTest::addColumn<LogLevel>("level");
    QTest::addColumn<qsizetype>("lines"); // of 300 strangers of three addresses, one of them a network
    QTest::newRow("one an address") << LogLevel::Info << qsizetype(3);
    QTest::newRow("each") << LogLevel::Debug << qsizetype(300);
}

void TestEventLog::foldsStrangers()
{
    QFETCH(LogLevel, level);
    QFETCH(qsizetype, lines);
    {
        EventLog log(level, toFile());
        QVERIFY(log.open());
        for (int i = 0; i < 100; ++i)
            log.add(strangers({u"192.0.2.1"_s, u"192.0.2.2"_s, u"2001:db8::"_s + QString::number(i, 16)}));
        QCOMPARE(this->lines().size(), lines);
    }
    const QList<QJsonObject> all = this->lines();
    QCOMPARE(all.size(), level == LogLevel::Debug ? lines : lines + 3); // the rest, at its end
    if (level == LogLevel::Debug)
        return;
    QStringList told;
    for (const QJsonObject &line : all.sliced(lines)) {
        QCOMPARE(line.value("event"_L1), u"strangers"_s);
        QCOMPARE(line.value("level"_L1), u"warning"_s);
        QCOMPARE(line.value("count"_L1), 99);
        QCOMPARE(line.value("causes"_L1).toObject(), (QJsonObject{{u"bad_head"_s, 99}}));
        told += line.value("text"_L1).toString();
    }
    told.sort();
    QCOMPARE(told.first(), u"More from 192.0.2.1 within a minute that never took a seat: 99 (bad_head 99)"_s);
    QVERIFY(told.last().startsWith("More from 2001:db8::/64 "_L1));
}

void TestEventLog::leavesPlayersTheirLines()
{
    EventLog log(LogLevel::Info, toFile());
    QVERIFY(log.open());
    News news = strangers({u"192.0.2.1"_s});
    news.ended.first().counters.state = ConnectionState::Ended;
    news.ended.first().counters.playerId = "p1";
    for (int i = 0; i < 10; ++i)
        log.add(news);
    QCOMPARE(lines().size(), 10);
}

void TestEventLog::foldsWhatComesInFloods()
{
    {
        EventLog log(LogLevel::Info, toFile());
        QVERIFY(log.open());
        News news;
        news.events = {eventOf(EventCode::RequestsLeftOut)};
        news.events.first().number = 50;
        for (int i = 0; i < 10; ++i)
            log.add(news);
        QCOMPARE(lines().size(), 1);
    }
    QCOMPARE(lines().last().value("event"_L1), u"repeated"_s);
    QCOMPARE(lines().last().value("count"_L1), 450);
}

void TestEventLog::foldsWhatLibrariesRepeat()
{
    EventLog log(LogLevel::Info, toFile());
    QVERIFY(log.open());
    for (int i = 0; i < 10; ++i)
        log.message(LogLevel::Warning, u"something is odd"_s, u"qt.network.ssl"_s);
    log.message(LogLevel::Warning, u"ours"_s);
    log.message(LogLevel::Warning, u"ours"_s);
    QCOMPARE(lines().size(), 3);
    QCOMPARE(lines().first().value("category"_L1), u"qt.network.ssl"_s);
}

void TestEventLog::keepsTheLevelOfWhatItFolds()
{
    {
        EventLog log(LogLevel::Info, toFile());
        QVERIFY(log.open());
        for (int i = 0; i < 10; ++i)
            log.message(LogLevel::Error, u"something is wrong"_s, u"qt.network.ssl"_s);
    }
    QCOMPARE(lines().last().value("event"_L1), u"repeated"_s);
    QCOMPARE(lines().last().value("level"_L1), u"error"_s);
}

void TestEventLog::foldsNothingThatItsLevelDoesNotWant()
{
    std::FILE *stream = std::fopen(file().toLocal8Bit().constData(), "w");
    QVERIFY(stream != nullptr);
    {
        EventLog log(LogLevel::Error, stream);
        News news;
        news.events = {eventOf(EventCode::RequestsLeftOut)};
        for (int i = 0; i < 10; ++i)
            log.add(news);
    }
    std::fclose(stream);
    QFile written(file());
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray());
}

void TestEventLog::countsWhatAFullDiskTakes()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no device here that is always full");
    EventLog log(LogLevel::Info, std::make_unique<LogFile>(u"/dev/full"_s, LogFile::Bounds(), LogFile::Readers::Group));
    QVERIFY(log.open());
    QStringList told;
    log.setTroubleCallback(
        [&told](const QString &words, qint64 lost) { told += words + u' ' + QString::number(lost); });
    log.message(LogLevel::Info, u"one"_s);
    log.message(LogLevel::Info, u"two"_s);
    QCOMPARE(told, QStringList{u"No space left on device 1"_s}); // once
}

void TestEventLog::saysWhereLinesAreMissing()
{
    const QString place = file() + u"/log"_s;
    EventLog log(LogLevel::Info, std::make_unique<LogFile>(place, LogFile::Bounds(), LogFile::Readers::Group));
    QVERIFY(!log.open());
    QStringList told;
    log.setTroubleCallback(
        [&told](const QString &words, qint64 lost) { told += words + u' ' + QString::number(lost); });
    log.add(busyNews());
    log.message(LogLevel::Info, u"lost as well"_s);
    QVERIFY(QDir().mkdir(file()));
    QTRY_COMPARE(told.size(), 2); // without anything new to write
    log.message(LogLevel::Info, u"here again"_s);
    QCOMPARE(told, (QStringList{u"No such file or directory 5"_s, u" 6"_s}));
    QFile written(place);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArrayList all = written.readAll().trimmed().split('\n');
    QCOMPARE(all.size(), 2);
    QVERIFY(all.first().contains("lines that are missing here: 6"));
    QVERIFY(all.last().contains("here again"));
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
