// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/messagecopier.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/log/logcursor.h"
#include "ui/log/logselection.h"
#include "ui/messages/seatnames.h"
#include "ui/models/messagesource.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

/// "JSON Lines (*.jsonl)", for a file dialogue.
QString filterOf(const MessageFormat &format)
{
    return QString(format.name).remove(u'&').remove(u'(').remove(u')') + u" (*."_s + format.suffix + u')';
}

} // namespace

MessageCopier::MessageCopier(MessageSource *source, LogCursor *cursor, TableView *view, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_cursor(cursor),
      m_view(view),
      m_selectAll(new QAction(tr("Selec&t all"), this)),
      m_copy(new QAction(icon(Icon::Copy), tr("Copy &messages"), this)),
      m_formats(new QMenu(tr("Copy as"), view)),
      m_save(new QAction(this)),
      m_saveAll(new QAction(tr("Save the &whole log…"), this))
{
    buildActions();
    fillFormats();
    connect(&m_saver, &MessageSaver::finished, this, &MessageCopier::tellSaved);
    connect(&m_saver, &MessageSaver::progressed, this,
            [this] { emit told(tr("%1 of %2 saved").arg(formatCount(m_saver.done()), formatCount(m_saver.all()))); });
}

void MessageCopier::buildActions()
{
    m_selectAll->setShortcut(QKeySequence::SelectAll);
    m_selectAll->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_selectAll->setToolTip(tr("Every message that the log shows"));
    connect(m_selectAll, &QAction::triggered, m_view, &QTableView::selectAll);
    m_copy->setShortcuts(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_copy->setToolTip(tr("Copy the payloads of the selected messages: text without secrets, binary as hex"));
    connect(m_copy, &QAction::triggered, this, [this] { copy(messageFormats().first()); });
    m_formats->menuAction()->setToolTip(tr("Copy the selected messages in another form, without secrets"));
    m_save->setShortcut(tr("Ctrl+S"));
    m_saveAll->setShortcut(tr("Ctrl+Alt+L"));
    m_saveAll->setToolTip(
        tr("Write all messages of this log into a file, also those that are hidden, without secrets"));
    connect(m_saveAll, &QAction::triggered, this, [this] { ask(everything(), tr("Save the log")); });
    showSaving(false);
    connect(m_save, &QAction::triggered, this, [this] {
        if (!m_saver.isSaving())
            return ask(chosen(), tr("Save the selection"));
        m_saver.stop();
        showSaving(false);
        emit told(tr("saving was broken off"));
    });
}

void MessageCopier::showSaving(bool isSaving)
{
    m_saveAll->setEnabled(!isSaving);
    m_save->setText(isSaving ? tr("Stop sav&ing") : tr("Save t&he selection…"));
    m_save->setToolTip(isSaving ? tr("Break off what is being saved; the file stays as it was")
                                : tr("Write the selected messages, however many, into a file, without secrets"));
}

void MessageCopier::fillFormats()
{
    m_formats->setToolTipsVisible(true);
    auto *choice = new QActionGroup(this);
    for (const MessageFormat &format : messageFormats()) {
        QAction *action = m_formats->addAction(format.name, this, [this, format] { copy(format); });
        action->setToolTip(format.tip);
        choice->addAction(action);
        action->setObjectName(QString::fromLatin1(format.id));
    }
}

QList<QAction *> MessageCopier::actions() const
{
    return {m_selectAll, m_copy, m_formats->menuAction(), m_save, m_saveAll};
}

MessageWriter MessageCopier::writerOf(const MessageFormat &format, const Choice &choice) const
{
    MessageContext context = format.asks == MessageFormat::Asks::Origins && m_origins ? m_origins() : MessageContext();
    context.viewpoint = m_viewpoint;
    context.secrets = m_secrets ? m_secrets() : QByteArrayList();
    if (format.asks == MessageFormat::Asks::Players)
        context.players = choice.players;
    return {format, std::move(context)};
}

MessageCopier::Choice MessageCopier::chosen() const
{
    const LogSelection &selection = *m_cursor->selection();
    const auto current = m_cursor->current();
    const auto players = m_players != nullptr ? m_players->history() : nullptr;
    if (const quint64 count = selection.count(); count > 0)
        return {m_source->rows(), selection.numbers(), count, players};
    if (current && m_view->currentIndex().isValid())
        return {m_source->rows(), {*current}, 1, players};
    return {};
}

MessageCopier::Choice MessageCopier::everything() const
{
    RowSet numbers;
    numbers.append(m_source->firstRow(), m_source->endRow());
    const quint64 count = numbers.size();
    return {m_source->rows(), std::move(numbers), count, m_players != nullptr ? m_players->history() : nullptr};
}

void MessageCopier::copy(const MessageFormat &format)
{
    const Choice choice = chosen();
    if (choice.isEmpty())
        return;
    emit told(tr("copying …"));
    m_copying.run(
        this,
        [choice, writer = writerOf(format, choice)](const std::atomic<bool> &stop) {
            return copyMessages(*choice.rows, choice.numbers, writer, mostCopied, mostCopiedBytes, stop);
        },
        [this](const CopiedMessages &copied) { takeCopied(copied); });
}

void MessageCopier::takeCopied(const CopiedMessages &copied)
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(copied.text));
    const QString count = formatCount(copied.messages);
    QString note = !copied.isWhole ? tr("only the first %1 copied; saving takes all").arg(count)
        : copied.messages == 1     ? tr("1 message copied")
                                   : tr("%1 messages copied").arg(count);
    if (copied.hiddenPieces > 0)
        note +=
            tr(" · %1 pieces of longer messages without their contents: they are copied where they are put together")
                .arg(formatCount(copied.hiddenPieces));
    emit told(copied.hasNames ? note : tr("%1 · players not read yet: copying again goes on").arg(note));
}

