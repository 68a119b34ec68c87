// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/safetextview.h"
#include "ui/details/soughttext.h"

#include <QCache>

namespace glasshouse {

/// A text of any length. JSON has colours, those of the lines in sight, and what is inside of an object or array folds together:
/// at the arrow beside it, from the context menu, or by minus and plus where the cursor is. What a filter looks for is marked, as far
/// as it is in sight. GUI thread.
class TextPage final : public SafeTextView
{
    Q_OBJECT
public:
    explicit TextPage(QWidget *parent = nullptr);

    void setJson(bool isJson);
    /// Lines of a text of so many characters end at the margin. Between words only in short ones: in a line of 256 KiB Qt looks for
    /// them for seconds.
    void wrap(qsizetype characters);
    /// The next place behind the cursor, or before it; from the other end where there is none. False: nowhere.
    bool find(const QString &text, bool backwards);
    /// What is marked from now on.
    void setSought(const QList<Expression> &sought);
    /// As find(), for what is marked.
    bool findSought(bool backwards);
    /// Of tokens that have colours now, and of marks.
    [[nodiscard]] qsizetype coloured() const { return extraSelections().size(); }
    /// Does something begin in this line that ends in another?
    [[nodiscard]] bool canFold(int line) const;
    [[nodiscard]] bool isFolded(int line) const;
    void setFolded(int line, bool folded);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class FoldMargin;
    FoldMargin *m_margin;
    bool m_isJson = false;
    /// What has colours and marks by now; a line may be far longer than the page.
    struct Sight
    {
        std::pair<int, int> lines{-1, -1};
        std::pair<int, int> characters{-1, -1};
        bool operator==(const Sight &) const = default;
    };
    Sight m_seen;
    QList<Expression> m_sought;
    QCache<int, QList<TextStretch>> m_places{1000}; ///< where that is found, by line

    [[nodiscard]] Sight sight() const;
    void colourSight();
    void addColours(const QTextBlock &line, QList<QTextEdit::ExtraSelection> &all) const;
    void addMarks(const QTextBlock &line, SoughtRoom &room, QList<QTextEdit::ExtraSelection> &all);
    void select(const QTextCursor &found);
    void offerFolding(QMenu *menu, int position);
    void unfoldAll();
    void showFolds();
};

} // namespace glasshouse
