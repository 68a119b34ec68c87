// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <functional>

class QCompleter;
class QStringListModel;

namespace glasshouse {

/// Where a text is written. Completes names of JSON members while they are typed.
class MessageEditor final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit MessageEditor(QWidget *parent = nullptr);

    /// Asked when a name is begun; empty: nothing is completed.
    void setKeys(std::function<QStringList()> keys) { m_keys = std::move(keys); }
    [[nodiscard]] QCompleter *completion() const { return m_completion; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    std::function<QStringList()> m_keys;
    QCompleter *m_completion;
    QStringListModel *m_words;

    [[nodiscard]] QString begun() const;
    [[nodiscard]] bool isOffering() const;
    void offer(const QString &prefix);
    void complete(const QString &key);
};

} // namespace glasshouse
