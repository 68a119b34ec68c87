// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/qrpicture.h"
#include "ui/panels/joinpanel.h"
#include "ui/windows/sharewindow.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const ListenInfo everywhere{8080, {}, {u"192.168.1.20"_s, u"10.0.0.5"_s}};
const ListenInfo loopback{8080, u"127.0.0.1"_s, {}};

QList<RoomInfo> rooms(const QStringList &ids)
{
    QList<RoomInfo> list;
    for (const QString &id : ids) {
        RoomInfo room;
        room.id = id;
        room.code = u"C"_s + id;
        room.game = u"relay"_s;
        list << room;
    }
    return list;
}

QString allText(const QWidget &window)
{
    QString text;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&window))
            text += label->text() + u'\n';
    }
    return text;
}

} // namespace

class TestShareWindow : public QObject
{
    Q_OBJECT
private slots:
    void namesTheGame()
    {
        ShareWindow window;
        QList<RoomInfo> two = rooms({u"main"_s, u"other"_s});
        two[1].game = u"chess"_s; // a stranger's
        window.setRooms(two);
        const auto *choice = window.findChild<QComboBox *>();
        QVERIFY(choice->findText(u"main – Relay"_s) >= 0);
        QVERIFY(choice->findText(u"other – chess"_s) >= 0);
    }

    void leadsToTheRoom_data()
    {
        QTest::addColumn<QString>("bind");
        QTest::addColumn<QStringList>("lan");
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("big");
        QTest::addColumn<QString>("hint");
        const QStringList lan = everywhere.lanAddresses;
        QTest::newRow("room") << QString() << lan << u"main"_s << u"http://192.168.1.20:8080/?room=Cmain"_s
                              << u"Cmain"_s << u"same network"_s;
        QTest::newRow("first page") << QString() << lan << QString() << u"http://192.168.1.20:8080/"_s
                                    << u"192.168.1.20:8080"_s << u"same network"_s;
        QTest::newRow("a room that is gone") << QString() << lan << u"gone"_s << u"http://192.168.1.20:8080/"_s
                                             << u"192.168.1.20:8080"_s << u"same network"_s;
        QTest::newRow("link-local") << QString() << QStringList{u"169.254.7.7"_s} << u"main"_s
                                    << u"http://169.254.7.7:8080/?room=Cmain"_s << u"Cmain"_s
                                    << u"Phones do not find 169.254.7.7"_s;
        QTest::newRow("link-local, IPv6")
            << u"fe80::1%eth0"_s << lan << u"main"_s << u"http://[fe80::1%25eth0]:8080/?room=Cmain"_s << u"Cmain"_s
            << u"Phones do not find fe80::1%eth0"_s;
        QTest::newRow("unplugged") << u"10.0.0.9"_s << lan << u"main"_s << u"http://10.0.0.9:8080/?room=Cmain"_s
                                   << u"Cmain"_s << u"no network has that address now"_s;
        QTest::newRow("one address") << u"10.0.0.5"_s << lan << u"main"_s << u"http://10.0.0.5:8080/?room=Cmain"_s
                                     << u"Cmain"_s << u"same network"_s;
        QTest::newRow("IPv6") << u"fd00::5"_s << QStringList{u"fd00::5"_s} << u"main"_s
                              << u"http://[fd00::5]:8080/?room=Cmain"_s << u"Cmain"_s << u"same network"_s;
        QTest::newRow("unplugged, IPv6") << u"fd00::9"_s << lan << u"main"_s << u"http://[fd00::9]:8080/?room=Cmain"_s
                                         << u"Cmain"_s << u"no network has that address now"_s;
        QTest::newRow("this computer only")
            << u"127.0.0.1"_s << lan << u"main"_s << u"http://127.0.0.1:8080/?room=Cmain"_s << u"Cmain"_s
            << u"the server listens on 127.0.0.1. For phones, stop it, choose “All addresses”"_s;
        QTest::newRow("::1") << u"::1"_s << lan << u"main"_s << u"http://[::1]:8080/?room=Cmain"_s << u"Cmain"_s
                             << u"the server listens on ::1"_s;
        QTest::newRow("no network") << QString() << QStringList{} << u"main"_s << u"http://127.0.0.1:8080/?room=Cmain"_s
                                    << u"Cmain"_s << u"it is in no network"_s;
    }
    void leadsToTheRoom()
    {
        QFETCH(QString, bind);
        QFETCH(QStringList, lan);
        QFETCH(QString, room);
        QFETCH(QString, big);
        QFETCH(QString, hint);
        ShareWindow window;
        window.setServer(ServerState::Running, {8080, bind, lan});
        window.setRooms(rooms({u"main"_s, u"other"_s}));
        window.chooseRoom(room);
        QTEST(window.link().toString(), "link");
        const auto *picture = window.findChild<QrPicture *>();
        const bool isForOthers = hint == u"same network"_s;
        QCOMPARE(picture->isVisibleTo(&window), isForOthers);
        QCOMPARE(picture->text(), isForOthers ? window.link().toString() : QString());
        const QString text = allText(window);
        for (const QString &part : {window.link().toString(), big, hint})
            QVERIFY2(text.contains(part + (part == hint ? QString() : u"\n"_s)), qPrintable(text));
    }

