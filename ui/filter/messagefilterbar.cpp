// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/messagefilterbar.h"

#include "ui/base/icons.h"
#include "ui/base/overflowrow.h"
#include "ui/base/plainlabels.h"
#include "ui/filter/conditionoffers.h"
#include "ui/filter/filterchoices.h"
#include "ui/filter/filterfield.h"
#include "ui/filter/filterhelp.h"

#include <QAction>
#include <QComboBox>
#include <QDataStream>
#include <QHBoxLayout>
#include <QIODevice>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int typingMs = 200; // a pause in typing, before a search begins

/// Fills itself when it opens.
class TypeBox final : public QComboBox
{
public:
    std::function<void()> beforePopup;
    void showPopup() override
    {
        beforePopup();
        QComboBox::showPopup();
    }
};

QToolButton *buttonFor(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    return button;
}

} // namespace

MessageFilterBar::MessageFilterBar(QWidget *parent)
    : QWidget(parent),
      m_row(new OverflowRow),
      m_typing(new QTimer(this))
{
    buildFields();
    buildActions();
    layOut();
    connectFields();
}

void MessageFilterBar::buildFields()
{
    m_text = new FilterField;
    new ConditionOffers(m_text, [this] { return m_known ? m_known() : KnownValues(); });
    auto *types = new TypeBox;
    types->beforePopup = [this] { emit typesWanted(); };
    m_type = types;
    m_type->setEditable(true);
    m_type->setInsertPolicy(QComboBox::NoInsert);
    m_type->lineEdit()->setPlaceholderText(tr("Any type"));
    m_type->lineEdit()->setClearButtonEnabled(true);
    m_type->setToolTip(tr("Only envelopes of this type; several with commas"));
    m_type->setAccessibleName(tr("Filter by type"));
    m_direction = new QComboBox;
    m_direction->addItems({{}, {}, {}});
    m_direction->setAccessibleName(tr("Filter by direction"));
    m_direction->setSizeAdjustPolicy(QComboBox::AdjustToContents); // the words come, and change, later
    setViewpoint(Viewpoint::Server);
    m_mode = new QComboBox;
    m_mode->addItems({tr("Hide others"), tr("Highlight")});
    m_mode->setToolTip(tr("What does not match is hidden, or what matches is marked"));
    m_narrow = toggle(tr("This connection"), tr("Only the connection of the selected message"));
    m_errors = toggle(tr("Errors"), tr("Only broken frames, error messages, unusual closes and refusals"));
    m_control = toggle(tr("Control"), tr("Show ping, pong and close frames"));
    m_control->setChecked(true);
}

QAction *MessageFilterBar::toggle(const QString &text, const QString &toolTip)
{
    auto *action = new QAction(text, this);
    action->setToolTip(toolTip);
    action->setCheckable(true);
    return action;
}

void MessageFilterBar::buildActions()
{
    m_find = new QAction(icon(Icon::Search), tr("&Find in messages"), this);
    m_find->setShortcut(QKeySequence::Find);
    m_find->setToolTip(tr("Type what the messages contain"));
    m_choose = new QAction(tr("Earlier and saved f&ilters"), this);
    m_choose->setShortcut(tr("Ctrl+Shift+H"));
    m_choose->setToolTip(tr("Choose a filter that was there before, or save this one (%1)").arg(tr("Ctrl+Shift+H")));
    m_help = filterHelpAction(this);
    m_pause = new QAction(icon(Icon::Pause), tr("&Pause"), this);
    m_pause->setShortcut(tr("Ctrl+P"));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("New messages wait; the recording goes on (%1)").arg(tr("Ctrl+P")));
    m_follow = new QAction(icon(Icon::Follow), tr("F&ollow the newest"), this);
    m_follow->setShortcut(tr("Ctrl+End"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Stay at the newest message until you scroll up (%1)").arg(tr("Ctrl+End")));
    m_clearFilter = new QAction(tr("Show a&ll: clear the filter"), this);
    m_clearFilter->setShortcut(tr("Ctrl+Shift+F"));
    m_clearFilter->setToolTip(tr("No text, type, direction or connection narrows the log any more"));
    m_clearView = new QAction(icon(Icon::Clear), tr("&Clear the view"), this);
    m_clearView->setShortcut(tr("Ctrl+L"));
    m_clearView->setToolTip(tr("Hide everything up to now; the recording keeps it (%1)").arg(tr("Ctrl+L")));
}

void MessageFilterBar::layOut()
{
    fillRow();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 3, 4, 3);
    layout->addWidget(m_row);
}

/// What is used least gives way first.
void MessageFilterBar::fillRow()
{
    m_text->setMinimumWidth(14 * fontMetrics().averageCharWidth());
    m_type->setMinimumContentsLength(7);
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_row->row()->setContentsMargins({});
    m_row->row()->setSpacing(4);
    QAction *choose =
        m_text->addAction(icon(Icon::Down), QLineEdit::TrailingPosition); // without a text: it would be cut
    choose->setToolTip(m_choose->toolTip());
    connect(choose, &QAction::triggered, m_choose, &QAction::trigger);
    m_choices = new FilterChoices(m_text);
    m_choices->setHelp(m_help);
    m_row->addFixed(m_text, 1);
    m_row->addFixed(m_type);
    m_row->addYielding(m_direction, 6, {choicesOf(m_direction, tr("Di&rection"))});
    m_narrowButton = buttonFor(m_narrow);
    m_row->addYielding(m_narrowButton, 3, {m_narrow});
    m_row->addYielding(buttonFor(m_errors), 4, {m_errors});
    m_row->addYielding(buttonFor(m_control), 5, {m_control});
    m_row->addYielding(m_mode, 7, {choicesOf(m_mode, tr("W&hat does not match"))});
    m_row->addSpacing(6);
    int rank = 0;
    for (QAction *action : {m_follow, m_pause, m_clearView})
        m_row->addYielding(buttonFor(action), rank++, {action});
}

