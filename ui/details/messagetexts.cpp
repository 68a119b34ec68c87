// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/messagetexts.h"

#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/prettyjson.h"
#include "ui/models/messagecells.h"
#include "ui/models/payloadtext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MessageDetails)
};

constexpr qsizetype mostJson = 8 * 1024 * 1024;
// What a text view lays out without a hitch. Deeply nested JSON is far longer with its line breaks than without.
constexpr qsizetype mostIndented = 4 * 1024 * 1024;
constexpr qsizetype mostRaw = 256 * 1024;
constexpr qsizetype mostHex = 4 * 1024;
constexpr qsizetype longestString = 4 * 1024;
constexpr qsizetype firstPiece = 32 * 1024;
constexpr qsizetype laterPiece = 32 * 1024;

QString cutNote(qsizetype shown, qsizetype all)
{
    return shown >= all
        ? QString()
        : u"\n\n"_s + Words::tr("… the first %1 of %2 are shown").arg(formatBytes(shown), formatBytes(all));
}

SafeTextView::Pieces onePiece(const QString &text)
{
    return [rest = text]() mutable { return std::exchange(rest, {}); };
}

/// Ends with what was left out.
class IndentedPieces
{
public:
    explicit IndentedPieces(QByteArrayView json) : m_all(json.size()), m_indenter(json.toByteArray(), longestString) { }

    QString operator()()
    {
        if (m_isOver)
            return {};
        const QByteArray piece =
            m_given < mostIndented ? m_indenter.next(m_given == 0 ? firstPiece : laterPiece) : QByteArray();
        m_given += piece.size();
        m_isOver = piece.isEmpty();
        return m_isOver ? note() : harmless(QString::fromUtf8(piece));
    }

private:
    qsizetype m_all;
    JsonIndenter m_indenter;
    qsizetype m_given = 0;
    bool m_isOver = false;

    QString note() const
    {
        QString text = cutNote(m_indenter.position(), m_all);
        if (m_indenter.hasCut())
            text += u"\n\n"_s
                + Words::tr("… of long texts and numbers the first %1 are shown; the tree copies them whole")
                      .arg(formatBytes(longestString));
        return text;
    }
};

} // namespace

bool isTextual(const CapturedRow &row) { return row.isEvent() || row.opcode() == quint8(Opcode::Text); }

QByteArrayView jsonOf(const CapturedRow &row)
{
    if (!isTextual(row) || row.payload.isEmpty() || row.payload.size() > mostJson)
        return {};
    const auto checked = checkJson(row.payload, JsonIndenter::deepest);
    return checked ? checked.value() : QByteArrayView();
}

SafeTextView::Pieces rawPieces(const CapturedRow &row)
{
    const QByteArrayView payload = row.payload;
    const qsizetype shown = std::min(payload.size(), mostRaw);
    return onePiece(harmless(QString::fromUtf8(payload.first(shown))) + cutNote(shown, payload.size()));
}

SafeTextView::Pieces readablePieces(const CapturedRow &row)
{
    if (const QByteArrayView json = jsonOf(row); !json.isNull())
        return IndentedPieces(json);
    const bool isText = isTextual(row) || row.opcode() == quint8(Opcode::Continuation);
    if (isText && !row.payload.isEmpty())
        return rawPieces(row);
    if (row.payload.isEmpty() || isControl(row.opcode()))
        return onePiece(cellsOf(row).preview);
    const qsizetype shown = std::min(row.payload.size(), mostHex);
    return onePiece(hexDump(QByteArrayView(row.payload).first(shown)) + cutNote(shown, row.payload.size()));
}

} // namespace glasshouse
