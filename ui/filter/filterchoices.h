// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/filter/filtershelf.h"

#include <QMenu>

namespace glasshouse {

class Condition;
class FilterField;

/// The menu at the filter field: filters with a name, to choose, save, rename and delete, and those that were there before. Keeps what
/// the field's user is done with.
class FilterChoices final : public QMenu
{
    Q_OBJECT
public:
    explicit FilterChoices(FilterField *field);

    [[nodiscard]] QByteArray saveState() const { return m_shelf.saveState(); }
    void restoreState(const QByteArray &state) { m_shelf.restoreState(state); }
    /// Stands at the end of the menu, too.
    void setHelp(QAction *help) { m_help = help; }
    /// Below the field, filled anew.
    void open();

private:
    FilterField *m_field;
    QAction *m_help = nullptr;
    FilterShelf m_shelf;
    QMenu *m_renaming;
    QMenu *m_deleting;

    void fill();
    void addNamed();
    void addEarlier();
    void addFilter(const QString &text, const QString &words);
    void save();
    void rename(const QString &name);
    void remove(const QString &name);
    /// Nullopt: thought better of it.
    [[nodiscard]] std::optional<QString> askName(const QString &title, const QString &verb);
};

} // namespace glasshouse
