// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctorpanel.h"

#include "client/doctor/report/doctorreport.h"
#include "client/testclienttarget.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/livelabel.h"
#include "ui/base/overflowrow.h"
#include "ui/doctor/diagnosiswords.h"
#include "ui/doctor/doctororders.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int standardIdleSeconds = 150;
constexpr int mostIdleSeconds = 3'600;
constexpr int linesOfAdvice = 2;

QLabel *plainLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText); // text of a server must not become markup
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

void setTint(QWidget *widget, Tint name)
{
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::WindowText, tint(name));
    widget->setPalette(colours);
}

/// The same again leaves it where somebody has scrolled to.
void showText(QPlainTextEdit *view, const QString &text)
{
    if (text != view->toPlainText())
        view->setPlainText(text);
}

QByteArray reportOf(const Diagnosis &diagnosis, DoctorReport::Kind kind)
{
    return DoctorReport{.kind = kind}.whole(diagnosis);
}

} // namespace

DoctorPanel::DoctorPanel(QWidget *parent)
    : QWidget(parent),
      m_body(new QWidget(this)),
      m_url(new QLineEdit),
      m_idle(new QSpinBox),
      m_sentence(plainLabel()),
      m_advice(new LiveLabel(tr("What it comes to, and what to do"))),
      m_stages(new TableView(tr("Stages"), QString())),
      m_title(plainLabel()),
      m_fix(new QPlainTextEdit),
      m_evidence(new QPlainTextEdit),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_examine(new QAction(icon(Icon::Doctor), tr("E&xamine"), this)),
      m_stop(new QAction(icon(Icon::Stop), tr("S&top"), this)),
      m_copy(new QAction(icon(Icon::Copy), tr("Copy &report"), this)),
      m_copyMarkdown(new QAction(icon(Icon::Copy), tr("Copy as Markdow&n"), this)),
      m_save(new QAction(tr("Save &JSON…"), this)),
      m_button(new QToolButton)
{
    buildActions();
    auto *layout = new QVBoxLayout(m_body);
    layout->addWidget(buildBar());
    layout->addLayout(buildHeadline());
    m_splitter->addWidget(buildStages());
    m_splitter->addWidget(buildDetails());
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    layout->addWidget(m_splitter, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_body);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_model.tick(m_time.elapsed());
        showHeadline();
    });
    connect(&m_doctor, &Doctor::stageChanged, this, &DoctorPanel::take);
    connect(&m_doctor, &Doctor::finished, this, &DoctorPanel::end);
    setOrders({});
    showDiagnosis(Diagnosis());
}

DoctorPanel::~DoctorPanel()
{
    m_doctor.disconnect(this);
    delete m_body; // its views hold on to the model, which is a member and would go first
}

void DoctorPanel::buildActions()
{
    const auto explain = [](QAction *action, const QString &keys, const QString &tip) {
        action->setShortcut(QKeySequence(keys));
        action->setToolTip(u"%1 (%2)"_s.arg(tip, action->shortcut().toString(QKeySequence::NativeText)));
    };
    explain(m_examine, tr("Ctrl+Shift+X"),
            tr("Go from the address to the close, one stage behind the other, and find out what is wrong"));
    explain(m_stop, tr("Ctrl+."), tr("Stop here: what was seen until now counts"));
    explain(m_copy, tr("Ctrl+Alt+X"), tr("Copy all stages with their evidence, as text; no secrets are in it"));
    explain(m_copyMarkdown, tr("Ctrl+Alt+M"), tr("Copy the same for an issue or a forum"));
    explain(m_save, tr("Ctrl+Alt+J"), tr("Save the same for programs"));
    connect(m_examine, &QAction::triggered, this, &DoctorPanel::examineAsked);
    connect(m_stop, &QAction::triggered, this, &DoctorPanel::stop);
    const auto copyAs = [this](DoctorReport::Kind kind) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(reportOf(m_diagnosis, kind)));
    };
    connect(m_copy, &QAction::triggered, this, [copyAs] { copyAs(DoctorReport::Kind::Text); });
    connect(m_copyMarkdown, &QAction::triggered, this, [copyAs] { copyAs(DoctorReport::Kind::Markdown); });
    connect(m_save, &QAction::triggered, this, &DoctorPanel::save);
}

