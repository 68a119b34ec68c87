// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/lastframesmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

CapturedRow rowOf(Direction direction, Opcode opcode, const QByteArray &payload)
{
    CapturedRow row;
    row.record.firstByte = quint8(0x80 | quint8(opcode));
    row.record.flags = direction == Direction::Out ? RecordOut : RecordMasked;
    row.record.wireLength = quint32(payload.size());
    row.record.storedLength = row.record.wireLength;
    row.payload = payload;
    return row;
}

LastFrame frameOf(const CapturedRow &row, qint64 beforeEndMs)
{
    return {.direction = row.direction(),
            .opcode = row.opcode(),
            .size = row.record.wireLength,
            .beforeEndMs = beforeEndMs};
}

} // namespace

class TestLastFramesModel final : public QObject
{
    Q_OBJECT

private:
    LastFramesModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    [[nodiscard]] QString text(int row, LastFramesModel::Column column) const
    {
        return m_model.index(row, column).data().toString();
    }

private slots:
    void showsFramesWithoutACapture()
    {
        const CapturedRow ping = rowOf(Direction::Out, Opcode::Ping, "12345678");
        const CapturedRow hello = rowOf(Direction::In, Opcode::Text, "hello");
        m_model.show({frameOf(hello, 61'000), frameOf(ping, 20'000)}, {});
        QCOMPARE(m_model.rowCount(), 2);
        QVERIFY(text(0, LastFramesModel::Way).contains(u"in"));
        QCOMPARE(text(0, LastFramesModel::Kind), u"text"_s);
        QCOMPARE(text(0, LastFramesModel::Size), u"5 B"_s);
        QVERIFY(text(0, LastFramesModel::Before).startsWith(u"1 min"));
        QCOMPARE(text(0, LastFramesModel::Content), QString());
        QCOMPARE(text(1, LastFramesModel::Kind), u"ping"_s);
        m_model.clear();
        QCOMPARE(m_model.rowCount(), 0);
    }

    void showsContentsThatTheCaptureHas()
    {
        const QList<CapturedRow> rows{rowOf(Direction::In, Opcode::Text, "first"),
                                      rowOf(Direction::In, Opcode::Text, "third"),
                                      rowOf(Direction::Out, Opcode::Text, "answer")};
        m_model.show({frameOf(rows[1], 5), frameOf(rows[2], 4)}, rows);
        QCOMPARE(text(0, LastFramesModel::Content), u"third"_s);
        QCOMPARE(text(1, LastFramesModel::Content), u"answer"_s);
    }

    void hidesSecrets()
    {
        const CapturedRow row =
            rowOf(Direction::In, Opcode::Text, "{\"type\":\"auth\",\"data\":{\"token\":\"abracadabra\"}}");
        m_model.show({frameOf(row, 5)}, {row});
        QVERIFY(text(0, LastFramesModel::Content).contains(u"auth"));
        QVERIFY2(!text(0, LastFramesModel::Content).contains(u"abracadabra"),
                 qPrintable(text(0, LastFramesModel::Content)));
    }

    // The capture may have lost rows: nothing is better than another frame's contents.
    void showsNoContentsThatMayBeOfAnotherFrame()
    {
        const QList<CapturedRow> rows{rowOf(Direction::In, Opcode::Text, "old"),
                                      rowOf(Direction::Out, Opcode::Text, "answer")};
        const LastFrame lost{.direction = Direction::In, .opcode = 1, .size = 17};
        m_model.show({frameOf(rows[0], 6), lost, frameOf(rows[1], 4)}, rows);
        QCOMPARE(text(2, LastFramesModel::Content), u"answer"_s);
        QCOMPARE(text(1, LastFramesModel::Content), QString());
        QCOMPARE(text(0, LastFramesModel::Content), QString());
    }

    void saysWhatIsBroken()
    {
        m_model.show({{.direction = Direction::In, .opcode = 3, .broken = true, .size = 0}}, {});
        QCOMPARE(text(0, LastFramesModel::Kind), u"broken opcode 3"_s);
    }
};

QTEST_MAIN(TestLastFramesModel)
#include "tst_lastframesmodel.moc"