void MessageFilterBar::connectFields()
{
    m_typing->setSingleShot(true);
    m_typing->setInterval(typingMs);
    connect(m_typing, &QTimer::timeout, this, &MessageFilterBar::filterChanged);
    connect(m_text, &FilterField::conditionChanged, this, &MessageFilterBar::filterChanged);
    connect(m_text, &FilterField::leaveWanted, this, &MessageFilterBar::leaveWanted);
    connect(m_type, &QComboBox::editTextChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_direction, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_errors, &QAction::toggled, this, &MessageFilterBar::filterChanged);
    connect(m_control, &QAction::toggled, this, &MessageFilterBar::filterChanged);
    connect(m_narrow, &QAction::triggered, this, &MessageFilterBar::narrowingWanted);
    connect(m_pause, &QAction::toggled, this, &MessageFilterBar::pauseWanted);
    connect(m_follow, &QAction::triggered, this, &MessageFilterBar::followWanted);
    connect(m_clearView, &QAction::triggered, this, &MessageFilterBar::clearViewWanted);
    connect(m_clearFilter, &QAction::triggered, this, &MessageFilterBar::clearFilter);
    connect(m_choose, &QAction::triggered, m_choices, &FilterChoices::open);
    connect(m_find, &QAction::triggered, m_text, [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
}

CaptureFilter MessageFilterBar::filter() const
{
    CaptureFilter filter;
    const std::optional<Condition> &asked = m_text->condition();
    filter.content = asked ? asked->onlyContent() : std::nullopt;
    if (!filter.content)
        filter.condition = asked;
    const QStringList types = m_type->currentText().split(u',', Qt::SkipEmptyParts);
    for (const QString &type : types)
        filter.types.append(type.trimmed().toUtf8());
    filter.types.removeAll(QByteArray());
    if (m_direction->currentIndex() > 0)
        filter.direction = m_direction->currentIndex() == 1 ? Direction::In : Direction::Out;
    filter.errorsOnly = m_errors->isChecked();
    filter.controlFrames = m_control->isChecked();
    filter.events = filter.types.isEmpty() && !filter.direction;
    return filter;
}

MessagesModel::FilterMode MessageFilterBar::mode() const
{
    return m_mode->currentIndex() == 0 ? MessagesModel::FilterMode::Hide : MessagesModel::FilterMode::Highlight;
}

void MessageFilterBar::clearFilter()
{
    const QSignalBlocker direction(m_direction), errors(m_errors), control(m_control);
    m_type->clearEditText();
    m_direction->setCurrentIndex(0);
    m_errors->setChecked(false);
    m_control->setChecked(true);
    m_typing->stop();
    m_text->setCondition({});
    emit narrowingWanted(false);
    emit filterChanged();
}

void MessageFilterBar::setKnownTypes(const QSet<QByteArray> &types)
{
    QStringList names;
    for (const QByteArray &type : types)
        names << QString::fromUtf8(type);
    names.sort();
    const QString typed = m_type->currentText();
    const QSignalBlocker quiet(m_type);
    m_type->clear();
    m_type->addItems(names);
    m_type->setCurrentIndex(int(names.indexOf(typed)));
    m_type->setEditText(typed);
}

void MessageFilterBar::setNarrowed(bool narrowed, const QString &label)
{
    m_narrow->setChecked(narrowed);
    m_narrow->setText(narrowed && !label.isEmpty()
                          ? withoutMnemonics(fontMetrics().elidedText(label, Qt::ElideRight, 140))
                          : tr("This connection"));
    m_narrow->setToolTip(narrowed ? tr("Only %1; click to see all connections").arg(label)
                                  : tr("Only the connection of the selected message"));
}

FilterField *MessageFilterBar::field() const { return m_text; }

void MessageFilterBar::setKnown(std::function<KnownValues()> known) { m_known = std::move(known); }
void MessageFilterBar::setNarrowingShown(bool shown) { m_row->setWanted(m_narrowButton, shown); }
void MessageFilterBar::setFollowing(bool following) { m_follow->setChecked(following); }

void MessageFilterBar::setViewpoint(Viewpoint viewpoint)
{
    const bool client = viewpoint == Viewpoint::Client;
    m_direction->setItemText(0, client ? tr("Both ways") : tr("In and out"));
    m_direction->setItemText(1, wayText(Direction::In, viewpoint));
    m_direction->setItemText(2, wayText(Direction::Out, viewpoint));
    m_direction->setToolTip(client ? tr("Messages that this client sent, or received")
                                   : tr("Messages that came in, or went out"));
}

QList<QAction *> MessageFilterBar::menuActions() const
{
    return {m_find, m_clearFilter, m_choose, m_help, m_pause, m_follow, m_clearView};
}

QByteArray MessageFilterBar::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_mode->currentIndex() << m_control->isChecked() << m_choices->saveState();
    return state;
}

void MessageFilterBar::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    int mode = 0;
    bool control = true;
    in >> mode >> control;
    if (in.status() != QDataStream::Ok)
        return;
    m_mode->setCurrentIndex(mode == 1 ? 1 : 0);
    m_control->setChecked(control);
    QByteArray filters; // a version before had none
    in >> filters;
    m_choices->restoreState(filters);
}

} // namespace glasshouse
