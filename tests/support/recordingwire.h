// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "server/rooms/seat.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <functional>
#include <optional>

namespace glasshouse {

/// A player's connection that writes down what the room sends.
class RecordingWire final : public SeatWire
{
public:
    QList<QByteArray> texts;
    QList<bool> answers; ///< which of them are
    QList<QByteArray> binaries;
    QList<QByteArray> inOrder; ///< both, binaries as they are
    QList<QByteArray> frames;  ///< of the binaries
    std::function<void()> onSend;
    std::optional<SeatEnd> end;
    bool dead = false;
    int takes = -1; ///< so many messages of batches; −1: all
    int dropped = 0;
    QByteArray endReason;
    int ends = 0;

    void sendText(SequencedText &text, quint64 sequence) override
    {
        texts += text.body() + QByteArray::number(sequence) + '}';
        answers += text.isAnswer();
        took(texts.last());
    }
    void sendBinary(const QByteArray &frame, int headerSize) override
    {
        frames += frame;
        binaries += frame.sliced(headerSize);
        took(binaries.last());
    }
    void sendPlain(MessageKind kind, QByteArrayView payload) override
    {
        kind == MessageKind::Text ? texts += payload.toByteArray() : binaries += payload.toByteArray();
        took(payload.toByteArray());
    }
    void endSeat(SeatEnd why, const QByteArray &reason) override
    {
        end = why;
        endReason = reason;
        ++ends;
    }

    bool takesMessage() override
    {
        dropped += takes == 0 ? 1 : 0;
        return takes < 0 || (takes > 0 && takes-- > 0);
    }

    [[nodiscard]] bool hasEnded() const override { return dead; }

    [[nodiscard]] QJsonObject at(qsizetype index) const { return QJsonDocument::fromJson(texts.value(index)).object(); }
    [[nodiscard]] QJsonObject last() const { return at(texts.size() - 1); }
    [[nodiscard]] QJsonObject lastData() const { return last().value(QLatin1String("data")).toObject(); }
    [[nodiscard]] QString lastType() const { return last().value(QLatin1String("type")).toString(); }
    /// The types of all messages, and of errors their codes.
    [[nodiscard]] QByteArray story() const
    {
        QByteArrayList types;
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const QString code = at(i).value(QLatin1String("data")).toObject().value(QLatin1String("code")).toString();
            const QString type = at(i).value(QLatin1String("type")).toString();
            types += (type == QLatin1String("error") ? code : type).toUtf8();
        }
        return types.join(' ');
    }

private:
    void took(const QByteArray &message)
    {
        inOrder += message;
        if (onSend)
            onSend();
    }
};

} // namespace glasshouse
