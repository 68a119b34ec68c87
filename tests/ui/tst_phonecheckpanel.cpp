// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/qrpicture.h"
#include "ui/doctor/phonecheckpanel.h"
#include "ui/panels/tableview.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

using Outcome = CheckResult::Outcome;

namespace {

const ListenInfo everywhere{8080, {}, {u"192.168.1.20"_s, u"10.0.0.5"_s}};
const ListenInfo loopback{8080, u"127.0.0.1"_s, {}};

CheckReport reportOf(const QString &address, const QByteArray &run = "0123456789abcdef")
{
    CheckReport report;
    report.run = run;
    report.address = address;
    report.device = u"Safari, iPhone"_s;
    report.results[0] = {Outcome::Passed, 12, 0};
    return report;
}

ServerEvent eventOf(const CheckReport &report, qint64 timeMs = 1'000)
{
    ServerEvent event;
    event.code = EventCode::DeviceChecked;
    event.address = report.address;
    event.timeMs = timeMs;
    event.check = std::make_shared<const CheckReport>(report);
    return event;
}

TableView *devices(const PhoneCheckPanel &panel) { return panel.findChild<TableView *>(u"checkedDevices"_s); }

} // namespace

class TestPhoneCheckPanel final : public QObject
{
    Q_OBJECT

private slots:
    void showsTheWayToThePage_data();
    void showsTheWayToThePage();
    void waitsForAPhone();
    void saysWhyNobodyMayHaveCome();
    void showsWhoCame();
    void saysHowItWent_data();
    void saysHowItWent();
    void hearsOfOthersNothing();
    void beginsAnewWithTheServer();
    void tellsItsModelProperly();
    void keepsOneRowForAVisit();
    void isNotPushedFull();
    void countsNetworksOfIpv6();
    void tellsItsOwnAnswers_data();
    void tellsItsOwnAnswers();
};

void TestPhoneCheckPanel::showsTheWayToThePage_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<ListenInfo>("info");
    QTest::addColumn<QString>("link");
    ListenInfo secure = everywhere;
    secure.secure = true;
    ListenInfo below = everywhere;
    below.basePath = u"/games"_s;
    ListenInfo behind = everywhere;
    behind.publicUrl = u"https://play.example.org/x"_s;
    const auto running = ServerState::Running;
    QTest::newRow("in the LAN") << running << everywhere << u"http://192.168.1.20:8080/check"_s;
    QTest::newRow("over TLS") << running << secure << u"https://192.168.1.20:8080/check"_s;
    QTest::newRow("below a path") << running << below << u"http://192.168.1.20:8080/games/check"_s;
    QTest::newRow("behind a proxy") << running << behind << u"https://play.example.org/x/check"_s;
    QTest::newRow("for this computer only") << running << loopback << QString();
    QTest::newRow("not running") << ServerState::Stopped << everywhere << QString();
}

void TestPhoneCheckPanel::showsTheWayToThePage()
{
    QFETCH(ServerState, state);
    QFETCH(ListenInfo, info);
    PhoneCheckPanel panel;
    panel.setServer(state, info);
    QTEST(panel.link().toString(), "link");
    QCOMPARE(panel.findChild<QrPicture *>()->text(), panel.link().toString());
}

void TestPhoneCheckPanel::waitsForAPhone()
{
    PhoneCheckPanel panel;
    QVERIFY(panel.state().startsWith(u"The server is not running"_s));
    panel.setServer(ServerState::Running, everywhere);
    QVERIFY(panel.state().startsWith(u"Scan the code"_s));
    panel.setServer(ServerState::Running, loopback);
    QVERIFY(panel.state().startsWith(u"No phone can reach it now"_s));
}

