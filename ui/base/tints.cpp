// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tints.h"

#include <QGuiApplication>
#include <QPalette>
#include <cmath>

namespace glasshouse {

namespace {

struct Pair
{
    QRgb light, dark;
};

Pair pairOf(Tint tint)
{
    switch (tint) {
    case Tint::Good:
        return {0xff187533, 0xff57c46f};
    case Tint::Warning:
        return {0xff8a5a00, 0xffe0b04a};
    case Tint::Bad:
        return {0xffb3261e, 0xffff8078};
    case Tint::Incoming:
        return {0xff0b5cad, 0xff78b7ff};
    case Tint::Outgoing:
        return {0xff187533, 0xff6fd187};
    case Tint::Muted:
        return {0xff666a71, 0xff9a9ea6};
    case Tint::Dimmed:
        return {0xff8f949b, 0xff6c7077};
    case Tint::Marked:
        return {0xfffff5cc, 0xff40340c};
    case Tint::MarkedGreen:
        return {0xffdcf5e0, 0xff15391f};
    case Tint::MarkedBlue:
        return {0xffe0ecff, 0xff16304e};
    case Tint::MarkedRed:
        return {0xffffe6e4, 0xff4a1f1d};
    case Tint::MarkedViolet:
        return {0xfff3e6fb, 0xff3a2350};
    case Tint::Key:
        return {0xff7a2a8c, 0xffd7a0e6};
    case Tint::Text:
        return {0xff1a6b3c, 0xff8fd3a5};
    case Tint::Number:
        return {0xff0b5cad, 0xff8cc2ff};
    }
    Q_UNREACHABLE();
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

bool isDarkPalette()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QColor tint(Tint tint)
{
    const Pair pair = pairOf(tint);
    return QColor::fromRgb(isDarkPalette() ? pair.dark : pair.light);
}

} // namespace glasshouse
