// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QString>

namespace glasshouse {

enum class Appearance : quint8 { System, Light, Dark };

/// Switches the whole program's look. System is the platform's style and palette, with a selection that can be read; Light and Dark
/// are Fusion with palettes of ours, because Qt 6.4 can not ask the platform for a colour scheme. In each, what is checked can be
/// seen. Lives with the application; GUI thread.
class AppearanceSwitch
{
public:
    AppearanceSwitch();
    void set(Appearance appearance);
    [[nodiscard]] Appearance current() const { return m_current; }

private:
    QString m_systemStyle;
    QPalette m_systemPalette;
    Appearance m_current = Appearance::System;
};

} // namespace glasshouse