QWidget *DoctorPanel::buildBar()
{
    m_url->setPlaceholderText(u"wss://play.example.org/ws/main"_s);
    m_url->setAccessibleName(tr("Address"));
    m_url->setToolTip(tr("Address of any WebSocket server: ws:// or, encrypted, wss://"));
    m_url->setClearButtonEnabled(true);
    connect(m_url, &QLineEdit::returnPressed, this, [this] {
        if (m_isRunning && !m_url->text().trimmed().isEmpty())
            stop(); // for what is typed now
        examineAsked();
    });
    connect(m_url, &QLineEdit::textChanged, this, [this] {
        updateActions();
        showHeadline();
    });
    m_idle->setRange(0, mostIdleSeconds);
    m_idle->setValue(standardIdleSeconds);
    m_idle->setSuffix(tr(" s"));
    m_idle->setSpecialValueText(tr("not at all"));
    m_idle->setToolTip(
        tr("How long a connection on which nobody says anything is watched at the end: devices on the way cut "
           "some after 30 to 240 seconds"));
    auto *idleLabel = new QLabel(tr("Watch a quiet one f&or:"));
    idleLabel->setBuddy(m_idle);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setDefaultAction(m_examine);
    m_button->setFixedWidth(m_button->sizeHint().width() + 8); // the longer text: the bar does not jump
    auto *idle = new QWidget;
    auto *line = new QHBoxLayout(idle);
    line->setContentsMargins({});
    line->addWidget(idleLabel);
    line->addWidget(m_idle);
    auto *bar = new OverflowRow;
    bar->row()->setContentsMargins({});
    bar->addFixed(m_url, 100); // all that is left of the stretch behind it
    bar->addFixed(m_button);
    bar->addFixed(idle);
    bar->addStretch();
    int rank = 0;
    for (QAction *action : {m_copy, m_copyMarkdown, m_save}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        bar->addYielding(button, ++rank, {action});
    }
    return bar;
}

QLayout *DoctorPanel::buildHeadline()
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    strong.setBold(true);
    m_sentence->setFont(strong);
    m_sentence->setAccessibleDescription(tr("What it comes to"));
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setWordWrap(true);
    m_advice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (QLabel *label : {m_sentence, static_cast<QLabel *>(m_advice)}) { // nothing below them moves
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        label->setFixedHeight((label == m_sentence ? 1 : linesOfAdvice) * label->fontMetrics().lineSpacing() + 2);
    }
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_sentence);
    texts->addWidget(m_advice);
    return texts;
}

QWidget *DoctorPanel::buildStages()
{
    m_stages->setObjectName(u"doctorStages"_s);
    m_stages->setModel(&m_model);
    m_stages->setWidths({3, 18, 40, 10});
    m_stages->setElasticColumn(DoctorStagesModel::Found);
    m_stages->setLeastRows(1);
    connect(m_stages->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DoctorPanel::showSelected);
    const auto choose = [this] { m_hasChosen = true; };
    connect(m_stages, &QTableView::clicked, this, choose);
    connect(m_stages, &QTableView::activated, this, choose);
    return m_stages;
}

QWidget *DoctorPanel::buildDetails()
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(false);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (QPlainTextEdit *text : {m_fix, m_evidence}) {
        text->setReadOnly(true);
        text->setUndoRedoEnabled(false);
        text->setTabChangesFocus(true);
        text->setMinimumHeight(text->fontMetrics().lineSpacing()); // it may stand above a log
    }
    m_fix->setFrameShape(QFrame::NoFrame);
    m_fix->viewport()->setAutoFillBackground(false);
    m_fix->document()->setDocumentMargin(0);
    m_fix->setAccessibleName(tr("What was found, and what to do"));
    m_evidence->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_evidence->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_evidence->setAccessibleName(tr("Evidence of the stage"));
    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_fix, 2);
    layout->addWidget(m_evidence, 3);
    return details;
}

QList<QAction *> DoctorPanel::menuActions() const { return {m_examine, m_stop, m_copy, m_copyMarkdown, m_save}; }

void DoctorPanel::setOrders(std::function<std::optional<DoctorOrder>()> orders)
{
    m_orders = std::move(orders);
    m_url->setVisible(!m_orders);
    setFocusProxy(m_orders ? static_cast<QWidget *>(m_button) : m_url);
    showHeadline();
    updateActions();
}

void DoctorPanel::suggest(const DoctorOrder &order)
{
    const QString before = m_order.client.url.toDisplayString();
    if (!m_url->text().isEmpty() && m_url->text() != before)
        return;
    m_order = order;
    m_url->setText(order.client.url.toDisplayString());
    m_url->selectAll();
}

/// What is typed goes without the options of another address.
DoctorOrder DoctorPanel::typedOrder() const
{
    const QString typed = m_url->text().trimmed();
    if (typed == m_order.client.url.toDisplayString())
        return m_order;
    DoctorOrder order;
    order.client.url = urlFromInput(typed);
    return order;
}

