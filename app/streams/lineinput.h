// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

namespace glasshouse {

/// Lines from outside, read without holding the event loop up. Nothing is read ahead while reading is off, so who writes faster
/// than the lines are used is slowed down. Begins with reading off. Lives on the caller's thread.
class LineInput : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Off: no signal comes from now on, even inside of one.
    virtual void setReading(bool on) = 0;
    /// Writes something where what is typed may stand: it is taken away for that long.
    virtual void aside(const std::function<void()> &write) { write(); }

signals:
    /// Without its line break.
    void line(const QByteArray &text);
    /// No more comes.
    void ended();
    /// Nor here. In words for people.
    void failed(const QString &why);
};

} // namespace glasshouse
