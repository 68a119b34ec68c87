// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableWidget;

namespace glasshouse {

struct NameValue
{
    QString name;
    QString value;
    [[nodiscard]] bool operator==(const NameValue &) const = default;
};

/// Pairs that somebody edits, with buttons that add and remove one.
class NameValueTable final : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString name;  ///< of the table, for those who hear it
        QString first; ///< column
        QString tip;   ///< of the table
        QString add;   ///< buttons, with their mnemonics
        QString remove;
        QString addTip;
        QString removeTip;
    };
    explicit NameValueTable(const Words &words, QWidget *parent = nullptr);

    /// Without pairs that are empty on both sides.
    [[nodiscard]] QList<NameValue> pairs() const;
    /// Says nothing. What is there already is not touched.
    void setPairs(const QList<NameValue> &pairs);

signals:
    /// By somebody.
    void edited();

private:
    QTableWidget *m_table;

    void buildTable(const Words &words);
    void append(const NameValue &pair);
    void removeCurrent();
    void updateFocus();
};

} // namespace glasshouse
