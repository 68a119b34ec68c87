// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/comparewindow.h"

#include "protocol/frame.h"
#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/prettyjson.h"
#include "ui/base/safetextview.h"
#include "ui/base/tints.h"
#include "ui/base/windowsize.h"
#include "ui/details/changeswords.h"
#include "ui/details/messagetexts.h"
#include "ui/messages/linediff.h"
#include "ui/messages/messagewriter.h"
#include "ui/models/payloadtext.h"
#include "ui/panels/keysdialog.h"

#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QSyntaxHighlighter>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype mostCompared = 64 * 1024;   // bytes of a payload
constexpr qsizetype mostIndented = 1024 * 1024; // bytes of one that is indented

/// What is only in one of both, or another.
class DiffColours final : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        if (text.startsWith(u'−'))
            setFormat(0, int(text.size()), tint(Tint::Bad));
        else if (text.startsWith(u'+'))
            setFormat(0, int(text.size()), tint(Tint::Good));
        else if (text.startsWith(u'~'))
            setFormat(0, int(text.size()), tint(Tint::Warning));
    }
};

bool isText(const CapturedRow &row) { return row.isEvent() || row.opcode() == quint8(Opcode::Text); }

/// Nullopt: it is no JSON, or not to its end. Goes no further than its bound.
std::optional<QByteArray> indented(const CapturedRow &safe)
{
    constexpr int deepest = 256;
    if (!isText(safe) || safe.payload.size() > mostCompared)
        return {};
    const auto checked = checkJson(safe.payload, deepest);
    return checked ? std::optional(JsonIndenter(checked.value().toByteArray()).next(mostIndented)) : std::nullopt;
}

QStringList linesOf(const CapturedRow &safe, const std::optional<QByteArray> &indented)
{
    const QByteArray payload = safe.payload.first(std::min(safe.payload.size(), mostCompared));
    if (!isText(safe))
        return isControl(safe.opcode()) ? QStringList{cellsOf(safe).preview}
                                        : hexDump(payload).split(u'\n', Qt::SkipEmptyParts);
    return harmless(QString::fromUtf8(indented.value_or(payload))).split(u'\n');
}

QString signOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Same:
        return u"  "_s;
    case DiffLine::Kind::Removed:
        return u"− "_s;
    case DiffLine::Kind::Added:
        return u"+ "_s;
    }
    return {};
}

QLabel *caption(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QString summary(const LineDiff &diff, bool isWhole, bool isTooDeep)
{
    const auto count = [&diff](DiffLine::Kind kind) {
        return formatNumber(std::ranges::count(diff.lines, kind, &DiffLine::kind));
    };
    QString text = CompareWindow::tr("%1 lines are the same, %2 are only in the first, %3 only in the second.")
                       .arg(count(DiffLine::Kind::Same), count(DiffLine::Kind::Removed), count(DiffLine::Kind::Added));
    if (!diff.isFine)
        text += u' ' + CompareWindow::tr("There are too many lines to compare each with each.");
    if (isTooDeep)
        text += u' ' + CompareWindow::tr("It is nested too deeply to be indented, so both are compared as they are.");
    if (!isWhole)
        text += u' ' + CompareWindow::tr("Of longer ones the first %1 are compared.").arg(formatBytes(mostCompared));
    return text;
}

} // namespace

CompareWindow::CompareWindow(const CapturedRow &before, const CapturedRow &after, Viewpoint viewpoint, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_pages(new QTabWidget),
      m_paths(page(tr("Different values")))
{
    setWindowTitle(tr("Compare two messages"));
    const CapturedRow first = withoutSecrets(before), second = withoutSecrets(after);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(10, 8, 10, 8);
    head->setSpacing(3);
    head->addWidget(caption(u"− "_s + messageCaption(before, viewpoint)));
    head->addWidget(caption(u"+ "_s + messageCaption(after, viewpoint)));
    m_paths->setObjectName(u"values"_s);
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_paths, tr("Values"));
    m_pages->setTabToolTip(0, tr("What stands at which path of the JSON, and in which of both"));
    m_pages->addTab(linesPage(first, second), tr("Lines"));
    m_pages->setTabToolTip(1, tr("Line by line, JSON indented"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
    addWindowKeys(this);
    resizeOnScreen(*this, {720, 520});
    lookAtPaths(first, second);
}

SafeTextView *CompareWindow::page(const QString &about)
{
    auto *text = new SafeTextView;
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->setAccessibleName(about);
    m_colours << new DiffColours(text->document());
    return text;
}

QWidget *CompareWindow::linesPage(const CapturedRow &first, const CapturedRow &second)
{
    auto firstText = indented(first), secondText = indented(second);
    const auto isLong = [](const auto &text) { return text && text->size() >= mostIndented; };
    const bool isTooDeep = isLong(firstText) || isLong(secondText);
    if (isTooDeep) // both in the same way, or nothing would be the same
        firstText = secondText = std::nullopt;
    const LineDiff diff = diffLines(linesOf(first, firstText), linesOf(second, secondText));
    QStringList lines;
    for (const DiffLine &line : diff.lines)
        lines << signOf(line.kind) + line.text;
    SafeTextView *text = page(tr("Differences"));
    text->setObjectName(u"lines"_s);
    text->setTexts(lines.join(u'\n'), {});
    const bool isWhole = std::max(first.payload.size(), second.payload.size()) <= mostCompared;
    auto *said = new QLabel(summary(diff, isWhole, isTooDeep));
    said->setTextFormat(Qt::PlainText);
    said->setWordWrap(true);
    said->setContentsMargins(10, 6, 10, 6);
    auto *lined = new QWidget;
    auto *layout = new QVBoxLayout(lined);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(said);
    layout->addWidget(text, 1);
    return lined;
}

/// Of a megabyte, perhaps: the window does not wait.
void CompareWindow::lookAtPaths(const CapturedRow &first, const CapturedRow &second)
{
    const bool areJson = !jsonOf(first).isNull() && !jsonOf(second).isNull();
    m_pages->setTabVisible(0, areJson);
    if (!areJson)
        return;
    m_search.run(
        this, [first, second](const std::atomic<bool> &stop) { return differencesInWords(first, second, stop); },
        [this](const QString &words) {
            m_paths->setTexts(words.isNull() ? tr("They are too long to be compared by their values.") : words, {});
        });
}

void CompareWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (QSyntaxHighlighter *colours : std::as_const(m_colours))
        colours->rehighlight();
}

} // namespace glasshouse
