// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <memory>

namespace glasshouse {

/// Lines of standard input, read without holding the event loop up: from a pipe, a file or a terminal. Nothing is read ahead
/// while reading is off, so who writes faster than the lines are used is slowed down. Begins with reading off. Lives on the
/// caller's thread.
class StandardInput final : public QObject
{
    Q_OBJECT
public:
    /// Longer lines end the input with failed().
    static constexpr qsizetype maxLine = 8 * 1024 * 1024;

    explicit StandardInput(int descriptor = 0, QObject *parent = nullptr);
    ~StandardInput() override;

    /// Off: no signal comes from now on, even inside of one.
    void setReading(bool on);
    [[nodiscard]] static bool isTerminal(int descriptor = 0);

signals:
    /// Without its line break (LF or CR LF). The last one may have none.
    void line(const QByteArray &text);
    /// No more comes.
    void ended();
    /// Nor here. In words for people.
    void failed(const QString &why);

private:
    /// Reads for it; differs by system.
    class Source;
    std::unique_ptr<Source> m_source;
    QByteArray m_bytes; ///< not told yet
    qsizetype m_searched = 0;
    bool m_reading = false;
    bool m_sourceEnded = false;
    bool m_over = false;

    void take(const QByteArray &bytes); ///< empty: the end
    void tell();
    void tellLines();
};

} // namespace glasshouse
