// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Tells a reset from an ordinary end of the stream. QTcpSocket reports both alike and closes its descriptor before it
/// says so; a second descriptor still knows. Where there is no such thing (Windows), nothing counts as a reset.
class ResetWitness
{
public:
    ResetWitness() = default;
    ~ResetWitness() { dismiss(); }
    Q_DISABLE_COPY_MOVE(ResetWitness)

    void watch(qintptr socket);
    [[nodiscard]] bool sawReset() const;
    /// Must be called before the stream is to end from this side.
    void dismiss();

private:
    int m_descriptor = -1;
};

} // namespace glasshouse