/// `choice` was made before: while the dialogue is open, much may change.
void MessageCopier::ask(const Choice &choice, const QString &title)
{
    if (choice.isEmpty())
        return emit told(tr("no message is selected"));
    QFileDialog dialog(m_view, title, QDir::homePath());
    QStringList filters;
    for (const MessageFormat &format : messageFormats())
        filters << filterOf(format);
    const auto chosenFormat = [&]() -> const MessageFormat & {
        return messageFormats().at(std::max<qsizetype>(0, filters.indexOf(dialog.selectedNameFilter())));
    };
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    dialog.setDefaultSuffix(chosenFormat().suffix);
    dialog.selectFile(u"messages"_s);
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&] { dialog.setDefaultSuffix(chosenFormat().suffix); });
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return;
    const QString file = dialog.selectedFiles().first();
    save(file, formatOf(file, chosenFormat()), choice);
}

/// Who types moves.jsonl means JSON Lines, whatever the list below says.
const MessageFormat &MessageCopier::formatOf(const QString &fileName, const MessageFormat &chosen)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == chosen.suffix)
        return chosen;
    const auto found = std::ranges::find(messageFormats(), suffix, &MessageFormat::suffix);
    return found == messageFormats().end() ? chosen : *found;
}

void MessageCopier::saveTo(const QString &fileName, const MessageFormat &format)
{
    if (const Choice choice = chosen(); !choice.isEmpty())
        save(fileName, format, choice);
}

void MessageCopier::save(const QString &fileName, const MessageFormat &format, const Choice &choice)
{
    showSaving(true);
    m_saver.save(fileName, choice.rows, choice.numbers, choice.messages, writerOf(format, choice));
}

void MessageCopier::tellSaved(const QString &fileName, quint64 messages, const QString &fault)
{
    showSaving(false);
    if (fault.isEmpty())
        return emit told(tr("%1 saved to %2").arg(formatCount(messages), oneLine(QFileInfo(fileName).fileName(), 60)));
    emit told(tr("not saved"));
    tell(m_view, QMessageBox::Warning, tr("Not saved"),
         tr("The messages could not be written to %1: %2\n\nIf there was such a file before, it is as it was.")
             .arg(oneLine(QDir::toNativeSeparators(fileName), 400), fault));
}

} // namespace glasshouse
