// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace glasshouse {

/// As long as one lives, no label of the program guesses whether its text is HTML, be it of a tool tip, a message box, a question
/// or a window: text from outside would open local files. A label that is to show markup says so (Qt::RichText). GUI thread.
class PlainLabels final : public QObject
{
    Q_OBJECT
public:
    PlainLabels();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
};

/// For a text on a button, a tab or in a menu: an ampersand of others is no mnemonic.
[[nodiscard]] QString withoutMnemonics(QString text);

} // namespace glasshouse
