// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/draftoptions.h"
#include "ui/client/connection/firstsection.h"
#include "ui/client/connection/namevaluetable.h"
#include "ui/client/connection/proxysection.h"
#include "ui/client/connectionpage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionDraft oddDraft()
{
    ConnectionDraft draft;
    draft.tokenWay = TokenWay::Subprotocol;
    draft.token = u"{{token}}"_s;
    TestClientOptions &options = draft.options;
    options.origin = "https://o";
    options.subprotocols = {"a", "{{b}}"};
    options.headers = {{"X-A", "{{a}}"}, {"X-A", "1"}};
    options.openingMs = 1'500;
    options.maxMessageBytes = 64 * 1024;
    options.maxRedirects = 5;
    options.pingMs = 30'000;
    options.heartbeat = TestClientMessage{false, "beat"};
    options.answerPings = false;
    options.reconnect.enabled = true;
    options.queueOffline = true;
    options.first = {{false, "{\n  \"a\": 1\n}"}, {false, "two\n\nlines"}, {true, "\x01"}};
    options.deflate.offered = true;
    options.deflate.clientNoContextTakeover = true;
    options.deflate.serverMaxWindowBits = 9;
    options.deflate.clientMaxWindowBits = 12;
    options.proxy = {TestClientProxy::Kind::Socks5, u"p"_s, 1080, u"me"_s, u"{{password}}"_s};
    options.trust = {false, u"/a.pem"_s, u"/c.pem"_s, u"/k.pem"_s};
    return draft;
}

QByteArray json(const TestClientOptions &options) { return QJsonDocument(draftOptionsJson(options)).toJson(); }

/// The table of these pairs, by what it is called.
QTableWidget *tableNamed(const QWidget &page, const QString &name)
{
    const auto tables = page.findChildren<QTableWidget *>();
    const auto found = std::ranges::find(tables, name, [](const QTableWidget *one) { return one->accessibleName(); });
    return found == tables.end() ? nullptr : *found;
}

} // namespace

class TestConnectionPage final : public QObject
{
    Q_OBJECT
private slots:
    void everyOptionComesBack()
    {
        ConnectionPage page;
        const ConnectionDraft draft = oddDraft();
        page.setDraft(draft);
        QCOMPARE(json(page.options()), json(draft.options));
        QCOMPARE(page.draft().tokenWay, draft.tokenWay);
        QCOMPARE(page.draft().token, draft.token);
        page.setOptions({});
        QCOMPARE(json(page.options()), json({}));
        QCOMPARE(page.draft().token, QString());
    }

    void aHeartbeatComesBack_data()
    {
        QTest::addColumn<int>("ms");
        QTest::addColumn<int>("after");
        QTest::newRow("none") << 0 << 0;
        QTest::newRow("less than a second") << 500 << 1'000;
        QTest::newRow("between seconds") << 1'500 << 2'000;
        QTest::newRow("seconds") << 30'000 << 30'000;
    }
    void aHeartbeatComesBack()
    {
        QFETCH(int, ms);
        ConnectionPage page;
        ConnectionDraft draft;
        draft.options.pingMs = ms;
        for (const TestClientMessage &beat : {TestClientMessage{true, "\x00\xff"_ba}, TestClientMessage{false, "beat"},
                                              TestClientMessage{true, "\x01"}}) {
            draft.options.heartbeat = beat;
            page.setDraft(draft);
            QTEST(page.options().pingMs, "after");
            QVERIFY(page.options().heartbeat.has_value());
            QCOMPARE(page.options().heartbeat->binary, beat.binary);
            QCOMPARE(page.options().heartbeat->bytes, beat.bytes);
        }
        page.setOptions({});
        QVERIFY(!page.options().heartbeat);
    }

    void ignoredErrorsHoldForTheWindow()
    {
        ConnectionPage page;
        ConnectionDraft draft;
        draft.options.ignoreTlsErrors = true;
        page.setDraft(draft);
        QVERIFY(page.options().ignoreTlsErrors);
    }

    void theQueryGoesWithTheAddress()
    {
        ConnectionPage page;
        QSignalSpy edited(&page, &ConnectionPage::addressEdited);
        QTableWidget *table = tableNamed(page, u"Query of the address"_s);
        page.setAddress(u"ws://h/x?a=1&b=%26&c"_s);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(1, 1)->text(), u"&"_s);
        QVERIFY(edited.isEmpty());
        table->item(0, 1)->setText(u"x y"_s);
        QCOMPARE(edited.last().at(0).toString(), u"ws://h/x?a=x%20y&b=%26&c"_s);
        page.setAddress(edited.last().at(0).toString()); // as a window does
        QCOMPARE(edited.size(), 1);
        table->selectRow(0);
        const auto buttons = page.findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().remove(u'&') == "Remove parameter"_L1)
                button->click();
        }
        QCOMPARE(edited.last().at(0).toString(), u"ws://h/x?b=%26&c"_s);
        QCOMPARE(page.draft().address, u"ws://h/x?a=x%20y&b=%26&c"_s); // until it is told
    }

    void oneCanWriteAQueryWhileTheAddressIsOdd()
    {
        ConnectionPage page;
        for (const QString &address : {u""_s, u"?"_s, u"w?=&&=&%"_s, u"ws://[/?a"_s, u"#?"_s})
            page.setAddress(address);
        QVERIFY(tableNamed(page, u"Query of the address"_s)->rowCount() <= 1);
    }

    void showsTheProxyOfTheSystem()
    {
        ConnectionPage page;
        page.setAddress(u"ws://127.0.0.1:1/"_s);
        const auto says = [&page] {
            const auto labels = page.findChild<ProxySection *>()->findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [](const QLabel *label) { return label->text().contains(u"The system says"_s); });
        };
        QVERIFY(!says());
        ConnectionDraft draft;
        draft.options.proxy.kind = TestClientProxy::Kind::System;
        page.setDraft(draft);
        QTRY_VERIFY(says());
        page.setDraft({});
        QVERIFY(!says());
    }

    void dashesStandBetweenFirstMessages()
    {
        FirstSection section;
        auto *text = section.findChild<QPlainTextEdit *>();
        ConnectionDraft draft;
        text->setPlainText(u"one\n--- \n\n---\n---x\n- ---\n---\nlast\n"_s);
        section.put(draft);
        QList<TestClientMessage> wanted{{false, "one"}, {false, "---x\n- ---"}, {false, "last"}};
        QCOMPARE(draft.options.first, wanted);
        text->clear();
        section.put(draft);
        QVERIFY(draft.options.first.isEmpty());
    }

    void eachPartShowsItsPage()
    {
        ConnectionPage page;
        page.resize(900, 200);
        page.show();
        auto *names = page.findChild<QListWidget *>();
        QVERIFY(names->count() >= 7);
        auto *stack = page.findChild<QStackedWidget *>();
        for (int i = 0; i < names->count(); ++i) {
            names->setCurrentRow(i);
            QCOMPARE(stack->currentIndex(), i);
        }
    }
};

QTEST_MAIN(TestConnectionPage)
#include "tst_connectionpage.moc"
