// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QMenu;

namespace glasshouse {

/// A text to read, which leaves the program without its secrets: by the clipboard, a drag, or the selection that X11 pastes.
class SafeTextView final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit SafeTextView(QWidget *parent = nullptr);

    /// `safe`: the same text without its secrets; null where there are none.
    void setTexts(const QString &shown, const QString &safe);

signals:
    /// The context menu is about to open for what stands at `position`.
    void menuWanted(QMenu *menu, int position);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    QString m_safe;
};

/// What to copy of shown[from, to). What differs from `safe`, from its first difference to its last, is copied as it stands there,
/// and as a whole: of a part nobody knows what it hides.
[[nodiscard]] QString safeCopy(QStringView shown, QStringView safe, qsizetype from, qsizetype to);

} // namespace glasshouse
