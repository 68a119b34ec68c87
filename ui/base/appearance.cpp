// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/appearance.h"

#include "ui/base/tints.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

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

/// A style as it is, but for one thing: a tool button that is checked has a line around it and a ground of its own. Styles make it a
/// shade darker than the others, which nobody sees in a dark window.
class ToggleStyle final : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle; // takes a style over

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element != PE_PanelButtonTool || (option->state & State_On) == 0)
            return QProxyStyle::drawPrimitive(element, option, painter, widget);
        constexpr qreal radius = 2.5;
        const QColor line = tint(Tint::Incoming); // can be seen on the window, light and dark
        QColor ground = line;
        ground.setAlphaF(strengthOf(option->state));
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if ((option->state & State_Enabled) == 0)
            painter->setOpacity(0.5);
        painter->setPen(line);
        painter->setBrush(ground);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter->restore();
    }

private:
    static float strengthOf(State state)
    {
        if ((state & State_Sunken) != 0)
            return 0.3F;
        return (state & State_MouseOver) != 0 ? 0.25F : 0.18F;
    }
};

void setStyle(const QString &name) { QApplication::setStyle(new ToggleStyle(QStyleFactory::create(name))); }

} // namespace

AppearanceSwitch::AppearanceSwitch()
    : m_systemStyle(QApplication::style()->name()),
      m_systemPalette(withReadableSelection(QApplication::palette()))
{
    setStyle(m_systemStyle);
    if (m_systemPalette != QApplication::palette())
        QApplication::setPalette(m_systemPalette);
}

void AppearanceSwitch::set(Appearance appearance)
{
    if (appearance == m_current)
        return;
    m_current = appearance;
    setStyle(appearance == Appearance::System ? m_systemStyle : u"fusion"_s);
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
