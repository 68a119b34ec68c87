// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
#include <optional>

class QColor;

namespace glasshouse {

/// Not yellow: so a log highlights what a filter finds.
enum class MarkColour : quint8 { Blue, Green, Red, Violet };
constexpr int markColourCount = 4;
/// "Blue", in the user's language.
[[nodiscard]] QString markColourName(MarkColour colour);
/// A background.
[[nodiscard]] QColor markColour(MarkColour colour);

struct Mark
{
    MarkColour colour = MarkColour::Blue;
    QString note{}; ///< one line
    bool operator==(const Mark &) const = default;
};

/// Which messages of a log somebody has marked, by their row numbers. In memory, for this run: a capture is a record of what went
/// over the wire, and nobody writes into it later. Lives on the GUI thread.
class MessageMarks final : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t most = 10'000;
    static constexpr int longestNote = 200; // characters

    using QObject::QObject;

    /// False: there are too many.
    bool set(quint64 number, const Mark &mark);
    void remove(quint64 number);
    void clear();
    [[nodiscard]] const Mark *find(quint64 number) const;
    [[nodiscard]] const std::map<quint64, Mark> &all() const { return m_marks; }

signals:
    void changed();

private:
    std::map<quint64, Mark> m_marks;
};

} // namespace glasshouse
