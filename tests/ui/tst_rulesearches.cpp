// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"

#include <QAbstractItemModelTester>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ColourRule rule(const QString &words, Tint ground, bool isOn = true)
{
    return {Condition::read(words).value(), ground, isOn};
}

} // namespace

/// Colours by who sat behind a connection, and by how long an answer took.
class TestRuleSearches final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<MemorySource> m_source;
    std::unique_ptr<MessagesModel> m_model;

    void sit(quint32 connection, const QString &name) const
    {
        FrameRecord record;
        record.firstByte = quint8(EventKind::SeatTaken);
        record.flags = RecordEvent;
        record.connection = connection;
        m_source->append(record, seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
    }
    void say(quint32 connection, const QByteArray &type) const
    {
        FrameRecord record;
        record.firstByte = 0x81;
        record.connection = connection;
        m_source->append(record, "{\"type\":\"" + type + "\"}");
    }
    [[nodiscard]] QVariant ground(int row) const
    {
        return m_model->data(m_model->index(row, MessagesModel::Preview), Qt::BackgroundRole);
    }

private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }
    void init()
    {
        m_source = std::make_unique<MemorySource>();
        m_model = std::make_unique<MessagesModel>(m_source.get());
        new QAbstractItemModelTester(m_model.get(), m_model.get());
        sit(1, u"Ada"_s);
        say(1, "move"); // row 1
        say(2, "move");
        say(1, "chat");
        QTRY_COMPARE(m_model->rowCount(), 4);
    }
    void cleanup()
    {
        m_model.reset();
        m_source.reset();
    }

    void aRuleMayAskHowLongAnAnswerTook()
    {
        m_source->append({.timeUs = 1'000, .connection = 1, .firstByte = 0x89}, "x");
        m_source->append({.timeUs = 52'300, .connection = 1, .firstByte = 0x8A, .answers = 1}, "x");
        QTRY_COMPARE(m_model->rowCount(), 6);
        m_model->setColours(ColourRules({rule(u"answer > 50 ms"_s, Tint::MarkedRed)}));
        QTRY_COMPARE(ground(5).value<QColor>(), tint(Tint::MarkedRed));
        QVERIFY(!ground(4).isValid());
    }

    void aRuleMayAskForAPlayer_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("player") << u"player == Ada && type == move"_s << QList{1};
        QTest::newRow("from") << u"from == Ada"_s << QList{1, 3};
        QTest::newRow("room") << u"room == main && type == chat"_s << QList{3};
        QTest::newRow("nobody") << u"player == Bob"_s << QList<int>();
    }
    void aRuleMayAskForAPlayer()
    {
        QFETCH(QString, words);
        QFETCH(QList<int>, rows);
        say(2, "end"); // row 4, which the search finds last: what it found before is known then
        QTRY_COMPARE(m_model->rowCount(), 5);
        const QString withEnd = u"(%1) || number == 4"_s.arg(words);
        m_model->setColours(ColourRules({rule(u"opcode == ping"_s, Tint::Marked), rule(withEnd, Tint::MarkedRed)}));
        QTRY_VERIFY(ground(4).isValid());
        const auto found = [&] {
            QList<int> coloured;
            for (int row = 1; row < 4; ++row) {
                if (ground(row).isValid())
                    coloured << row;
            }
            return coloured;
        };
        QCOMPARE(found(), rows);
        for (const int row : std::as_const(rows))
            QCOMPARE(ground(row).value<QColor>(), tint(Tint::MarkedRed));
    }

    void theFirstOneCountsWhoeverAnswersIt()
    {
        const ColourRule byRow = rule(u"type == chat"_s, Tint::MarkedBlue);
        const ColourRule byPlayer = rule(u"from == Ada"_s, Tint::MarkedRed);
        m_model->setColours(ColourRules({byPlayer, byRow}));
        QTRY_COMPARE(ground(3).value<QColor>(), tint(Tint::MarkedRed));
        m_model->setColours(ColourRules({byRow, byPlayer}));
        QTRY_COMPARE(ground(1).value<QColor>(), tint(Tint::MarkedRed));
        QCOMPARE(ground(3).value<QColor>(), tint(Tint::MarkedBlue));
    }

    void followsWhatComes()
    {
        m_model->setColours(ColourRules({rule(u"from == Bob"_s, Tint::MarkedRed)}));
        sit(2, u"Bob"_s);
        say(2, "move");
        QTRY_COMPARE(m_model->rowCount(), 6);
        QTRY_COMPARE(ground(5).value<QColor>(), tint(Tint::MarkedRed));
        QVERIFY(!ground(2).isValid()); // he did not sit there yet
        m_source->clear();
        sit(7, u"Bob"_s);
        say(7, "move");
        QTRY_COMPARE(m_model->rowCount(), 2);
        QTRY_COMPARE(ground(1).value<QColor>(), tint(Tint::MarkedRed));
    }

    void whatIsOffOrGoneColoursNothing()
    {
        m_model->setColours(ColourRules({rule(u"from == Ada"_s, Tint::MarkedRed)}));
        QTRY_VERIFY(ground(1).isValid());
        const ColourRule other = rule(u"room == main && type == chat"_s, Tint::MarkedBlue);
        m_model->setColours(ColourRules({rule(u"from == Ada"_s, Tint::MarkedRed, false), other}));
        QTRY_COMPARE(ground(3).value<QColor>(), tint(Tint::MarkedBlue));
        QVERIFY(!ground(1).isValid());
        m_model->setColours(ColourRules({other}));
        QCOMPARE(ground(3).value<QColor>(), tint(Tint::MarkedBlue));
        QVERIFY(!ground(1).isValid());
        m_model->setColours(ColourRules());
        QVERIFY(!ground(3).isValid());
    }

    void whatWasFoundStaysWhenAnotherRuleChanges()
    {
        const QString words = u"from == Ada"_s;
        m_model->setColours(ColourRules({rule(words, Tint::MarkedRed)}));
        QTRY_COMPARE(ground(3).value<QColor>(), tint(Tint::MarkedRed));
        const ColourRule first = rule(u"player == Bob"_s, Tint::Marked);
        m_model->setColours(ColourRules({first, rule(words, Tint::MarkedGreen)})); // nothing has been searched since
        QCOMPARE(ground(1).value<QColor>(), tint(Tint::MarkedGreen));
        QCOMPARE(ground(3).value<QColor>(), tint(Tint::MarkedGreen));
    }

    void theyLeaveTheThreadsOfOthersAlone()
    {
        QThreadPool *others = QThreadPool::globalInstance();
        QSemaphore end;
        for (int thread = 0; thread < others->maxThreadCount(); ++thread)
            others->start([&end] { end.acquire(); });
        m_model->setColours(ColourRules({rule(u"from == Ada"_s, Tint::MarkedRed)}));
        const bool isFound = QTest::qWaitFor([this] { return ground(1).isValid(); });
        end.release(others->maxThreadCount());
        others->waitForDone();
        QVERIFY(isFound);
    }
};

QTEST_MAIN(TestRuleSearches)
#include "tst_rulesearches.moc"
