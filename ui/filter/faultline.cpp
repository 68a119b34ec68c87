// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/faultline.h"

#include "ui/base/tints.h"
#include "ui/filter/filterfield.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int air = 3;

} // namespace

FaultLine::FaultLine(FilterField *field, QWidget *over)
    : LiveLabel(tr("What is wrong with the filter"), over),
      m_field(field)
{
    setObjectName(u"fault"_s);
    setWordWrap(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setForegroundRole(QPalette::WindowText); // or it were that of the ground
    setFrameStyle(QFrame::Box | QFrame::Plain);
    setMargin(air);
    paintRed();
    hide();
    field->installEventFilter(this);
    over->installEventFilter(this);
    connect(field, &FilterField::faultChanged, this, &FaultLine::say);
}

void FaultLine::say(const QString &fault)
{
    setText(fault);
    setVisible(!fault.isEmpty());
    if (!fault.isEmpty())
        place();
}

/// As wide as its words, as far as there is room.
void FaultLine::place()
{
    const QPoint corner = m_field->mapTo(parentWidget(), QPoint(0, m_field->height()));
    const int words = fontMetrics().horizontalAdvance(text()) + 2 * (air + frameWidth()) + air; // and rounding
    const int wide = std::min(words, parentWidget()->width() - corner.x() - air);
    setGeometry(corner.x(), corner.y(), wide, heightForWidth(wide));
    raise();
}

/// The frame has the colour of the words.
void FaultLine::paintRed()
{
    QPalette colours;
    colours.setColor(QPalette::WindowText, tint(Tint::Bad));
    if (palette().color(QPalette::WindowText) != colours.color(QPalette::WindowText))
        setPalette(colours);
}

void FaultLine::changeEvent(QEvent *event)
{
    LiveLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintRed();
}

void FaultLine::mousePressEvent(QMouseEvent *) { m_field->setFocus(Qt::MouseFocusReason); }

bool FaultLine::eventFilter(QObject *object, QEvent *event)
{
    const bool isElsewhere = event->type() == QEvent::Resize || event->type() == QEvent::Move;
    if (isElsewhere && !isHidden())
        QMetaObject::invokeMethod(this, &FaultLine::place, Qt::QueuedConnection); // the row is being laid out
    return LiveLabel::eventFilter(object, event);
}

} // namespace glasshouse
