// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>
#include <QString>
#include <functional>
#include <optional>

namespace glasshouse {

// Questions before something is done to people. nullopt: thought better of it.

// `verb` stands on the button that does it.

[[nodiscard]] std::optional<QString> askReason(QWidget *parent, const QString &title, const QString &question,
                                               const QString &verb);
/// One line, which may be empty as well.
[[nodiscard]] std::optional<QString> askLine(QWidget *parent, const QString &title, const QString &question,
                                             const QString &text, const QString &verb);
/// A text of several lines.
[[nodiscard]] std::optional<QString> askText(QWidget *parent, const QString &title, const QString &question,
                                             const QString &text, const QString &verb);
/// One line: asks again, with the fault, until `faultOf` finds none (an empty text).
[[nodiscard]] std::optional<QString> askUntil(QWidget *parent, const QString &title, const QString &question,
                                              const QString &verb,
                                              const std::function<QString(const QString &)> &faultOf);
/// A whole envelope: asks again, with the fault, until it is one.
[[nodiscard]] std::optional<QString> askEnvelope(QWidget *parent, const QString &title, const QString &question,
                                                 const QString &verb);
// All boxes with a message are made here: their texts are plain, and their buttons say what they do.

/// Says something; its button closes it. It is open already, the window goes on meanwhile, and it deletes itself. Others may add
/// buttons to it.
QMessageBox *tell(QWidget *parent, QMessageBox::Icon mood, const QString &title, const QString &text);
[[nodiscard]] bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &verb);

} // namespace glasshouse
