// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/appearance.h"
#include "ui/base/tints.h"
#include "ui/panels/tableview.h"

#include <QApplication>
#include <QProxyStyle>
#include <QStandardItemModel>
#include <QStyle>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Of a text on what `widget` has painted, where it is worst; frames are left out.
double worstContrast(QWidget &widget, const QRect &where, const QColor &text)
{
    const QImage picture = widget.grab(where).toImage();
    double worst = 21;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            worst = std::min(worst, contrast(text, picture.pixelColor(x, y)));
    }
    return worst;
}

QRect within(const QRect &rect)
{
    constexpr int frame = 4;
    return rect.adjusted(frame, frame, -frame, -frame);
}

void addAppearances()
{
    QTest::addColumn<int>("appearance");
    QTest::newRow("system") << int(Appearance::System);
    QTest::newRow("light") << int(Appearance::Light);
    QTest::newRow("dark") << int(Appearance::Dark);
}

} // namespace

class TestAppearance : public QObject
{
    Q_OBJECT
private slots:
    void goesToDarkAndBack()
    {
        const QPalette before = QApplication::palette();
        const QString style = QApplication::style()->name();
        AppearanceSwitch appearance;
        appearance.set(Appearance::Dark);
        QVERIFY(QApplication::palette().color(QPalette::Base).lightness() < 64);
        QCOMPARE(appearance.current(), Appearance::Dark);
        appearance.set(Appearance::Light);
        QVERIFY(QApplication::palette().color(QPalette::Base).lightness() > 192);
        appearance.set(Appearance::System);
        QCOMPARE(QApplication::palette().color(QPalette::Base), before.color(QPalette::Base));
        const auto *proxy = qobject_cast<const QProxyStyle *>(QApplication::style());
        QVERIFY(proxy != nullptr);
        QCOMPARE(proxy->baseStyle()->name(), style);
    }

    void knowsContrasts()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01); // W3C's own example
    }

    void everythingCanBeRead_data() { addAppearances(); }
    void everythingCanBeRead()
    {
        QFETCH(int, appearance);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        const QPalette palette = QApplication::palette();
        QVERIFY(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::WindowText), palette.color(QPalette::Window)) >= 7);
        for (const auto group : {QPalette::Active, QPalette::Inactive})
            QVERIFY(contrast(palette.color(group, QPalette::HighlightedText), palette.color(group, QPalette::Highlight))
                    >= 4.5);
        if (look.current() != Appearance::System) // that is the platform's
            QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        const QList<QColor> grounds{palette.color(QPalette::Base),   palette.color(QPalette::AlternateBase),
                                    palette.color(QPalette::Window), tint(Tint::Marked),
                                    tint(Tint::MarkedGreen),         tint(Tint::MarkedBlue),
                                    tint(Tint::MarkedRed),           tint(Tint::MarkedViolet)};
        for (const Tint name : {Tint::Good, Tint::Warning, Tint::Bad, Tint::Muted, Tint::Incoming, Tint::Outgoing,
                                Tint::Key, Tint::Text, Tint::Number}) {
            for (const QColor &ground : grounds)
                QVERIFY2(contrast(tint(name), ground) >= 4.5, qPrintable(tint(name).name() + u' ' + ground.name()));
        }
        QVERIFY(contrast(palette.color(QPalette::Text), tint(Tint::Marked)) >= 7);
        look.set(Appearance::System);
    }

    void whatIsSelectedCanBeRead_data() { addAppearances(); }
    void whatIsSelectedCanBeRead()
    {
        QFETCH(int, appearance);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        TableView table(u"Table"_s, {});
        QStandardItemModel model(1, 2);
        table.setModel(&model);
        table.show();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        for (const bool focused : {true, false}) {
            table.selectRow(0);
            focused ? table.setFocus() : table.clearFocus();
            const QRect row = within(table.visualRect(model.index(0, 0)));
            const double worst =
                worstContrast(*table.viewport(), row, table.palette().color(QPalette::HighlightedText));
            QVERIFY2(worst >= 4.5, qPrintable(QString::number(worst)));
        }
        table.hide();
        look.set(Appearance::System);
    }

    void whatIsCheckedCanBeRead_data() { addAppearances(); }
    void whatIsCheckedCanBeRead()
    {
        QFETCH(int, appearance);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        for (const bool raised : {true, false}) { // in the bar of a log; with a frame
            QToolButton button;
            button.setCheckable(true);
            button.setChecked(true);
            button.setAutoRaise(raised);
            button.resize(80, 30);
            const double worst =
                worstContrast(button, within(button.rect()), button.palette().color(QPalette::ButtonText));
            QVERIFY2(worst >= 4.5, qPrintable(QString::number(worst)));
        }
        look.set(Appearance::System);
    }

    /// The line around it, against the ground of the same button that is not, and against the window beside it.
    void whatIsCheckedCanBeTold_data() { addAppearances(); }
    void whatIsCheckedCanBeTold()
    {
        QFETCH(int, appearance);
        constexpr double least = 3; // WCAG 2.1, 1.4.11
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        for (const bool raised : {true, false}) {
            QToolButton button;
            button.setCheckable(true);
            button.setAutoRaise(raised);
            button.resize(80, 30);
            const QImage before = button.grab().toImage();
            const QColor ground = before.pixelColor(before.rect().center());
            button.setChecked(true);
            const QImage after = button.grab().toImage();
            const QColor window = button.palette().color(QPalette::Window);
            constexpr int corner = 4;
            for (int x = corner; x < after.width() - corner; ++x) {
                for (const int y : {0, after.height() - 1}) {
                    const QColor line = after.pixelColor(x, y);
                    QVERIFY2(contrast(line, ground) >= least, qPrintable(line.name()));
                    QVERIFY2(contrast(line, window) >= least, qPrintable(line.name()));
                }
            }
        }
        look.set(Appearance::System);
    }
};

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
