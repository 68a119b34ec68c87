// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qtmessages.h"

#include "server/capture/redaction.h"

#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 2'000;

QBasicMutex instanceMutex;
QtMessages *instance = nullptr; // the handler is a plain function

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    return LogLevel::Warning;
}

/// It may quote what somebody sent.
QString withoutSecrets(const QString &text)
{
    return QString::fromUtf8(Redactor().text(text.left(longest).toUtf8())).simplified();
}

} // namespace

QtMessages::QtMessages(Taker taker) : m_taker(std::move(taker))
{
    const QMutexLocker lock(&instanceMutex);
    instance = this;
    m_before = qInstallMessageHandler(handle);
}

QtMessages::~QtMessages()
{
    {
        const QMutexLocker lock(&instanceMutex);
        qInstallMessageHandler(m_before);
        instance = nullptr;
    }
    tell();
}

void QtMessages::handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QString shown = withoutSecrets(text);
    if (type == QtFatalMsg) // the program ends here
        std::fprintf(stderr, "glasshouse: %s\n", qPrintable(shown));
    const QMutexLocker lock(&instanceMutex);
    if (instance != nullptr)
        instance->add({levelOf(type), QString::fromUtf8(context.category), shown});
}

void QtMessages::add(Message message)
{
    const QMutexLocker lock(&m_mutex);
    if (m_waiting.size() >= mostWaiting) {
        ++m_leftOut;
        return;
    }
    m_waiting.append(std::move(message));
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(
            this, [this] { tell(); }, Qt::QueuedConnection);
}

void QtMessages::tell()
{
    QList<Message> messages;
    qint64 leftOut = 0;
    {
        const QMutexLocker lock(&m_mutex);
        messages = std::exchange(m_waiting, {});
        leftOut = std::exchange(m_leftOut, 0);
    }
    for (const Message &message : messages)
        m_taker(message.level, message.category, message.text);
    if (leftOut > 0)
        m_taker(LogLevel::Warning, {}, u"More messages came than could be written; left out: %1"_s.arg(leftOut));
}

} // namespace glasshouse
