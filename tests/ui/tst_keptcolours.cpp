// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakehost.h"
#include "ui/client/testclientwindow.h"
#include "ui/log/colourrulesdialog.h"
#include "ui/log/keptcolours.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"
#include "ui/models/messagesmodel.h"

#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ColourRules rulesOf(const QString &words, Tint ground = Tint::MarkedRed)
{
    return ColourRules({{Condition::read(words).value(), ground}});
}

MessagesModel *modelOf(const QWidget &window) { return window.findChild<MessageLogPanel *>()->model(); }

/// As a version stored it that kept the rules with each window.
QByteArray withColours(QByteArray state, const ColourRules &rules)
{
    QDataStream out(&state, QIODevice::WriteOnly | QIODevice::Append);
    out << rules.toText().toUtf8();
    return state;
}

} // namespace

class TestKeptColours final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;

    void open() { m_settings = std::make_unique<QSettings>(m_dir->filePath(u"s.ini"_s), QSettings::IniFormat); }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { m_settings.reset(); }

    void allWindowsHaveThem()
    {
        FakeHost host;
        MainWindow main(host, *m_settings);
        TestClientWindow client(*m_settings);
        KeptColours::in(*m_settings).set(rulesOf(u"error"_s));
        TestClientWindow later(*m_settings);
        for (const QWidget *window :
             {static_cast<QWidget *>(&main), static_cast<QWidget *>(&client), static_cast<QWidget *>(&later)})
            QVERIFY(modelOf(*window)->colours() == rulesOf(u"error"_s));
    }

    void whatIsChosenInOneWindowHoldsInAll()
    {
        TestClientWindow one(*m_settings), other(*m_settings);
        one.show();
        QTimer::singleShot(0, &one, [] {
            auto *dialog = qobject_cast<ColourRulesDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            auto *words = dialog->findChild<QLineEdit *>();
            words->setText(u"size > 3"_s);
            emit words->textEdited(words->text());
            dialog->accept();
        });
        const auto actions = one.findChild<MessageLogPanel *>()->menuActions();
        const auto colours = std::ranges::find(actions, u"Colour rules…"_s, &QAction::text);
        QVERIFY(colours != actions.end());
        (*colours)->trigger();
        QCOMPARE(modelOf(other)->colours().rules().size(), 1);
        QVERIFY(modelOf(other)->colours() == modelOf(one)->colours());
        QVERIFY(KeptColours::in(*m_settings).rules() == modelOf(one)->colours());
    }

    void comeBack()
    {
        KeptColours::in(*m_settings).set(rulesOf(u"error"_s, Tint::MarkedBlue));
        open();
        QVERIFY(KeptColours::in(*m_settings).rules() == rulesOf(u"error"_s, Tint::MarkedBlue));
    }

    void thoseOfAnEarlierVersionStay()
    {
        {
            TestClientWindow window(*m_settings);
            const QByteArray state = window.findChild<MessageLogPanel *>()->saveState();
            m_settings->setValue(u"testClient/log"_s, withColours(state, rulesOf(u"error"_s)));
        }
        open();
        {
            TestClientWindow window(*m_settings);
            QTRY_VERIFY(modelOf(window)->colours() == rulesOf(u"error"_s));
        }
        KeptColours::in(*m_settings).set(ColourRules());
        open();
        TestClientWindow window(*m_settings); // once
        QCoreApplication::processEvents();
        QVERIFY(modelOf(window)->colours() == ColourRules());
    }

    void areKeptWhileAGroupIsOpen()
    {
        KeptColours &kept = KeptColours::in(*m_settings);
        QSignalSpy changed(&kept, &KeptColours::changed);
        m_settings->beginGroup(u"window"_s);
        kept.takeEarlier(rulesOf(u"error"_s).toText());
        m_settings->endGroup();
        QTRY_COMPARE(changed.size(), 1);
        open();
        QVERIFY(KeptColours::in(*m_settings).rules() == rulesOf(u"error"_s));
    }
};

QTEST_MAIN(TestKeptColours)
#include "tst_keptcolours.moc"
