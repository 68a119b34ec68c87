// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace glasshouse {

/// Something that takes lines and says lines, until it is over. It knows no terminal, no file and no descriptor, and holds
/// nothing back: who can not write stops it from reading with setOutputFull(), and it stops the lines with linesWanted() while
/// they can not be sent on. Lives on the caller's thread.
class LineTalk : public QObject
{
    Q_OBJECT
public:
    enum class Tone : quint8 { Good, Bad };
    Q_ENUM(Tone)

    using QObject::QObject;

    virtual void start() = 0;
    /// Without its line break. Only while lines are wanted.
    virtual void takeLine(const QByteArray &line) = 0;
    /// No more lines come. `waits`: for what may come yet; otherwise it ends at once.
    virtual void endInput(bool waits) = 0;
    virtual void setOutputFull(bool full) = 0;
    /// The first time ends in order, the second at once. The exit code says so.
    virtual void interrupt() = 0;
    /// What is said can not be written, or what is typed not be read: ends it at once.
    virtual void fail(const QString &text) = 0;

signals:
    /// For standard output.
    void printed(const QByteArray &lines);
    /// For standard error: words without control characters.
    void said(const QString &text, glasshouse::LineTalk::Tone tone);
    void linesWanted(bool wanted);
    /// The last thing that it says. 0: in order; 1: it failed; 130: it was interrupted.
    void finished(int exitCode);
};

} // namespace glasshouse
