// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondetails.h"

#include "ui/base/advicelinks.h"
#include "ui/base/endingwords.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/connections/limitspage.h"
#include "ui/panels/captiontabs.h"
#include "ui/panels/tableview.h"
#include "ui/timeline/timelinepage.h"

#include <QEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int rowsSearched = 128; // for the last frames, back from the end

QPlainTextEdit *fixedText(const QString &placeholder)
{
    auto *text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setPlaceholderText(placeholder);
    text->setTabChangesFocus(true);
    return text;
}

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

// On a ground of the Base role a label writes in Text, elsewhere in WindowText.
QPalette inked(QPalette palette, const QColor &colour)
{
    palette.setColor(QPalette::Text, colour);
    palette.setColor(QPalette::WindowText, colour);
    return palette;
}

QString reasonText(quint16 code, const QByteArray &reason)
{
    return reason.isEmpty() ? closeCodeText(code)
                            : closeCodeText(code) + u" – “"_s + oneLine(QString::fromUtf8(reason), 130) + u"”"_s;
}

} // namespace

ConnectionDetails::ConnectionDetails(const MessageSource *source, QWidget *parent)
    : QWidget(parent),
      m_source(source),
      m_tabs(new CaptionTabs(tr("The connection"))),
      m_handshake(fixedText(tr("Select a connection to see its handshake."))),
      m_sentence(wrappedLabel()),
      m_advice(wrappedLabel()),
      m_inLog(wrappedLabel()),
      m_toDoctor(wrappedLabel()),
      m_evidence(new QWidget),
      m_form(nullptr),
      m_framesTitle(wrappedLabel()),
      m_frames(new TableView(tr("Last frames"), tr("No frame went over this connection."))),
      m_limits(new LimitsPage),
      m_timeline(new TimelinePage(source))
{
    m_handshake->setAccessibleName(tr("Handshake"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_handshake, tr("Handshake")),
                          tr("Request and response head; tokens are replaced"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_limits, tr("Limits")), tr("How near the connection is to each limit"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_timeline, tr("Timeline")),
                          tr("Frames, pings, faults, seat and ending on an axis of time"));
    m_tabs->setTabToolTip(m_tabs->addTab(buildEnding(), tr("Ending")),
                          tr("Why the connection ended, what to do, and the evidence"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs);
    followLinksOf(m_advice);
    m_inLog->setTextFormat(Qt::RichText);
    m_inLog->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_inLog->setText(u"<a href=\"log\">%1</a>"_s.arg(tr("Show in the log what ended it").toHtmlEscaped()));
    connect(m_inLog, &QLabel::linkActivated, this, [this] {
        if (m_endingEvent)
            emit endingWanted(*m_endingEvent, m_sinceMs);
    });
    m_toDoctor->setTextFormat(Qt::RichText);
    m_toDoctor->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_toDoctor->setText(
        u"<a href=\"doctor\">%1</a>"_s.arg(tr("Examine this server as this client found it").toHtmlEscaped()));
    connect(m_toDoctor, &QLabel::linkActivated, this, [this] {
        if (m_shown)
            emit examineWanted(*m_shown);
    });
    connect(m_timeline, &TimelinePage::rowWanted, this, &ConnectionDetails::rowWanted);
    show(nullptr);
}

ConnectionDetails::~ConnectionDetails()
{
    delete m_tabs; // the table holds on to the model, which is a member and would go first
}

void ConnectionDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_hasOldColours = true; // until the next show()
}

QWidget *ConnectionDetails::buildEnding()
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    strong.setBold(true);
    m_sentence->setFont(strong);
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    layout->addWidget(m_sentence);
    layout->addWidget(m_advice);
    layout->addWidget(m_inLog);
    layout->addWidget(m_toDoctor);
    m_form = new QFormLayout(m_evidence);
    m_form->setContentsMargins(0, 4, 0, 0);
    m_form->setVerticalSpacing(3);
    m_form->setHorizontalSpacing(14);
    layout->addWidget(m_evidence);
    layout->addWidget(m_framesTitle);
    layout->addWidget(buildFrames());
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Ending"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    connect(m_frames->selectionModel(), &QItemSelectionModel::currentRowChanged, scroll, [this, scroll, page] {
        const QRect row = m_frames->visualRect(m_frames->currentIndex());
        const QPoint centre = m_frames->viewport()->mapTo(page, row.center());
        if (row.isValid())
            scroll->ensureVisible(0, centre.y(), 0, row.height());
    });
    return scroll;
}