void DoctorPanel::examineAsked()
{
    if (!m_examine->isEnabled())
        return;
    if (const auto order = m_orders ? m_orders() : typedOrder())
        begin(*order);
}

void DoctorPanel::examine(const DoctorOrder &order)
{
    m_order = order;
    m_url->setText(order.client.url.toDisplayString());
    begin(order);
}

void DoctorPanel::begin(DoctorOrder order)
{
    m_idleMs = order.idleMs = std::min(m_idle->value() * 1'000LL, longestIdleMs(order));
    m_examined = m_url->text().trimmed();
    m_isRunning = true;
    m_hasChosen = false;
    m_stages->clearSelection();
    m_time.start();
    m_second.start();
    updateActions();
    m_doctor.start(order);
}

void DoctorPanel::take() { showDiagnosis(m_doctor.diagnosis()); }

void DoctorPanel::end()
{
    m_isRunning = false;
    m_second.stop();
    take();
    announce(m_sentence, m_sentence->text());
}

void DoctorPanel::showDiagnosis(const Diagnosis &diagnosis)
{
    m_diagnosis = diagnosis;
    m_model.apply(diagnosis);
    selectByItself();
    showHeadline();
    showSelected();
    updateActions();
}

/// Whoever has selected a stage keeps it.
void DoctorPanel::selectByItself()
{
    const auto stage = stageOfHeadline(m_diagnosis);
    if (!m_hasChosen && m_diagnosis.over && stage && !m_stages->selectionModel()->hasSelection())
        m_stages->selectRow(int(*stage));
}

void DoctorPanel::showHeadline()
{
    const bool isEmpty = !m_isRunning && m_diagnosis.verdict() == DoctorVerdict::Waiting && !m_diagnosis.over;
    if (isEmpty) {
        setTint(m_sentence, Tint::Muted);
        m_sentence->setText(tr("Nothing was examined yet."));
        m_advice->setText(m_orders
                              ? tr("Examine goes from the address above to the close, and names what is in the way.")
                              : tr("Write an address of any WebSocket server above and press Examine."));
        return;
    }
    const DoctorHeadline headline = headlineOf(m_diagnosis, m_time.isValid() ? m_time.elapsed() : 0, m_idleMs);
    const bool isOfAnother = !m_orders && !m_diagnosis.url.isEmpty() && m_url->text().trimmed() != m_examined;
    const QString sentence = isOfAnother
        ? tr("%1: %2").arg(oneLine(m_diagnosis.url.toDisplayString(), 100), headline.sentence)
        : headline.sentence;
    setTint(m_sentence, tintOf(headline.verdict));
    m_sentence->setText(sentence);
    m_sentence->setToolTip(sentence);
    m_advice->setText(headline.advice);
    m_advice->setToolTip(headline.advice);
}

void DoctorPanel::showSelected()
{
    const QModelIndexList rows = m_stages->selectionModel()->selectedRows();
    if (rows.size() != 1) {
        m_title->setText(tr("Evidence"));
        showText(m_fix, tr("Select a stage to see what was found, what to do about it, and the bytes that show it."));
        m_evidence->clear();
        return;
    }
    const DoctorStageResult &result = m_model.at(rows.first().row());
    m_title->setText(titleOf(DoctorStage(rows.first().row())));
    const QString advice = adviceOf(result);
    showText(m_fix, advice.isEmpty() ? meaningOf(result.verdict) : advice);
    showText(m_evidence, evidenceOf(result));
}

void DoctorPanel::updateActions()
{
    m_examine->setEnabled(!m_isRunning && (m_orders || !m_url->text().trimmed().isEmpty()));
    m_stop->setEnabled(m_isRunning);
    m_button->removeAction(m_isRunning ? m_examine : m_stop); // with both it would be a menu
    m_button->setDefaultAction(m_isRunning ? m_stop : m_examine);
    for (QAction *action : {m_copy, m_copyMarkdown, m_save})
        action->setEnabled(!m_diagnosis.url.isEmpty());
}

void DoctorPanel::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the diagnosis"), u"diagnosis.json"_s);
    if (!path.isEmpty())
        saveAs(path);
}

void DoctorPanel::saveAs(const QString &path)
{
    QSaveFile file(path);
    const QByteArray json = reportOf(m_diagnosis, DoctorReport::Kind::Json);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        tell(this, QMessageBox::Warning, tr("Save the diagnosis"),
             tr("It could not be saved: %1").arg(file.errorString()));
}

QString DoctorPanel::headline() const { return m_sentence->text() + u'\n' + m_advice->text(); }
QString DoctorPanel::evidence() const { return m_evidence->toPlainText(); }

void DoctorPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showHeadline();
}

} // namespace glasshouse
