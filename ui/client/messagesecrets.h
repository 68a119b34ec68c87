// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRegularExpression>
#include <functional>

namespace glasshouse {

/// A variable in a text: "{{uuid}}".
[[nodiscard]] const QRegularExpression &writtenVariable();

/// The texts in a JSON message, in which variables may stand, that are secrets by the names of their members. A value.
class MessageSecrets
{
public:
    explicit MessageSecrets(const QByteArray &message);

    /// With anything in the places of its variables.
    [[nodiscard]] bool isJson() const { return !m_json.isEmpty(); }
    /// Shows each of them once, decoded, in the order in which they stand; what is changed is changed in what it returns. What is no
    /// JSON comes back as it is.
    [[nodiscard]] QByteArray without(const std::function<void(QString &value, const QString &name)> &take) const;

private:
    QByteArray m_message;
    QByteArray m_filled;   ///< the same with digits in the places of variables: as long, and valid wherever they stand
    QByteArrayView m_json; ///< in m_filled; empty: it is none
};

} // namespace glasshouse
