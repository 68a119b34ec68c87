// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

using FilterMode = MessagesModel::FilterMode;

void fill(MemorySource &source, int count)
{
    FrameRecord record;
    record.firstByte = 0x81;
    for (int i = 0; i < count; ++i)
        source.append(record,
                      i % 10 == 3 ? "{\"type\":\"chat\",\"data\":{\"text\":\"Ärger, Aerger\"}}"
                                  : "{\"type\":\"move\",\"data\":{}}");
}

CaptureFilter filterOf(const QString &words)
{
    CaptureFilter filter;
    filter.condition = Condition::read(words).value();
    return filter;
}

} // namespace

Q_DECLARE_METATYPE(glasshouse::MessagesModel::FilterMode)

/// What a model says of the rows that its filter means.
class TestMatches : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }

    void canBeSteppedThrough_data()
    {
        QTest::addColumn<FilterMode>("mode");
        QTest::newRow("hidden") << FilterMode::Hide;
        QTest::newRow("highlighted") << FilterMode::Highlight;
    }
    void canBeSteppedThrough()
    {
        QFETCH(FilterMode, mode);
        MemorySource source;
        MessagesModel model(&source);
        fill(source, 100);
        QTRY_COMPARE(model.rowCount(), 100);
        QVERIFY(!model.matchFrom(0) && !model.matchBefore(100) && !model.matchIndex(3));
        model.setFilter(filterOf(u"type == chat"_s), mode);
        QTRY_COMPARE(model.matches(), 10U);
        QCOMPARE(model.matchFrom(0), 3U);
        QCOMPARE(model.matchFrom(13), 13U);
        QCOMPARE(model.matchFrom(14), 23U);
        QVERIFY(!model.matchFrom(94));
        QCOMPARE(model.matchBefore(RowSet::noEnd), 93U);
        QCOMPARE(model.matchBefore(93), 83U);
        QVERIFY(!model.matchBefore(3));
        QCOMPARE(model.matchIndex(3), 0U);
        QCOMPARE(model.matchIndex(93), 9U);
        QVERIFY(!model.matchIndex(4));
    }

    void thoseThatAreOfferedNoMoreCount_data() { canBeSteppedThrough_data(); }
    void thoseThatAreOfferedNoMoreCount()
    {
        QFETCH(FilterMode, mode);
        MemorySource source;
        MessagesModel model(&source, nullptr, 40);
        fill(source, 1000);
        model.setFilter(filterOf(u"type == chat"_s), mode);
        QTRY_COMPARE(model.matches(), 100U);
        const auto first = model.matchFrom(0);
        QVERIFY(first && model.rowOf(*first) >= 0); // it can be selected
        QCOMPARE(model.matchIndex(*first), (*first - 3) / 10);
        QVERIFY(!model.matchBefore(*first));
        QCOMPARE(model.matchIndex(993), 99U);
    }

    void thoseThatWaitAreNotOffered()
    {
        MemorySource source;
        MessagesModel model(&source);
        fill(source, 100);
        QTRY_COMPARE(model.rowCount(), 100);
        model.setFilter(filterOf(u"type == chat"_s), FilterMode::Highlight);
        QTRY_COMPARE(model.matches(), 10U);
        model.setPaused(true);
        fill(source, 100);
        QTRY_COMPARE(model.waiting(), 100U);
        QVERIFY(!model.matchFrom(94));
        QCOMPARE(model.matchBefore(RowSet::noEnd), 93U);
    }

    void lieInStretches()
    {
        MemorySource source;
        MessagesModel model(&source);
        fill(source, 100);
        QTRY_COMPARE(model.rowCount(), 100);
        QCOMPARE(model.matchesIn(3), std::vector<bool>(3));
        model.setFilter(filterOf(u"number in (0, 55, 99)"_s), FilterMode::Highlight);
        QTRY_COMPARE(model.matches(), 3U);
        QCOMPARE(model.matchesIn(5), (std::vector<bool>{true, false, true, false, true}));
        const std::vector<bool> fine = model.matchesIn(300); // each row three of them
        QCOMPARE(std::count(fine.begin(), fine.end(), true), 9);
        QVERIFY(fine[2] && !fine[3] && fine[165] && fine[299]);
        QVERIFY(model.matchesIn(0).empty());
        QVERIFY(model.matchesIn(-1).empty());
    }

    void areMarkedInThePreview_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<TextMarks>("marks");
        const int text = int(u"{\"type\":\"chat\",\"data\":{\"text\":\""_s.size());
        QTest::newRow("text") << u"text contains \"aer\""_s << TextMarks{{text + 7, 3}};
        QTest::newRow("beyond ASCII") << u"\"ärger\""_s << TextMarks{{text, 5}};
        QTest::newRow("expression") << u"text ~ /.rger/"_s << TextMarks{{text, 5}, {text + 8, 5}};
        QTest::newRow("of a value") << u"data.text contains ärg"_s << TextMarks{{text, 3}};
        QTest::newRow("without a length") << u"text ~ /x*/"_s << TextMarks{{text - 5, 1}};
        QTest::newRow("what must not be there") << u"type == chat && not \"xyz\""_s << TextMarks{};
        QTest::newRow("one or the other") << u"\"chat\" || \"nothing\""_s << TextMarks{{9, 4}};
        QTest::newRow("columns") << u"type == chat"_s << TextMarks{};
    }
    void areMarkedInThePreview()
    {
        QFETCH(QString, words);
        QFETCH(TextMarks, marks);
        MemorySource source;
        MessagesModel model(&source);
        fill(source, 4);
        QTRY_COMPARE(model.rowCount(), 4);
        model.setFilter(filterOf(words), FilterMode::Highlight);
        const auto marksIn = [&model](int column) { return model.index(3, column).data(MarksRole).value<TextMarks>(); };
        QCOMPARE(marksIn(MessagesModel::Preview), marks);
        QCOMPARE(marksIn(MessagesModel::Type), TextMarks());
        model.setFilter({}, FilterMode::Highlight);
        QCOMPARE(marksIn(MessagesModel::Preview), TextMarks());
    }
};

QTEST_MAIN(TestMatches)
#include "tst_matches.moc"
