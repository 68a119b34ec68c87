// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/messagerelatives.h"
#include "ui/details/wholemessage.h"
#include "ui/messages/background.h"
#include "ui/models/messagecells.h"

#include <QWidget>

class QAction;
class QMenu;
class QTimer;

namespace glasshouse {

class Expression;

class CaptionTabs;
class ContentPage;
class FindLine;
class HexView;
class MessageSource;
class RelatedLine;
class TextPage;

/// One message from all sides: what it says, as a tree and as text; as it came; in hexadecimal; and the frame's header;
/// what changed since the one of its type before it; and which messages belong to it, which is looked for on another thread. Only
/// the page that shows is filled. Of a fragment, the message that it belongs to can be put together. What is copied has no secrets.
class MessageDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageDetails(QWidget *parent = nullptr);

    /// Where a message's relatives are looked for; must outlive this. Null: nowhere.
    void setSource(const MessageSource *source) { m_source = source; }
    void show(const CapturedRow &row);
    /// The same of one that the log leaves out.
    void showHidden(const CapturedRow &row);
    void clear();
    void setViewpoint(Viewpoint viewpoint);
    /// What the filter of the log looks for: is marked in the texts, and what the find line goes through.
    void setSought(const QList<Expression> &sought);
    [[nodiscard]] int currentPage() const;
    void setCurrentPage(int page);
    [[nodiscard]] QString pageText() const;
    /// Look for a text in the message: for a menu.
    [[nodiscard]] QAction *findAction() const { return m_findAction; }
    /// The same with and without the lines below the pages: no message makes the log beside it jump.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Somebody wants to see what stands there in every message.
    void columnWanted(const glasshouse::JsonPath &path);
    /// A menu is about to open over what stands at this path of the message.
    void menuFilled(QMenu *menu, const glasshouse::CapturedRow &row, const glasshouse::JsonPath &path);
    /// Somebody wants to go to this message.
    void rowWanted(quint64 number);

private:
    enum Page { Tree, Text, Raw, Hex, Frame, Changes, PageCount };
    CaptionTabs *m_tabs;
    ContentPage *m_content;
    TextPage *m_text;
    TextPage *m_raw;
    HexView *m_hex;
    TextPage *m_frame;
    TextPage *m_changes;
    RelatedLine *m_related;
    FindLine *m_find;
    QAction *m_findAction;
    using Relatives = std::pair<MessageRelatives, QString>; ///< and what changed, in words
    Background<Relatives> m_search;
    MessageRelatives m_found; ///< by now
    Background<std::optional<WholeMessage>> m_assembling;
    std::optional<WholeMessage> m_whole; ///< shows in the place of the frame
    QTimer *m_again;                     ///< until it is looked for an answer that may come
    int m_looks = 0;                     ///< for the answer
    const MessageSource *m_source = nullptr;
    std::array<bool, PageCount> m_filled{};
    CapturedRow m_row;
    Viewpoint m_viewpoint = Viewpoint::Server;
    bool m_shown = false;
    bool m_isHidden = false; ///< the log leaves it out

    void addPage(QWidget *page, const QString &title, const QString &toolTip);
    void fillCurrent();
    void fill(Page page);
    void showRow(const CapturedRow &row, bool isHidden);
    void lookForRelatives();
    void lookForAnswer();
    void takeRelatives(const MessageRelatives &relatives, const QString &changes);
    /// The message that the frame is a part of, which is read where nobody waits, or the frame alone.
    void showWhole(bool whole);
    void takeWhole(const std::optional<WholeMessage> &whole);
    /// What the pages show.
    [[nodiscard]] const CapturedRow &content() const { return m_whole ? m_whole->row : m_row; }
    void offerFilters(QMenu *menu, const JsonPath &path);
    void offerColumn(QMenu *menu, int position);
    void beginFinding();
    void find(const QString &text, bool backwards);
    void findSought(bool backwards);
    [[nodiscard]] TextPage *currentText() const;
    [[nodiscard]] QStringList caption() const;
};

} // namespace glasshouse
