// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/sampler.h"

#include "server/capture/capturestore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSampler final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesOnceBehindWhatWasRecorded();
    void writesNothingWhereOnlyTheProcessorTrembles();
    void writesTheLastOneAtTheEnd();
    void looksAtNothingWithoutACapture();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<Recorder> m_recorder;
    Sample m_now;
    int m_looks = 0;

    [[nodiscard]] std::unique_ptr<Sampler> sampler(Recorder &recorder, int intervalMs = 1);
    [[nodiscard]] QList<Sample> samples() const;
    void note() { m_recorder->event({}, EventKind::Note, "{}"); }
};

void TestSampler::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_directory->path()}));
    m_recorder = std::make_unique<Recorder>(m_store.get());
    m_now = {};
    m_looks = 0;
}

std::unique_ptr<Sampler> TestSampler::sampler(Recorder &recorder, int intervalMs)
{
    auto made = std::make_unique<Sampler>(
        recorder,
        [this] {
            ++m_looks;
            return m_now;
        },
        intervalMs);
    recorder.setPendingCallback([sampler = made.get()] { sampler->wake(); });
    return made;
}

QList<Sample> TestSampler::samples() const
{
    QList<Sample> found;
    const QList<CapturedRow> rows = m_store->read(0, 100);
    for (const CapturedRow &row : rows) {
        if (row.isEvent() && row.eventKind() == EventKind::Sample)
            found.append(sampleFromJson(row.payload));
    }
    return found;
}

void TestSampler::writesOnceBehindWhatWasRecorded()
{
    const auto made = sampler(*m_recorder);
    for (quint64 i = 1; i <= 3; ++i) {
        m_now.totals.messagesIn = i;
        note();
        QTRY_COMPARE(samples().size(), qsizetype(i));
        QCOMPARE(samples().last().totals.messagesIn, i);
        QCOMPARE(m_store->stats().endRow, 2 * i); // its own row is no reason for the next one
    }
    QCOMPARE(m_looks, 3);
}

void TestSampler::writesNothingWhereOnlyTheProcessorTrembles()
{
    const auto made = sampler(*m_recorder);
    m_now.totals.open = 1;
    note();
    QTRY_COMPARE(samples().size(), 1);
    m_now.totals.networkBusy = 0.5;
    note();
    QTRY_COMPARE(m_looks, 2);
    QCOMPARE(samples().size(), 1);
    m_now.totals.open = 2;
    m_recorder->flush();
    note();
    QTRY_COMPARE(samples().size(), 2);
    QCOMPARE(samples().last().totals.networkBusy, 0.5);
}

void TestSampler::writesTheLastOneAtTheEnd()
{
    const auto made = sampler(*m_recorder, 3'600'000);
    m_now.totals.open = 1;
    made->finish();
    QCOMPARE(samples().size(), 0); // nothing was recorded
    note();
    made->finish();
    QCOMPARE(samples().size(), 1);
}

void TestSampler::looksAtNothingWithoutACapture()
{
    Recorder off(nullptr);
    const auto made = sampler(off, 3'600'000);
    made->wake();
    made->finish();
    QCOMPARE(m_looks, 0);
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
