// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/contentpage.h"
#include "ui/details/messagedetails.h"
#include "ui/details/messagerelatives.h"
#include "ui/details/relatedline.h"
#include "ui/details/wholemessage.h"
#include "ui/models/memorysource.h"

#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const std::atomic<bool> never = false;

FrameRecord frame(quint8 firstByte, const QByteArray &payload, quint8 flags = 0, quint32 connection = 1)
{
    return {.connection = connection, .wireLength = quint32(payload.size()), .firstByte = firstByte, .flags = flags};
}

template <typename Rows>
void append(Rows &rows, quint8 firstByte, const QByteArray &payload, quint8 flags = 0, quint32 connection = 1)
{
    rows.append(frame(firstByte, payload, flags, connection), payload);
}

/// Row 0 to 5: a message of three frames, and what came between them.
template <typename Rows>
void appendMessage(Rows &rows)
{
    append(rows, 0x01, "{\"type\":\"auth\",\"data\":{\"x\":3,");
    append(rows, 0x89, "ping");
    append(rows, 0x00, "\"token\":\"can");
    append(rows, 0x00, "of another", 0, 2);
    append(rows, 0x80, "the other way", RecordOut);
    append(rows, 0x80, "ary\"}}");
}

WholeMessage whole(const MemoryRows &rows, quint64 number, quint64 first)
{
    return wholeMessage(rows.read(number, 1).first(), first, rows, never).value_or(WholeMessage());
}

} // namespace

class TestWholeMessage final : public QObject
{
    Q_OBJECT
private slots:
    void putsFramesTogether_data()
    {
        QTest::addColumn<int>("number");
        for (const int number : {0, 2, 5})
            QTest::addRow("%d", number) << number;
    }
    void putsFramesTogether()
    {
        QFETCH(int, number);
        MemoryRows rows;
        appendMessage(rows);
        append(rows, 0x81, "the next one");
        const WholeMessage found = whole(rows, quint64(number), 0);
        const QByteArray expected = "{\"type\":\"auth\",\"data\":{\"x\":3,\"token\":\"canary\"}}";
        QCOMPARE(found.row.payload, expected);
        QCOMPARE(found.row.record.firstByte, quint8(0x81));
        QCOMPARE(found.row.record.wireLength, quint32(expected.size()));
        QCOMPARE(found.row.number, quint64(number));
        QCOMPARE(found.row.type().toByteArray(), QByteArray("auth"));
        QCOMPARE(found.frames, 3);
        QVERIFY(!found.isCut && found.isKept);
        QVERIFY2(!found.safe.payload.contains("canary"), found.safe.payload.constData());
        QVERIFY(found.safe.payload.contains("\"x\":3"));
    }

    void tellsWhatWasNotKept()
    {
        MemoryRows rows;
        append(rows, 0x02, "a");
        append(rows, 0x00, {}, RecordPayloadOmitted);
        append(rows, 0x80, "c");
        const WholeMessage found = whole(rows, 1, 0);
        QCOMPARE(found.row.payload, QByteArray("ac"));
        QVERIFY(!found.isKept);
        QCOMPARE(found.row.record.flags & RecordPayloadOmitted, 0);
        QCOMPARE(found.row.record.firstByte, quint8(0x82));
    }

    void hasBounds()
    {
        MemoryRows rows;
        rows.setBounds(1'000'000, 1LL << 30);
        append(rows, 0x02, QByteArray(1024 * 1024, 'x'));
        for (int i = 0; i < 20; ++i)
            append(rows, i == 19 ? 0x80 : 0x00, QByteArray(1024 * 1024, 'x'));
        const WholeMessage large = whole(rows, 0, 0);
        QCOMPARE(large.row.payload.size(), WholeMessage::mostBytes);
        QVERIFY(large.isCut);
        MemoryRows many;
        many.setBounds(1'000'000, 1LL << 30);
        for (int i = 0; i < WholeMessage::mostFrames + 10; ++i)
            append(many, i == 0 ? 0x02 : 0x00, "x");
        const WholeMessage cut = whole(many, 5, 0);
        QCOMPARE(cut.frames, WholeMessage::mostFrames);
        QVERIFY(cut.isCut);
        const std::atomic<bool> stop = true;
        QVERIFY(!wholeMessage(many.read(5, 1).first(), 0, many, stop));
    }

    void tellsWhereItStopped()
    {
        MemoryRows rows;
        rows.setBounds(2'000'000, 1LL << 30);
        append(rows, 0x01, "a");
        for (quint64 i = 1; i < WholeMessage::mostRows; ++i)
            append(rows, 0x82, "x", 0, 2);
        QVERIFY(!whole(rows, 0, 0).isCut); // its end may come yet
        QVERIFY(!relativesOf(rows.read(0, 1).first(), rows, never).fragments->isCut);
        append(rows, 0x80, "b");
        QVERIFY(whole(rows, 0, 0).isCut);
        const auto fragments = relativesOf(rows.read(0, 1).first(), rows, never).fragments;
        QVERIFY(fragments->isCut && !fragments->isWhole);
        QCOMPARE(fragments->count, 1);
    }

    void showsItInTheDetails()
    {
        MemorySource source;
        appendMessage(source);
        MessageDetails details;
        details.setSource(&source);
        details.setVisible(true);
        details.setCurrentPage(2); // raw
        details.show(*source.row(2));
        auto *line = details.findChild<RelatedLine *>();
        QTRY_VERIFY(line->isVisible());
        QVERIFY2(line->text().contains(u"Fragment 2 of 3"_s) && line->text().contains(u"message of 3 frames, "_s),
                 qPrintable(line->text()));
        QCOMPARE(details.pageText(), u"\"token\":\"can"_s);
        QSignalSpy filters(&details, &MessageDetails::menuFilled);
        auto *content = details.findChild<ContentPage *>();
        emit content->menuFilled(nullptr, JsonPath());
        QCOMPARE(filters.size(), 1);
        emit line->linkActivated(u"whole"_s);
        QTRY_VERIFY2(details.pageText().endsWith(u"canary\"}}"_s), qPrintable(details.pageText()));
        emit content->menuFilled(nullptr, JsonPath());
        QCOMPARE(filters.size(), 1); // a condition would not find the message
        QVERIFY(line->text().contains(u"href=\"frame\""_s) && !line->text().contains(u"href=\"whole\""_s));
        details.setCurrentPage(0); // the tree
        QVERIFY(details.pageText().startsWith(u"{\"type\":\"auth\""_s));
        emit line->linkActivated(u"frame"_s);
        details.setCurrentPage(2);
        QCOMPARE(details.pageText(), u"\"token\":\"can"_s);
        emit line->linkActivated(u"whole"_s);
        QTRY_VERIFY(details.pageText().contains(u"canary"_s));
        details.show(*source.row(0)); // another one shows as it is
        QVERIFY(!details.pageText().contains(u"canary"_s));
        details.clear();
        QVERIFY(details.pageText().isEmpty());
    }
};

QTEST_MAIN(TestWholeMessage)
#include "tst_wholemessage.moc"
