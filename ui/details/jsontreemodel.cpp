// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/jsontreemodel.h"

#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int nameCharacters = 40;
constexpr int valueCharacters = 200;
constexpr int tipCharacters = 2000;
constexpr qsizetype bytesACharacter = 4; // at most, in UTF-8

QString beginning(QByteArrayView text, int characters)
{
    return QString::fromUtf8(text.first(std::min(text.size(), characters * bytesACharacter)));
}

} // namespace

bool JsonTreeModel::setJson(const QByteArray &json)
{
    beginResetModel();
    m_json = json;
    m_nodes.clear();
    m_bytesRead = 0;
    const auto checked = json.size() <= mostBytes ? checkJson(m_json, deepest) : checkJson({});
    if (checked) {
        const QByteArrayView text = checked.value();
        const qint32 begin = qint32(text.data() - m_json.constData());
        m_places = JsonPlaces(QByteArrayView(m_json).first(begin + text.size()));
        m_bytesRead = json.size();
        m_nodes.push_back({.begin = begin, .length = qint32(text.size())});
        std::vector<Node> first = inside(m_nodes.front());
        if (first.empty()) // a single value is a row of its own
            first = {m_nodes.front()};
        Node &whole = m_nodes.front();
        whole.isOpen = true;
        whole.firstChild = 1;
        whole.children = qint32(first.size());
        for (qint32 row = 0; row < whole.children; ++row) {
            first[size_t(row)].parent = 0;
            first[size_t(row)].row = row;
        }
        m_nodes.insert(m_nodes.end(), first.begin(), first.end());
    }
    endResetModel();
    return bool(checked);
}

QByteArrayView JsonTreeModel::textOf(const Node &node) const
{
    return QByteArrayView(m_json).sliced(node.begin, node.length);
}

QByteArray JsonTreeModel::keyOf(const Node &node) const
{
    return jsonString(QByteArrayView(m_json).sliced(node.key, node.keyLength)).value_or(QByteArray());
}

/// Of a group: yes. Of {} and []: no.
bool JsonTreeModel::isContainer(const Node &node) const { return m_places.firstInside(node.begin) >= 0; }

/// At most so many, from the one that begins at `first` and has this position on.
std::vector<JsonTreeModel::Node> JsonTreeModel::entriesOf(const Node &node, qint32 first, qint32 position, qint32 most)
{
    std::vector<Node> found;
    const bool isObject = m_json.at(node.begin) == '{';
    m_bytesRead += m_places.forEach(first, isObject, [&](const JsonPlaces::Entry &entry) {
        found.push_back({.kind = isObject ? Kind::Member : Kind::Element,
                         .key = entry.key,
                         .keyLength = entry.keyLength,
                         .begin = entry.begin,
                         .length = entry.length,
                         .position = position++});
        return qint32(found.size()) < most;
    });
    return found;
}

/// Empty: there is no need for any.
std::vector<JsonTreeModel::Node> JsonTreeModel::groupsOf(const Node &node, qint32 first)
{
    std::vector<Node> groups;
    const bool isObject = m_json.at(node.begin) == '{';
    qint32 count = 0;
    m_bytesRead += m_places.forEach(first, isObject, [&](const JsonPlaces::Entry &entry) {
        if (count % groupSize == 0)
            groups.push_back({.kind = Kind::Group,
                              .key = isObject ? entry.key : entry.begin,
                              .begin = node.begin,
                              .length = node.length,
                              .position = count});
        groups.back().children = ++count - groups.back().position;
        return true;
    });
    return groups;
}

