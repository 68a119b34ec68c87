// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <functional>
#include <optional>

namespace glasshouse {

/// Why a text with variables can not be filled in.
enum class VariableFault : quint8 {
    Unclosed,    ///< "{{" without "}}"
    Unknown,     ///< no variable of that name
    BadArgument, ///< what stands behind its colon
    NoMessage,   ///< nothing came yet, or it was no JSON
    NoValue,     ///< the pointer leads nowhere
    Missing,     ///< its value has to be asked for
    TooLong,
    TooMany, ///< variables in it
};

/// A text, filled in or not.
struct FilledText
{
    QString text; ///< empty where there is a fault
    std::optional<VariableFault> fault;
    QString name;            ///< of the variable at fault
    qsizetype position = -1; ///< of its braces, in characters of the text

    [[nodiscard]] bool ok() const { return !fault; }
};
/// For people, translated: what is wrong, without the place.
[[nodiscard]] QString faultText(const FilledText &text);

/// What a text is: a value is written so that it stays one.
enum class TextForm : quint8 {
    Plain,
    Json,  ///< inside of quotes it is escaped
    Query, ///< percent-encoded
};

/// A variable that is always there: a row of builtInVariables().
struct BuiltInVariable
{
    QString example; ///< "{{random:1:6}}"
    QString words;   ///< what it stands for, translated
};

/// Texts with variables in double braces: {{uuid}}, {{now}}, {{now:iso}}, {{counter}}, {{random:1:6}}, {{last:/data/id}} (of the
/// message that came last, by JSON pointer), {{name}} (one's own). {{{{ writes two braces. Values are not filled in again. Pure but
/// for the clock and the dice.
class TextVariables
{
public:
    static constexpr qsizetype longest = qsizetype(16) * 1024 * 1024; ///< characters of a filled text
    static constexpr int mostVariables = 256; ///< of a text: each may look through the last message
    static constexpr qsizetype mostOfLast = qsizetype(1024) * 1024; ///< bytes: of a longer message nothing is known

    TextVariables();
    /// For tests.
    TextVariables(std::function<qint64()> nowMs, std::function<quint64()> dice);

    void setOwn(QHash<QString, QString> values) { m_own = std::move(values); }
    /// Their values were not told: to ask for.
    void setMissing(const QStringList &names) { m_missing = names; }
    /// A text message that came.
    void setLast(const QByteArray &payload);
    void resetCounter() { m_counter = 0; }

    /// For sending: the counter goes on with each text that has it.
    [[nodiscard]] FilledText fill(const QString &text, TextForm form = TextForm::Plain);
    /// What fill() would say now, but for the dice.
    [[nodiscard]] FilledText preview(const QString &text, TextForm form = TextForm::Plain) const;

    [[nodiscard]] static bool hasVariables(const QString &text) { return text.contains(QLatin1String("{{")); }
    /// The text that fill() makes this one of.
    [[nodiscard]] static QString escaped(QString text);
    /// Letters, digits and _ . -, and none that is built in.
    [[nodiscard]] static bool isOwnName(const QString &name);
    [[nodiscard]] static QList<BuiltInVariable> builtIn();

private:
    struct Value;
    struct Row;
    static const Row *rowNamed(const QString &name);

    std::function<qint64()> m_nowMs;
    std::function<quint64()> m_dice;
    QHash<QString, QString> m_own;
    QStringList m_missing;
    QByteArray m_last;                                ///< as it came
    mutable std::optional<QByteArrayView> m_lastJson; ///< of it, once it was asked for; null: it is none
    quint64 m_counter = 0;

    [[nodiscard]] Value valueOf(const QString &written, bool inQuotes) const;
    [[nodiscard]] Value lastAt(const QString &pointer, bool inQuotes) const;
    [[nodiscard]] Value randomIn(const QString &range) const;
    [[nodiscard]] Value now(const QString &form) const;
};

} // namespace glasshouse
