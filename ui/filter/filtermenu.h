// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"
#include "server/capture/framerecord.h"

#include <QObject>

class QMenu;
class QModelIndex;

namespace glasshouse {

class Condition;
class FilterField;
class MessagesModel;
class TableView;

/// What the context menu of a log offers to filter by: the cell that was clicked, or all but it, its connection and type, and all
/// from that row on or up to it. What is chosen appears in the field, beside what is there.
class FilterMenu final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it.
    FilterMenu(MessagesModel *model, TableView *view, FilterField *field, QObject *parent = nullptr);

    /// For a menu elsewhere, over what stands at a path of a message.
    void fillPath(QMenu *menu, const CapturedRow &row, const JsonPath &path);

private:
    MessagesModel *m_model;
    FilterField *m_field;

    void fill(QMenu *menu, const QModelIndex &index);
    void addCell(QMenu *menu, const Condition &cell);
    void addPart(QMenu *menu, const QString &text, const QString &toolTip, const Condition &part);
};

} // namespace glasshouse
