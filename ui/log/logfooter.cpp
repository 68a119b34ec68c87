// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logfooter.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/partsline.h"
#include "ui/models/messagesmodel.h"
#include "ui/models/messagesource.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QToolButton>
#include <QUrl>
#include <utility>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int step = 40;           // pixels: what stands beside the counts does not move with each digit
constexpr int mostCharacters = 48; // of what gives no way

QToolButton *footerButton(const QString &text, const QIcon &icon = {})
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setIcon(icon);
    button->setToolButtonStyle(icon.isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->hide();
    return button;
}

} // namespace

LogFooter::LogFooter(QWidget *parent)
    : QWidget(parent),
      m_text(new PartsLine(tr("What the log shows"))),
      m_jump(footerButton(tr("Jump to newest"), icon(Icon::Follow))),
      m_showEarlier(footerButton(tr("Show earlier"))),
      m_openFolder(footerButton(tr("Open the folder")))
{
    m_text->setObjectName(u"footer"_s);
    m_jump->setObjectName(u"jump"_s);
    m_openFolder->setObjectName(u"openFolder"_s);
    m_jump->setToolTip(tr("The log stands still because you scrolled up or selected a message; go on following (%1)")
                           .arg(tr("Ctrl+End")));
    m_showEarlier->setToolTip(tr("Show again what was cleared from the view"));
    layOut();
    connect(m_jump, &QToolButton::clicked, this, &LogFooter::followWanted);
    connect(m_showEarlier, &QToolButton::clicked, this, &LogFooter::earlierWanted);
    connect(m_openFolder, &QToolButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_sessionsFolder)); });
}

void LogFooter::layOut()
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 1, 4, 1);
    layout->setSpacing(4);
    m_text->setForegroundRole(QPalette::WindowText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setMinimumHeight(m_jump->sizeHint().height()); // no jump when a button comes or goes
    layout->addWidget(m_text, 1);
    layout->addWidget(m_openFolder);
    layout->addWidget(m_showEarlier);
    layout->addWidget(m_jump);
}

QStringList LogFooter::matchesOf(const MessagesModel &model, const std::optional<MatchPlace> &place)
{
    const QString matches = formatCount(model.matches()), all = formatCount(model.all());
    const bool hides = model.mode() == MessagesModel::FilterMode::Hide;
    if (!place)
        return {(hides ? tr("%1 of %2 match") : tr("%1 of %2 highlighted")).arg(matches, all)};
    QStringList parts{tr("%1 of %2 matches, among %3").arg(formatCount(place->index + 1), matches, all)};
    if (place->turn != MatchPlace::Turn::None)
        parts << (place->turn == MatchPlace::Turn::ToFirst ? tr("from the first one again")
                                                           : tr("from the last one again"));
    return parts;
}

QStringList LogFooter::countsOf(const MessagesModel &model, const std::optional<MatchPlace> &place)
{
    const int rows = model.rowCount();
    QStringList parts = model.isFiltered()
        ? matchesOf(model, place)
        : QStringList(rows == 1 ? tr("1 message") : tr("%1 messages").arg(formatNumber(rows)));
    if (model.searchedPercent() < 100)
        parts << tr("searching, %1 %").arg(model.searchedPercent());
    if (model.notSearched() > 0)
        parts << tr("%1 not searched to their ends").arg(formatCount(model.notSearched()));
    if (model.isPaused())
        parts << tr("paused, %1 waiting").arg(formatCount(model.waiting()));
    if (model.hidden() > 0)
        parts << tr("%1 cleared from the view").arg(formatCount(model.hidden()));
    if (model.notOffered() > 0)
        parts << tr("%1 older ones only by filter").arg(formatCount(model.notOffered()));
    return parts;
}

void LogFooter::show(const MessagesModel &model, const MessageSource &source, const std::optional<MatchPlace> &place)
{
    QStringList parts = countsOf(model, place);
    parts = m_notes + parts; // what somebody did just now may not give way
    if (source.discarded() > 0)
        parts << tr("%1 discarded").arg(formatCount(source.discarded()));
    if (m_ofEarlierRuns > 0)
        parts << tr("%1 of earlier runs are in the folders of their sessions").arg(formatCount(m_ofEarlierRuns));
    m_text->setParts(parts);
    const int first = fontMetrics().horizontalAdvance(parts.constFirst()) / step * step + step;
    m_text->setMinimumWidth(std::min(first, mostCharacters * fontMetrics().averageCharWidth()));
    m_text->setExplanation(
        model.notSearched() == 0
            ? QString()
            : tr("They may match too: their payloads were left out of the capture, or are longer than an "
                 "expression looks. A text is searched for to the end."));
    m_showEarlier->setVisible(model.hidden() > 0);
}

void LogFooter::addChips(QWidget *chips)
{
    qobject_cast<QHBoxLayout *>(layout())->insertWidget(0, chips);
    chips->setMaximumHeight(m_text->minimumHeight()); // no jump when they come or go
}

void LogFooter::addButton(QWidget *button)
{
    button->setMaximumHeight(m_text->minimumHeight());
    layout()->addWidget(button);
}

void LogFooter::setFollowing(bool following) { m_jump->setVisible(!following); }

void LogFooter::addEarlierRun(quint64 messages, const QString &sessionFolder)
{
    const QString folder = QFileInfo(sessionFolder).path();
    if (std::exchange(m_sessionsFolder, folder) != folder)
        m_ofEarlierRuns = 0; // the others are somewhere else
    m_ofEarlierRuns += messages;
    m_openFolder->setToolTip(tr("Each run is recorded in a folder of its own, in %1").arg(m_sessionsFolder));
    m_openFolder->show();
}

} // namespace glasshouse
