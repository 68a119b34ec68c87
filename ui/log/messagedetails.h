// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagecells.h"

#include <QWidget>

class QMenu;

namespace glasshouse {

class CaptionTabs;
class SafeTextView;

/// One message from all sides: indented JSON, as it came, in hexadecimal, and the frame's header. Only the page that shows is
/// filled. What is copied has no secrets.
class MessageDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageDetails(QWidget *parent = nullptr);

    void show(const CapturedRow &row);
    void clear();
    void setViewpoint(Viewpoint viewpoint);
    [[nodiscard]] int currentPage() const;
    void setCurrentPage(int page);
    [[nodiscard]] QString pageText() const;

signals:
    /// Somebody wants to see what stands there in every message.
    void columnWanted(const glasshouse::JsonPath &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Page { Pretty, Raw, Hex, Frame, PageCount };
    CaptionTabs *m_tabs;
    std::array<SafeTextView *, PageCount> m_pages{};
    std::array<bool, PageCount> m_filled{};
    CapturedRow m_row;
    Viewpoint m_viewpoint = Viewpoint::Server;
    bool m_shown = false;

    SafeTextView *addPage(const QString &title, const QString &toolTip);
    void fillCurrent();
    void offerColumn(QMenu *menu, int position);
    [[nodiscard]] static QString textOf(Page page, const CapturedRow &row);
    [[nodiscard]] static QString prettyText(const CapturedRow &row);
    [[nodiscard]] QStringList caption() const;
};

} // namespace glasshouse
