// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/streams/lineinput.h"

#include <QByteArray>
#include <memory>

namespace glasshouse {

/// Lines of standard input: from a pipe, a file or a terminal. Their breaks are LF or CR LF; the last one may have none.
class StandardInput final : public LineInput
{
    Q_OBJECT
public:
    /// Longer lines end the input with failed().
    static constexpr qsizetype maxLine = 8 * 1024 * 1024;

    explicit StandardInput(int descriptor = 0, QObject *parent = nullptr);
    ~StandardInput() override;

    void setReading(bool on) override;
    [[nodiscard]] static bool isTerminal(int descriptor = 0);

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