// As high as its rows: the page scrolls, not the table.
QWidget *ConnectionDetails::buildFrames()
{
    m_frames->setObjectName(u"lastFrames"_s);
    m_frames->setModel(&m_framesModel);
    m_frames->setWidths({11, 6, 14, 9, 10});
    m_frames->setElasticColumn(LastFramesModel::Content);
    m_frames->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frames->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frames->setToolTip(tr("Enter or a double click shows the frame in the log"));
    connect(m_frames, &QTableView::activated, this, &ConnectionDetails::openFrame);
    m_frames->offerCopy();
    return m_frames;
}

void ConnectionDetails::showCaption(const ConnectionEntry *entry, int run)
{
    if (entry == nullptr)
        return m_tabs->setCaption({});
    const QString player = oneLine(entry->counters.player, 24);
    const QString number = tr("#%1").arg(quint32(entry->info.id));
    QStringList parts{entry->run == run ? number : tr("%1 of an earlier run").arg(number)};
    if (!player.isEmpty())
        parts << tr("“%1”").arg(player);
    m_tabs->setCaption(parts);
}

void ConnectionDetails::show(const ConnectionEntry *entry, int run)
{
    showCaption(entry, run); // a name comes later than the connection
    const auto id = entry != nullptr ? std::optional(entry->info.id) : std::nullopt;
    const bool over = entry != nullptr && entry->isOver();
    const bool hasOldColours = std::exchange(m_hasOldColours, false);
    if (entry != nullptr && id == m_shown && entry->run == m_shownRun && over == m_shownOver && !hasOldColours)
        return; // nothing else of it changes in between
    const bool isAnother = id != m_shown || (entry != nullptr && entry->run != m_shownRun);
    m_shown = id;
    m_shownRun = entry != nullptr ? entry->run : 0;
    m_shownOver = over;
    m_handshake->clear();
    if (entry != nullptr) {
        const QString heads = QString::fromUtf8(entry->info.requestHead).trimmed() + u"\n\n"_s
            + QString::fromUtf8(entry->info.responseHead).trimmed();
        m_handshake->setPlainText(harmless(heads.trimmed().remove(u'\r')));
    }
    if (over && entry->ending)
        showEnding(*entry, run);
    else
        showOpen();
    showLimits();
    showWay(entry, entry != nullptr && entry->run == run);
    if (isAnother || !id)
        showTimeline(entry, entry != nullptr && entry->run == run);
}

/// To the row of its end, and to the doctor.
void ConnectionDetails::showWay(const ConnectionEntry *entry, bool hasRows)
{
    m_endingEvent.reset();
    if (entry != nullptr && entry->ending && hasRows) {
        m_sinceMs = entry->info.sinceMs;
        m_endingEvent = ServerEvent();
        m_endingEvent->code = EventCode::ConnectionEnded;
        m_endingEvent->connection = entry->info.id;
        m_endingEvent->timeMs = m_sinceMs + entry->ending->lifetimeMs;
    }
    m_inLog->setVisible(m_endingEvent.has_value());
    m_toDoctor->setVisible(m_endingEvent && !entry->info.requestHead.isEmpty());
}

void ConnectionDetails::openFrame(const QModelIndex &index)
{
    const auto number = m_framesModel.numberAt(index.row());
    number ? emit rowWanted(*number) : emit rowMissed();
}

void ConnectionDetails::showTimeline(const ConnectionEntry *entry, bool hasRows)
{
    if (entry == nullptr)
        m_timeline->showNothing(tr("Select a connection to see its life on an axis of time."));
    else if (!hasRows)
        m_timeline->showNothing(tr("It is of an earlier run, whose rows lie in the folder of its session."));
    else
        m_timeline->show(entry->info.id, entry->info.sinceMs);
}

void ConnectionDetails::showLimits()
{
    const bool open = m_shown && !m_shownOver;
    if (!m_shown)
        m_limits->showNothing(tr("Select a connection to see how near it is to its limits."));
    else if (m_shownOver)
        m_limits->showNothing(tr("The connection has ended: it takes nothing any more."));
    else
        m_limits->showNothing(tr("Waiting for the server…"));
    const ConnectionId wanted = open ? *m_shown : ConnectionId{};
    if (std::exchange(m_watched, wanted) != wanted)
        emit watchWanted(wanted);
}

void ConnectionDetails::showLevels(const ConnectionLevels &levels)
{
    if (m_shown == levels.id && !m_shownOver)
        m_limits->show(levels);
}