void TestPhoneCheckPanel::saysWhyNobodyMayHaveCome()
{
    PhoneCheckPanel panel;
    panel.loseHope(); // there is nothing to wait for
    QVERIFY(panel.state().startsWith(u"The server is not running"_s));
    panel.setServer(ServerState::Running, everywhere);
    panel.loseHope();
    QVERIFY(panel.state().startsWith(u"Nobody has come within a minute"_s));
    QVERIFY(panel.state().contains(u"client isolation"_s));
    QVERIFY(panel.state().contains(u"8080"_s));
    panel.take({eventOf(reportOf(u"192.168.1.7"_s))});
    QVERIFY(panel.state().startsWith(u"Safari, iPhone (192.168.1.7)"_s));
    panel.loseHope(); // too late
    QVERIFY(panel.state().startsWith(u"Safari, iPhone (192.168.1.7)"_s));
}

void TestPhoneCheckPanel::showsWhoCame()
{
    PhoneCheckPanel panel;
    panel.setServer(ServerState::Running, everywhere);
    CheckReport report = reportOf(u"192.168.1.7"_s);
    report.results[1] = {Outcome::Failed, -1, 1006};
    panel.take({eventOf(report)});
    const auto *model = devices(panel)->model();
    QCOMPARE(model->rowCount(), 1);
    const auto cell = [model](int column) { return model->index(0, column).data().toString(); };
    QCOMPARE(cell(CheckedDevicesModel::Address), u"192.168.1.7"_s);
    QCOMPARE(cell(CheckedDevicesModel::Device), u"Safari, iPhone"_s);
    QCOMPARE(cell(CheckedDevicesModel::FirstStep), u"✓ 12 ms"_s);
    QCOMPARE(cell(CheckedDevicesModel::FirstStep + 1), u"✗ 1006"_s);
    QCOMPARE(cell(CheckedDevicesModel::FirstStep + 2), u"…"_s);
    report.over = true;
    panel.take({eventOf(report)});
    QCOMPARE(cell(CheckedDevicesModel::FirstStep + 2), u"–"_s);
}

void TestPhoneCheckPanel::saysHowItWent_data()
{
    QTest::addColumn<int>("failed"); // step; −1: none
    QTest::addColumn<int>("passed"); // so many
    QTest::addColumn<bool>("over");
    QTest::addColumn<QString>("words");
    QTest::newRow("still at it") << -1 << 4 << false << u"still trying"_s;
    QTest::newRow("went away") << -1 << 4 << true << u"It left before"_s;
    QTest::newRow("well") << -1 << 5 << true << u"stays connected"_s;
    QTest::newRow("no WebSocket") << int(CheckStep::Socket) << 1 << true << u"no WebSocket opens"_s;
    QTest::newRow("no echo") << int(CheckStep::Echo) << 2 << true << u"held back"_s;
    QTest::newRow("no return") << int(CheckStep::Reconnect) << 3 << true << u"does not come back"_s;
    QTest::newRow("cut when quiet") << int(CheckStep::Silence) << 4 << true << u"--heartbeat-seconds"_s;
}

void TestPhoneCheckPanel::saysHowItWent()
{
    QFETCH(int, failed);
    QFETCH(int, passed);
    QFETCH(bool, over);
    QFETCH(QString, words);
    CheckReport report = reportOf(u"192.168.1.7"_s);
    for (int step = 0; step < passed; ++step)
        report.results[std::size_t(step)].outcome = Outcome::Passed;
    if (failed >= 0)
        report.results[std::size_t(failed)].outcome = Outcome::Failed;
    report.over = over;
    QVERIFY2(checkAdvice(report).contains(words), qPrintable(checkAdvice(report)));
}

void TestPhoneCheckPanel::hearsOfOthersNothing()
{
    PhoneCheckPanel panel;
    panel.setServer(ServerState::Running, everywhere);
    ServerEvent other;
    other.code = EventCode::RoomCreated;
    ServerEvent empty;
    empty.code = EventCode::DeviceChecked;
    panel.take({other, empty});
    QCOMPARE(devices(panel)->model()->rowCount(), 0);
    QVERIFY(panel.state().startsWith(u"Scan the code"_s));
}

