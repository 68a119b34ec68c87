// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/safetextview.h"

namespace glasshouse {

/// A text of any length, where JSON has colours: those of the lines in sight. GUI thread.
class TextPage final : public SafeTextView
{
    Q_OBJECT
public:
    explicit TextPage(QWidget *parent = nullptr);

    void setColoured(bool coloured);
    /// The next place behind the cursor, or before it; from the other end where there is none. False: nowhere.
    bool find(const QString &text, bool backwards);
    /// Of tokens that have colours now.
    [[nodiscard]] qsizetype coloured() const { return extraSelections().size(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool m_isJson = false;
    std::pair<int, int> m_lines{-1, -1}; ///< whose colours are there

    [[nodiscard]] std::pair<int, int> linesInSight() const;
    void colourLines();
};

} // namespace glasshouse
