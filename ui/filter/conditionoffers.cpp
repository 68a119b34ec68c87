// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/conditionoffers.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/filter/conditionwords.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int rowsInSight = 8;
constexpr int rowAir = 5; // as in tables
constexpr int shownCharacters = 60;
constexpr int widthInCharacters = 72;
constexpr int leastWidthInCharacters = 20;

bool isOperator(const QString &text)
{
    const auto operators = conditionOperators();
    return std::ranges::any_of(operators, [&](ConditionOperator op) { return conditionOperatorText(op) == text; });
}

bool isConnective(const QString &text) { return text == u"&&" || text == u"||" || text == u"and" || text == u"or"; }

/// Does something follow it, behind a space? Behind "data" comes a path, and a value may be the last word.
bool goesOn(const ConditionOffer &offer, const QStringList &paths)
{
    if (offer.field)
        return rowOf(*offer.field).kind != ConditionValueKind::Flag
            && rowOf(*offer.field).kind != ConditionValueKind::Json;
    return isOperator(offer.text) || isConnective(offer.text) || offer.text == u"not" || offer.text == u"has"
        || paths.contains(offer.text);
}

} // namespace

ConditionOffers::ConditionOffers(QLineEdit *field, std::function<KnownValues()> known)
    : QObject(field),
      m_field(field),
      m_known(std::move(known))
{
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, [this] { offer(false); });
    connect(m_field, &QLineEdit::textChanged, this, [this] { // by somebody else
        if (!m_field->hasFocus())
            close();
    });
}

ConditionOffers::~ConditionOffers() { delete m_list.data(); }

void ConditionOffers::build()
{
    m_list = new QTreeWidget;
    m_list->setObjectName(u"offers"_s);
    m_list->setAccessibleName(tr("What may be typed next"));
    m_list->setColumnCount(2);
    m_list->header()->hide();
    m_list->header()->setStretchLastSection(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameStyle(QFrame::Box | QFrame::Plain);
    m_list->setForegroundRole(QPalette::PlaceholderText);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_list, &QTreeWidget::itemClicked, this, &ConditionOffers::take);
}

bool ConditionOffers::isOpen() const { return m_list != nullptr && m_list->isVisible(); }

void ConditionOffers::close()
{
    if (m_list != nullptr)
        m_list->hide();
}

void ConditionOffers::offer(bool isAsked)
{
    const QString text = m_field->text();
    const auto cursor = m_field->cursorPosition();
    m_completion = completeCondition(text, cursor, m_known());
    const QList<ConditionOffer> &offers = m_completion.offers;
    const QStringView begun = QStringView(text).sliced(m_completion.position, m_completion.length);
    const bool isComplete = offers.size() == 1 && offers.first().text == begun;
    const bool isForTexts =
        begun.isEmpty() && (text.trimmed().isEmpty() || (!offers.isEmpty() && isConnective(offers.first().text)));
    if (offers.isEmpty() || (!isAsked && (isComplete || isForTexts)))
        return close();
    if (m_list == nullptr)
        build();
    fill();
    place();
}

void ConditionOffers::fill()
{
    m_list->clear();
    for (const ConditionOffer &offer : std::as_const(m_completion.offers)) {
        auto *item = new QTreeWidgetItem(m_list, {oneLine(offer.text, shownCharacters)});
        if (offer.field)
            item->setText(1, conditionFieldHelp(*offer.field));
        item->setForeground(1, tint(Tint::Muted));
        const QFontMetrics metrics = m_list->fontMetrics();
        item->setSizeHint(0, {metrics.horizontalAdvance(item->text(0)) + rowAir, metrics.height() + rowAir});
    }
    m_list->setCurrentItem(nullptr); // nothing is chosen
}

/// Where the field begins, so that it stays where it is while somebody types.
void ConditionOffers::place()
{
    QWidget *window = m_field->window();
    if (m_list->parentWidget() != window)
        m_list->setParent(window);
    const QPoint corner = m_field->mapTo(window, QPoint(0, m_field->height()));
    const int digit = m_field->fontMetrics().averageCharWidth();
    const int width = std::min(widthInCharacters * digit, window->width() - corner.x());
    const int rows = std::min(int(m_completion.offers.size()), rowsInSight);
    const int height = rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth();
    m_list->setGeometry(corner.x(), corner.y(), width, std::min(height, window->height() - corner.y()));
    m_list->resizeColumnToContents(0);
    m_list->setColumnWidth(0, std::clamp(m_list->columnWidth(0) + digit, leastWidthInCharacters * digit, width));
    m_list->raise();
    m_list->show();
}

void ConditionOffers::choose(int step)
{
    const int count = m_list->topLevelItemCount();
    const int now = m_list->indexOfTopLevelItem(m_list->currentItem());
    const int next = now + step;
    m_list->setCurrentItem(m_list->topLevelItem(next < -1 ? count - 1 : next >= count ? -1 : next));
}

void ConditionOffers::take(const QTreeWidgetItem *item)
{
    const auto row = m_list->indexOfTopLevelItem(const_cast<QTreeWidgetItem *>(item));
    const ConditionOffer offer = m_completion.offers.value(row);
    const bool isFollowed = goesOn(offer, m_known().paths);
    m_field->setSelection(int(m_completion.position), int(m_completion.length));
    m_field->insert(isFollowed ? offer.text + u' ' : offer.text);
    close();
    if (isFollowed)
        this->offer(false);
}

bool ConditionOffers::takeKey(int key, Qt::KeyboardModifiers modifiers)
{
    const bool isAsked = key == Qt::Key_Down || (key == Qt::Key_Space && modifiers == Qt::ControlModifier);
    if (!isOpen()) {
        if (isAsked)
            offer(true);
        return isAsked;
    }
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        choose(key == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        if (const QTreeWidgetItem *chosen = m_list->currentItem()) {
            take(chosen);
            return true;
        }
        close();
        return false;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        close(); // it was for where the cursor stood
        return false;
    default:
        return false;
    }
}

bool ConditionOffers::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: // Esc and others are keys of windows, too
        if (isOpen() && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (const auto *key = static_cast<QKeyEvent *>(event); takeKey(key->key(), key->modifiers()))
            return true;
        break;
    case QEvent::FocusOut:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::Resize:
        close();
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

} // namespace glasshouse