void ConnectionDetails::showOpen()
{
    m_sentence->setPalette(palette());
    m_sentence->setText(!m_shown          ? tr("No connection is selected.")
                            : m_shownOver ? tr("It ended with the server's run.")
                                          : tr("Still connected."));
    showAdvice(m_advice,
               m_shown && !m_shownOver
                   ? tr("When it ends, the reason, what to do about it and the last frames stand here.")
                   : QString());
    m_evidence->hide();
    m_framesTitle->hide();
    m_frames->hide();
}

void ConnectionDetails::showEnding(const ConnectionEntry &entry, int run)
{
    const Ending &ending = *entry.ending;
    m_sentence->setPalette(isFault(ending.cause) ? inked(palette(), tint(Tint::Bad)) : palette());
    m_sentence->setText(endingSentence(ending));
    showAdvice(m_advice, endingAdvice(ending));
    m_advice->setVisible(!m_advice->text().isEmpty());
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    if (!ending.detail.isEmpty())
        addEvidence(tr("Exactly:"), oneLine(QString::fromUtf8(ending.detail), 500));
    addEvidence(tr("A browser sees:"), closeCodeText(ending.code()));
    addEvidence(tr("Received:"), reasonText(ending.codeReceived, ending.reasonReceived));
    addEvidence(tr("Sent:"), reasonText(ending.codeSent, ending.reasonSent));
    if (ending.httpStatus != 0)
        addEvidence(tr("HTTP status:"), QString::number(ending.httpStatus));
    addEvidence(tr("Ended by:"),
                tr("%1, stage: %2, %3")
                    .arg(endingSideText(ending.side), endingStageText(ending.stage),
                         ending.cleanly ? tr("cleanly") : tr("not cleanly")));
    addQuiet(ending);
    addTraffic(entry);
    m_evidence->show();
    showFrames(entry, entry.run == run);
}

void ConnectionDetails::addQuiet(const Ending &ending)
{
    addEvidence(
        tr("Lifetime:"),
        tr("%1, nothing came in the last %2").arg(formatDuration(ending.lifetimeMs), formatDuration(ending.silenceMs)));
    const QString hint = endingHintText(ending);
    if (hint.isEmpty())
        return;
    QLabel *text = addEvidence(tr("Hint:"), {}); // evidence comes from outside, and gets no links
    showAdvice(text, hint);
    followLinksOf(text);
}

void ConnectionDetails::addTraffic(const ConnectionEntry &entry)
{
    const Ending &ending = *entry.ending;
    if (ending.stage < EndingStage::Open)
        return; // it never came to that, unlike who was refused behind the upgrade
    addEvidence(tr("Went over:"),
                tr("%1 in, %2 out").arg(formatBytes(qint64(ending.bytesIn)), formatBytes(qint64(ending.bytesOut))));
    if (ending.queuedBytes > 0)
        addEvidence(tr("Not sent:"), formatBytes(ending.queuedBytes));
    addEvidence(tr("RTT:"), ending.rttMs < 0 ? tr("never measured") : formatDuration(ending.rttMs));
}

void ConnectionDetails::followLinksOf(QLabel *label)
{
    connect(label, &QLabel::linkActivated, this,
            [this](const QString &link) { emit optionWanted(optionBehind(QUrl(link))); });
}

QLabel *ConnectionDetails::addEvidence(const QString &name, const QString &value)
{
    auto *title = new QLabel(name);
    title->setPalette(inked(palette(), tint(Tint::Muted)));
    title->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QLabel *text = wrappedLabel();
    text->setText(value);
    m_form->addRow(title, text);
    return text;
}

void ConnectionDetails::showFrames(const ConnectionEntry &entry, bool hasRows)
{
    const quint64 end = entry.ending->lastRow + 1;
    const quint64 first = end - std::min<quint64>(end, rowsSearched);
    QList<CapturedRow> rows = hasRows ? m_source->read(first, int(end - first)) : QList<CapturedRow>();
    rows.removeIf([&entry](const CapturedRow &row) { return row.connection() != entry.info.id || row.isEvent(); });
    const QList<LastFrame> &frames = entry.ending->lastFrames;
    m_framesModel.show(frames, rows);
    m_framesTitle->setText(tr("The last frames, the newest last:"));
    m_framesTitle->setVisible(!frames.isEmpty());
    const int rowHeight = m_frames->verticalHeader()->defaultSectionSize();
    m_frames->setFixedHeight(m_frames->horizontalHeader()->sizeHint().height() + rowHeight * int(frames.size()) + 2);
    m_frames->setVisible(!frames.isEmpty());
}

} // namespace glasshouse
