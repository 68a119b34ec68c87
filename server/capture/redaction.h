// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/fieldnames.h"

#include <optional>

namespace glasshouse {

/// Takes secrets out before anything is recorded, shown or logged. Knows tokens and the like by themselves, and the names that
/// the configuration adds. Pure, and generous: what might be a secret goes. A value that never changes.
class Redactor
{
public:
    Redactor() = default;
    /// `fields`: names of JSON members, query parameters and headers, in any case.
    explicit Redactor(const QList<QByteArray> &fields) : m_fields(fields) { }

    /// A request or response head, also a broken one or a part of one: values of Authorization, Cookie and the like, `bearer.`
    /// subprotocols, secret query parameters in the first line and in headers that hold an address.
    [[nodiscard]] QByteArray head(QByteArrayView rawHead) const;
    /// The value of one header, where it goes alone.
    [[nodiscard]] QByteArray headerValue(QByteArrayView name, QByteArrayView value) const;
    /// A request target or an address: values of secret query parameters (token, resume, access_token, jwt, key …), and who
    /// stands in front of an @ (user:password@host).
    [[nodiscard]] QByteArray target(QByteArrayView target) const;
    /// A text payload, whole: tokens of `auth` messages, `resume` of `connected` (also in a batch), and the configured members
    /// wherever they stand. What can not be taken apart safely becomes {"type":"auth","data":"[redacted]"} or "[redacted]".
    /// Nullopt: there is nothing to redact (the usual case, and cheap).
    [[nodiscard]] std::optional<QByteArray> message(QByteArrayView text) const;
    /// Text of any form from a stranger, such as the reason of a close frame: what looks like a token goes as well.
    [[nodiscard]] QByteArray text(QByteArrayView text) const;

    /// Is there a word in it that a secret may stand behind, or an escape that may hide one? For text that is not whole.
    [[nodiscard]] bool mayNameSecret(QByteArrayView text) const;
    /// Would a parameter or member of this name hold a secret? In lower case.
    [[nodiscard]] bool isSecretName(QByteArrayView lowerName) const;
    /// So many bytes at a seam between two parts have to be looked at together.
    [[nodiscard]] qsizetype seamSize() const { return std::max<qsizetype>(64, m_fields.longest()); }
    [[nodiscard]] const FieldNames &fields() const { return m_fields; }

private:
    FieldNames m_fields;
};

/// What stands in the place of a secret.
constexpr QByteArrayView redactedMark = "[redacted]";

} // namespace glasshouse
