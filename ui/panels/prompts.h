// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

class QWidget;

namespace glasshouse {

// Questions before something is done to people. nullopt: thought better of it.

[[nodiscard]] std::optional<QString> askReason(QWidget *parent, const QString &title, const QString &question);
/// A text of several lines.
[[nodiscard]] std::optional<QString> askText(QWidget *parent, const QString &title, const QString &question,
                                             const QString &text);
/// A whole envelope: asks again, with the fault, until it is one.
[[nodiscard]] std::optional<QString> askEnvelope(QWidget *parent, const QString &title, const QString &question);
[[nodiscard]] bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &yes);

} // namespace glasshouse
