// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"
#include "ui/games/gamefaces.h"
#include "ui/panels/newroomdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

using Values = QVariantMap; // of fields, by option

QStringList kinds()
{
    QStringList kinds;
    for (const QByteArray &kind : builtInGames().kinds())
        kinds << QString::fromLatin1(kind);
    return kinds;
}

RoomInfo roomNamed(const QString &id, const QString &code)
{
    RoomInfo room;
    room.id = id;
    room.code = code;
    return room;
}

void fill(NewRoomDialog &dialog, const Values &values)
{
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (auto *number = dialog.findChild<QSpinBox *>(it.key()))
            number->setValue(it.value().toInt());
        else if (auto *choice = dialog.findChild<QComboBox *>(it.key()))
            choice->setCurrentIndex(choice->findData(it.value()));
        else
            QFAIL(qPrintable(it.key()));
    }
}

QPushButton *createButton(const NewRoomDialog &dialog)
{
    const auto buttons = dialog.findChild<QDialogButtonBox *>()->buttons();
    for (QAbstractButton *button : buttons) {
        if (button->text().contains(u"Open"_s))
            return qobject_cast<QPushButton *>(button);
    }
    return nullptr;
}

QString faultOf(const NewRoomDialog &dialog)
{
    QString faults;
    const auto labels = dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&dialog) && label->palette().color(QPalette::WindowText).red() > 150)
            faults += label->text();
    }
    return faults;
}

} // namespace

