// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/limitlevels.h"

#include <QLocale>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestLimitLevels final : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] static LimitLevel named(const ConnectionLevels &levels, const QString &name)
    {
        const QList<LimitLevel> all = limitLevels(levels);
        for (const LimitLevel &level : all) {
            if (level.name == name)
                return level;
        }
        return {};
    }
    [[nodiscard]] static ConnectionLevels busy()
    {
        ConnectionLevels levels;
        levels.messages = 90.4;
        levels.bytes = 65'536;
        levels.byteBurst = 131'072;
        levels.controlFrames = 50;
        levels.queuedBytes = 2 * 1024 * 1024;
        levels.biggestMessage = 1'024;
        levels.badInARow = 5;
        levels.midwayMs = 2'500;
        levels.nextPingMs = 5'000;
        levels.pongMs = 10'000;
        levels.ofAddress = 32;
        levels.players = 16;
        levels.connections = 100;
        levels.rooms = 10;
        return levels;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysEachLimit_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("share");
        const auto row = [](const char *name, const char *text, double share) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromUtf8(text) << share;
        };
        row("Messages at once", "90 of 300", 90.4 / 300);
        row("Bytes at once", "64.0 KiB of 128.0 KiB", 0.5);
        row("Control frames", "50 of 50", 1);
        row("Waiting to be sent", "2.0 MiB of 1.0 MiB", 2);
        row("Biggest message", "1.0 KiB of 64.0 KiB", 1.0 / 64);
        row("Message under way", "2.5 s of 10.0 s", 0.25);
        row("Bad messages in a row", "5 of 20", 0.25);
        row("Next ping", "in 5.0 s of 25.0 s", 0.8);
        row("Answer to a ping", "10.0 s of 20.0 s", 0.5);
        row("Connections of its address", "32 of 64", 0.5);
        row("Players in its room", "16 of 64", 0.25);
        row("Connections, all", "100 of 10000", 0.01);
        row("Rooms, all", "10 of 1000", 0.01);
    }
    void saysEachLimit()
    {
        QFETCH(QString, name);
        const LimitLevel level = named(busy(), name);
        QTEST(level.text, "text");
        QTEST(level.share, "share");
        QVERIFY(!level.tip.isEmpty());
    }

    void saysWhatHasNoLimit()
    {
        ConnectionLevels levels = busy();
        levels.limits = {.messageBytes = 0, .messageSeconds = 0, .messageRate = 0, .byteRate = 0, .queueBytes = 0};
        levels.limits.heartbeatSeconds = 0;
        levels.limits.pongSeconds = 0;
        levels.byteBurst = 0;
        for (const QString &name : {u"Messages at once"_s, u"Bytes at once"_s, u"Waiting to be sent"_s,
                                    u"Biggest message"_s, u"Message under way"_s, u"Next ping"_s}) {
            const LimitLevel level = named(levels, name);
            QVERIFY2(!level.text.isEmpty() && !level.text.contains(u" of "), qPrintable(level.text));
            QCOMPARE(level.share, -1.0);
        }
    }

    void alwaysHasTheSameLines()
    {
        const QList<LimitLevel> some = limitLevels(busy());
        const QList<LimitLevel> none = limitLevels({});
        QCOMPARE(none.size(), some.size());
        for (qsizetype i = 0; i < none.size(); ++i)
            QCOMPARE(none[i].name, some[i].name);
    }

    void showsHeadsOfTheAddress()
    {
        ConnectionLevels levels = busy();
        levels.headsOfAddress = 4;
        QCOMPARE(named(levels, u"Half-open, of its address"_s).text, u"4 of 256"_s);
    }

    void aPingThatIsDueIsNoDanger()
    {
        QVERIFY(!named(busy(), u"Next ping"_s).isLow);
        QVERIFY(named(busy(), u"Answer to a ping"_s).isLow);
    }
};

QTEST_MAIN(TestLimitLevels)
#include "tst_limitlevels.moc"
