// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"
#include "ui/details/jsonplaces.h"

#include <QAbstractItemModel>
#include <vector>

namespace glasshouse {

/// A JSON text as a tree that is not built: a row is a place in the text, and what is inside of an object or array is looked for
/// when somebody opens it. Values show as they were written. Where there are many in one, they stand in groups. GUI thread.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, ColumnCount };
    static constexpr int deepest = 512;
    static constexpr qsizetype mostBytes = JsonPath::mostBytes;
    static constexpr int groupSize = 1000;

    using QAbstractItemModel::QAbstractItemModel;

    /// False, and no rows: it is no JSON, or too long.
    bool setJson(const QByteArray &json);
    [[nodiscard]] const QByteArray &json() const { return m_json; }

    /// As it was written; of a group: null.
    [[nodiscard]] QByteArrayView value(const QModelIndex &index) const;
    [[nodiscard]] JsonPath path(const QModelIndex &index) const;
    /// Is it what its path leads to? Of members with one name that is the first.
    [[nodiscard]] bool isFirstOfItsPath(const QModelIndex &index) const;
    /// Bytes that were gone over, all in all.
    [[nodiscard]] qsizetype bytesRead() const { return m_bytesRead; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    enum class Kind : quint8 { Member, Element, Group };
    /// Positions are bytes of m_json.
    struct Node
    {
        Kind kind = Kind::Element;
        bool isOpen = false; ///< what is inside is known
        qint32 parent = -1;
        qint32 row = 0;
        qint32 key = 0; ///< with its quotes; of a group its first entry
        qint32 keyLength = 0;
        qint32 begin = 0; ///< of the value; of what its group is of
        qint32 length = 0;
        qint32 position = 0;   ///< in the object or array; of a group's first
        qint32 firstChild = 0; ///< they stand one behind the other
        qint32 children = 0;   ///< of a group from the beginning
    };
    QByteArray m_json;         ///< never detached: m_places looks into it
    JsonPlaces m_places;       ///< of m_json
    std::vector<Node> m_nodes; ///< the first one is the whole text, and no row
    qsizetype m_bytesRead = 0;

    [[nodiscard]] int nodeOf(const QModelIndex &index) const { return index.isValid() ? int(index.internalId()) : 0; }
    [[nodiscard]] QByteArrayView textOf(const Node &node) const;
    [[nodiscard]] QByteArray keyOf(const Node &node) const;
    [[nodiscard]] bool isContainer(const Node &node) const;
    [[nodiscard]] std::vector<Node> inside(const Node &node);
    [[nodiscard]] std::vector<Node> entriesOf(const Node &node, qint32 first, qint32 position, qint32 most);
    [[nodiscard]] std::vector<Node> groupsOf(const Node &node, qint32 first);
    [[nodiscard]] QString nameOf(const Node &node) const;
    [[nodiscard]] QString valueText(const Node &node) const;
    [[nodiscard]] QVariant toolTip(const QModelIndex &index) const;
    [[nodiscard]] QVariant foreground(const Node &node, int column) const;
};

} // namespace glasshouse
