// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/background.h"
#include "ui/messages/typesmodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QSortFilterProxyModel;

namespace glasshouse {

class MessageSource;
class TableView;

/// How many messages of which type there are, how large and how often: of all that the log's source has, whatever a filter hides.
/// Counted on a thread of the application's pool, and followed while it can be seen.
class TypesWindow final : public QWidget
{
    Q_OBJECT
public:
    /// The source must outlive it.
    TypesWindow(MessageSource *source, QWidget *parent);
    ~TypesWindow() override;

    [[nodiscard]] const TypesModel *model() const { return &m_model; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    MessageSource *m_source;
    TypesModel m_model;
    QSortFilterProxyModel *m_sorted;
    QWidget *m_body;
    TableView *m_table;
    QLabel *m_footer;
    QTimer m_timer; ///< until the next look
    TypeTally m_tally;
    Background<TypeTally> m_work;

    void layOut();
    void count();
    void take(const TypeTally &tally);
    void beginAgain();
};

} // namespace glasshouse
