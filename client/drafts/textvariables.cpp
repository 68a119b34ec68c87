// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/textvariables.h"

#include "client/drafts/jsonpointer.h"
#include "protocol/json.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TextVariables)
};

constexpr qsizetype longestName = 64;
constexpr qsizetype longestWritten = 1'024; // of what stands between braces

/// Whether what comes next stands inside of a JSON string.
class Quotes
{
public:
    void take(QChar c)
    {
        if (m_escaped)
            m_escaped = false;
        else if (c == u'"')
            m_inside = !m_inside;
        else
            m_escaped = m_inside && c == u'\\';
    }
    [[nodiscard]] bool inside() const { return m_inside; }

private:
    bool m_inside = false;
    bool m_escaped = false;
};

QString written(const QString &value, TextForm form, bool inQuotes)
{
    if (form == TextForm::Query)
        return QString::fromLatin1(QUrl::toPercentEncoding(value));
    if (form == TextForm::Json && inQuotes)
        return QString::fromUtf8(jsonQuoted(value.toUtf8()).mid(1).chopped(1));
    return value;
}

} // namespace

struct TextVariables::Value
{
    QString text = {};
    std::optional<VariableFault> fault = std::nullopt;
};

struct TextVariables::Row
{
    QLatin1StringView name;
    bool takesArgument;
    Value (*value)(const TextVariables &variables, const QString &argument, bool inQuotes);
};

const TextVariables::Row *TextVariables::rowNamed(const QString &name)
{
    using Self = const TextVariables &;
    static const Row rows[] = {
        {"uuid"_L1, false,
         [](Self self, const QString &, bool) {
             const quint64 parts[] = {self.m_dice(), self.m_dice()};
             QByteArray bytes(reinterpret_cast<const char *>(parts), sizeof parts);
             bytes[6] = char((bytes[6] & 0x0F) | 0x40); // version 4, RFC 9562
             bytes[8] = char((bytes[8] & 0x3F) | 0x80);
             return Value{QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces)};
         }},
        {"now"_L1, true, [](Self self, const QString &form, bool) { return self.now(form); }},
        {"counter"_L1, false,
         [](Self self, const QString &, bool) { return Value{QString::number(self.m_counter + 1)}; }},
        {"random"_L1, true, [](Self self, const QString &range, bool) { return self.randomIn(range); }},
        {"last"_L1, true,
         [](Self self, const QString &pointer, bool inQuotes) { return self.lastAt(pointer, inQuotes); }},
    };
    const auto *row = std::ranges::find(rows, name, [](const Row &one) { return QString(one.name); });
    return row == std::end(rows) ? nullptr : row;
}

QList<BuiltInVariable> TextVariables::builtIn()
{
    return {
        {u"{{uuid}}"_s, Words::tr("A new UUID")},
        {u"{{now}}"_s, Words::tr("The time, in milliseconds since 1970")},
        {u"{{now:s}}"_s, Words::tr("The time, in seconds since 1970")},
        {u"{{now:iso}}"_s, Words::tr("The time as 2026-03-01T12:00:00.000Z")},
        {u"{{counter}}"_s, Words::tr("1, 2, 3 … with each message that is sent")},
        {u"{{random:1:6}}"_s, Words::tr("A whole number from the first to the second")},
        {u"{{last:/data/id}}"_s, Words::tr("A value of the text message that came last, by its JSON pointer")},
    };
}

TextVariables::TextVariables()
    : TextVariables([] { return QDateTime::currentMSecsSinceEpoch(); },
                    [] { return QRandomGenerator::global()->generate64(); })
{ }

TextVariables::TextVariables(std::function<qint64()> nowMs, std::function<quint64()> dice)
    : m_nowMs(std::move(nowMs)),
      m_dice(std::move(dice))
{ }

/// It is looked at when it is asked for: messages may come by the thousand.
void TextVariables::setLast(const QByteArray &payload)
{
    m_last = payload.size() <= mostOfLast ? payload : QByteArray();
    m_lastJson.reset();
}

QString TextVariables::escaped(QString text) { return text.replace("{{"_L1, "{{{{"_L1); }

bool TextVariables::isOwnName(const QString &name)
{
    const auto fits = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-');
    };
    return !name.isEmpty() && name.size() <= longestName && std::ranges::all_of(name, fits)
        && rowNamed(name) == nullptr;
}

TextVariables::Value TextVariables::now(const QString &form) const
{
    const qint64 ms = m_nowMs();
    if (form.isEmpty())
        return {QString::number(ms)};
    if (form == "s"_L1)
        return {QString::number(ms / 1000)};
    if (form == "iso"_L1)
        return {QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs)};
    return {{}, VariableFault::BadArgument};
}

