// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logwatch.h"
#include "ui/models/memorysource.h"
#include "ui/panels/notifier.h"

#include <QAction>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWidget>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

CaptureFilter textFilter(const QString &text)
{
    CaptureFilter filter;
    filter.content = Expression::text(text).value();
    return filter;
}

} // namespace

class TestMessageWatch : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<MemorySource> m_source;

    void receive(const QByteArray &payload, qint64 beforeMs = 0)
    {
        FrameRecord record;
        record.firstByte = 0x81;
        record.timeUs = (QDateTime::currentMSecsSinceEpoch() - beforeMs) * 1000;
        m_source->append(record, payload);
    }

private slots:
    void init() { m_source = std::make_unique<MemorySource>(); }

    void countsWhatComesFromNowOn()
    {
        receive("hit, but before", 10'000);
        MessageWatch watch(m_source.get(), textFilter(u"hit"_s));
        receive("hit");
        receive("miss");
        QTRY_COMPARE(watch.count(), 1U);
        QCOMPARE(watch.newestRow(), std::optional(quint64(1)));
        receive("another hit");
        QTRY_COMPARE(watch.count(), 2U);
        QCOMPARE(watch.newestRow(), std::optional(quint64(3)));
    }

    void goesOnWithTheNextRun()
    {
        MessageWatch watch(m_source.get(), textFilter(u"hit"_s));
        receive("hit");
        QTRY_COMPARE(watch.count(), 1U);
        m_source->clear();
        QVERIFY(!watch.newestRow());
        receive("hit");
        QTRY_COMPARE(watch.count(), 2U);
        QVERIFY(watch.newestRow().has_value());
    }

    void theButtonLeadsToTheNewest()
    {
        QWidget window;
        LogWatch watch(
            m_source.get(), [] { return textFilter(u"hit"_s); }, &window);
        QSignalSpy wanted(&watch, &LogWatch::rowWanted);
        QSignalSpy attention(&watch, &LogWatch::attentionWanted);
        QVERIFY(watch.button()->isHidden());
        watch.action()->trigger();
        QVERIFY(watch.isOn() && !watch.button()->isHidden());
        watch.button()->click();
        QCOMPARE(wanted.size(), 0); // nothing came yet
        receive("hit");
        QTRY_COMPARE(watch.button()->text(), u"1"_s);
        QCOMPARE(attention.size(), 1);
        watch.button()->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toULongLong(), 0U);
        watch.action()->trigger();
        QVERIFY(!watch.isOn() && watch.button()->isHidden());
    }

    void withoutAFilterItWaitsForErrors()
    {
        QWidget window;
        LogWatch watch(
            m_source.get(), [] { return CaptureFilter(); }, &window);
        watch.action()->trigger();
        receive("{\"type\":\"chat\"}");
        receive("{\"type\":\"error\"}");
        QTRY_COMPARE(watch.button()->text(), u"1"_s);
        QVERIFY(watch.button()->toolTip().startsWith(u"Errors since"_s));
    }

    void aFloodIsOneNotification()
    {
        QWidget window; // not the active one
        Notifier notifier(&window);
        QSignalSpy told(&notifier, &Notifier::told);
        for (int i = 1; i <= 100; ++i)
            notifier.tell(QString::number(i));
        QCOMPARE(told.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, 10'000);
        QCOMPARE(told.last().first().toString(), u"100"_s);
    }

    void whoLooksIsNotTold()
    {
        QWidget window;
        Notifier notifier(&window);
        QSignalSpy told(&notifier, &Notifier::told);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        notifier.tell(u"seen"_s);
        QCOMPARE(told.size(), 0);
    }
};

QTEST_MAIN(TestMessageWatch)
#include "tst_messagewatch.moc"
