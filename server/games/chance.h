// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <random>

namespace glasshouse {

/// A game's chance. The engine is fixed by the C++ standard and the distributions are our own, because those of the standard
/// library differ between compilers: the same seed gives the same game everywhere.
class Chance
{
public:
    explicit Chance(quint64 seed) : m_engine(seed) { }

    /// 0 … `end` − 1, each as likely; `end` > 0.
    [[nodiscard]] quint64 below(quint64 end)
    {
        const quint64 limit = m_engine.max() - m_engine.max() % end; // above it the small numbers would come more often
        for (;;) {
            if (const quint64 drawn = m_engine(); drawn < limit)
                return drawn % end;
        }
    }
    /// In [0, 1), with 53 bits.
    [[nodiscard]] double unit() { return double(m_engine() >> 11) * 0x1p-53; }

private:
    std::mt19937_64 m_engine;
};

} // namespace glasshouse