TextVariables::Value TextVariables::randomIn(const QString &range) const
{
    bool lowFits = false;
    bool highFits = false;
    const qlonglong low = range.section(u':', 0, 0).toLongLong(&lowFits);
    const qlonglong high = range.section(u':', 1).toLongLong(&highFits);
    if (!lowFits || !highFits || low > high)
        return {{}, VariableFault::BadArgument};
    const quint64 span = quint64(high) - quint64(low) + 1; // 0: all of them
    const quint64 drawn = m_dice();
    return {QString::number(qint64(quint64(low) + (span == 0 ? drawn : drawn % span)))};
}

TextVariables::Value TextVariables::lastAt(const QString &pointer, bool inQuotes) const
{
    if (!isJsonPointer(pointer))
        return {{}, VariableFault::BadArgument};
    if (!m_lastJson) {
        const auto checked = checkJson(m_last);
        m_lastJson = checked ? checked.value() : QByteArrayView();
    }
    if (m_lastJson->isEmpty())
        return {{}, VariableFault::NoMessage};
    const QByteArrayView value = jsonAt(*m_lastJson, pointer);
    if (value.isNull())
        return {{}, VariableFault::NoValue};
    const auto text = jsonString(value);
    return {QString::fromUtf8(text && inQuotes ? QByteArrayView(*text) : value)};
}

TextVariables::Value TextVariables::valueOf(const QString &written, bool inQuotes) const
{
    const qsizetype colon = written.indexOf(u':');
    const QString name = written.left(colon < 0 ? written.size() : colon).trimmed();
    if (const Row *row = rowNamed(name)) {
        const QString argument = colon < 0 ? QString() : written.mid(colon + 1).trimmed();
        return colon >= 0 && !row->takesArgument ? Value{{}, VariableFault::BadArgument}
                                                 : row->value(*this, argument, inQuotes);
    }
    if (colon < 0 && m_missing.contains(name))
        return {{}, VariableFault::Missing};
    const auto own = colon < 0 ? m_own.constFind(name) : m_own.constEnd();
    return own == m_own.constEnd() ? Value{{}, VariableFault::Unknown} : Value{*own};
}

FilledText TextVariables::preview(const QString &text, TextForm form) const
{
    if (!hasVariables(text))
        return {text, {}, {}, -1};
    FilledText filled;
    Quotes quotes;
    const auto fail = [](VariableFault fault, const QString &name, qsizetype at) {
        return FilledText{{}, fault, name, at};
    };
    int variables = 0;
    for (qsizetype i = 0; i < text.size();) {
        const QStringView rest = QStringView(text).mid(i);
        const bool isLiteral = rest.startsWith("{{{{"_L1);
        if (isLiteral || !rest.startsWith("{{"_L1) || rest.startsWith("{{{"_L1)) {
            quotes.take(text[i]);
            filled.text += isLiteral ? QStringView(u"{{") : rest.left(1);
            i += isLiteral ? 4 : 1;
            continue;
        }
        const qsizetype end = text.indexOf("}}"_L1, i);
        const QString name = text.mid(i + 2, qMin(longestWritten, end - i - 2)).trimmed();
        if (end < 0)
            return fail(VariableFault::Unclosed, {}, i);
        if (++variables > mostVariables)
            return fail(VariableFault::TooMany, name, i);
        const Value value = valueOf(name, form != TextForm::Json || quotes.inside());
        if (value.fault)
            return fail(*value.fault, name, i);
        filled.text += written(value.text, form, quotes.inside());
        if (filled.text.size() > longest)
            return fail(VariableFault::TooLong, name, i);
        i = end + 2;
    }
    return filled;
}

FilledText TextVariables::fill(const QString &text, TextForm form)
{
    FilledText filled = preview(text, form);
    static const QRegularExpression counter(u"\\{\\{\\s*counter\\s*\\}\\}"_s);
    if (filled.ok() && text.contains(counter))
        ++m_counter;
    return filled;
}

QString faultText(const FilledText &text)
{
    if (!text.fault)
        return {};
    switch (*text.fault) {
    case VariableFault::Unclosed:
        return Words::tr("Two braces begin a variable and none end it ({{{{ writes braces)");
    case VariableFault::Unknown:
        return Words::tr("There is no variable “%1” ({{{{ writes braces)").arg(text.name);
    case VariableFault::BadArgument:
        return Words::tr("“%1” is not written as it should be").arg(text.name);
    case VariableFault::NoMessage:
        return Words::tr("“%1”: no message with JSON came yet").arg(text.name);
    case VariableFault::NoValue:
        return Words::tr("“%1”: the message that came last has no such value").arg(text.name);
    case VariableFault::Missing:
        return Words::tr("The variable “%1” has no value yet").arg(text.name);
    case VariableFault::TooLong:
        return Words::tr("With its values the text becomes too long");
    case VariableFault::TooMany:
        return Words::tr("The text has more than %1 variables").arg(TextVariables::mostVariables);
    }
    Q_UNREACHABLE();
}

} // namespace glasshouse
