// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/routes.h"
#include "tests/ui/diagnoses.h"
#include "ui/base/formats.h"
#include "ui/doctor/diagnosiswords.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/panels/tableview.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QAction *action(const DoctorPanel &panel, const QString &text)
{
    const auto all = panel.menuActions();
    for (QAction *one : all) {
        if (one->text().remove(u'&').startsWith(text))
            return one;
    }
    return nullptr;
}

TableView *stages(const DoctorPanel &panel) { return panel.findChild<TableView *>(u"doctorStages"_s); }
QLineEdit *field(const DoctorPanel &panel) { return panel.findChild<QLineEdit *>(); }

/// What is examined is not the matter here.
void watchNothingFor(const DoctorPanel &panel) { panel.findChild<QSpinBox *>()->setValue(0); }

DoctorOrder orderFor(const QUrl &url)
{
    DoctorOrder order;
    order.client.url = url;
    return order;
}

/// Nothing listens there.
QUrl deadUrl()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QUrl(u"ws://127.0.0.1:%1/"_s.arg(server.serverPort()));
}

} // namespace

class TestDoctorPanel final : public QObject
{
    Q_OBJECT

private slots:
    void listsAllStagesFromTheBeginning();
    void tellsItsModelProperly();
    void saysWhereToBegin();
    void leadsToTheCause();
    void leavesAChosenStageAlone();
    void showsTheBytes();
    void findsOutWhyNobodyAnswers();
    void stopsWhenItIsTold();
    void watchesOurCheckForLessThanItLives();
    void returnExaminesWhatIsTypedNow();
    void asksTheOtherForItsOrder();
    void forgetsOptionsOfAnotherAddress();
    void suggestsWhereNobodyHasTyped();
    void copiesTheReport();
    void savesJson();
    void saysWhyItCouldNotBeSaved();
    void keepsItsHeight();
};

void TestDoctorPanel::listsAllStagesFromTheBeginning()
{
    DoctorPanel panel;
    QCOMPARE(stages(panel)->model()->rowCount(), doctorStageCount);
    panel.showDiagnosis(illDiagnosis());
    QCOMPARE(stages(panel)->model()->rowCount(), doctorStageCount);
}

