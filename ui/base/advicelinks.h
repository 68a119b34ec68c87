// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;
class QUrl;

namespace glasshouse {

// Advice that can be followed: where a text names an option (--base-path), a link leads to it.

/// `plain` as HTML, each of its options that the program has a link.
[[nodiscard]] QString withLinks(const QString &plain);
/// The option that a link of withLinks() leads to; empty: it is another link.
[[nodiscard]] QByteArray optionBehind(const QUrl &link);
/// The first option that a text names, as "--name" or by a line that begins with "name:"; empty: none that the program has.
[[nodiscard]] QByteArray optionNamedIn(const QString &plain);
/// The first file that a line blames as "file:12: …"; empty: none that is there.
[[nodiscard]] QString fileNamedIn(const QString &plain);
/// Shows it with its links, if it has any. linkActivated() of the label gives them.
void showAdvice(QLabel *label, const QString &plain);

} // namespace glasshouse
