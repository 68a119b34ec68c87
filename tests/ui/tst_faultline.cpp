// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/base/tints.h"

#include <QApplication>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFaultLine : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    [[nodiscard]] QLabel *line() const { return m_log->panel.findChild<QLabel *>(u"fault"_s); }
    [[nodiscard]] QRect within(const QWidget *widget) const
    {
        return {widget->mapTo(&m_log->panel, QPoint()), widget->size()};
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void movesNothing_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("short") << u"type =="_s;
        QTest::newRow("long") << u"/"_s + QString(1001, u'x') + u"/"_s;
        QTest::newRow("wider than the log") << QString(200, u'W') + u" == 3"_s;
    }
    void movesNothing()
    {
        QFETCH(QString, words);
        const QRect log = within(m_log->panel.view()), field = within(m_log->field());
        m_log->field()->setText(words);
        QVERIFY(line()->isVisible());
        QCoreApplication::processEvents(); // what is laid out anew is by now
        QCOMPARE(within(m_log->panel.view()), log);
        QCOMPARE(within(m_log->field()), field);
        QVERIFY(!within(line()).intersects(field));
        QVERIFY(m_log->panel.rect().contains(within(line())));
        QVERIFY(line()->height() >= line()->heightForWidth(line()->width()));
        QCOMPARE(within(line()).left(), field.left());
        m_log->field()->setText(u"type == chat"_s);
        QVERIFY(!line()->isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(within(m_log->panel.view()), log);
    }

    void staysUnderItsField()
    {
        m_log->field()->setText(QString(120, u'W') + u" == 3"_s);
        for (const int width : {700, 1600}) {
            m_log->panel.resize(width, 500);
            QTRY_COMPARE(within(line()).topLeft(), within(m_log->field()).bottomLeft() + QPoint(0, 1));
            QTRY_VERIFY(m_log->panel.rect().contains(within(line())));
        }
    }

    void liesOnTop()
    {
        m_log->field()->setText(u"type =="_s);
        QCOMPARE(m_log->panel.childAt(within(line()).center()), line());
    }

    void isReadAloud()
    {
        m_log->field()->setText(u"type =="_s);
        QVERIFY(!line()->text().isEmpty());
        QCOMPARE(m_log->field()->accessibleDescription(), line()->text());
        QTRY_COMPARE(line()->accessibleName(), line()->text());
        QCOMPARE(line()->textFormat(), Qt::PlainText);
    }

    void aClickLeadsBack()
    {
        m_log->field()->setText(u"type =="_s);
        m_log->panel.view()->setFocus();
        QTest::mouseClick(line(), Qt::LeftButton);
        QVERIFY(m_log->field()->hasFocus());
        QVERIFY(line()->isVisible());
    }

    void keepsItsColourInAnotherPalette()
    {
        m_log->field()->setText(u"type =="_s);
        const QPalette before = QApplication::palette();
        QPalette dark(QColor(0x26, 0x28, 0x2c));
        dark.setColor(QPalette::Base, QColor(0x1b, 0x1d, 0x20));
        QApplication::setPalette(dark);
        QTRY_COMPARE(line()->palette().color(line()->foregroundRole()), tint(Tint::Bad));
        QVERIFY(contrast(line()->palette().color(line()->foregroundRole()),
                         line()->palette().color(line()->backgroundRole()))
                >= 4.5);
        QApplication::setPalette(before);
        QTRY_COMPARE(line()->palette().color(line()->foregroundRole()), tint(Tint::Bad));
    }
};

QTEST_MAIN(TestFaultLine)
#include "tst_faultline.moc"
