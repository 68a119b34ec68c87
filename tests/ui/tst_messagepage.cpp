// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messageeditor.h"
#include "ui/client/messagepage.h"
#include "ui/client/sendingbar.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(PayloadKind)

namespace {

/// A page over variables, and what it wants to be sent.
struct Desk
{
    TextVariables variables;
    MessagePage page{variables};
    QList<OutgoingMessage> sent;

    Desk()
    {
        QObject::connect(&page, &MessagePage::sendRequested, &page,
                         [this](const OutgoingMessage &message) { sent += message; });
        page.setConnected(true);
    }

    [[nodiscard]] QAction *action(const QString &text) const
    {
        const auto actions = page.menuActions();
        const auto found = std::ranges::find_if(
            actions, [&](const QAction *one) { return one->text().remove(u'&').startsWith(text); });
        return found == actions.end() ? nullptr : *found;
    }
    void send() const { action(u"Send message"_s)->trigger(); }
    [[nodiscard]] QString verdict() const
    {
        QStringList texts;
        const auto labels = page.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts << label->text();
        return texts.join(u'\n');
    }
};

} // namespace

class TestMessagePage final : public QObject
{
    Q_OBJECT
private slots:
    void fillsVariablesIn()
    {
        Desk desk;
        desk.variables.setOwn({{u"name"_s, u"A\"da"_s}});
        desk.page.setMessage(PayloadKind::Json, u"{\"n\":{{counter}},\"name\":\"{{name}}\"}"_s);
        desk.send();
        desk.send();
        QCOMPARE(desk.sent.size(), 2);
        QCOMPARE(desk.sent[1].bytes, "{\"n\":2,\"name\":\"A\\\"da\"}"_ba);
        QCOMPARE(desk.page.history().size(), 1); // as it was written
        QCOMPARE(desk.page.text(), u"{\"n\":{{counter}},\"name\":\"{{name}}\"}"_s);
        desk.page.setMessage(PayloadKind::Text, u"another"_s);
        desk.action(u"Send the last one again"_s)->trigger();
        QCOMPARE(desk.sent.last().bytes, "{\"n\":3,\"name\":\"A\\\"da\"}"_ba);
        QCOMPARE(desk.page.text(), u"another"_s);
    }