void TestPhoneCheckPanel::beginsAnewWithTheServer()
{
    PhoneCheckPanel panel;
    panel.setServer(ServerState::Running, everywhere);
    panel.take({eventOf(reportOf(u"192.168.1.7"_s))});
    panel.setServer(ServerState::Stopped, everywhere);
    QCOMPARE(devices(panel)->model()->rowCount(), 1); // what was found stays in sight
    panel.setServer(ServerState::Starting, everywhere);
    QCOMPARE(devices(panel)->model()->rowCount(), 0);
    panel.setServer(ServerState::Running, everywhere);
    QVERIFY(panel.state().startsWith(u"Scan the code"_s));
}

void TestPhoneCheckPanel::tellsItsModelProperly()
{
    CheckedDevicesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 8; ++i)
        model.add(reportOf(u"192.168.1.%1"_s.arg(i % 3), QByteArray(16, char('a' + i % 4))), i);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestPhoneCheckPanel::keepsOneRowForAVisit()
{
    CheckedDevicesModel model;
    model.add(reportOf(u"192.168.1.7"_s), 1);
    model.add(reportOf(u"192.168.1.8"_s), 2);
    CheckReport later = reportOf(u"192.168.1.7"_s);
    later.over = true;
    model.add(later, 3);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.at(0).report.address, u"192.168.1.7"_s); // the newest first
    QVERIFY(model.at(0).report.over);
}

void TestPhoneCheckPanel::isNotPushedFull()
{
    CheckedDevicesModel model;
    model.add(reportOf(u"192.168.1.7"_s), 0);
    for (int i = 0; i < 100; ++i)
        model.add(reportOf(u"192.168.1.8"_s, "flood000000" + QByteArray::number(i)), i);
    QCOMPARE(model.rowCount(), CheckedDevicesModel::mostOfAddress + 1);
    QCOMPARE(model.at(model.rowCount() - 1).report.address, u"192.168.1.7"_s);
    for (int i = 0; i < 100; ++i)
        model.add(reportOf(u"10.0.0.%1"_s.arg(i)), i);
    QCOMPARE(model.rowCount(), CheckedDevicesModel::mostDevices);
}

void TestPhoneCheckPanel::countsNetworksOfIpv6()
{
    CheckedDevicesModel model;
    model.add(reportOf(u"2001:db8:0:1::7"_s), 0);
    for (int i = 0; i < 100; ++i)
        model.add(reportOf(u"2001:db8:0:2::%1"_s.arg(i, 0, 16)), i);
    QCOMPARE(model.rowCount(), CheckedDevicesModel::mostOfAddress + 1);
    QCOMPARE(model.at(model.rowCount() - 1).report.address, u"2001:db8:0:1::7"_s);
}

void TestPhoneCheckPanel::tellsItsOwnAnswers_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isOwn");
    QTest::newRow("too many at a time") << int(CheckStep::Socket) << 503 << true;
    QTest::newRow("stopped meanwhile") << int(CheckStep::Silence) << 1001 << true;
    QTest::newRow("refused by a close code") << int(CheckStep::Echo) << 4003 << true;
    QTest::newRow("its time is over") << int(CheckStep::Silence) << 1000 << true;
    QTest::newRow("cut") << int(CheckStep::Silence) << 1006 << false;
    QTest::newRow("changed on the way") << int(CheckStep::Echo) << 1002 << false;
    QTest::newRow("silent") << int(CheckStep::Echo) << 0 << false;
    QTest::newRow("a proxy's answer") << int(CheckStep::Http) << 503 << false;
}

void TestPhoneCheckPanel::tellsItsOwnAnswers()
{
    QFETCH(int, step);
    QFETCH(int, code);
    QFETCH(bool, isOwn);
    CheckReport report = reportOf(u"192.168.1.7"_s);
    report.results[size_t(step)] = {Outcome::Failed, -1, code};
    PhoneCheckPanel panel;
    panel.setServer(ServerState::Running, everywhere);
    panel.take({eventOf(report)});
    QCOMPARE(panel.state().contains(u"ended by this server"_s), isOwn);
    QCOMPARE(panel.state().contains(u"something is in the way"_s), !isOwn);
    QCOMPARE(checkAdvice(report).startsWith(u"This server itself"_s), isOwn);
}

QTEST_MAIN(TestPhoneCheckPanel)
#include "tst_phonecheckpanel.moc"
