// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTimer>
#include <functional>

class QMenu;

namespace glasshouse {

/// A text to read, which leaves the program without its secrets: by the clipboard, a drag, or the selection that X11 pastes.
class SafeTextView : public QPlainTextEdit
{
    Q_OBJECT
public:
    /// The next piece of a text; empty: it is over.
    using Pieces = std::function<QString()>;

    explicit SafeTextView(QWidget *parent = nullptr);

    /// `safe`: the same text without its secrets; null where there are none.
    void setTexts(const QString &shown, const QString &safe);
    /// A long text: the first piece shows at once, and one comes each turn of the loop, so that no window waits for the rest.
    /// `safe`: the pieces of the same text without its secrets, begun when something is copied; null where there are none.
    void setPieces(Pieces shown, std::function<Pieces()> safe);
    /// All of it, for who looks for something in it.
    void complete();
    [[nodiscard]] bool isComplete() const { return !m_rest; }

signals:
    /// The context menu is about to open for what stands at `position`.
    void menuWanted(QMenu *menu, int position);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    std::function<Pieces()> m_safe;
    Pieces m_rest;
    QTimer m_turn;

    void addPiece();
};

/// What to copy of shown[from, to). What differs from `safe`, from its first difference to its last, is copied as it stands there,
/// and as a whole: of a part nobody knows what it hides.
[[nodiscard]] QString safeCopy(QStringView shown, QStringView safe, qsizetype from, qsizetype to);

} // namespace glasshouse