    void saysWhatCanNotBeFilledIn()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Text, u"a\n b {{nobody}}"_s);
        QVERIFY(!desk.action(u"Send message"_s)->isEnabled());
        QVERIFY2(desk.verdict().contains(u"“nobody”"_s) && desk.verdict().contains(u"line 2, column 4"_s),
                 qPrintable(desk.verdict()));
        desk.send();
        QVERIFY(desk.sent.isEmpty());
        desk.variables.setOwn({{u"nobody"_s, u"x"_s}});
        desk.page.refresh();
        desk.send();
        QCOMPARE(desk.sent.value(0).bytes, "a\n b x"_ba);
    }

    void showsWhatWillBeSent()
    {
        Desk desk;
        desk.page.resize(900, 250);
        desk.page.show();
        desk.action(u"Preview"_s)->setChecked(true);
        desk.page.setMessage(PayloadKind::Text, u"n {{counter}}"_s);
        const auto editors = desk.page.findChildren<QPlainTextEdit *>();
        const auto preview = std::ranges::find_if(editors, [](QPlainTextEdit *one) { return one->isReadOnly(); });
        QVERIFY((*preview)->isVisible());
        QCOMPARE((*preview)->toPlainText(), u"n 1"_s);
        desk.send();
        QCOMPARE((*preview)->toPlainText(), u"n 2"_s);
    }

    void sendsBytes_data()
    {
        QTest::addColumn<PayloadKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes"); // null: it can not be sent
        QTest::newRow("base64") << PayloadKind::Base64 << u"AP8 \n="_s << QByteArray("\0\xff", 2);
        QTest::newRow("URL's base64") << PayloadKind::Base64 << u"-_8="_s << "\xfb\xff"_ba;
        QTest::newRow("no base64") << PayloadKind::Base64 << u"A*"_s << QByteArray();
        QTest::newRow("umlaut") << PayloadKind::Base64 << u"ÄAAA"_s << QByteArray();
        QTest::newRow("no file") << PayloadKind::File << u"/nowhere/at/all"_s << QByteArray();
        QTest::newRow("a folder") << PayloadKind::File << QDir::tempPath() << QByteArray();
        QTest::newRow("a device") << PayloadKind::File << u"/dev/zero"_s << QByteArray();
    }
    void sendsBytes()
    {
        QFETCH(PayloadKind, kind);
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        Desk desk;
        desk.page.setMessage(kind, text);
        desk.send();
        QCOMPARE(desk.sent.size(), bytes.isNull() ? 0 : 1);
        if (!bytes.isNull()) {
            QVERIFY(desk.sent[0].isBinary);
            QCOMPARE(desk.sent[0].bytes, bytes);
        }
    }

    void sendsAFile()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"bytes"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x01\x02");
        file.close();
        Desk desk;
        desk.page.setMessage(PayloadKind::File, file.fileName());
        desk.send();
        QCOMPARE(desk.sent.value(0).bytes, "\x01\x02"_ba);
        QVERIFY(file.resize(largestPayloadFile + 1));
        desk.page.refresh();
        QVERIFY(!desk.action(u"Send message"_s)->isEnabled());
    }

    void cutsAMessage()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Text, u"hello"_s);
        auto *bar = desk.page.sending();
        bar->findChild<QComboBox *>()->setCurrentIndex(2);
        const auto fields = bar->findChildren<QLineEdit *>();
        const auto at = std::ranges::find(fields, u"Where to cut"_s, &QLineEdit::accessibleName);
        (*at)->setText(u"there"_s);
        QVERIFY(!desk.action(u"Send message"_s)->isEnabled()); // where?
        (*at)->setText(u"1, 3"_s);
        desk.send();
        QCOMPARE(desk.sent.value(0).cuts.at, (QList<qsizetype>{1, 3}));
    }

    void repeatsAsOftenAsAsked()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Text, u"{{counter}}"_s);
        desk.page.sending()->setInterval(10, 3);
        desk.action(u"Repeat"_s)->trigger();
        QCOMPARE(desk.sent.size(), 1); // at once
        QTRY_COMPARE(desk.sent.size(), 3);
        QTRY_VERIFY(!desk.page.sending()->isRepeating());
        QCOMPARE(desk.sent.last().bytes, "3"_ba);
        QVERIFY(desk.action(u"Repeat"_s) != nullptr);
    }

    void repeatsUntilTheEnd()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Text, u"x"_s);
        desk.page.sending()->setInterval(10, 0);
        desk.page.sending()->repeatAction()->trigger();
        QTRY_VERIFY(desk.sent.size() > 2);
        desk.page.setConnected(false, true); // it waits
        QVERIFY(desk.page.sending()->isRepeating());
        desk.page.setConnected(false);
        QVERIFY(!desk.page.sending()->isRepeating());
        QVERIFY(!desk.page.sending()->repeatAction()->isEnabled());
    }

    void stopsWhereNothingCanBeSent()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Json, u"1"_s);
        desk.page.sending()->setInterval(10, 0);
        desk.page.sending()->repeatAction()->trigger();
        QVERIFY(desk.page.sending()->isRepeating());
        desk.page.setMessage(PayloadKind::Json, u"{"_s);
        QVERIFY(!desk.page.sending()->isRepeating());
    }

    void waitsForAConnection()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Text, u"later"_s);
        desk.page.setConnected(false, true);
        desk.send();
        QCOMPARE(desk.sent.size(), 1);
        desk.page.setWaiting(3);
        QVERIFY(desk.verdict().contains(u"3 waiting"_s));
    }

    void formatsJson()
    {
        Desk desk;
        desk.page.setMessage(PayloadKind::Json, u"{\"a\":[1.50]}"_s);
        desk.action(u"Format"_s)->trigger();
        QVERIFY(desk.page.text().contains(u'\n') && desk.page.text().contains(u"1.50"_s));
        desk.page.setMessage(PayloadKind::Json, u"{\"a\":{{counter}}}"_s);
        desk.action(u"Format"_s)->trigger();
        QCOMPARE(desk.page.text(), u"{\"a\":{{counter}}}"_s);
        QVERIFY(desk.verdict().contains(u"Not formatted"_s));
    }

    void keepsTemplatesOfAWorkspace()
    {
        Desk desk;
        desk.page.setKept({{u"Mine & yours"_s, "hex", u"00 ff"_s}, {u"Odd"_s, "from tomorrow", u"x"_s}});
        QAction *mine = desk.page.templatesMenu()->actions().first();
        QCOMPARE(mine->text(), u"Mine && yours"_s);
        mine->trigger();
        QCOMPARE(int(desk.page.kind()), int(PayloadKind::Binary));
        QCOMPARE(desk.page.text(), u"00 ff"_s);
        desk.page.templatesMenu()->actions().at(1)->trigger();
        QCOMPARE(int(desk.page.kind()), int(PayloadKind::Text));
    }

    void completesKeys_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("after"); // once the first offer is taken; empty: there is none
        QTest::newRow("a name") << u"{"_s << u"\"ty"_s << u"{\"type\": "_s;
        QTest::newRow("the next one") << u"{\"a\": 1, "_s << u"\"DA"_s << u"{\"a\": 1, \"data\": "_s;
        QTest::newRow("a value") << u"{\"a\": "_s << u"\"ty"_s << QString();
        QTest::newRow("unknown") << u"{"_s << u"\"zz"_s << QString();
        QTest::newRow("outside") << u""_s << u"ty"_s << QString();
    }
    void completesKeys()
    {
        QFETCH(QString, before);
        QFETCH(QString, typed);
        QFETCH(QString, after);
        Desk desk;
        desk.page.setKeys([] { return QStringList{u"data"_s, u"id"_s, u"type"_s}; });
        desk.page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&desk.page));
        desk.page.setMessage(PayloadKind::Json, before);
        auto *editor = desk.page.findChild<MessageEditor *>();
        editor->setFocus();
        editor->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor, typed);
        QCOMPARE(editor->completion()->popup()->isVisible(), !after.isEmpty());
        QTest::keyClick(after.isEmpty() ? static_cast<QWidget *>(editor) : editor->completion()->popup(), Qt::Key_Tab);
        QCOMPARE(editor->toPlainText(), after.isEmpty() ? before + typed : after);
    }

    void completesNothingInPlainText()
    {
        Desk desk;
        desk.page.setKeys([] { return QStringList{u"type"_s}; });
        desk.page.show();
        desk.page.setMessage(PayloadKind::Text, u""_s);
        auto *editor = desk.page.findChild<MessageEditor *>();
        QTest::keyClicks(editor, u"{\"ty"_s);
        QVERIFY(!editor->completion()->popup()->isVisible());
    }
};

QTEST_MAIN(TestMessagePage)
#include "tst_messagepage.moc"
