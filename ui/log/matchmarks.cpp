// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/matchmarks.h"

#include "ui/base/tints.h"
#include "ui/models/messagesmodel.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOptionSlider>
#include <QTimer>

namespace glasshouse {

namespace {

constexpr int calmMs = 100;
constexpr int leastWidth = 3;

} // namespace

MatchMarks::MatchMarks(const MessagesModel *model, QScrollBar *bar)
    : QWidget(bar),
      m_model(model),
      m_bar(bar),
      m_calm(new QTimer(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(bar->rect());
    bar->installEventFilter(this);
    m_calm->setSingleShot(true);
    m_calm->setInterval(calmMs);
    connect(m_calm, &QTimer::timeout, this, &MatchMarks::look);
    connect(model, &MessagesModel::changed, this, [this] {
        if (!m_calm->isActive())
            m_calm->start();
    });
}

QRect MatchMarks::groove() const
{
    QStyleOptionSlider option;
    option.initFrom(m_bar);
    option.orientation = Qt::Vertical;
    option.subControls = QStyle::SC_All;
    option.maximum = m_bar->maximum();
    option.pageStep = m_bar->pageStep();
    return m_bar->style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, m_bar);
}

void MatchMarks::look()
{
    const bool isWanted = m_model->isFiltered() && m_model->mode() == MessagesModel::FilterMode::Highlight;
    std::vector<bool> marks = isWanted ? m_model->matchesIn(groove().height()) : std::vector<bool>();
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    update();
}

void MatchMarks::paintEvent(QPaintEvent *)
{
    QRect place = groove();
    place.setLeft(place.right() - std::max(leastWidth, place.width() / 3)); // the handle stays in sight where all match
    QPainter painter(this);
    for (int y = 0; y < int(m_marks.size()); ++y) {
        if (m_marks[size_t(y)])
            painter.fillRect(place.left(), place.top() + y, place.width(), 1, tint(Tint::Warning));
    }
}

bool MatchMarks::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        setGeometry(m_bar->rect());
        m_calm->start();
    }
    return QWidget::eventFilter(object, event);
}

} // namespace glasshouse
