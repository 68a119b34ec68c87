// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"

#include <QObject>
#include <QStringList>

class QAction;
class QMenu;

namespace glasshouse {

class MessagesModel;
class TableView;

/// The columns of a log for values inside of JSON: asked for by their path, before the preview, and taken away again.
class PathColumns final : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    PathColumns(MessagesModel *model, TableView *view, QObject *parent = nullptr);

    [[nodiscard]] QAction *addAction() const { return m_add; }
    void add(const JsonPath &path);
    [[nodiscard]] QStringList texts() const;
    /// Those, and no others.
    void set(const QStringList &texts);

private:
    MessagesModel *m_model;
    TableView *m_view;
    QAction *m_add;

    void ask();
    void fillMenu(QMenu *menu);
};

} // namespace glasshouse
