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
        m_nodes.push_back({.begin = qint32(text.data() - m_json.constData()), .length = qint32(text.size())});
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
bool JsonTreeModel::isContainer(const Node &node) const
{
    const QByteArrayView text = textOf(node);
    if (text.front() != '{' && text.front() != '[')
        return false;
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const char next = *std::find_if_not(text.begin() + 1, text.end(), isSpace);
    return next != '}' && next != ']';
}

/// Those from the first on, at most so many; `count`: how many there are, or as far as it was counted: two more are enough.
std::vector<JsonTreeModel::Node> JsonTreeModel::membersOf(const Node &node, qsizetype first, qsizetype most,
                                                          qsizetype &count)
{
    std::vector<Node> found;
    const QByteArrayView text = textOf(node);
    const char *const start = m_json.constData();
    const char *reached = text.data();
    const auto take = [&](QByteArrayView key, QByteArrayView value) {
        reached = value.data() + value.size();
        if (count >= first && qsizetype(found.size()) < most) {
            found.push_back({.kind = text.front() == '{' ? Kind::Member : Kind::Element,
                             .key = key.isNull() ? 0 : qint32(key.data() - 1 - start),
                             .keyLength = key.isNull() ? 0 : qint32(key.size() + 2),
                             .begin = qint32(value.data() - start),
                             .length = qint32(value.size()),
                             .position = qint32(count)});
        }
        return ++count < first + most || node.kind != Kind::Group;
    };
    if (text.front() == '{')
        forEachMember(text, take);
    else
        forEachElement(text, [&take](QByteArrayView value) { return take({}, value); });
    m_bytesRead += reached - text.data();
    return found;
}

/// What is inside of it; of many, groups of them.
std::vector<JsonTreeModel::Node> JsonTreeModel::inside(const Node &node)
{
    if (!isContainer(node))
        return {};
    qsizetype count = 0;
    if (node.kind == Kind::Group)
        return membersOf(node, node.position, node.children, count);
    std::vector<Node> found = membersOf(node, 0, groupSize, count);
    if (count <= groupSize)
        return found;
    found.clear();
    for (qsizetype first = 0; first < count; first += groupSize)
        found.push_back({.kind = Kind::Group,
                         .begin = node.begin,
                         .length = node.length,
                         .position = qint32(first),
                         .children = qint32(std::min<qsizetype>(groupSize, count - first))});
    return found;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, quintptr(m_nodes[size_t(nodeOf(parent))].firstChild + row));
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
