// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>

namespace glasshouse {

/// Bytes as lines of hexDump(), each made when it shows. GUI thread.
class HexModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setBytes(const QByteArray &bytes);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QByteArray m_bytes;
};

/// A payload in hexadecimal. Lines are selected and copied, without their secrets. GUI thread.
class HexView final : public QListView
{
    Q_OBJECT
public:
    explicit HexView(QWidget *parent = nullptr);

    /// `safe`: the same without its secrets, and the same where there are none.
    void setBytes(const QByteArray &bytes, const QByteArray &safe);
    /// The selected lines as they may leave the program.
    [[nodiscard]] QString selectedText() const;

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    HexModel *m_model;
    QByteArray m_safe;
    bool m_hasSecrets = false;
    QAction *m_copy;
};

} // namespace glasshouse
