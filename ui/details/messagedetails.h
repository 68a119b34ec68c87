// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagecells.h"

#include <QWidget>

class QAction;
class QMenu;

namespace glasshouse {

class CaptionTabs;
class ContentPage;
class FindLine;
class HexView;
class TextPage;

/// One message from all sides: what it says, as a tree and as text; as it came; in hexadecimal; and the frame's header. Only the
/// page that shows is filled. What is copied has no secrets.
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
    /// Look for a text in the message: for a menu.
    [[nodiscard]] QAction *findAction() const { return m_findAction; }

signals:
    /// Somebody wants to see what stands there in every message.
    void columnWanted(const glasshouse::JsonPath &path);

private:
    enum Page { Tree, Text, Raw, Hex, Frame, PageCount };
    CaptionTabs *m_tabs;
    ContentPage *m_content;
    TextPage *m_text;
    TextPage *m_raw;
    HexView *m_hex;
    TextPage *m_frame;
    FindLine *m_find;
    QAction *m_findAction;
    std::array<bool, PageCount> m_filled{};
    CapturedRow m_row;
    Viewpoint m_viewpoint = Viewpoint::Server;
    bool m_shown = false;

    void addPage(QWidget *page, const QString &title, const QString &toolTip);
    void fillCurrent();
    void fill(Page page);
    void offerColumn(QMenu *menu, int position);
    void beginFinding();
    void find(const QString &text, bool backwards);
    [[nodiscard]] TextPage *currentText() const;
    [[nodiscard]] QStringList caption() const;
};

} // namespace glasshouse
