// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAction;

namespace glasshouse {

/// The keys of a window: what they are and what they do. Made anew from its actions each time.
class KeysDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit KeysDialog(QWidget &window);
};

/// F1, which shows the keys of this window: for its menu, or among its actions.
[[nodiscard]] QAction *keysAction(QWidget *window);

/// Of a window beside a main one: it closes with Esc and the system's key for it, and shows its keys with F1.
void addWindowKeys(QWidget *window);

} // namespace glasshouse
