// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"

#include <QTreeView>

namespace glasshouse {

class JsonTreeModel;

/// JSON as a tree: opens as much by itself as there is to see at once. What is copied has no secrets. GUI thread.
class JsonTreeView final : public QTreeView
{
    Q_OBJECT
public:
    explicit JsonTreeView(QWidget *parent = nullptr);

    /// `safe`: the same without its secrets; null where there are none. False, and nothing shows: it is no JSON, or too long.
    bool setJson(const QByteArray &json, const QByteArray &safe);
    [[nodiscard]] const JsonTreeModel &tree() const { return *m_model; }

signals:
    /// Somebody wants to see what stands there in every message.
    void columnWanted(const glasshouse::JsonPath &path);
    /// A menu is about to open over this value: for those who have more to offer.
    void menuFilled(QMenu *menu, const glasshouse::JsonPath &path);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    JsonTreeModel *m_model;
    QByteArray m_safe;
    QAction *m_copyValue;
    QAction *m_copyPath;
    QAction *m_open;
    QAction *m_close;

    QAction *addOwn(const QString &text, const QString &tip, const QList<QKeySequence> &keys);
    void openBelow(const QModelIndex &top, int mostRows, qsizetype mostBytes);
    void closeBelow(const QModelIndex &top);
    void offerColumn(QMenu *menu);
    void updateActions();
    [[nodiscard]] QModelIndex chosen() const { return currentIndex().siblingAtColumn(0); }
    [[nodiscard]] QString safeValue(const QModelIndex &index) const;
};

} // namespace glasshouse