class TestNewRoomDialog : public QObject
{
    Q_OBJECT
private slots:
    void makesTheOptions_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Values>("values");
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("relay") << u"relay"_s << Values() << QByteArray();
        QTest::newRow("race left alone") << u"code-racer"_s << Values() << QByteArray();
        QTest::newRow("race") << u"code-racer"_s
                              << Values{{u"language"_s, u"rust"_s}, {u"length"_s, u"long"_s}, {u"secondsLimit"_s, 90}}
                              << QByteArray(R"({"language":"rust","length":"long","secondsLimit":90})");
        QTest::newRow("race, the least") << u"code-racer"_s
                                         << Values{{u"secondsLimit"_s, 20}, {u"countdownSeconds"_s, 1}}
                                         << QByteArray(R"({"countdownSeconds":1,"secondsLimit":20})");
        QTest::newRow("race, the most") << u"code-racer"_s
                                        << Values{{u"secondsLimit"_s, 9999}, {u"countdownSeconds"_s, 9999}}
                                        << QByteArray(R"({"countdownSeconds":10,"secondsLimit":600})");
        QTest::newRow("horses, the least")
            << u"horse-race"_s << Values{{u"betSeconds"_s, 5}, {u"horses"_s, 4}, {u"pauseSeconds"_s, 2}}
            << QByteArray(R"({"betSeconds":5,"horses":4,"pauseSeconds":2})");
        QTest::newRow("horses, the most")
            << u"horse-race"_s << Values{{u"betSeconds"_s, 9999}, {u"horses"_s, 9999}, {u"pauseSeconds"_s, 9999}}
            << QByteArray(R"({"betSeconds":120,"horses":10,"pauseSeconds":30})");
        QTest::newRow("below the least is left alone") << u"horse-race"_s << Values{{u"horses"_s, 0}} << QByteArray();
    }
    void makesTheOptions()
    {
        QFETCH(QString, kind);
        QFETCH(Values, values);
        QFETCH(QByteArray, options);
        NewRoomDialog dialog(kinds(), {});
        dialog.chooseGame(kind);
        fill(dialog, values);
        QCOMPARE(dialog.game(), kind);
        QCOMPARE(dialog.options(), options);
        const auto game = builtInGames().make(kind.toLatin1(), 1, dialog.options());
        QVERIFY2(game, game ? "" : game.error().text.constData());
    }

    void theGamesTakeEveryChoice_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        for (const QString &kind : kinds()) {
            for (const GameOption &option : gameFace(kind).options()) {
                for (const GameOption::Choice &choice : option.choices)
                    QTest::addRow("%s %s", qPrintable(option.key), qPrintable(choice.value))
                        << kind << option.key << choice.value;
            }
        }
    }
    void theGamesTakeEveryChoice()
    {
        QFETCH(QString, kind);
        QFETCH(QString, key);
        QFETCH(QString, value);
        NewRoomDialog dialog(kinds(), {});
        dialog.chooseGame(kind);
        fill(dialog, {{key, value}});
        QCOMPARE(QJsonDocument::fromJson(dialog.options())[key].toString(), value);
        QVERIFY(builtInGames().make(kind.toLatin1(), 1, dialog.options()));
    }

    void anotherGameHasOtherOptions()
    {
        NewRoomDialog dialog(kinds(), {});
        dialog.chooseGame(u"code-racer"_s);
        fill(dialog, {{u"secondsLimit"_s, 60}});
        dialog.chooseGame(u"horse-race"_s);
        QCOMPARE(dialog.options(), QByteArray());
        QVERIFY(dialog.findChild<QSpinBox *>(u"secondsLimit"_s) == nullptr);
        dialog.chooseGame(u"chess"_s);
        QCOMPARE(dialog.game(), u"horse-race"_s);
    }

    void opensAStrangersGame()
    {
        NewRoomDialog dialog({u"relay"_s, u"chess"_s}, {});
        QSignalSpy wanted(&dialog, &NewRoomDialog::createWanted);
        dialog.chooseGame(u"chess"_s);
        QCOMPARE(dialog.game(), u"chess"_s);
        QCOMPARE(dialog.findChild<QComboBox *>()->currentText(), u"chess"_s);
        QCOMPARE(dialog.options(), QByteArray());
        QTest::mouseClick(createButton(dialog), Qt::LeftButton);
        QCOMPARE(wanted.at(0), (QList<QVariant>{u"chess"_s, QString(), QByteArray()}));
    }

    void checksTheName_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("taken");
        QTest::addColumn<bool>("possible");
        QTest::newRow("none") << QString() << QString() << true;
        QTest::newRow("free") << u"My_room-2"_s << u"My_room-2"_s << true;
        QTest::newRow("taken") << u"main"_s << u"main"_s << false;
        QTest::newRow("somebody's code") << u"K7QF"_s << u"K7QF"_s << false;
        QTest::newRow("spaces do not come in") << u"my room"_s << u"myroom"_s << true;
        QTest::newRow("nor do others") << u"/.%?"_s << QString() << true;
        QTest::newRow("64 at most") << QString(70, u'a') << QString(64, u'a') << true;
    }
    void checksTheName()
    {
        QFETCH(QString, typed);
        QFETCH(bool, possible);
        NewRoomDialog dialog(kinds(), {roomNamed(u"main"_s, u"K7QF"_s)});
        QTest::keyClicks(dialog.findChild<QLineEdit *>(), typed);
        QTEST(dialog.id(), "taken");
        QCOMPARE(createButton(dialog)->isEnabled(), possible);
        QCOMPARE(faultOf(dialog).isEmpty(), possible);
    }

    void staysUntilTheRoomIsThere()
    {
        NewRoomDialog dialog(kinds(), {});
        QSignalSpy wanted(&dialog, &NewRoomDialog::createWanted);
        dialog.chooseGame(u"horse-race"_s);
        dialog.show();
        QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"derby"_s);
        fill(dialog, {{u"horses"_s, 8}});
        QTest::mouseClick(createButton(dialog), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0), (QList<QVariant>{u"horse-race"_s, u"derby"_s, QByteArray(R"({"horses":8})")}));
        QVERIFY(dialog.isVisible());
        QVERIFY(!createButton(dialog)->isEnabled()); // not twice
        dialog.showFailure(u"there are too many rooms"_s);
        QVERIFY(createButton(dialog)->isEnabled());
        QVERIFY(faultOf(dialog).contains(u"too many"_s));
    }

    void everyFieldIsExplained()
    {
        for (const QString &kind : kinds()) {
            NewRoomDialog dialog(kinds(), {});
            dialog.chooseGame(kind);
            QList<QWidget *> fields;
            for (QWidget *field : dialog.findChildren<QComboBox *>())
                fields << field;
            for (QWidget *field : dialog.findChildren<QSpinBox *>())
                fields << field;
            for (const QWidget *field : std::as_const(fields))
                QVERIFY2(!field->toolTip().isEmpty(), qPrintable(field->objectName()));
        }
    }
};

QTEST_MAIN(TestNewRoomDialog)
#include "tst_newroomdialog.moc"