void TestDoctorPanel::tellsItsModelProperly()
{
    DoctorStagesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply(healthyDiagnosis());
    Diagnosis running = healthyDiagnosis();
    setStage(running, DoctorStage::Idle, DoctorVerdict::Running);
    model.apply(running);
    model.tick(40 + 7'000);
    const auto cell = [&model](DoctorStage stage, int column) {
        return model.index(int(stage), column).data().toString();
    };
    QCOMPARE(cell(DoctorStage::Idle, DoctorStagesModel::Took), u"7 s"_s);
    QCOMPARE(cell(DoctorStage::Dns, DoctorStagesModel::Found),
             u"games.example is 192.0.2.1 (%1)"_s.arg(formatSpan(1'234)));
    QCOMPARE(cell(DoctorStage::Dns, DoctorStagesModel::Took), u"12 ms"_s);
    QCOMPARE(cell(DoctorStage::Tls, DoctorStagesModel::Mark), markOf(DoctorVerdict::Skipped));
    QCOMPARE(cell(DoctorStage::Tls, DoctorStagesModel::Took), QString());
    for (int row = 0; row < model.rowCount(); ++row)
        QVERIFY(!model.index(row, DoctorStagesModel::Mark).data(Qt::AccessibleTextRole).toString().isEmpty());
}

void TestDoctorPanel::saysWhereToBegin()
{
    DoctorPanel panel;
    QVERIFY(panel.headline().startsWith(u"Nothing was examined yet."_s));
    QVERIFY(!action(panel, u"Examine"_s)->isEnabled());
    for (const auto &text : {u"Stop"_s, u"Copy report"_s, u"Copy as"_s, u"Save"_s})
        QVERIFY(!action(panel, text)->isEnabled());
    field(panel)->setText(u"localhost"_s);
    QVERIFY(action(panel, u"Examine"_s)->isEnabled());
}

void TestDoctorPanel::leadsToTheCause()
{
    DoctorPanel panel;
    const Diagnosis ill = illDiagnosis();
    panel.showDiagnosis(ill);
    QVERIFY(panel.headline().startsWith(headlineOf(ill, 0, 0).sentence));
    QCOMPARE(stages(panel)->selectedRowNumbers(), QList<int>{int(DoctorStage::Upgrade)});
    QVERIFY(panel.evidence().contains(u"    HTTP/1.1 403 Forbidden\n    Server: nginx"_s));
}

void TestDoctorPanel::leavesAChosenStageAlone()
{
    DoctorPanel panel;
    panel.resize(900, 600);
    panel.show();
    Diagnosis running = healthyDiagnosis();
    running.over = false;
    panel.showDiagnosis(running);
    const QModelIndex dns = stages(panel)->model()->index(int(DoctorStage::Dns), DoctorStagesModel::Stage);
    QTest::mouseClick(stages(panel)->viewport(), Qt::LeftButton, {}, stages(panel)->visualRect(dns).center());
    panel.showDiagnosis(illDiagnosis());
    QCOMPARE(stages(panel)->selectedRowNumbers(), QList<int>{int(DoctorStage::Dns)});
}

void TestDoctorPanel::showsTheBytes()
{
    DoctorPanel panel;
    panel.showDiagnosis(illDiagnosis("<b>\x15\x03\x01"));
    QVERIFY(panel.evidence().contains(u"3c 62 3e 15 03 01"_s));
    QVERIFY(panel.findChildren<QPlainTextEdit *>().size() == 2);
}

void TestDoctorPanel::findsOutWhyNobodyAnswers()
{
    DoctorPanel panel;
    watchNothingFor(panel);
    const QUrl url = deadUrl();
    panel.examine(orderFor(url));
    QCOMPARE(field(panel)->text(), url.toString());
    QTRY_VERIFY_WITH_TIMEOUT(panel.isIdle(), 20'000);
    QCOMPARE(panel.diagnosis().verdict(), DoctorVerdict::Ill);
    QVERIFY(panel.diagnosis().cause() != nullptr);
    QVERIFY(action(panel, u"Copy report"_s)->isEnabled());
}

void TestDoctorPanel::stopsWhenItIsTold()
{
    QTcpServer silent; // accepts and says nothing
    silent.listen(QHostAddress::LocalHost);
    DoctorPanel panel;
    watchNothingFor(panel);
    panel.examine(orderFor(QUrl(u"ws://127.0.0.1:%1/"_s.arg(silent.serverPort()))));
    QVERIFY(!panel.isIdle());
    QVERIFY(!action(panel, u"Examine"_s)->isEnabled());
    action(panel, u"Stop"_s)->trigger();
    QVERIFY(panel.isIdle());
    QVERIFY(panel.diagnosis().stopped);
    QVERIFY(action(panel, u"Examine"_s)->isEnabled());
}

void TestDoctorPanel::watchesOurCheckForLessThanItLives()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    Diagnosis watching = healthyDiagnosis();
    watching.over = false;
    setStage(watching, DoctorStage::Idle, DoctorVerdict::Running);
    const auto says = [&](const QString &path) {
        DoctorPanel panel;
        panel.findChild<QSpinBox *>()->setValue(3'600);
        panel.examine(orderFor(QUrl(u"ws://127.0.0.1:%1%2"_s.arg(silent.serverPort()).arg(path))));
        panel.showDiagnosis(watching);
        return panel.headline();
    };
    const QString limit = u" of "_s + formatSecondsLeft(Routes::checkIdleMs);
    QVERIFY2(says(u"/check/echo"_s).contains(limit), qPrintable(says(u"/check/echo"_s)));
    QVERIFY(!says(u"/echo"_s).contains(limit));
}

void TestDoctorPanel::returnExaminesWhatIsTypedNow()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    DoctorPanel panel;
    watchNothingFor(panel);
    const QString first = u"ws://127.0.0.1:%1/"_s.arg(silent.serverPort());
    panel.examine(orderFor(QUrl(first)));
    QTRY_COMPARE(panel.diagnosis().url, QUrl(first));
    QVERIFY2(!panel.headline().contains(first), qPrintable(panel.headline()));
    field(panel)->setText(first + u"other"_s);
    QVERIFY2(panel.headline().startsWith(first + u": "_s), qPrintable(panel.headline()));
    QTest::keyClick(field(panel), Qt::Key_Return);
    QVERIFY(!panel.isIdle());
    QTRY_COMPARE(panel.diagnosis().url.path(), u"/other"_s);
    QVERIFY2(!panel.headline().contains(first), qPrintable(panel.headline()));
    panel.stop();
}

void TestDoctorPanel::asksTheOtherForItsOrder()
{
    DoctorPanel panel;
    watchNothingFor(panel);
    const QUrl url = deadUrl();
    int asked = 0;
    panel.setOrders([&] {
        ++asked;
        return orderFor(url);
    });
    QVERIFY(!field(panel)->isVisibleTo(&panel));
    action(panel, u"Examine"_s)->trigger();
    action(panel, u"Examine"_s)->trigger(); // it is at it
    QCOMPARE(asked, 1);
    QTRY_VERIFY_WITH_TIMEOUT(panel.isIdle(), 20'000);
    QCOMPARE(panel.diagnosis().url.port(), url.port());
}

void TestDoctorPanel::forgetsOptionsOfAnotherAddress()
{
    DoctorPanel panel;
    DoctorOrder order = orderFor(QUrl(u"ws://127.0.0.1:1/a"_s));
    order.client.origin = "https://games.example";
    panel.suggest(order);
    QCOMPARE(panel.typedOrder().client.origin, "https://games.example");
    field(panel)->setText(u"127.0.0.1:2"_s);
    QCOMPARE(panel.typedOrder().client.origin, "");
    QCOMPARE(panel.typedOrder().client.url, QUrl(u"ws://127.0.0.1:2"_s));
}

void TestDoctorPanel::suggestsWhereNobodyHasTyped()
{
    DoctorPanel panel;
    panel.suggest(orderFor(QUrl(u"ws://127.0.0.1:1/a"_s)));
    QCOMPARE(field(panel)->text(), u"ws://127.0.0.1:1/a"_s);
    panel.suggest(orderFor(QUrl(u"ws://127.0.0.1:2/a"_s)));
    QCOMPARE(field(panel)->text(), u"ws://127.0.0.1:2/a"_s);
    field(panel)->setText(u"mine"_s);
    panel.suggest(orderFor(QUrl(u"ws://127.0.0.1:3/a"_s)));
    QCOMPARE(field(panel)->text(), u"mine"_s);
}

void TestDoctorPanel::copiesTheReport()
{
    DoctorPanel panel;
    panel.showDiagnosis(illDiagnosis());
    action(panel, u"Copy report"_s)->trigger();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(u"ws://127.0.0.1:8080/echo"_s));
    action(panel, u"Copy as"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text() != text);
}

void TestDoctorPanel::savesJson()
{
    const QTemporaryDir dir;
    DoctorPanel panel;
    panel.showDiagnosis(illDiagnosis());
    panel.saveAs(dir.filePath(u"diagnosis.json"_s));
    QFile file(dir.filePath(u"diagnosis.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!QJsonDocument::fromJson(file.readAll()).object().isEmpty());
}

void TestDoctorPanel::saysWhyItCouldNotBeSaved()
{
    DoctorPanel panel;
    panel.showDiagnosis(illDiagnosis());
    panel.saveAs(u"/nowhere/diagnosis.json"_s);
    const auto *box = panel.findChild<QMessageBox *>();
    QVERIFY(box != nullptr);
    QVERIFY(box->text().startsWith(u"It could not be saved"_s));
}

void TestDoctorPanel::keepsItsHeight()
{
    DoctorPanel panel;
    panel.resize(900, 600);
    panel.show();
    const int top = stages(panel)->mapTo(&panel, QPoint()).y();
    panel.showDiagnosis(illDiagnosis(QByteArray(3'000, 'x')));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(stages(panel)->mapTo(&panel, QPoint()).y(), top);
    QCOMPARE(panel.size(), QSize(900, 600));
}

QTEST_MAIN(TestDoctorPanel)
#include "tst_doctorpanel.moc"
