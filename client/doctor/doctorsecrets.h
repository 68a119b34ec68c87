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
    /// Without name and password, and without the values of the query that are secrets.
    [[nodiscard]] static QUrl hidden(QUrl url);
    [[nodiscard]] QByteArrayList hidden(QByteArrayList texts) const;

private:
    QByteArrayList m_secrets; ///< the longest first

    void add(const QByteArray &secret);
    void addMessage(const QByteArray &message);
};

} // namespace glasshouse