/// What is inside of it; of many, groups of them.
std::vector<JsonTreeModel::Node> JsonTreeModel::inside(const Node &node)
{
    if (node.kind == Kind::Group)
        return entriesOf(node, node.key, node.position, node.children);
    const qint32 first = m_places.firstInside(node.begin);
    if (first < 0)
        return {};
    std::vector<Node> found = entriesOf(node, first, 0, groupSize + 1);
    return found.size() > groupSize ? groupsOf(node, first) : found;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, quintptr(m_nodes[size_t(nodeOf(parent))].firstChild) + quintptr(row));
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    const int above = index.isValid() ? m_nodes[size_t(nodeOf(index))].parent : 0;
    return above <= 0 ? QModelIndex() : createIndex(m_nodes[size_t(above)].row, 0, quintptr(above));
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (m_nodes.empty() || parent.column() > 0)
        return 0;
    const Node &node = m_nodes[size_t(nodeOf(parent))];
    return node.isOpen ? node.children : 0;
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const { return ColumnCount; }

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (m_nodes.empty() || parent.column() > 0)
        return false;
    return !parent.isValid() || isContainer(m_nodes[size_t(nodeOf(parent))]);
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.isValid() && hasChildren(parent) && !m_nodes[size_t(nodeOf(parent))].isOpen;
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    const int above = nodeOf(parent);
    std::vector<Node> found = inside(m_nodes[size_t(above)]);
    beginInsertRows(parent, 0, int(found.size()) - 1);
    for (size_t row = 0; row < found.size(); ++row) {
        found[row].parent = above;
        found[row].row = qint32(row);
    }
    Node &node = m_nodes[size_t(above)];
    node.isOpen = true;
    node.firstChild = qint32(m_nodes.size());
    node.children = qint32(found.size());
    m_nodes.insert(m_nodes.end(), found.begin(), found.end());
    endInsertRows();
}

QByteArrayView JsonTreeModel::value(const QModelIndex &index) const
{
    const Node &node = m_nodes[size_t(nodeOf(index))];
    return node.kind == Kind::Group ? QByteArrayView() : textOf(node);
}

JsonPath JsonTreeModel::path(const QModelIndex &index) const
{
    QList<JsonPath::Step> steps;
    for (int at = nodeOf(index); at > 0; at = m_nodes[size_t(at)].parent) {
        const Node &node = m_nodes[size_t(at)];
        if (node.kind == Kind::Member)
            steps.prepend({JsonPath::Step::Kind::Member, QString::fromUtf8(keyOf(node))});
        else if (node.kind == Kind::Element && isContainer(m_nodes.front())) // or the whole text is this one value
            steps.prepend({JsonPath::Step::Kind::Element, {}, node.position});
    }
    return JsonPath(std::move(steps));
}

bool JsonTreeModel::isFirstOfItsPath(const QModelIndex &index) const
{
    const QByteArrayView here = value(index);
    return !here.isNull() && path(index).value(m_json).data() == here.data();
}

QString JsonTreeModel::nameOf(const Node &node) const
{
    switch (node.kind) {
    case Kind::Member:
        return oneLine(beginning(keyOf(node), nameCharacters), nameCharacters);
    case Kind::Element:
        return isContainer(m_nodes.front()) ? u'[' + QString::number(node.position) + u']' : QString();
    case Kind::Group:
        return tr("%1 to %2").arg(formatNumber(node.position), formatNumber(node.position + node.children - 1));
    }
    return {};
}

QString JsonTreeModel::valueText(const Node &node) const
{
    return node.kind == Kind::Group ? QString() : oneLine(beginning(textOf(node), valueCharacters), valueCharacters);
}

QVariant JsonTreeModel::toolTip(const QModelIndex &index) const
{
    const Node &node = m_nodes[size_t(nodeOf(index))];
    if (index.column() == Name || node.kind == Kind::Group)
        return oneLine(path(index).wordsFromRoot(), tipCharacters);
    const QString text = harmless(beginning(textOf(node), tipCharacters));
    const bool isCut = text.size() > tipCharacters || node.length > tipCharacters * bytesACharacter;
    return isCut ? QString(text.left(tipCharacters) + u'…') : text;
}

QVariant JsonTreeModel::foreground(const Node &node, int column) const
{
    if (node.kind == Kind::Group)
        return tint(Tint::Muted);
    const char first = textOf(node).front();
    if (column == Name)
        return node.kind == Kind::Member ? tint(Tint::Key) : tint(Tint::Muted);
    return first == '{' || first == '[' ? tint(Tint::Muted) : first == '"' ? tint(Tint::Text) : tint(Tint::Number);
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = m_nodes[size_t(nodeOf(index))];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? nameOf(node) : valueText(node);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::ForegroundRole:
        return foreground(node, index.column());
    default:
        return {};
    }
}

} // namespace glasshouse