    void everyAddressCanBeChosen()
    {
        ShareWindow window;
        window.setServer(ServerState::Running, everywhere);
        auto *addresses = window.findChild<QListWidget *>();
        QCOMPARE(addresses->count(), 2);
        QCOMPARE(addresses->item(0)->text(), u"192.168.1.20 – the likely one"_s);
        QCOMPARE(addresses->currentRow(), 0);
        addresses->setCurrentRow(1);
        QCOMPARE(window.link(), QUrl(u"http://10.0.0.5:8080/"_s));
        window.setServer(ServerState::Running, {9000, {}, {u"172.16.0.1"_s, u"10.0.0.5"_s}});
        QCOMPARE(window.link(), QUrl(u"http://10.0.0.5:9000/"_s)); // what was chosen stays
        window.setServer(ServerState::Running, {9000, {}, {u"172.16.0.1"_s}});
        QCOMPARE(window.link(), QUrl(u"http://172.16.0.1:9000/"_s));
    }

    void theChoiceStaysWhenRoomsComeAndGo()
    {
        ShareWindow window;
        window.setServer(ServerState::Running, everywhere);
        window.setRooms(rooms({u"b"_s}));
        window.chooseRoom(u"b"_s);
        window.setRooms(rooms({u"c"_s, u"a"_s, u"b"_s}));
        QCOMPARE(window.link().query(), u"room=Cb"_s);
        window.setRooms(rooms({u"a"_s}));
        QCOMPARE(window.link(), QUrl(u"http://192.168.1.20:8080/"_s));
        auto *choice = window.findChild<QComboBox *>();
        QCOMPARE(choice->count(), 2);
        choice->setCurrentIndex(1);
        QCOMPARE(window.link().query(), u"room=Ca"_s);
    }

    void saysThatNothingRuns()
    {
        ShareWindow window;
        window.setServer(ServerState::Running, everywhere);
        window.setServer(ServerState::Stopped, everywhere);
        QVERIFY(window.link().isEmpty());
        QVERIFY(!window.findChild<QrPicture *>()->isVisibleTo(&window));
        QVERIFY(allText(window).contains(u"The server is not running"_s));
        const auto actions = window.actions();
        QVERIFY(!actions.first()->isEnabled());
    }

    void copiesTheLink()
    {
        ShareWindow window;
        window.setServer(ServerState::Running, everywhere);
        window.actions().constFirst()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://192.168.1.20:8080/"_s);
        for (const QAction *action : window.actions())
            QVERIFY(!action->shortcut().isEmpty());
    }

    void showsTheFingerprintWhereBrowsersWarn_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::addColumn<bool>("selfSigned");
        QTest::addColumn<QString>("publicUrl");
        QTest::addColumn<bool>("shown");
        QTest::newRow("self-signed") << true << true << QString() << true;
        QTest::newRow("somebody signed it") << true << false << QString() << false;
        QTest::newRow("plain") << false << false << QString() << false;
        QTest::newRow("the proxy has another") << true << true << u"https://play.example.org"_s << false;
    }
    void showsTheFingerprintWhereBrowsersWarn()
    {
        QFETCH(bool, secure);
        QFETCH(bool, selfSigned);
        QFETCH(QString, publicUrl);
        QFETCH(bool, shown);
        const QByteArray fingerprint = QByteArray(32, '\xAB').toHex(':').toUpper();
        ListenInfo info = everywhere;
        info.secure = secure;
        info.selfSigned = selfSigned;
        info.publicUrl = publicUrl;
        info.fingerprint = secure ? fingerprint : QByteArray();
        ShareWindow window;
        window.setServer(ServerState::Running, info);
        const QString text = allText(window).remove(u'\n');
        QCOMPARE(text.count(u"AB:AB:AB:AB"_s) > 0, shown);
        QCOMPARE(text.contains(u"warn"_s), shown);
        QGuiApplication::clipboard()->setText(u"before"_s);
        for (QAction *action : window.actions()) {
            if (action->text().contains(u"fingerprint"_s))
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), shown ? QString::fromLatin1(fingerprint) : u"before"_s);
        window.setServer(ServerState::Stopped, info);
        QVERIFY(!allText(window).contains(u"AB:AB"_s));
    }

    void theEmptyPlaceHasACodeToo_data()
    {
        QTest::addColumn<QString>("bind");
        QTest::addColumn<ServerState>("state");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("who");
        QTest::newRow("everywhere") << QString() << ServerState::Running << u"http://192.168.1.20:8080/"_s
                                    << u"Others join with one of these:"_s;
        // A phone would look for the server on itself.
        QTest::newRow("this computer only") << u"127.0.0.1"_s << ServerState::Running << QString()
                                            << u"Only this computer can join, with one of these:"_s;
        QTest::newRow("link-local")
            << u"169.254.7.7"_s << ServerState::Running << QString()
            << u"Phones can not join; computers on the same cable or Wi-Fi can, with one of these:"_s;
        QTest::newRow("stopped") << QString() << ServerState::Stopped << QString() << u"The server is stopped"_s;
    }
    void theEmptyPlaceHasACodeToo()
    {
        QFETCH(QString, bind);
        QFETCH(ServerState, state);
        QFETCH(QString, code);
        JoinPanel join;
        join.setState(state, {8080, bind, everywhere.lanAddresses}, {});
        const auto *picture = join.findChild<QrPicture *>();
        QCOMPARE(picture->isVisibleTo(&join), !code.isEmpty());
        if (!code.isEmpty())
            QCOMPARE(picture->text(), code);
        QFETCH(QString, who);
        QVERIFY2(allText(join).contains(who + u'\n'), qPrintable(allText(join)));
    }
};

QTEST_MAIN(TestShareWindow)
#include "tst_sharewindow.moc"
