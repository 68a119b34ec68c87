// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/appearance.h"
#include "ui/base/tints.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace glasshouse;

namespace {

/// WCAG 2.1, 1 to 21.
double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
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
        QCOMPARE(QApplication::style()->name(), style);
    }

    void everythingCanBeRead_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("light") << int(Appearance::Light);
        QTest::newRow("dark") << int(Appearance::Dark);
    }
    void everythingCanBeRead()
    {
        QFETCH(int, appearance);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        const QPalette palette = QApplication::palette();
        QVERIFY(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::WindowText), palette.color(QPalette::Window)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
        for (const Tint name : {Tint::Good, Tint::Warning, Tint::Bad, Tint::Muted, Tint::Incoming, Tint::Outgoing})
            QVERIFY2(contrast(tint(name), palette.color(QPalette::Base)) >= 4.5, qPrintable(tint(name).name()));
        look.set(Appearance::System);
    }
};

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
