// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/fakeserver.h"
#include "ui/client/connectionpage.h"
#include "ui/client/messagepage.h"
#include "ui/client/sendingbar.h"
#include "ui/client/testclientwindow.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

template <typename Widget>
Widget *named(const QWidget &parent, const QString &name)
{
    const auto all = parent.findChildren<Widget *>();
    const auto it = std::ranges::find(all, name, [](const Widget *one) { return one->accessibleName(); });
    return it == all.end() ? nullptr : *it;
}

/// The label that says it; null: none does.
const QLabel *saying(const QWidget &parent, const QString &part)
{
    const auto labels = parent.findChildren<QLabel *>();
    const auto it = std::ranges::find_if(labels, [&](const QLabel *label) { return label->text().contains(part); });
    return it == labels.end() ? nullptr : *it;
}

} // namespace

/// What is sent, and what is said of what was not.
class TestClientSending final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;

private slots:
    void init()
    {
        QFile::remove(m_dir.filePath(u"settings.ini"_s));
        m_settings = std::make_unique<QSettings>(m_dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
    }

    void fragmentsDoNotWait()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        TestClientOptions options;
        options.queueOffline = true;
        window.findChild<ConnectionPage *>()->setOptions(options);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        server.last()->reset();
        QTRY_COMPARE(window.state(), TestClientState::Closed);
        auto *page = window.findChild<MessagePage *>();
        page->setMessage(PayloadKind::Text, u"later"_s);
        QAction *send = page->menuActions().at(0);
        QVERIFY(send->isEnabled());
        named<QComboBox>(*page, u"Fragments"_s)->setCurrentIndex(1);
        named<QLineEdit>(*page, u"Where to cut"_s)->setText(u"2"_s);
        QVERIFY(!send->isEnabled());
        QVERIFY2(send->toolTip().contains(u"ragments"_s), qPrintable(send->toolTip()));
        QVERIFY(!page->sending()->repeatAction()->isEnabled());
        QVERIFY(page->history().isEmpty());
    }

    void goodNewsLookGood()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        TestClientOptions options;
        options.queueOffline = true;
        window.findChild<ConnectionPage *>()->setOptions(options);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        server.last()->reset();
        QTRY_COMPARE(window.state(), TestClientState::Closed);
        auto *page = window.findChild<MessagePage *>();
        page->setMessage(PayloadKind::Text, u"later"_s);
        const QColor usual = saying(*page, u"5 B"_s)->palette().color(QPalette::WindowText);
        page->menuActions().at(0)->trigger();
        QCOMPARE(saying(*page, u"It waits"_s)->palette().color(QPalette::WindowText), usual);
        QCOMPARE(page->history().size(), 1);
    }

    void whatWasNotSentIsNotRepeated()
    {
        TextVariables texts;
        MessagePage page(texts);
        page.setConnected(true);
        page.setMessage(PayloadKind::Text, u"hi"_s);
        connect(&page, &MessagePage::sendRequested, &page, [&page] { page.setNotSent(u"no"_s); });
        page.sending()->setInterval(60'000, 0);
        page.sending()->repeatAction()->trigger();
        QVERIFY(!page.sending()->isRepeating());
        QVERIFY(page.history().isEmpty());
        QVERIFY(saying(page, u"no"_s));
    }

    void aFileThatIsGoneIsNotRepeated()
    {
        const QString path = m_dir.filePath(u"gone.bin"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        file.close();
        TextVariables texts;
        MessagePage page(texts);
        page.setConnected(true);
        page.setMessage(PayloadKind::File, path);
        page.sending()->setInterval(60'000, 0);
        QVERIFY(page.sending()->repeatAction()->isEnabled());
        QVERIFY(QFile::remove(path));
        page.sending()->repeatAction()->trigger();
        QVERIFY(!page.sending()->isRepeating());
        QVERIFY(page.history().isEmpty());
    }

    void aCodeThatIsNoneClosesNothing_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("closes");
        QTest::newRow("too large") << u"70000"_s << false;
        QTest::newRow("a letter in it") << u"1o00"_s << false;
        QTest::newRow("words") << u"going away"_s << false;
        QTest::newRow("none") << u"0 no code"_s << true;
        QTest::newRow("a number") << u"4000"_s << true;
    }
    void aCodeThatIsNoneClosesNothing()
    {
        QFETCH(QString, code);
        FakeServer server;
        TestClientWindow window(*m_settings);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        auto *page = window.findChild<MessagePage *>();
        named<QComboBox>(*page, u"Close code"_s)->setEditText(code);
        page->menuActions().at(2)->trigger();
        QTEST(window.state() != TestClientState::Open, "closes");
        QTEST(saying(*page, u"code may not stand"_s) == nullptr, "closes");
    }

    void aFullQueueIsNoFaultOfTheServer()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        TestClientOptions options;
        options.queueOffline = true;
        options.maxQueueBytes = 8;
        window.findChild<ConnectionPage *>()->setOptions(options);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        server.last()->reset();
        QTRY_COMPARE(window.state(), TestClientState::Closed);
        auto *page = window.findChild<MessagePage *>();
        page->setMessage(PayloadKind::Text, u"more than eight bytes"_s);
        page->menuActions().at(0)->trigger();
        const QLabel *said = saying(*page, u"Not sent"_s);
        QVERIFY(said != nullptr);
        QVERIFY2(said->text().contains(u"waits already"_s) && !said->text().contains(u"reads"_s),
                 qPrintable(said->text()));
    }

    void whatStandsInGreyCounts()
    {
        QAction send;
        SendingBar bar(&send);
        auto *how = named<QComboBox>(bar, u"Fragments"_s);
        how->setCurrentIndex(1);
        QVERIFY(bar.cuts());
        QCOMPARE(bar.cuts()->every, 16);
        how->setCurrentIndex(2);
        QVERIFY(bar.cuts());
        QCOMPARE(bar.cuts()->at, (QList<qsizetype>{3, 10}));
        named<QLineEdit>(bar, u"Where to cut"_s)->setText(u"x"_s);
        QVERIFY(!bar.cuts());
    }
};

QTEST_MAIN(TestClientSending)
#include "tst_clientsending.moc"
