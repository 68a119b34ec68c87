// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <variant>
#include <vector>

namespace glasshouse {

/// Some of the numbers 0 to 65,535, added rising: as runs, as a list or as a bitmap, whichever takes the least memory. A value.
class RowChunk
{
public:
    static constexpr quint32 span = 1U << 16;
    /// Of what it holds, but for what a vector has to spare while it grows.
    static constexpr qsizetype mostBytes = span / 8 + span / 512 * 2;

    /// [first, end), all of them above what was added before.
    void append(quint32 first, quint32 end);
    /// Takes the form that needs the least, and no more than it needs: nothing is added for now.
    void pack();

    [[nodiscard]] quint32 count() const { return m_count; }
    [[nodiscard]] bool contains(quint32 number) const;
    /// How many are lower than `number`, which may be `span`.
    [[nodiscard]] quint32 rank(quint32 number) const;
    /// The one with so many lower ones; there is one.
    [[nodiscard]] quint32 at(quint32 index) const;
    /// The end of the run that `number`, which is in it, belongs to.
    [[nodiscard]] quint32 endOfRun(quint32 number) const;
    [[nodiscard]] qsizetype bytes() const;

private:
    struct Run
    {
        quint16 first = 0;
        quint16 last = 0;
        quint16 before = 0; ///< how many are lower than first
    };
    struct Bits
    {
        std::vector<quint64> words;
        std::vector<quint16> before; ///< how many are lower than each 512th number
    };
    using Runs = std::vector<Run>;
    using List = std::vector<quint16>;

    std::variant<Runs, List, Bits> m_form;
    quint32 m_count = 0;
    quint32 m_runCount = 0;
    quint32 m_end = 0; ///< one behind the last

    static void add(Runs &runs, quint32 first, quint32 end, quint32 count);
    static void add(List &list, quint32 first, quint32 end, quint32 count);
    static void add(Bits &bits, quint32 first, quint32 end, quint32 count);
    static quint32 rankIn(const Runs &runs, quint32 number);
    static quint32 rankIn(const List &list, quint32 number);
    static quint32 rankIn(const Bits &bits, quint32 number);
    static quint32 atIn(const Runs &runs, quint32 index);
    static quint32 atIn(const List &list, quint32 index) { return list[index]; }
    static quint32 atIn(const Bits &bits, quint32 index);
    void chooseForm();
    template <typename Form>
    void change();
};

} // namespace glasshouse
