// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/redaction.h"
#include "server/http/requestcontext.h"

#include <QByteArray>
#include <QJsonObject>
#include <optional>

namespace glasshouse {

/// What arrived of a request: the answer of GET /api/v1/reflect, by which the self-test sees what a proxy changed.
struct Reflection
{
    QByteArray method;
    QByteArray target; ///< as received, secrets taken out
    bool secure = false;
    QByteArray peer;         ///< address of the socket
    QByteArray client;       ///< who the server takes it for
    QByteArray clientSource; ///< "peer", "X-Forwarded-For", "X-Real-IP", "Forwarded"
    QByteArray doubt;        ///< why not all was believed; empty: no doubt
    HttpHeaders headers;     ///< those that a proxy has to do with; no cookies, no authorization

    /// Value of a header (names without regard to case), or a null array; several are joined by commas.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

[[nodiscard]] Reflection reflectionOf(const HttpHead &request, const RequestContext &context,
                                      const Redactor &redactor = {});
[[nodiscard]] QJsonObject toJson(const Reflection &reflection);
/// Nullopt: this is no such answer.
[[nodiscard]] std::optional<Reflection> parseReflection(const QByteArray &json);

/// Which nonces may be reflected: those that an operator asked for, for two minutes, at most eight at a time.
class ReflectionDesk
{
public:
    /// 128 random bits in hex. `now`: seconds of any clock that never runs backwards.
    [[nodiscard]] QByteArray issue(qint64 now);
    [[nodiscard]] bool knows(QByteArrayView nonce, qint64 now) const;

private:
    struct Issued
    {
        QByteArray nonce;
        qint64 until;
    };
    QList<Issued> m_issued; ///< oldest first
};

} // namespace glasshouse
