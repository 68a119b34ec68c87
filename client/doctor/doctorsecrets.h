// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QUrl>

namespace glasshouse {

struct DoctorOrder;

/// What of an order nobody may see, and how it is taken out of what is shown: "…" stands in its place. Pure.
class DoctorSecrets
{
public:
    DoctorSecrets() = default;
    explicit DoctorSecrets(const DoctorOrder &order);

    /// Bytes of either side, without them, and without what looks like one: cookies, signed tokens. At most `most` bytes.
    [[nodiscard]] QByteArray hidden(QByteArrayView bytes, qsizetype most = 4 * 1024) const;
    /// Without name and password, without the values of the query that are secrets, and without them in its path.
    [[nodiscard]] QUrl hidden(QUrl url) const;
    [[nodiscard]] QByteArrayList hidden(QByteArrayList texts) const;

private:
    QByteArrayList m_secrets; ///< the longest first

    static constexpr qsizetype shortest = 4; ///< bytes: what is shorter would be found everywhere
    void add(const QByteArray &secret, qsizetype least = shortest);
    [[nodiscard]] QByteArray withoutKnown(QByteArray text) const;
    void addMessage(const QByteArray &message);
};

} // namespace glasshouse
