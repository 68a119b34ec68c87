// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/appearance.h"

#include "ui/base/tints.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Shades
{
    QRgb window, base, alternate, text, button, hint, disabled, link, highlight, highlighted, tip;
};

constexpr Shades lightShades{0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xff1c1e21, 0xfff3f4f6, 0xff666a71,
                             0xff8f949b, 0xff0b5cad, 0xff2f6fd0, 0xffffffff, 0xffffffe6};
constexpr Shades darkShades{0xff26282c, 0xff1b1d20, 0xff212327, 0xffe6e7ea, 0xff33363b, 0xff9a9ea6,
                            0xff7c8087, 0xff78b7ff, 0xff2f5f9f, 0xffffffff, 0xff3a3d42};

QPalette paletteOf(const Shades &s)
{
    QPalette palette{QColor(s.button), QColor(s.window)};
    palette.setColor(QPalette::Window, s.window);
    palette.setColor(QPalette::WindowText, s.text);
    palette.setColor(QPalette::Base, s.base);
    palette.setColor(QPalette::AlternateBase, s.alternate);
    palette.setColor(QPalette::Text, s.text);
    palette.setColor(QPalette::ButtonText, s.text);
    palette.setColor(QPalette::PlaceholderText, s.hint);
    palette.setColor(QPalette::ToolTipBase, s.tip);
    palette.setColor(QPalette::ToolTipText, s.text);
    palette.setColor(QPalette::Link, s.link);
    palette.setColor(QPalette::Highlight, s.highlight);
    palette.setColor(QPalette::HighlightedText, s.highlighted);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, s.disabled);
    return palette;
}

/// Qt's own blue has 3.7 under white, and so have others. The hue stays.
QPalette withReadableSelection(QPalette palette)
{
    constexpr double least = 4.5;
    constexpr int percent = 103, steps = 60;
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        const QColor text = palette.color(group, QPalette::HighlightedText),
                     given = palette.color(group, QPalette::Highlight);
        const bool isBright = contrast(text, Qt::black) > contrast(text, Qt::white);
        QColor ground = given;
        for (int step = 0; step < steps && contrast(text, ground) < least; ++step)
            ground = isBright ? ground.darker(percent) : ground.lighter(percent);
        if (ground != given)
            palette.setColor(group, QPalette::Highlight, ground);
    }
    return palette;
}

} // namespace

AppearanceSwitch::AppearanceSwitch()
    : m_systemStyle(QApplication::style()->name()),
      m_systemPalette(withReadableSelection(QApplication::palette()))
{
    if (m_systemPalette != QApplication::palette())
        QApplication::setPalette(m_systemPalette);
}

void AppearanceSwitch::set(Appearance appearance)
{
    if (appearance == m_current)
        return;
    m_current = appearance;
    QApplication::setStyle(QStyleFactory::create(appearance == Appearance::System ? m_systemStyle : u"fusion"_s));
    switch (appearance) {
    case Appearance::System:
        QApplication::setPalette(m_systemPalette);
        break;
    case Appearance::Light:
        QApplication::setPalette(paletteOf(lightShades));
        break;
    case Appearance::Dark:
        QApplication::setPalette(paletteOf(darkShades));
        break;
    }
}

} // namespace glasshouse
