// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <QMutex>
#include <QObject>
#include <functional>

namespace glasshouse {

/// What Qt and our own libraries complain about, in place of standard error: of any thread, told on that of this object. Without what
/// looks like a secret, and no faster than it is taken. One instance at a time.
class QtMessages final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostWaiting = 256;
    using Taker = std::function<void(LogLevel level, const QString &category, const QString &text)>;

    explicit QtMessages(Taker taker);
    ~QtMessages() override;

private:
    struct Message
    {
        LogLevel level = LogLevel::Info;
        QString category;
        QString text;
    };
    Taker m_taker;
    QtMessageHandler m_before = nullptr;
    QMutex m_mutex; ///< guards what is below
    QList<Message> m_waiting;
    qint64 m_leftOut = 0;

    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text);
    void add(Message message);
    void tell();
};

} // namespace glasshouse
